"""Parquet files of claims -> one view of claim lines in Spark: every row is kept or set aside with its reason."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

import msgspec
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # everybody calls it so
from pyspark.sql.types import DataType

from gillies.errors import InputError
from gillies.screen import layouts
from gillies.screen.cells import Cell
from gillies.screen.engine import name
from gillies.screen.inputs import roles, with_reasons
from gillies.screen.layouts import Companion, Layout
from gillies.screen.run import READ
from gillies.screen.sources import Found, cell_text, reasons
from gillies.screen.spark.files import FAULTS, Files, first_line, literal, plain
from gillies.screen.spark.session import written_out
from gillies.screen.tables import Session

KNOWN = ("tuva", "plain", "mapping")
"""The layouts that come as Parquet."""
FILE_BITS = 40
"""A row's number: its file's number, then this many bits for its place in the file. It is the same however often the files are read."""
SOURCE, VIEW = "g_source", "g_read"
TYPES = {
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "timestamp_ntz": "TIMESTAMP",
    "double": "DOUBLE",
    "float": "FLOAT",
}
"""Types of Spark that are read in a way of their own (see cells.py), in DuckDB's words."""


class SparkClaims(msgspec.Struct, frozen=True):
    """Claim lines, ready to be labelled.

    `relation`: a view of our columns as g_*, with g_row. `own`, `aside`: SELECTs of the same rows with the files' own columns (and g_row), and of the
    rows set aside.
    """

    layout: str
    notes: tuple[str, ...]
    relation: str
    columns: tuple[str, ...]
    own: str
    aside: str
    rows_in: int


def open_claims(spark: SparkSession, db: Session, paths: tuple[str, ...], mapping: Path | None) -> SparkClaims:
    """Reads claims in the Tuva layout, in plain columns or by a mapping file. Raises InputError."""
    files = [look_into(spark, path) for path in one_of_each(Files(spark).find(paths))]
    layout, mains, companions, _ = roles([file for file, _ in files], mapping)
    if layout.id not in KNOWN:
        raise InputError(f"Spark reads the Tuva layout and plain columns, and this is {layout.title}: screen it without --engine spark.")
    where = dict(files)
    source = numbered(spark, [path for file in mains for path in where[file]])
    source.createOrReplaceTempView(SOURCE)
    types = {field.name: duck_type(field.dataType) for field in source.schema if field.name not in ("g_path", "g_at", "g_row")}
    notes = list(layout.notes)
    joins, joined = _companions(spark, layout, companions, where, types, notes)
    lines = layouts.lines(layout, types, joined, trim_ids=False)
    values = ", ".join(f"{lines.values[ours]} AS g_{ours}" for ours in READ if ours != "row")
    bad = " OR ".join(f"({sql})" for _, sql in lines.checks)
    db.view(VIEW, f"SELECT l.g_row, {values} FROM {SOURCE} AS l{joins} WHERE NOT ({bad})")
    cells = ", ".join(cell_text(f"CAST({name(column)} AS VARCHAR)") for column in types)
    aside = (
        f"SELECT g_path AS file, g_at + 1 AS row, {reasons(with_reasons(lines.checks))} AS reason, CONCAT_WS(',', {cells}) AS text "
        f"FROM {SOURCE} AS l WHERE {bad}"
    )
    rows_in = read_files(spark, [path for file in mains for path in where[file]]).count()
    if rows_in == 0:
        raise InputError(f"{mains[0].path} holds no rows: give a file with claims.")
    own = f"SELECT {', '.join(map(name, types))}, g_row FROM {SOURCE} AS l WHERE NOT ({bad})"
    return SparkClaims(layout.title, tuple(notes), VIEW, tuple(types), own, aside, rows_in)


def duck_type(kind: DataType) -> str:
    """A type of Spark in DuckDB's words; a number is a number here."""
    held = kind.simpleString()
    return TYPES.get(held, "DOUBLE[]" if held.startswith("array") else "BIGINT")


