"""One engine for every door: the packed knowledge and lexicon, opened once."""

import gc
from datetime import date
from typing import Any

import msgspec

from gillies.assess.answer import Assessment
from gillies.assess.assess import as_json, assess
from gillies.assess.given import NOTHING_GIVEN, Given, checked
from gillies.errors import InputError
from gillies.knowledge.compiled import Compiled, Packed
from gillies.knowledge.opened import open_records as open_records
from gillies.knowledge.pack import packed
from gillies.reading.lexicon import Lexicon

MOST_CHARACTERS = 200_000
"""A longer text is refused: a need fits on a page, and an article belongs to `check`."""


class Engine(msgspec.Struct, frozen=True):
    """Knowledge, rules and lexicon, ready to answer."""

    compiled: Compiled
    lexicon: Lexicon

    def assess(self, text: str, on: date, id: str = "", given: Given = NOTHING_GIVEN) -> Assessment:
        """The four questions, answered for a text and what is given beside it, by what is in force on a day. Raises InputError."""
        return assess(text, self.compiled, self.lexicon, on, id, checked(given, self.compiled))

    def assess_json(self, text: str, on: date, id: Any = "", given: Given = NOTHING_GIVEN) -> bytes:
        """The same as JSON; the id may be whatever JSON holds."""
        return as_json(self.assess(text, on, given=given), id, self.compiled, on)


class Asked(Given, frozen=True, kw_only=True):
    """A request: an id to find the answer by, a text, and what is given beside it. One of the two is needed."""

    id: Any = None
    text: str = ""

    def checked_text(self) -> str:
        """The text, if it can be read; none is needed where something is given. Raises InputError."""
        return self.text if not (self.text or self.is_empty()) else checked_text(self.text)


class _Pack(msgspec.Struct, frozen=True):
    """What the pack holds."""

    compiled: Packed
    lexicon: Lexicon


def open_engine() -> Engine:
    """Opens the pack (or makes it). Raises KnowledgeError when the knowledge is faulty."""
    gc.disable()  # tens of thousands of small objects are made at once and all kept: looking for rubbish among them doubles the time
    try:
        engine = packed("engine", _open_pack, _make_pack)
        gc.freeze()
    finally:
        gc.enable()
    return engine


def _open_pack(payload: memoryview) -> Engine:
    held = msgspec.msgpack.decode(payload, type=_Pack)
    return Engine(held.compiled.open(), held.lexicon)


def _make_pack() -> bytes:
    from gillies.knowledge.build import build, compile_rules
    from gillies.reading.compile import compile_lexicon
    from gillies.reading.spelling import load_real_words

    knowledge = build()
    return msgspec.msgpack.encode(_Pack(compile_rules(knowledge).pack(), compile_lexicon(knowledge, load_real_words())))


def checked_text(text: str) -> str:
    """A text that can be read: not empty, not binary, not a book."""
    if "\0" in text:
        raise InputError("this looks like a binary file, not text: give the words themselves.")
    if not any(c.isalnum() for c in text):
        raise InputError('there is no text to read. Try: gillies assess "I would like my eye bags gone, without surgery" (or --example).')
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read. Give the part that says what you need.")
    return text
