"""Rule trees as SQL, by SQLGlot: what all engines share. SQL's own three values are Kleene's, with NULL as unknown.

The reference is rules/evaluate.py and rules/because.py: values and reasons must be equal to theirs (tests/generative proves it on
random rules and rows). Each engine's file holds only what differs; a node that an engine cannot express is an error.

A rule becomes one SELECT inside another: first a column for each leaf, then for each group above it, so that the SQL grows with the
rule and no faster.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any as Anything
from typing import ClassVar, Literal

import msgspec
from sqlglot import exp

from gillies.errors import GilliesError
from gillies.rules.evaluate import TOLERANCE, Rows, Tables
from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Compare, CompareTable, Is, Leaf, Not, children, findings_of

Sql = exp.Expression
Kind = Literal["yes-no", "number", "text"]
NUMBER_HOLDS: dict[str, tuple[type[exp.Binary], float]] = {
    "at_least": (exp.GTE, -TOLERANCE), "at_most": (exp.LTE, TOLERANCE), "more_than": (exp.GT, TOLERANCE), "less_than": (exp.LT, -TOLERANCE),
}  # fmt: skip
"""Comparison -> its operator and what is added to the limit, as in evaluate.HOLDS."""
TRUTH, BECAUSE, MISSING = "truth", "because", "missing"
"""The columns that a rule's query adds: its value, the ids of the leaves that account for it, the findings missing while it is NULL."""


class BackendError(GilliesError):
    """A rule that an engine cannot express. Names the engine, the node and the rule."""

    exit_code = 1


class Column(msgspec.Struct, frozen=True):
    """Where a finding stands: a column's name and what it holds. NULL is unknown."""

    name: str
    kind: Kind


class Step(msgspec.Struct, frozen=True):
    """A node of a rule under way: its column, the columns of the nodes below it, and how high it stands above the leaves."""

    node: AnyNode
    column: str
    below: tuple["Step", ...]
    height: int


