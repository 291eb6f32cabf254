"""The rows of a workbook's first sheet (.xlsx), which is how the report of deactivated NPIs comes. Only what that needs: texts and numbers."""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pyarrow as pa

from gillies.errors import InputError
from gillies.registry.archive import Stream
from gillies.registry.kinds import Kind
from gillies.registry.rows import numbered
from gillies.screen.layouts import lacking

LARGEST = 500 * 1024**2
"""No report comes near this many bytes, packed or not."""

FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a workbook that writes days as numbers."""

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows(source: Stream, name: str) -> Iterator[list[str]]:
    """Each row's cells as texts, "" where there is none. Raises InputError where this is no workbook, or one made to flood its reader."""
    raw = source.read(LARGEST + 1)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as book:
            sizes = {info.filename: info.file_size for info in book.infolist()}
            if len(raw) > LARGEST or max(sizes.values(), default=0) > LARGEST:
                raise InputError(f"{name} is larger than any report of deactivated NPIs: download it again.")
            shared = _shared(book.read("xl/sharedStrings.xml"), name) if "xl/sharedStrings.xml" in sizes else []
            sheet = min((part for part in sizes if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part)), default="")
            if not sheet:
                raise InputError(f"{name} is a workbook without a sheet: download it again.")
            yield from _rows(book.read(sheet), shared, name)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, IndexError, ValueError) as fault:
        raise InputError(f"{name} is no workbook that can be read ({fault}): download it again, or save it as CSV.") from fault


def _events(xml: bytes, name: str) -> Iterator[ElementTree.Element]:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise InputError(f"{name} defines entities of its own, which no report does: download it again.")
    for _, element in ElementTree.iterparse(BytesIO(xml)):  # noqa: S314  # no entities: see above
        yield element


def _shared(xml: bytes, name: str) -> list[str]:
    texts = []
    for element in _events(xml, name):
        if element.tag == f"{SPACE}si":
            texts.append("".join(part.text or "" for part in element.iter(f"{SPACE}t")))
            element.clear()
    return texts


def _rows(xml: bytes, shared: list[str], name: str) -> Iterator[list[str]]:
    for element in _events(xml, name):
        if element.tag == f"{SPACE}row":
            cells: list[str] = []
            for cell in element.iter(f"{SPACE}c"):
                place = _column(cell.get("r", ""), len(cells))
                cells += [""] * (place - len(cells)) + [_text(cell, shared)]
            yield cells
            element.clear()


def _column(reference: str, following: int) -> int:
    """`C7` -> 2; without a reference the next column."""
    place = 0
    for letter in re.sub(r"[^A-Z]", "", reference):
        place = place * 26 + ord(letter) - 64
    if place > 1000:
        raise ValueError(f"a cell in column {place}")
    return max(place - 1, following) if place else following


def _text(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{SPACE}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)]
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{SPACE}t"))
    return value


def day(text: str) -> str:
    """A day that is written as a number of days -> MM/DD/YYYY; any other text as it is."""
    if re.fullmatch(r"\d{4,6}(\.0*)?", text.strip()):
        return (FIRST_DAY + timedelta(days=int(float(text)))).strftime("%m/%d/%Y")
    return text


def header(source: Stream, name: str, kind: Kind) -> tuple[str, ...]:
    """The first row that names what is needed: there are titles above it. Raises InputError where none does."""
    for row in rows(source, name):
        cells = tuple(cell.strip() for cell in row)
        if not lacking([kind.columns[ours] for ours in kind.needed], cells):
            return cells
    raise InputError(
        f"{name} is no file of {kind.title}: no row of it names the columns {', '.join(kind.columns[ours].split('|')[0] for ours in kind.needed)}."
    )


def table(source: Stream, name: str, titles: tuple[str, ...], wanted: dict[str, int], days: Collection[str]) -> pa.Table:
    """The rows below the header, as a table of texts with each row's number. `days`: columns that may hold days written as numbers."""
    columns: dict[str, list[str | None]] = {ours: [] for ours in wanted}
    numbers: list[int] = []
    below = False
    for number, row in enumerate(rows(source, name), 1):
        if not below:
            below = tuple(cell.strip() for cell in row) == titles
            continue
        if any(cell.strip() for cell in row):
            numbers.append(number)
            for ours, place in wanted.items():
                cell = row[place] if place < len(row) else ""
                columns[ours].append((day(cell) if ours in days else cell) or None)
    return numbered(pa.table({ours: pa.array(cells, pa.string()) for ours, cells in columns.items()}), numbers)
