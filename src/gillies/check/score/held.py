"""What the score reads with, and what it answers, as plain data."""

from functools import cached_property
from typing import Literal

import msgspec

from gillies.assess.answer import SourceOut
from gillies.check.lexicon import Phrases
from gillies.knowledge.schema import Source
from gillies.knowledge.schema_score import ScoreItem

Answer = Literal["yes", "partly", "no", "cannot be judged"]
ANSWERS: tuple[Answer, ...] = ("yes", "partly", "no", "cannot be judged")
TREATMENT = -1
"""Stands in `phrases` for the name of a treatment."""


class ScoreLexicon(msgspec.Struct, frozen=True, dict=True):
    """All that the score needs. `meanings`: of each phrase, the (item, sign) pairs that it shows, as places in `items` and their `signs`."""

    items: list[ScoreItem]
    phrases: Phrases
    meanings: list[tuple[tuple[int, int], ...]]
    sources: dict[str, Source]

    @cached_property
    def letters(self) -> dict[str, str]:
        """Stem -> its letter in the phrases."""
        return self.phrases.letters


class ScoreLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item: what it asks, the answer, why; the words of the text (or of what the file tells of itself) that decided it, and where they stand."""

    id: str
    asks: str
    answer: Answer
    why: str
    matters: str
    instruments: tuple[str, ...]
    cites: tuple[str, ...]
    quote: str = ""
    span: tuple[int, int] | None = None


class Score(msgspec.Struct, frozen=True):
    """Every item in order. `grade`: years of school that the text asks for. `automatic` is always true: no person has looked."""

    automatic: bool
    note: str
    grade: float
    items: tuple[ScoreLine, ...]
    sources: dict[str, SourceOut]
