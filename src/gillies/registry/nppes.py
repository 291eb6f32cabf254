"""The main file of NPPES: a table of its cells -> providers, their specialties and their names."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from gillies.registry import clean
from gillies.registry.kinds import NPPES, PROVIDER
from gillies.registry.npi import is_npi_sql
from gillies.registry.record import Provider
from gillies.registry.taken import Taken
from gillies.screen.engine import ask, name

SLOTS = 15
UPPER = ("state", "country", "sex")
CODES = frozenset("entity other_organization_kind other_kind country phone reason replacement sex sole subpart".split())
"""Columns of codes and numbers: no blanks are looked for at their ends, which costs as much as all else that is done to a cell."""

OWN = {"deactivated": "own_deactivated"}
"""What the row itself tells, where the report of deactivated NPIs may tell more."""

BAD = {
    "its NPI is no ten-digit number that fits its check digit": f"NOT {is_npi_sql('npi_text', 'npi')}",
    "its entity type is neither 1 (a person) nor 2 (an organisation)": "coalesce(entity NOT IN ('1', '2'), false)",
    "it has neither a name nor a day on which it was deactivated": "last IS NULL AND organization IS NULL AND deactivated IS NULL",
}
"""Why a row is set aside -> what is true of it. Deactivated rows hold little more than their NPI and are kept."""


def prepare(con: duckdb.DuckDBPyConnection, twins: pa.Table | None = None) -> None:
    """Makes what every piece is compared with: the report of deactivated NPIs, NPIs of newer files, and rows that are to be left out (`twins`:
    out_row, out_reason)."""
    ask(con, "CREATE OR REPLACE TABLE listed (listed_npi BIGINT, listed_day DATE)")
    ask(con, "CREATE OR REPLACE TABLE seen (seen_npi BIGINT)")
    ask(con, "CREATE OR REPLACE TABLE left_out (out_row BIGINT, out_reason VARCHAR)")
    if twins is not None:
        _insert(con, "left_out", "SELECT out_row, out_reason FROM told", twins)


def tell_deactivated(con: duckdb.DuckDBPyConnection, records: pa.Table) -> None:
    """Tells of the report of deactivated NPIs: npi, and records.Deactivation as JSON."""
    _insert(con, "listed", "SELECT npi, max(CAST(records ->> '$[0][0]' AS DATE)) FROM told GROUP BY npi", records)


def tell_seen(con: duckdb.DuckDBPyConnection, npis: pa.Table) -> None:
    """Tells which NPIs a newer file has: rows of older ones are passed over."""
    _insert(con, "seen", "SELECT npi FROM told WHERE npi NOT IN (SELECT seen_npi FROM seen)", npis)


def _insert(con: duckdb.DuckDBPyConnection, table: str, select: str, told: pa.Table) -> None:
    con.register("told", told)
    ask(con, f"INSERT INTO {table} {select}")
    con.unregister("told")


def take(con: duckdb.DuckDBPyConnection, table: pa.Table) -> Taken:
    """Reads the cells of a piece (kinds.NPPES's columns, each a text, and the row's number).

    Nothing is sorted: that would cost as much as all the rest. A specialty tells its slot instead, and who looks it up puts them in order.
    """
    whole = clean.with_all(table, NPPES.columns)
    con.register("raw", whole.select([*PROVIDER, "row"]))
    con.register("slots", slots(whole))
    ask(con, f"CREATE OR REPLACE TEMP TABLE p AS {_judged(*_told(con))}")
    bad = dict(ask(con, "SELECT row, bad FROM p WHERE bad IS NOT NULL ORDER BY row"))
    superseded, newest, *read = ask(con, f"SELECT count(*) FILTER (seen), max(updated), {', '.join(f'count({OWN.get(d, d)})' for d in NPPES.days)} FROM p")[0]
    unread = _unread_days(con, {d: whole[d].length() - whole[d].null_count - count for d, count in zip(NPPES.days, read, strict=True)})
    if bad or superseded:
        ask(con, "DELETE FROM p WHERE bad IS NOT NULL OR seen")
    ask(con, f"CREATE OR REPLACE TEMP TABLE t AS {_TAXONOMY}")
    kept = [field for field in Provider.__struct_fields__ if field != "taxonomies"]
    tables = {
        "provider": clean.query(con, f"SELECT npi, {', '.join(map(name, kept))}, active, row FROM p"),
        "taxonomy": clean.query(con, "SELECT npi, slot, code, license, license_state, primary_switch, state, zip5 FROM t"),
        "name": clean.query(con, _NAMES),
    }
    reported = "(SELECT source_row, '[' || string_agg(record, ',') || ']' AS taxonomies FROM t GROUP BY source_row)"
    one = f"p.npi, {clean.record(map(name, kept))} AS record, coalesce(taxonomies, '[]') AS taxonomies"
    records = clean.query(con, f"SELECT {one} FROM p LEFT JOIN {reported} s ON s.source_row = p.row")
    con.unregister("raw")
    con.unregister("slots")
    return Taken(tables, records, bad, superseded, unread, newest)


def slots(table: pa.Table) -> pa.Table:
    """The specialties that are filled, one row each. Most of the 15 slots are empty: they are passed over without a look at their cells."""
    filled = []
    for slot in range(1, SLOTS + 1):
        code = table[f"code_{slot}"]
        if code.null_count < len(code):
            held = table.select(["row", f"code_{slot}", f"license_{slot}", f"license_state_{slot}", f"primary_{slot}"])
            if code.null_count * 5 > len(code):  # else it is cheaper to leave the empty ones for later
                held = held.filter(pc.is_valid(code))
            held = held.rename_columns(["row", "code", "license", "license_state", "primary_switch"])
            filled.append(held.append_column("slot", pa.repeat(pa.scalar(slot, pa.int8()), len(held))))
    if filled:
        return pa.concat_tables(filled)
    texts = [(column, pa.string()) for column in ("code", "license", "license_state", "primary_switch")]
    return pa.schema([("row", pa.int64()), *texts, ("slot", pa.int8())]).empty_table()


def _read() -> str:
    """SELECT of the values of each row: texts, days, the NPI as a number."""
    values = {field: name(field) if field in CODES else clean.cell(field) for field in Provider.__struct_fields__ if field in PROVIDER}
    values |= {field: f"upper({values[field]})" for field in UPPER}
    values |= {field: clean.day(field, form) for field, form in NPPES.days.items()}
    values |= {"zip5": clean.zip5("zip"), "zip4": clean.zip4("zip"), "npi": clean.npi("npi"), "npi_text": clean.cell("npi"), "row": "row"}
    return f"SELECT {', '.join(f'{value} AS {name(field)}' for field, value in values.items())} FROM raw"


def _told(con: duckdb.DuckDBPyConnection) -> tuple[bool, bool, bool]:
    """Whether there is a report of deactivated NPIs, a newer file, rows to be left out: without them, nothing is joined."""
    listed, seen, left_out = ask(con, "SELECT EXISTS (FROM listed), EXISTS (FROM seen), EXISTS (FROM left_out)")[0]
    return listed, seen, left_out


def _unread_days(con: duckdb.DuckDBPyConnection, missing: dict[str, int]) -> dict[str, int]:
    """Cells that are no day, by column. `missing`: cells that gave none; only where there are any is it worth a look whether they are more than blank."""
    found = {
        day: int(ask(con, f"SELECT count(*) FILTER ({clean.unread_day(day, clean.day(day, NPPES.days[day]))}) FROM raw")[0][0])
        for day, count in missing.items()
        if count
    }
    return {day: count for day, count in found.items() if count}


def _judged(listed: bool, seen: bool, left_out: bool) -> str:
    """SELECT of the same with: what is wrong with the row, whether a newer file has the provider, and the day of deactivation by file or by report.

    A day of the report counts where it is newer than what the row tells of deactivation and reactivation.
    """
    by_report = "(listed_day IS NOT NULL AND coalesce(listed_day > greatest(deactivated, reactivated), true))"
    since = f"CASE WHEN {by_report} THEN listed_day ELSE deactivated END" if listed else "deactivated"
    by = f"WHEN {by_report} THEN 'list' " if listed else ""
    cases = " ".join(f"WHEN {true} THEN '{reason}'" for reason, true in BAD.items())
    joins = (" LEFT JOIN listed ON listed_npi = npi" if listed else "") + (" LEFT JOIN left_out ON out_row = row" if left_out else "")
    return f"""
        SELECT * {f"REPLACE ({since} AS deactivated)" if listed else ""}, deactivated AS {OWN["deactivated"]},
               CASE {by}WHEN deactivated IS NOT NULL THEN 'nppes' END AS deactivated_by,
               coalesce(reactivated >= {since}, {since} IS NULL) AS active,
               CASE {"WHEN out_row IS NOT NULL THEN out_reason" if left_out else ""} {cases} END AS bad,
               {"npi IN (SELECT seen_npi FROM seen)" if seen else "false"} AS seen
        FROM ({_read()}){joins}"""


_SLOT = {
    "code": f"upper({clean.cell('code')})", "license": clean.cell("license"), "license_state": "upper(license_state)",
    "primary_switch": "upper(primary_switch)",
}  # fmt: skip
_TAXONOMY = f"""
    SELECT p.npi, p.row AS source_row, slot, {", ".join(f"{value} AS {column}" for column, value in _SLOT.items())}, p.state, p.zip5,
           {clean.record(["slot", *_SLOT.values()])} AS record
    FROM slots JOIN p ON p.row = slots.row WHERE {clean.cell("code")} IS NOT NULL"""

_NAMES = f"""
    SELECT npi, 'legal' AS kind, NULL AS type, last, first, middle, NULL AS organization, state,
           {clean.key("last")} AS last_key, {clean.key("first")} AS first_key, NULL AS organization_key FROM p WHERE last IS NOT NULL
    UNION ALL BY NAME
    SELECT npi, 'other' AS kind, other_kind AS type, other_last AS last, coalesce(other_first, first) AS first, other_middle AS middle, state,
           {clean.key("other_last")} AS last_key, {clean.key("coalesce(other_first, first)")} AS first_key FROM p WHERE other_last IS NOT NULL
    UNION ALL BY NAME SELECT npi, 'legal' AS kind, organization, state, {clean.key("organization")} AS organization_key FROM p WHERE organization IS NOT NULL
    UNION ALL BY NAME
    SELECT npi, 'other' AS kind, other_organization_kind AS type, other_organization AS organization, state,
           {clean.key("other_organization")} AS organization_key FROM p WHERE other_organization IS NOT NULL
    UNION ALL BY NAME SELECT npi, 'parent' AS kind, parent AS organization, state, {clean.key("parent")} AS organization_key FROM p WHERE parent IS NOT NULL"""
