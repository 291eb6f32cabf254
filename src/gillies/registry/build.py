"""`gillies registry build`: official files in, one registry folder out. Everything is made aside and moved into place at the end."""

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from adbc_driver_manager import Error as AdbcError

from gillies import __version__
from gillies.errors import InputError
from gillies.knowledge.schema import ShelfLife
from gillies.registry import archive, index, manifest, nppes, plain, shelf, store, workbook
from gillies.registry.aside import FILE as ASIDE
from gillies.registry.aside import Aside
from gillies.registry.carry import carry
from gillies.registry.chunks import Chunk, chunks
from gillies.registry.chunks import header as read_header
from gillies.registry.kinds import DEACTIVATED, NPPES, OTHER_NAME, PLACES
from gillies.registry.lanes import Done, Lane, Lanes, Take, parquet
from gillies.registry.manifest import Manifest, Source
from gillies.registry.npi import is_made_up
from gillies.registry.rows import Rows
from gillies.registry.survey import Given, Planned, lost_columns, missing_weeks, survey
from gillies.registry.writing import LookUp, TwiceError
from gillies.screen.bar import Bar
from gillies.screen.engine import ask, connect, sweep

AWAY, DATA = ".gillies-registry-", "registry-"
"""How folders begin: of a build that is not done, and of the registry that the manifest names."""

OLD = re.compile(DATA + r"\d{8}T\d{12}-\d+")
"""What is removed once a new registry is in place: folders that are called so and hold a look-up file, nothing else."""

TABLES = "tables"
SHRINK = 0.03
"""A registry that would hold fewer providers than this share less is not put in place of the old one: NPPES does not shrink so from month to month."""

MEMORY = "700MB"
"""Of the engine that sorts names and specialties at the end; what does not fit goes to disk."""


class Allow(msgspec.Struct, frozen=True):
    """What a user says is meant: files past their shelf life; fewer providers or columns than before."""

    stale: bool = False
    loss: bool = False


ALL_AS_IT_SHOULD_BE = Allow()


class Onto(msgspec.Struct, frozen=True):
    """The registry that newer files come on top of, and the folder of its files."""

    folder: Path
    made: Manifest


class Build:
    """One build under way."""

    def __init__(self, away: Path, bar: Bar, lanes: Lanes, aside: Aside, out: LookUp, known: nppes.Known) -> None:
        self.away, self.bar, self.lanes, self.aside, self.out, self.known = away, bar, lanes, aside, out, known
        self.sums: dict[Path, str] = {}
        self.counts: Counter[str] = Counter()

    def read(self, plan: Planned) -> Source:
        """Reads one file into the tables, and says what came of it."""
        self.bar.step(f"reading {plan.member.name}")
        with archive.opened(plan.member) as source:
            if plan.member.name.lower().endswith(".xlsx"):
                table = workbook.table(source, plan.member.name, plan.header, plan.wanted, plan.kind.days)
                done: Iterable[Done] = [self.lanes.lanes[0].keep(Rows(table), Chunk(b"", 0, 0, plan.member.size), self._take(plan))]
            else:
                read_header(source, plan.member.name)
                work = partial(Lane.work, header=plan.header, wanted=plan.wanted, take=self._take(plan))
                done = self.lanes.run(partial(work, chunk=chunk) for chunk in chunks(source, plan.member.name))
            return self._kept(plan, done)

    def _take(self, plan: Planned) -> Take:
        """How a piece of a file is read. What was read before it is newer."""
        return partial(nppes.take, known=self.known) if plan.kind is NPPES else partial(plain.take, kind=plan.kind, seen=self.known.seen)

    def _kept(self, plan: Planned, pieces: Iterable[Done]) -> Source:
        reasons, unread = Counter[str](), Counter[str]()
        rows = out = superseded = foreign = lost = 0
        newest: date | None = None
        table = "provider" if plan.kind is NPPES else plain.PLAIN[plan.kind.id].table
        for done in pieces:
            self.out.insert(table, done.taken.records)
            rows, foreign, lost, superseded = rows + done.rows, foreign + done.foreign, lost + done.lost, superseded + done.taken.superseded
            out += done.rows - len(done.bad) - done.taken.superseded
            unread.update(done.taken.unread_days)
            self.aside.add(plan.member.name, done.bad, reasons, rows)
            newest = max(filter(None, (newest, done.taken.newest)), default=None)
            self.bar.advance(done.read, plan.member.size)
        released, by = (plan.released, plan.told_by) if plan.released else (newest, "the newest day in its rows" if newest else "")
        self.counts[table] += out
        path = plan.member.path
        self.sums[path] = self.sums.get(path) or archive.sha256(path)
        return Source(
            kind=plan.kind.id, file=path.name, inside=plan.member.name if plan.member.inside else "", sha256=self.sums[path], released=released, told_by=by,
            full=plan.full, rows_in=rows, rows_out=out, rows_aside=reasons.total(), superseded=superseded, columns=tuple(sorted(plan.wanted)),
            ignored=plan.ignored, reasons=dict(reasons), foreign=foreign, lost=lost, unread_days=dict(unread),
        )  # fmt: skip


