"""How a server is run, and its limits."""

from datetime import date

import msgspec

MOST_CHARACTERS = 5_000
"""Of a text: a need fits on a page, and a longer one could hold up everybody else."""
MOST_BYTES = 64 * 1024
"""Of a request's body."""
BODY_SECONDS = 10.0
"""For a request's body to arrive."""
MOST_TEXT = 60_000
"""Characters of a text that is checked, some ten thousand words: reading them holds up everybody else for about half a second."""
MOST_UPLOAD_BYTES = 5 * 1024 * 1024
"""Of a request that may bring a file."""
UPLOAD_SECONDS = 30.0
"""For such a request to arrive, by telephone too."""
MOST_HELD_BYTES = 40 * 1024 * 1024
"""Of all such requests together, while they arrive and are answered: they are held in memory, never on disk."""
MOST_READERS = 2
"""Files that are read at once, each in a process of its own."""
READER_SECONDS, READER_BYTES = 10, 1024 * 1024 * 1024
"""Time and memory for reading one file."""
ANSWER_SECONDS = 10.0
"""For an answer."""
CLOSING_SECONDS = 10
"""For answers under way when the server is told to stop."""
MOST_AT_ONCE = 200
"""Connections at once; more are told to come back."""


class Settings(msgspec.Struct, frozen=True):
    """What an operator chooses. `rate`: requests a minute for each address, 0: no limit; `hosts`: the only names it answers to, none: any;
    `proxies`: addresses whose forwarded headers are believed; `on`: the day to judge by, none: today."""

    host: str = "127.0.0.1"
    port: int = 8000
    rate: int = 300
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    on: date | None = None

    def day(self) -> date:
        """The day to judge by."""
        return self.on or date.today()
