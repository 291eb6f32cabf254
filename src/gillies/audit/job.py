"""`gillies audit`: a directory and a registry in; each row with what is worth a look, rows set aside and a report out."""

import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import msgspec

from gillies.audit import record
from gillies.audit.inputs import Directory, open_directory
from gillies.audit.report.count import count
from gillies.audit.report.figures import Run, Summary
from gillies.audit.run import GAINED, Asked, audit
from gillies.audit.words import Judge
from gillies.errors import GilliesError, InputError
from gillies.knowledge.records import Knowledge
from gillies.registry import info, manifest
from gillies.registry.info import Told
from gillies.registry.search import files
from gillies.registry.search.around import Around
from gillies.screen.bar import Bar
from gillies.screen.csvfile import ASIDE
from gillies.screen.engine import ask, connect, literal_paths, name
from gillies.screen.outputs import write
from gillies.screen.tables import DuckDbSession

TABLES = "tables"


class LostRowsError(GilliesError):
    """Rows in are not rows out and rows aside: a fault of ours, and nothing is written."""

    exit_code = 1


class Job(msgspec.Struct, frozen=True):
    """What to look through: files, folders or patterns; the registry; where the rows go; how columns are called; the most memory to take; for Spark, where
    it runs."""

    paths: tuple[str, ...]
    registry: Path
    out: Path
    mapping: Path | None = None
    memory: str | None = None
    master: str | None = None


def run_in_duckdb(job: Job, knowledge: Knowledge, on: date, bar: Bar | None = None) -> Summary:
    """Looks at every row of a directory. Raises InputError when the files cannot be read; then nothing is written."""
    begun, tell = time.monotonic(), bar.step if bar else silent
    made = manifest.needed(job.registry)
    told = info.look(made, job.registry, on, knowledge.shelf_lives)
    with connect(job.memory, job.out.parent if job.out.parent.is_dir() else None) as con:
        tell("reading")
        directory = open_directory(con, list(job.paths), job.mapping, progress=bar.advance if bar else None)
        check_names(directory.columns)
        db = DuckDbSession(con)
        for table in record.HELD:
            db.view(record.view_name(table), held(job.registry / made.folder / TABLES, table))
        audit(
            db, directory.relation, asked(directory.fills, told, job.registry / made.folder), Judge(knowledge, on, nucc(con, job.registry / made.folder)), tell
        )
        rows_out = int(ask(con, "SELECT count(*) FROM g_rows")[0][0])
        check_rows(directory.rows_in, rows_out, directory.rows_aside)
        tell("writing")
        _write(con, directory, job.out, rows_out, bar)
        tell("counting")
        done = Run(
            job.paths,
            directory.how,
            directory.notes,
            directory.rows_in,
            rows_out,
            directory.rows_aside,
            "duckdb",
            on,
            str(job.registry),
            time.monotonic() - begun,
        )
        return count(db, done, told)


def asked(fills: tuple[str, ...], told: Told, folder: Path) -> Asked:
    """What is known besides the rows."""
    days = [source.released for source in told.sources if source.kind == "nppes" and source.released]
    middles = Around(files.opened(folder / files.FOLDER)).middles

    def middle_of(code: str) -> tuple[float, float] | None:
        if not (len(code) == 5 and code.isascii() and code.isdigit()):
            return None
        latitude, longitude, _ = (float(value) for value in middles[int(code)])
        return None if latitude != latitude else (latitude, longitude)

    return Asked(fills, str(max(days, default="an unknown day")), middle_of)


def held(tables: Path, table: str) -> str:
    """SELECT of a table of the registry; of one that it lacks, of nothing."""
    parts = sorted((tables / table).glob("*.parquet"))
    return f"SELECT {', '.join(record.HELD[table])} FROM read_parquet({literal_paths(parts)})" if parts else record.empty(table)


def nucc(con: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[str, str]]:
    """What the user's own copy of the NUCC list calls codes, where the registry has one: each code with each of its names."""
    parts = sorted((folder / TABLES / "code").glob("*.parquet"))
    if not parts:
        return []
    source = f"read_parquet({literal_paths(parts)})"
    return ask(
        con,
        f"SELECT code, display FROM {source} WHERE display IS NOT NULL UNION SELECT code, classification FROM {source} WHERE specialization IS NULL "
        f"UNION SELECT code, specialization FROM {source} WHERE specialization IS NOT NULL ORDER BY ALL",
    )  # fmt: skip


def _write(con: duckdb.DuckDBPyConnection, directory: Directory, out: Path, rows: int, bar: Bar | None) -> None:
    """Every row with its own columns and what it gained, in its order; beside it the rows that could not be read."""
    own = ", ".join(f"{sql} AS {name(column)}" for column, sql in directory.columns.items())
    joined = f"SELECT * FROM {directory.own} l LEFT JOIN g_told USING (g_row) LEFT JOIN g_score s USING (g_row) ORDER BY g_row"
    gained = "findings, confidence, why, score AS name_score"
    write(con, f"SELECT {own}, {gained} FROM ({joined})", out, rows=rows, progress=bar.advance if bar else None)
    write(con, f"SELECT * FROM {ASIDE}", aside_of(out))


def check_names(columns: Iterable[str]) -> None:
    """Refuses a directory that has a column which a row gains. Raises InputError."""
    taken = sorted({column.lower() for column in columns} & set(GAINED))
    if taken:
        raise InputError(f"The directory has a column {taken[0]} of its own, which is what gillies adds: rename it, or give the file as it was first.")


def check_rows(rows_in: int, rows_out: int, rows_aside: int) -> None:
    """Refuses a result that lacks a row. Raises LostRowsError."""
    if rows_in != rows_out + rows_aside:
        problem = f"{rows_in:,} rows were read, but {rows_out:,} looked at and {rows_aside:,} set aside"
        raise LostRowsError(f"{problem}: nothing was written. Please report it.")


def aside_of(out: Path, ending: str = ".csv") -> Path:
    """Where the rows that could not be read are kept; Spark writes a folder, without an ending."""
    return out.with_name(f"{out.name.removesuffix('.gz').rpartition('.')[0] or out.name}.aside{ending}")


def silent(_: str) -> None:
    """Where nobody watches."""
