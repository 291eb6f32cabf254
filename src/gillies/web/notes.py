"""Sentences with the numbers of their sources, as every page shows them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import msgspec

MOST_CITES = 3


class Line(msgspec.Struct, frozen=True):
    """A sentence, the numbers of its sources, and whether its figures were read by one person only."""

    say: str
    marks: tuple[int, ...] = ()
    once: bool = False
    unverified: bool = False


class Says(Protocol):
    """What tells one fact: a sentence, where it was read, whether nobody could verify it."""

    @property
    def say(self) -> str:
        """The sentence."""

    @property
    def cites(self) -> tuple[str, ...]:
        """Where it was read."""

    @property
    def unverified(self) -> bool:
        """Whether nobody could verify it."""


class Notes:
    """Numbers of the sources in the order in which they are cited, and whether any figure was read once only."""

    def __init__(self, known: Mapping[str, object], is_confirmed: Callable[[str], bool]) -> None:
        self.known, self.is_confirmed = known, is_confirmed
        self.numbers: dict[str, int] = {}
        self.has_once = False

    def marks(self, cites: Iterable[str]) -> tuple[int, ...]:
        """The numbers of what is cited."""
        keys = [key for key in dict.fromkeys(cite.partition(" @ ")[0] for cite in cites) if key in self.known]
        return tuple(self.numbers.setdefault(key, len(self.numbers) + 1) for key in keys[:MOST_CITES])

    def line(self, say: str, cites: Iterable[str] = (), unverified: bool = False, about: str = "") -> Line:
        """A sentence; `about`: what its figures are filed under, where that is not the sentence."""
        once = not self.is_confirmed(about or say)
        self.has_once |= once
        return Line(say, self.marks(cites), once, unverified)

    def said(self, fact: Says) -> Line:
        """A fact as it stands in the knowledge."""
        return self.line(fact.say, fact.cites, fact.unverified)
