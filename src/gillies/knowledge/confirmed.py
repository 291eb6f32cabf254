"""Two looks at every figure: whoever wrote a figure read it once; `data/confirmed/` keeps what a second reader found who did not see it.

A figure that is edited loses its confirmation loudly: the lint refuses an entry that agrees with a value which is no longer there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args

from gillies.errors import KnowledgeError
from gillies.knowledge.figures import Figure, plain
from gillies.knowledge.schema import Confirmation

Level = Literal["two looks", "one look", "unverified", "disputed"]
LEVELS: tuple[Level, ...] = get_args(Level)
Ledger = Mapping[str, Confirmation]


def agrees(figure: Figure, found: Iterable[object]) -> bool:
    """Whether what a reader found is the figure's value; a rate may be told of another number of people, and is rounded as ours."""
    theirs = tuple(map(plain, found))
    if theirs == figure.values:
        return True
    if not figure.address.partition("~")[0].endswith("/rate") or len(theirs) != len(figure.values) or theirs[2:] != figure.values[2:]:
        return False
    try:
        count, of = float(theirs[0]), float(theirs[1])
    except ValueError:
        return False
    digits = len(figure.values[0].partition(".")[2])
    return of > 0 and round(count / of * float(figure.values[1]), digits) == float(figure.values[0])


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
