"""What a person sees while a long job runs: the step, how far it is, how fast it goes, how long it will take."""

import time
from typing import TextIO

import msgspec

WIDTH = 24


class Bar(msgspec.Struct):
    """A line on a terminal that is written over; nothing where there is no terminal."""

    out: TextIO
    doing: str = ""
    since: float = 0.0

    def step(self, doing: str) -> None:
        """A new step begins; "" wipes the line."""
        self.doing, self.since = doing, time.monotonic()
        self._write(f"{doing} …" if doing else "")

    def advance(self, done: int, of: int) -> None:
        """So much of the step is done: rows, or bytes of a file."""
        seconds = time.monotonic() - self.since
        self._write(f"{self.doing} {told(done, of, seconds)}")

    def _write(self, line: str) -> None:
        if self.out.isatty():
            self.out.write(f"\r\033[K{line}")
            self.out.flush()


def told(done: int, of: int, seconds: float) -> str:
    """`█████░░░ 42 %, 1.2 M a second, 8 s left`."""
    share = min(done / of, 1.0) if of else 1.0
    drawn = "█" * round(share * WIDTH) + "░" * (WIDTH - round(share * WIDTH))
    if not done or not seconds:
        return f"{drawn} {share:3.0%}"
    rate = done / seconds
    return f"{drawn} {share:3.0%}, {_short(rate)} a second, {(of - done) / rate:,.0f} s left"


def _short(number: float) -> str:
    return f"{number / 1e6:.1f} M" if number >= 1e6 else f"{number / 1e3:.0f} k" if number >= 1e3 else f"{number:.0f}"


def silent(_: str) -> None:
    """Where nobody watches."""
