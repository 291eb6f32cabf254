"""Rules made ready to run often: the same answers as the reference evaluator (tests/generative proves it), faster.

Each node becomes a closure that keeps what it can give more than once: of most rules most facts are unknown, so the trace of
the unknown leaf, and of the whole group that no known fact touches, is made once and shared. Traces are frozen, so that is safe.
"""

from collections.abc import Callable
from functools import partial

import msgspec

from gillies.logic import MET, NOT_MET, UNKNOWN, Truth, at_least_of, negate
from gillies.rules.evaluate import HOLDS, Facts, Tables, evaluate
from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Compare, CompareTable, Is, Not, Value, children, findings_of
from gillies.rules.trace import Trace

Run = Callable[[Facts], Trace]


class Prepared(msgspec.Struct, frozen=True):
    """A rule ready to run. `run` takes the facts known so far and gives the trace; `blank` is what it gives for none (the very object)."""

    run: Run
    blank: Trace
    is_met: Callable[[Facts], bool]
    """Whether the trace would say met; stops at the first node that decides, and makes no trace."""


def prepare(node: AnyNode, tables: Tables = {}) -> Prepared:
    """A rule made ready; `tables` as for `evaluate`."""
    if isinstance(node, (All, Any, AtLeastOf, Not)):
        return _group(node, [prepare(child, tables) for child in children(node)])
    blank = evaluate(node, {}, tables)
    run = _is(node, blank) if isinstance(node, Is) else _compare(node, blank) if isinstance(node, Compare) else _look_up(node, blank, tables)
    return Prepared(run, blank, _leaf_is_met(node) if isinstance(node, Is) else lambda facts: run(facts).truth is MET)


def _leaf_is_met(node: Is) -> Callable[[Facts], bool]:
    finding, values = node.finding, tuple([value for value in node.values if value is not False or not node.no_is_unknown])
    return lambda facts: finding in facts and facts[finding] in values


def _is(node: Is, blank: Trace) -> Run:
    finding = node.finding
    known: dict[Value, Trace] = {value: evaluate(node, {finding: value}) for value in (True, False, *node.values)}

    def run(facts: Facts) -> Trace:
        value = facts.get(finding)
        return blank if value is None else known.get(value) or evaluate(node, facts)

    return run


def _compare(node: Compare, blank: Trace) -> Run:
    finding, holds, limit = node.finding, HOLDS[node.comparison], node.value

    def run(facts: Facts) -> Trace:
        value = facts.get(finding)
        if not isinstance(value, (int, float)):
            return blank if value is None else evaluate(node, facts)
        return Trace(node, MET if holds(value, limit) else NOT_MET, (), value, limit)

    return run


def _look_up(node: CompareTable, blank: Trace, tables: Tables) -> Run:
    asked = findings_of(node)
    return lambda facts: blank if facts.keys().isdisjoint(asked) else evaluate(node, facts, tables)


def _group(node: All | Any | AtLeastOf | Not, below: list[Prepared]) -> Prepared:
    truth_of, asked = _truth(node), frozenset(findings_of(node))
    ways = [(_only_finding(child.blank.node), child.run, child.blank) for child in below]
    under = tuple(child.blank for child in below)
    blank = Trace(node, truth_of([trace.truth for trace in under]), under)

    def run(facts: Facts) -> Trace:
        if facts.keys().isdisjoint(asked):
            return blank
        traces = tuple([unknown if finding and finding not in facts else child(facts) for finding, child, unknown in ways])
        return Trace(node, truth_of([trace.truth for trace in traces]), traces)

    return Prepared(run, blank, _group_is_met(node, below, run))


def _group_is_met(node: All | Any | AtLeastOf | Not, below: list[Prepared], run: Run) -> Callable[[Facts], bool]:
    """Plain yes-or-no leaves are looked at as one set, since of most groups no fact is known; the others one by one."""
    plain = frozenset(child.blank.finding for child in below if _is_plain(child.blank.node))
    others = [child.is_met for child in below if not _is_plain(child.blank.node)]
    if isinstance(node, Not) or len(plain) + len(others) < len(below):
        return lambda facts: run(facts).truth is MET
    if isinstance(node, All):
        return lambda facts: facts.keys() >= plain and all(facts[name] is True for name in plain) and all(is_met(facts) for is_met in others)
    count = node.count if isinstance(node, AtLeastOf) else 1

    def is_met(facts: Facts) -> bool:
        met = 0 if facts.keys().isdisjoint(plain) else [facts[name] for name in facts.keys() & plain].count(True)
        return met >= count or (bool(others) and met + sum(other(facts) for other in others) >= count)

    return is_met


def _is_plain(node: AnyNode) -> bool:
    return isinstance(node, Is) and node.values == (True,)


def _only_finding(node: AnyNode) -> str:
    """The one finding a leaf asks for; "" for what asks for more."""
    return node.finding if isinstance(node, (Is, Compare)) else ""


def _truth(node: All | Any | AtLeastOf | Not) -> Callable[[list[Truth]], Truth]:
    if isinstance(node, Not):
        return lambda values: negate(values[0])
    if isinstance(node, All):
        return lambda values: NOT_MET if NOT_MET in values else UNKNOWN if UNKNOWN in values else MET
    if isinstance(node, Any):
        return lambda values: MET if MET in values else UNKNOWN if UNKNOWN in values else NOT_MET
    return partial(at_least_of, node.count)
