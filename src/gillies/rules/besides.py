"""A rule without some of its reasons: whether it holds for any other reason too."""

from collections.abc import Callable

from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Leaf, Not, children, leaves


def besides(node: AnyNode, is_aside: Callable[[Leaf], bool]) -> AnyNode:
    """A rule that is met exactly when `node` is, and some leaf other than those set aside accounts for it (rules/because.py)."""
    return _besides(node, is_aside) or _never(node)


def _never(node: AnyNode) -> AnyNode:
    return All(id=f"{node.id}.never", of=(node, Not(id=f"{node.id}.not", of=node)))


def _besides(node: AnyNode, is_aside: Callable[[Leaf], bool]) -> AnyNode | None:
    """The same; None where it is never met."""
    kept = [not is_aside(leaf) for leaf in leaves(node)]
    if all(kept):
        return node
    if not any(kept):
        return None
    if isinstance(node, Not):
        return _besides(_negated(node), is_aside)
    others = tuple(other for child in children(node) if (other := _besides(child, is_aside)) is not None)
    either = Any(id=f"{node.id}.besides", of=others)
    return either if isinstance(node, Any) else All(id=f"{node.id}.other", of=(node, either))


def _negated(node: Not) -> AnyNode:
    """A group's opposite with the "not" moved to each node below it."""
    group, below = node.of, tuple(Not(id=f"{child.id}.not", of=child) for child in children(node.of))
    if isinstance(group, Any):
        return All(id=node.id, of=below)
    if isinstance(group, AtLeastOf):
        return AtLeastOf(id=node.id, count=len(below) - group.count + 1, of=below)
    return Any(id=node.id, of=below) if isinstance(group, All) else group.of if isinstance(group, Not) else node
