"""The pages for people: each handler reads a form, asks the engine, and lays the answer out."""

from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gillies.assess.answer import Assessment
from gillies.check.page.page import CHECKED_CSS
from gillies.door import Asked
from gillies.errors import InputError
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_hands import PARTS
from gillies.web import questions
from gillies.web.about import facts
from gillies.web.body import FORM, body_of, kind
from gillies.web.desk import Desk
from gillies.web.draw import day_ticks, year_ticks
from gillies.web.figures import figures
from gillies.web.forms import UNITS, Form, asked_by, read_form
from gillies.web.learn import entries, record, search
from gillies.web.letter import letter as letter_of
from gillies.web.places import places
from gillies.web.present import view
from gillies.web.refusal import Refused
from gillies.web.retold import aims, name_of, told_beside
from gillies.web.settings import MOST_CHARACTERS
from gillies.web.words import example_of, words

HERE = Path(__file__).parent
STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
KINDS = {
    "insured": "Health insurers and their plans", "original-medicare": "Original Medicare", "medicare-advantage": "Medicare Advantage",
    "medicaid": "Medicaid", "tricare": "Military (TRICARE)", "federal-employees": "Federal employees",
    "self-funded": "An employer that pays for its own plan", "self-funded-government": "A state or city for its own employees", "none": "Nobody",
}  # fmt: skip
LONGEST_SEARCH = 100
LONG = 2_000
"""Letters from which on questions are not tried out, which takes a dozen assessments: the order of the answer does."""
STATES = tuple(code.upper() for code in PARTS["us"])


@cache
def templates() -> Environment:
    """The templates; whatever is put into them is escaped."""
    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {
        "version": _version(),
        "words": words(),
        "most": MOST_CHARACTERS,
        "units": UNITS,
        "linked": False,
        "day_ticks": day_ticks(),
        "year_ticks": year_ticks(),
    }
    made.filters["percent"] = percent
    for name in made.list_templates():
        made.get_template(name)  # a fault in one shows when the server starts, and nobody waits for it to be made ready
    return made


