"""The look-up file: one SQLite database that is written once (writing.py), then only read."""

import sqlite3
from pathlib import Path

import msgspec

from gillies.registry import record
from gillies.registry.manifest import LOOK_UP

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


def view(table: str, struct: type[msgspec.Struct]) -> str:
    """A view that shows a table's records with a column for each field."""
    many = "records" in TABLES[table]
    source, value = (f"{table}, json_each({table}.records) AS each", "each.value") if many else (table, f"{table}.record")
    columns = ", ".join(
        f"json_extract({value}, '$[{place}]') AS \"{field}\"" for place, field in enumerate(struct.__struct_fields__) if field not in ("npi", "taxonomies")
    )
    own = {"code": "", "provider": "provider.npi, provider.taxonomies, "}.get(table, f"{table}.npi, ")
    return f"CREATE VIEW {table}s AS SELECT {own}{columns} FROM {source}"


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection for look-ups. The file never changes, so nothing is locked, and the system's page cache is read without a copy."""
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    con.execute("PRAGMA mmap_size = 34359738368")
    return con
