"""What a report holds: plain figures, no words."""

from datetime import date
from typing import Literal

import msgspec

INTENTS = ("reconstructive", "mixed", "undetermined", "cosmetic")
COVERAGES = ("likely-covered", "depends", "likely-not-covered")
HANDS = ("core", "fellowship", "related", "outside", "unknown")
NOT_GIVEN = ""
"""The key of the lines whose payer, state … is not given."""


class RunInfo(msgspec.Struct, frozen=True):
    """How the lines were read and labelled."""

    files: tuple[str, ...]
    layout: str
    notes: tuple[str, ...]
    """What a reader of the figures must know, a sentence each."""
    rows_in: int
    rows_out: int
    rows_aside: int
    engine: str
    knowledge_date: date
    """The rules in force on this day were used."""
    seconds: float


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """Lines counted and their dollars, in whole cents so that no order of adding changes a digit.

    No dollars: no line gives any. Nothing at all: `hidden` tells why.
    """

    lines: int | None = None
    charge_cents: int | None = None
    paid_cents: int | None = None
    hidden: Literal["", "small", "beside"] = ""
    """small: 1 to 10 lines. beside: hidden only because it would give a small one away."""


class Row(msgspec.Struct, frozen=True):
    """One payer, state, procedure …: its lines by intent, and all of them."""

    key: str
    cells: dict[str, Cell]
    total: Cell


class Table(msgspec.Struct, frozen=True):
    """One breakdown. `rest` adds up what has no row of its own: `rest_kinds` further keys."""

    rows: tuple[Row, ...]
    rest: Row | None = None
    rest_kinds: int = 0


class Line(msgspec.Struct, frozen=True):
    """One labelled line as an auditor needs it. The person's number is left out: claim and line are enough to find it again."""

    claim: str | None
    line: str | None
    day: date | None
    code: str | None
    modifiers: tuple[str, ...]
    diagnoses: tuple[str, ...]
    specialty: str | None
    payer: str | None
    state: str | None
    charge: float | None
    paid: float | None
    procedure: str | None
    intent: str | None
    coverage: str | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    hands: str | None
    protected: tuple[str, ...]


class Guard(msgspec.Struct, frozen=True):
    """The false-flag guard: lines of care that the law protects, and those of them that were flagged cosmetic."""

    protected: Row
    by_set: Table
    """By the code set that tells of the protected care; a line can stand under several."""
    flagged: tuple[Line, ...]
    """Every one of them, dearest first."""


class Sample(msgspec.Struct, frozen=True):
    """Lines of one class to read by hand, the same ones on every run over the same lines."""

    intent: str
    coverage: str
    lines: int
    """How many the class holds."""
    picked: tuple[Line, ...]


class Summary(msgspec.Struct, frozen=True):
    """All figures of a report."""

    run: RunInfo
    lines: int
    not_ours: int
    """Lines whose code belongs to no procedure that we know."""
    without_charge: int
    """Lines of ours whose charge is not given or no plausible number; the dollars leave them out."""
    without_paid: int
    intents: tuple[str, ...]
    """The columns of every table, in order."""
    total: Row
    by_coverage: Table
    by_procedure: Table
    by_payer: Table
    by_specialty: Table
    by_state: Table
    by_hands: Table
    guard: Guard
    audit: tuple[Sample, ...]
    names: dict[str, str]
    """Our own names of the ids in this report, as far as they were given."""

    @property
    def ours(self) -> int:
        """Lines of a procedure that we know."""
        return self.lines - self.not_ours


def as_json(summary: Summary) -> bytes:
    """The summary as indented JSON, ending in a newline. Nothing is hidden in it but by `hide_small`."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n"