def one_of_each(paths: list[str]) -> list[list[str]]:
    """Files that are one table: the parts that a program wrote into one folder, each other file by itself."""
    tables: dict[str, list[str]] = {}
    for path in paths:
        folder, _, own = path.rpartition("/")
        tables.setdefault(f"{folder}/part-" if own.startswith("part-") else path, []).append(path)
    return list(tables.values())


def look_into(spark: SparkSession, paths: list[str]) -> tuple[Found, list[str]]:
    """A table's first file with its columns, and where all its files are."""
    try:
        columns = spark.read.parquet(literal(paths[0])).columns
    except FAULTS as fault:
        if not paths[0].lower().endswith((".parquet", ".pq")):
            raise InputError(f"{paths[0]} is no Parquet, which is all that Spark reads here: turn it into Parquet, or go without --engine spark.") from fault
        raise InputError(f"{paths[0]} is not readable Parquet (cut short?): write it anew. Spark says: {first_line(fault)}") from fault
    return Found(Path(paths[0]), tuple(columns), None), paths


def read_files(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Parquet files as one table. Raises InputError where they do not fit together."""
    try:
        return spark.read.option("mergeSchema", len(paths) > 1).parquet(*map(literal, paths))
    except FAULTS as fault:
        raise InputError(f"{paths[0]}: the files do not fit together. Spark says: {first_line(fault)}") from fault


def numbered(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """The rows of files with g_path, g_at (the place in its file, from 0) and g_row."""
    read = read_files(spark, paths).select("*", F.col("_metadata.file_path").alias("g_uri"), F.col("_metadata.row_index").alias("g_at"))
    uris = {plain(unquote(uri)): plain(uri) for uri in read.inputFiles()}  # a path as Spark spells it: %20 for a blank
    numbers = [(uris[path], path, number) for number, path in enumerate(paths)]
    known = written_out(spark, {"g_uri": "STRING", "g_path": "STRING", "g_file": "BIGINT"}, numbers)
    placed = read.withColumn("g_uri", F.regexp_replace("g_uri", "^file:/+", "/")).join(F.broadcast(known), "g_uri")
    return placed.withColumn("g_row", F.shiftleft("g_file", FILE_BITS) + F.col("g_at") + 1).drop("g_uri", "g_file")


def _companions(
    spark: SparkSession,
    layout: Layout,
    given: Sequence[tuple[Companion, list[Found]]],
    where: Mapping[Found, list[str]],
    types: Mapping[str, str],
    notes: list[str],
) -> tuple[str, dict[str, Cell]]:
    """SQL that joins what companions know to each line (the first row of a key counts), and our columns that come of it."""
    joins = ""
    joined: dict[str, Cell] = {}
    for number, (companion, files) in enumerate(given):
        gives = [ours for ours in companion.fills if ours not in layout.fills]
        if not files:
            told = ", ".join("age" if ours == "birth" else ours for ours in gives)
            notes.append(f"No file of {companion.title} was given (columns {', '.join(companion.needs)}): {told} stay unknown.")
            continue
        rows = numbered(spark, [path for file in files for path in where[file]])
        own = {ours: column for ours in gives if (column := layouts.found(companion.fills[ours], rows.columns))}
        key = F.trim(F.col(_quoted(str(layouts.found(companion.key, rows.columns)))).cast("string"))
        first = [
            F.min_by(F.trim(F.col(_quoted(column)).cast("string")), F.when(F.col(_quoted(column)).isNotNull(), F.col("g_row"))).alias(f"g_{ours}")
            for ours, column in own.items()
        ]
        table = f"g_more{number}"
        rows.where(key.isNotNull()).groupBy(key.alias("g_key")).agg(*first).createOrReplaceTempView(table)
        line_key = name(str(layouts.found(companion.own, list(types))))
        joins += f" LEFT JOIN {table} ON {table}.g_key = trim(CAST(l.{line_key} AS VARCHAR))"
        joined |= {ours: Cell(f"{table}.g_{ours}", "VARCHAR") for ours in own}
    return joins, joined


def _quoted(column: str) -> str:
    """A column's name as Spark's functions want it: a dot in it is no path."""
    return "`" + column.replace("`", "``") + "`"
