"""Writes the made-up files: official names, official headers, quoting as published, in pieces so that any size fits in memory."""

import csv
import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

import duckdb
import msgspec

from gillies.registry.sample import directory, headers, layouts, people
from gillies.registry.sample.workbook import parts as workbook_parts
from gillies.screen.engine import ask, connect, name, text

PIECE, SIFTED = 20_000, 400_000
"""Providers written at once: all of them, or few among many."""

WEEK_SHARE = 500
"""One provider in so many changed in the week of the weekly file."""

VISITS = "99203 99213 99214 11102 17000 G0463".split()
"""Codes that any office bills: visits, a biopsy, a frozen spot."""

Progress = Callable[[int, int], None]


class Sample(msgspec.Struct, frozen=True):
    """What was written: files by the name of the flag that takes them."""

    nppes: tuple[Path, ...]
    deactivated: Path
    leie: Path
    dac: Path
    puf: Path
    nucc: Path
    directory: Path
    faults: Path


class Recipe(msgspec.Struct, frozen=True):
    """What to write: how many providers, from which dice, as released on a day; the codes of procedures to bill, and of specialties with our names; how
    many of the providers stand in the directory."""

    rows: int
    seed: int
    on: date
    procedures: tuple[str, ...]
    specialties: Mapping[str, str]
    listed: int = 0


class Writer:
    """Writes rows of made-up providers as CSV."""

    def __init__(self, recipe: Recipe, con: duckdb.DuckDBPyConnection, work: Path, progress: Progress) -> None:
        self.recipe, self.con, self.work, self.progress = recipe, con, work, progress
        people.prepare(self.con, recipe.seed)
        ask(self.con, f"CREATE OR REPLACE MACRO hcpcs() AS [{', '.join(map(text, sorted({*recipe.procedures, *VISITS})))}]")

    def piece(self, header: Sequence[str], row: Mapping[str, str], low: int, high: int, which: str, drawn: str, quoted: bool) -> bytes:
        """Providers `low` up to `high` of which `which` and `drawn` hold, as CSV without a header. `nth` in it: each provider stands so often."""
        cells = ", ".join(f"coalesce(CAST({row.get(column, 'NULL')} AS VARCHAR), '') AS {name(column)}" for column in header)
        path = self.work / "piece.csv"
        source = people.providers(low, high, self.recipe.seed, drawn)
        many = ", range(1, 4) n(nth)" if "nth" in which else ""
        ask(
            self.con,
            f"COPY (SELECT {cells} FROM ({source}){many} WHERE {which}) TO {text(str(path))} (FORMAT csv, HEADER false{', FORCE_QUOTE *' if quoted else ''})",
        )
        return path.read_bytes()

    def write(
        self,
        out: IO[bytes],
        header: Sequence[str],
        row: Mapping[str, str],
        which: str = "true",
        drawn: str = "true",
        *,
        upto: int = 0,
        quoted: bool = True,
        crlf: bool = False,
    ) -> None:
        """A whole file: its header, then all providers of which `which` holds, and of their dice `drawn` (told apart because that is quick to see)."""
        rows = upto or self.recipe.rows
        out.write(head(header, quoted and not crlf, "\r\n" if crlf else "\n"))
        size = PIECE if drawn == "true" else SIFTED
        for low in range(0, rows, size):
            data = self.piece(header, row, low, min(low + size, rows), which, drawn, quoted)
            out.write(data.replace(b"\n", b"\r\n") if crlf else mixed(data) if quoted else data)
            self.progress(min(low + size, rows), rows)


