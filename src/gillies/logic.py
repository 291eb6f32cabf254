"""Three-valued (Kleene) logic: met, not met, unknown.

The tables are those of strong Kleene logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64), which SQL
also uses with NULL as unknown, so that the same rule can run in a database.
"""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """The value of a criterion. It has no truth value of its own: `if truth:` raises, so that unknown is never taken for no."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("A Truth is met, not met or unknown: compare it with Truth.MET and so on, do not use it as a bool.")

    __hash__ = object.__hash__  # the one of Enum hashes the name in Python each time


MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def truth_of(value: bool | None) -> Truth:
    """True -> met, False -> not met, None -> unknown."""
    if value is None:
        return UNKNOWN
    return MET if value else NOT_MET


def negate(value: Truth) -> Truth:
    """Not: unknown stays unknown."""
    if value is UNKNOWN:
        return UNKNOWN
    return NOT_MET if value is MET else MET


def all_of(values: Iterable[Truth]) -> Truth:
    """And: one not met decides; else one unknown keeps it unknown. Of nothing: met."""
    seen_unknown = False
    for value in values:
        if value is NOT_MET:
            return NOT_MET
        seen_unknown = seen_unknown or value is UNKNOWN
    return UNKNOWN if seen_unknown else MET


def any_of(values: Iterable[Truth]) -> Truth:
    """Or: one met decides; else one unknown keeps it unknown. Of nothing: not met."""
    seen_unknown = False
    for value in values:
        if value is MET:
            return MET
        seen_unknown = seen_unknown or value is UNKNOWN
    return UNKNOWN if seen_unknown else NOT_MET


def at_least_of(count: int, values: Iterable[Truth]) -> Truth:
    """At least `count` are met: decided as soon as the unknown ones can no longer turn it."""
    listed = list(values)
    met = sum(value is MET for value in listed)
    unknown = sum(value is UNKNOWN for value in listed)
    if met >= count:
        return MET
    return UNKNOWN if met + unknown >= count else NOT_MET
