"""Small helpers for SQL text of our own making: names and texts come from the knowledge, never from what a user types."""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

from gillies.screen.engine import text

Connection = duckdb.DuckDBPyConnection
WORD = 62
"""Bits in a word: engines have signed numbers of 64."""


def load(con: Connection, table: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Makes a temporary table of these columns (name -> type) and rows."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    listed = list(rows)
    if listed:
        held = [[row[i] for row in listed] for i in range(len(columns))]
        con.execute(f"INSERT INTO {table} SELECT {', '.join('UNNEST(?)' for _ in columns)}", held)


def texts(values: Iterable[str]) -> str:
    """Texts as the inside of IN (…); of nothing: NULL, which nothing equals."""
    return ", ".join(map(text, values)) or "NULL"


def words(bits: int) -> list[str]:
    """The columns that hold so many bits."""
    return [f"w{number}" for number in range((bits + WORD - 1) // WORD)]


def is_set(bit: int, prefix: str = "") -> str:
    """Whether a bit is set."""
    return f"(({prefix}w{bit // WORD} >> {bit % WORD}) & 1) = 1"


def picked(items: Sequence[tuple[str, int]], prefix: str = "") -> str:
    """A list of the texts whose bit is set, in order."""
    mask = ", ".join(f"COALESCE({is_set(bit, prefix)}, FALSE)" for _, bit in items)
    return f"LIST_WHERE([{', '.join(text(name) for name, _ in items)}]::VARCHAR[], [{mask}]::BOOLEAN[])"
