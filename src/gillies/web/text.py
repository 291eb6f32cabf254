"""The pages on which a text is checked: what is pasted or uploaded, each statement with its verdict beside it."""

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gillies.check.adverts_held import AdvertLexicon
from gillies.check.answer import as_json
from gillies.check.page.page import found, harmless, of_itself, sections, tiles, title_of
from gillies.check.readers.document import Document
from gillies.check.readers.plain import read_plain
from gillies.check.say import place as name_of
from gillies.errors import InputError
from gillies.knowledge.schema_hands import PARTS, is_place
from gillies.web.body import MULTIPART, OWN_FORM, Sent, form_of, kind, large_body_of
from gillies.web.desk import Desk, readable
from gillies.web.files import read_file
from gillies.web.pages import page
from gillies.web.refusal import Refused
from gillies.web.settings import MOST_TEXT, MOST_UPLOAD_BYTES
from gillies.web.words import example_of, words

COUNTRIES = {"us": "United States", "uk": "United Kingdom", "ca": "Canada", "au": "Australia"}
YOURS = "Your text"
BOTH = "Give one of the two: words in the box, or a file."


class TextForm(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form. `country`: whose rules on adverts count, "" for all that are held."""

    text: str = ""
    country: str = ""


async def start(request: Request) -> Response:
    """GET /text."""
    return _form(request.app.state.desk, TextForm())


async def again(_: Request) -> Response:
    """GET of what a form leads to."""
    return RedirectResponse("/text", 303)


async def check(request: Request) -> Response:
    """POST /text: the text with its verdicts, or the form again."""
    return await _checked(request, as_program=False)


async def check_json(request: Request) -> Response:
    """POST /text.json: the same for a program, as a file to keep."""
    return await _checked(request, as_program=True)


async def _checked(request: Request, as_program: bool) -> Response:
    desk: Desk = request.app.state.desk
    if kind(request) != MULTIPART:
        raise Refused(415, OWN_FORM)
    with desk.room() as take:
        sent = await form_of(request, await large_body_of(request, take))
        form = _read(sent)
        if "change" in sent.fields:
            return _form(desk, form)
        try:
            document = await _document(sent, form, desk)
        except InputError as wrong:
            return _form(desk, form, str(wrong))
        return await desk.run(lambda: _kept(desk, document, form, sent.name) if as_program else _shown(desk, document, form, sent.name))


def _read(sent: Sent) -> TextForm:
    """The form as sent, or the example that was chosen. Raises Refused when it is none of ours."""
    place, example = sent.fields.get("country", ""), sent.fields.get("example", "")
    if place and not is_place(place):
        raise Refused(400, "There is no such place in the list. Go back to the page and choose another.")
    if not example:
        return TextForm(text=sent.fields.get("text", "").replace("\r\n", "\n"), country=place)
    chosen = example_of(example, words().texts)
    if chosen is None:
        raise Refused(400, "There is no such example. Go back to the page.")
    return TextForm(text=chosen.text, country=place)


async def _document(sent: Sent, form: TextForm, desk: Desk) -> Document:
    """What is to be checked. Raises InputError."""
    if not sent.file and not sent.name:
        return read_plain(readable(form.text))
    if form.text.strip():
        raise InputError(BOTH)
    if not sent.file:
        raise InputError(f"{sent.name} is empty: choose a file with words in it.")
    return await read_file(desk, sent.file, sent.name)


def _form(desk: Desk, form: TextForm, wrong: str = "") -> Response:
    return page(
        "text.html", "Check a text", 422 if wrong else 200, here="/text", private=bool(wrong or form.text), form=form, wrong=wrong[:1].upper() + wrong[1:],
        places=places(desk.checker.lexicon.adverts), most_text=MOST_TEXT, most_mb=MOST_UPLOAD_BYTES // 1024 // 1024, examples=words().texts,
    )  # fmt: skip


def _shown(desk: Desk, document: Document, form: TextForm, name: str) -> Response:
    """The text with its verdicts."""
    on = desk.settings.day()
    checked, score = desk.check(document, on, form.country)
    own = of_itself(document)
    return page(
        "checked.html", "A checked text", here="/text", form=form, is_file=bool(name), heading=harmless_line(title_of(document, name or YOURS)),
        itself=harmless_line(own), found=found(checked), place=name_of(form.country) if form.country else "", tiles=Markup(tiles(checked)),  # noqa: S704  # both escape
        sections=Markup(sections(document, checked, score, name or "what you pasted", on)),  # noqa: S704  # all that they hold of the text
    )  # fmt: skip


def harmless_line(told: str) -> Markup:
    """Words of a file, fit for a page."""
    return Markup(harmless(told))  # noqa: S704  # it escapes


def _kept(desk: Desk, document: Document, form: TextForm, name: str) -> Response:
    """What `gillies check FILE --json` prints."""
    checked, score = desk.check(document, desk.settings.day(), form.country)
    body = msgspec.json.format(as_json(checked, name, score, document), indent=2) + b"\n"
    return Response(body, media_type="application/json", headers={"content-disposition": 'attachment; filename="gillies-checked.json"'})


def places(adverts: AdvertLexicon) -> list[tuple[str, list[tuple[str, str]]]]:
    """Places with rules on adverts, by country, for a list to choose from: the country itself first."""
    held = {rule.place for rule in adverts.rules}
    listed = {country: [country, *sorted((place for place in held if place.startswith(f"{country}-")), key=name_of)] for country in PARTS}
    return [(COUNTRIES[country], [(place, name_of(place)) for place in listed[country]]) for country in COUNTRIES]
