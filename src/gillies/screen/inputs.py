"""Files of claims -> one view of claim lines in DuckDB: every row is kept or set aside with its reason, and counted."""

import glob
import itertools
import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from gillies.errors import InputError
from gillies.screen import csvfile, layouts
from gillies.screen.cells import Cell
from gillies.screen.csvfile import ASIDE, GAPS, CsvFile
from gillies.screen.engine import Progress, ask, literal_paths, name, reported, spill_folder, text, work_folder
from gillies.screen.layouts import Companion, Layout

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

ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet", ".pq")


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


class Found(msgspec.Struct, frozen=True):
    """A file that was given, with its own columns (of CSV: from its header)."""

    path: Path
    columns: tuple[str, ...]
    csv: CsvFile | None


def open_claims(con: duckdb.DuckDBPyConnection, paths: list[str], mapping: Path | None, *, progress: Progress | None = None) -> Claims:
    """Reads claims of any known layout (or one that a mapping file describes) from files, folders and patterns.

    `progress` hears of CSV files while each is read, in bytes; Parquet is read in place, when the view is.
    """
    files = _found(con, find_files(paths))
    layout, mains, companions, others = roles(files, mapping)
    work = work_folder(spill_folder(con))
    weakref.finalize(con, shutil.rmtree, work, ignore_errors=True)
    csvfile.prepare(con)
    notes = [*layout.notes, *([f"Not read, as no claims: {', '.join(others)}."] if others else [])]
    if _kinds(mains) > 1:
        raise InputError("The claims are partly CSV, partly Parquet: give one kind at a time.")
    tables, aside = _as_parquet(con, mains, work, notes, progress)
    source = Source(con, tables, mains, layout)
    joins, joined = _companions(con, layout, companions, work, notes, source.types)
    lines = layouts.lines(layout, source.live, joined, trim_ids=source.header_rows > 0)
    checks = [check for check in (*lines.checks, *source.checks) if check[0] != "claim_id" or not source.surely_filled(layout.fills["claim_id"])]
    bad = _set_aside(con, source, checks)
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


def find_files(paths: list[str]) -> list[Path]:
    """The files that paths mean: files as they are, folders with all of claims' kinds in them, patterns; in a stable order, each once."""
    if not paths:
        raise InputError("No file of claims was given: name a CSV or Parquet file, a folder of them or a pattern such as 'claims/*.parquet'.")
    found: list[Path] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if each.is_file() and each.name.lower().endswith(ENDINGS) and not _hidden(each, path)]
            if not inside:
                raise InputError(f"{given} holds no claims: a folder needs files that end in {', '.join(ENDINGS)}.")
        elif path.is_file():
            inside = [path]
        else:
            inside = [Path(each) for each in sorted(glob.glob(given, recursive=True)) if Path(each).is_file()]  # noqa: PTH207  # the pattern may be absolute
            if not inside:
                raise InputError(f"{given} is not there: give the path of a CSV or Parquet file, of a folder of them, or a pattern that matches some.")
        found += inside
    return list(dict.fromkeys(found))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _found(con: duckdb.DuckDBPyConnection, paths: list[Path]) -> list[Found]:
    files = []
    for path in paths:
        try:
            with path.open("rb") as opened:
                parquet = opened.read(4) == b"PAR1"
        except OSError as fault:
            raise InputError(f"{path} cannot be read: {fault.strerror}.") from fault
        if not parquet:
            header = csvfile.read_header(path)
            files.append(Found(path, header.columns, header))
            continue
        try:
            rows = ask(con, f"DESCRIBE SELECT * FROM read_parquet({literal_paths([path])})")
        except duckdb.Error as fault:
            raise InputError(f"{path} is not readable Parquet (cut short?): write it anew. DuckDB says: {str(fault).splitlines()[0]}") from fault
        files.append(Found(path, tuple(row[0] for row in rows), None))
    return files


def _kinds(files: Sequence[Found]) -> int:
    return len({file.csv is None for file in files})


