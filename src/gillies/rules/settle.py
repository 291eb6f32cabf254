"""What is missing, what would settle it soonest, and the smallest change that would turn the outcome.

All three walk a trace. The cost of a leaf is the effort of finding its fact out (1 known to the person, 2 a visit or a
paper, 3 a test or months of treatment); a caller gives it by finding id.
"""

from collections.abc import Callable, Iterable

from gillies.logic import MET, NOT_MET, UNKNOWN, Truth, negate
from gillies.rules.nodes import All, AnyNode, AtLeastOf, CompareTable, Not
from gillies.rules.trace import Trace

Effort = Callable[[str], int]
ONLY_UNKNOWN = frozenset([UNKNOWN])
Path = tuple[int, tuple[Trace, ...]]
"""A total cost and the leaves that must change."""


def missing(trace: Trace, effort: Effort, way: tuple[Trace, ...] | None = None) -> list[str]:
    """Ids of the unknown findings that keep an unknown outcome open: first those on the cheapest way to "met" (`way`, when it is known)."""
    if trace.truth is not UNKNOWN:
        return []
    cheap = would_change(trace, effort) if way is None else way
    first = sorted(_unknown_findings(cheap), key=effort)
    rest = sorted(_unknown_findings(_open_leaves(trace)), key=effort)
    return list(dict.fromkeys([*first, *rest]))


def would_change(trace: Trace, effort: Effort) -> tuple[Trace, ...]:
    """The cheapest set of leaves whose change turns a decided outcome; when unknown, the unknown leaves that would make it met."""
    unknown = trace.truth is UNKNOWN
    way = cheapest(trace, MET, effort, ONLY_UNKNOWN) if unknown else cheapest(trace, negate(trace.truth), effort)
    return way[1] if way else ()


def cheapest(trace: Trace, wanted: Truth, effort: Effort, movable: frozenset[Truth] = frozenset(Truth)) -> Path | None:
    """The cheapest way to bring a node to `wanted`, changing only leaves whose present value is in `movable`; None if there is none."""
    if trace.truth is wanted:
        return 0, ()
    if not trace.children:
        return (effort(_finding(trace)), (trace,)) if trace.truth in movable else None
    below = _child_wants(trace.node, wanted)
    ways = [way for way in [cheapest(child, below, effort, movable) for child in trace.children] if way is not None]
    needed = _how_many(trace.node, wanted, len(trace.children))
    if len(ways) < needed:
        return None
    if needed == 1:
        return min(ways, key=_cost)
    chosen = sorted(ways, key=_cost)[:needed]
    return sum([way[0] for way in chosen]), tuple([leaf for way in chosen for leaf in way[1]])


def _cost(way: Path) -> tuple[int, int]:
    return way[0], len(way[1])


def _child_wants(node: AnyNode, wanted: Truth) -> Truth:
    return negate(wanted) if isinstance(node, Not) else wanted


def _how_many(node: AnyNode, wanted: Truth, children: int) -> int:
    """How many children must have the value asked of them for the node to be met or not met."""
    if isinstance(node, Not):
        return 1
    count = children if isinstance(node, All) else node.count if isinstance(node, AtLeastOf) else 1
    return count if wanted is MET else children - count + 1


def _finding(leaf: Trace) -> str:
    node = leaf.node
    if isinstance(node, CompareTable) and leaf.limit is None and leaf.value is not None:
        return node.by
    return leaf.finding


def _unknown_findings(leaves: Iterable[Trace]) -> list[str]:
    found: dict[str, None] = {}
    for leaf in leaves:
        node = leaf.node
        if isinstance(node, CompareTable):
            if leaf.value is None:
                found[node.finding] = None
            if leaf.limit is None:
                found[node.by] = None
        else:
            found[leaf.finding] = None
    return list(found)


def _open_leaves(trace: Trace) -> list[Trace]:
    """Unknown leaves below nodes that are themselves unknown: those below a decided node no longer matter."""
    if trace.truth is not UNKNOWN:
        return []
    if not trace.children:
        return [trace]
    return [leaf for child in trace.children for leaf in _open_leaves(child)]


__all__ = ["MET", "NOT_MET", "cheapest", "missing", "would_change"]
