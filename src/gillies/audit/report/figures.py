"""What a report on a directory holds: plain figures, and a few rows of each kind."""

from datetime import date

import msgspec


class Run(msgspec.Struct, frozen=True):
    """How the rows were read and looked at. `notes`: what a reader must know, a sentence each."""

    files: tuple[str, ...]
    columns: str
    notes: tuple[str, ...]
    rows_in: int
    rows_out: int
    rows_aside: int
    engine: str
    on: date
    registry: str
    seconds: float


class Picked(msgspec.Struct, frozen=True):
    """A row that shows a kind of finding. `row`: its number among the rows that could be read, from 1."""

    row: int
    npi: str | None
    name: str | None
    state: str | None
    confidence: str
    say: str


class Counted(msgspec.Struct, frozen=True):
    """A kind of finding: rows with it, by how sure it is, and some of them."""

    kind: str
    title: str
    rows: int
    firm: int
    fair: int
    weak: int
    sample: tuple[Picked, ...]


class Unread(msgspec.Struct, frozen=True):
    """Words of the directory that were not understood, in a column of ours, and the rows with them."""

    column: str
    words: str
    rows: int


class Summary(msgspec.Struct, frozen=True):
    """The report. `stale`: what to say of old sources, before all else; `made_up`: whether all, some or none of the registry's providers are samples;
    `with_findings`: rows with any, by the surest of them; `checked`: what was looked at -> rows for which it could be; `unread`: the most
    frequent words that nothing could be told from."""

    stale: tuple[str, ...]
    made_up: str
    run: Run
    rows: int
    with_findings: dict[str, int]
    checked: dict[str, int]
    unread: tuple[Unread, ...]
    kinds: tuple[Counted, ...]
    sources: tuple[str, ...]