def read_mapping(path: Path) -> Any:
    """A mapping file's content."""
    import yaml

    try:
        # the base loader makes texts of everything: a column may be called No or 2024
        return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # it builds plain texts, lists and mappings only
    except FileNotFoundError as fault:
        raise InputError(f"The mapping file {path} is not there: write one such as\n\n{layouts.EXAMPLE}") from fault
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise InputError(f"{path} is not readable YAML ({str(fault).splitlines()[0]}): a mapping looks like\n\n{layouts.EXAMPLE}") from fault


def roles(files: list[Found], mapping: Path | None) -> tuple[Layout, list[Found], list[tuple[Companion, list[Found]]], list[str]]:
    """The layout, the files that hold its lines, those that tell more about them, and the names of those that are neither."""
    layout: Layout
    if mapping is not None:
        layout = layouts.mapped(mapping, read_mapping(mapping), files[0].columns, str(files[0].path))
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


def _as_parquet(con: duckdb.DuckDBPyConnection, files: list[Found], work: Path, notes: list[str], progress: Progress | None = None) -> tuple[list[Path], int]:
    """The files as Parquet (CSV is turned into it, once), and how many rows could not be read."""
    made: list[Path] = []
    aside = 0
    for number, file in enumerate(files):
        if file.csv is None:
            made.append(file.path)
            continue
        target = work / f"{next(_numbers)}-{number}.parquet"
        with reported(con, file.path.stat().st_size, progress):
            kept = csvfile.to_parquet(con, file.csv, target)
        notes += kept.notes
        made.append(target)
        aside += kept.aside
    return made, aside


_numbers = itertools.count()


class Source:
    """Parquet files as one relation with columns of their own types and places: `row` grows in input order, `sql` holds g_at (the place in its file)."""

    def __init__(self, con: duckdb.DuckDBPyConnection, tables: list[Path], files: list[Found], layout: Layout) -> None:
        paths = literal_paths(tables)
        read = f"read_parquet({paths}{', union_by_name = true' if len(tables) > 1 else ''})"
        try:
            described = ask(con, f"DESCRIBE SELECT * FROM {read}")
            sizes = dict(ask(con, f"SELECT file_name, num_rows FROM parquet_file_metadata({paths})"))
        except duckdb.Error as fault:
            raise InputError(f"{files[0].path}: the files do not fit together. DuckDB says: {str(fault).splitlines()[0]}") from fault
        self.types: dict[str, str] = {row[0]: row[1] for row in described}
        counts = [int(sizes[str(table)]) for table in tables]
        before = [0, *itertools.accumulate(counts)]
        self.files = [file.path for file in files]
        self.header_rows = 0 if files[0].csv is None else 1
        self.rows = before[-1]
        offset = "" if len(tables) == 1 else f" + [{', '.join(map(str, before))}][g_file + 1]"
        self.row = f"(g_at{offset} + 1)"
        columns = ", ".join(name(column) for column in self.types)
        self.sql = f"(SELECT {columns}, CAST(file_index AS BIGINT) AS g_file, CAST(file_row_number AS BIGINT) AS g_at FROM {read}) AS l"
        empty, self.filled = _empty_and_filled(con, paths)
        self.live = {column: kind for column, kind in self.types.items() if column not in empty}
        self.checks: list[tuple[str, str]] = []
        if layout.side_by_side:
            self._unpivot(con, layout, columns)

    def surely_filled(self, column: str | tuple[str, ...]) -> bool:
        """Whether the files' own statistics show that a column has no empty cell, so that nobody needs to look."""
        return isinstance(column, str) and layouts.found(column, list(self.types)) in self.filled

    def _unpivot(self, con: duckdb.DuckDBPyConnection, layout: Layout, columns: str) -> None:
        """Each row becomes its real lines: those with a code. A row without any becomes one line, to be set aside."""
        own = [layouts.found(str(layout.fills["code"]).format(n=number), list(self.types)) for number in range(1, layout.side_by_side + 1)]
        filled = [f"coalesce(trim({name(column)}), '') <> ''" if column else "false" for column in own]
        numbers = f"list_filter([{', '.join(f'CASE WHEN {sql} THEN {n} END' for n, sql in enumerate(filled, 1))}], lambda x: x IS NOT NULL)"
        self.sql = f"(SELECT {columns}, g_file, g_at, unnest(CASE WHEN {' OR '.join(filled)} THEN {numbers} ELSE [0] END) AS g_n FROM {self.sql}) AS l"
        self.row = f"(({self.row} - 1) * {layout.side_by_side + 1} + g_n + 1)"
        self.rows = int(ask(con, f"SELECT count(*) FROM {self.sql}")[0][0])
        self.checks = [("code", "g_n = 0")]


