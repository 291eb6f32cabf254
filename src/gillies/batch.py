"""`--jsonl`: many texts, one answer a line, in order; a bad line becomes an error line and the run goes on."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

import msgspec

from gillies.errors import GilliesError, InputError

EVERY_SECONDS = 0.2


class Line(Protocol):
    """One line of input: an id to find the answer by, and whatever else it holds."""

    @property
    def id(self) -> Any:
        """Whatever JSON holds."""


L = TypeVar("L", bound=Line)
Answering = Callable[[L, Any], bytes]
"""(line, id) -> one answer as JSON. Raises GilliesError for a line that cannot be answered."""


def answer_lines(file: str, kind: type[L], open_answering: Callable[[], Answering[L]]) -> int:
    """Answers every line of a file to standard output; what answers is opened once the file is.

    Progress and counts go to standard error. Exit code 0: bad lines are counted, not fatal.
    """
    bad = done = 0
    progress = Progress(sys.stderr.isatty())
    with _lines(file) as lines:
        answering = open_answering()
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            done += 1
            try:
                answer = _answer(raw, number, kind, answering)
            except GilliesError as error:
                bad += 1
                answer = msgspec.json.encode({"id": _id_of(raw, number), "error": str(error)})
            sys.stdout.buffer.write(answer + b"\n")
            progress.step(done)
    sys.stdout.flush()
    progress.end()
    print(f"gillies: {done:,} lines answered, {bad:,} of them set aside with an error.", file=sys.stderr)
    return 0


def _answer(raw: bytes, number: int, kind: type[L], answering: Answering[L]) -> bytes:
    try:
        line = msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise InputError(f'line {number} is not a line like {{"id": "a1", "text": "…"}}: {fault}') from None
    return answering(line, line.id if line.id is not None else number)


def _id_of(raw: bytes, number: int) -> Any:
    """The id of a bad line where it can still be read, else its number."""
    try:
        held = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return number
    return held.get("id", number) if isinstance(held, dict) else number


@contextmanager
def _lines(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as opened:
            yield opened
    except IsADirectoryError:
        raise InputError(f"{file} is a folder: name a file of JSON lines.") from None
    except FileNotFoundError:
        raise InputError(f"there is no file {file}: check the name.") from None
    except PermissionError:
        raise InputError(f"{file} may not be read: check its permissions.") from None


class Progress:
    """Lines done and lines a second, on a terminal only."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.begun = self.last = time.monotonic()

    def step(self, done: int) -> None:
        """Redraws the line a few times a second."""
        now = time.monotonic()
        if self.shown and now - self.last > EVERY_SECONDS:
            self.last = now
            sys.stderr.write(f"\r{done:,} lines, {done / (now - self.begun):,.0f} a second")
            sys.stderr.flush()

    def end(self) -> None:
        """Clears the line."""
        if self.shown:
            sys.stderr.write("\r\033[K")
