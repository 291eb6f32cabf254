"""Word (.docx), by python-docx: paragraphs, lists, tables and notes in order, without what was struck out in tracked changes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from gillies.check.readers.document import Document, Meta, Part, TooLongError, Writer
from gillies.errors import InputError

BROKEN = "{} is a Word file that cannot be read, since it is broken: save it anew and try again."
MOST_UNPACKED = 200_000_000
MOST_MEMBERS = 5_000
MOST_RATIO = 200
"""A text is packed to a tenth or so; a part that shrinks more than this, and is large, was made to fill a memory."""
SMALL_PART = 5_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOTES = ("footnotes", "endnotes")
SKIPPED = frozenset((f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", FALLBACK))
STYLES: tuple[tuple[str, Part], ...] = (
    ("heading", "heading"),
    ("title", "heading"),
    ("subtitle", "heading"),
    ("list", "item"),
    ("caption", "caption"),
    ("quote", "quote"),
)


def read_word(raw: bytes, where: str) -> Document:
    """A Word file's text. Raises InputError for one that is broken or made to fill a memory."""
    _measure(raw, where)
    import docx

    try:
        file = docx.Document(io.BytesIO(raw))
        writer = Writer()
        styles = {style.style_id: (style.name or "").lower() for style in file.styles}
        for part, root, is_note in _roots(file):
            targets = {key: relation.target_ref for key, relation in part.rels.items() if relation.is_external}
            _walk(root, writer, styles, targets, is_note)
        return writer.document("word", _meta(file.core_properties))
    except (TooLongError, MemoryError):
        raise
    except Exception:  # a broken file can fail anywhere in the parser, with any error
        raise InputError(BROKEN.format(where)) from None


def _measure(raw: bytes, where: str) -> None:
    """Refuses a packed file that would unpack to far more than a text can be, before anything of it is unpacked."""
    try:
        members = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except Exception:  # the same
        raise InputError(BROKEN.format(where)) from None
    sizes = [(member.file_size, member.compress_size) for member in members]
    swollen = any(size > SMALL_PART and size > MOST_RATIO * packed for size, packed in sizes)
    if len(members) > MOST_MEMBERS or swollen or sum(size for size, _ in sizes) > MOST_UNPACKED:
        raise InputError(f"{where} would unpack to far more than a text can hold: save the words alone as a new file and try again.")


def _roots(file: Any) -> Iterator[tuple[Any, Any, bool]]:
    """The body, then the notes: (part, its XML, whether it holds notes)."""
    from docx.oxml import parse_xml

    yield file.part, file.element.body, False
    for relation in file.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in NOTES:
            yield relation.target_part, parse_xml(relation.target_part.blob), True


def _walk(root: Any, writer: Writer, styles: dict[str, str], targets: dict[str, str], is_note: bool) -> None:
    """Writes what stands below a piece of XML."""
    from lxml import etree

    rows = 0
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, node in steps:
        is_end, tag = event == "end", node.tag
        if tag in SKIPPED:
            if not is_end:
                steps.skip_subtree()
        elif tag == f"{W}tr":
            rows += -1 if is_end else 1
            writer.end() if is_end or rows > 1 else writer.begin("row")
        elif tag == f"{W}tc" and rows:
            if is_end:
                writer.cell()
        elif tag == f"{W}p":
            if rows:
                writer.write(" ")
            elif is_end:
                writer.end()
            else:
                writer.begin(*(("note", 0) if is_note else _part(node, styles)))
        elif tag == f"{W}hyperlink":
            writer.close_link() if is_end else writer.open_link(targets.get(node.get(f"{R}id") or "", ""))
        elif not is_end:
            _write(node, writer)


def _write(node: Any, writer: Writer) -> None:
    """Writes what one small piece holds."""
    match node.tag.removeprefix(W):
        case "t":
            writer.write(node.text or "")
        case "tab":
            writer.write(" ")
        case "br" | "cr":
            writer.line()
        case "noBreakHyphen":
            writer.write("-")
        case tag if tag == f"{WP}docPr" and node.get("descr"):
            writer.write(f" ({node.get('descr')}) ")


def _part(paragraph: Any, styles: dict[str, str]) -> tuple[Part, int]:
    """What a paragraph is, by its style, and the level of a heading."""
    own = paragraph.find(f"{W}pPr")
    if own is None:
        return "paragraph", 0
    style = own.find(f"{W}pStyle")
    name = styles.get(style.get(f"{W}val") or "", "") if style is not None else ""
    part: Part = next((part for start, part in STYLES if name.startswith(start)), "paragraph")
    if part == "paragraph" and own.find(f"{W}numPr") is not None:
        part = "item"
    return part, int(name[-1]) if part == "heading" and name[-1].isdigit() else int(part == "heading")


def _meta(told: Any) -> Meta:
    authors = tuple(name.strip() for name in (told.author or "").split(";") if name.strip() and name.strip() != "python-docx")
    published, changed = (day.date().isoformat() if day else "" for day in (told.created, told.modified))
    return Meta((told.title or "").strip(), authors, published, changed)
