"""The JSON API: what `gillies assess --json` and `gillies show --json` answer, over HTTP."""

import asyncio
from datetime import date

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gillies import __version__
from gillies.door import Asked
from gillies.errors import InputError
from gillies.show import as_json, find, index_as_json
from gillies.web.desk import Desk, checked_text
from gillies.web.refusal import Refused
from gillies.web.settings import BODY_SECONDS, MOST_BYTES

LONGEST_ID = 200
JSON = "application/json"
CLOSE = {"connection": "close"}


class Question(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to assess, and the day to judge by (none: today)."""

    on: date | None = None


class Health(msgspec.Struct, frozen=True):
    """Whether the server is there."""

    status: str
    version: str


class Wrong(msgspec.Struct, frozen=True):
    """Why a request was not answered."""

    error: str


async def assess(request: Request) -> Response:
    """POST /api/v1/assess."""
    desk: Desk = request.app.state.desk
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Refused(415)
    asked = question(await body_of(request))
    text, on = checked_text(asked), asked.on or desk.settings.day()
    return Response(await desk.run(lambda: desk.engine.assess_json(text, on, "" if asked.id is None else asked.id, asked)), media_type=JSON)


async def body_of(request: Request) -> bytes:
    """The body, if it is small enough and arrives in time. Raises Refused."""
    told = request.headers.get("content-length", "0")
    held = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            if not told.isdigit() or int(told) > MOST_BYTES:
                raise Refused(413, headers=CLOSE)
            async for piece in request.stream():
                held += piece
                if len(held) > MOST_BYTES:
                    raise Refused(413, headers=CLOSE)
    except TimeoutError:
        raise Refused(408, headers=CLOSE) from None
    return bytes(held)


def question(body: bytes) -> Question:
    """The request as sent. Raises InputError that says where it does not fit."""
    try:
        return msgspec.json.decode(body, type=Question)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        why = "it is nested too deeply" if isinstance(fault, RecursionError) else str(fault)
        raise InputError(f'this is not a request like {{"text": "I want my nose fixed"}}: {why[:200]}.') from None


async def records(request: Request) -> Response:
    """GET /api/v1/records: what there is."""
    desk: Desk = request.app.state.desk
    return Response(await desk.run(lambda: index_as_json(desk.records)), media_type=JSON)


async def record(request: Request) -> Response:
    """GET /api/v1/records/{id}."""
    desk: Desk = request.app.state.desk
    wanted = request.path_params["id"]
    if len(wanted) > LONGEST_ID:
        raise Refused(404)

    def held() -> str:
        knowledge = desk.records
        return as_json(find(wanted, knowledge), knowledge, knowledge.confirmed)

    try:
        return Response(await desk.run(held), media_type=JSON)
    except InputError as none:
        raise Refused(404, str(none)) from None


async def health(_: Request) -> Response:
    """GET /health: the process lives."""
    return Response(msgspec.json.encode(Health("ok", __version__)), media_type=JSON)


async def ready(request: Request) -> Response:
    """GET /ready: an answer can be had now."""
    desk: Desk = request.app.state.desk
    await desk.run(lambda: desk.engine.assess("nose", desk.settings.day()))
    return Response(msgspec.json.encode(Health("ready", __version__)), media_type=JSON)
