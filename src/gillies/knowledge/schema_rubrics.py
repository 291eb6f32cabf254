"""Instruments that judge our own pages (DISCERN, PEMAT, IPDAS): their items, and which signs on a page show them. Strict, as in schema.py."""

from typing import Literal

from gillies.knowledge.schema import Cite, Record
from gillies.knowledge.schema_score import ScoreItem

Instrument = Literal["DISCERN", "PEMAT-P understandability", "PEMAT-P actionability", "IPDAS qualifying", "IPDAS certification"]
Shown = Literal[
    "aims-told", "aims-kept", "for-whom", "condition-told", "decision-told",
    "sources-listed", "facts-cited", "marks-lead", "sources-dated", "page-dated", "kept-up", "funding-told",
    "further-here", "further-elsewhere", "unsure-told", "rates-may-differ",
    "several-ways", "ways-work", "gains-told", "losses-told", "equal-detail", "harms-told", "harms-numbered", "harms-serious", "doing-nothing-told",
    "recovery-told", "lasting-told", "daily-life-told", "questions-listed", "values-asked", "steps-told", "professional-named",
    "reads-at-grade-8", "terms-defined", "active-voice", "whole-numbers", "same-denominator", "both-ways", "no-sums",
    "short-sections", "sections-headed", "summary-told", "cues-used", "rates-pictured", "recovery-pictured", "pictures-captioned", "tables-headed",
    "steps-direct", "steps-broken-down", "tools-given", "pictures-explained",
]  # fmt: skip
"""What can be seen on a page; each has its function in web/rubrics/signs.py."""


class RubricItem(Record, frozen=True):
    """One item of an instrument. `score`: the item of the score (score/items.yaml) that asks the same, whose question, sources and `cannot` hold here
    too. `signs`: what on a page shows that it is met. `cannot`: why no program can answer it. `never`: why it does not apply to these pages."""

    instrument: Instrument
    number: int
    id: str
    asks: str = ""
    score: str = ""
    signs: tuple[Shown, ...] = ()
    cannot: str = ""
    never: str = ""
    cites: tuple[Cite, ...] = ()


def faults(item: RubricItem, score_items: dict[str, ScoreItem]) -> list[tuple[str, str, str]]:
    """(key, problem, mend) of everything that does not fit together in an item."""
    found = []
    if bool(item.asks) == bool(item.score):
        found.append(("asks", "needs a question of its own, or else the item of the score that asks it.", "Keep one of `asks` and `score`."))
    if item.score and item.score not in score_items:
        found.append(("score", f"no item of the score is called {item.score!r}.", "Take an id from score/items.yaml."))
    if item.asks and not item.cites:
        found.append(("cites", "is missing.", "Say where the item was read."))
    if sum(map(bool, (item.signs, item.cannot, item.never))) != 1:
        found.append(("signs", "needs signs, or why none can be seen.", "Keep one of `signs`, `cannot` and `never`."))
    if len(set(item.signs)) < len(item.signs):
        found.append(("signs", "names a sign twice.", "Name it once."))
    return found
