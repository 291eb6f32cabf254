"""What is known of a case, as bits: one for each value of a finding that some rule can tell from the others.

A yes-no finding has a bit for yes and one for no; a text has one for each text that is asked for; a number has one for each stretch of
numbers between the limits that rules set. No bit set: unknown. Whatever a rule can see of a case is then a few words under a mask,
and a rule is run once for each pattern under its mask, not once for each case.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gillies.backends.sql import Column, Kind
from gillies.rules.evaluate import TOLERANCE, Tables
from gillies.rules.nodes import AnyNode, Compare, CompareTable, Is, leaves
from gillies.screen.engine import text
from gillies.screen.tables import any_of, as_words, words

PREFIX = "k"
"""How the columns that hold the words are called: k0, k1 …"""


class Band(msgspec.Struct, frozen=True):
    """Numbers that no rule tells apart: below `below` (or up to it, if `reached`; None: no end), and one of them that stands for all."""

    below: float | None
    reached: bool
    stands_for: float


class Known(msgspec.Struct, frozen=True):
    """The layout of the bits. `kinds`: the findings that can be known at all, and of what kind they are."""

    kinds: dict[str, Kind]
    bits: dict[tuple[str, bool | float | str], int]
    bands: dict[str, tuple[Band, ...]]

    @property
    def words(self) -> list[str]:
        """The columns that hold the bits."""
        return words(len(self.bits), PREFIX)

    def bits_of(self, finding: str) -> list[int]:
        """The bits of a finding's values."""
        return [bit for (held, _), bit in self.bits.items() if held == finding]


def known(kinds: Mapping[str, Kind], rules: Sequence[AnyNode], tables: Tables) -> Known:
    """The layout for these rules, where only the findings of `kinds` can be known."""
    asked = [leaf for rule in rules for leaf in leaves(rule)]
    held: dict[tuple[str, bool | float | str], int] = {}
    bands: dict[str, tuple[Band, ...]] = {}
    for finding, kind in kinds.items():
        values: list[bool | float | str]
        if kind == "yes-no":
            values = [True, False]
        elif kind == "text":
            values = sorted({value for leaf in asked if isinstance(leaf, Is) and leaf.finding == finding for value in leaf.values if isinstance(value, str)})
            values.append("")  # another text than those asked for
        else:
            bands[finding] = bands_of(_limits(finding, asked, tables))
            values = [band.stands_for for band in bands[finding]]
        for value in values:
            held[finding, value] = len(held)
    return Known(dict(kinds), held, bands)


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


def bands_of(limits: Iterable[float]) -> tuple[Band, ...]:
    """The stretches between limits: below one, at it (within the tolerance of rules), above it."""
    found: list[Band] = []
    ordered = sorted(limits)
    for before, limit in zip([ordered[0] - 2 if ordered else 0.0, *ordered], ordered, strict=False):
        found += [Band(limit - TOLERANCE, False, (before + limit) / 2), Band(limit + TOLERANCE, True, limit)]
    return (*found, Band(None, False, ordered[-1] + 1 if ordered else 0.0))


def banded(number: str, bands: Sequence[Band]) -> str:
    """SQL: the number that stands for all that no rule tells from this one; NULL stays NULL."""
    whens = " ".join(f"WHEN {number} {'<=' if band.reached else '<'} {band.below!r} THEN {band.stands_for!r}" for band in bands if band.below is not None)
    return f"CASE WHEN {number} IS NULL THEN NULL {whens} ELSE {bands[-1].stands_for!r} END" if whens else f"CASE WHEN {number} IS NOT NULL THEN 0.0 END"


def packed(layout: Known, told: Mapping[str, Mapping[bool | float | str, str]]) -> list[str]:
    """SQL of each word. `told`: finding -> value -> the condition under which it holds; never two values of a finding at once."""
    ways: list[list[str]] = [[] for _ in layout.words]
    for finding, values in told.items():
        for value, condition in values.items():
            for number, word in enumerate(as_words([layout.bits[finding, value]])):
                if word:
                    ways[number].append(f"CASE WHEN {condition} THEN {word} ELSE 0 END")
    return [f"CAST({' | '.join(parts) or '0'} AS BIGINT)" for parts in ways]


def unpacked(layout: Known) -> list[str]:
    """SQL of each finding's column, from the words."""
    return [f'CASE {_whens(layout, finding)} END AS "{finding}"' for finding in layout.kinds]


def _whens(layout: Known, finding: str) -> str:
    values = [(value, bit) for (held, value), bit in layout.bits.items() if held == finding]
    return " ".join(f"WHEN {any_of([bit], PREFIX)} THEN {_literal(value)}" for value, bit in values)


def _literal(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return text(value) if isinstance(value, str) else f"CAST({value!r} AS DOUBLE)"


def mask(rule: AnyNode, layout: Known) -> list[int]:
    """The words of the bits that a rule can see."""
    asked = {finding for leaf in leaves(rule) for finding in ((leaf.finding, leaf.by) if isinstance(leaf, CompareTable) else (leaf.finding,))}
    return as_words((bit for finding in asked if finding in layout.kinds for bit in layout.bits_of(finding)), len(layout.words))


def columns(layout: Known) -> dict[str, Column]:
    """Where the findings stand once they are unpacked."""
    return {finding: Column(finding, kind) for finding, kind in layout.kinds.items()}
