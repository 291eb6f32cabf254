"""What a file shows without its words being understood: a list of sources, a date, an author. Each finds its proof in the text, or in what the file tells."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from gillies.check.readers.document import Document
from gillies.knowledge.schema_score import Shape

Proof = tuple[str, tuple[int, int] | None]
"""The words that show it, and where they stand; None where the file tells it outside its text."""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? (?:19|20)\d\d"
    rf"|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d|{MONTH},? (?:19|20)\d\d)"
)
DATED = re.compile(
    rf"\b(?:published|posted|updated|reviewed|revised|written|review(?: date)?|last (?:modified|checked))\b[^.\n]{{0,40}}?\b{DAY}"
    rf"|^[ \t]*{DAY}[ \t]*$", re.I | re.M,
)  # fmt: skip
YEAR = re.compile(r"\b(?:19[89]|20[0-4])\d\b")
REFERENCES = re.compile(r"^[ \t#*]*(?:references|bibliography|sources|article sources|works cited|citations|literature)[ \t:*]*(?:\n|$)", re.I | re.M)
CITED = re.compile(
    r"\bdoi[:./ ]{1,3}\S{0,20}10\.\d{4,9}/\S{2,80}|\bPMID:? ?\d{4,9}|\bPMC\d{4,9}|\b[A-Z][\w'’-]{1,30} et al\.?,? \(?(?:19|20)\d\d"
    r"|\((?:[A-Z][\w'’-]{1,30}(?: (?:and|&) [A-Z][\w'’-]{1,30}| et al\.?)?,? (?:19|20)\d\d)[a-z]?\)"
)
NAME = r"(?:Dr\.? |Prof\.? |Professor )?[A-Z][\w'’-]{1,20}(?: [A-Z]\.)?(?: [A-Z][\w'’-]{1,20}){1,2}"
TITLES = (
    r"\b(?:M\.?D\.?|D\.?O\.?|Ph\.?D\.?|FACS|FRCS(?:\(Plast\))?|FAAD|FRACS|MBBS|MBChB|MRCS|RN|BSN|NP|PA-C|DDS|DMD|MPH|board[- ]certified"
    r"|consultant (?:plastic )?surgeon|dermatologist|plastic surgeon)\b"
)
BYLINE = re.compile(
    rf"(?:\b(?:[Ww]ritten|[Mm]edically reviewed|[Rr]eviewed|[Aa]uthored) by:?|^[ \t*]*(?:By|BY|Author:?|Authors:))[ \t*]+({NAME})([^\n]{{0,80}})", re.M
)
CREDENTIAL = re.compile(TITLES)
ASKS = re.compile(
    r"(?:^|[.!?][\"”')]{0,2} |\n)((?:But |And |So )?(?:What|How|Why|Who|When|Which|Is|Are|Does|Do|Can|Should|what|how|why|who|is|are)\b[^.!?\n]{8,200}\?)"
)
FIRST = 800
"""Characters at the head of a text where it says what it is about."""
HEAD = 60_000
"""Characters at either end where authors, dates and sources stand; the middle of a long text is not looked through."""


def show(shape: Shape, document: Document, grade: float) -> Proof | None:
    """The proof that a document shows something; None without."""
    if shape in ("grade-8", "grade-12"):
        most = int(shape.removeprefix("grade-"))
        return (f"grade {grade:g}", None) if grade <= most + 0.9 else None
    return SHAPES[shape](document)


def _ends(text: str) -> list[tuple[int, str]]:
    """The two ends of a text with where each begins; all of a short one."""
    return [(0, text)] if len(text) <= 2 * HEAD else [(0, text[:HEAD]), (len(text) - HEAD, text[-HEAD:])]


def _found(pattern: re.Pattern[str], text: str) -> Proof | None:
    for start, end in _ends(text):
        match = pattern.search(end)
        if match:
            words = match[0].strip()
            at = start + match.start() + match[0].index(words)
            return words, (at, at + len(words))
    return None


def _asks(document: Document) -> Proof | None:
    match = ASKS.search(document.text[:FIRST])
    return (match[1], match.span(1)) if match else None


def _references(document: Document) -> Proof | None:
    return _found(REFERENCES, document.text)


def _cited(document: Document) -> Proof | None:
    return _found(CITED, document.text)


def _outside(document: Document) -> Proof | None:
    own = _host(document.meta.address)
    for link in document.links:
        host = _host(link.target)
        if host and host != own:
            whole = document.pages > 0
            return (host, None) if whole else (document.text[link.start : link.end], (link.start, link.end))
    return None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _dated(document: Document) -> Proof | None:
    told = document.meta.changed or document.meta.published
    return (told[:40], None) if told and document.kind in ("html", "markdown") else _found(DATED, document.text)


def _file_date(document: Document) -> Proof | None:
    told = document.meta.changed or document.meta.published
    return (told[:40], None) if told else None


def _year(document: Document) -> Proof | None:
    return _found(YEAR, document.text)


def _author(document: Document) -> Proof | None:
    found = _byline(document)
    return (found[0], found[1]) if found else ((", ".join(document.meta.authors)[:120], None) if document.meta.authors else None)


def _byline(document: Document) -> tuple[str, tuple[int, int], str] | None:
    """(name, where, what follows it on its line)."""
    for start, end in _ends(document.text):
        match = BYLINE.search(end)
        if match:
            return match[1], (start + match.start(1), start + match.end(1)), match[2]
    return None


def _author_with_credentials(document: Document) -> Proof | None:
    found = _byline(document)
    if found:
        name, (start, end), rest = found
        title = CREDENTIAL.search(rest)
        if title or name.startswith(("Dr", "Prof")):
            end += title.end() if title else 0
            return document.text[start:end], (start, end)
    named = next((name for name in document.meta.authors if CREDENTIAL.search(name) or name.startswith(("Dr", "Prof"))), "")
    return (named[:120], None) if named else None


SHAPES: dict[str, Callable[[Document], Proof | None]] = {
    "asks-at-start": _asks, "reference-list": _references, "study-cited": _cited, "outside-link": _outside, "dated": _dated, "file-date": _file_date,
    "year": _year, "author": _author, "author-with-credentials": _author_with_credentials,
}  # fmt: skip
