"""A document with its statements -> rows for a page: a piece of the text, and the statements that end in it. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gillies.check.answer import Statement
from gillies.check.readers.document import Document, Stretch

STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|\Z)")


class Mark(NamedTuple):
    """A statement with its number, from 1 in the order of the text."""

    number: int
    statement: Statement


class Chunk(NamedTuple):
    """The text [start, end) and what was found in it; what stretch it is a piece of."""

    start: int
    end: int
    marks: list[Mark]
    stretch: Stretch


def chunks(document: Document, statements: tuple[Statement, ...]) -> Iterator[Chunk]:
    """Every stretch of the document, cut behind each sentence that holds a statement, so that its verdict can stand right there."""
    waiting = [Mark(number, statement) for number, statement in enumerate(statements, 1)][::-1]
    stretches = document.stretches or (Stretch(0, len(document.text), "paragraph"),)
    for i, stretch in enumerate(stretches):
        at = stretch.start
        limit = stretches[i + 1].start if i + 1 < len(stretches) else len(document.text) + 1
        while waiting and waiting[-1].statement.span[0] < limit:
            marks = [waiting.pop()]
            end = _sentence_end(document.text, marks[0].statement.span[1], stretch.end)
            while waiting and waiting[-1].statement.span[0] < end:
                marks.append(waiting.pop())
                end = max(end, _sentence_end(document.text, marks[-1].statement.span[1], stretch.end))
            yield Chunk(at, end, marks, stretch)
            at = end
        if document.text[at : stretch.end].strip():
            yield Chunk(at, stretch.end, [], stretch)


def _sentence_end(text: str, at: int, most: int) -> int:
    """Where the sentence around a place ends, at the latest at `most`."""
    match = STOP.search(text, max(at - 1, 0), most)
    return match.end() if match else most


def unmarked_sentences(document: Document, statements: tuple[Statement, ...]) -> tuple[int, int]:
    """(how many sentences hold no statement, how many there are), headings and the like left out."""
    starts = [statement.span[0] for statement in statements][::-1]
    without = whole = 0
    for stretch in document.stretches:
        if stretch.part in ("heading", "picture", "row"):
            continue
        at = stretch.start
        while at < stretch.end:
            end = _sentence_end(document.text, at + 1, stretch.end)
            if any(c.isalpha() for c in document.text[at:end]):
                held = False
                while starts and starts[-1] < end:
                    held = starts.pop() >= at or held
                without += not held
                whole += 1
            at = end
    return without, whole
