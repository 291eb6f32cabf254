"""SQL as DuckDB writes it -> SQL as Spark writes it: SQLGlot does nearly all of it, this file the rest."""

import re
import unicodedata
from collections.abc import Callable, Sequence

import sqlglot
from sqlglot import exp

from gillies.errors import InputError

DAY_PARTS = {
    "Y": "([0-9]{1,4}+)", "m": "([0-9]{1,2}+)", "d": "([0-9]{1,2}+)", "H": "(?:2[0-3]|[01]?[0-9])", "M": "[0-5]?[0-9]", "S": "[0-5]?[0-9]", "f": "[0-9]{1,6}",
}  # fmt: skip
"""A part of a day's format -> what DuckDB takes for it (`+`: like it, never fewer digits than there are)."""

_BASES = {sign: unicodedata.normalize("NFD", sign)[0] for sign in map(chr, range(0xC0, 0x1F00))}
MARKED = {sign: base for sign, base in _BASES.items() if base != sign and base.isascii()}
MARKS = "".join(map(chr, range(0x300, 0x370)))
"""Latin letters with a mark -> the bare letter, and marks that stand as signs of their own behind it."""

BETWEEN = "\x1f"
"""Between texts that are joined: the unit separator, which is in no code."""


def in_spark(sql: str) -> str:
    """A statement of ours in Spark's words. Raises InputError for a way of writing days that Spark cannot be told."""
    return sqlglot.parse_one(sql, read="duckdb").transform(_mended).sql(dialect="spark")


def _mended(node: exp.Expression) -> exp.Expression:
    """A node as Spark has it, where SQLGlot's own words would fail or mean something else."""
    mend = MENDS.get(type(node))
    if mend is not None:
        return mend(node)
    if isinstance(node, exp.Anonymous) and node.name.upper() in NAMED:
        return NAMED[node.name.upper()](*node.expressions)
    return node


def _item(node: exp.Expression) -> exp.Expression:
    """Brackets beyond the end of a list are an error to Spark; GET gives NULL, as DuckDB does."""
    return exp.Anonymous(this="GET", expressions=[node.this, *node.expressions])


def _matches(node: exp.Expression) -> exp.Expression:
    """`$` also matches before a line end at the end in Java; `\\z` does not."""
    pattern = node.expression
    if isinstance(pattern, exp.Literal) and pattern.name.endswith("$"):
        node.set("expression", exp.Literal.string(pattern.name[:-1] + r"\z"))
    return node


def _matches_whole(node: exp.Expression) -> exp.Expression:
    return exp.RegexpLike(this=node.this, expression=exp.Literal.string(rf"^(?:{node.expression.name})\z"))


def _numbered(node: exp.Expression) -> exp.Expression:
    """A number of its own for each row: Spark would bring all rows to one place to count them in order."""
    if isinstance(node.this, exp.RowNumber) and not node.args.get("partition_by"):
        return exp.Anonymous(this="MONOTONICALLY_INCREASING_ID")
    return node


def _finite(number: exp.Expression) -> exp.Expression:
    """Neither infinite nor no number."""
    within = exp.LT(this=exp.Abs(this=number.copy()), expression=exp.cast(exp.Literal.string("Infinity"), "DOUBLE"))
    return exp.And(this=exp.Not(this=exp.IsNan(this=number.copy())), expression=within)


def _kept(node: exp.Expression) -> exp.Expression:
    """The items of a written list that are not NULL. Spark runs lambdas uncompiled; joining and parting texts is many times faster. (Ours are never empty.)"""
    items, keeps = node.this, node.expression
    written = isinstance(items, exp.Array) and isinstance(keeps, exp.Lambda) and isinstance(keeps.this, exp.Not) and isinstance(keeps.this.this, exp.Is)
    if not written:
        return node
    joined = exp.Anonymous(this="CONCAT_WS", expressions=[_text(BETWEEN), *items.expressions])
    return exp.Anonymous(this="ARRAY_REMOVE", expressions=[exp.Anonymous(this="SPLIT", expressions=[joined, _text(BETWEEN)]), _text("")])


def _day(written: exp.Expression, formats: exp.Expression) -> exp.Expression:
    """The day that a text tells in one of these formats: rewritten as Spark reads days, by one pattern for all formats."""
    pattern, day = day_pattern([form.name for form in formats.expressions])
    told = exp.Anonymous(this="REGEXP_REPLACE", expressions=[written, _text(pattern), _text(day)])
    return exp.TryCast(this=told, to=exp.DataType.build("DATE"), safe=True)


def day_pattern(formats: Sequence[str]) -> tuple[str, str]:
    """Formats such as %d.%m.%Y -> a pattern of Java that takes what DuckDB takes, then anything else; and what it is rewritten to: the latter to no day."""
    ways, groups = [], ""
    for form in formats:
        parts = re.findall(r"%.|\s+|[^%\s]+|%$", form)
        order = "".join(part[1] for part in parts if part in ("%Y", "%m", "%d"))
        if sorted(order) != sorted("Ymd") or any(part[0] == "%" and part[1:] not in DAY_PARTS for part in parts):
            raise InputError(f"Spark cannot read days written as {form}: use %Y, %m and %d once each (and %H, %M, %S, %f), or screen without --engine spark.")
        ways.append("".join(DAY_PARTS[part[1:]] if part[0] == "%" else r"\s+" if part.isspace() else re.escape(part) for part in parts))
        groups += order
    told = "-".join("".join(f"${number}" for number, part in enumerate(groups, 1) if part == wanted) for wanted in "Ymd")
    return rf"^(?:\s*(?:{'|'.join(ways)})\s*|(?s:.*))\z", f"000{told}"  # Spark wants four digits of a year, and takes seven


def _no_accents(written: exp.Expression) -> exp.Expression:
    """Only where there is a sign beyond ASCII: looking each one up in a long list is slow, in every engine."""
    bases = exp.Anonymous(this="TRANSLATE", expressions=[written.copy(), _text("".join(MARKED)), _text("".join(MARKED.values()))])
    bare = exp.Anonymous(this="TRANSLATE", expressions=[bases, _text(MARKS), _text("")])
    return exp.case().when(exp.RegexpLike(this=written.copy(), expression=_text("[^ -~]")), bare).else_(written.copy())


def _text(value: str) -> exp.Expression:
    return exp.Literal.string(value)


MENDS: dict[type[exp.Expression], Callable[[exp.Expression], exp.Expression]] = {
    exp.Bracket: _item, exp.RegexpLike: _matches, exp.RegexpFullMatch: _matches_whole, exp.Window: _numbered,
    exp.ArrayFilter: _kept,
}  # fmt: skip
NAMED: dict[str, Callable[..., exp.Expression]] = {"ISFINITE": _finite, "TRY_STRPTIME": _day, "STRIP_ACCENTS": _no_accents}
"""Functions that SQLGlot hands on as they are."""
