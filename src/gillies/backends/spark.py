"""What Spark writes its own way."""

from collections.abc import Sequence

from sqlglot import exp

from gillies.backends.sql import Backend, Sql


class Spark(Backend):
    """Rules as Spark's SQL (3.4 or newer)."""

    name = "spark"
    dialect = "spark"

    def pick(self, items: Sequence[tuple[str, Sql]]) -> Sql:
        """Each text or NULL, and the NULLs dropped."""
        texts = [exp.case().when(condition, exp.Literal.string(text)) for text, condition in items]
        return exp.cast(exp.Anonymous(this="ARRAY_COMPACT", expressions=[exp.Array(expressions=texts)]), "ARRAY<STRING>")
