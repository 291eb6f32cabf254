"""One thing set against another ("a facelift lasts longer than a thread lift"): answered from what the records say of both. Pure.

What is known of a thing is a range (measures.py). Where the ranges overlap nobody can tell from them, and nothing is said.
"""

from itertools import pairwise

import msgspec

from gillies.check.find import Scene
from gillies.check.held import Held
from gillies.check.measures import Measure, Measures
from gillies.check.sentence import Item, Sentence
from gillies.knowledge.schema_statements import Verdict

MORE, LESS = frozenset(("longer", "more")), frozenset("shorter less fewer quicker faster sooner earlier".split())
AS_MUCH = ("as", "long")
MEASURED = {
    "lasts": "lasts", "permanent": "lasts", "recovery": "recovery", "full-recovery": "recovery", "training": "training", "residency": "training",
    "fellowship": "training", "invasive": "invasive", "minimally-invasive": "invasive",
}  # fmt: skip
"""Term -> what it measures."""
DENIES = frozenset(("negation", "negation-near"))
STEP = frozenset(("residency", "fellowship"))
"""Terms of one step of a training; without them all of it is meant."""
ENDS = frozenset("wear wears fade fades".split())
"""Words of what lasts less long the sooner it happens."""


class Compared(msgspec.Struct, frozen=True):
    """A comparison: its words [start, end), what the records say of both things, and whether it is right."""

    start: int
    end: int
    verdict: Verdict
    first: Held
    second: Held


def comparisons(seen: Scene, known: Measures) -> list[Compared]:
    """What a sentence compares that the records can tell."""
    found = []
    for at in seen.compares:
        told = _compared(seen, at, known)
        if told:
            found.append(told)
    return found


def _compared(seen: Scene, at: int, known: Measures) -> Compared | None:
    sentence, thought = seen.sentence, seen.sentence.thought[at]
    start, end = seen.bounds[thought]
    here = [item for item in seen.items if start <= item[2] < end]
    measure = next((MEASURED[item[0]] for item in here if item[0] in MEASURED), "")
    if measure == "training" and any(item[0] in STEP for item in here):
        measure = "step"
    table = known.get(measure, {})
    before, after = _thing(here, table, start, at), _thing(here, table, at, end)
    way = _way(sentence, start, at + 2)
    if not before or not after or not way or before == after:
        return None
    one, other = (table[before], table[after]) if way != "less" else (table[after], table[before])
    if not (one.exceeds(other) or other.exceeds(one)):
        return None
    is_so = one.exceeds(other) and way != "as much"
    denied = any(start <= cue.start < at and not DENIES.isdisjoint(cue.kinds) for cue in sentence.cues)
    return Compared(start, end, "supported" if is_so != denied else "contradicted", one.held, other.held)


def _thing(items: list[Item], table: dict[str, Measure], start: int, end: int) -> str:
    """The first thing named between two places of which the measure is known."""
    return next((item[0] for item in items if start <= item[2] < end and item[0] in table), "")


def _way(sentence: Sentence, start: int, end: int) -> str:
    """Whether it is said to be more, less or as much; "" for neither."""
    words = [word[0] for word in sentence.words[start:end]]
    if AS_MUCH in pairwise(words):
        return "as much"
    if not LESS.isdisjoint(words):
        return "less"
    return "more" if not MORE.isdisjoint(words) and ENDS.isdisjoint(words) else ""
