"""What a registry holds and how old it is, for people and as JSON. What is stale comes first."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from gillies.knowledge.schema import ShelfLife
from gillies.registry import shelf
from gillies.registry.aside import FILE as ASIDE
from gillies.registry.manifest import Manifest, Source
from gillies.terminal import Style

TITLES = {
    "provider": "providers", "taxonomy": "specialties reported", "name": "names of providers", "other_name": "further names of organisations",
    "place": "further practice places", "deactivation": "numbers in the report of deactivated NPIs", "exclusion": "exclusions (LEIE)",
    "clinician": "lines of Doctors and Clinicians", "service": "lines of Medicare by provider and service", "code": "codes of specialties (NUCC)",
}  # fmt: skip


class Told(msgspec.Struct, frozen=True):
    """What `registry info` answers."""

    stale: tuple[shelf.Stale, ...]
    made_up: str
    built: str
    by: str
    folder: str
    good_until: date | None
    counts: dict[str, int]
    aside: int
    aside_file: str
    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def look(made: Manifest, root: Path, on: date, shelves: Mapping[str, ShelfLife]) -> Told:
    """Puts together what is to be told on a day. `good_until`: the day on which the first source passes its shelf life."""
    newest = max((s.released for s in made.sources if s.kind == "nppes" and s.released), default=None)
    ends = [
        shelf.good_until(day, shelves[source.kind])
        for source in made.sources
        if source.kind in shelves and (day := newest if source.kind == "nppes" else source.released)
    ]
    folder = root / made.folder
    return Told(
        stale=shelf.stale(made.sources, on, shelves), made_up=made.made_up, built=f"{made.built:%Y-%m-%d %H:%M}", by=made.by, folder=str(folder),
        good_until=min(ends, default=None), counts=made.counts, aside=sum(source.rows_aside for source in made.sources), aside_file=str(folder / ASIDE),
        sources=made.sources, notes=made.notes,
    )  # fmt: skip


def as_text(told: Told, style: Style) -> str:
    """The same for the terminal."""
    lines = [style.paint(f"STALE: {each.say}", "1;31") for each in told.stale]
    lines += [""] if lines else []
    if told.made_up != "none":
        share = "All" if told.made_up == "all" else "Some"
        lines += [style.paint(f"{share} of these providers are made up (their numbers begin with 9): for trying things out only.", "1;33"), ""]
    lines.append(style.paint("The registry holds", "1"))
    lines += [f"  {told.counts[table]:>13,}  {title}" for table, title in TITLES.items() if told.counts.get(table)]
    lines += ["", style.paint("from", "1")]
    for source in told.sources:
        lines += _source(source)
    lines += ["", style.paint("updated since those rows were counted", "1"), *(f"  {note}" for note in told.notes)] if told.notes else []
    good = "" if told.stale or not told.good_until else f" Good until {told.good_until}."
    lines += ["", f"Built on {told.built} by {told.by}: {told.folder}.{good}"]
    if told.aside:
        lines.append(f"{told.aside:,} rows could not be used: {told.aside_file} says why of each.")
    return "\n".join(lines) + "\n"


def _source(source: Source) -> list[str]:
    of = f" in {source.file}" if source.inside else ""
    day = f"of {source.released} ({source.told_by})" if source.told_by not in ("name", "") else f"of {source.released or 'an unknown day'}"
    gone = f", {source.superseded:,} replaced by newer ones" if source.superseded else ""
    lines = [f"  {source.inside or source.file}{of}", f"    {day}; {source.rows_in:,} rows = {source.rows_out:,} used{gone}, {source.rows_aside:,} set aside"]
    lines += [f"      {count:,} × {reason}" for reason, count in sorted(source.reasons.items(), key=lambda pair: -pair[1])]
    if source.foreign:
        lost = f"; {source.lost:,} characters are in no known encoding and shown as \ufffd" if source.lost else ""
        lines.append(f"      {source.foreign:,} lines were not UTF-8 and were read as Windows-1252{lost}")
    lines += [f"      {count:,} × no day in {column}, taken for none" for column, count in source.unread_days.items()]
    lines += [f"      passed over in the same ZIP: {', '.join(source.ignored)}"] if source.ignored else []
    return lines
