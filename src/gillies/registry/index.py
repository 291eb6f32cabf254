"""What makes a registry searchable: names, specialties and towns with who has them (see search/). Made once all rows are in, from the tables
for analysis: DuckDB sorts, the sorted numbers go to disk as they are."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np

from gillies.registry import clean
from gillies.registry.lanes import parquet
from gillies.registry.search import around, packing
from gillies.registry.search.filed import Writer, write_sorted
from gillies.registry.search.files import FOLDER
from gillies.registry.search.firms import COMMON
from gillies.registry.writing import LookUp
from gillies.screen.engine import ask, text

BATCH = 200_000


def forms(column: str) -> str:
    """A name of several parts is filed under the whole, without blanks, and under each part."""
    return f"CASE WHEN contains({column}, ' ') THEN list_append(string_split({column}, ' '), replace({column}, ' ', '')) ELSE [coalesce({column}, '')] END"


class Index(msgspec.Struct, frozen=True):
    """Words to file. `rows`: a SELECT of word, and of what `packed` (SQL) packs into a number; `misspelt`: whether misspelt ones are looked for."""

    words: str
    rows: str
    packed: str
    misspelt: bool = True


def make(con: duckdb.DuckDBPyConnection, tables: Path, out: LookUp, step: Callable[[str], None]) -> dict[str, int]:
    """Makes all indexes; how many numbers each has. While SQLite makes those of the look-up file, a thread makes the others. Raises TwiceError."""
    folder = tables.parent / FOLDER
    folder.mkdir()
    with ThreadPoolExecutor(1) as pool:
        step("indexing numbers")
        job = pool.submit(_make, con.cursor(), tables, folder, step)
        out.index()
        return job.result()


def _make(con: duckdb.DuckDBPyConnection, tables: Path, folder: Path, step: Callable[[str], None]) -> dict[str, int]:
    states = ", ".join(f"({text(state)}, {place})" for place, state in enumerate(packing.STATES, 1))
    ask(con, f"CREATE TEMP TABLE states AS SELECT * FROM (VALUES {states}) t(state, state_place)")
    source = _sources(tables)
    counts: dict[str, int] = {}
    step("indexing people by name")
    firsts = f"SELECT DISTINCT unnest({forms('first_key')}) AS word FROM {source['names']} WHERE last_key IS NOT NULL UNION SELECT ''"
    Writer(folder, "first").words(_words(con, "firsts", firsts))
    counts["person"] = _file(con, folder, Index("surname", PEOPLE.format(source=_placed(source["names"])), packing.PERSON))
    ask(con, "DROP TABLE firsts")
    step("indexing organisations by name")
    counts["firm"] = _file(con, folder, Index("word", FIRMS.format(source=_placed(source["firms"])), packing.FIRM))
    step("indexing specialties by place")
    taxonomies = f"SELECT code AS word, npi, state_place, {packing.ZIP_SQL} FROM {_placed(source['taxonomies'])}"
    counts["specialty"] = _file(con, folder, Index("specialty", taxonomies, packing.SPECIALTY, misspelt=False))
    step("indexing towns")
    towns = f"SELECT * FROM (SELECT {clean.key('city')} AS word, npi, state_place FROM {_placed(source['places'])}) WHERE word IS NOT NULL"
    counts["town"] = _file(con, folder, Index("town", towns, packing.TOWN))
    everywhere = f"SELECT npi, state_place, NOT active AS gone, coalesce(entity = '2', false) AS firm, {packing.ZIP_SQL} FROM {_placed(source['places'])}"
    everywhere = f"SELECT {packing.PLACE} AS number FROM ({everywhere}) ORDER BY number"
    counts["place_of_practice"] = write_sorted(folder / "place.numbers", (batch[0] for batch in _batches(con, everywhere, "number")))
    around.write(folder)
    for path in folder.iterdir():
        _to_disk(path)
    return counts


PEOPLE = f"""
    SELECT npi, state_place, surname AS word, place AS first_place
    FROM (SELECT npi, state_place, surname, unnest(given) AS given
          FROM (SELECT npi, state_place, {forms("first_key")} AS given, unnest({forms("last_key")}) AS surname FROM {{source}} WHERE last_key IS NOT NULL))
    JOIN firsts ON word = given"""

FIRMS = f"""
    SELECT * FROM (SELECT npi, state_place, unnest(string_split(organization_key, ' ')) AS word FROM {{source}} WHERE organization_key IS NOT NULL)
    WHERE word NOT IN ({", ".join(map(text, sorted(COMMON)))})"""


def _sources(tables: Path) -> dict[str, str]:
    """What is filed, as SQL: providers with further places of practice stand once more for each of them."""
    names, taxonomies, provider = (parquet(tables, table) for table in ("name", "taxonomy", "provider"))
    found = {"names": names, "firms": names, "taxonomies": taxonomies, "places": provider}
    if (tables / "other_name").is_dir():  # the further names of organisations come in a file of their own, which does not tell the state
        further = f"SELECT npi, state, {clean.key('further.organization')} AS organization_key FROM {parquet(tables, 'other_name')} further"
        found["firms"] = f"(SELECT npi, state, organization_key FROM {names} UNION ALL {further} JOIN {provider} USING (npi))"
    if not (tables / "place").is_dir():
        return found
    also = parquet(tables, "place")
    return {
        "names": f"(FROM {names} UNION ALL BY NAME SELECT n.* REPLACE (p.state AS state) FROM {names} n JOIN {also} p USING (npi))",
        "firms": f"(FROM {found['firms']} UNION ALL BY NAME SELECT n.* REPLACE (p.state AS state) FROM {found['firms']} n JOIN {also} p USING (npi))",
        "taxonomies": f"""(FROM {taxonomies} UNION ALL BY NAME
                           SELECT t.* REPLACE (p.state AS state, p.zip5 AS zip5) FROM {taxonomies} t JOIN {also} p USING (npi))""",
        "places": f"""(SELECT npi, entity, active, city, state, zip5 FROM {provider} UNION ALL
                       SELECT npi, entity, active, p.city, p.state, p.zip5 FROM {provider} JOIN {also} p USING (npi))""",
    }


def _placed(source: str) -> str:
    """The same with each state's number."""
    return f"(SELECT s.*, coalesce(state_place, 0) AS state_place FROM {source} s LEFT JOIN states USING (state))"


