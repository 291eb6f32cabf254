"""Every official file but the main one: a table of cells -> a table of values, and what the look-up file holds of each provider."""

from functools import reduce

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gillies.registry import clean, record
from gillies.registry.kinds import DAC, DEACTIVATED, LEIE, NUCC, OTHER_NAME, PLACES, PUF, Kind
from gillies.registry.nppes import NO_NPI
from gillies.registry.rows import ROW
from gillies.registry.taken import Taken


class Plain(msgspec.Struct, frozen=True):
    """How a kind of file is kept: `table` in Parquet and for look-up, `holds` the struct of a record, `bad` reason -> columns without any of which a row is
    set aside, `keys` columns of the look-up table besides the NPI -> the name that is compared by it."""

    table: str
    holds: type[msgspec.Struct]
    bad: dict[str, tuple[str, ...]] = {}
    keys: dict[str, str] = {}


PLAIN = {
    OTHER_NAME.id: Plain("other_name", record.OtherName, {"it has no name": ("organization",)}),
    PLACES.id: Plain("place", record.Place, {"it has neither a town nor a ZIP": ("city", "zip5")}),
    DEACTIVATED.id: Plain("deactivation", record.Deactivation, {"its day is no day": ("day",)}),
    DAC.id: Plain("clinician", record.Clinician),
    PUF.id: Plain("service", record.Service, {"it has no code of a service": ("hcpcs",)}),
    LEIE.id: Plain(
        "exclusion",
        record.Exclusion,
        {"it has neither a name nor a firm": ("last", "business"), "its day of exclusion is no day": ("day",)},
        {"last_key": "last", "first_key": "first", "business_key": "business"},
    ),
    NUCC.id: Plain("code", record.Code, {"it has no code": ("code",)}),
}


def take(table: pa.Table, kind: Kind, seen: pa.Array | None) -> Taken:
    """Reads the cells of a piece (the kind's columns, each a text, and the row's number). `seen`: NPIs that a newer file has."""
    plain, cells = PLAIN[kind.id], {ours: clean.cells(column) for ours, column in clean.whole(table, kind.columns).items()}
    columns = _values(kind, plain, cells) | {ROW: table[ROW].combine_chunks()}
    unread = {day: count for day in kind.days if (count := clean.unread_days(cells[day], columns[day]))}
    newest = pc.max(columns["day"]).as_py() if "day" in kind.days else None
    why = _refused(kind, plain, columns)
    bad = clean.told(columns[ROW], why)
    kept, superseded = pc.is_null(why), 0
    if seen is not None and kind.id in (OTHER_NAME.id, PLACES.id):
        old = pc.and_(kept, pc.is_in(columns["number"], seen))
        kept, superseded = pc.and_not(kept, old), pc.sum(old).as_py() or 0
    if bad or superseded:
        columns = {name: column.filter(kept) for name, column in columns.items()}
    values = {"npi": columns["number"]} if "number" in columns else {}
    values |= {field: columns[field] for field in plain.holds.__struct_fields__ if field != "npi"}
    return Taken({plain.table: pa.table(values)}, _records(kind, plain, columns), bad, superseded, unread, newest)


def _values(kind: Kind, plain: Plain, cells: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """The columns of the file as values, and `number`: the NPI as a number."""
    columns = cells | {ours: clean.days(cells[ours], form) for ours, form in kind.days.items()} | {ours: clean.numbers(cells[ours]) for ours in kind.numbers}
    if "zip5" in plain.holds.__struct_fields__:
        columns |= {"zip5": clean.zip5(columns["zip"]), "zip4": clean.zip4(columns["zip"])}
    if "state" in columns:
        columns["state"] = clean.capitals(columns["state"])
    if "npi" in columns:
        columns["number"] = clean.npis(columns["npi"])
    return columns


def _refused(kind: Kind, plain: Plain, columns: dict[str, pa.Array]) -> pa.Array:
    """Why each row is set aside, NULL where it is not."""
    reasons = {NO_NPI: pc.invert(pc.fill_null(clean.fits(columns["number"]), False))} if kind.key else {}
    reasons |= {reason: reduce(pc.and_, (pc.is_null(columns[column]) for column in lacking)) for reason, lacking in plain.bad.items()}
    return clean.refused(reasons, len(columns[ROW]))


def _records(kind: Kind, plain: Plain, columns: dict[str, pa.Array]) -> pa.Table:
    """Rows for the look-up table. By provider where there is one: all that a piece holds of it, as one array."""
    one = clean.record([columns[field] for field in plain.holds.__struct_fields__], len(columns[ROW]))
    if kind.key:
        npis, records = clean.grouped(columns["number"], one)
        return pa.table({"npi": npis, "records": records})
    known = {"npi": _known(columns["number"])} if kind is LEIE else {"code": columns["code"]}
    return pa.table(known | {key: clean.keys(columns[of]) for key, of in plain.keys.items()} | {"record": one})


def _known(numbers: pa.Array) -> pa.Array:
    """NPIs that can be: not the zeros that stand for none, nor one whose check digit does not fit."""
    return pc.if_else(pc.and_(pc.greater(numbers, 0), clean.fits(numbers)), numbers, None)
