"""Where answers are made: one engine and one thread of its own, so that a long text holds up other answers, but not health or pages."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from gillies.door import Asked, Engine
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.web.refusal import Refused
from gillies.web.settings import ANSWER_SECONDS, MOST_CHARACTERS, Settings

T = TypeVar("T")


class Desk:
    """The engine, the records and the one thread that uses them."""

    def __init__(self, engine: Engine, records: Knowledge, settings: Settings) -> None:
        self.engine, self.records, self.settings = engine, records, settings
        self._thread = ThreadPoolExecutor(1, "answers")

    async def run(self, work: Callable[[], T]) -> T:
        """What some work gives. Raises Refused when it takes too long."""
        try:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._thread, work), ANSWER_SECONDS)
        except TimeoutError:
            raise Refused(503) from None

    def close(self) -> None:
        """Lets the thread go; what waits for it is dropped."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def checked_text(asked: Asked) -> str:
    """The text of a request, short enough for everybody's sake. Raises InputError."""
    if len(asked.text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(asked.text):,} characters; at most {MOST_CHARACTERS:,} are read here. Give the part that says what you need.")
    if asked.is_empty() and not any(letter.isalnum() for letter in asked.text):
        raise InputError('there is nothing to answer: give a text, such as "I would like my eye bags gone, without surgery", or facts, or procedures.')
    return asked.checked_text()
