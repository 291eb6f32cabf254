"""PDF, by pypdf: lines put together to paragraphs, large letters as headings, words parted at the end of a line made whole, running heads left out."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from gillies.check.readers.document import Document, Meta, TooLongError, Writer, is_address, seen
from gillies.errors import InputError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 500
FEWEST_LETTERS_A_PAGE = 20
"""Fewer on the average: the pages are pictures."""
MOST_LINE_CHARACTERS = 20_000
HEADING_SIZE, HEADING_LINE = 1.15, 120
"""How much larger than most letters a heading is, and how long it is at the most."""
PARAGRAPH_GAP = 1.45
"""How many times the usual distance between two lines parts two paragraphs."""
SHORT = 0.7
"""What part of a full line is a short one, behind which something new may begin."""
REPEATED = 3
"""A line at the head or foot of so many pages is no part of the text."""
HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
KEPT = frozenset("non self post pre anti well long short board high low semi multi mid all off in on over under co ex half full one two three four".split())
"""First parts of words that keep their hyphen."""
BULLET = re.compile(r"^(?:[•‣▪●◦·*–-]|\d{1,2}[.)])\s+")
DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")


class Line(msgspec.Struct):
    """A line: its text, how large its letters are, how high it stands."""

    text: str
    size: float
    height: float


def read_pdf(raw: bytes, where: str) -> Document:
    """A PDF's text. Raises InputError for one that is encrypted, scanned, broken or too long."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each oddity of a file, which helps no reader
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{where} is a PDF locked with a password: unlock it, save it without one, and try again.")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise InputError(f"{where} has {count:,} pages; at most {MOST_PAGES} are read. Give it in parts.")
        pages = [_lines(page) for page in reader.pages]
        document = _document(reader, pages)
    except (InputError, TooLongError, MemoryError):
        raise
    except Exception:  # a broken file can fail anywhere in the parser, with any error
        raise InputError(f"{where} is a PDF that cannot be read, since it is broken: save it anew and try again.") from None
    if sum(c.isalpha() for c in document.text) < FEWEST_LETTERS_A_PAGE * count:
        raise InputError(f"{where} holds pictures of pages (a scan), no text: run text recognition (OCR) on it first.")
    return document


def _lines(page: "PageObject") -> list[Line]:
    """The lines of a page, in the order in which the file draws them."""
    lines = [Line("", 0.0, 0.0)]

    def collect(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        for i, piece in enumerate(text.split("\n")):
            if i:
                lines.append(Line("", 0.0, 0.0))
            line = lines[-1]
            if piece.strip() and len(line.text) < MOST_LINE_CHARACTERS:
                if not line.text.strip():
                    line.height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                line.size = max(line.size, round(abs(size * (tm[3] or tm[1] or 1) * (cm[3] or cm[1] or 1)), 1))
            line.text += piece

    page.extract_text(visitor_text=collect)
    shown = [Line(" ".join(seen(line.text).split()), line.size, line.height) for line in lines]
    return [line for line in shown if line.text]


def _document(reader: "PdfReader", pages: list[list[Line]]) -> Document:
    running = _running(pages)
    body = _usual([line.size for page in pages for line in page for _ in range(len(line.text))])
    step = _usual([round(a.height - b.height) for page in pages for a, b in pairwise(page) if a.height > b.height])
    joined = frozenset(word for page in pages for line in page for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text.lower()))
    writer = Writer()
    for number, page in enumerate(pages, 1):
        start = writer.size
        kept = [line for place, line in enumerate(page) if not (_is_edge(place, page) and _key(line) in running)]
        for block in _blocks(kept, body, step, _width(kept)):
            _write(block, number, body, joined, writer)
        writer.end()
        for target in _targets(reader.pages[number - 1]):
            writer.link(start, target)
    left_out = ("running heads and page numbers",) if running else ()
    return writer.document("pdf", _meta(reader), left_out, len(pages))


