"""Why a rule came out as it did: the leaves that account for its value, and the facts that are missing while it is unknown."""

from gillies.logic import UNKNOWN, Truth, negate
from gillies.rules.nodes import CompareTable, Not, findings_of
from gillies.rules.trace import Trace


def deciding(trace: Trace) -> list[Trace]:
    """The leaves that account for a value, left to right: at each node what has the same value as the node itself (the opposite
    below a Not). Of a met rule what meets it, of one not met what fails it, of an unknown one what is open."""
    return [leaf for child in trace.children if child.truth is _wanted(trace) for leaf in deciding(child)] if trace.children else [trace]


def _wanted(trace: Trace) -> Truth:
    return negate(trace.truth) if isinstance(trace.node, Not) else trace.truth


def missing(trace: Trace) -> list[str]:
    """Ids of the findings that keep an unknown rule open, in the order in which the rule asks for them; none for a rule that is decided."""
    if trace.truth is not UNKNOWN:
        return []
    lacking = {finding for leaf in deciding(trace) for finding in open_findings(leaf)}
    return [finding for finding in findings_of(trace.node) if finding in lacking]


def open_findings(leaf: Trace) -> tuple[str, ...]:
    """The findings that an unknown leaf lacks. Of a table both the number and what points to its row."""
    if isinstance(leaf.node, CompareTable):
        number = () if isinstance(leaf.value, (int, float)) else (leaf.node.finding,)
        return (*number, *((leaf.node.by,) if leaf.limit is None else ()))
    return (leaf.finding,)
