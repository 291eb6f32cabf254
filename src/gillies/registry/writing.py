"""Writes the look-up file."""

from pathlib import Path

import adbc_driver_sqlite.dbapi as adbc
import pyarrow as pa

from gillies.registry.store import INDEXES, SHOWN, TABLES, view
from gillies.screen.engine import text

SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536", "temp_store = MEMORY")


class TwiceError(Exception):
    """Some NPIs stand in the file of providers more than once."""


class LookUp:
    """A new look-up file, open for writing: by ADBC, which takes Arrow's columns as they are, without an object of Python for each cell. A crash while it
    is written leaves rubbish: write it where nobody reads, then move the folder."""

    def __init__(self, path: Path) -> None:
        self.con = adbc.connect(str(path), autocommit=True)
        for setting in SETTINGS:
            self.ask(f"PRAGMA {setting}")
        for table, columns in TABLES.items():
            self.ask(f"CREATE TABLE {table} ({columns})")
        for table, struct in SHOWN.items():
            self.ask(view(table, struct))
        self.ask("BEGIN")

    def ask(self, sql: str) -> pa.Table:
        """Runs one statement; what it answers."""
        with self.con.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetch_arrow_table()

    def insert(self, table: str, rows: pa.Table | pa.RecordBatch) -> None:
        """Appends rows; their columns are called as the table's."""
        with self.con.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="append")

    def insert_aside(self, table: str, rows: pa.Table) -> None:
        """Makes a table that other statements can use and that is not in the file."""
        with self.con.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="create", temporary=True)

    def attach(self, path: Path, name: str) -> None:
        """Lets statements read another look-up file under a name. It is never written to."""
        self.ask("COMMIT")
        self.ask(f"ATTACH {text(f'{path.resolve().as_uri()}?mode=ro&immutable=1')} AS {name}")
        self.ask("BEGIN")

    def index(self) -> None:
        """Makes the indexes, once all rows are in: sorting them at once is far cheaper than keeping them sorted. Raises TwiceError."""
        self.ask("COMMIT")
        for name, rest in INDEXES.items():
            try:
                self.ask(f"CREATE {rest.format(name)}")
            except adbc.IntegrityError as twice:
                raise TwiceError from twice
        self.ask("BEGIN")

    def finish(self) -> None:
        """Ends writing."""
        self.ask("COMMIT")
        self.close()

    def close(self) -> None:
        """Ends it, whether it is whole or not."""
        self.con.close()
