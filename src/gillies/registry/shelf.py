"""How long a file may be relied on: a source that is older than its shelf life is told before anything else."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from gillies.knowledge.schema import ShelfLife
from gillies.registry.manifest import Source


class Stale(msgspec.Struct, frozen=True):
    """A source past its shelf life. `released`: None where nothing told its day. `say`: a sentence for people."""

    kind: str
    file: str
    released: date | None
    good_until: date | None
    say: str


def good_until(released: date, shelf: ShelfLife) -> date:
    """The last day on which a file released on a day may be relied on."""
    return released + timedelta(days=shelf.days)


def check(kind: str, file: str, released: date | None, on: date, shelves: Mapping[str, ShelfLife]) -> Stale | None:
    """What to say of a source on a day; None while it is fresh."""
    shelf = shelves.get(kind)
    if shelf is None:
        return None
    if released is None:
        return Stale(kind, file, None, None, f"{file} ({shelf.name}) does not tell how old it is: get a new one from {shelf.url}.")
    until = good_until(released, shelf)
    if on <= until:
        return None
    age = (on - released).days
    return Stale(
        kind, file, released, until,
        f"{file} ({shelf.name}) is of {released}, {age:,} days old; it is relied on for {shelf.days} days. Get a new one from {shelf.url}.",
    )  # fmt: skip


def stale(sources: Iterable[Source], on: date, shelves: Mapping[str, ShelfLife]) -> tuple[Stale, ...]:
    """All sources past their shelf life on a day. A weekly file renews the full one that it was read with."""
    held = list(sources)
    newest = max((source.released for source in held if source.kind == "nppes" and source.released), default=None)
    found = (check(s.kind, s.inside or s.file, newest if s.kind == "nppes" else s.released, on, shelves) for s in held if s.kind != "nppes" or s.full)
    return tuple(each for each in found if each)
