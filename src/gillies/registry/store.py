"""The look-up file: one SQLite database that is written once, then only read."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gillies.registry import record
from gillies.registry.manifest import LOOK_UP

if TYPE_CHECKING:
    import pyarrow as pa  # a look-up needs none of it

FILE = LOOK_UP

TABLES = {
    "provider": "npi INTEGER, record TEXT, taxonomies TEXT",
    "other_name": "npi INTEGER, records TEXT",
    "place": "npi INTEGER, records TEXT",
    "deactivation": "npi INTEGER, records TEXT",
    "clinician": "npi INTEGER, records TEXT",
    "service": "npi INTEGER, records TEXT",
    "exclusion": "npi INTEGER, last_key TEXT, first_key TEXT, business_key TEXT, record TEXT",
    "code": "code TEXT, record TEXT",
}
"""Tables that files fill; search.py's are made after them. `records`: a JSON array of records; an NPI may have several such rows."""

INDEXES = {
    "provider_npi": "UNIQUE INDEX {} ON provider(npi)",
    **{f"{table}_npi": f"INDEX {{}} ON {table}(npi)" for table in ("other_name", "place", "deactivation", "clinician", "service")},
    "exclusion_npi": "INDEX {} ON exclusion(npi) WHERE npi IS NOT NULL",
    "exclusion_last": "INDEX {} ON exclusion(last_key, first_key) WHERE last_key IS NOT NULL",
    "exclusion_business": "INDEX {} ON exclusion(business_key) WHERE business_key IS NOT NULL",
    "code_code": "INDEX {} ON code(code)",
}

SHOWN: dict[str, type[msgspec.Struct]] = {
    "provider": record.Provider, "other_name": record.OtherName, "place": record.Place, "deactivation": record.Deactivation,
    "clinician": record.Clinician, "service": record.Service, "exclusion": record.Exclusion, "code": record.Code,
}  # fmt: skip
"""Table -> the struct of its records, for the views that show them with a column for each field (providers, places …)."""


class TwiceError(Exception):
    """Some NPIs stand in the file of providers more than once."""


def create(path: Path) -> sqlite3.Connection:
    """A new look-up file, open for writing. A crash while it is written leaves rubbish: write it where nobody reads, then move the folder."""
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY"
    )
    for table, columns in TABLES.items():
        con.execute(f"CREATE TABLE {table} ({columns})")
    for table, struct in SHOWN.items():
        con.execute(_view(table, struct))
    con.execute("BEGIN")
    return con


def _view(table: str, struct: type[msgspec.Struct]) -> str:
    many = "records" in TABLES[table]
    source, value = (f"{table}, json_each({table}.records) AS each", "each.value") if many else (table, f"{table}.record")
    columns = ", ".join(
        f"json_extract({value}, '$[{place}]') AS \"{field}\"" for place, field in enumerate(struct.__struct_fields__) if field not in ("npi", "taxonomies")
    )
    own = {"code": "", "provider": "provider.npi, provider.taxonomies, "}.get(table, f"{table}.npi, ")
    return f"CREATE VIEW {table}s AS SELECT {own}{columns} FROM {source}"


def insert(con: sqlite3.Connection, table: str, rows: "pa.Table") -> None:
    """Appends rows; their columns are the table's, in order."""
    insert_rows(con, table, zip(*(column.to_pylist() for column in rows.columns), strict=True), rows.num_columns)


def insert_rows(con: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]], width: int) -> None:
    """The same for rows as they are."""
    con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def index(con: sqlite3.Connection) -> None:
    """Makes the indexes, once all rows are in: sorting them at once is far cheaper than keeping them sorted. Raises TwiceError."""
    con.execute("COMMIT")
    for name, rest in INDEXES.items():
        try:
            con.execute(f"CREATE {rest.format(name)}")
        except sqlite3.IntegrityError as twice:
            raise TwiceError from twice
    con.execute("BEGIN")


def finish(con: sqlite3.Connection, path: Path) -> None:
    """Ends writing: everything is on the disk when this returns."""
    con.execute("COMMIT")
    con.close()
    with path.open("rb") as written:
        os.fsync(written.fileno())


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection for look-ups. The file never changes, so nothing is locked, and the system's page cache is read without a copy."""
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    con.execute("PRAGMA mmap_size = 34359738368")
    return con
