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

from gillies.door import Engine
from gillies.errors import GilliesError
from gillies.knowledge.records import Knowledge
from gillies.web import api, pages
from gillies.web.desk import Desk
from gillies.web.guard import Allowance, Guard
from gillies.web.openapi import document
from gillies.web.refusal import Refused, refusal
from gillies.web.settings import Settings


def application(engine: Engine, records: Knowledge, settings: Settings) -> ASGIApp:
    """The whole application for one engine and its records."""
    desk, described = Desk(engine, records, settings), document()
    pages.templates()

    async def openapi(_: Request) -> Response:
        return Response(described, media_type=api.JSON, headers={"cache-control": "max-age=3600"})

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    app = Starlette(
        routes=[
            Route("/api/v1/assess", api.assess, methods=["POST"]),
            Route("/api/v1/records", api.records),
            Route("/api/v1/records/{id}", api.record),
            Route("/api/openapi.json", openapi),
            Route("/", pages.start),
            Route("/", pages.back, methods=["POST"]),
            Route("/check", pages.check, methods=["POST"]),
            Route("/check", pages.again),
            Route("/answer", pages.answer, methods=["POST"]),
            Route("/answer", pages.again),
            Route("/answer.json", pages.answer_json, methods=["POST"]),
            Route("/letter", pages.letter, methods=["POST"]),
            Route("/letter", pages.again),
            Route("/learn", pages.learn),
            Route("/learn/glossary", pages.glossary),
            Route("/learn/{kind}/{id}", pages.learn_one),
            Route("/about", pages.about),
            Route("/robots.txt", pages.robots),
            Route("/static/{name}", pages.static),
            Route("/health", api.health),
            Route("/ready", api.ready),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
        exception_handlers={HTTPException: _refused, GilliesError: _not_understood},
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


async def _not_understood(request: Request, fault: Exception) -> Response:
    """Something in what was sent does not fit."""
    sentence = str(fault)
    return refusal(request.url.path, 422, sentence[:1].upper() + sentence[1:])
