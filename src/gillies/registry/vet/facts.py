"""What is on record of a provider, one fact a line, each as on record, on record to the contrary, or no record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from gillies.assess.fit import suggested
from gillies.assess.titles import is_state
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Procedure
from gillies.registry import record
from gillies.registry.npi import is_made_up
from gillies.registry.vet import exclusions
from gillies.registry.vet.answer import Answer, Fact, Provider, printable
from gillies.registry.vet.evidence import Evidence

FORMER = {"1": "formerly", "2": "professionally", "3": "doing business as", "4": "formerly, as a firm", "5": "also"}
MOST_PLACES, MOST_NAMESAKES = 12, 3
OLD_YEARS = 10
"""A record that has not been touched for so long may describe another time."""


class Question(msgspec.Struct, frozen=True):
    """What is asked. `state`: where (CA), "" where the provider practises; `advert`: what an advert calls this person."""

    procedure: Procedure
    on: date
    state: str = ""
    advert: str = ""


def facts(evidence: Evidence, question: Question, knowledge: Knowledge) -> tuple[Fact, ...]:
    """Everything that was looked for, in the order that it is told."""
    found = [*_number(evidence, question), *_names(evidence), *_specialties(evidence, knowledge), *_licenses(evidence, question), *_places(evidence)]
    if not evidence.is_firm:
        found += _medicare_enrolment(evidence, question)
    found += _exclusions(evidence)
    return tuple(found if evidence.is_firm else [*found, *_volume(evidence, question)])


def provider_of(evidence: Evidence, professions: tuple[str, ...]) -> Provider:
    """Whom this is about."""
    held = evidence.held.provider or record.Provider()
    kind = {"1": "person", "2": "organisation"}.get(held.entity or "", "unknown")
    name = printable(held.organization) or printable(" ".join(filter(None, (held.first, held.middle, held.last, held.suffix))))
    return Provider(
        str(evidence.held.npi), name, kind, printable(held.credential), professions, printable(held.city), printable(held.state),  # type: ignore[arg-type]  # one of three
        is_made_up(evidence.held.npi),
    )  # fmt: skip


def primary_first(taxonomies: tuple[record.Taxonomy, ...]) -> list[record.Taxonomy]:
    """All specialties reported, the primary one first, then by slot."""
    return sorted(taxonomies, key=lambda one: (one.primary != "Y", int(one.slot)))


def _fact(evidence: Evidence, about: str, answer: Answer, say: str, source: str = "nppes", *, cites: tuple[str, ...] = (), **value: Any) -> Fact:
    return Fact(about, answer, say, "live" if evidence.asked and source == "nppes" else source, evidence.days.get(source), value, cites)


def _number(evidence: Evidence, question: Question) -> Iterator[Fact]:
    held, npi = evidence.held.provider, evidence.held.npi
    if held is None:
        listed = [each.day for each in evidence.held.deactivations if each.day]
        if listed:
            yield _fact(evidence, "number", "contrary", f"NPI {npi} was deactivated on {max(listed)}.", "deactivated", active=False)
        elif evidence.asked:
            say = f"The NPI Registry has no record of NPI {npi}. It lists active ones alone: this one may be deactivated, or never issued."
            yield _fact(evidence, "number", "no-record", say, cites=("provider-r-nppes @ The NPPES NPI Registry",))
        else:
            yield _fact(evidence, "number", "no-record", f"No provider with the NPI {npi} is in the NPPES files here. That is no proof that there is none.")
        return
    if not held.active:
        yield _fact(evidence, "number", "contrary", f"NPI {npi} was deactivated on {held.deactivated}: it may not be used any more.", active=False)
        if held.replacement:
            yield _fact(evidence, "number", "on-record", f"NPPES names {held.replacement} as its replacement.", replacement=held.replacement)
        return
    again = f"; deactivated on {held.deactivated}, active again since {held.reactivated}" if held.deactivated else ""
    since = f" since {held.enumerated}" if held.enumerated else ""
    yield _fact(evidence, "number", "on-record", f"NPI {npi} is active{since}{again}.", active=True)
    if held.updated:
        years = (question.on - held.updated).days // 365
        stale = f", {years} years ago: much in it may have changed" if years >= OLD_YEARS else ""
        yield _fact(evidence, "number", "on-record", f"The record was last changed on {held.updated}{stale}.", updated=held.updated.isoformat(), years=years)


def _names(evidence: Evidence) -> Iterator[Fact]:
    held = evidence.held.provider
    if held is None:
        return
    person = printable(" ".join(filter(None, (held.prefix, held.first, held.middle, held.last, held.suffix))))
    name = printable(held.organization) or person
    if name:
        behind = f", {printable(held.credential)}" if held.credential else ""
        yield _fact(evidence, "name", "on-record", f"{name}{behind}".rstrip(".") + ".", name=name, credentials=printable(held.credential))
    others: list[tuple[str | None, str | None]] = [
        (held.other_kind, " ".join(filter(None, (held.other_first, held.other_middle, held.other_last))) if held.other_last else "")
    ]
    others += [(held.other_organization_kind, held.other_organization), *((each.kind, each.organization) for each in evidence.held.other_names)]
    for kind, other in others:
        if other:
            yield _fact(evidence, "name", "on-record", f"{FORMER.get(kind or '', 'also')} {printable(other)}.", other_name=printable(other), kind=kind or "")


def _specialties(evidence: Evidence, knowledge: Knowledge) -> Iterator[Fact]:
    if not evidence.held.taxonomies and evidence.held.provider is not None:
        yield _fact(evidence, "specialty", "no-record", "No specialty is on record.")
    for one in primary_first(evidence.held.taxonomies):
        name = told(one.code, evidence, knowledge)
        primary = ", named as the main one" if one.primary == "Y" else ""
        cites = suggested(one.code, knowledge).cites
        yield _fact(
            evidence, "specialty", "on-record", f"{name} ({one.code}; self-reported{primary}).", cites=cites, code=one.code, slot=int(one.slot), name=name,
            primary=one.primary == "Y", self_reported=True,
        )  # fmt: skip


def told(code: str, evidence: Evidence, knowledge: Knowledge) -> str:
    """A code in words: our own name for it, else NUCC's own words from the user's copy, else only that it is one."""
    tells = suggested(code, knowledge)
    name = tells.name if tells.how == "listed" else printable(evidence.words.get(code)) or tells.name
    return f"{name[0].upper()}{name[1:]}" if name else "A specialty that is not on file here"


def _licenses(evidence: Evidence, question: Question) -> Iterator[Fact]:
    by_state: dict[str, list[str]] = {}
    for one in evidence.held.taxonomies:
        if one.license or one.license_state:
            by_state.setdefault(printable(one.license_state) or "no state told", []).append(printable(one.license) or "no number told")
    for state, numbers in by_state.items():
        listed = ", ".join(dict.fromkeys(numbers))
        yield _fact(
            evidence,
            "license",
            "on-record",
            f"Licence in {state}: {listed} (self-reported; nobody checked it).",
            state=state,
            numbers=list(dict.fromkeys(numbers)),
        )
    if evidence.held.provider is None or evidence.is_firm:
        return
    if not by_state:
        yield _fact(evidence, "license", "no-record", "No licence number is on record. NPPES does not always ask for one: look it up with the state.")
    if question.state and question.state not in by_state and by_state:
        yield _fact(evidence, "license", "no-record", f"No licence in {question.state} is on record here. Look it up with the state.", state=question.state)


def license_states(evidence: Evidence) -> list[str]:
    """States of licences as reported."""
    return [state for one in evidence.held.taxonomies if (state := (one.license_state or "").upper()) and is_state(state)]


def _places(evidence: Evidence) -> Iterator[Fact]:
    held = evidence.held.provider
    if held is None or not (held.city or held.state):
        return
    main = record.Place(held.address, held.address2, held.city, held.state, held.zip5, held.zip4, held.country, held.phone)
    places = [place for place in dict.fromkeys((main, *evidence.held.places)) if place.city or place.state]
    for place in places[:MOST_PLACES]:
        street = printable(", ".join(filter(None, (place.address, place.address2))))
        town = printable(" ".join(filter(None, (place.city, place.state, place.zip5))))
        yield _fact(
            evidence, "place", "on-record", f"{street + ', ' if street else ''}{town}.", street=street, city=place.city, state=place.state, zip=place.zip5
        )
    if len(places) > MOST_PLACES:
        yield _fact(evidence, "place", "on-record", f"And {len(places) - MOST_PLACES:,} more places.", more=len(places) - MOST_PLACES)


def _medicare_enrolment(evidence: Evidence, question: Question) -> Iterator[Fact]:
    if "dac" not in evidence.days:
        return
    lines = evidence.held.clinicians
    years = sorted({int(line.graduated) for line in lines if line.graduated})
    if years:
        school = next((printable(line.school) for line in lines if line.school and line.school.upper() != "OTHER"), "")
        since = question.on.year - years[0]
        where = f" from {school}" if school else ""
        yield _fact(evidence, "graduation", "on-record", f"Graduated in {years[0]}{where}, {since} years ago.", "dac", year=years[0], years_since=since)
    else:
        yield _fact(evidence, "graduation", "no-record", "No year of graduation is on record.", "dac")
    named = dict.fromkeys(printable(line.specialty) for line in lines if line.specialty)
    if named:
        yield _fact(evidence, "enrolment", "on-record", f"Enrolled with Medicare as: {', '.join(named).lower()}.", "dac", specialties=list(named))


def _exclusions(evidence: Evidence) -> Iterator[Fact]:
    if "leie" not in evidence.days:
        yield _fact(evidence, "exclusion", "no-record", "The list of people excluded from federal programmes (LEIE) was not looked into.", "leie", looked=False)
        return
    found = exclusions.lines(evidence.held, evidence.namesakes)
    namesakes = [line for line in found if line.match == "name-only"]
    for line in found:
        if line in namesakes[MOST_NAMESAKES:]:
            continue
        answer, say = _excluded(line, str(evidence.held.npi))
        yield _fact(evidence, "exclusion", answer, say, "leie", **msgspec.to_builtins(line))
    if len(namesakes) > MOST_NAMESAKES:
        more = len(namesakes) - MOST_NAMESAKES
        yield _fact(evidence, "exclusion", "no-record", f"And {more:,} more of this name on the list, without an NPI.", "leie", more=more)
    if not any(line.match in ("hit", "reinstated") for line in found):
        say = "No exclusion from federal health programmes is on record under this NPI and name."
        yield _fact(evidence, "exclusion", "no-record", say, "leie", looked=True)


def _excluded(line: exclusions.Line, npi: str) -> tuple[Answer, str]:
    where = f" ({', '.join(filter(None, (line.kind.lower(), line.state)))})" if line.kind or line.state else ""
    ground = f", section {line.basis}" if line.basis else ""
    waiver = f" A waiver lets {line.waiver_state or 'a state'} pay all the same." if line.waiver_state else ""
    match line.match:
        case "hit":
            return "on-record", f"Excluded from federal health programmes since {line.day}{ground}: {line.name}{where}. NPI and name agree.{waiver}"
        case "reinstated":
            return "contrary", f"Excluded from {line.day}{ground}, and reinstated since: {line.name}{where}."
        case "number-only":
            return (
                "no-record",
                f"A line of the list has NPI {npi} under another name, {line.name}{where}, excluded since {line.day}. The two may not be the same.",
            )
        case _:
            against = f" ({' and '.join(line.against)} than on record here)" if line.against else ""
            say = f"Somebody of this name is on the list, without an NPI: {line.name}{where}, since {line.day}{against}."
            return "no-record", f"{say} A name alone is no identity."


def _volume(evidence: Evidence, question: Question) -> Iterator[Fact]:
    codes = (*question.procedure.codes.cpt, *question.procedure.codes.hcpcs)
    day = evidence.days.get("puf")
    year = f" in {day.year}" if day else ""
    if "puf" not in evidence.days:
        return
    if not codes:
        yield _fact(evidence, "medicare", "no-record", "Medicare bills for this procedure cannot be looked for: no code of it is on file.", "puf")
        return
    lines = [line for line in evidence.held.services if line.hcpcs in codes]
    for line in lines:
        place = {"O": "in an office", "F": "in a hospital or surgery center"}.get(line.place or "", "")
        people = f" for {line.people:,.0f} people" if line.people else ""
        say = f"Original Medicare paid for code {line.hcpcs} {line.services or 0:,.0f} times{people}{year}{', ' + place if place else ''}."
        yield _fact(evidence, "medicare", "on-record", say, "puf", **_named(line))
    if not lines:
        listed = ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "")
        say = f"Original Medicare has no line for this procedure ({listed}){year}."
        yield _fact(evidence, "medicare", "no-record", say, "puf", codes=list(codes))


def _named(line: record.Service) -> dict[str, Any]:
    return {field: getattr(line, field) for field in line.__struct_fields__}
