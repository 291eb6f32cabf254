"""A file of a directory -> one view of its rows in DuckDB: every row is kept or set aside with its reason, and counted."""

import shutil
import weakref
from pathlib import Path

import duckdb
import msgspec

from gillies.audit import columns
from gillies.errors import InputError
from gillies.screen import csvfile
from gillies.screen.csvfile import ASIDE
from gillies.screen.engine import Progress, ask, name, spill_folder, work_folder
from gillies.screen.sources import Found, Source, as_parquet, find_files, kinds, look_into, read_mapping, set_aside

VIEW = "directory"
OURS = frozenset({f"g_{ours}" for ours in columns.CALLED} | {"g_row", "g_file", "g_at", "g_whole"})
"""Names that a file may not have itself."""


class Directory(msgspec.Struct, frozen=True, kw_only=True, weakref=True):
    """Rows of a directory, ready to be looked at. `relation`: a view with the files' own columns, then ours as g_*, and g_row, which grows in input
    order; `own`: SQL of the same rows as the files have them, with g_row beside; `columns`: the files' columns with their SQL over `own`."""

    how: str
    notes: tuple[str, ...]
    relation: str
    rows_in: int
    rows_aside: int
    own: str
    columns: dict[str, str]
    fills: tuple[str, ...]


def open_directory(con: duckdb.DuckDBPyConnection, paths: list[str], mapping: Path | None, *, progress: Progress | None = None) -> Directory:
    """Reads a directory from files, folders and patterns. Raises InputError."""
    files = look_into(con, find_files(paths, "a directory"))
    held = recognised(files, mapping)
    if kinds(files) > 1:
        raise InputError("The directory is partly CSV, partly Parquet: give one kind at a time.")
    work = work_folder(spill_folder(con))
    weakref.finalize(con, shutil.rmtree, work, ignore_errors=True)
    csvfile.prepare(con)
    notes = [columns.told(held, files[0].columns)]
    tables, aside = as_parquet(con, files, work, notes, progress)
    source = Source(con, tables, files)
    values = columns.values(held, source.live)
    bad = set_aside(con, source, [(columns.no_row(values), columns.NO_ROW)])
    rows_in = source.rows + aside
    if rows_in == 0:
        raise InputError(f"{files[0].path} holds no rows below its header: give a file with providers.")
    good = f" WHERE {source.row} NOT IN (SELECT g_row FROM g_checked)" if bad else ""
    ours = ", ".join(f"{sql} AS g_{each}" for each, sql in values.items())
    ask(con, f"CREATE OR REPLACE VIEW {VIEW} AS SELECT {ours}, {source.row} AS g_row FROM {source.sql}{good}")
    own = f"(SELECT {', '.join(map(name, source.live))}{', ' if source.live else ''}{source.row} AS g_row FROM {source.sql}{good})"
    written = {column: name(column) if column in source.live else f"CAST(NULL AS {kind})" for column, kind in source.types.items()}
    total = int(ask(con, f"SELECT count(*) FROM {ASIDE}")[0][0])
    fills = tuple(ours for ours, given in held.fills.items() if any(column in source.live for column in given))
    return Directory(
        how=held.how, notes=tuple(notes), relation=VIEW, rows_in=rows_in, rows_aside=total, own=own, columns=written, fills=fills
    )  # fmt: skip


def recognised(files: list[Found], mapping: Path | None) -> columns.Columns:
    """The columns of the first file, which the others must have too. Raises InputError."""
    first = files[0]
    if mapping is not None:
        held = columns.mapped(mapping, read_mapping(mapping, columns.EXAMPLE), first.columns, str(first.path))
    else:
        held = columns.recognise(first.columns, str(first.path))
    for file in files:
        if odd := [column for column in file.columns if column.casefold() in OURS]:
            raise InputError(f"{file.path} has a column {odd[0]}, a name that is used here for its own columns: rename it.")
        if lost := [column for given in held.fills.values() for column in given if column not in file.columns]:
            raise InputError(f"{file.path} has no column {lost[0]}, which {first.path} has: give it by itself, or with the columns mended.")
    return held
