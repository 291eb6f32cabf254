"""A stream of CSV -> pieces of whole rows, so that a file of any size is read in the same memory."""

import csv
from collections.abc import Iterator

import msgspec

from gillies.errors import InputError
from gillies.registry.archive import Stream
from gillies.screen.csvfile import decoded

SIZE = 24 << 20
"""Bytes of a piece, more or less."""

LONGEST_HEADER = 1 << 20


class Chunk(msgspec.Struct, frozen=True):
    """Whole rows as they stand in the file. `line`: the number of the first (the header is 1); `lines`: how many there are; `read`: bytes read so far."""

    data: bytes | bytearray
    line: int
    lines: int
    read: int


def header(source: Stream, name: str) -> tuple[str, ...]:
    """Takes the header off a stream: its cells, without blanks at their ends. Raises InputError where there is none."""
    line = source.readline(LONGEST_HEADER)
    if not line.strip():
        raise InputError(f"{name} is empty: download it again.")
    if b"\0" in line or not line.endswith(b"\n"):
        raise InputError(f"{name} is no CSV (it begins with no line of text): give the file as it is published.")
    cells = next(csv.reader([decoded(line.removeprefix(b"\xef\xbb\xbf"))[0].rstrip("\r\n")]))
    return tuple(cell.strip() for cell in cells)


def chunks(source: Stream, name: str, size: int = SIZE) -> Iterator[Chunk]:
    """The rows below the header. A row that never ends (over `size` bytes) is no row of an official file: InputError."""
    rest, line, read = b"", 2, 0
    while True:
        data = bytearray(len(rest) + size)  # filled in place: copies of so many bytes cost as much as unpacking them
        data[: len(rest)] = rest
        with memoryview(data) as view:
            got = source.readinto(view[len(rest) :])
        del data[len(rest) + got :]
        if not got:
            break
        read += got
        end = _end(data)
        if not end and len(data) > 2 * size:
            raise InputError(f"{name} holds a row of more than {size:,} bytes: it is damaged, download it again.")
        rest = bytes(data[end:])
        del data[end:]
        if data:
            lines = data.count(b"\n")
            yield Chunk(data, line, lines, read)
            line += lines
    last = rest.rstrip(b"\r\n \x1a\0")
    if last:
        yield Chunk(last + b"\n", line, last.count(b"\n") + 1, read)


def _end(data: bytearray) -> int:
    """Where the last whole row ends. Between two quotes where all cells are quoted: a cell may hold a line break of its own."""
    for between in (b'"\n"', b'"\r\n"'):
        if data.startswith(b'"') and (at := data.rfind(between)) >= 0:
            return at + len(between) - 1
    return data.rfind(b"\n") + 1
