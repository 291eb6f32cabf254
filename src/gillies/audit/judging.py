"""What only Python can say is said once of each distinct combination, some at a time, and put back beside it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gillies.screen.tables import Session

AT_ONCE = 50_000
"""Combinations that are in Python's hands at once: what bounds its memory."""

Judge = Callable[..., Sequence[Any] | None]


def judge(db: Session, into: str, source: str, keys: Sequence[str], gives: Mapping[str, str], says: Judge) -> None:
    """Makes `into`: each distinct combination of the columns `keys` of `source` (texts) with what `says` gives for it, in the columns `gives` (name ->
    type). Combinations of which it says nothing are left out."""
    asked, columns = f"{into}_asked", ", ".join(keys)
    db.table(asked, f"SELECT ROW_NUMBER() OVER () AS n, {columns} FROM (SELECT DISTINCT {columns} FROM {source}) AS d")
    parts = 1 + int(db.fetch(f"SELECT count(*) FROM {asked}")[0][0]) // AT_ONCE
    for part in range(parts):
        met = db.fetch(f"SELECT n, {columns} FROM {asked} WHERE n % {parts} = {part}")
        said = ((n, *answer) for n, *held in met if (answer := says(*held)) is not None)
        db.load(f"{into}_{part}", {"n": "BIGINT", **gives}, said)
    answers = " UNION ALL ".join(f"SELECT * FROM {into}_{part}" for part in range(parts))
    db.table(
        into, f"SELECT {', '.join(f'a.{key}' for key in keys)}, {', '.join(f's.{column}' for column in gives)} FROM {asked} a JOIN ({answers}) AS s USING (n)"
    )


def beside(source: str, judged: str, keys: Sequence[str]) -> str:
    """SQL that puts the rows of `source` (called s) and what was said of them (j) side by side."""
    same = " AND ".join(f"s.{key} IS NOT DISTINCT FROM j.{key}" for key in keys)
    return f"{source} s JOIN {judged} j ON {same}"


def first_of(source: str, key: str, order: str) -> str:
    """SQL of the first row of each key. (An engine's own "value beside the least" picks any of several that are as small, now this, now that.)"""
    return f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY {order}) AS place FROM ({source}) AS o) AS p WHERE place = 1"
