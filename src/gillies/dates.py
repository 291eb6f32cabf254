"""Time, defined once: windows, ages and durations. No engine's own date functions are used anywhere else."""

from datetime import date

import msgspec

DAYS_PER_MONTH = 365.25 / 12
"""A duration is held in months; days and weeks are turned into months of this length."""

DAYS = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH, "year": 365.25}


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """A half-open stretch of time: `start` belongs to it, `until` does not; no `until` means still in force."""

    start: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day `on` lies in the window."""
        return self.start <= on and (self.until is None or on < self.until)

    def overlaps(self, other: "Window") -> bool:
        """Whether some day lies in both windows."""
        return (self.until is None or other.start < self.until) and (other.until is None or self.start < other.until)


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
