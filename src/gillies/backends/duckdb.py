"""What DuckDB writes its own way."""

from collections.abc import Sequence

from sqlglot import exp

from gillies.backends.sql import Backend, Sql


class DuckDb(Backend):
    """Rules as DuckDB's SQL."""

    name = "duckdb"
    dialect = "duckdb"

    def pick(self, items: Sequence[tuple[str, Sql]]) -> Sql:
        """`list_where` takes the texts and a mask."""
        texts = exp.Array(expressions=[exp.Literal.string(text) for text, _ in items])
        mask = exp.Array(expressions=[condition for _, condition in items])
        return exp.Anonymous(this="LIST_WHERE", expressions=[exp.cast(texts, "VARCHAR[]", dialect="duckdb"), exp.cast(mask, "BOOLEAN[]", dialect="duckdb")])
