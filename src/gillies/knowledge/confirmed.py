"""Two looks at every figure: whoever wrote a figure read it once; `data/confirmed/` keeps what a second reader found who did not see it.

A figure that is edited loses its confirmation loudly: the lint refuses an entry that agrees with a value which is no longer there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args

from gillies.errors import KnowledgeError
from gillies.knowledge.figures import SLACK, Figure, plain
from gillies.knowledge.schema import Confirmation

Level = Literal["two looks", "one look", "unverified", "disputed"]
LEVELS: tuple[Level, ...] = get_args(Level)
Ledger = Mapping[str, Confirmation]


def agrees(figure: Figure, found: Iterable[object]) -> bool:
    """Whether what a reader found is the figure's value. A rate may be told of another number of people, and is rounded as ours; a
    stretch of days may come from weeks or months."""
    theirs, ours = tuple(map(plain, found)), figure.values
    if theirs == ours:
        return True
    key = figure.address.rsplit("/", 1)[-1].partition("~")[0]
    if key not in ("rate", "days") or len(theirs) != len(ours):
        return False
    try:
        told, held = tuple(map(float, theirs)), tuple(map(float, ours))
    except ValueError:
        return False
    if key == "days":
        return all(abs(one - other) <= SLACK * other for one, other in zip(told, held, strict=True))
    digits = len(ours[0].partition(".")[2])
    return told[1] > 0 and round(told[0] / told[1] * held[1], digits) == held[0] and told[2:] == held[2:]


def level(figure: Figure, entries: Iterable[Confirmation]) -> Level:
    """How often a figure was read: twice, once, not at all, or with two results. Of one that nobody could verify the first look counts none."""
    verdicts = [entry.verdict for entry in entries]
    if "differs" in verdicts:
        return "disputed"
    looks = verdicts.count("agree") + (bool(figure.cites) and not figure.unverified)
    return ("unverified", "one look", "two looks")[min(looks, 2)]


def levels(figures: Iterable[Figure], ledger: Ledger) -> dict[str, Level]:
    """Address -> level of each figure."""
    entries: dict[str, list[Confirmation]] = {}
    for entry in ledger.values():
        entries.setdefault(entry.figure, []).append(entry)
    return {figure.address: level(figure, entries.get(figure.address, ())) for figure in figures}


def tally(figures: Iterable[Figure], ledger: Ledger) -> dict[str, dict[str, int]]:
    """Kind of record -> level -> how many figures; `all` at the end."""
    listed = list(figures)
    held = levels(listed, ledger)
    table: dict[str, dict[str, int]] = {}
    for figure in sorted(listed, key=lambda figure: figure.kind):
        for kind in (figure.kind, "all"):
            table.setdefault(kind, dict.fromkeys(LEVELS, 0))[held[figure.address]] += 1
    return table | {"all": table.pop("all")} if table else {}


def in_another_source(figures: Iterable[Figure], ledger: Ledger) -> int:
    """How many second looks that agree were made in a source that the record does not cite."""
    first = {figure.address: {_source(cite) for cite in figure.cites} for figure in figures}
    return sum(entry.verdict == "agree" and not first.get(entry.figure, set()) & set(map(_source, entry.cites)) for entry in ledger.values())


def _source(cite: str) -> str:
    return cite.partition(" @ ")[0]


def unfounded(figures: Iterable[Figure], ledger: Ledger) -> Iterator[KnowledgeError]:
    """Each entry of the ledger that no longer holds of the knowledge, as a problem with its mend. (Its sources are linted with all others.)"""
    known = {figure.address: figure for figure in figures}
    for place, entry in ledger.items():
        file, bracket, number = place.partition("[")
        at = f"{bracket}{number} {entry.figure}"
        figure = known.get(entry.figure)
        if figure is None:
            yield KnowledgeError(file, at, "no figure has this address.", "Correct it, or remove the entry if the fact is gone.")
        elif (entry.verdict == "not-found") == bool(entry.found):
            yield KnowledgeError(file, at, f"is {entry.verdict} and has {len(entry.found) or 'no'} values.", "`not-found` has none, the others have them.")
        elif entry.found and not entry.cites:
            yield KnowledgeError(file, at, "does not say where the second reader read it.", "Add `cites: [source-id @ place]`.")
        elif entry.found and agrees(figure, entry.found) != (entry.verdict == "agree"):
            ours, theirs = ", ".join(figure.values), ", ".join(map(plain, entry.found))
            yield KnowledgeError(file, at, f"says {entry.verdict}, but the reader found {theirs} and the record says {ours}.", "Remove it and look again.")
