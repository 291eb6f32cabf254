"""The reference evaluator: small, readable, the truth that every faster engine must match.

It evaluates every node (no short cut), so that the trace always lists the same reasons.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from gillies.logic import UNKNOWN, Truth, all_of, any_of, at_least_of, negate, truth_of
from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Compare, CompareTable, Is, Not, Value, children
from gillies.rules.trace import Trace

Rows = Sequence[tuple[float, float | None]]
"""A table as data: (from this value of `by` on, the limit), rising; a limit of None is unknown."""

TOLERANCE = 1e-9
"""Numbers that differ by less are equal: 14 weeks of 7 days must not fail a limit by a rounding in the last place."""


def evaluate(node: AnyNode, facts: Mapping[str, Value], tables: Mapping[str, Rows] = {}) -> Trace:
    """The value of a rule for the facts known so far, with its trace. A fact that is absent is unknown."""
    kind = type(node)
    if kind is Is or kind is Compare or kind is CompareTable:
        return _leaf(node, facts, tables)  # type: ignore[arg-type]  # one of the three, by its type
    if isinstance(node, Not):
        inner = evaluate(node.of, facts, tables)
        return Trace(node, negate(inner.truth), (inner,))
    below = tuple([evaluate(child, facts, tables) for child in children(node)])
    return Trace(node, _join(node, [child.truth for child in below]), below)


def _join(node: AnyNode, values: list[Truth]) -> Truth:
    if isinstance(node, All):
        return all_of(values)
    if isinstance(node, Any):
        return any_of(values)
    if isinstance(node, AtLeastOf):
        return at_least_of(node.count, values)
    raise TypeError(f"No evaluation for node {type(node).__name__}.")


def _leaf(node: Is | Compare | CompareTable, facts: Mapping[str, Value], tables: Mapping[str, Rows]) -> Trace:
    value = facts.get(node.finding)
    if isinstance(node, Is):
        return Trace(node, _is(node, value), value=value)
    limit = node.value if isinstance(node, Compare) else _row(tables[node.table], facts.get(node.by))
    if limit is None or not isinstance(value, (int, float)):
        return Trace(node, UNKNOWN, value=value, limit=limit)
    return Trace(node, truth_of(_holds(node.comparison, float(value), limit)), value=value, limit=limit)


def _is(node: Is, value: Value | None) -> Truth:
    if value is None or (value is False and node.no_is_unknown):
        return UNKNOWN
    return truth_of(value in node.values)


def _holds(comparison: str, value: float, limit: float) -> bool:
    match comparison:
        case "at_least":
            return value >= limit - TOLERANCE
        case "at_most":
            return value <= limit + TOLERANCE
        case "more_than":
            return value > limit + TOLERANCE
        case _:
            return value < limit - TOLERANCE


def _row(rows: Rows, by: Value | None) -> float | None:
    """The limit of the last row that does not lie above `by`; below the first row, the first row's; unknown for no value."""
    if not isinstance(by, (int, float)):
        return None
    at = bisect_right([start for start, _ in rows], float(by) + TOLERANCE)
    return rows[max(at - 1, 0)][1]
