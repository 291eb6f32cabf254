"""The pages on which a provider is checked: who and for what, whom of several, and what is on record."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gillies.assess.answer import SourceOut
from gillies.assess.titles import is_state
from gillies.dates import in_words
from gillies.errors import InputError
from gillies.registry.npi import is_npi
from gillies.web.body import FORM, OWN_FORM, body_of, kind
from gillies.web.desk import Desk, spoken
from gillies.web.forms import sent
from gillies.web.notes import Notes
from gillies.web.pages import page
from gillies.web.refusal import Refused

if TYPE_CHECKING:  # brought by a registry only
    from gillies.registry.lookup import Registry
    from gillies.registry.search.answer import Found
    from gillies.registry.vet.evidence import Evidence
    from gillies.registry.vet.facts import Question

LONGEST = {"who": 200, "npi": 10, "procedure": 100, "state": 2, "city": 100, "zip": 10, "advert": 5_000}
ZIP = re.compile(r"\d{5}(-?\d{4})?")
WHO = "Type a name, or the ten digits of an NPI."
WHAT = "Say for what: type a procedure, such as nose job or facelift."
WHERE = "A ZIP has five digits, such as 94110."


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form. `who`: a name or an NPI as typed; `npi`: the one who was chosen of several."""

    who: str = ""
    npi: str = ""
    procedure: str = ""
    state: str = ""
    city: str = ""
    zip: str = ""
    advert: str = ""

    def fields(self, *but: str) -> list[tuple[str, str]]:
        """Names and values that carry it to the next page, some left out."""
        return [(name, value) for name, value in msgspec.structs.asdict(self).items() if value and name not in but]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, in a sentence, and in which field."""

    field: str
    say: str


async def start(request: Request) -> Response:
    """GET /provider, with a procedure where a page on one leads here."""
    desk: Desk = request.app.state.desk
    known = desk.records.procedures.get(request.query_params.get("for", ""))
    return await desk.run(lambda: _form(desk, Sought(procedure=known.name if known else "")))


async def look(request: Request) -> Response:
    """POST /provider: what is on record, the list of those who may be meant, or the form again."""
    desk: Desk = request.app.state.desk
    if kind(request) != FORM:
        raise Refused(415, OWN_FORM)
    told = dict(sent(await body_of(request)))
    sought = Sought(**{name: " ".join(told.get(name, "").split()) for name in Sought.__struct_fields__})
    if desk.registry is None or "change" in told:
        return await desk.run(lambda: _form(desk, msgspec.structs.replace(sought, npi="")))
    if (sought.npi and not is_npi(sought.npi)) or (sought.state and not is_state(sought.state)):
        raise Refused(400, "This form asks of something that is not known here. Go back to it and try again.")
    return await desk.look_up(lambda registry: _looked(desk, registry, sought))


def _looked(desk: Desk, registry: "Registry", sought: Sought) -> Response:
    fault = next(_faults(sought), None)
    if fault:
        return _form(desk, sought, fault)
    from gillies.registry.vet import asked
    from gillies.registry.vet.evidence import Evidence

    try:
        question = asked.question(sought.procedure, sought.state, sought.advert, desk.settings.day(), desk.records)
    except InputError as wrong:
        return _form(desk, sought, Fault("procedure", str(wrong)))
    try:
        found = _found(desk, registry, sought, question)
    except InputError as wrong:
        say = str(wrong)
        return _form(desk, sought, Fault("city" if sought.city and "town" in say else "zip" if sought.zip and "ZIP" in say else "who", say))
    return _vetted(desk, found, question, sought) if isinstance(found, Evidence) else _several(found, sought)


def _faults(sought: Sought) -> Iterator[Fault]:
    """What can be seen to be wrong before anybody is looked for."""
    for name, value in sought.fields():
        if len(value) > LONGEST[name]:
            yield Fault(name, f"That has {len(value):,} letters; at most {LONGEST[name]:,} are read.")
    if not sought.who and not sought.npi:
        yield Fault("who", WHO)
    if not sought.procedure:
        yield Fault("procedure", WHAT)
    if sought.zip and not ZIP.fullmatch(sought.zip):
        yield Fault("zip", WHERE)


def _found(desk: Desk, registry: "Registry", sought: Sought, question: "Question") -> "Evidence | Found":
    """What is on record of the one who is meant, or those who may be: whoever is not called just so has to be chosen, and a number with a typing error
    finds those that differ from it in little."""
    from gillies.registry.search.asked import Ask
    from gillies.registry.vet import who
    from gillies.registry.vet.answer import printable
    from gillies.registry.vet.evidence import gather

    digits = sought.npi or who.number_in(sought.who)
    if is_npi(digits):
        return gather(registry, int(digits), desk.records, question.on)
    ask = Ask(text=digits, most=who.MOST) if digits else Ask(text=sought.who, state=sought.state, city=sought.city, zip=sought.zip, most=who.MOST)
    found = who.find(registry, ask, desk.records, question.on)
    just_so = [one.npi for one in found.results if one.cost <= who.AS_TYPED and not digits]
    return gather(registry, just_so[0], desk.records, question.on, printable(sought.who)) if len(just_so) == 1 else found


def _form(desk: Desk, sought: Sought, fault: Fault | None = None) -> Response:
    """The form; where there is no registry, how to make one, and where to look people up meanwhile."""
    known = desk.records
    if desk.registry is None:
        notes = Notes(known.sources, lambda _: True)
        places = [(held, notes.line(held.say, held.cites)) for held in known.look_ups.values() if held.place == "us"]
        cited = [(number, SourceOut.of(known.sources[key], desk.settings.day())) for key, number in notes.numbers.items()]
        return page("no_registry.html", "Check a provider", here="/provider", private=False, places=places, sources=cited)
    from gillies.registry.search.packing import STATE_NAMES
    from gillies.registry.vet.text import FILES

    made = desk.registry.manifest
    days = {source.kind: max(filter(None, (one.released for one in made.sources if one.kind == source.kind)), default=None) for source in made.sources}
    files = [(FILES[kind], in_words(day.isoformat()) if day else "") for kind, day in days.items() if kind in FILES]
    return page(
        "provider.html", "Check a provider", 422 if fault else 200, here="/provider", private=bool(fault or sought.who), sought=sought,
        fault=fault and msgspec.structs.replace(fault, say=sentence(fault.say)), longest=LONGEST,
        procedures=sorted(held.name for held in known.procedures.values()), states=[(code, name) for code, name in STATE_NAMES.items() if is_state(code)],
        stale=desk.registry.stale(desk.settings.day(), known.shelf_lives), made_up=made.made_up, files=files,
        people=made.counts.get("provider", 0),
    )  # fmt: skip


def sentence(told: str) -> str:
    """What is wrong as a sentence of its own, for people who see no flags."""
    said = spoken(told).replace("`gillies show` lists what there is.", "Look through the lists under Learn.")
    return said[:1].upper() + said[1:]


def _several(found: "Found", sought: Sought) -> Response:
    """Those who may be meant, to choose from; or that there is nobody."""
    return page("providers.html", "Which one?" if found.results else "Nobody found", here="/provider", sought=sought, found=found)


def _vetted(desk: Desk, found: "Evidence", question: "Question", sought: Sought) -> Response:
    """All that is on record of one provider, beside the procedure."""
    from gillies.registry.vet.vet import vet
    from gillies.web.vetted import view

    return page("vetted.html", "What is on record", here="/provider", sought=sought, view=view(vet(found, question, desk.records), desk.records))
