"""`gillies audit --engine spark`: Parquet of a directory and a registry's Parquet tables in; a folder of rows with findings, one of rows set aside out."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from pyspark.sql import DataFrame, SparkSession

from gillies.audit import columns, record
from gillies.audit.inputs import recognised
from gillies.audit.job import TABLES, Job, aside_of, asked, check_names, check_rows, nucc, silent
from gillies.audit.report.count import count
from gillies.audit.report.figures import Run, Summary
from gillies.audit.run import audit
from gillies.audit.words import Judge
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry import info, manifest
from gillies.screen.bar import Bar
from gillies.screen.engine import connect, name, text
from gillies.screen.sources import cell_text
from gillies.screen.spark.files import FAULTS, Files, first_line, literal
from gillies.screen.spark.inputs import duck_type, look_into, numbered, one_of_each, read_files
from gillies.screen.spark.session import SparkError, SparkTables, started
from gillies.screen.spark.words import in_spark

SOURCE, VIEW = "g_source", "g_directory"
PLACES = ("g_path", "g_at", "g_row")
"""Columns that tell where a row stands."""


class Directory(msgspec.Struct, frozen=True):
    """Rows ready to be looked at: a view of our columns with g_row; SELECTs of the same rows as the files have them, and of those set aside."""

    how: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    fills: tuple[str, ...]
    own: str
    aside: str
    rows_in: int


def run_in_spark(job: Job, knowledge: Knowledge, on: date, bar: Bar | None = None) -> Summary:
    """As job.run_in_duckdb, in Spark: `job.out` becomes a folder of Parquet, and aside_of(job.out) holds the rows set aside. The registry has to lie where
    all workers see it. Raises InputError, SparkError."""
    tell = bar.step if bar else silent
    tell("starting Spark")
    with started(job.master, job.memory) as spark:
        try:
            with Files(spark).work_folder(str(job.out)) as work:
                return _run(spark, work, job, knowledge, on, tell)
        except FAULTS as fault:
            raise SparkError(f"Spark gave up, and nothing was written: {first_line(fault)}.") from fault


def _run(spark: SparkSession, work: str, job: Job, knowledge: Knowledge, on: date, tell: Callable[[str], None]) -> Summary:
    begun = time.monotonic()
    made = manifest.needed(job.registry)
    told, folder = info.look(made, job.registry, on, knowledge.shelf_lives), job.registry / made.folder
    db, files = SparkTables(spark, work), Files(spark)
    tell("reading")
    directory = _open(spark, db, job.paths, job.mapping)
    check_names(directory.columns)
    for table in record.HELD:
        _hold(spark, folder / TABLES / table, table)
    with connect() as con:
        knows = Judge(knowledge, on, nucc(con, folder))
    audit(db, VIEW, asked(directory.fills, told, folder), knows, tell)
    tell("writing")
    rows_out = _write(spark, _with_findings(directory), db.place("rows"))
    rows_aside = _write(spark, directory.aside, db.place("aside"))
    check_rows(directory.rows_in, rows_out, rows_aside)
    tell("counting")
    seconds = time.monotonic() - begun
    run = Run(job.paths, directory.how, directory.notes, directory.rows_in, rows_out, rows_aside, "spark", on, str(job.registry), seconds)
    summary = count(db, run, told)
    files.move(db.place("aside"), str(aside_of(job.out, "")))
    files.move(db.place("rows"), str(job.out))
    return summary


def _open(spark: SparkSession, db: SparkTables, paths: tuple[str, ...], mapping: Path | None) -> Directory:
    tables = one_of_each(Files(spark).find(paths))
    found = [look_into(spark, table) for table in tables]
    held = recognised([file for file, _ in found], mapping)
    every = [path for _, where in found for path in where]
    source = numbered(spark, every)
    source.createOrReplaceTempView(SOURCE)
    types = {field.name: duck_type(field.dataType) for field in source.schema if field.name not in PLACES}
    rows_in = read_files(spark, every).count()
    if rows_in == 0:
        raise InputError(f"{paths[0]} holds no rows: give a file with providers.")
    values = columns.values(held, types)
    bad = columns.no_row(values)
    ours = ", ".join(f"{sql} AS g_{each}" for each, sql in values.items())
    db.view(VIEW, f"SELECT {ours}, l.g_row FROM {SOURCE} AS l WHERE NOT ({bad})")
    cells = ", ".join(cell_text(f"CAST({name(column)} AS VARCHAR)") for column in types)
    aside = f"SELECT g_path AS file, g_at + 1 AS row, {text(columns.NO_ROW)} AS reason, CONCAT_WS(',', {cells}) AS text FROM {SOURCE} AS l WHERE {bad}"
    own = f"SELECT {', '.join(map(name, types))}, g_row FROM {SOURCE} AS l WHERE NOT ({bad})"
    return Directory(held.how, (columns.told(held, list(types)),), tuple(types), tuple(held.fills), own, aside, rows_in)


def _hold(spark: SparkSession, folder: Path, table: str) -> None:
    """A table of the registry as a view; one that it lacks as an empty one."""
    files = sorted(map(str, folder.glob("*.parquet")))
    if not files:
        spark.sql(in_spark(record.empty(table))).createOrReplaceTempView(record.view_name(table))
        return
    spark.read.parquet(*map(literal, files)).select(*record.HELD[table]).createOrReplaceTempView(record.view_name(table))


def _with_findings(directory: Directory) -> str:
    own = ", ".join(f"o.{name(column)}" for column in directory.columns)
    gained = "t.findings, t.confidence, t.why, s.score AS name_score"
    return f"SELECT {own}, {gained} FROM ({directory.own}) AS o LEFT JOIN g_told AS t USING (g_row) LEFT JOIN g_score AS s USING (g_row)"


def _write(spark: SparkSession, select: str, place: str) -> int:
    """Writes rows as Parquet; how many were written, counted in what was written."""
    frame: DataFrame = spark.sql(in_spark(select))
    frame.write.option("compression", "zstd").parquet(place)
    return int(spark.read.schema(frame.schema).parquet(place).count())
