"""Files of claims -> one view of claim lines in DuckDB: every row is kept or set aside with its reason, and counted."""

import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec

from gillies.errors import InputError
from gillies.screen import csvfile, layouts
from gillies.screen.cells import Cell
from gillies.screen.csvfile import ASIDE
from gillies.screen.engine import Progress, ask, literal_paths, name, spill_folder, text, work_folder
from gillies.screen.layouts import Companion, Layout
from gillies.screen.sources import Found, Source, as_parquet, find_files, kinds, look_into, read_mapping, set_aside

VIEW = "claims"

REASONS = {
    "claim_id": "the claim has no number",
    "day": "its day is no day",
    "birth": "its birth date is no day",
    "code": "none of its lines has a procedure code",
}
"""Why a row is set aside; what is not here is a number."""

OURS = frozenset(f"g_{ours}" for ours in (*layouts.CANONICAL, *layouts.HELPERS, "row", "n", "file", "at", "key"))
"""Names that a file may not have itself."""


class Claims(msgspec.Struct, frozen=True, kw_only=True, weakref=True):
    """Claim lines, ready to be labelled. `relation`: a view with the files' own columns, then ours as g_*, and g_row, which grows in input order.

    `own`: SQL of the same rows as the files have them, with g_row beside, for the result; it reads no companion and no column that is empty throughout.
    `columns`: each column of the files, with its SQL over `own`.
    """

    layout: str
    notes: tuple[str, ...]
    relation: str
    aside: str
    rows_in: int
    rows_aside: int
    own: str
    columns: dict[str, str]


def open_claims(con: duckdb.DuckDBPyConnection, paths: list[str], mapping: Path | None, *, progress: Progress | None = None) -> Claims:
    """Reads claims of any known layout (or one that a mapping file describes) from files, folders and patterns.

    `progress` hears of CSV files while each is read, in bytes; Parquet is read in place, when the view is.
    """
    files = look_into(con, find_files(paths, "claims"))
    layout, mains, companions, others = roles(files, mapping)
    work = work_folder(spill_folder(con))
    weakref.finalize(con, shutil.rmtree, work, ignore_errors=True)
    csvfile.prepare(con)
    notes = [*layout.notes, *([f"Not read, as no claims: {', '.join(others)}."] if others else [])]
    if kinds(mains) > 1:
        raise InputError("The claims are partly CSV, partly Parquet: give one kind at a time.")
    tables, aside = as_parquet(con, mains, work, notes, progress)
    source = Source(con, tables, mains)
    if layout.side_by_side:
        unpivot(con, source, layout)
    joins, joined = _companions(con, layout, companions, work, notes, source.types)
    lines = layouts.lines(layout, source.live, joined, trim_ids=source.header_rows > 0)
    checks = [check for check in lines.checks if check[0] != "claim_id" or not source.surely_filled(layout.fills["claim_id"])]
    checks += [("code", "g_n = 0")] if layout.side_by_side else []
    bad = set_aside(con, source, with_reasons(checks))
    rows_in = source.rows + aside
    if rows_in == 0:
        raise InputError(f"{mains[0].path} holds no rows below its header: give a file with claims.")
    columns = ", ".join(name(column) for column in source.types)
    values = ", ".join(f"{sql} AS g_{ours}" for ours, sql in lines.values.items())
    good = f" WHERE {source.row} NOT IN (SELECT g_row FROM g_checked)" if bad else ""
    ask(con, f"CREATE OR REPLACE VIEW {VIEW} AS SELECT {columns}, {values}, {source.row} AS g_row FROM {source.sql}{joins}{good}")
    notes += _counted(con, layout, source)
    total = int(ask(con, f"SELECT count(*) FROM {ASIDE}")[0][0])
    own = f"(SELECT {', '.join(name(column) for column in source.live)}, {source.row} AS g_row FROM {source.sql}{good})"
    written = {column: name(column) if column in source.live else f"CAST(NULL AS {kind})" for column, kind in source.types.items()}
    return Claims(layout=layout.title, notes=tuple(notes), relation=VIEW, aside=ASIDE, rows_in=rows_in, rows_aside=total, own=own, columns=written)


def roles(files: list[Found], mapping: Path | None) -> tuple[Layout, list[Found], list[tuple[Companion, list[Found]]], list[str]]:
    """The layout, the files that hold its lines, those that tell more about them, and the names of those that are neither."""
    layout: Layout
    if mapping is not None:
        layout = layouts.mapped(mapping, read_mapping(mapping, layouts.EXAMPLE), files[0].columns, str(files[0].path))
    else:
        known = [fitting for file in files if (fitting := layouts.recognise(file.columns))]
        if not known:
            raise layouts.unknown(str(files[0].path), files[0].columns)
        layout = known[0]
    mains = [file for file in files if not layouts.lacking(layout.needs, file.columns)]
    rest = [file for file in files if file not in mains]
    companions: list[tuple[Companion, list[Found]]] = []
    for companion in layout.companions:
        own = [file for file in rest if not layouts.lacking(companion.needs, file.columns)]
        rest = [file for file in rest if file not in own]
        companions.append((companion, own))
    if rest and not layout.others_ignored:
        raise InputError(
            f"{rest[0].path} lacks the column {', '.join(layouts.lacking(layout.needs, rest[0].columns))} of the {layout.title}, "
            "which the other files have: give it by itself, or with the columns mended."
        )
    for file in mains:
        if odd := [column for column in file.columns if column.casefold() in OURS]:
            raise InputError(f"{file.path} has a column {odd[0]}, a name that is used here for its own columns: rename it.")
    return layout, mains, companions, [file.path.name for file in rest]


