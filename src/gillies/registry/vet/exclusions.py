"""Exclusions: only a line of the LEIE with this NPI and this name is a hit. The number alone, or the name alone, is something to check."""

from datetime import date
from typing import Literal

import msgspec

from gillies.registry import record
from gillies.registry.lookup import OnRecord
from gillies.registry.names import key
from gillies.registry.vet.answer import printable

Match = Literal["hit", "number-only", "name-only", "reinstated"]

LEGAL_FORMS = frozenset("INC LLC PC PA PLLC LLP LTD CORP CO THE AND OF A P C L".split())
"""Words that tell no firm from another."""


class Line(msgspec.Struct, frozen=True):
    """A line of the LEIE that may be about this provider, and how it matches. What it holds besides (birthday, street) is not told."""

    match: Match
    name: str
    state: str
    kind: str
    basis: str
    day: date | None
    waiver_state: str


def lines(held: OnRecord, namesakes: tuple[record.Exclusion, ...]) -> tuple[Line, ...]:
    """Every line that may be about the provider, the surest first."""
    by_number = [_line("hit" if names_agree(line, held) else "number-only", line) for line in held.exclusions]
    order: dict[Match, int] = {"hit": 0, "number-only": 1, "name-only": 2, "reinstated": 3}
    return tuple(sorted((*by_number, *(_line("name-only", line) for line in namesakes)), key=lambda line: order[line.match]))


def _line(match: Match, line: record.Exclusion) -> Line:
    name = printable(line.business or " ".join(filter(None, (line.first, line.middle, line.last))))
    gone = "reinstated" if match == "hit" and line.reinstated else match
    kind = printable(" / ".join(filter(None, (line.general, line.specialty))))
    return Line(gone, name, line.state or "", kind, line.basis or "", line.day, line.waiver_state or "" if line.waived else "")


def names_agree(line: record.Exclusion, held: OnRecord) -> bool:
    """Whether a line of the LEIE has one of the provider's names: the surname (or a part of it) and a first name that does not speak against it; for a firm
    the same words, such as INC aside."""
    provider = held.provider
    if provider is None:
        return False
    if line.business and not line.last:
        named = [provider.organization, provider.other_organization, *(each.organization for each in held.other_names)]
        return _words(line.business) in [_words(name) for name in named if name]
    surnames = {part for name in (provider.last, provider.other_last) if name for part in (key(name), *key(name).split())}
    firsts = [key(name) for name in (provider.first, provider.other_first, provider.middle) if name]
    return bool({key(line.last or ""), *key(line.last or "").split()} & surnames) and (
        not line.first or any(_same_first(key(line.first), first) for first in firsts)
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(key(name).split()) - LEGAL_FORMS


def _same_first(one: str, other: str) -> bool:
    """Whether first names go together: the same, or one the beginning of the other (J, Chris)."""
    a, b = one.split()[:1], other.split()[:1]
    return bool(a and b) and (a[0].startswith(b[0]) or b[0].startswith(a[0]))