class Backend(ABC):
    """Rules as one engine's SQL. `columns`: finding id -> its column; a finding without one is never known."""

    name: ClassVar[str]
    dialect: ClassVar[str]

    def __init__(self, columns: Mapping[str, Column], tables: Tables = {}) -> None:
        self.columns = columns
        self.tables = tables

    def query(self, node: AnyNode, source: str, keep: Sequence[str], tell: Sequence[str] = (TRUTH, BECAUSE, MISSING)) -> str:
        """A rule over the rows of `source` (a table's name) as SQL text: the columns `keep`, then those to `tell`. Raises BackendError."""
        root = steps(node)
        known = dict.fromkeys([*keep, *(self.columns[finding].name for finding in findings_of(node) if finding in self.columns)])
        level: list[Sql] = [exp.column(name, quoted=True) for name in known]
        below: Sql = exp.Table(this=exp.to_identifier(source))
        reasons = set(tell) - {TRUTH}
        for height in range(root.height + 1 if reasons else root.height):  # the root needs no column of its own if only its value is told
            level += [_named(self.value(step), step.column) for step in every(root) if step.height == height]
            below = _from(level, below).subquery("below", copy=False)
            level = [exp.Star()]
        write: dict[str, Callable[[], Sql]] = {
            TRUTH: lambda: _ref(root) if reasons else self.value(root),
            BECAUSE: lambda: self.pick(self._because(root)),
            MISSING: lambda: self.pick(self._missing(root)),
        }
        told = [_named(write[column](), column) for column in tell]
        return _from([*(exp.column(name, quoted=True) for name in keep), *told], below).sql(dialect=self.dialect, copy=False)

    def value(self, step: Step) -> Sql:
        """The value of a node from the columns below it: a Boolean, NULL while unknown."""
        write = self.WRITE.get(type(step.node))
        if write is None:
            where = getattr(step.node, "id", "?")
            raise BackendError(f"{self.name} cannot express a {type(step.node).__name__} yet ({where}). Add it to backends/{self.name}.py.")
        return write(self, step.node, step)

    @abstractmethod
    def pick(self, items: Sequence[tuple[str, Sql]]) -> Sql:
        """A list of the texts whose condition is true, in order; conditions are never NULL."""

    def _is(self, node: Is, _step: Step) -> Sql:
        column = self.columns.get(node.finding)
        if column is None:
            return _unknown()
        known = exp.column(column.name, quoted=True)
        if column.kind == "yes-no":
            held = [value for value in (True, False) if value in node.values]
            if node.no_is_unknown:
                return exp.case().when(known, exp.Boolean(this=True in held))
            if len(held) == 1:
                return known if held[0] else exp.Not(this=known)
            return exp.case().when(_known(known), exp.Boolean(this=bool(held)))
        texts = [exp.Literal.string(value) for value in node.values if isinstance(value, str)]
        if column.kind == "text" and texts:
            return exp.In(this=known, expressions=texts)
        return exp.case().when(_known(known), exp.false())

    def _compare(self, node: Compare, _step: Step) -> Sql:
        known = self._number(node.finding)
        return _unknown() if known is None else _holds(node.comparison, known, node.value)

    def _compare_table(self, node: CompareTable, _step: Step) -> Sql:
        known, by = self._number(node.finding), self._number(node.by)
        if known is None or by is None:
            return _unknown()
        rows = self.tables[node.table]
        return _by_row(rows, by, [_unknown() if limit is None else _holds(node.comparison, known, limit) for _, limit in rows])

    def _number(self, finding: str) -> Sql | None:
        column = self.columns.get(finding)
        return exp.column(column.name, quoted=True) if column and column.kind == "number" else None

    def _not(self, _node: Not, step: Step) -> Sql:
        return exp.Not(this=_ref(step.below[0]))

    def _all(self, _node: All, step: Step) -> Sql:
        return _all_of([_ref(child) for child in step.below])

    def _any(self, _node: Any, step: Step) -> Sql:
        return _any_of([_ref(child) for child in step.below])

    def _at_least_of(self, node: AtLeastOf, step: Step) -> Sql:
        met = _count([_ref(child) for child in step.below])
        failed = _count([exp.Not(this=_ref(child)) for child in step.below])
        enough, too_few = exp.GTE(this=met, expression=_integer(node.count)), exp.GT(this=failed, expression=_integer(len(node.of) - node.count))
        return exp.case().when(enough, exp.true()).when(too_few, exp.false())

    WRITE: ClassVar[dict[type, Callable[[Anything, Anything, Step], Sql]]] = {
        Is: _is, Compare: _compare, CompareTable: _compare_table, Not: _not, All: _all, Any: _any, AtLeastOf: _at_least_of,
    }  # fmt: skip
    """Node -> what writes it."""

    def _because(self, root: Step) -> list[tuple[str, Sql]]:
        return [(leaf.id, _accounts(path)) for leaf, path in paths(root)]

    def _missing(self, root: Step) -> list[tuple[str, Sql]]:
        """Each finding asked for, with when it is lacking: an unknown leaf of it accounts for an unknown rule."""
        ways: dict[str, list[Sql]] = {}
        for leaf, path in paths(root):
            open_path = [_is_null(_ref(step)) for step in path]
            for finding, lacking in self._lacking(leaf):
                ways.setdefault(finding, []).append(_all_of([*open_path, *lacking]))
        return [(finding, _any_of(found)) for finding, found in ways.items()]

    def _lacking(self, leaf: Leaf) -> list[tuple[str, list[Sql]]]:
        """The findings that an unknown leaf lacks, each with what else must hold (because.open_findings)."""
        if not isinstance(leaf, CompareTable):
            return [(leaf.finding, [])]
        number, by, rows = self._number(leaf.finding), self._number(leaf.by), self.tables[leaf.table]
        no_number = [] if number is None else [_is_null(number)]
        no_row = [] if by is None else [_is_null(_by_row(rows, by, [exp.null() if limit is None else _double(limit) for _, limit in rows]))]
        return [(leaf.finding, no_number), (leaf.by, no_row)]