def build(
    given: Given, root: Path, on: date, shelves: Mapping[str, ShelfLife], bar: Bar, allow: Allow = ALL_AS_IT_SHOULD_BE, *, update: bool = False
) -> Manifest:
    """Builds the registry in `root` from the files given, and hands back its manifest. Until the last step the old registry stays as it is.

    `update`: the files come on top of the registry that is there; else it is built anew. Raises InputError where a file cannot be used, is past its
    shelf life, or has less in it than the registry that is there (see Allow).
    """
    before = manifest.needed(root) if update else manifest.read(root)
    onto = before if update else None
    plans = survey(given, onto)
    if not plans:
        raise InputError("give at least one newer file, such as --nppes WEEKLY.zip: nothing was changed.")
    if not allow.loss and (lost := [*lost_columns(plans, before), *missing_weeks(plans, onto)]):
        raise InputError(f"{' '.join(lost)} Get the file as it is published, or say --allow-loss if it is meant.")
    newest = max((plan.released for plan in plans if plan.kind is NPPES and plan.released), default=None)
    days = ((plan, newest if plan.kind is NPPES else plan.released) for plan in plans if plan.full)
    _refuse_stale([shelf.check(plan.kind.id, plan.member.name, day, on, shelves) for plan, day in days if day], allow)  # others: once they are read
    try:
        root.mkdir(parents=True, exist_ok=True)
        sweep(root, AWAY, "")
        away = root / f"{AWAY}{os.getpid()}-{time.monotonic_ns()}"
        away.mkdir()
    except OSError as fault:
        raise InputError(f"{root} cannot be written: {fault.strerror or fault}.") from fault
    try:
        made = _with_no_twins(plans, away, bar, Onto(root / onto.folder, onto) if onto else None)
        _refuse_stale(shelf.stale(made.sources, on, shelves), allow)
        _refuse_less(before, made, allow)
        return _put_in_place(made, away, root)
    except (OSError, AdbcError, duckdb.IOException) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else None) or str(fault).splitlines()[0]
        raise InputError(f"{root} cannot be written: {why}. The registry that was there is as it was.") from fault
    finally:
        shutil.rmtree(away, ignore_errors=True)


def _refuse_stale(found: Iterable[shelf.Stale | None], allow: Allow) -> None:
    old = [each.say for each in found if each]
    if old and not allow.stale:
        raise InputError(f"{' '.join(old)} Say --allow-stale to build from it all the same: each answer will then begin with this.")


def _refuse_less(before: Manifest | None, made: Manifest, allow: Allow) -> None:
    had, has = (before.counts.get("provider", 0) if before else 0), made.counts["provider"]
    if before and before.made_up == made.made_up and has < had * (1 - SHRINK) and not allow.loss:
        raise InputError(f"This registry would hold {has:,} providers, the one that is there holds {had:,}: {1 - has / had:.0%} would be lost, so nothing was "
                         "changed. Is the file whole? Say --allow-loss if it is meant.")  # fmt: skip


def _with_no_twins(plans: list[Planned], away: Path, bar: Bar, onto: Onto | None) -> Manifest:
    """Makes the registry; where NPIs stand twice in a file (they never should) once more without the rows further up."""
    try:
        return _make(plans, away, bar, None, onto)
    except TwiceError:
        twins = _twins(away / TABLES)
        for each in away.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        return _make(plans, away, bar, twins, onto)


def _twins(tables: Path) -> pa.Table:
    """Rows of the main file whose NPI stands again further down, with what to say of them."""
    with connect(MEMORY) as con:
        found = f"""
            SELECT row, npi, 'its NPI stands again in row ' || last || ', which is kept' AS reason
            FROM (SELECT row, npi, max(row) OVER (PARTITION BY npi) AS last FROM {parquet(tables, "provider")}) WHERE row < last"""
        return con.sql(found).to_arrow_table()


