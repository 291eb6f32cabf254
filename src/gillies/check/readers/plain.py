"""Plain text: its encoding, its paragraphs, the addresses in it. The text stays as it is."""

import codecs
import re
from collections import Counter

from gillies.check.readers.document import Document, Link, Stretch
from gillies.errors import InputError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text in an eight-bit encoding has."""
BLOCK = re.compile(r"\S(?:.*?)(?=\n[ \t\r]*\n|\Z)", re.S)
ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]{}]{3,2000}")
LONGEST_HEADING = 90


def read_plain(text: str) -> Document:
    """A text with its paragraphs; a short line by itself, without a stop, with more to follow, that stands once, is a heading."""
    found = [(match.start(), match.start() + len(match[0].rstrip())) for match in BLOCK.finditer(text)]
    often = Counter(text[start:end] for start, end in found if end - start <= LONGEST_HEADING)
    stretches = tuple(
        Stretch(start, end, "heading" if often[text[start:end]] == 1 and _is_heading(text[start:end], end, text) else "paragraph") for start, end in found
    )
    links = tuple(Link(match.start(), match.start() + len(at), at) for match in ADDRESS.finditer(text) if (at := match[0].rstrip(".,;:!?")))
    return Document("text", text, stretches, links)


def _is_heading(block: str, end: int, text: str) -> bool:
    if "\n" in block or len(block) > LONGEST_HEADING or not text[end : end + 2000].strip():
        return False
    return (block[0].isupper() or block[0].isdigit() or block[0] == "#") and block[-1] not in '.!:;,…”"' and any(c.isalpha() for c in block)


def decoded(raw: bytes, where: str, declared: str = "") -> str:
    """Bytes as text: by their own mark, else as declared, else UTF-8, else Windows-1252 (which Western programs wrote before). Raises InputError."""
    for mark, name in BOMS:
        if raw.startswith(mark):
            return _by(raw, name, where)
    if CONTROL.search(raw):
        raise InputError(f"{where} looks like a binary file, not text: give the words themselves.")
    for name in (declared, "utf-8"):
        if name:
            try:
                return raw.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return _by(raw, "cp1252", where)


def _by(raw: bytes, name: str, where: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        raise InputError(f"{where} is not text in UTF-8, UTF-16 or Windows-1252: save it as plain text in UTF-8 and try again.") from None
