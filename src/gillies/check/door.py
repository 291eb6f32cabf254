"""The command `gillies check`: a file, standard input or many lines in; verdicts out. Readers for other kinds of file hand their text to `Engine`."""

import argparse
import gc
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from gillies.assess.answer import SourceOut
from gillies.batch import answer_lines
from gillies.check.answer import Checked, as_json
from gillies.check.check import check
from gillies.check.lexicon import CheckLexicon
from gillies.check.readers.document import MOST_CHARACTERS, Document
from gillies.check.readers.open import USUAL, open_document
from gillies.check.score.held import Score, ScoreLexicon
from gillies.check.score.scored import scored
from gillies.errors import InputError
from gillies.htmlfile import write_page
from gillies.knowledge.pack import packed
from gillies.knowledge.schema import Source
from gillies.knowledge.schema_hands import is_place


class Text(msgspec.Struct, frozen=True):
    """One line of many: a text, and an id to find its answer by."""

    text: str
    id: Any = None


class _Pack(msgspec.Struct, frozen=True):
    """What the pack holds."""

    lexicon: CheckLexicon
    sources: dict[str, Source]
    score: ScoreLexicon


class Engine(msgspec.Struct, frozen=True):
    """What is needed to check texts, opened once."""

    lexicon: CheckLexicon
    sources: dict[str, Source]
    score_lexicon: ScoreLexicon

    def score(self, document: Document, on: date) -> Score | None:
        """How well a document informs its readers, as far as a program can tell; None for one that is too short."""
        return scored(document, self.score_lexicon, on)

    def check(self, text: str, on: date, place: str = "") -> Checked:
        """The statements of a text, and the sources they cite as they stand on a day."""
        found = check(text, self.lexicon, place)
        keys = dict.fromkeys(cite.partition(" @ ")[0] for statement in found for cite in statement.all_cites)
        return Checked(tuple(found), {key: SourceOut.of(self.sources[key], on) for key in keys})


def open_check() -> Engine:
    """Opens the pack (or makes it). Raises KnowledgeError when the knowledge is faulty."""
    gc.disable()  # tens of thousands of small objects are made at once and all kept
    try:
        held = packed("check", lambda payload: msgspec.msgpack.decode(payload, type=_Pack), _make_pack)
        gc.freeze()
    finally:
        gc.enable()
    return Engine(held.lexicon, held.sources, held.score)


def _make_pack() -> bytes:
    from gillies.check.compile import compile_check
    from gillies.check.score.compile import compile_score
    from gillies.knowledge.build import build

    knowledge = build()
    lexicon = compile_check(knowledge)
    cites = [cite for held in lexicon.held for cite in (*held.cites, *(cite for side in held.sides for cite in side[2]))]
    cites += [cite for claim in lexicon.adverts.claims.values() for cite in claim.cites]
    cites += [cite for rule in lexicon.adverts.rules for cite in rule.cites]
    cited = {cite.partition(" @ ")[0] for cite in cites}
    return msgspec.msgpack.encode(_Pack(lexicon, {key: knowledge.sources[key] for key in sorted(cited)}, compile_score(knowledge)))


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Runs the command; `write` puts text on standard output. Raises InputError."""
    place = checked_place(arguments.country)
    if arguments.jsonl is not None:
        if arguments.file:
            raise InputError("--jsonl takes its texts from its own file: leave the other one out.")
        if arguments.page:
            raise InputError("--page shows one document: leave --jsonl out.")
        return answer_lines(arguments.jsonl, Text, lambda: _answering(open_check(), on, place))
    document = open_document(arguments.file)
    engine = open_check()
    checked, score = engine.check(document.text, on, place), engine.score(document, on)
    name = "" if arguments.file == "-" else arguments.file
    if arguments.page:
        from gillies.check.page.page import as_page

        write_page(Path(arguments.page), as_page(document, checked, score, Path(name).name or "standard input", on))
    if arguments.json:
        write(msgspec.json.format(as_json(checked, name, score, document), indent=2).decode() + "\n")
        return 0
    from gillies.check.terminal import as_text
    from gillies.terminal import style

    write(as_text(document.text, checked, style(sys.stdout), place, score))
    return 0


def _answering(engine: Engine, on: date, place: str) -> Callable[[Text, Any], bytes]:
    return lambda line, own_id: as_json(engine.check(checked_text(line.text), on, place), own_id)


def checked_place(country: str) -> str:
    """A place whose rules are asked for, as we write it: us, us-ca, uk … Raises InputError."""
    place = country.lower().replace("_", "-")
    if place and not is_place(place):
        raise InputError(f"--country {country!r} is no place that is known here: write us, uk, au or ca, or a part of one, such as us-ca or ca-on.")
    return place


def checked_text(text: str) -> str:
    """A text that can be read: not empty, not binary, not a library."""
    if "\0" in text:
        raise InputError("this looks like a binary file, not text: give the words themselves.")
    if not any(c.isalnum() for c in text):
        raise InputError(f"there is no text to check. Try: {USUAL}")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read. Give it in parts.")
    return text