def _empty_and_filled(con: duckdb.DuckDBPyConnection, paths: str) -> tuple[set[str], set[str]]:
    """Columns that are NULL throughout (they need not be read), and columns without a NULL or blank cell, both by the statistics in the files."""
    rows = ask(
        con,
        "SELECT path_in_schema, bool_and(coalesce(stats_null_count = num_values, false)), "
        "bool_and(coalesce(stats_null_count = 0 AND (type <> 'BYTE_ARRAY' OR stats_min_value > '!'), false)), count(DISTINCT file_name) "
        f"FROM parquet_metadata({paths}) GROUP BY 1",
    )
    files = max((count for *_, count in rows), default=0)
    return {name for name, empty, _, _ in rows if empty}, {name for name, _, filled, count in rows if filled and count == files}


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
        if _kinds(files) > 1:
            raise InputError(f"The files of {companion.title} are partly CSV, partly Parquet: give one kind.")
        tables, lost = _as_parquet(con, files, work, notes)
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


def _set_aside(con: duckdb.DuckDBPyConnection, source: Source, checks: Sequence[tuple[str, str]]) -> int:
    """Puts rows with an unreadable day or number, or without a claim's number, aside; how many there are. Reads only the columns that are checked."""
    if not checks:
        return 0
    any_bad = " OR ".join(f"({sql})" for _, sql in checks)
    count = int(ask(con, f"SELECT count(*) FROM {source.sql} WHERE {any_bad}")[0][0])
    if not count:
        return 0
    cells = ", ".join(cell_text(f"CAST({name(column)} AS VARCHAR)") for column in source.types)
    ask(
        con,
        f"CREATE OR REPLACE TEMP TABLE g_checked AS SELECT g_file, g_at, {source.row} AS g_row, {reasons(checks)} AS reason, "
        f"concat_ws(',', {cells}) AS line FROM {source.sql} WHERE {any_bad}",
    )
    files = ", ".join(text(str(path)) for path in source.files)
    # a row's number in its file: its place in the Parquet, the header, and every row before it that did not get there
    gone = "row_number() OVER (PARTITION BY file ORDER BY line)"
    gaps = f"SELECT file, before, max(gone) AS gone FROM (SELECT file, line - 1 - {gone} AS before, {gone} AS gone FROM {GAPS}) GROUP BY ALL"
    bad = f"SELECT [{files}][g_file + 1] AS file, g_at + 1 AS place, g_row, reason, line FROM g_checked"
    ask(
        con,
        f"INSERT INTO {ASIDE} SELECT bad.file, place + {source.header_rows} + coalesce(gone, 0), reason, line "
        f"FROM ({bad}) AS bad ASOF LEFT JOIN ({gaps}) AS gaps ON bad.file = gaps.file AND bad.place > gaps.before ORDER BY g_row",
    )
    return count


def reasons(checks: Sequence[tuple[str, str]]) -> str:
    """SQL of why a row is set aside: each reason once, though several columns may tell the same day."""
    why: dict[str, list[str]] = {}
    for ours, sql in checks:
        why.setdefault(REASONS.get(ours, f"its {ours} is no number"), []).append(f"({sql})")
    told = (f"CASE WHEN {' OR '.join(tests)} THEN {text(reason)} END" for reason, tests in why.items())
    return f"CONCAT_WS('; ', {', '.join(told)})"


def cell_text(sql: str) -> str:
    """SQL of a cell as CSV would hold it."""
    quoted = f"'\"' || replace({sql}, '\"', '\"\"') || '\"'"
    return f"coalesce(CASE WHEN regexp_matches({sql}, '[,\"\\r\\n]') THEN {quoted} ELSE {sql} END, '')"


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
