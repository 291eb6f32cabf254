"""What is missing, what would settle it soonest, and the smallest change that would turn the outcome.

All three walk a trace. The cost of a leaf is the effort of finding its fact out (1 known to the person, 2 a visit or a
paper, 3 a test or months of treatment); a caller gives it by finding id.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from gillies.logic import MET, NOT_MET, UNKNOWN, Truth, negate
from gillies.rules.nodes import All, AnyNode, AtLeastOf, CompareTable, Not
from gillies.rules.trace import Trace

Effort = Callable[[str], int]
ONLY_UNKNOWN = frozenset([UNKNOWN])
Path = tuple[int, tuple[Trace, ...]]
"""A total cost and the leaves that must change."""
FREE: Path = (0, ())


class Blank(msgspec.Struct, frozen=True):
    """What can be told of a node below which nothing is known, whatever the case: the cheapest ways to met and to not met, and
    the findings that are open."""

    to_met: Path | None
    to_not_met: Path | None
    open: tuple[str, ...]


Blanks = Mapping[int, Blank]
"""By the identity of a blank trace, which a prepared rule makes once and shares."""
NO_BLANKS: Blanks = {}


def blanks(trace: Trace, effort: Effort) -> dict[int, Blank]:
    """The blanks of a blank trace and of all below it. The caller keeps the trace, so that no other takes its identity."""
    told = {id(trace): Blank(cheapest(trace, MET, effort), cheapest(trace, NOT_MET, effort), tuple(dict.fromkeys(_open(trace, NO_BLANKS))))}
    for child in trace.children:
        told |= blanks(child, effort)
    return told


def missing(trace: Trace, effort: Effort, way: tuple[Trace, ...] | None = None, known: Blanks = NO_BLANKS) -> list[str]:
    """Ids of the unknown findings that keep an unknown outcome open: first those on the cheapest way to "met" (`way`, when it is known)."""
    if trace.truth is not UNKNOWN:
        return []
    cheap = would_change(trace, effort, known) if way is None else way
    asked = dict.fromkeys(sorted([finding for leaf in cheap for finding in _unknown(leaf)], key=effort))
    rest = [finding for finding in _open(trace, known) if finding not in asked]
    return [*asked, *dict.fromkeys(sorted(rest, key=effort))]


def would_change(trace: Trace, effort: Effort, known: Blanks = NO_BLANKS) -> tuple[Trace, ...]:
    """The cheapest set of leaves whose change turns a decided outcome; when unknown, the unknown leaves that would make it met."""
    unknown = trace.truth is UNKNOWN
    way = cheapest(trace, MET, effort, ONLY_UNKNOWN, known) if unknown else cheapest(trace, negate(trace.truth), effort, known=known)
    return way[1] if way else ()


def cheapest(trace: Trace, wanted: Truth, effort: Effort, movable: frozenset[Truth] = frozenset(Truth), known: Blanks = NO_BLANKS) -> Path | None:
    """The cheapest way to bring a node to `wanted`, changing only leaves whose present value is in `movable`; None if there is none."""
    if trace.truth is wanted:
        return FREE
    if not trace.children:
        return (effort(_finding(trace)), (trace,)) if trace.truth in movable else None
    below = _child_wants(trace.node, wanted)
    ways: list[Path] = []
    for child in trace.children:
        if child.truth is below:
            way: Path | None = FREE
        else:
            blank = known.get(id(child))
            way = cheapest(child, below, effort, movable, known) if blank is None else blank.to_met if below is MET else blank.to_not_met
        if way is not None:
            ways.append(way)
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


def _unknown(leaf: Trace) -> list[str]:
    """The unknown findings of an unknown leaf."""
    node = leaf.node
    if not isinstance(node, CompareTable):
        return [leaf.finding]
    return [*([node.finding] if leaf.value is None else ()), *([node.by] if leaf.limit is None else ())]


def _open(trace: Trace, known: Blanks) -> Iterable[str]:
    """The unknown findings below nodes that are themselves unknown: those below a decided node no longer matter."""
    if trace.truth is not UNKNOWN:
        return ()
    blank = known.get(id(trace))
    if blank:
        return blank.open
    if not trace.children:
        return _unknown(trace)
    return [finding for child in trace.children for finding in _open(child, known)]
