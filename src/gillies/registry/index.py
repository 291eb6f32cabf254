"""What makes the look-up file searchable: names, and specialties by place. Made once all rows are in, from the tables for analysis."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import msgspec

from gillies.registry import clean
from gillies.registry.lanes import parquet
from gillies.registry.writing import LookUp
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


def make(con: duckdb.DuckDBPyConnection, tables: Path, out: LookUp, step: Callable[[str], None]) -> dict[str, int]:
    """Makes all indexes; how many rows each of the tables above has. While Python writes one, DuckDB sorts the next. Raises TwiceError."""
    for table, columns in TABLES.items():
        out.ask(f"CREATE TABLE {table} ({columns}" + ("" if "WITHOUT" in columns else ")"))
    names, taxonomies = (parquet(tables, table) for table in ("name", "taxonomy"))
    people = Names(PERSON.format(names=names), "surname", "person", ("state", "first", "npi"))
    if (tables / "other_name").is_dir():  # the further names of organisations come in a file of their own, which does not tell the state
        further = f"SELECT npi, state, {clean.key('further.organization')} AS organization_key FROM {parquet(tables, 'other_name')} further"
        firm_names = f"(SELECT npi, state, organization_key FROM {names} UNION ALL {further} JOIN {parquet(tables, 'provider')} USING (npi))"
    else:
        firm_names = names
    firms = Names(f"SELECT * FROM ({FIRM.format(names=firm_names)}) WHERE form NOT IN ({', '.join(map(text, COMMON))})", "word", "firm", ("state", "npi"))
    places = f"SELECT DISTINCT code, coalesce(state, '') AS state, coalesce(zip5, '') AS zip5, npi FROM {taxonomies}"
    counts: dict[str, int] = {}
    with ThreadPoolExecutor(1) as pool:
        jobs = {
            "indexing people by name": pool.submit(_filed, con.cursor(), people),
            "indexing organisations by name": pool.submit(_filed, con.cursor(), firms),
            "indexing specialties by place": pool.submit(_sorted, con.cursor(), {"specialty": places}),
        }
        step("indexing numbers")
        out.index()
        for what, job in jobs.items():
            step(what)
            with job.result() as ready:
                counts |= {table: _copy(ready.con, out, table) for table in ready.tables}
    return counts


class Names(msgspec.Struct, frozen=True):
    """Names to file: a SELECT of their forms, the table of the forms, the table of who has them, and its columns besides the form."""

    forms: str
    vocabulary: str
    filed: str
    columns: tuple[str, ...]


class Ready(msgspec.Struct, frozen=True):
    """Tables that stand sorted in a connection of their own, which ends with this."""

    con: duckdb.DuckDBPyConnection
    tables: tuple[str, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.con.close()


def _filed(con: duckdb.DuckDBPyConnection, names: Names) -> Ready:
    ask(con, f"CREATE TEMP TABLE forms AS {names.forms}")
    vocabulary = "SELECT row_number() OVER (ORDER BY length(form), form) AS id, form FROM (SELECT DISTINCT form FROM forms)"
    filed = f"SELECT DISTINCT id, {', '.join(names.columns)} FROM forms JOIN {names.vocabulary} USING (form)"
    ready = _sorted(con, {names.vocabulary: vocabulary, names.filed: filed})
    ask(con, "DROP TABLE forms")
    return ready


def _sorted(con: duckdb.DuckDBPyConnection, tables: Mapping[str, str]) -> Ready:
    for table, select in tables.items():
        ask(con, f"CREATE TEMP TABLE {table} AS {select} ORDER BY ALL")
    return Ready(con, tuple(tables))


def _copy(con: duckdb.DuckDBPyConnection, out: LookUp, table: str) -> int:
    """Rows in the order of the table's key: appended, never searched for."""
    rows, columns = 0, [column.split()[0] for column in TABLES[table].split(", PRIMARY")[0].split(", ")]
    for batch in con.sql(f"FROM {table}").to_arrow_reader(BATCH):
        out.insert(table, batch.rename_columns(columns))
        rows += batch.num_rows
    return rows
