"""Files of rows, in CSV or Parquet -> one relation in DuckDB, with every row that is none set aside: what `screen` and `audit` read alike."""

import glob
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from gillies.errors import InputError
from gillies.screen import csvfile, layouts
from gillies.screen.csvfile import ASIDE, GAPS, CsvFile
from gillies.screen.engine import Progress, ask, literal_paths, name, reported, text

ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet", ".pq")


class Found(msgspec.Struct, frozen=True):
    """A file that was given, with its own columns (of CSV: from its header)."""

    path: Path
    columns: tuple[str, ...]
    csv: CsvFile | None


def find_files(paths: list[str], what: str) -> list[Path]:
    """The files that paths mean: files as they are, folders with all of our kinds in them, patterns; in a stable order, each once. `what`: of what."""
    if not paths:
        raise InputError(f"No file of {what} was given: name a CSV or Parquet file, a folder of them or a pattern such as '{what}/*.parquet'.")
    found: list[Path] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if each.is_file() and each.name.lower().endswith(ENDINGS) and not _hidden(each, path)]
            if not inside:
                raise InputError(f"{given} holds no {what}: a folder needs files that end in {', '.join(ENDINGS)}.")
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


def look_into(con: duckdb.DuckDBPyConnection, paths: list[Path]) -> list[Found]:
    """Each file with its columns. Raises InputError where one cannot be read."""
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


def kinds(files: Sequence[Found]) -> int:
    """How many of CSV and Parquet there are."""
    return len({file.csv is None for file in files})


def read_mapping(path: Path, example: str) -> Any:
    """A mapping file's content. `example`: what one looks like."""
    import yaml

    try:
        # the base loader makes texts of everything: a column may be called No or 2024
        return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # it builds plain texts, lists and mappings only
    except FileNotFoundError as fault:
        raise InputError(f"The mapping file {path} is not there: write one such as\n\n{example}") from fault
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise InputError(f"{path} is not readable YAML ({str(fault).splitlines()[0]}): a mapping looks like\n\n{example}") from fault


def as_parquet(con: duckdb.DuckDBPyConnection, files: list[Found], work: Path, notes: list[str], progress: Progress | None = None) -> tuple[list[Path], int]:
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

    def __init__(self, con: duckdb.DuckDBPyConnection, tables: list[Path], files: list[Found]) -> None:
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

    def surely_filled(self, column: str | tuple[str, ...]) -> bool:
        """Whether the files' own statistics show that a column has no empty cell, so that nobody needs to look."""
        return isinstance(column, str) and layouts.found(column, list(self.types)) in self.filled


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


def set_aside(con: duckdb.DuckDBPyConnection, source: Source, checks: Sequence[tuple[str, str]]) -> int:
    """Puts bad rows aside, of which one of the checks (SQL that is true of them, why they are bad) holds; how many there are. Reads only what is checked."""
    if not checks:
        return 0
    any_bad = " OR ".join(f"({sql})" for sql, _ in checks)
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
    """SQL of why a row is set aside: each reason once, though several columns may tell it."""
    why: dict[str, list[str]] = {}
    for sql, reason in checks:
        why.setdefault(reason, []).append(f"({sql})")
    told = (f"CASE WHEN {' OR '.join(tests)} THEN {text(reason)} END" for reason, tests in why.items())
    return f"CONCAT_WS('; ', {', '.join(told)})"


def cell_text(sql: str) -> str:
    """SQL of a cell as CSV would hold it."""
    quoted = f"'\"' || replace({sql}, '\"', '\"\"') || '\"'"
    return f"coalesce(CASE WHEN regexp_matches({sql}, '[,\"\\r\\n]') THEN {quoted} ELSE {sql} END, '')"
