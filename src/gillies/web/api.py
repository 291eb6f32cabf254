"""The JSON API: what the command line answers with --json, over HTTP."""

from datetime import date
from typing import Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gillies import __version__
from gillies.check.answer import as_json as check_as_json
from gillies.check.door import checked_place
from gillies.check.readers.document import Document
from gillies.check.readers.plain import read_plain
from gillies.door import Asked
from gillies.errors import InputError
from gillies.show import as_json, find, index_as_json
from gillies.web.body import JSON, MULTIPART, Sent, body_of, form_of, kind, large_body_of
from gillies.web.desk import Desk, checked_text, readable, spoken
from gillies.web.files import read_file
from gillies.web.refusal import Refused

LONGEST_ID = 200
NOT_JSON = "Send JSON, and say so (Content-Type: application/json); or a file as multipart/form-data, in a field called file."
T = TypeVar("T")


class Question(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to assess, and the day to judge by (none: today)."""

    on: date | None = None


class CheckQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to check. `country`: whose rules on adverts count, as us, us-ca or uk (none: all that are held); `on`: the day to judge by (none: today)."""

    text: str
    id: Any = None
    country: str = ""
    on: date | None = None


class VetQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider against one procedure. `provider`: an NPI or a name; `state`: where it would be done; `advert`: what an advert calls this person."""

    provider: str
    procedure: str
    state: str = ""
    advert: str = ""
    on: date | None = None


class FindQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is looked for. `text`: a name or an NPI; `miles`: around the ZIP; `specialty`: words or a NUCC code; `most`: how many to show."""

    text: str = ""
    kind: Literal["", "person", "organisation"] = ""
    state: str = ""
    city: str = ""
    zip: str = ""
    miles: float | None = None
    specialty: str = ""
    procedure: str = ""
    most: int = 10
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
    asked = await _question(request, Question, '{"text": "I want my nose fixed"}')
    text, on = checked_text(asked), asked.on or desk.settings.day()
    return Response(await desk.run(lambda: desk.engine.assess_json(text, on, "" if asked.id is None else asked.id, asked)), media_type=JSON)


async def check(request: Request) -> Response:
    """POST /api/v1/check: a text as JSON, or a file as a form brings it."""
    desk: Desk = request.app.state.desk
    if kind(request) not in (JSON, MULTIPART):
        raise Refused(415, NOT_JSON)
    with desk.room() as take:
        body = await large_body_of(request, take)
        if kind(request) == JSON:
            asked = decoded(body, CheckQuestion, '{"text": "Botox lasts forever."}')
            document = read_plain(readable(asked.text))
        else:
            asked, document = await _of_file(await form_of(request, body), desk)
        place, on = _place(asked.country), asked.on or desk.settings.day()

        def made() -> bytes:
            checked, score = desk.check(document, on, place)
            return check_as_json(checked, "" if asked.id is None else asked.id, score, document)

        return Response(await desk.run(made), media_type=JSON)


async def _of_file(sent: Sent, desk: Desk) -> tuple[CheckQuestion, Document]:
    """What a form asks, and the file in it. Its id is the file's name where it has none of its own, as on the command line."""
    if not sent.file:
        raise InputError("there is no file in this form: send it in a field called file.")
    if unknown := set(sent.fields) - {"id", "country", "on"}:
        raise InputError(f"this form has a field {sorted(unknown)[0]!r}, which is not known: it may hold file, id, country and on.")
    asked = decoded(msgspec.json.encode({"text": "", "id": sent.name, **sent.fields}), CheckQuestion, "a form with a file")
    return asked, await read_file(desk, sent.file, sent.name)


def _place(country: str) -> str:
    try:
        return checked_place(country)
    except InputError as wrong:
        raise InputError(spoken(str(wrong))) from None


async def vet(request: Request) -> Response:
    """POST /api/v1/vet: the answer for one provider; where several may be meant, who they are."""
    desk: Desk = request.app.state.desk
    asked = await _question(request, VetQuestion, '{"provider": "Jane Doe", "procedure": "rhinoplasty"}')
    if not asked.provider.strip() or not asked.procedure.strip():
        raise InputError("say whom, and for what: provider is an NPI or a name, procedure is a name such as rhinoplasty (GET /api/v1/records lists all).")
    from gillies.registry.vet.asked import answer, question

    on = asked.on or desk.settings.day()

    def made(registry: Any) -> bytes:
        told = answer(registry, asked.provider.strip(), question(asked.procedure, asked.state, asked.advert, on, desk.records), desk.records)
        return msgspec.json.encode(told)

    return Response(await desk.look_up(made), media_type=JSON)


async def find_provider(request: Request) -> Response:
    """POST /api/v1/find: who is on record."""
    desk: Desk = request.app.state.desk
    asked = await _question(request, FindQuestion, '{"text": "Jane Doe", "state": "CA"}')

    def made(registry: Any) -> bytes:
        from gillies.registry.search.asked import Ask
        from gillies.registry.search.find import find as search

        ask = msgspec.convert({field: getattr(asked, field) for field in Ask.__struct_fields__}, Ask)
        return msgspec.json.encode(search(registry, ask, desk.records, asked.on or desk.settings.day()))

    return Response(await desk.look_up(made), media_type=JSON)


async def _question(request: Request, asks: type[T], example: str) -> T:
    """What a request of JSON asks. Raises Refused, or InputError that says where it does not fit."""
    if kind(request) != JSON:
        raise Refused(415)
    return decoded(await body_of(request), asks, example)


def decoded(body: bytes, asks: type[T], example: str) -> T:
    """The request as sent. Raises InputError that says where it does not fit."""
    try:
        return msgspec.json.decode(body, type=asks)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        why = "it is nested too deeply" if isinstance(fault, RecursionError) else str(fault)
        raise InputError(f"this is not a request like {example}: {why[:200]}.") from None


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
