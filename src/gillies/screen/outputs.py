"""Writing results: aside first, then moved into place, so that a killed run leaves the old file or none. The same rows give the same bytes."""

import gzip
import os
import shutil
from pathlib import Path

import duckdb

from gillies.errors import GilliesError, InputError
from gillies.screen.engine import Progress, ask, name, reported, sweep, text
from gillies.screen.inputs import Claims

RISKY = "^[=+\\-@\\t\\r\\n＝＋－＠]"
"""How a cell starts that a spreadsheet program would run as a formula (OWASP, CSV injection)."""

NUMBER = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$"


class LostRowsError(GilliesError):
    """Rows in are not rows out and rows aside: a fault of ours, and nothing is written."""

    exit_code = 1


def check_rows(rows_in: int, rows_out: int, rows_aside: int, done: str) -> None:
    """Refuses a result that lacks a row. `done`: what was done with the rows that go out. Raises LostRowsError."""
    if rows_in != rows_out + rows_aside:
        problem = f"{rows_in:,} rows were read, but {rows_out:,} {done} and {rows_aside:,} set aside"
        raise LostRowsError(f"{problem}: nothing was written. Please report it.")


def write(con: duckdb.DuckDBPyConnection, select: str, path: Path, *, rows: int = 0, progress: Progress | None = None) -> None:
    """Writes what `select` gives, in its order, as Parquet, CSV, gzipped CSV or lines of JSON, by the path's ending.

    `select` should sort: what comes from a sort is cut into row groups at the same rows each time, whatever thread is done first.
    """
    kind = path.name.lower()
    if not kind.endswith((".parquet", ".csv", ".csv.gz", ".jsonl")):
        raise InputError(f"{path} has an ending that says no format: write to a name that ends in .parquet, .csv, .csv.gz or .jsonl.")
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} is not there: make it first, or write elsewhere.")
    sweep(path.parent, f".{path.name}.", ".part")
    part = path.parent / f".{path.name}.{os.getpid()}.part"
    try:
        with reported(con, rows, progress):
            if kind.endswith(".parquet"):
                ask(con, f"COPY ({select}) TO {text(str(part))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)")
            elif kind.endswith(".jsonl"):
                ask(con, f"COPY ({select}) TO {text(str(part))} (FORMAT json)")
            else:
                _csv(con, select, part, kind.endswith(".gz"))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as fault:
        raise InputError(f"{path} cannot be written: {fault.strerror or fault}.") from fault
    finally:
        part.unlink(missing_ok=True)


def write_aside(con: duckdb.DuckDBPyConnection, claims: Claims, path: Path) -> None:
    """Writes the rows that were set aside: file, row (of CSV: the header is 1), reason, text."""
    write(con, f"SELECT * FROM {claims.aside}", path)


def _csv(con: duckdb.DuckDBPyConnection, select: str, part: Path, packed: bool) -> None:
    plain = part.with_name(part.name.removesuffix(".part") + "-plain.part") if packed else part
    described = ask(con, f"DESCRIBE {select}")
    cells = ", ".join(_safe(name(column), kind) + f" AS {name(_safe_header(column))}" for column, kind, *_ in described)
    try:
        ask(con, f"COPY (SELECT {cells} FROM ({select})) TO {text(str(plain))} (FORMAT csv, HEADER true)")
        if packed:
            with plain.open("rb") as source, part.open("wb") as target, gzip.GzipFile("", "wb", 6, target, mtime=0) as zipped:
                shutil.copyfileobj(source, zipped, 1 << 20)
    finally:
        if packed:
            plain.unlink(missing_ok=True)


def _safe(sql: str, kind: str) -> str:
    """A cell of CSV: lists as items parted by `; `, other nested values as JSON, and text that would run as a formula led by an apostrophe."""
    if kind == "VARCHAR[]":
        sql, kind = f"nullif(array_to_string({sql}, '; '), '')", "VARCHAR"
    elif kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        sql, kind = f"CAST(to_json({sql}) AS VARCHAR)", "VARCHAR"
    if kind != "VARCHAR" and not kind.startswith("ENUM"):
        return sql
    sql = f"CAST({sql} AS VARCHAR)"
    return f"CASE WHEN regexp_matches({sql}, '{RISKY}') AND NOT regexp_matches({sql}, '{NUMBER}') THEN '''' || {sql} ELSE {sql} END"


def _safe_header(column: str) -> str:
    return f"'{column}" if column[:1] in tuple("=+-@\t\r\n＝＋－＠") else column