def head(header: Sequence[str], quoted: bool, end: str = "\n") -> bytes:
    """A header line."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator=end).writerow(header)
    return line.getvalue().encode()


def mixed(data: bytes) -> bytes:
    """Half of the lines with letters beyond ASCII in Windows-1252, the others in UTF-8: the files do not say which they use."""
    if data.isascii():
        return data
    lines = data.split(b"\n")
    return b"\n".join(line if line.isascii() or zlib.crc32(line) % 2 else line.decode().encode("cp1252") for line in lines)


def write(folder: Path, recipe: Recipe, step: Callable[[str], None], progress: Progress) -> Sample:
    """Writes every file of the recipe into `folder`."""
    with connect() as con, tempfile.TemporaryDirectory(prefix="gillies-registry-") as work:
        return _write(folder, Writer(recipe, con, Path(work), progress), step)


def _write(folder: Path, writer: Writer, step: Callable[[str], None]) -> Sample:
    recipe, on, rows = writer.recipe, writer.recipe.on, writer.recipe.rows
    step("making the full NPPES file up")
    full = folder / f"NPPES_Data_Dissemination_{on:%B_%Y}_V2.zip"
    _bundle(writer, full, f"20050523-{on:%Y%m%d}", rows, "true", "true", layouts.npidata(on.isoformat(), renamed=False))
    step("making a week's changes up")
    monday, sunday = on + timedelta(1), on + timedelta(7)
    weekly = folder / f"NPPES_Data_Dissemination_{monday:%m%d%y}_{sunday:%m%d%y}_Weekly_V2.zip"
    changed = f"(i >= {rows} OR {people.die('this week')} < {1 / WEEK_SHARE})"
    _bundle(
        writer, weekly, f"{monday:%Y%m%d}-{sunday:%Y%m%d}", rows + max(rows // 2000, 1), "NOT dead", changed, layouts.npidata(sunday.isoformat(), renamed=True)
    )
    step("making the other files up")
    gone = folder / f"NPPES_Deactivated_NPI_Report_{on:%m%d%y}.zip"
    _deactivated(writer, gone, on)
    leie, dac = folder / "UPDATED.csv", folder / "DAC_NationalDownloadableFile.csv"
    puf = folder / f"MUP_PHY_R{on:%y}_P05_V10_D{(on.year - 2) % 100:02d}_Prov_Svc.csv"
    with leie.open("wb") as out:
        writer.write(
            out,
            headers.LEIE,
            layouts.exclusion(on.isoformat(), rows - 1),
            f"NOT dead OR i = {rows - 1}",
            f"{people.die('excluded at all')} < 0.012 OR i = {rows - 1}",
            crlf=True,
        )
    doctors = "person AND starts_with(code, '20')"
    with dac.open("wb") as out:
        writer.write(
            out,
            headers.DAC,
            layouts.clinician(on.isoformat()),
            f"{doctors} AND nth <= 1 + {people.die('places')} * 2.2",
            f"{people.die('enrolled')} < 0.8",
            quoted=False,
        )
    with puf.open("wb") as out:
        writer.write(out, headers.PUF, layouts.service(), f"{doctors} AND nth <= 1 + {people.die('services')} * 3", f"{people.die('paid')} < 0.6", quoted=False)
    seconds = datetime(on.year, on.month, on.day, 12).timestamp()  # a calendar day, at its owner's noon
    os.utime(dac, (seconds, seconds))  # neither its name nor its rows tell how new it is
    nucc = folder / f"nucc_taxonomy_{on:%y}{0 if on.month < 7 else 1}.csv"
    with nucc.open("wb") as out:
        listed = ([code, "SAMPLE: our own names, not those of the NUCC", own, "", "", "", own, "Individual"] for code, own in recipe.specialties.items())
        out.write(head(headers.NUCC, quoted=False) + b"".join(head(row, quoted=False) for row in listed))
    return Sample((full, weekly), gone, leie, dac, puf, nucc, *_directory(folder, writer, step))


def _directory(folder: Path, writer: Writer, step: Callable[[str], None]) -> tuple[Path, Path]:
    """A directory of some of the providers, and what is wrong with each row of it."""
    step("making a directory up")
    listed, faults = folder / "directory.csv", folder / "directory-faults.csv"
    for path, header, row in ((listed, directory.HEADER, directory.columns()), (faults, directory.TRUTH, directory.truth())):
        with path.open("wb") as out:
            writer.write(out, header, row, upto=min(writer.recipe.listed, writer.recipe.rows), quoted=False)
    return listed, faults


def _bundle(writer: Writer, path: Path, span: str, rows: int, which: str, drawn: str, npidata: Mapping[str, str]) -> None:
    """A ZIP of NPPES: data, and beside each file its header once more."""
    parts: Iterable[tuple[str, Sequence[str], Mapping[str, str], str, str]] = (
        ("npidata", headers.npidata(), npidata, which, drawn),
        ("othername", headers.OTHERNAME, layouts.othername(), f"{which} AND organization", f"{drawn} AND {people.die('further name')} < 0.25"),
        ("pl", headers.PL, layouts.place(), f"{which} AND NOT dead", f"{drawn} AND {people.die('second place')} < 0.1"),
        ("endpoint", headers.ENDPOINT, layouts.endpoint(), f"{which} AND NOT dead", f"{drawn} AND {people.die('endpoint')} < 0.05"),
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for part, header, row, rule, dice in parts:
            with archive.open(_info(f"{part}_pfile_{span}.csv"), "w", force_zip64=True) as out:
                writer.write(out, header, row, rule, dice, upto=rows)
            archive.writestr(_info(f"{part}_pfile_{span}_fileheader.csv"), head(header, quoted=True))


def _info(member: str) -> zipfile.ZipInfo:
    """A member without the time of writing, so that the same recipe gives the same bytes."""
    info = zipfile.ZipInfo(member, (2005, 5, 23, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _deactivated(writer: Writer, path: Path, on: date) -> None:
    """The report of deactivated NPIs: a workbook with a title above its header, inside a ZIP."""
    day = f"CASE WHEN dead THEN {people.us(people.day('deactivated', '2008-01-01', 4000))} ELSE '{on:%m/%d/%Y}' END"
    csv_rows = io.BytesIO()
    writer.write(csv_rows, headers.DEACTIVATED, {"NPI": "npi", "NPPES Deactivation Date": day}, "dead OR listed", quoted=False)
    cells = list(csv.reader(io.StringIO(csv_rows.getvalue().decode())))
    title = [f"Made-up NPPES Deactivated Records as of {on:%b %d %Y}"]
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as workbook:
        for part, xml in workbook_parts("DeactivatedNPIs", [title, *cells]).items():
            workbook.writestr(_info(part), xml)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_info(f"NPPES Deactivated NPI Report {on:%Y%m%d}.xlsx"), book.getvalue())
