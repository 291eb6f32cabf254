"""What an evaluation leaves behind: each node's value and the facts it looked at."""

import msgspec

from gillies.logic import Truth
from gillies.rules.nodes import AnyNode, Value


class Trace(msgspec.Struct, frozen=True, gc=False):
    """One node's result. `value` is the known fact of a leaf (None when unknown); `limit` is what it was held against."""

    node: AnyNode
    truth: Truth
    children: tuple["Trace", ...] = ()
    value: Value | None = None
    limit: float | None = None

    @property
    def finding(self) -> str:
        """The finding that a leaf asks for; only leaves have one."""
        return self.node.finding  # type: ignore[union-attr]  # groups have none

    def leaves(self) -> list["Trace"]:
        """The leaf results below, left to right."""
        found: list[Trace] = []
        pending = [self]
        while pending:
            trace = pending.pop()
            if trace.children:
                pending.extend(reversed(trace.children))
            else:
                found.append(trace)
        return found
