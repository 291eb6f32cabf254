"""The reference evaluator: small, readable, the truth that every faster engine must match.

It evaluates every node (no short cut), so that the trace always lists the same reasons. One function a node; the table at the
end says which.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any as Anything

from gillies.logic import MET, NOT_MET, UNKNOWN, all_of, any_of, at_least_of, negate
from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Compare, CompareTable, Is, Not, Value
from gillies.rules.trace import Trace

Facts = Mapping[str, Value]
Rows = Sequence[tuple[float, float | None]]
"""A table as data: (from this value of `by` on, the limit), rising; a limit of None is unknown."""
Tables = Mapping[str, Rows]

TOLERANCE = 1e-9
"""Numbers that differ by less are equal: 14 weeks of 7 days must not fail a limit by a rounding in the last place."""
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "at_least": lambda value, limit: value >= limit - TOLERANCE,
    "at_most": lambda value, limit: value <= limit + TOLERANCE,
    "more_than": lambda value, limit: value > limit + TOLERANCE,
    "less_than": lambda value, limit: value < limit - TOLERANCE,
}


def evaluate(node: AnyNode, facts: Facts, tables: Tables = {}) -> Trace:
    """The value of a rule for the facts known so far, with its trace. A fact that is absent is unknown."""
    return EVALUATE[type(node)](node, facts, tables)


def _is(node: Is, facts: Facts, _tables: Tables) -> Trace:
    value = facts.get(node.finding)
    if value is None or (value is False and node.no_is_unknown):
        return Trace(node, UNKNOWN, (), value)
    return Trace(node, MET if value in node.values else NOT_MET, (), value)


def _compare(node: Compare, facts: Facts, _tables: Tables) -> Trace:
    return _against(node, facts.get(node.finding), node.value)


def _compare_table(node: CompareTable, facts: Facts, tables: Tables) -> Trace:
    return _against(node, facts.get(node.finding), _row(tables[node.table], facts.get(node.by)))


def _against(node: Compare | CompareTable, value: Value | None, limit: float | None) -> Trace:
    if limit is None or not isinstance(value, (int, float)):
        return Trace(node, UNKNOWN, (), value, limit)
    return Trace(node, MET if HOLDS[node.comparison](value, limit) else NOT_MET, (), value, limit)


def _row(rows: Rows, by: Value | None) -> float | None:
    """The limit of the last row that does not lie above `by`; below the first row, the first row's; unknown for no value."""
    if not isinstance(by, (int, float)):
        return None
    at = bisect_right([start for start, _ in rows], float(by) + TOLERANCE)
    return rows[max(at - 1, 0)][1]


def _not(node: Not, facts: Facts, tables: Tables) -> Trace:
    inner = evaluate(node.of, facts, tables)
    return Trace(node, negate(inner.truth), (inner,))


def _all(node: All, facts: Facts, tables: Tables) -> Trace:
    below = tuple([evaluate(child, facts, tables) for child in node.of])
    return Trace(node, all_of([child.truth for child in below]), below)


def _any(node: Any, facts: Facts, tables: Tables) -> Trace:
    below = tuple([evaluate(child, facts, tables) for child in node.of])
    return Trace(node, any_of([child.truth for child in below]), below)


def _at_least_of(node: AtLeastOf, facts: Facts, tables: Tables) -> Trace:
    below = tuple([evaluate(child, facts, tables) for child in node.of])
    return Trace(node, at_least_of(node.count, [child.truth for child in below]), below)


EVALUATE: dict[type, Callable[[Anything, Facts, Tables], Trace]] = {
    Is: _is, Compare: _compare, CompareTable: _compare_table, Not: _not, All: _all, Any: _any, AtLeastOf: _at_least_of,
}  # fmt: skip
"""Node -> what evaluates it."""
