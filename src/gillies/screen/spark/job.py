"""`gillies screen --engine spark`: Parquet of claims in; a folder of labelled lines, one of rows set aside, and a report out."""

import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from pyspark.sql import DataFrame, SparkSession

from gillies.screen.bar import Bar, silent
from gillies.screen.engine import ask, connect, literal_paths, name
from gillies.screen.job import Job, aside_of, check_names
from gillies.screen.outputs import check_rows
from gillies.screen.report import RunInfo, Summary, summarise
from gillies.screen.report.count import COLUMNS
from gillies.screen.rulebook import RuleBook
from gillies.screen.run import LABELS, label
from gillies.screen.spark.files import FAULTS, Files, first_line
from gillies.screen.spark.inputs import SparkClaims, open_claims
from gillies.screen.spark.session import SparkError, SparkTables, started
from gillies.screen.spark.words import in_spark

REPORT_MEMORY = "1GB"
"""What DuckDB may take to count the lines of ours; beyond it, it spills."""


def screen_in_spark(job: Job, book: RuleBook, names: Mapping[str, str], on: date, bar: Bar | None = None) -> Summary:
    """As job.screen, in Spark: `job.out` becomes a folder of Parquet, and the folder aside_of(job) holds the rows that could not be read.
    Raises InputError, SparkError."""
    tell = bar.step if bar else silent
    tell("starting Spark")
    with started(job.master, job.memory) as spark:
        try:
            with Files(spark).work_folder(str(job.out)) as work:
                return _screen(spark, work, job, book, names, on, tell)
        except FAULTS as fault:
            raise SparkError(f"Spark gave up, and nothing was written: {first_line(fault)}.") from fault


def _screen(spark: SparkSession, work: str, job: Job, book: RuleBook, names: Mapping[str, str], on: date, tell: Callable[[str], None]) -> Summary:
    begun = time.monotonic()
    db, files = SparkTables(spark, work), Files(spark)
    tell("reading")
    claims = open_claims(spark, db, job.paths, job.mapping)
    check_names(claims.columns)
    label(db, claims.relation, book, tell)
    tell("writing")
    rows_out = _write(spark, _labelled(claims), db.place("labelled"))
    rows_aside = _write(spark, claims.aside, db.place("aside"))
    check_rows(claims.rows_in, rows_out, rows_aside, "labelled")
    tell("counting")
    ours = ", ".join(column for column in COLUMNS.values() if column not in LABELS)
    _write(spark, f"SELECT {ours}, {', '.join(LABELS)} FROM g_lines JOIN g_line_labels USING (g_row)", db.place("report"))
    run = RunInfo(job.paths, claims.layout, claims.notes, claims.rows_in, rows_out, rows_aside, "spark", on, time.monotonic() - begun)
    summary = _count(files, db.place("report"), run, names)
    files.move(db.place("aside"), str(aside_of(job.out, "")))
    files.move(db.place("labelled"), str(job.out))
    return replace(summary, lines=rows_out, not_ours=rows_out - summary.lines)


def _labelled(claims: SparkClaims) -> str:
    """Every line that could be read, with its own columns and its labels."""
    own = ", ".join(f"o.{name(column)}" for column in claims.columns)
    gained = ", ".join(f"k.{column}" for column in LABELS)
    return f"SELECT {own}, {gained} FROM ({claims.own}) AS o LEFT JOIN g_line_labels AS k USING (g_row)"


def _write(spark: SparkSession, select: str, place: str) -> int:
    """Writes rows as Parquet; how many were written, counted in what was written."""
    frame: DataFrame = spark.sql(in_spark(select))
    frame.write.option("compression", "zstd").parquet(place)
    return int(spark.read.schema(frame.schema).parquet(place).count())


def _count(files: Files, place: str, run: RunInfo, names: Mapping[str, str]) -> Summary:
    """The report, by DuckDB, of the lines of ours: with the same figures for the same labels, whichever engine found them."""
    with tempfile.TemporaryDirectory() as folder, connect(REPORT_MEMORY, Path(folder)) as con:
        copy = Path(folder) / "report"
        files.fetch(place, str(copy))
        parts = sorted(copy.rglob("*.parquet"))
        ask(con, f"CREATE VIEW g_labelled AS SELECT * FROM read_parquet({literal_paths(parts)})")
        return summarise(con, "g_labelled", run, names)
