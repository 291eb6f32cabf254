"""What `gillies vet` answers. Three answers everywhere: on record, on record to the contrary, no record; and no record is never an accusation."""

import unicodedata
from datetime import date
from typing import Any, Literal

import msgspec

from gillies.assess.answer import HandFit, SourceOut
from gillies.assess.fit import Firmness
from gillies.assess.titles import TitleRule
from gillies.registry.shelf import Stale

Answer = Literal["on-record", "contrary", "no-record"]
Level = Literal["alert", "check", "note"]
"""alert: look at this before anything else; check: ask, or look it up; note: good to know."""


class Provider(msgspec.Struct, frozen=True):
    """Whom this is about. `kind`: person, organisation, or unknown (deactivated or not on record); `professions`: what the letters behind the name and
    the specialties tell (ids of professions.yaml)."""

    npi: str
    name: str
    kind: Literal["person", "organisation", "unknown"]
    credentials: str
    professions: tuple[str, ...]
    city: str
    state: str
    made_up: bool


class Fact(msgspec.Struct, frozen=True):
    """One thing that was looked for. `about`: name, number, specialty, license, place, exclusion, medicare, graduation, enrolment; `source`: the kind of
    file (nppes, leie, dac, puf) or live; `of`: the day that it is of; `value`: the same as data."""

    about: str
    answer: Answer
    say: str
    source: str
    of: date | None
    value: dict[str, Any] = {}
    cites: tuple[str, ...] = ()


class Training(msgspec.Struct, frozen=True):
    """How one specialty that the provider reported fits the procedure. `best`: the one that decides; `hand`: the pathway it suggests that trains for it;
    `limits`: what that pathway does not teach."""

    slot: int
    primary: bool
    code: str
    specialty: str
    fit: Firmness
    best: bool
    why: str
    hand: HandFit | None
    limits: str
    cites: tuple[str, ...]
    profession: str
    self_reported: bool = True


class Flag(msgspec.Struct, frozen=True):
    """Something to look at."""

    id: str
    level: Level
    say: str
    cites: tuple[str, ...] = ()


class VerifyAt(msgspec.Struct, frozen=True):
    """Where to verify what no record here can tell. `what`: certificate, license, place, exclusion, record."""

    what: Literal["certificate", "license", "place", "exclusion", "record"]
    name: str
    url: str
    search: str
    say: str
    cites: tuple[str, ...]


class Certificate(msgspec.Struct, frozen=True):
    """A line of the user's own list. `known_as`: our id of the board, where it is one on file; `lapsed`: whether `until` has passed."""

    board: str
    status: str
    until: date | None
    lapsed: bool
    known_as: str
    line: int
    more: dict[str, str] = {}


class Theirs(msgspec.Struct, frozen=True):
    """What the user's certificate list says of this provider. `aside`: lines that could not be read, and why."""

    file: str
    certificates: tuple[Certificate, ...]
    lines: int
    aside: dict[str, tuple[int, ...]]


class Advert(msgspec.Struct, frozen=True):
    """What an advert may call this person. `laws`: those on file of the state; none on file is no proof that there is none."""

    state: str
    text: str
    words: tuple[str, ...]
    laws: tuple[TitleRule, ...]


class Caveat(msgspec.Struct, frozen=True):
    """What a file that was looked into cannot tell. `source`: its kind."""

    source: str
    say: str
    cites: tuple[str, ...]


class Procedure(msgspec.Struct, frozen=True):
    """What the provider is vetted against."""

    id: str
    name: str


class Vet(msgspec.Struct, frozen=True):
    """The whole answer. `asked`: what was asked of whom outside this machine ("" nothing); `fit` and `why`: of the best specialty reported."""

    stale: tuple[Stale, ...]
    as_of: date
    asked: str
    provider: Provider
    procedure: Procedure
    fits: Firmness
    why: str
    flags: tuple[Flag, ...]
    on_record: tuple[Fact, ...]
    fit: tuple[Training, ...]
    unseen: tuple[HandFit, ...]
    advert: Advert | None
    certificates: Theirs | None
    caveats: tuple[Caveat, ...]
    cannot_know: tuple[str, ...]
    verify_at: tuple[VerifyAt, ...]
    sources: dict[str, SourceOut]


def printable(text: str | None) -> str:
    """A text from outside, safe to print: without control characters, which could move the cursor or change colours, and with single blanks."""
    if text and text.isprintable():  # nearly always
        return " ".join(text.split())
    kept = "".join(letter if letter == " " or unicodedata.category(letter)[0] != "C" else " " for letter in text or "")
    return " ".join(kept.split())