def _usual(values: list[Any]) -> float:
    return float(Counter(values).most_common(1)[0][0]) if values else 0.0


def _width(lines: list[Line]) -> int:
    """How many characters a full line of a page has, about."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 4 // 5] if lengths else 0


def _is_edge(place: int, page: list[Line]) -> bool:
    return place < 2 or place >= len(page) - 2


def _key(line: Line) -> str:
    """A line without its numbers: "Page 3 of 9" is "Page # of #"."""
    return re.sub(r"\d+", "#", line.text)


def _running(pages: list[list[Line]]) -> frozenset[str]:
    """Lines that stand at the head or foot of page after page."""
    counts = Counter(key for page in pages for key in {_key(line) for place, line in enumerate(page) if _is_edge(place, page)})
    return frozenset(key for key, count in counts.items() if count >= REPEATED and count > len(pages) / 2)


def _blocks(lines: list[Line], body: float, step: float, width: int) -> Iterator[list[Line]]:
    """Lines that belong together."""
    block: list[Line] = []
    for line in lines:
        if block and _parts(block[-1], line, body, step, width):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _parts(above: Line, line: Line, body: float, step: float, width: int) -> bool:
    """Whether a line begins something new."""
    gap = above.height - line.height
    if BULLET.match(line.text) or _is_heading(above, body) != _is_heading(line, body):
        return True
    if _is_heading(line, body):
        return above.size != line.size
    if step and gap > PARAGRAPH_GAP * step:
        return True
    if len(above.text) < SHORT * width and not line.text[0].islower():
        return True  # the end of a paragraph, an item or a row of a table
    return gap < 0 and above.text[-1] in ".!?:"  # a new column or box


def _is_heading(line: Line, body: float) -> bool:
    return line.size >= HEADING_SIZE * body and len(line.text) <= HEADING_LINE


def _write(block: list[Line], page: int, body: float, joined: frozenset[str], writer: Writer) -> None:
    """Writes one block, as one stretch."""
    heading = _is_heading(block[0], body)
    bullet = BULLET.match(block[0].text)
    text = block[0].text[bullet.end() if bullet and not bullet[0][0].isdigit() else 0 :]
    for line in block[1:]:
        text = mended(text, line.text, joined)
    heading = heading and len(text) <= 2 * HEADING_LINE
    level = (1 if block[0].size >= 1.6 * body else 2) if heading else 0
    writer.begin("heading" if heading else "item" if bullet else "paragraph", level, page)
    writer.write(text)


def mended(above: str, below: str, joined: frozenset[str]) -> str:
    """Two lines as one; a word parted at the end of the first is made whole. `joined`: words that have their hyphen within a line elsewhere."""
    parted = HYPHEN.search(above)
    if not parted or not below[:1].islower():
        return f"{above} {below}"
    rest = re.match(r"[^\W\d_]+", below)
    whole = f"{parted[1]}-{rest[0] if rest else ''}".lower()
    return above + below if whole in joined or parted[1].lower() in KEPT else above[:-1] + below


def _targets(page: "PageObject") -> Iterator[str]:
    """Addresses that the links of a page lead to."""
    for noted in (page.annotations or [])[:1000]:
        action = noted.get_object().get("/A")
        target = action.get_object().get("/URI") if action is not None else None
        if isinstance(target, str) and is_address(target):
            yield target


def _meta(reader: "PdfReader") -> Meta:
    told: Any = reader.metadata or {}

    def word(key: str) -> str:
        value = told.get(key)
        return " ".join(seen(str(value)).split())[:300] if value is not None else ""

    return Meta(word("/Title"), tuple(filter(None, (word("/Author"),))), _day(word("/CreationDate")), _day(word("/ModDate")))


def _day(told: str) -> str:
    """`D:20240312…` as 2024-03-12."""
    match = DATE.match(told)
    return "-".join(filter(None, match.groups())) if match else ""
