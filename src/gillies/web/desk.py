"""Where answers are made: one engine and one thread of its own, so that a long text holds up other answers, but not health or pages."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from gillies.check.answer import Checked
from gillies.check.door import Engine as Checker
from gillies.check.readers.document import Document
from gillies.check.score.held import Score
from gillies.door import Asked, Engine
from gillies.errors import InputError
from gillies.knowledge.grade import syllables
from gillies.knowledge.records import Knowledge
from gillies.web.refusal import Refused
from gillies.web.settings import ANSWER_SECONDS, MOST_CHARACTERS, MOST_HELD_BYTES, MOST_READERS, MOST_TEXT, Settings

if TYPE_CHECKING:  # a server without a registry does not need what a registry is read with
    from gillies.registry.lookup import Registry

CROWDED = "Many long texts are being checked just now. Try again in a minute."
NO_REGISTRY = "This server holds no registry of providers. Whoever runs it can name one: gillies serve --registry FOLDER."
DAMAGED = "The registry of this server is damaged. Whoever runs it has to build it anew."
T = TypeVar("T")


class Desk:
    """The engine, the records, what checks texts, the registry of providers (if there is one), and the one thread that uses them."""

    def __init__(self, engine: Engine, records: Knowledge, checker: Checker, settings: Settings, registry: "Registry | None" = None) -> None:
        self.engine, self.records, self.checker, self.settings, self.registry = engine, records, checker, settings, registry
        self.readers = asyncio.Semaphore(MOST_READERS)
        self._held = 0
        self._thread = ThreadPoolExecutor(1, "answers")

    async def run(self, work: Callable[[], T]) -> T:
        """What some work gives. Raises Refused when it takes too long."""
        try:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._thread, work), ANSWER_SECONDS)
        except TimeoutError:
            raise Refused(503) from None

    async def look_up(self, work: "Callable[[Registry], T]") -> T:
        """The same for work with the registry. What it says is wrong is said without the dashes of the command line. Raises Refused where there is none."""
        registry = self.registry
        if registry is None:
            raise Refused(404, NO_REGISTRY)

        def made() -> T:
            try:
                return work(registry)
            except InputError as wrong:
                raise InputError(spoken(str(wrong))) from None
            except sqlite3.DatabaseError:
                raise Refused(503, DAMAGED) from None

        return await self.run(made)

    def check(self, document: Document, on: date, place: str) -> tuple[Checked, Score | None]:
        """The verdicts and the score of a text, in the thread for answers. Words that were learnt on the way are forgotten."""
        try:
            return self.checker.check(document.text, on, place), self.checker.score(document, on)
        finally:
            self.checker.lexicon.learnt.clear()
            syllables.cache_clear()

    @contextmanager
    def room(self) -> Iterator[Callable[[int], None]]:
        """Room in memory for a large request: what it gives takes so many bytes more, or raises Refused. All of it is free again at the end."""
        own = 0

        def take(size: int) -> None:
            nonlocal own
            if self._held + size > MOST_HELD_BYTES:
                raise Refused(503, CROWDED, {"connection": "close"})
            self._held, own = self._held + size, own + size

        try:
            yield take
        finally:
            self._held -= own

    def close(self) -> None:
        """Lets the thread go; what waits for it is dropped."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self.registry is not None:
            self.registry.close()


def spoken(sentence: str) -> str:
    """A sentence of the command line without the dashes of its flags: --zip is zip."""
    return re.sub(r"--(?=[a-z])", "", sentence)


def checked_text(asked: Asked) -> str:
    """The text of a request, short enough for everybody's sake. Raises InputError."""
    if len(asked.text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(asked.text):,} characters; at most {MOST_CHARACTERS:,} are read here. Give the part that says what you need.")
    if asked.is_empty() and not any(letter.isalnum() for letter in asked.text):
        raise InputError('there is nothing to answer: give a text, such as "I would like my eye bags gone, without surgery", or facts, or procedures.')
    return asked.checked_text()


def readable(text: str) -> str:
    """A text that can be checked. Raises InputError."""
    if "\0" in text:
        raise InputError("this looks like a binary file, not text: give the words themselves, or the file as a file.")
    if not any(letter.isalnum() for letter in text):
        raise InputError("there is no text to check: paste one, or choose a file.")
    if len(text) > MOST_TEXT:
        raise InputError(f"the text has {len(text):,} characters; at most {MOST_TEXT:,} are read here. Give it in parts.")
    return text
