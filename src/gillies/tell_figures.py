"""Figures in plain words: whether a sentence tells its days itself, and what two readers found who differ. (Apart from tell.py, since an answer
needs none of it.)"""

import re
from collections.abc import Iterable, Iterator, Sequence

from gillies.dates import DAYS, in_words
from gillies.knowledge.confirmed import Ledger
from gillies.knowledge.figures import BLANK, SLACK, Figure, numbers, plain
from gillies.knowledge.schema import Confirmation
from gillies.tell import span

WHOLE = re.compile(r"(?:the )?(?:whole|entire) \w+|text|page", re.IGNORECASE)
"""Places in a source that name no place."""
DIFFER = "two readers' figures differ, some only by rounding or wording; both are shown below"
JOINS = ("to", "or", "and")


def places(told: Iterable[str]) -> list[str]:
    """The places in a source worth naming, each once: `whole page` is none."""
    return list({place.lower(): place for place in told if not WHOLE.fullmatch(place)}.values())


def tells_days(say: str, days: Sequence[float]) -> bool:
    """Whether a sentence itself tells a stretch of days, both ends, in whatever unit. An end of a day or less goes without saying."""
    told: list[float] = []
    unit = ""
    for number in reversed(numbers(say)):
        unit = unit if number.unit in JOINS else number.unit.removesuffix("s")
        told.append(number.value * DAYS.get(unit, 0))
    return all(any(abs(end - other) <= SLACK * other for other in told) for end in days if end > 1) and days[-1] > 1


def differing(figures: Iterable[Figure], ledger: Ledger) -> Iterator[tuple[str, Confirmation]]:
    """(sentence with both figures, entry) of each second look that found something else. A note that stands for several is told once."""
    known = {figure.address: figure for figure in figures}
    noted = ""
    for entry in ledger.values():
        if entry.verdict == "differs" and entry.figure in known:
            note = f" {entry.note}" if entry.note != noted else ""
            noted = entry.note
            yield _both(known[entry.figure], entry) + note.rstrip(), entry


def _both(figure: Figure, entry: Confirmation) -> str:
    """Our figure and the second reader's, in one sentence."""
    theirs = [plain(value) for value in entry.found]
    about = figure.say[:1].upper() + figure.say[1:].rstrip(".")
    if len(theirs) != len(figure.values):
        return f"{about}: a second reader found {', '.join(theirs)}."
    said = {f"{number.value:.15g}": figure.say[number.start : number.end] for number in numbers(figure.say)}
    changed = [(old, new) for old, new in zip(figure.values, theirs, strict=True) if old != new]
    if all(old in said for old, _ in changed):
        return f"{about}: " + "; ".join(f"for “{said[old]}” a second reader found {new}" for old, new in changed) + "."
    both = f"{_filled(figure.asked, figure.values)}; a second reader found {_filled(figure.asked[figure.asked.index(BLANK) :], theirs)}."
    return both[:1].upper() + both[1:] if "/in_force/" in figure.address else f"{about}: {both}"


def _filled(asked: str, values: Iterable[str]) -> str:
    """What was asked with its blanks filled: `in force from 1 May 2020`, `7 to 14 days`."""
    listed = list(values)
    stretch = re.fullmatch(rf"{BLANK} to {BLANK} (\w+)", asked)
    if stretch and len(listed) == 2:
        return span(listed, stretch[1])
    for value in listed:
        asked = asked.replace(BLANK, in_words(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value, 1)
    return asked
