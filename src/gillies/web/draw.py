"""Numbers for the pictures: where bars begin and end, how many of a hundred people to fill. The templates draw them as SVG."""

from collections.abc import Iterable
from math import log10

import msgspec

LONGEST_DAYS = 730
NEARLY = 0.05
"""How far a number of days may be from a round number of weeks, months or years, as a share."""
TICKS = ((0, "today"), (1, "1 day"), (7, "1 week"), (30, "1 month"), (90, "3 months"), (365, "1 year"))
"""Days that the recovery line names."""
WIDTH = 300
"""Of a recovery line, in its own units."""
MOST_YEARS = 12
RARE = 0.0095
"""Below this share, one of a hundred people is too many."""
YEARS_WIDTH = 300
ROW = {100: 20, 1000: 50}
"""People in a row of a crowd of so many."""
SIZE = {100: 12, 1000: 5}
"""How much room each of them takes."""


class Stretch(msgspec.Struct, frozen=True):
    """A bar on a line: where it begins, how long it is, and what it says."""

    x: float
    width: float
    days: str


class Track(msgspec.Struct, frozen=True):
    """Recovery as a time line, in steps that grow: a day near today counts as much as a month later on."""

    light: Stretch
    full: Stretch | None


class Crowd(msgspec.Struct, frozen=True):
    """`filled` of `people` drawn in rows; `says` in words; `path`: the outline of those who are filled."""

    people: int
    filled: int
    says: str
    path: str
    width: int
    height: int


class Bar(msgspec.Struct, frozen=True):
    """Years as a bar: the least, and up to the most."""

    least: float
    most: float


def place(days: float) -> float:
    """Where a day stands on a recovery line."""
    return round(WIDTH * log10(1 + min(days, LONGEST_DAYS)) / log10(1 + LONGEST_DAYS), 1)


def track(light: tuple[int, int], full: tuple[int, int] | None) -> Track:
    """The time line of a recovery: days until light activity, and until all is as before."""
    return Track(_stretch(light), _stretch(full) if full else None)


def _stretch(days: tuple[int, int]) -> Stretch:
    start = place(days[0])
    return Stretch(start, max(round(place(days[1]) - start, 1), 4.0), in_days(days))


def in_days(days: tuple[int, int]) -> str:
    """A stretch of days as people say it: 10 to 14 days, 6 to 8 weeks, 8 weeks to 1 year."""
    least, most = days
    if most <= 0:
        return "at once"
    if not least:
        return f"up to {_counted(*_unit(most))}"
    first, last = _unit(least), _unit(most)
    if first == last:
        return _counted(*last)
    return f"{first[0]} to {_counted(*last)}" if first[1] == last[1] else f"{_counted(*first)} to {_counted(*last)}"


def _unit(days: int) -> tuple[int, str]:
    """A number of days in the largest unit in which it is a round number, about."""
    for unit, size, fewest in (("year", 365, 1), ("month", 30, 2), ("week", 7, 2)):
        count = round(days / size)
        if count >= fewest and abs(count * size - days) <= NEARLY * days:
            return count, unit
    return days, "day"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'s' if count > 1 else ''}"


def people_for(shares: Iterable[float]) -> int:
    """How many people to tell rates of: a hundred, or a thousand where one in a hundred would be too many for any of them."""
    return 1000 if any(share < RARE for share in shares) else 100


def crowd(filled: int, people: int) -> Crowd:
    """A picture of a hundred or a thousand people, so many of them filled."""
    row, size = ROW[people], SIZE[people]
    rows, rest = divmod(filled, row)
    path = (f"M0 0h{row * size}v{rows * size}h-{row * size}z" if rows else "") + (f"M0 {rows * size}h{rest * size}v{size}h-{rest * size}z" if rest else "")
    return Crowd(people, filled, f"{filled} of {people:,} people", path, row * size, people // row * size)


def years_bar(least: float, most: float) -> Bar:
    """Years of training after medical school as a bar."""
    scale = YEARS_WIDTH / MOST_YEARS
    return Bar(round(min(least, MOST_YEARS) * scale, 1), round(min(most, MOST_YEARS) * scale, 1))


def day_ticks() -> tuple[tuple[float, str], ...]:
    """The days that every recovery line names, and where they stand."""
    return tuple((place(day), name) for day, name in TICKS)


def year_ticks() -> tuple[tuple[float, int], ...]:
    """The years that every bar of training shows, and where they stand."""
    return tuple((n * YEARS_WIDTH / MOST_YEARS, n) for n in range(0, MOST_YEARS + 1, 2))
