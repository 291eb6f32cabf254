"""What a reader hands on, as plain data, and the writer with which each makes it."""

import re
import unicodedata
from typing import Literal

import msgspec

Kind = Literal["text", "markdown", "html", "pdf", "word"]
Part = Literal["heading", "paragraph", "item", "row", "quote", "caption", "picture", "note"]
MOST_CHARACTERS = 5_000_000
"""A longer text is refused: it is a library, not an article."""
LIGATURES = {chr(0xFB00 + i): told for i, told in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What no reader sees on a page: soft hyphens, blanks without width, marks that turn the direction of writing."""


class Stretch(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of the text: [start, end), what it is, the level of a heading, the page it stands on (from 1; 0 where a file has no pages)."""

    start: int
    end: int
    part: Part
    level: int = 0
    page: int = 0


class Link(msgspec.Struct, frozen=True):
    """Words [start, end) that lead to an address. In a PDF the whole page stands for the words, since it does not say which they are."""

    start: int
    end: int
    target: str


class Meta(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a file tells of itself; "" and () where it is silent."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    changed: str = ""
    publisher: str = ""
    address: str = ""


class Document(msgspec.Struct, frozen=True):
    """A file as it was read. Every place in an answer counts characters of `text`. `left_out`: what was not read, in words."""

    kind: Kind
    text: str
    stretches: tuple[Stretch, ...] = ()
    links: tuple[Link, ...] = ()
    meta: Meta = Meta()
    left_out: tuple[str, ...] = ()
    pages: int = 0


class TooLongError(Exception):
    """The text grew past MOST_CHARACTERS."""


class Writer:
    """Collects a text stretch by stretch: blanks are folded, ligatures taken apart, stretches parted by an empty line."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.links: list[Link] = []
        self._done: list[str] = []
        self.size = 0
        self._row: list[str] = []
        self._length = 0
        self._gap = False
        self._open: list[tuple[int, str]] = []
        self._as: tuple[Part, int, int] = ("paragraph", 0, 0)

    def begin(self, part: Part, level: int = 0, page: int = 0) -> None:
        """Ends the stretch under way; what follows is a new one."""
        self.end()
        self._as = (part, level, page)

    def write(self, words: str) -> None:
        """Adds words to the stretch under way."""
        shown = seen(words)
        pieces = shown.split()
        if not pieces:
            self._gap = self._gap or bool(shown)
            return
        lead = " " if (self._gap or shown[0].isspace()) and self._length and self._row[-1][-1] not in "\n " else ""
        if lead and self._open and self._open[-1][0] == self._length:
            self._open[-1] = (self._length + 1, self._open[-1][1])
        self._add(lead + " ".join(pieces))
        self._gap = shown[-1].isspace()

    def aside(self, part: Part, words: str) -> None:
        """A stretch of its own; what was under way goes on behind it as the same sort."""
        before = self._as
        self.begin(part)
        self.write(words)
        self.end()
        self._as = before

    def is_inside_part(self) -> bool:
        """Whether what is written now belongs to an item, a quotation or the like, so that a paragraph in it is one of those."""
        return self._as[0] in ("item", "quote", "caption")

    def line(self) -> None:
        """A line break; two make a new stretch of the same sort."""
        if self._row and self._row[-1] == "\n":
            self.end()
        elif self._length:
            self._add("\n")
        self._gap = False

    def cell(self) -> None:
        """The end of a cell in a row."""
        if self._length and self._row[-1] != " | ":
            self._add(" | ")
        self._gap = False

    def open_link(self, target: str) -> None:
        """What is written until `close_link` leads to the target."""
        self._open.append((self._length, target))

    def close_link(self) -> None:
        """Ends the innermost link; one without words or outside the net is none."""
        if not self._open:
            return
        start, target = self._open.pop()
        if start < self._length and is_address(target):
            self.links.append(Link(self.size + start, self.size + self._length, target.strip()))

    def link(self, start: int, target: str) -> None:
        """A link of which only the surroundings are known: all that was written since `start`."""
        if start < self.size:
            self.links.append(Link(start, self.size - 2, target.strip()))

    def end(self) -> None:
        """Ends the stretch under way."""
        text = "".join(self._row).rstrip(" |\n")
        reopened = [target for _, target in self._open]
        while self._open:
            self.close_link()
        self._row, self._length, self._gap = [], 0, False
        self._open = [(0, target) for target in reopened]
        if not text:
            return
        part, level, page = self._as
        self.stretches.append(Stretch(self.size, self.size + len(text), part, level, page))
        self._done.append(text)
        self.size += len(text) + 2

    def document(self, kind: Kind, meta: Meta, left_out: tuple[str, ...] = (), pages: int = 0) -> Document:
        """All that was written."""
        self.end()
        text = "\n\n".join(self._done)
        links = [_trimmed(link, text) for link in self.links]
        return Document(kind, text, tuple(self.stretches), tuple(link for link in links if link.start < link.end), meta, left_out, pages)

    def _add(self, text: str) -> None:
        self._row.append(text)
        self._length += len(text)
        if self.size + self._length > MOST_CHARACTERS:
            raise TooLongError


def _trimmed(link: Link, text: str) -> Link:
    """The link without blanks at its ends, or beyond the text's end."""
    words = text[link.start : link.end]
    start = link.start + len(words) - len(words.lstrip(" |\n"))
    return Link(start, start + len(words.strip(" |\n")), link.target)


def seen(words: str) -> str:
    """The words as a reader sees them: without signs that nobody sees, ligatures as letters."""
    if words.isascii() and words.isprintable():
        return words
    shown = "".join(LIGATURES.get(c, c) for c in UNSEEN.sub("", words))
    return unicodedata.normalize("NFC", shown)


def is_address(target: str) -> bool:
    """Whether a link leads to a page of the net."""
    return target.strip().lower().startswith(("http://", "https://"))
