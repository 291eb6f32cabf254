"""A page and the items -> its points by each instrument. What needs people counts as little as it can (DISCERN: 1 of 5) or not at all (PEMAT)."""

from collections.abc import Iterable, Mapping

import msgspec

from gillies.knowledge.schema_rubrics import RubricItem, Shown
from gillies.web.rubrics.page import Page
from gillies.web.rubrics.signs import SIGNS, reading_grade

LEAST, MOST = 1, 5
"""Points of an item of DISCERN."""


class Judged(msgspec.Struct, frozen=True):
    """One item on one page. `share`: of its signs that apply, how many are there; None: nothing applies, or it takes people. `lacking`: signs not there."""

    item: RubricItem
    share: float | None
    lacking: tuple[Shown, ...]


class Marks(msgspec.Struct, frozen=True):
    """A page's marks. `discern`: the least that it can get, with 1 for all that people have not judged yet, of 80. PEMAT in percent of the items that a
    program can judge and that apply; IPDAS: how many of six are met."""

    discern: int
    understandability: int
    actionability: int
    qualifying: int
    certification: int
    grade: float
    judged: tuple[Judged, ...]

    def lacking(self) -> list[str]:
        """`discern-11: harms-numbered` for every sign that is not there."""
        return [f"{one.item.id}: {sign}" for one in self.judged for sign in one.lacking]


def marks(html: str, items: Iterable[RubricItem]) -> Marks:
    """The marks of a page."""
    page = Page(html)
    found = {sign: look(page) for sign, look in SIGNS.items()}
    judged = tuple(_judged(item, found) for item in items)
    return Marks(
        discern=sum(points(one) for one in judged if one.item.instrument == "DISCERN"),
        understandability=_percent(judged, "PEMAT-P understandability"),
        actionability=_percent(judged, "PEMAT-P actionability"),
        qualifying=_met(judged, "IPDAS qualifying"),
        certification=_met(judged, "IPDAS certification"),
        grade=reading_grade(page),
        judged=judged,
    )


def _judged(item: RubricItem, found: Mapping[Shown, bool | None]) -> Judged:
    looked = {sign: found[sign] for sign in item.signs if found[sign] is not None}
    lacking = tuple(sign for sign, there in looked.items() if not there)
    return Judged(item, 1 - len(lacking) / len(looked) if looked else None, lacking)


def points(one: Judged) -> int:
    """Points of an item of DISCERN: from 1 (none of its signs) to 5 (all), never rounded up."""
    return LEAST + int((MOST - LEAST) * (one.share or 0))


def _percent(judged: tuple[Judged, ...], instrument: str) -> int:
    counted = [one.share == 1 for one in judged if one.item.instrument == instrument and one.share is not None]
    return 100 * sum(counted) // len(counted) if counted else 0


def _met(judged: tuple[Judged, ...], instrument: str) -> int:
    return sum(one.share == 1 for one in judged if one.item.instrument == instrument)
