"""`gillies screen`: files of claims in, labelled lines, rows set aside and a report out."""

import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from gillies.errors import InputError
from gillies.screen.bar import Bar, silent
from gillies.screen.engine import ask, connect, name
from gillies.screen.inputs import open_claims
from gillies.screen.outputs import check_rows, write, write_aside
from gillies.screen.report import RunInfo, Summary, summarise
from gillies.screen.rulebook import RuleBook
from gillies.screen.run import LABELS, label
from gillies.screen.tables import DuckDbSession


class Job(msgspec.Struct, frozen=True):
    """What to screen: files, folders or patterns; where the labelled lines go; how columns are called (plain files); the most memory to take; for Spark,
    where it runs (None: where it was submitted to, else all cores of this machine)."""

    paths: tuple[str, ...]
    out: Path
    mapping: Path | None = None
    memory: str | None = None
    master: str | None = None


def screen(job: Job, book: RuleBook, names: Mapping[str, str], on: date, bar: Bar | None = None) -> Summary:
    """Labels every line of the job's files, keeps what could not be read beside the result, and gives the summary. `names`: id -> our own name;
    `on`: the day of the knowledge, for the report (each line is judged by the rules of its own day). Raises InputError when the files cannot
    be read; then nothing is written."""
    begun, tell = time.monotonic(), bar.step if bar else silent
    with connect(job.memory, job.out.parent if job.out.parent.is_dir() else None) as con:
        tell("reading")
        claims = open_claims(con, list(job.paths), job.mapping, progress=bar.advance if bar else None)
        check_names(claims.columns)
        label(DuckDbSession(con), claims.relation, book, tell)
        rows_out = int(ask(con, "SELECT COUNT(*) FROM g_lines")[0][0])
        check_rows(claims.rows_in, rows_out, claims.rows_aside, "labelled")
        tell("writing")
        own = ", ".join(f"{sql} AS {name(column)}" for column, sql in claims.columns.items())
        sort = f"SELECT * FROM {claims.own} l LEFT JOIN g_line_labels USING (g_row) ORDER BY g_row"
        write(con, f"SELECT {own}, {', '.join(LABELS)} FROM ({sort})", job.out, rows=rows_out, progress=bar.advance if bar else None)
        write_aside(con, claims, aside_of(job.out))
        tell("counting")
        run = RunInfo(job.paths, claims.layout, claims.notes, claims.rows_in, rows_out, claims.rows_aside, "duckdb", on, time.monotonic() - begun)
        return summarise(con, "g_labelled", run, names)


def check_names(columns: Iterable[str]) -> None:
    """Refuses claims that have a column which a line gains. Raises InputError."""
    taken = sorted({column.lower() for column in columns} & set(LABELS))
    if taken:
        raise InputError(f"The claims have a column {taken[0]} of their own, which is what gillies adds: rename it, or screen the file as it was first.")


def aside_of(out: Path, ending: str = ".csv") -> Path:
    """Where the rows that could not be read are kept; Spark writes a folder, without an ending."""
    return out.with_name(f"{out.stem}.aside{ending}")
