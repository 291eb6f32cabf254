"""What makes the look-up file searchable: names, and specialties by place. Made once all rows are in, from the tables for analysis."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb

from gillies.registry import store
from gillies.registry.lanes import parquet
from gillies.screen.engine import ask, text

BATCH = 100_000

TABLES = {
    "surname": "id INTEGER PRIMARY KEY, name TEXT NOT NULL",
    "person": "surname INTEGER, state TEXT, first TEXT, npi INTEGER, PRIMARY KEY (surname, state, first, npi)) WITHOUT ROWID, STRICT",
    "word": "id INTEGER PRIMARY KEY, word TEXT NOT NULL",
    "firm": "word INTEGER, state TEXT, npi INTEGER, PRIMARY KEY (word, state, npi)) WITHOUT ROWID, STRICT",
    "specialty": "code TEXT, state TEXT, zip5 TEXT, npi INTEGER, PRIMARY KEY (code, state, zip5, npi)) WITHOUT ROWID, STRICT",
}
"""Surnames and words stand in the order of their length, so that those nearly as long as a misspelt one are neighbours. A name of several parts is filed
under the whole, without blanks, and under each part."""

PERSON = """
    SELECT DISTINCT npi, coalesce(state, '') AS state, coalesce(first_key, '') AS first,
           unnest(CASE WHEN contains(last_key, ' ') THEN list_append(string_split(last_key, ' '), replace(last_key, ' ', '')) ELSE [last_key] END) AS form
    FROM {names} WHERE last_key IS NOT NULL"""

FIRM = """
    SELECT DISTINCT npi, coalesce(state, '') AS state, unnest(string_split(organization_key, ' ')) AS form
    FROM {names} WHERE organization_key IS NOT NULL"""

COMMON = ("OF", "THE", "AND", "INC", "LLC", "PC", "PA", "PLLC", "LLP", "LTD", "CORP", "CO", "MD", "DBA", "A", "P", "C", "L")
"""Words that tell no firm from another."""


def make(con: duckdb.DuckDBPyConnection, tables: Path, out: sqlite3.Connection, step: Callable[[str], None]) -> dict[str, int]:
    """Fills the tables above; how many rows each has."""
    for table, columns in TABLES.items():
        out.execute(f"CREATE TABLE {table} ({columns}" + ("" if "WITHOUT" in columns else ")"))
    names, taxonomies = (parquet(tables, table) for table in ("name", "taxonomy"))
    step("indexing people by name")
    counts = _filed(con, out, PERSON.format(names=names), "surname", "person", ("state", "first", "npi"))
    step("indexing organisations by name")
    common = ", ".join(map(text, COMMON))
    counts |= _filed(con, out, f"SELECT * FROM ({FIRM.format(names=names)}) WHERE form NOT IN ({common})", "word", "firm", ("state", "npi"))
    step("indexing specialties by place")
    places = f"SELECT DISTINCT code, coalesce(state, '') AS state, coalesce(zip5, '') AS zip5, npi FROM {taxonomies}"
    return counts | {"specialty": _copy(con, out, f"{places} ORDER BY ALL", "specialty")}


def _filed(con: duckdb.DuckDBPyConnection, out: sqlite3.Connection, forms: str, vocabulary: str, filed: str, columns: tuple[str, ...]) -> dict[str, int]:
    ask(con, f"CREATE OR REPLACE TEMP TABLE forms AS {forms}")
    ask(con, "CREATE OR REPLACE TEMP TABLE known AS SELECT row_number() OVER (ORDER BY length(form), form) AS id, form FROM (SELECT DISTINCT form FROM forms)")
    counts = {vocabulary: _copy(con, out, "SELECT id, form FROM known ORDER BY id", vocabulary)}
    own = ", ".join(columns)
    counts[filed] = _copy(con, out, f"SELECT DISTINCT id, {own} FROM forms JOIN known USING (form) ORDER BY ALL", filed)
    for table in ("forms", "known"):
        ask(con, f"DROP TABLE {table}")
    return counts


def _copy(con: duckdb.DuckDBPyConnection, out: sqlite3.Connection, select: str, table: str) -> int:
    """Rows in the order of the table's key: appended, never searched for."""
    rows = 0
    for batch in con.sql(select).to_arrow_reader(BATCH):
        store.insert_rows(out, table, zip(*(column.to_pylist() for column in batch.columns), strict=True), batch.num_columns)
        rows += batch.num_rows
    return rows
