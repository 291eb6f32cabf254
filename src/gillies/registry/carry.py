"""What a registry that is there brings into the new one when newer files come without the full one: every row that they do not replace."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gillies.registry import clean, nppes, store
from gillies.registry.kinds import OTHER_NAME, PLACES
from gillies.registry.lanes import Lane, Lanes
from gillies.registry.plain import PLAIN
from gillies.registry.record import Provider
from gillies.registry.writing import LookUp

BY_PROVIDER = ("provider", "taxonomy", "name", "other_name", "place")
"""Tables of NPPES: a provider that a newer file has is left out of them."""

NO_CHANGE = pa.schema([("npi", pa.int64()), ("day", pa.string()), ("by", pa.string())])


class Carried(msgspec.Struct, frozen=True):
    """`rows`: table -> rows that were carried; `replaced`: providers that were not; `changed`: providers whose deactivation a newer report tells otherwise."""

    rows: dict[str, int]
    replaced: int
    changed: int


def carry(old: Path, tables: str, lanes: Lanes, out: LookUp, known: nppes.Known, anew: Iterable[str]) -> Carried:
    """Carries over the registry in a folder. `anew`: kinds of files that were read anew; `known.seen`: providers that newer files have."""
    left = {PLAIN[kind].table for kind in anew if kind in PLAIN and kind not in (OTHER_NAME.id, PLACES.id)}
    rows, changes, had = dict.fromkeys(BY_PROVIDER, 0), [NO_CHANGE.empty_table()], 0
    for folder in sorted((old / tables).iterdir()):
        if folder.name not in left:
            paths = sorted(folder.glob("*.parquet"))
            for read, kept, changed in lanes.run(_jobs(folder.name, paths, known)):
                rows[folder.name] = rows.get(folder.name, 0) + kept
                changes.append(changed)
                had += read if folder.name == "provider" else 0
    change = pa.concat_tables(changes)
    _look_up(old / store.FILE, out, left, known.seen, change)
    return Carried(rows, had - rows["provider"], len(change))


def _jobs(table: str, paths: Iterable[Path], known: nppes.Known) -> Iterator["partial[tuple[int, int, pa.Table]]"]:
    for path in paths:
        for group in range(pq.read_metadata(path).num_row_groups):
            yield partial(_copy, table=table, path=path, group=group, known=known)


def _copy(lane: Lane, table: str, path: Path, group: int, known: nppes.Known) -> tuple[int, int, pa.Table]:
    """Copies a group of rows: how many it had, how many are kept, and which deactivations changed."""
    with pq.ParquetFile(path) as file:
        rows = file.read_row_group(group)
    had, changed = len(rows), NO_CHANGE.empty_table()
    if table in BY_PROVIDER and known.seen is not None:
        rows = rows.filter(pc.invert(pc.is_in(rows["npi"], known.seen)))
    if table == "provider" and known.listed is not None:
        rows, changed = _deactivated(rows.combine_chunks(), known)
    lane.write(table, rows)
    return had, len(rows), changed


def _deactivated(rows: pa.Table, known: nppes.Known) -> tuple[pa.Table, pa.Table]:
    """Providers as the newer report of deactivated NPIs has them; and which of them changed."""
    held = clean.whole(rows, rows.column_names)
    told = nppes.deactivations(held["npi"], held["own_deactivated"], held["reactivated"], known)
    now = rows
    for column, values in told.items():
        now = now.set_column(now.column_names.index(column), column, values)
    same = pc.and_(*(_same(rows[column], now[column]) for column in ("deactivated", "deactivated_by")))
    changed = now.filter(pc.invert(same))
    return now, pa.table([changed["npi"], changed["deactivated"].cast(pa.string()), changed["deactivated_by"]], schema=NO_CHANGE)


def _same(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether two columns agree, row by row; nothing agrees with nothing."""
    return pc.fill_null(pc.equal(one, other), pc.and_(pc.is_null(one), pc.is_null(other)))


def _look_up(path: Path, out: LookUp, left: Iterable[str], seen: pa.Array | None, changed: pa.Table) -> None:
    """The same in the look-up file, by SQLite itself: no row comes to Python."""
    out.attach(path, "old")
    out.insert_aside("newer", pa.table({"npi": pa.array([], pa.int64()) if seen is None else seen}))
    out.insert_aside("changed", changed)
    day, by = (Provider.__struct_fields__.index(field) for field in ("deactivated", "deactivated_by"))
    out.ask(f"""
        INSERT INTO provider
        SELECT p.npi, CASE WHEN c.npi IS NULL THEN p.record ELSE json_replace(p.record, '$[{day}]', c.day, '$[{by}]', c.by) END, p.taxonomies
        FROM old.provider p LEFT JOIN changed c ON c.npi = p.npi WHERE p.npi NOT IN (SELECT npi FROM newer)""")
    for table in sorted(store.TABLES.keys() - {"provider", *left}):
        kept = "WHERE npi NOT IN (SELECT npi FROM newer)" if table in BY_PROVIDER else ""
        out.ask(f"INSERT INTO {table} SELECT * FROM old.{table} {kept}")
