"""Markdown: made into HTML by markdown-it-py (CommonMark, with tables), then read as such."""

import re

from msgspec.structs import replace

from gillies.check.readers.document import Document, Meta
from gillies.check.readers.html import read_html

FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,8000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
FIELD = re.compile(r"^(title|authors?|date|published|updated|modified|lastmod|publisher)[ \t]*:[ \t]*(\S.*)$", re.M | re.I)
NAMES = {
    "title": "title", "author": "authors", "authors": "authors", "date": "published", "published": "published", "updated": "changed", "modified": "changed",
    "lastmod": "changed", "publisher": "publisher",
}  # fmt: skip


def read_markdown(text: str) -> Document:
    """A Markdown text, its front matter read as what the file tells of itself."""
    from markdown_it import MarkdownIt

    front = FRONT.match(text)
    body = text[front.end() :] if front else text
    page = read_html(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))
    return replace(page, kind="markdown", meta=_told(front[1] if front else "", page.meta))


def _told(front: str, meta: Meta) -> Meta:
    told = {NAMES[name.lower()]: value.strip().strip("\"'[]") for name, value in FIELD.findall(front)}
    authors = tuple(name.strip(" \"'") for name in told.pop("authors", "").split(",") if name.strip())
    return replace(meta, authors=authors or meta.authors, **told)