def _make(plans: list[Planned], away: Path, bar: Bar, twins: pa.Table | None, onto: Onto | None) -> Manifest:
    with closing(LookUp(away / store.FILE)) as out:
        with Lanes(away / TABLES) as lanes, Aside(away / ASIDE) as aside:
            run = Build(away, bar, lanes, aside, out, nppes.Known(left_out=twins))
            sources, notes = _with_what_was_there(run, plans, onto) if onto else ([source for plan in plans for source in _each(run, plan)], ())
        if not run.counts["provider"]:
            raise InputError("None of the rows is a provider: nothing was changed.")
        with connect(MEMORY, away) as con:
            counts = dict(run.counts) | {table: ask(con, f"SELECT count(*) FROM {parquet(away / TABLES, table)}")[0][0] for table in ("taxonomy", "name")}
            counts |= index.make(con, away / TABLES, out, bar.step)
            made_up = _made_up(con, away / TABLES)
        bar.step("writing to the disk")
        out.finish()
    bar.step("")
    return Manifest(manifest.FORMAT, "", datetime.now().astimezone(), f"gillies {__version__}", made_up, tuple(sources), counts, notes)


def _with_what_was_there(run: Build, plans: list[Planned], onto: Onto) -> tuple[list[Source], tuple[str, ...]]:
    """Reads newer files, then carries over what they do not replace: all sources, and notes on what was replaced."""
    anew = {plan.kind.id for plan in plans}
    if DEACTIVATED.id not in anew:
        run.known = msgspec.structs.replace(run.known, listed=_listed(onto.folder))
    read = [source for plan in plans for source in _each(run, plan)]
    seen = run.out.ask("SELECT npi FROM provider")["npi"].combine_chunks() if NPPES.id in anew else None
    run.bar.step("carrying over what was there")
    kept = [source for source in onto.made.sources if source.kind not in anew - {NPPES.id, OTHER_NAME.id, PLACES.id}]
    listed = run.known.listed if DEACTIVATED.id in anew else None  # else each row is told by it already
    carried = carry(onto.folder, TABLES, run.lanes, run.out, nppes.Known(listed, seen), anew)
    run.aside.carry(onto.folder / ASIDE, {source.inside or source.file for source in kept})
    run.counts.update(carried.rows)
    note = f"{datetime.now().astimezone():%Y-%m-%d}: on top of {onto.made.folder}; providers replaced by newer rows: {carried.replaced:,}"
    note += f"; told otherwise by the newer report of deactivated NPIs: {carried.changed:,}" if listed is not None else ""
    return kept + read, (*onto.made.notes, note)


def _listed(folder: Path) -> pa.Table | None:
    """The report of deactivated NPIs that a registry has."""
    paths = sorted((folder / TABLES / "deactivation").glob("*.parquet"))
    return pa.concat_tables(map(pq.read_table, paths)).group_by("npi").aggregate([("day", "max")]).rename_columns(["npi", "day"]) if paths else None


def _each(run: Build, plan: Planned) -> Iterator[Source]:
    """Reads a file; before and after it, notes what those that follow have to be compared with."""
    known = run.known
    if plan.kind is NPPES and run.counts["provider"]:  # whatever is in by now is newer
        run.known = msgspec.structs.replace(known, seen=run.out.ask("SELECT npi FROM provider")["npi"].combine_chunks())
    yield run.read(plan)
    if plan.kind is DEACTIVATED:
        listed = run.out.ask("SELECT npi, max(day) AS day FROM deactivations GROUP BY npi")
        run.known = msgspec.structs.replace(known, listed=listed.set_column(1, "day", listed["day"].cast(pa.date32())))


def _made_up(con: duckdb.DuckDBPyConnection, tables: Path) -> str:
    """Whether all, some or none of the providers are samples."""
    least, most = ask(con, f"SELECT min(npi), max(npi) FROM {parquet(tables, 'provider')}")[0]
    return "all" if is_made_up(least) else "some" if is_made_up(most) else "none"


def _put_in_place(made: Manifest, away: Path, root: Path) -> Manifest:
    """The one step that counts is the last: until the manifest names the new folder, the old one is the registry."""
    folder = root / f"{DATA}{made.built:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    made = msgspec.structs.replace(made, folder=folder.name)
    for path in filter(Path.is_file, away.rglob("*")):  # on the disk before the manifest names it
        with path.open("rb") as file:
            os.fsync(file.fileno())
    away.rename(folder)
    part = root / f".{manifest.FILE}.part"
    with part.open("wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(made), indent=2))
        out.flush()
        os.fsync(out.fileno())
    part.replace(root / manifest.FILE)
    for other in root.iterdir():
        if other != folder and OLD.fullmatch(other.name) and (other / store.FILE).is_file():
            shutil.rmtree(other, ignore_errors=True)
    return made