def steps(node: AnyNode) -> Step:
    """A rule's nodes, each with a column of its own."""
    numbers = iter(range(1_000_000))

    def step(node: AnyNode) -> Step:
        number, below = next(numbers), tuple([step(child) for child in children(node)])
        return Step(node, f"node{number}", below, 1 + max((child.height for child in below), default=-1))

    return step(node)


def every(step: Step) -> list[Step]:
    """A step and all below it."""
    return [step, *[found for child in step.below for found in every(child)]]


def paths(step: Step) -> list[tuple[Leaf, list[Step]]]:
    """Each leaf with the steps from here down to it, both ends included."""
    if isinstance(step.node, Leaf):
        return [(step.node, [step])]
    return [(leaf, [step, *path]) for child in step.below for leaf, path in paths(child)]


def _accounts(path: list[Step]) -> Sql:
    """Whether each node of a path has the value of the one above it (the opposite below a Not): then its leaf accounts for the root's value."""
    ways = [_all_of([_is_null(_ref(step)) for step in path])]
    for value in (True, False):
        same: list[Sql] = []
        turned = value
        for step in path:
            same.append(exp.Coalesce(this=_ref(step) if turned else exp.Not(this=_ref(step)), expressions=[exp.false()]))
            turned = turned != isinstance(step.node, Not)
        ways.append(_all_of(same))
    return _any_of(ways)


# Every expression below is made afresh and used once, so that none needs the copies that SQLGlot makes by default.


def _from(columns: Sequence[Sql], source: Sql) -> exp.Select:
    return exp.Select(expressions=list(columns)).from_(source, copy=False)


def _named(expression: Sql, name: str) -> exp.Alias:
    return exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True))


def _ref(step: Step) -> exp.Column:
    return exp.column(step.column, quoted=True)


def _holds(comparison: str, known: Sql, limit: float) -> Sql:
    operator, slack = NUMBER_HOLDS[comparison]
    return exp.paren(operator(this=known.copy(), expression=_double(limit + slack)), copy=False)


def _by_row(rows: Rows, by: Sql, of_row: list[Sql]) -> Sql:
    """What belongs to the row that `by` points to (evaluate._row); NULL for no value."""
    reached = exp.Add(this=by.copy(), expression=_double(TOLERANCE))
    case = exp.case().when(_is_null(by), exp.null())
    for (start, _), told in reversed(list(zip(rows[1:], of_row[1:], strict=True))):
        case = case.when(exp.GTE(this=reached.copy(), expression=_double(start)), told)
    return exp.paren(case.else_(of_row[0]))


def _all_of(parts: list[Sql]) -> Sql:
    return exp.paren(exp.and_(*parts, copy=False), copy=False) if parts else exp.true()


def _any_of(parts: list[Sql]) -> Sql:
    return exp.paren(exp.or_(*parts, copy=False), copy=False) if parts else exp.false()


def _unknown() -> Sql:
    return exp.cast(exp.null(), "BOOLEAN")


def _is_null(expression: Sql) -> Sql:
    return exp.Is(this=expression.copy(), expression=exp.null())


def _known(expression: Sql) -> Sql:
    return exp.Not(this=_is_null(expression))


def _double(value: float) -> Sql:
    """A number as text that every engine reads to the same double, which a bare decimal is not."""
    return exp.Cast(this=exp.Literal.string(repr(float(value))), to=exp.DataType(this=exp.DType.DOUBLE))


def _integer(value: int) -> Sql:
    return exp.Literal.number(value)


def _count(conditions: list[Sql]) -> Sql:
    """How many are true."""
    ones: list[Sql] = [exp.case().when(condition, _integer(1)).else_(_integer(0)) for condition in conditions]
    total = ones[0]
    for one in ones[1:]:
        total = exp.Add(this=total, expression=one)
    return exp.paren(total)
