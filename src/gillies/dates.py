"""Time, defined once: windows, ages and durations. No engine's own date functions are used anywhere else."""

from collections.abc import Mapping
from datetime import date

import msgspec

DAYS_PER_MONTH = 365.25 / 12
"""A duration is held in months; days and weeks are turned into months of this length."""

DAYS = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH, "year": 365.25}

MONTHS = "January February March April May June July August September October November December".split()


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"first": "from"}):
    """A half-open stretch of time: `start` belongs to it, `until` does not; no `until` means still in force. It is told by its `first` day,
    or by a day on which somebody saw it in force where the first was not found."""

    first: date | None = None
    until: date | None = None
    seen: date | None = None

    def __post_init__(self) -> None:
        if (self.first is None) is (self.seen is None):
            raise ValueError("Expected one of `from` and `seen`")

    @property
    def start(self) -> date:
        """The day from which it counts as in force: nothing is claimed of the days before one on which it was seen."""
        return self.first or self.seen or date.max

    def holds(self, on: date) -> bool:
        """Whether the day `on` lies in the window."""
        return self.start <= on and (self.until is None or on < self.until)

    def overlaps(self, other: "Window") -> bool:
        """Whether some day lies in both windows."""
        return (self.until is None or other.start < self.until) and (other.until is None or self.start < other.until)


def in_words(day: str) -> str:
    """`2015-01-01` as people say it, 1 January 2015; what stands behind it stays."""
    on = date.fromisoformat(day[:10])
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}{day[10:]}"


def told(window: Mapping[str, str]) -> str:
    """A window as plain data, in words: `from 1 January 2015 until 1 May 2020`, or since when at the latest."""
    start = f"from {in_words(window['from'])}" if "from" in window else f"on {in_words(window['seen'])} or before"
    end = f" until {in_words(window['until'])}" if window.get("until") else ""
    return start + end + ("" if "from" in window else "; the first day was not found")


def months(amount: float, unit: str) -> float:
    """A duration in months. `unit` is day, week, month or year; months and years convert exactly (12 months a year)."""
    if unit == "year":
        return amount * 12
    if unit == "month":
        return amount
    return amount * DAYS[unit] / DAYS_PER_MONTH


def age_years(born: date, on: date) -> int:
    """Completed years of age on a day. Who was born on 29 February turns a year older on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
