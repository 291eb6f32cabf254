"""Where the tables of a job live, and small helpers for SQL text of our own making: names and texts come from the knowledge, never from
what a user types.

The SQL of screening is written once, as DuckDB writes it; a session of another engine turns it into its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import duckdb

from gillies.backends.duckdb import DuckDb
from gillies.backends.sql import Backend
from gillies.screen.engine import ask, text

Connection = duckdb.DuckDBPyConnection
WORD = 62
"""Bits in a word: engines have signed numbers of 64."""
AT_ONCE = 20
"""SELECTs that one statement puts together."""


class Session(ABC):
    """An engine with the tables of one job."""

    engine: ClassVar[str]
    backend: ClassVar[type[Backend]]

    @abstractmethod
    def table(self, name: str, select: str) -> None:
        """Makes a table of what a SELECT gives."""

    @abstractmethod
    def view(self, name: str, select: str) -> None:
        """Gives a SELECT a name."""

    @abstractmethod
    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Makes a table of these columns (name -> type) and rows."""

    @abstractmethod
    def together(self, name: str, columns: Mapping[str, str], selects: Sequence[str]) -> None:
        """Makes a table of these columns and of the rows of several SELECTs, which are in the engine's own words."""

    @abstractmethod
    def fetch(self, select: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""


class DuckDbSession(Session):
    """Tables in one DuckDB connection."""

    engine = "duckdb"
    backend = DuckDb

    def __init__(self, con: Connection) -> None:
        self.con = con

    def table(self, name: str, select: str) -> None:
        """A temporary table."""
        ask(self.con, f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def view(self, name: str, select: str) -> None:
        """A temporary view."""
        ask(self.con, f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """A temporary table, filled column by column."""
        self._empty(name, columns)
        listed = list(rows)
        if listed:
            held = [[row[i] for row in listed] for i in range(len(columns))]
            self.con.execute(f"INSERT INTO {name} SELECT {', '.join('UNNEST(?)' for _ in columns)}", held)

    def together(self, name: str, columns: Mapping[str, str], selects: Sequence[str]) -> None:
        """Some at a time: a statement has its price, and so has one that is very long."""
        self._empty(name, columns)
        for start in range(0, len(selects), AT_ONCE):
            ask(self.con, f"INSERT INTO {name} {' UNION ALL '.join(selects[start : start + AT_ONCE])}")

    def fetch(self, select: str) -> list[tuple[Any, ...]]:
        """All rows."""
        return ask(self.con, select)

    def _empty(self, name: str, columns: Mapping[str, str]) -> None:
        ask(self.con, f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")


def texts(values: Iterable[str]) -> str:
    """Texts as the inside of IN (…); of nothing: NULL, which nothing equals."""
    return ", ".join(map(text, values)) or "NULL"


def words(bits: int, prefix: str = "w") -> list[str]:
    """The columns that hold so many bits."""
    return [f"{prefix}{number}" for number in range((bits + WORD - 1) // WORD)]


def as_words(bits: Iterable[int], size: int = 0) -> list[int]:
    """Bits as words, at least `size` of them."""
    held = [0] * size
    for bit in bits:
        held += [0] * (bit // WORD + 1 - len(held))
        held[bit // WORD] |= 1 << bit % WORD
    return held


def any_of(bits: Iterable[int], prefix: str = "w") -> str:
    """Whether one of these bits is set."""
    return " OR ".join(f"({prefix}{number} & {word}) <> 0" for number, word in enumerate(as_words(bits)) if word) or "FALSE"


def picked(items: Sequence[tuple[str, int]], prefix: str = "w") -> str:
    """A list of the texts whose bit is set, in order."""
    return f"LIST_FILTER([{', '.join(f'CASE WHEN {any_of([bit], prefix)} THEN {text(name)} END' for name, bit in items)}], lambda x: x IS NOT NULL)"
