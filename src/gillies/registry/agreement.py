"""Whether two names can be the same person's or the same organization's: a score by a stated rule, and what speaks against it.

Surname 0.6, first name 0.4, each from 0 to 1. Nicknames, initials, one part of a double surname, a middle name used as the first, swapped first and last
names and small slips of the pen cost little; another first name or another surname costs all of its share.
"""

from functools import lru_cache

import msgspec

from gillies.errors import InputError
from gillies.registry.names import key
from gillies.registry.search import typed
from gillies.registry.search.given import NICKNAME, fit, nicknames
from gillies.registry.search.letters import distance, likeness

ENOUGH = 0.85
"""From this score on two names agree: one of the two parts may be off by a slip, or a first name by being an initial; not both parts by more."""

SURE = 0.97
"""From this score on no other way to read a name is looked at."""

SURNAME, FIRST = 0.6, 0.4
SAME, PART, SLIP, MIDDLE, MISSING = 1.0, 0.95, 0.9, 0.85, 0.7
"""What a part scores: all letters; one part of a double name; one or two letters off; the middle name in place of the first; not given."""
HOW = {"same": SAME, "nickname": 0.95, "beginning": 0.9, "misspelt": SLIP, "initial": 0.85, "none": MISSING, "unlike": 0.0}
"""The same for a first name, by how it fits (search/given.py)."""

ALIKE = 0.82
"""A word with a letter or two off counts as a slip if it still looks alike (Jaro-Winkler)."""

COMMON = frozenset(
    "OF THE AND FOR AT IN INC LLC PC PA PLLC LLP LTD CORP CORPORATION CO COMPANY MD DBA A P C L LC PLC GROUP MEDICAL CENTER CLINIC ASSOCIATES SERVICES".split()
)
"""Words that tell no organization from another."""


class Person(msgspec.Struct, frozen=True):
    """A person's name in parts, as written."""

    last: str
    first: str = ""
    middle: str = ""


class Agreement(msgspec.Struct, frozen=True):
    """How well two names agree, 0 to 1, and in words what does not."""

    score: float
    say: str

    @property
    def enough(self) -> bool:
        """Whether they count as the same."""
        return self.score >= ENOUGH


def agree(given: Person | str, record: Person) -> Agreement:
    """How well a name as given (in parts, or whole and in any order, with titles and degrees around it) agrees with one on record."""
    last, first, middle = key(record.last), key(record.first), key(record.middle)
    best = Agreement(0.0, "No name is given.")
    for way in _readings(given):
        found = _judged(way, last, first, middle)
        best = max(best, found, key=lambda one: one.score) if best.score else found
        if best.score >= SURE:
            break
    return best


def _judged(way: typed.Reading, last: str, first: str, middle: str) -> Agreement:
    surname, given = surname_score(way.last, last), first_name_score(way.first, first, middle, way.others)
    score = round(SURNAME * surname + FIRST * given, 3)
    if surname and given:
        return Agreement(score, "Only slightly different.")
    if surname:
        return Agreement(score, "The surname agrees, the first name does not.")
    return Agreement(score, "The first name agrees, the surname does not." if given > MISSING else "Neither surname nor first name agrees.")


@lru_cache(4096)
def surname_score(given: str, record: str) -> float:
    """How well a surname (several parts as one word) agrees with one on record."""
    parts = record.split()
    if not given or not parts:
        return 0.0
    if given == "".join(parts):
        return SAME
    if len(parts) > 1 and any(given == part for part in parts if len(part) > 2 and part not in typed.PARTICLES):
        return PART
    return SLIP if slip(given, "".join(parts)) or any(len(part) > 4 and slip(given, part) for part in parts) else 0.0


@lru_cache(4096)
def first_name_score(given: str, record: str, middle: str = "", others: tuple[str, ...] = ()) -> float:
    """How well a first name agrees with one on record, or with the middle name there."""
    if not given or not record:
        return MISSING
    first = record.split()[0]
    if given == "".join(record.split()):
        return SAME
    how = fit(given, first).how
    by_letters = 0.0 if how == "misspelt" and not slip(given, first) else HOW[how]
    by_middle = MIDDLE if (len(given) > 1 and given in middle.split()) or first in others else 0.0
    return max(by_letters, by_middle)


def first_names_like(first: str) -> frozenset[str]:
    """The forms in which people use a first name, itself among them."""
    return frozenset({first, *(other for other, cost in nicknames(first).items() if cost <= NICKNAME)})


def slip(given: str, record: str) -> bool:
    """Whether one word is the other with a slip of the pen: a letter off, two in long words."""
    most = 1 if len(record) < 8 else 2
    return min(len(given), len(record)) > 2 and distance(given, record) <= most and likeness(given, record) >= ALIKE


def organizations_agree(given: str, record: str) -> Agreement:
    """How well the name of an organization agrees with one on record: by the words that tell it from others."""
    all_given, all_held = key(given).split(), key(record).split()
    if all_given == all_held:
        return Agreement(SAME, "The same words.")
    own, held = ([word for word in words if word not in COMMON] or words for words in (all_given, all_held))
    if not own or not held:
        return Agreement(0.0, "No name is given.")
    short, long = sorted((own, held), key=len)
    met = sum(any(word == other or slip(word, other) for other in long) for word in short)
    score = max(round(PART * met / len(short) - (0.2 if len(short) == 1 < len(long) else 0), 3), 0.0)
    return Agreement(score, "Only slightly different." if score >= ENOUGH else "Other words." if not met else "Some of the words agree.")


@lru_cache(4096)
def _readings(given: Person | str) -> tuple[typed.Reading, ...]:
    """Ways to read a name as given. What no name can be has none."""
    if isinstance(given, str):
        return _read(given)
    last, first, middle = (tuple(key(part).split()) for part in (given.last, given.first, given.middle))
    as_given = typed.Reading("".join(last), first[0] if first else "", (*first[1:], *middle))
    return (as_given, *(_read(f"{given.last}, {given.first} {given.middle}") if first else _read(given.last)))


def _read(text: str) -> tuple[typed.Reading, ...]:
    try:
        return typed.read(text[: typed.LONGEST]).readings
    except InputError:
        return ()
