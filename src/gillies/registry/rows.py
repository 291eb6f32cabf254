"""A piece of CSV -> a table of the columns that are wanted, and the rows that are none, each with its reason."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gillies.registry.chunks import Chunk
from gillies.screen.csvfile import CsvFile, decoded, records

MASKS = ("", "<UNAVAIL>", "$$$$$$$$$", "********", "*********", "_________", "=========")
"""Cells that say nothing: empty ones, and what NPPES writes over a number that should not be seen (social security, tax)."""

WINDOW = 1 << 15
"""Bytes that are looked at together when lines that are not UTF-8 are looked for."""

ROW = "row"
"""The column that holds the number of a row in its file."""


class BadRow(msgspec.Struct, frozen=True):
    """A row that was set aside: its number, why, and its text."""

    row: int
    reason: str
    text: str


class Rows(msgspec.Struct, frozen=True):
    """Rows that can be read (`table`: text columns and the row's number), and the others. `foreign`: lines that were not UTF-8, `lost`: characters that
    neither UTF-8 nor Windows-1252 knows."""

    table: pa.Table
    bad: tuple[BadRow, ...] = ()
    foreign: int = 0
    lost: int = 0


def parse(chunk: Chunk, header: Sequence[str], wanted: dict[str, int]) -> Rows:
    """Reads a piece. `wanted`: our name of a column -> its place in the header.

    The fast way is Arrow's reader; it is believed only when each line gave one row. Else every line is looked at by itself.
    """
    data, foreign, lost = as_utf8(chunk.data)
    chunk = Chunk(data, chunk.line, chunk.lines, chunk.read)
    if (table := _fast(chunk, len(header), wanted)) is not None:
        return Rows(table, (), foreign, lost)
    return _careful(chunk, header, wanted, foreign, lost)


def as_utf8(data: bytes | bytearray) -> tuple[bytes | bytearray, int, int]:
    """The same lines in UTF-8; how many were not (those are read as Windows-1252), and how many characters are lost."""
    if data.isascii():
        return data, 0, 0
    parts: list[bytes | bytearray] = []
    at = foreign = lost = 0
    while at < len(data):
        end = data.find(b"\n", at + WINDOW) + 1 or len(data)
        window = data[at:end]
        try:
            window.decode()
        except UnicodeDecodeError as odd:
            start, stop = window.rfind(b"\n", 0, odd.start) + 1, window.find(b"\n", odd.start)
            stop = len(window) if stop < 0 else stop
            text, _, unreadable = decoded(bytes(window[start:stop]))
            parts += [window[:start], text.encode()]
            at, foreign, lost = at + stop, foreign + 1, lost + unreadable
        else:
            parts.append(window)
            at = end
    return (b"".join(parts) if foreign else data), foreign, lost


def _fast(chunk: Chunk, width: int, wanted: dict[str, int]) -> pa.Table | None:
    names = [str(place) for place in range(width)]
    columns = [names[place] for place in wanted.values()]
    convert = arrow_csv.ConvertOptions(
        include_columns=columns,
        column_types=dict.fromkeys(columns, pa.string()),
        check_utf8=False,  # seen to
        null_values=list(MASKS),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(chunk.data),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=1 << 20),
            convert_options=convert,
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != chunk.lines:
        return None
    return numbered(table.rename_columns(list(wanted)), range(chunk.line, chunk.line + chunk.lines))


def numbered(table: pa.Table, numbers: Sequence[int]) -> pa.Table:
    """The table with each row's number in its file."""
    return table.append_column(ROW, pa.array(numbers, pa.int64()))


def _careful(chunk: Chunk, header: Sequence[str], wanted: dict[str, int], foreign: int, lost: int) -> Rows:
    """Row by row, by the reader of claims, which loses nothing and says of each row that is none why."""
    columns: dict[str, list[str | None]] = {name: [] for name in wanted}
    numbers: list[int] = []
    bad: list[BadRow] = []
    with tempfile.TemporaryDirectory(prefix="gillies-registry-") as folder:
        path = Path(folder) / "rows.csv"
        names = tuple(str(place) for place in range(len(header)))
        path.write_bytes(",".join(names).encode() + b"\n" + chunk.data)
        for number, cells, reason, text, _, _ in records(CsvFile(path, names, ",", False)):
            row = chunk.line + number - 2
            if cells is None:
                bad += [BadRow(row, reason, text)] if reason else []
                continue
            numbers.append(row)
            for name, place in wanted.items():
                columns[name].append(None if cells[place] in MASKS else cells[place])
    return Rows(numbered(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), numbers), tuple(bad), foreign, lost)


def texts_of(chunk: Chunk, rows: Sequence[int]) -> dict[int, str]:
    """The text of some lines of a piece, by their number, for those that turn out to be bad after they were read."""
    lines = chunk.data.split(b"\n") if rows else []
    return {row: decoded(bytes(lines[row - chunk.line].rstrip(b"\r")))[0] for row in rows if 0 <= row - chunk.line < len(lines)}
