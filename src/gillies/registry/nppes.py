"""The main file of NPPES: a table of its cells -> providers, their specialties and their names."""

from collections.abc import Mapping
from datetime import date

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gillies.registry import clean
from gillies.registry.kinds import NPPES, PROVIDER
from gillies.registry.record import Provider
from gillies.registry.rows import ROW
from gillies.registry.taken import Taken

SLOTS = 15
ENTITIES = pa.array(["1", "2", None])
UPPER = ("state", "country", "sex")
NO_NPI = "its NPI is no ten-digit number that fits its check digit"
NO_ENTITY = "its entity type is neither 1 (a person) nor 2 (an organisation)"
NO_NAME = "it has neither a name nor a day on which it was deactivated"
"""Why a row is set aside. Deactivated rows hold little more than their NPI and are kept."""

NAMES = pa.schema(
    [("npi", pa.int64())] + [(column, pa.string()) for column in ("kind type last first middle organization state last_key first_key organization_key".split())]
)

Columns = dict[str, pa.Array]


class Known(msgspec.Struct, frozen=True):
    """What the rows are compared with: the report of deactivated NPIs (npi, day), NPIs that a newer file has, and rows that are to be left out (row,
    npi, reason)."""

    listed: pa.Table | None = None
    seen: pa.Array | None = None
    left_out: pa.Table | None = None


def take(table: pa.Table, known: Known) -> Taken:
    """Reads the cells of a piece (kinds.NPPES's columns, each a text, and the row's number)."""
    raw = clean.whole(table, NPPES.columns)
    raw |= {text: clean.cells(raw[text]) for text in ("npi", "entity", "last", "organization", *NPPES.days)}
    days = {day: clean.days(raw[day], form) for day, form in NPPES.days.items()}
    unread = {day: count for day, column in days.items() if (count := clean.unread_days(raw[day], column))}
    newest = pc.max(days["updated"]).as_py()
    columns = raw | days | {ROW: table[ROW].combine_chunks(), "npi": clean.npis(raw["npi"])}
    why = _refused(columns, known)
    old = pc.and_(pc.is_in(columns["npi"], known.seen), pc.is_null(why)) if known.seen is not None else None
    bad = clean.told(columns[ROW], why)
    superseded = pc.sum(old).as_py() or 0 if old is not None else 0
    if bad or superseded:
        kept = pc.is_null(why) if old is None else pc.and_not(pc.is_null(why), old)
        columns = {name: column.filter(kept) for name, column in columns.items()}
    return _taken(columns, known, bad, superseded, unread, newest)


def _refused(columns: Columns, known: Known) -> pa.Array:
    """Why each row is set aside, NULL where it is not."""
    why = clean.refused({
        NO_NPI: pc.invert(pc.fill_null(clean.fits(columns["npi"]), False)),
        NO_ENTITY: pc.invert(pc.is_in(columns["entity"], ENTITIES)),
        NO_NAME: pc.and_(pc.and_(pc.is_null(columns["last"]), pc.is_null(columns["organization"])), pc.is_null(columns["deactivated"])),
    }, len(columns[ROW]))  # fmt: skip
    if known.left_out is None:
        return why
    at = pc.index_in(columns[ROW], known.left_out["row"].combine_chunks())
    same = pc.equal(known.left_out["npi"].combine_chunks().take(at), columns["npi"])  # another file has a row of that number too
    return pc.coalesce(pc.if_else(same, known.left_out["reason"].combine_chunks().take(at), None), why)


def _taken(raw: Columns, known: Known, bad: dict[int, str], superseded: int, unread: dict[str, int], newest: date | None) -> Taken:
    """What comes of the rows that are kept."""
    columns = _values(raw, known)
    at, starts, slots = _slots(raw)
    reported = {"npi": columns["npi"].take(at), **slots, "state": columns["state"].take(at), "zip5": columns["zip5"].take(at)}
    fields = {field: columns[field] for field in Provider.__struct_fields__}
    taxonomies = clean.arrays(starts, clean.record([slots["slot"].cast(pa.string()), *(slots[held] for held in SLOT)], len(at)))
    provider = pa.table({"npi": columns["npi"], **fields, **{column: columns[column] for column in ("own_deactivated", "active", ROW)}})
    tables = {"provider": provider, "taxonomy": pa.table(reported), "name": _names(columns)}
    records = pa.table({"npi": columns["npi"], "record": clean.record(list(fields.values()), len(provider)), "taxonomies": taxonomies})
    return Taken(tables, records, bad, superseded, unread, newest)


