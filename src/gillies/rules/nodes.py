"""The nodes of a rule. Frozen plain data: they can be packed, printed, evaluated in Python and compiled to SQL.

`id` is the node's place in its file, such as `aetna-breast-reduction@2025-06-04.criteria.all[2]`: it is what reasons refer to.
`say` states in plain words what must be true.
"""

from typing import Literal

import msgspec

Comparison = Literal["at_least", "at_most", "more_than", "less_than"]
Value = bool | float | str
"""What a finding can hold: yes or no, a number (in the finding's own unit; months for durations), or a choice."""


class Node(msgspec.Struct, frozen=True, kw_only=True, tag_field="node"):
    """What every node has."""

    id: str
    say: str = ""


class Is(Node, frozen=True, kw_only=True, tag="is"):
    """The finding holds one of `values`. `no_is_unknown`: for a document, "no" means "not there yet"."""

    finding: str
    values: tuple[bool | str, ...]
    no_is_unknown: bool = False


class Compare(Node, frozen=True, kw_only=True, tag="compare"):
    """The finding's number against a fixed `value`, both in `unit`."""

    finding: str
    comparison: Comparison
    value: float
    unit: str


class CompareTable(Node, frozen=True, kw_only=True, tag="compare-table"):
    """The finding's number against the row of `table` that the finding `by` points to."""

    finding: str
    comparison: Comparison
    table: str
    by: str
    unit: str


class All(Node, frozen=True, kw_only=True, tag="all"):
    """Every one of `of` is met."""

    of: tuple["AnyNode", ...]


class Any(Node, frozen=True, kw_only=True, tag="any"):
    """At least one of `of` is met."""

    of: tuple["AnyNode", ...]


class AtLeastOf(Node, frozen=True, kw_only=True, tag="at-least-of"):
    """At least `count` of `of` are met."""

    count: int
    of: tuple["AnyNode", ...]


class Not(Node, frozen=True, kw_only=True, tag="not"):
    """The one node `of` is not met."""

    of: "AnyNode"


AnyNode = Is | Compare | CompareTable | All | Any | AtLeastOf | Not
Leaf = Is | Compare | CompareTable
LEAVES = (Is, Compare, CompareTable)


def children(node: AnyNode) -> tuple[AnyNode, ...]:
    """The nodes directly below; none for a leaf."""
    if isinstance(node, LEAVES):
        return ()
    return (node.of,) if isinstance(node, Not) else node.of


def leaves(node: AnyNode) -> list[Leaf]:
    """All leaves below (or the leaf itself), left to right."""
    if isinstance(node, LEAVES):
        return [node]
    return [leaf for child in children(node) for leaf in leaves(child)]


def findings_of(node: AnyNode) -> list[str]:
    """Ids of all findings that the rule asks for, each once, in order."""
    asked: dict[str, None] = {}
    for leaf in leaves(node):
        asked[leaf.finding] = None
        if isinstance(leaf, CompareTable):
            asked[leaf.by] = None
    return list(asked)
