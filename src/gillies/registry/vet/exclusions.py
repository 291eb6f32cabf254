"""Exclusions: only a line of the LEIE with this NPI and this name is a hit. The number alone, or the name alone, is something to check."""

from datetime import date
from typing import Literal

import msgspec

from gillies.registry import record
from gillies.registry.lookup import OnRecord
from gillies.registry.vet.answer import printable

Match = Literal["hit", "number-only", "name-only", "reinstated"]


class Line(msgspec.Struct, frozen=True):
    """A line of the LEIE that may be about this provider, and how it matches; `against`: what speaks against its being the same. What the line holds
    besides (birthday, street) is not told."""

    match: Match
    name: str
    state: str
    kind: str
    basis: str
    day: date | None
    waiver_state: str
    against: tuple[str, ...] = ()


def lines(held: OnRecord, namesakes: tuple[record.Exclusion, ...]) -> tuple[Line, ...]:
    """Every line that may be about the provider, the surest first."""
    by_number = [_line("hit" if names_agree(line, held) else "number-only", line) for line in held.exclusions]
    by_name = [_line("name-only", line, _against(line, held)) for line in namesakes]
    order: dict[Match, int] = {"hit": 0, "number-only": 1, "name-only": 2, "reinstated": 3}
    return tuple(sorted((*by_number, *by_name), key=lambda line: (order[line.match], len(line.against))))


def _line(match: Match, line: record.Exclusion, against: tuple[str, ...] = ()) -> Line:
    name = printable(line.business or " ".join(filter(None, (line.first, line.middle, line.last))))
    gone = "reinstated" if match == "hit" and line.reinstated else match
    kind = printable(" / ".join(filter(None, (line.general, line.specialty))))
    waiver = line.waiver_state or "" if line.waived else ""
    return Line(gone, name, printable(line.state), kind, printable(line.basis), line.day, waiver, against)


def _against(line: record.Exclusion, held: OnRecord) -> tuple[str, ...]:
    """What tells a namesake apart. None of it is proof: people move, and middle names are left out."""
    provider = held.provider or record.Provider()
    states = {provider.state, *(place.state for place in held.places), *(one.license_state for one in held.taxonomies)}
    middles = {name[0].upper() for name in (provider.middle, provider.other_middle) if name}
    other_middle = bool(middles) and line.middle is not None and line.middle[:1].upper() not in middles
    return tuple(why for why, true in (("another middle name", other_middle), ("another state", bool(line.state and line.state not in states))) if true)


def names_agree(line: record.Exclusion, held: OnRecord) -> bool:
    """Whether a line of the LEIE has one of the provider's names, as names agree anywhere here (agreement.py)."""
    provider = held.provider
    if provider is None:
        return False
    from gillies.registry.agreement import Person, agree, organizations_agree  # numpy and rapidfuzz with it, for the few who stand on the list

    if line.business and not line.last:
        named = [provider.organization, provider.other_organization, *(each.organization for each in held.other_names)]
        return any(organizations_agree(line.business, name).enough for name in named if name)
    first, middle = provider.first or "", provider.middle or ""
    own = [Person(provider.last or "", first, middle), Person(provider.other_last or "", provider.other_first or first, provider.other_middle or middle)]
    given = Person(line.last or "", line.first or "", line.middle or "")
    return any(agree(given, name).enough for name in own if name.last)
