"""The application: addresses, and the layers around them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from gillies.errors import GilliesError
from gillies.web import api, pages, provider, text
from gillies.web.body import JSON
from gillies.web.desk import Desk
from gillies.web.guard import Allowance, Guard
from gillies.web.openapi import document
from gillies.web.refusal import Refused, refusal

API = [
    Route("/api/v1/assess", api.assess, methods=["POST"]),
    Route("/api/v1/check", api.check, methods=["POST"]),
    Route("/api/v1/vet", api.vet, methods=["POST"]),
    Route("/api/v1/find", api.find_provider, methods=["POST"]),
    Route("/api/v1/records", api.records),
    Route("/api/v1/records/{id}", api.record),
    Route("/health", api.health),
    Route("/ready", api.ready),
]
PAGES = [
    Route("/", pages.start),
    Route("/", pages.back, methods=["POST"]),
    Route("/check", pages.check, methods=["POST"]),
    Route("/check", pages.again),
    Route("/answer", pages.answer, methods=["POST"]),
    Route("/answer", pages.again),
    Route("/answer.json", pages.answer_json, methods=["POST"]),
    Route("/letter", pages.letter, methods=["POST"]),
    Route("/letter", pages.again),
    Route("/provider", provider.start),
    Route("/provider", provider.look, methods=["POST"]),
    Route("/text", text.start),
    Route("/text", text.check, methods=["POST"]),
    Route("/text.json", text.check_json, methods=["POST"]),
    Route("/text.json", text.again),
    Route("/learn", pages.learn),
    Route("/learn/glossary", pages.glossary),
    Route("/learn/{kind}/{id}", pages.learn_one),
    Route("/about", pages.about),
    Route("/robots.txt", pages.robots),
    Route("/static/{name}", pages.static),
]
"""Address -> what answers there; the first that fits."""


def application(desk: Desk) -> ASGIApp:
    """The whole application, with what it answers from."""
    described, settings = document(), desk.settings
    pages.templates()

    async def openapi(_: Request) -> Response:
        return Response(described, media_type=JSON, headers={"cache-control": "max-age=3600"})

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    app = Starlette(
        routes=[*API, *PAGES, Route("/api/openapi.json", openapi)],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
        exception_handlers={HTTPException: _refused, GilliesError: _not_understood, Exception: _fault},
        lifespan=life,
    )
    app.state.desk = desk
    app.router.redirect_slashes = False
    return Guard(app, Allowance(settings.rate), settings.hosts)


async def _refused(request: Request, fault: Exception) -> Response:
    """A refusal with its status; the framework's own words are replaced by ours."""
    assert isinstance(fault, HTTPException)  # noqa: S101  # the handler is registered for it alone
    sentence = fault.detail if isinstance(fault, Refused) else ""
    return refusal(request.url.path, fault.status_code, sentence, dict(fault.headers or {}))


async def _fault(request: Request, _: Exception) -> Response:
    """A fault of ours; the guard notes where, without what was sent."""
    return refusal(request.url.path, 500)


async def _not_understood(request: Request, fault: Exception) -> Response:
    """Something in what was sent does not fit."""
    sentence = str(fault)
    return refusal(request.url.path, 422, sentence[:1].upper() + sentence[1:])
