"""SQL of DuckDB in Spark's words: the same values from both."""

import random

import duckdb
import pytest

from gillies.errors import InputError
from gillies.screen import cells
from gillies.screen.cells import Cell
from gillies.screen.spark.words import day_pattern, in_spark

DAYS = [
    "2024-03-01", "2024-3-1", "24-3-1", "20240301", "2024031", "202431", "3/1/2024", "12/31/2024", "2024-02-30", "2024-13-01", "20240230",
    "2024-03-01T23:59:59Z", "2024-03-01T24:00:00", "2024-03-01 3:4:5", "2024-03-01 10:20:60", "2024-03-01 10:20:30.", "2024-03-01 10:20:30.123456",
    "2024-03-01 10:20:30.1234567", "2024-03-01  10:20:30", " 2024-03-01 ", "2024-03-01\n", "\t2024-03-01", "2024-03-01x", "2024-03-01Z", "31.12.2024",
    "-2024-01-01", "12024-01-01", "2024- 3-1", "infinity", "epoch", "now", "today", "", " ", "0044-03-15", "1582-10-10", "2024-03-01T10:20:30.5",
    "2024-03-01T10:20:30.5Z", "2024-03-01 x", "2024",
]  # fmt: skip
NUMBERS = ["$1,234.50", ".5", "-7", "", "1e2", "nan", "inf", "1_000", "12,34", "-", "1-2", "five", "7d", "1.", "+3", "1e400", " 5 ", "5\n", "0x10", "1f"]
CODES = [" n62 ", "M54.6", "", " ", ".", "z41.1|n62; t20.30xa", "a,,b", None, "É5", "19318"]
STATES = ["ca", "CA", " 5", "05", "60", "0", "99", "California", "C1", "", None, "5\n"]


def both(spark, sql, values):
    """What DuckDB and Spark make of each text `x`."""
    with duckdb.connect() as con:
        found = [con.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS x)", [value]).fetchall()[0][0] for value in values]
    frame = spark.createDataFrame([(number, value) for number, value in enumerate(values)], "n INT, x STRING")
    frame.createOrReplaceTempView("written")
    return found, [row[0] for row in spark.sql(in_spark(f"SELECT {sql} FROM written ORDER BY n")).collect()]


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (cells.day(Cell("x", "VARCHAR")), DAYS),
        (cells.day(Cell("x", "VARCHAR"), ["%d.%m.%Y"]), DAYS),
        (cells.number(Cell("x", "VARCHAR")), NUMBERS),
        (cells.number(Cell("TRY_CAST(x AS DOUBLE)", "DOUBLE")), ["1", "inf", "-inf", "nan", None]),
        (cells.codes([Cell("x", "VARCHAR")]), CODES),
        (cells.codes([Cell("x", "VARCHAR"), Cell("upper(x)", "VARCHAR")]), CODES),
        (cells.code(Cell("x", "VARCHAR"), 4), ["1", "12345", "", None, " 7. "]),
        (cells.state(Cell("x", "VARCHAR")), STATES),
        (cells.sex(Cell("x", "VARCHAR")), ["F", "2", "male", "x", "", None]),
    ],
    ids=["day", "day-by-mapping", "number", "double", "codes-in-one-cell", "codes", "code", "state", "sex"],
)
def test_a_cell_is_read_alike(spark, sql, values):
    in_duckdb, spark_has = both(spark, sql, values)
    assert dict(zip(map(repr, values), spark_has, strict=True)) == dict(zip(map(repr, values), in_duckdb, strict=True))


def test_random_days_are_read_alike(spark):
    draw = random.Random(3)  # a seed, no secret
    values = ["".join(draw.choice("0123456789-/: TZ.") if draw.random() < 0.08 else letter for letter in draw.choice(DAYS[:20])) for _ in range(400)]
    in_duckdb, spark_has = both(spark, cells.day(Cell("x", "VARCHAR")), values)
    assert [(value, day) for value, day in zip(values, spark_has, strict=True)] == [(value, day) for value, day in zip(values, in_duckdb, strict=True)]


@pytest.mark.parametrize("form", ["%d.%m.%y", "%d %b %Y", "%Y-%m", "%"])
def test_a_way_of_writing_days_that_spark_cannot_be_told_is_one_sentence(form):
    with pytest.raises(InputError, match="Spark cannot read days written as"):
        day_pattern([form])