def percent(figure: str) -> str:
    """A figure whose per-cent sign never stands on a line of its own ("91 %")."""
    return figure.replace(" %", "\u00a0%")


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Name -> content and type of what the pages are drawn with."""
    files = {path.name: (path.read_bytes(), STATIC[path.suffix]) for path in sorted((HERE / "static").iterdir()) if path.suffix in STATIC}
    style, kind = files["style.css"]
    return files | {"style.css": (style + CHECKED_CSS.read_bytes(), kind)}


def _version() -> str:
    """Changes with the files, so that a browser may keep them."""
    digest = sha256()
    for content, _ in static_files().values():
        digest.update(content)
    return digest.hexdigest()[:12]


def page(name: str, title: str, status: int = 200, here: str = "/", private: bool = True, **told: Any) -> Response:
    """A template, filled."""
    html = templates().get_template(name).render(title=title, here=here, private=private, **told)
    return Response(html, status, media_type="text/html")


async def static(request: Request) -> Response:
    """GET /static/{name}."""
    held = static_files().get(request.path_params["name"])
    if held is None:
        raise Refused(404)
    return Response(held[0], media_type=held[1], headers={"cache-control": "public, max-age=31536000, immutable"})


async def robots(_: Request) -> Response:
    """GET /robots.txt: pages that a form leads to are nothing for a search engine."""
    return Response("User-agent: *\nDisallow: /check\nDisallow: /answer\nDisallow: /letter\n", media_type="text/plain")


async def start(request: Request) -> Response:
    """GET /: one box, and a body to point at."""
    desk: Desk = request.app.state.desk
    return _start(desk.records, Form())


async def back(request: Request) -> Response:
    """POST /: the start page again, with all that was told; so that going back loses nothing without JavaScript either."""
    desk: Desk = request.app.state.desk
    form = await _form_of(request)
    return await desk.run(lambda: _start(desk.records, form))


def _start(knowledge: Knowledge, form: Form, wrong: str = "") -> Response:
    listed = places(knowledge)
    names = {place.id: place.name for place in listed}
    return page(
        "start.html", "What would you like to change?", 422 if wrong else 200, private=bool(wrong or form.text), form=form, wrong=wrong, places=listed,
        names=names, examples=words().examples,
    )  # fmt: skip


async def check(request: Request) -> Response:
    """POST /check: what was understood, and the few questions that would change the answer."""
    return await _answered(request, _check)


async def answer(request: Request) -> Response:
    """POST /answer."""
    return await _answered(request, _answer)


async def again(_: Request) -> Response:
    """GET of a page that a form leads to: nothing of the form is kept, so the way begins anew."""
    return RedirectResponse("/", 303)


async def answer_json(request: Request) -> Response:
    """POST /answer.json: the same answer for a program, as a file to keep."""

    def whole(desk: Desk, _: Form, asked: Asked, __: dict[str, str]) -> Response:
        answered = desk.engine.assess_json(asked.text, desk.settings.day(), "", asked)
        body = msgspec.json.format(answered, indent=2)
        return Response(body, media_type="application/json", headers={"content-disposition": 'attachment; filename="gillies-answer.json"'})

    return await _answered(request, whole)


async def letter(request: Request) -> Response:
    """POST /letter."""
    return await _answered(request, _letter)


async def learn(request: Request) -> Response:
    """GET /learn: every page, and a search."""
    desk: Desk = request.app.state.desk
    wanted = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()

    def made() -> Response:
        listed = entries(desk.records)
        found = search(wanted, desk.records, listed) if wanted else []
        return page("learn.html", "Learn", here="/learn", private=bool(wanted), q=wanted, found=found, listed=listed)

    return await desk.run(made)


async def learn_one(request: Request) -> Response:
    """GET /learn/{kind}/{id}."""
    desk: Desk = request.app.state.desk
    kind, key = request.path_params["kind"], request.path_params["id"]

    def made() -> Response:
        found = record(kind, key, desk.records, desk.engine.compiled.is_confirmed, desk.settings.day())
        if found is None:
            raise Refused(404, "There is no such page. Look through the lists under Learn.")
        return page("record.html", found.title, here="/learn", private=False, record=found)

    return await desk.run(made)


async def glossary(_: Request) -> Response:
    """GET /learn/glossary."""
    return page("glossary.html", "Glossary", here="/learn", private=False)


async def about(request: Request) -> Response:
    """GET /about."""
    desk: Desk = request.app.state.desk
    return await desk.run(lambda: page("about.html", "About", here="/about", private=False, figures=figures(), **facts(desk.records, desk.settings.day())))


async def _answered(request: Request, make: Any) -> Response:
    """What `make` gives for the form that was sent; the start page again where it asks nothing."""
    desk: Desk = request.app.state.desk
    form = await _form_of(request)
    if form.example:
        chosen = example_of(form.example, words().examples)
        if chosen is None:
            raise Refused(400, "There is no such example. Go back to the start.")
        form = Form(text=chosen.text)

    def made() -> Response:
        try:
            asked, wrong = asked_by(form, desk.engine.compiled)
        except InputError as nothing:
            return _start(desk.records, form, str(nothing))
        response: Response = make(desk, form, asked, wrong)
        return response

    return await desk.run(made)


async def _form_of(request: Request) -> Form:
    """The form as sent. Raises Refused when it is none."""
    if kind(request) != FORM:
        raise Refused(415, "This page takes its own form only. Go back to the start and try again.")
    return read_form(await body_of(request))


def _check(desk: Desk, form: Form, asked: Asked, wrong: dict[str, str]) -> Response:
    """The page of questions. Fields that do not fit come first, with what is wrong."""
    compiled, on = desk.engine.compiled, desk.settings.day()
    told = desk.engine.assess(asked.text, on, given=asked)
    field = partial(questions.as_question, answer=told, compiled=compiled)
    asking = [field(key, value=form.answers[key], unit=form.units.get(key, ""), wrong=wrong[key]) for key in wrong]

    def try_out(finding: str, value: bool) -> Assessment:
        return desk.engine.assess(asked.text, on, given=msgspec.structs.replace(asked, facts={**asked.facts, finding: value}))

    asking += [one for one in questions.to_ask(told, try_out if len(asked.text) <= LONG else None, compiled) if one.id not in wrong]
    shown = view(told, form.text, compiled)
    read = {found.kind: found.id for found in told.found if found.kind in ("payer", "state")}
    return page(
        "check.html", "A few questions", 422 if wrong else 200, form=form, view=shown, questions=asking, payers=payer_groups(compiled),
        payer=form.payer or read.get("payer", ""), states=STATES, state=form.state or read.get("state", ""), wrong_text=False,
        answered=[field(key, value=value, unit=form.units.get(key, "")) for key, value in form.answers.items() if key not in wrong],
        chosen=[(key, compiled.knowledge.concerns[key].name) for key in form.concerns if key in compiled.knowledge.concerns],
        struck=[(key, name_of(key, compiled)) for key in form.not_meant if name_of(key, compiled)],
    )  # fmt: skip


def _answer(desk: Desk, form: Form, asked: Asked, wrong: dict[str, str]) -> Response:
    """The answer page; the questions again where a field does not fit."""
    if wrong:
        return _check(desk, form, asked, wrong)
    compiled = desk.engine.compiled
    answer = desk.engine.assess(asked.text, desk.settings.day(), given=asked)
    shown = view(answer, form.text, compiled)
    return page(
        "answer.html", "Your answer", form=form, view=shown, aims=aims(shown), overlap=overlap(desk.records), papers=partial(papers, compiled=compiled),
        told=told_beside(form, compiled), linked=True, wanted=answer.procedures[0].name if answer.procedures else "",
        state=form.state or next((found.id for found in answer.found if found.kind == "state"), ""),
    )  # fmt: skip


def _letter(desk: Desk, form: Form, asked: Asked, _: dict[str, str]) -> Response:
    """A draft letter to a plan."""
    told = desk.engine.assess(asked.text, desk.settings.day(), given=asked)
    return page("letter.html", "A draft letter", form=form, bits=letter_of(told, desk.engine.compiled))


def overlap(knowledge: Knowledge) -> list[str]:
    """How plastic surgery stands to the two other fields, in the knowledge's own sentences."""
    wanted = ("reconstructive-surgery", "cosmetic-surgery", "cosmetic-dermatology")
    return [relation.say for relation in knowledge.fields["plastic-surgery"].relations if relation.to in wanted]


def papers(documents: tuple[str, ...], compiled: Compiled) -> str:
    """Papers by what they are called."""
    findings = compiled.knowledge.findings
    names = [(findings[key].paper if key in findings else "") or key.replace("-", " ") for key in documents]
    return "; ".join(name[0].lower() + name[1:] for name in names)


def payer_groups(compiled: Compiled) -> list[tuple[str, list[tuple[str, str]]]]:
    """Payers by kind, for a list to choose from."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for key, payer in compiled.knowledge.payers.items():
        groups[payer.kind].append((key, payer.name))
    return [(KINDS[kind], sorted(listed, key=lambda pair: pair[1])) for kind, listed in groups.items() if listed]