def _values(raw: Columns, known: Known) -> Columns:
    """The fields of record.Provider."""
    columns = raw | {field: clean.cells(raw[field]) for field in Provider.__struct_fields__ if field in PROVIDER and field not in NPPES.days}
    columns |= {field: clean.capitals(columns[field]) for field in UPPER}
    columns |= {"zip5": clean.zip5(zips := clean.cells(raw["zip"])), "zip4": clean.zip4(zips)}
    return columns | deactivations(columns["npi"], columns["deactivated"], columns["reactivated"], known)


def deactivations(npis: pa.Array, own: pa.Array, reactivated: pa.Array, known: Known) -> Columns:
    """When each number was deactivated and by which file, and whether it may be used: never deactivated, or reactivated since. `own`: the day that the
    provider's row tells. The report of deactivated NPIs counts where it is newer than that row."""
    deactivated, by = own, pc.if_else(pc.is_valid(own), clean.constant("nppes"), clean.constant(None))
    if known.listed is not None:
        listed = known.listed["day"].combine_chunks().take(pc.index_in(npis, known.listed["npi"].combine_chunks()))
        newer = pc.greater(listed, pc.max_element_wise(own, reactivated))
        by_report = pc.and_(pc.is_valid(listed), pc.fill_null(newer, True))
        deactivated, by = pc.if_else(by_report, listed, own), pc.if_else(by_report, clean.constant("list"), by)
    active = pc.coalesce(pc.greater_equal(reactivated, deactivated), pc.is_null(deactivated))
    return {"own_deactivated": own, "deactivated": deactivated, "deactivated_by": by, "active": active}


SLOT = ("code", "license", "license_state", "primary_switch")
"""What a slot holds; the file calls the last one `primary`."""


def _slots(raw: Columns) -> tuple[pa.Array, pa.Array, Columns]:
    """The specialties that are filled, by provider and slot: the place of each one's provider; where each provider's begin (and, last, where all end);
    and the columns of what they hold. Most slots are empty: nothing is done to them."""
    none, counts = pa.nulls(0, pa.string()), pa.repeat(clean.constant(0, pa.int32()), len(raw[ROW]))
    filled = [(pa.nulls(0, pa.uint64()), pa.nulls(0, pa.int8()), none, none, none, none)]
    for slot in range(1, SLOTS + 1):
        code = clean.cells(raw[f"code_{slot}"])
        if code.null_count < len(code):
            has = pc.is_valid(code)
            at, counts = pc.indices_nonzero(has), pc.add(counts, has.cast(pa.int32()))
            held = (column.take(at) for column in (code, *(raw[f"{part}_{slot}"] for part in ("license", "license_state", "primary"))))
            filled.append((at, pa.repeat(clean.constant(slot, pa.int8()), len(at)), *held))
    at, number, code, licence, state, primary = map(pa.concat_arrays, zip(*filled, strict=True))
    order = pc.sort_indices(at)  # stable: the slots of a provider stay in their order
    columns = {"slot": number, "code": clean.capitals(code), "license": clean.cells(licence)}
    columns |= {"license_state": clean.capitals(clean.cells(state)), "primary_switch": clean.capitals(clean.cells(primary))}
    starts = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(counts)])
    return at.take(order), starts, {name: column.take(order) for name, column in columns.items()}


def _names(columns: Columns) -> pa.Table:
    """Every name of every provider. A former surname stands with the first name of today where no other is given."""
    other_first = pc.coalesce(columns["other_first"], columns["first"])
    names: list[Mapping[str, pa.Array | str]] = [
        {"kind": "legal", "last": columns["last"], "first": columns["first"], "middle": columns["middle"]},
        {"kind": "other", "type": columns["other_kind"], "last": columns["other_last"], "first": other_first, "middle": columns["other_middle"]},
        {"kind": "legal", "organization": columns["organization"]},
        {"kind": "other", "type": columns["other_organization_kind"], "organization": columns["other_organization"]},
        {"kind": "parent", "organization": columns["parent"]},
    ]  # fmt: skip
    return pa.concat_tables(_named(columns, name) for name in names)


def _named(columns: Columns, name: Mapping[str, pa.Array | str]) -> pa.Table:
    """The rows that have such a name."""
    has = pc.is_valid(name["last" if "last" in name else "organization"])
    held = {part: column.filter(has) for part, column in {"npi": columns["npi"], "state": columns["state"], **name}.items() if not isinstance(column, str)}
    rows = len(held["npi"])
    held |= {f"{part}_key": clean.keys(held[part]) for part in ("last", "first", "organization") if part in held}
    held["kind"] = pa.repeat(clean.constant(str(name["kind"])), rows)
    return pa.table([held.get(column, pa.nulls(rows, pa.string())) for column in NAMES.names], schema=NAMES)
