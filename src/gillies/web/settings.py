"""How a server is run, and its limits."""

from datetime import date

import msgspec

MOST_CHARACTERS = 5_000
"""Of a text: a need fits on a page, and a longer one could hold up everybody else."""
MOST_BYTES = 64 * 1024
"""Of a request's body."""
BODY_SECONDS = 10.0
"""For a request's body to arrive."""
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
