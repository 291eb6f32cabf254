"""What is known of a case, as bits, and what each finding is by them.

A bit is something told: a set of codes that is met, a stretch of ages. A finding has a value where one of some bits is set and none of
some others; else it is unknown. Whatever a rule can see of a case is then a few words under a mask, and a rule is run once for each
pattern under its mask, not once for each case.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gillies.backends.sql import Column, Kind
from gillies.rules.evaluate import TOLERANCE, Tables
from gillies.rules.nodes import AnyNode, Compare, CompareTable, Is, leaves
from gillies.screen.engine import text
from gillies.screen.tables import any_of, as_words, words

Value = bool | float | str


class Way(msgspec.Struct, frozen=True):
    """When a finding has a value: one of these bits is set, and none of those."""

    any_of: tuple[int, ...]
    none_of: tuple[int, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """The layout of the bits: how many there are, and for each finding that can be known at all its kind and the way to each of its values (no two
    ways hold at once)."""

    bits: int
    kinds: dict[str, Kind]
    ways: dict[str, dict[Value, Way]]

    @property
    def words(self) -> list[str]:
        """The columns that hold the bits."""
        return words(self.bits)


def mask(rule: AnyNode, layout: Known) -> list[int]:
    """The words of the bits that a rule can see."""
    asked = {finding for leaf in leaves(rule) for finding in ((leaf.finding, leaf.by) if isinstance(leaf, CompareTable) else (leaf.finding,))}
    ways = [way for finding in asked for way in layout.ways.get(finding, {}).values()]
    return as_words((bit for way in ways for bit in (*way.any_of, *way.none_of)), len(layout.words))


def columns(layout: Known) -> dict[str, Column]:
    """Where the findings stand once they are unpacked."""
    return {finding: Column(finding, kind) for finding, kind in layout.kinds.items()}


def unpacked(layout: Known) -> list[str]:
    """SQL of each finding's column, from the words."""
    return [
        f'CASE {" ".join(f"WHEN {_holds(way)} THEN {_literal(value)}" for value, way in ways.items())} END AS "{name}"' for name, ways in layout.ways.items()
    ]


def _holds(way: Way) -> str:
    return f"({any_of(way.any_of)}) AND NOT ({any_of(way.none_of)})" if way.none_of else any_of(way.any_of)


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return text(value) if isinstance(value, str) else f"CAST({value!r} AS DOUBLE)"


def choice(cases: Iterable[tuple[str, int]], size: int) -> list[str]:
    """SQL of each of so many words: the bit of the first condition that holds, 0 where none does."""
    whens: list[list[str]] = [[] for _ in range(size)]
    for condition, bit in cases:
        for number, word in enumerate(as_words([bit], size)):
            whens[number].append(f"WHEN {condition} THEN {word}")
    return [f"CASE {' '.join(parts)} ELSE 0 END" if any(not part.endswith(" 0") for part in parts) else "0" for parts in whens]


class Band(msgspec.Struct, frozen=True):
    """Numbers that no rule tells apart: those below `below` (or up to it, if `reached`; None: no end) and in no band before; one stands for all."""

    below: float | None
    reached: bool
    stands_for: float


def bands_of(finding: str, rules: Iterable[AnyNode], tables: Tables) -> tuple[Band, ...]:
    """The stretches of a number between the limits that rules set: below a limit, at it (within the tolerance of rules), above it."""
    ordered = sorted(_limits(finding, [leaf for rule in rules for leaf in leaves(rule)], tables))
    found: list[Band] = []
    for before, limit in zip([ordered[0] - 2 if ordered else 0.0, *ordered], ordered, strict=False):
        found += [Band(limit - TOLERANCE, False, (before + limit) / 2), Band(limit + TOLERANCE, True, limit)]
    return (*found, Band(None, False, ordered[-1] + 1 if ordered else 0.0))


def _limits(finding: str, asked: Iterable[object], tables: Tables) -> set[float]:
    """The numbers at which some leaf's value turns."""
    limits: set[float] = set()
    for leaf in asked:
        if isinstance(leaf, Compare) and leaf.finding == finding:
            limits.add(leaf.value)
        elif isinstance(leaf, CompareTable):
            rows = tables[leaf.table]
            limits.update(start for start, _ in rows if leaf.by == finding)
            limits.update(limit for _, limit in rows if leaf.finding == finding and limit is not None)
    return limits


def in_band(number: str, bands: Sequence[Band], first: int) -> list[tuple[str, int]]:
    """For each band, in order, its condition and its bit, counted from `first`; no condition holds of NULL."""
    tests = [f"{number} {'<=' if band.reached else '<'} {band.below!r}" if band.below is not None else f"{number} IS NOT NULL" for band in bands]
    return [(test, first + place) for place, test in enumerate(tests)]


def texts_asked(finding: str, rules: Iterable[AnyNode]) -> list[str]:
    """The texts of a finding that rules ask for."""
    asked = [leaf for rule in rules for leaf in leaves(rule) if isinstance(leaf, Is) and leaf.finding == finding]
    return sorted({value for leaf in asked for value in leaf.values if isinstance(value, str)})


def by_place(values: Sequence[Value], first: int) -> Mapping[Value, Way]:
    """The ways of a finding whose values have a bit each, counted from `first`."""
    return {value: Way((first + place,)) for place, value in enumerate(values)}
