"""One CSV file -> Parquet of text columns, and every row that is no row, with its number and reason.

The fast way is DuckDB's own reader. It is believed only when every line of the file is accounted for; else the careful way
reads the file record by record: slow, but nothing can slip through.
"""

import codecs
import csv
import gzip
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import duckdb
import msgspec

from gillies.errors import InputError
from gillies.screen.engine import ask, name, text

LONGEST = 2_000_000
"""A row with more characters than this is set aside, by either way."""

MOST_LINES = 1000
"""A quoted cell may run over this many lines; past that the quote was never meant to be open."""

ASIDE = "claims_aside"
GAPS = "claims_gaps"
"""Rows of a file that are not in its Parquet: with it, the place of a row in Parquet gives its number in the file."""


class CsvFile(msgspec.Struct, frozen=True):
    """A CSV file with its header read: columns made unique, and what parts its cells."""

    path: Path
    columns: tuple[str, ...]
    delimiter: str
    gzipped: bool


class Kept(msgspec.Struct, frozen=True):
    """What came of a file."""

    rows: int
    aside: int
    notes: tuple[str, ...] = ()


def opened(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked if gzipped."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]  # a GzipFile reads as any binary file


def read_header(path: Path) -> CsvFile:
    """The header of a CSV file. An empty file, or one that is no text, is refused."""
    try:
        with opened(path) as file:
            start = file.read(1_000_000)
    except (OSError, EOFError) as fault:
        raise InputError(f"{path} cannot be read: {fault}.") from fault
    if not start.strip(b"\r\n\t \xef\xbb\xbf"):
        raise InputError(f"{path} is empty: give a file with a header row and more rows below it.")
    if b"\0" in start[:4096]:
        raise InputError(f"{path} is no CSV in UTF-8 or Windows-1252 (it may be UTF-16, a spreadsheet or an archive): save or unpack it as CSV in UTF-8.")
    line = decoded(start.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"))[0]
    first = line.splitlines()[0]
    delimiter = max(",\t;|", key=first.count)
    cells = next(csv.reader(line.splitlines(keepends=True), delimiter=delimiter))
    with path.open("rb") as file:
        return CsvFile(path, _unique(cells), delimiter, file.read(2) == b"\x1f\x8b")


def _unique(cells: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        wanted = cell.strip() or f"column{number}"
        tries = itertools.chain([wanted], (f"{wanted}_{again}" for again in itertools.count(2)))
        names.append(next(each for each in tries if each.casefold() not in {known.casefold() for known in names}))
    return tuple(names)


def decoded(line: bytes) -> tuple[str, bool, int]:
    """A line as text: UTF-8, else Windows-1252; whether it was the latter, and how many bytes are neither."""
    try:
        return line.decode("utf-8"), False, 0
    except UnicodeDecodeError:
        as_text = line.decode("cp1252", errors="replace")
        return as_text, True, as_text.count("\ufffd")


def to_parquet(con: duckdb.DuckDBPyConnection, file: CsvFile, target: Path) -> Kept:
    """Writes the file's good rows to `target`; the others go to the table of rows set aside."""
    kept = _fast(con, file, target)
    return kept if kept is not None else _careful(con, file, target)


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables that reading fills."""
    ask(con, f'CREATE OR REPLACE TABLE {ASIDE} (file VARCHAR, "row" BIGINT, reason VARCHAR, "text" VARCHAR)')
    ask(con, f"CREATE OR REPLACE TABLE {GAPS} (file VARCHAR, line BIGINT)")


def _source(path: Path, file: CsvFile, delimiter: str, rejects: bool) -> str:
    columns = ", ".join(f"{text(column)}: 'VARCHAR'" for column in file.columns)
    kept = f"store_rejects = true, rejects_limit = 0, rejects_line_size_limit = {LONGEST}, rejects_table = 'g_bad', rejects_scan = 'g_scan'"
    options = f", {kept}" if rejects else ""
    packed = "gzip" if file.gzipped and rejects else "none"
    return (
        f"read_csv({text(str(path))}, header = true, auto_detect = false, delim = {text(delimiter)}, quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}, strict_mode = true, null_padding = false, max_line_size = {LONGEST}, compression = '{packed}'{options})"
    )


def _copy(con: duckdb.DuckDBPyConnection, source: str, target: Path) -> int:
    ask(con, f"COPY (SELECT * FROM {source}) TO {text(str(target))} (FORMAT parquet, COMPRESSION snappy)")
    return int(ask(con, f"SELECT count(*) FROM {text(str(target))}")[0][0])


def _fast(con: duckdb.DuckDBPyConnection, file: CsvFile, target: Path) -> Kept | None:
    """DuckDB's reader; None where it cannot be believed: bad quotes or encoding, or lines that are neither kept nor set aside."""
    for table in ("g_bad", "g_scan"):
        ask(con, f"DROP TABLE IF EXISTS {table}")
    try:
        rows = _copy(con, _source(file.path, file, file.delimiter, True), target)
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None
    kinds = {str(kind) for (kind,) in ask(con, "SELECT DISTINCT error_type FROM g_bad")}
    if kinds - {"MISSING COLUMNS", "TOO MANY COLUMNS"}:
        return None
    aside = int(ask(con, "SELECT count(DISTINCT line) FROM g_bad")[0][0])
    lines = physical_lines(file.path) - sum(column.count("\n") for column in file.columns)
    if lines != 1 + rows + aside and lines != 1 + rows + aside + _breaks_in_cells(con, file, target):
        return None
    ask(con, f"INSERT INTO {GAPS} SELECT DISTINCT {text(str(file.path))}, line FROM g_bad")
    cells = "CAST(regexp_extract(error_message, 'Found: ([0-9]+)', 1) AS INT)"  # a row with too few gets an error for each that is missing
    holds = f"CASE WHEN bool_or(error_type = 'TOO MANY COLUMNS') THEN max({cells}) ELSE min({cells}) END"
    reason = f"'it holds ' || {holds} || ' cells, the header has {len(file.columns)}'"
    ask(con, f"INSERT INTO {ASIDE} SELECT {text(str(file.path))}, line, {reason}, rtrim(any_value(csv_line), chr(13)) FROM g_bad GROUP BY line ORDER BY line")
    return Kept(rows, aside)


def _breaks_in_cells(con: duckdb.DuckDBPyConnection, file: CsvFile, target: Path) -> int:
    breaks = " + ".join(f"coalesce(length({name(column)}) - length(replace({name(column)}, chr(10), '')), 0)" for column in file.columns)
    inside = ask(con, f"SELECT coalesce(sum({breaks}), 0) FROM {text(str(target))}")[0][0]
    bad = ask(con, "SELECT coalesce(sum(length(l) - length(replace(l, chr(10), ''))), 0) FROM (SELECT any_value(csv_line) AS l FROM g_bad GROUP BY line)")[0][0]
    return int(inside) + int(bad)


def physical_lines(path: Path) -> int:
    """How many lines a file has, line ends at its end aside."""
    breaks, trailing = 0, 0
    with opened(path) as file:
        while block := file.read(1 << 23):
            full = block.rstrip(b"\r\n")
            tail = block.count(b"\n", len(full))
            breaks += block.count(b"\n")
            trailing = tail if full else trailing + tail
    return breaks - trailing + 1


def _careful(con: duckdb.DuckDBPyConnection, file: CsvFile, target: Path) -> Kept:
    """Record by record: a good one goes to a clean copy, which DuckDB reads, any other is set aside with its text."""
    clean, bad = target.with_suffix(".clean"), target.with_suffix(".bad")
    rows = aside = foreign = lost = 0
    with clean.open("w", encoding="utf-8", newline="") as good_file, bad.open("w", encoding="utf-8", newline="") as bad_file:
        good, other = csv.writer(good_file, quoting=csv.QUOTE_ALL, lineterminator="\n"), csv.writer(bad_file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        good.writerow(file.columns)
        for number, cells, reason, raw, odd, unreadable in records(file):
            foreign, lost = foreign + odd, lost + unreadable
            if cells is not None:
                rows += 1
                good.writerow(cells)
            else:
                aside += bool(reason)
                other.writerow((number, reason, raw))
    columns = "columns = {'n': 'BIGINT', 'reason': 'VARCHAR', 'l': 'VARCHAR'}, max_line_size = 100000000, parallel = false"
    other_rows = f"read_csv({text(str(bad))}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', {columns})"
    ask(con, f"CREATE OR REPLACE TEMP TABLE g_other AS SELECT * FROM {other_rows}")
    ask(con, f"INSERT INTO {GAPS} SELECT {text(str(file.path))}, n FROM g_other")
    ask(con, f"INSERT INTO {ASIDE} SELECT {text(str(file.path))}, n, reason, l FROM g_other WHERE reason IS NOT NULL ORDER BY n")
    read = _copy(con, _source(clean, file, ",", False), target)
    clean.unlink()
    bad.unlink()
    if read != rows:
        raise RuntimeError(f"{file.path}: {rows} rows were good, {read} were read")
    notes = [f"{file.path.name}: {foreign} lines were not UTF-8 and were read as Windows-1252."] if foreign else []
    notes += [f"{file.path.name}: {lost} characters could not be read and are shown as \ufffd."] if lost else []
    return Kept(rows, aside, tuple(notes))


Record = tuple[int, list[str] | None, str, str, int, int]
"""Number (the header is 1), its cells or None, else the reason (none for a blank line), its text, lines in Windows-1252, unreadable characters."""


def records(file: CsvFile) -> Iterator[Record]:
    """Every record below the header. A quote that is opened and never closed costs its own line only, not the rest of the file."""
    ahead: list[tuple[str, int, int]] = []
    source = _lines(file.path)
    number = 0
    while ahead or (more := next(source, None)) is not None:
        if not ahead:
            ahead.append(more)  # type: ignore[arg-type]  # not None here
        line, odd, lost = ahead[0]
        if number and '"' not in line and line.count(file.delimiter) == len(file.columns) - 1 and 2 < len(line) < LONGEST // 2:
            number += 1  # nearly every line: nothing to think about
            ahead.pop(0)
            yield number, line.rstrip("\r\n").split(file.delimiter), "", "", odd, lost
            continue
        taken, cells, reason = _record(ahead, source, file)
        used, ahead = ahead[:taken], ahead[taken:]
        raw = "".join(line for line, _, _ in used).rstrip("\r\n")
        number += 1
        if number > 1:
            yield number, cells, reason, raw, sum(used_odd for _, used_odd, _ in used), sum(used_lost for _, _, used_lost in used)


def _record(ahead: list[tuple[str, int, int]], source: Iterator[tuple[str, int, int]], file: CsvFile) -> tuple[int, list[str] | None, str]:
    """How many of the lines ahead make one record, its cells, or why it is none. Fetches more lines while a quote is open."""
    if not ahead[0][0].strip("\r\n"):
        return 1, None, ""
    quotes, taken = ahead[0][0].count('"'), 1
    while quotes % 2 and taken < MOST_LINES:
        if taken == len(ahead):
            if (more := next(source, None)) is None:
                break
            ahead.append(more)
        quotes += ahead[taken][0].count('"')
        taken += 1
    whole = "".join(line for line, _, _ in ahead[:taken])
    if quotes % 2:
        return 1, None, "a quote is opened and never closed"
    if len(whole) > LONGEST - 10_000:
        return taken, None, f"it is longer than {LONGEST - 10_000} characters"
    try:
        cells = next(csv.reader([whole], delimiter=file.delimiter, strict=True))
    except csv.Error:
        return 1, None, "its quotes do not match"
    if len(cells) == len(file.columns) + 1 and not cells[-1]:
        cells.pop()  # a delimiter at the end of the line, as DuckDB takes it too
    if len(cells) != len(file.columns):
        return 1, None, "a quote is opened and never closed" if taken > 1 else f"it holds {len(cells)} cells, the header has {len(file.columns)}"
    return taken, cells, ""


def _lines(path: Path) -> Iterator[tuple[str, int, int]]:
    """Each line with its end, as text; \\n, \\r\\n and \\r all end one."""
    rest, start = b"", True
    with opened(path) as file:
        while True:
            block = file.read(1 << 20)
            if start:
                block, start = block.removeprefix(codecs.BOM_UTF8), False
            pieces = (rest + block).splitlines(keepends=True)
            if block and pieces:
                rest = pieces.pop()  # may go on in the next block
            for piece in pieces:
                line, odd, lost = decoded(piece)
                yield line, int(odd), lost
            if not block:
                return


csv.field_size_limit(10 * LONGEST)
