"""Every official file but the main one: a table of cells -> a table of values, and what the look-up file holds of each provider."""

from collections.abc import Sequence

import duckdb
import msgspec
import pyarrow as pa

from gillies.registry import clean, record
from gillies.registry.kinds import DAC, DEACTIVATED, LEIE, NUCC, OTHER_NAME, PLACES, PUF, Kind
from gillies.registry.npi import is_npi_sql
from gillies.registry.taken import Taken
from gillies.screen.engine import ask, name

NO_NPI = "its NPI is no ten-digit number that fits its check digit"


class Plain(msgspec.Struct, frozen=True):
    """How a kind of file is kept: `table` in Parquet and for look-up, `holds` the struct of a record, `bad` reason -> what is true of a row that is
    set aside (over the values), `keys` columns of the look-up table besides the NPI."""

    table: str
    holds: type[msgspec.Struct]
    bad: dict[str, str] = {}
    keys: dict[str, str] = {}


PLAIN = {
    OTHER_NAME.id: Plain("other_name", record.OtherName, {"it has no name": "organization IS NULL"}),
    PLACES.id: Plain("place", record.Place, {"it has neither a town nor a ZIP": "city IS NULL AND zip5 IS NULL"}),
    DEACTIVATED.id: Plain("deactivation", record.Deactivation, {"its day is no day": '"day" IS NULL'}),
    DAC.id: Plain("clinician", record.Clinician),
    PUF.id: Plain("service", record.Service, {"it has no code of a service": "hcpcs IS NULL"}),
    LEIE.id: Plain(
        "exclusion",
        record.Exclusion,
        {"it has neither a name nor a firm": "last IS NULL AND business IS NULL", "its day of exclusion is no day": '"day" IS NULL'},
        {"last_key": clean.key("last"), "first_key": clean.key("first"), "business_key": clean.key("business")},
    ),
    NUCC.id: Plain("code", record.Code, {"it has no code": "code IS NULL"}, {"code": "code"}),
}


def take(con: duckdb.DuckDBPyConnection, kind: Kind, table: pa.Table) -> Taken:
    """Reads the cells of a piece (the kind's columns, each a text, and the row's number)."""
    plain = PLAIN[kind.id]
    con.register("raw", clean.with_all(table, kind.columns))
    ask(con, f"CREATE OR REPLACE TEMP TABLE v AS {_judged(kind, plain)}")
    con.unregister("raw")
    bad = dict(ask(con, "SELECT row, bad FROM v WHERE bad IS NOT NULL ORDER BY row"))
    newest = "max(day)" if "day" in kind.days else "NULL"
    unread = "".join(f", count(*) FILTER (unread_{day})" for day in kind.days)
    superseded, last_day, *odd = ask(con, f"SELECT count(*) FILTER (seen), {newest}{unread} FROM v")[0]
    if bad or superseded:
        ask(con, "DELETE FROM v WHERE bad IS NOT NULL OR seen")
    fields = plain.holds.__struct_fields__
    columns = [*(["npi"] if "npi" in kind.columns and "npi" not in fields else []), *fields]
    values = clean.query(con, f"SELECT {', '.join(map(name, columns))} FROM v")
    return Taken({plain.table: values}, _records(con, kind, plain, fields), bad, superseded, {d: n for d, n in zip(kind.days, odd, strict=True) if n}, last_day)


def _judged(kind: Kind, plain: Plain) -> str:
    values = {ours: clean.cell(ours) for ours in kind.columns}
    values |= {ours: clean.day(ours, form) for ours, form in kind.days.items()} | {ours: clean.number(ours) for ours in kind.numbers}
    values |= {"row": "row"}
    if "zip5" in plain.holds.__struct_fields__:
        values |= {"zip5": clean.zip5("zip"), "zip4": clean.zip4("zip")}
    if "state" in values:
        values["state"] = f"upper({values['state']})"
    if "npi" in kind.columns:
        values |= {"npi": clean.npi("npi"), "npi_text": clean.cell("npi")}
    unread = "".join(f", {clean.unread_day(day, values[day])} AS unread_{day}" for day in kind.days)
    cells = f"SELECT {', '.join(f'{value} AS {name(ours)}' for ours, value in values.items())}{unread} FROM raw"
    is_npi = is_npi_sql("npi_text", "npi") if "npi" in kind.columns else "true"
    reasons = ({NO_NPI: f"NOT {is_npi}"} if kind.key else {}) | plain.bad
    cases = " ".join(f"WHEN {true} THEN '{reason}'" for reason, true in reasons.items())
    seen = "npi IN (SELECT seen_npi FROM seen)" if kind.id in (OTHER_NAME.id, PLACES.id) else "false"
    keys = f", CASE WHEN {is_npi} AND npi > 0 THEN npi END AS known_npi" if kind.id == LEIE.id else ""
    return f"SELECT *, CASE {cases} END AS bad, {seen} AS seen{keys} FROM ({cells})"


def _records(con: duckdb.DuckDBPyConnection, kind: Kind, plain: Plain, fields: Sequence[str]) -> pa.Table:
    """Rows for the look-up table. By provider where there is one: all that a piece holds of it, as one array."""
    one = clean.mixed_record({field: name(field) for field in fields}, kind.numbers)
    if kind.key:
        return clean.query(con, f"SELECT npi, '[' || string_agg({one}, ',') || ']' AS records FROM v GROUP BY npi ORDER BY npi")
    npi = "known_npi AS npi, " if kind.id == LEIE.id else ""
    keys = "".join(f"{value} AS {name(key)}, " for key, value in plain.keys.items())
    return clean.query(con, f"SELECT {npi}{keys}{one} AS record FROM v ORDER BY row")