def _file(con: duckdb.DuckDBPyConnection, folder: Path, index: Index) -> int:
    """Files numbers under their words."""
    writer = Writer(folder, index.words)
    ask(con, f"CREATE TEMP TABLE filed AS SELECT word, {index.packed} AS number FROM ({index.rows})")
    writer.words(_words(con, "vocabulary", "SELECT DISTINCT word FROM filed"), signed=index.misspelt)
    batches = _batches(con, "SELECT place, number FROM filed JOIN vocabulary USING (word) ORDER BY place, number", "place", "number")
    rows = writer.numbers((places, numbers) for places, numbers in batches)
    ask(con, "DROP TABLE filed")
    ask(con, "DROP TABLE vocabulary")
    return rows


def _words(con: duckdb.DuckDBPyConnection, table: str, select: str) -> list[str]:
    """Words in the order of their length, kept as a table with their places."""
    ask(con, f"CREATE TEMP TABLE {table} AS SELECT word, row_number() OVER (ORDER BY length(word), word) - 1 AS place FROM ({select})")
    found: list[str] = con.sql(f"SELECT word FROM {table} ORDER BY place").to_arrow_table().column(0).to_pylist()
    return found


def _batches(con: duckdb.DuckDBPyConnection, select: str, *columns: str) -> Iterator[list[Any]]:
    for batch in con.sql(select).to_arrow_reader(BATCH):
        yield [np.asarray(batch.column(column)) for column in columns]


def _to_disk(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
