"""Figures on gillies itself that the page "About" shows. tools/rubrics.py makes figures.yaml from the pages and from docs/; nothing is typed twice."""

from functools import cache
from pathlib import Path

import msgspec


class Lowest(msgspec.Struct, frozen=True):
    """The lowest marks of some pages, and the highest reading grade."""

    discern: int
    understandability: int
    actionability: int
    qualifying: int
    certification: int
    grade: float


class Accuracy(msgspec.Struct, frozen=True):
    """How often something was right on unseen texts: in the newest round, and in the worst."""

    what: str
    newest: str
    round: str
    worst: str
    worst_round: str


class ThenAndNow(msgspec.Struct, frozen=True):
    """A figure of screening claims or of checking texts: in the first run before anybody mended a miss, and now."""

    what: str
    before: str
    now: str


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See figures.yaml. `people`: items that are left to people."""

    answers: int
    procedures: int
    of_answers: Lowest
    of_procedures: Lowest
    people: list[str]
    accuracy: list[Accuracy]
    checking: list[ThenAndNow]
    screening: list[ThenAndNow]


@cache
def figures() -> Figures:
    """The figures of this version."""
    import yaml

    return msgspec.convert(yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text(encoding="utf-8")), Figures)
