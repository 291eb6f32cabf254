"""A file's bytes -> its reader, by what is in it and not by its name alone. Nothing is fetched."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from gillies.check.readers.document import MOST_CHARACTERS, Document, TooLongError
from gillies.check.readers.plain import decoded, read_plain
from gillies.errors import InputError

MOST_BYTES = 50_000_000
MOST_PAGE_BYTES = 20_000_000
"""A page of HTML takes many times its size in memory."""
USUAL = "gillies check article.md (or - for standard input, or --jsonl FILE for many)."
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
PAGES = (".html", ".htm", ".xhtml")
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,5000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body|main|article|div|section|h[1-6]|p)\b", re.I | re.S
)
SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,3}")
UNCLOSED = frozenset(
    """area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup colgroup html head body rp rt
    path circle rect line polygon use stop""".split()
)
"""Tags that need no end, or often have none."""
MOST_NESTED = 1_000
"""Tags open at once. Browsers' own rules for mending pages take ever longer the deeper a page is nested."""
CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
WIDE = ("utf-16", "utf-32", "utf16", "utf32")
"""What says so in letters of one byte cannot be so; browsers take it for UTF-8."""
LATIN = frozenset(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1"))
"""Browsers read these as Windows-1252."""
MAIL = re.compile(rb"\A(?:From: <Saved by|MIME-Version:|Snapshot-Content-Location:|.{0,2000}?\nContent-Type: multipart/related)", re.S | re.I)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "is a file of an old Office program (.doc): save it as .docx and try again"),
    (b"{\\rtf", "is a Rich Text file (.rtf): save it as .docx or as plain text and try again"),
    (b"\x89PNG", "is a picture, which holds no text: give the words themselves"),
    (b"\xff\xd8\xff", "is a picture, which holds no text: give the words themselves"),
    (b"GIF8", "is a picture, which holds no text: give the words themselves"),
    (b"RIFF", "is a picture or a sound, which holds no text: give the words themselves"),
    (b"\x1f\x8b", "is a packed file (.gz): unpack it first"),
)


def open_document(file: str) -> Document:
    """The document in a file, or on standard input for `-`. Raises InputError."""
    if not file and sys.stdin.isatty():
        raise InputError(f"there is nothing to check. Try: {USUAL}")
    if file in ("", "-"):
        return read_bytes(sys.stdin.buffer.read(MOST_BYTES + 1), "", "standard input")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|www\.", file) and not Path(file).exists():
        raise InputError(f"{file} is an address, and nothing is fetched from the net: save the page and give the file.")
    path = Path(file)
    try:
        if path.is_dir():
            raise InputError(f"{file} is a folder: name one file, or give many texts with --jsonl.")
        with path.open("rb") as opened:
            return read_bytes(opened.read(MOST_BYTES + 1), path.suffix.lower(), file)
    except FileNotFoundError:
        raise InputError(f"there is no file {file}: check the name.") from None
    except PermissionError:
        raise InputError(f"{file} may not be read: check its permissions.") from None
    except OSError as fault:
        raise InputError(f"{file} cannot be read ({fault.strerror or fault}): check the name.") from None


def read_bytes(raw: bytes, ending: str, where: str) -> Document:
    """The document in a file's bytes; `ending`: of its name, with the dot; `where`: how it is called in messages. Raises InputError."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"{where} is larger than {MOST_BYTES // 1_000_000} MB: give the words alone, or in parts.")
    if not raw.strip():
        raise InputError(f"{where} is empty: give a file with words in it.")
    try:
        document = _reader(raw, ending, where)()
    except ModuleNotFoundError as lacking:
        raise InputError(f"reading {where} needs {lacking.name}, which is not installed: pip install 'gillies[check]'.") from None
    except TooLongError:
        raise InputError(f"{where} has more than {MOST_CHARACTERS:,} characters; no more are read. Give it in parts.") from None
    if not any(c.isalnum() for c in document.text):
        raise InputError(f"there is no text to check in {where}: give a file with words in it.")
    if len(document.text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(document.text):,} characters; at most {MOST_CHARACTERS:,} are read. Give it in parts.")
    return document


def _reader(raw: bytes, ending: str, where: str) -> Callable[[], Document]:
    """What reads these bytes."""
    if b"%PDF-" in raw[:1024]:
        return lambda: _pdf(raw, where)
    if raw.startswith(b"PK\x03\x04"):
        return lambda: _word(raw, ending, where)
    for start, says in FOREIGN:
        if raw.startswith(start):
            locked = start == b"\xd0\xcf\x11\xe0" and ENCRYPTED in raw
            raise InputError(f"{where} {'is locked with a password: save it without one and try again' if locked else says}.")
    if ending in (".pdf", ".docx"):
        raise InputError(f"{where} is no {'PDF' if ending == '.pdf' else 'Word file'}, whatever its name says: it is broken, or of another kind.")
    if ending in (".mhtml", ".mht") or (MAIL.match(raw[:4000]) and b"text/html" in raw):
        raise InputError(f"{where} is a web archive: save the page as “HTML only” (.html) and try again.")
    declared = CHARSET.search(raw[:4096])
    name = declared[1].decode().lower() if declared else ""
    text = decoded(raw, where, "cp1252" if name in LATIN else "" if name.startswith(WIDE) else name)
    if ending in PAGES or PAGE.match(text[:20_000]):
        return lambda: _page(text, where)
    return (lambda: _markdown(text)) if ending in MARKDOWN else (lambda: read_plain(text))


def _pdf(raw: bytes, where: str) -> Document:
    from gillies.check.readers.pdf import read_pdf

    return read_pdf(raw, where)


def _word(raw: bytes, ending: str, where: str) -> Document:
    if b"word/document" not in raw and ending != ".docx":
        raise InputError(f"{where} is a packed file, but not a Word one (.docx): give a text, Markdown, HTML, PDF or Word file.")
    from gillies.check.readers.word import read_word

    return read_word(raw, where)


def _page(text: str, where: str) -> Document:
    if len(text) > MOST_PAGE_BYTES:
        raise InputError(f"{where} is a page of more than {MOST_PAGE_BYTES // 1_000_000} MB: save the words alone and try again.")
    if _nesting(text) > MOST_NESTED:
        raise InputError(f"{where} has more than {MOST_NESTED:,} tags inside one another, which no article has: save the words alone and try again.")
    from gillies.check.readers.html import read_html

    return read_html(text)


def _nesting(text: str) -> int:
    """How many tags are open at once at the most, about."""
    depth = most = 0
    for slash, name in TAG.findall(SCRIPT.sub("", text)):
        if name.lower() not in UNCLOSED:
            depth += -1 if slash else 1
            depth = max(depth, 0)
            most = max(most, depth)
    return most


def _markdown(text: str) -> Document:
    from gillies.check.readers.markdown import read_markdown

    return read_markdown(text)
