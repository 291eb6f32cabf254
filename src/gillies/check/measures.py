"""What the records tell of a thing in numbers, for things to be compared (compare.py): how long its result lasts, how soon people are up again,
how long its training or one step of it takes, how deep it goes into the body."""

import re
from collections.abc import Collection, Iterable

import msgspec

from gillies.check.derive import ROOM
from gillies.check.held import Held, Range
from gillies.check.numbers import AT_THE_TOP, find_amounts
from gillies.knowledge.schema_statements import Verdict

BY_FRAME = {"lasts": "lasts", "light": "recovery", "years": "step", "total": "training"}
"""Last part of a derived frame's id -> the measure that its number is of."""
DEPTH: dict[Verdict, float] = {"supported": 2.0, "misleading": 1.0, "contradicted": 0.0}
"""How deep a thing goes, by the verdict on "it is invasive"."""
LASTS = re.compile(r"\b(?:lasts?|lasting|wears? off)\b")
"""Words of a claim on how long a result lasts, and not on when it shows or a scar fades."""
FOR_LIFE = 40_000.0
"""Days that stand for what is permanent."""
HALF = 0.5
"""What "up to ten years" is taken to begin at: half of it."""
ENOUGH = 1.2
"""How many times as much it must be to count as more."""


class Measure(msgspec.Struct, frozen=True):
    """What is known of a thing: from, to, and the frame that tells it."""

    low: float
    high: float
    held: Held

    def exceeds(self, other: "Measure") -> bool:
        """Whether it is surely more."""
        return self.low > other.high * ENOUGH and self.low - other.high >= LEAST

    def widened(self, other: "Measure | None") -> "Measure":
        """Both in one, when a thing is told of twice."""
        return Measure(min(self.low, other.low), max(self.high, other.high), other.held) if other else self


LEAST = 1.0
"""By how many days, or how much depth, it must be more."""
Measures = dict[str, dict[str, Measure]]
"""Measure -> thing -> what is known."""


def measures(held: Iterable[Held], entities: Collection[str]) -> Measures:
    """Measure -> thing -> what is known."""
    table: Measures = {name: {} for name in ("lasts", "recovery", "training", "step", "invasive")}
    for frame in held:
        thing = next((name for name, _ in frame.terms if name in entities), "")
        kind = frame.id.rpartition(".")[2] if frame.kind == "derived" else frame.relation
        if frame.place not in ("", "us") or not thing:
            continue
        if kind == "invasive":
            table["invasive"][thing] = Measure(DEPTH[frame.verdict], DEPTH[frame.verdict], frame)
        elif kind == "permanent" and frame.verdict == "supported" and frame.kind == "derived":
            table["lasts"][thing] = Measure(FOR_LIFE, FOR_LIFE, frame)
        elif kind in BY_FRAME and frame.amount and frame.verdict == "supported" and (frame.kind == "derived" or LASTS.search(frame.claim)):
            name = BY_FRAME[kind]
            if known := _known(frame, frame.amount, name):
                table[name][thing] = known.widened(table[name].get(thing))
    table["lasts"] = {thing: known for thing, known in table["lasts"].items() if thing in table["invasive"]}
    return table


def _known(frame: Held, amount: Range, name: str) -> Measure | None:
    """Of recovery from when on people are up; else the time that the claim of a frame names."""
    if name == "recovery":
        return Measure(amount.least / ROOM[0], amount.least / ROOM[0], frame)
    told = [one for one in find_amounts(frame.claim.lower()) if one.kind == "time"]
    if not told:
        return None
    return Measure(min(one.low * (HALF if one.bound in AT_THE_TOP else 1) for one in told), max(one.high for one in told), frame)