def unpivot(con: duckdb.DuckDBPyConnection, source: Source, layout: Layout) -> None:
    """Each row becomes its real lines: those with a code. A row without any becomes one line (g_n = 0), to be set aside."""
    own = [layouts.found(str(layout.fills["code"]).format(n=number), list(source.types)) for number in range(1, layout.side_by_side + 1)]
    filled = [f"coalesce(trim({name(column)}), '') <> ''" if column else "false" for column in own]
    numbers = f"list_filter([{', '.join(f'CASE WHEN {sql} THEN {n} END' for n, sql in enumerate(filled, 1))}], lambda x: x IS NOT NULL)"
    columns = ", ".join(map(name, source.types))
    source.sql = f"(SELECT {columns}, g_file, g_at, unnest(CASE WHEN {' OR '.join(filled)} THEN {numbers} ELSE [0] END) AS g_n FROM {source.sql}) AS l"
    source.row = f"(({source.row} - 1) * {layout.side_by_side + 1} + g_n + 1)"
    source.rows = int(ask(con, f"SELECT count(*) FROM {source.sql}")[0][0])


def _companions(
    con: duckdb.DuckDBPyConnection, layout: Layout, given: Sequence[tuple[Companion, list[Found]]], work: Path, notes: list[str], types: Mapping[str, str]
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
        if kinds(files) > 1:
            raise InputError(f"The files of {companion.title} are partly CSV, partly Parquet: give one kind.")
        tables, lost = as_parquet(con, files, work, notes)
        if lost:
            ask(con, f"DELETE FROM {ASIDE} WHERE file IN ({', '.join(text(str(file.path)) for file in files)})")
            notes.append(f"{companion.title}: {lost} rows could not be read and are left out.")
        columns = files[0].columns
        own = {ours: column for ours in gives if (column := layouts.found(companion.fills[ours], columns))}
        key = layouts.found(companion.key, columns)
        picks = [f"arg_min(trim(CAST({name(column)} AS VARCHAR)), (file_index, file_row_number)) AS g_{ours}" for ours, column in own.items()]
        read = f"read_parquet({literal_paths(tables)}, union_by_name = true)"
        table = f"g_more{number}"
        keyed = f"trim(CAST({name(str(key))} AS VARCHAR))"
        wanted = ", ".join([f"{keyed} AS g_key", *picks])
        ask(con, f"CREATE OR REPLACE TABLE {table} AS SELECT {wanted} FROM {read} WHERE {keyed} IS NOT NULL GROUP BY ALL")
        line_key = name(str(layouts.found(companion.own, list(types))))
        joins += f" LEFT JOIN {table} ON {table}.g_key = trim(CAST(l.{line_key} AS VARCHAR))"
        joined |= {ours: Cell(f"{table}.g_{ours}", "VARCHAR") for ours in own}
    return joins, joined


def with_reasons(checks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Checks of our columns (ours, SQL that is true of a bad row) as SQL and reason."""
    return [(sql, REASONS.get(ours, f"its {ours} is no number")) for ours, sql in checks]


def _counted(con: duckdb.DuckDBPyConnection, layout: Layout, source: Source) -> list[str]:
    """What the numbers of a layout deserve to be told."""
    if layout.code_like_only:
        own = name(str(layouts.found(str(layout.fills["code"]), list(source.types))))
        kind, value = (layouts.found(layout.lines_are[0], list(source.types)), layout.lines_are[1])
        lines = f"upper(trim({name(str(kind))})) = {text(value)}"
        counts = (f"{lines} AND {own} IS NOT NULL AND g_code IS NULL", "g_code IS NOT NULL", f"({lines}) IS NOT true")
        other, coded, rest = ask(con, f"SELECT {', '.join(f'count(*) FILTER ({each})' for each in counts)} FROM {VIEW}")[0]
        return [
            f"{other} lines carry a code of another system (mostly SNOMED CT), so no procedure is read from them; {coded} carry a CPT or HCPCS code.",
            f"{rest} rows are payments, adjustments or transfers, no lines of care: they are kept without a procedure.",
        ]
    return [f"The file's rows hold up to {layout.side_by_side} lines each: {source.rows} lines in all."] if layout.side_by_side else []
