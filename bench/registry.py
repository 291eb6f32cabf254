"""A registry build from the ZIP against DuckDB writing three Parquet tables from the bare CSV (the goal's peer), and look-ups by NPI in what was built.
Each run in a fresh process, by turns; prints seconds, rows a second, peak memory and ratios.

`--slow` adds a loader of Python's csv module into SQLite; `--public FOLDER` the public loader thebossnow/nppes-sqlite, run as it is from a copy in FOLDER.
Both take minutes a million."""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

TOLD = {
    "duckdb": "DuckDB, bare CSV -> 3 Parquet tables", "build": "gillies registry build, ZIP -> look-up, search, Parquet",
    "csv_module": "csv module, bare CSV -> SQLite, 3 tables", "public": "nppes-sqlite, bare CSV -> SQLite, all identifiers too",
}  # fmt: skip


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--keep", metavar="FOLDER", help="make the files here and use them again")
    cli.add_argument("--slow", action="store_true", help="with the loader of the csv module")
    cli.add_argument("--public", metavar="FOLDER", default="", help="with the public loader, a copy of which is here")
    cli.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        one = {"build": build, "duckdb": duckdb_tables, "csv_module": csv_module, "public": public, "lookup": lookup}[told.one[0]]
        print(json.dumps(one(Path(told.one[1]))))
        return
    os.environ["PUBLIC_LOADER"] = told.public
    peers = ("duckdb", "build", *(["csv_module"] if told.slow else []), *(["public"] if told.public else []))
    print(f"{'providers':>10} {'what':56} {'s':>7} {'cpu s':>7} {'rows/s':>9} {'x DuckDB':>9} {'x cpu':>6} {'peak MB':>8}")
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(told.keep or scratch) / str(rows)
            sample(folder, rows)
            compare(folder, rows, told.rounds, peers)


def sample(folder: Path, rows: int) -> None:
    """Made-up files, and the CSV out of the ZIP for the peer."""
    from gillies.registry.chunks import chunks
    from gillies.registry.rows import as_utf8

    if not (folder / "npidata.csv").exists():
        run = [sys.executable, "-m", "gillies", "registry", "sample", "-o", str(folder), "--rows", str(rows)]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        (full,) = (path for path in folder.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
        with zipfile.ZipFile(full) as archive, (folder / "npidata.csv").open("wb") as out:
            (name,) = (each for each in archive.namelist() if each.startswith("npidata") and "fileheader" not in each)
            with archive.open(name) as source:
                out.write(source.readline())
                for chunk in chunks(source, name):
                    out.write(as_utf8(chunk.data)[0])  # the peer reads no other encoding


def compare(folder: Path, rows: int, rounds: int, peers: tuple[str, ...]) -> None:
    """Runs them by turns and prints what they took."""
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, row in taken.items():
            run = subprocess.run([sys.executable, __file__, "--one", name, str(folder)], capture_output=True, check=True)
            row.append(json.loads(run.stdout.splitlines()[-1]))
    middle = {name: {key: statistics.median(each[key] for each in row) for key in ("s", "cpu", "mb", "providers")} for name, row in taken.items()}
    assert {m["providers"] for m in middle.values()} == {middle["duckdb"]["providers"]}
    for name in peers:
        told, m, base = TOLD[name], middle[name], middle["duckdb"]
        print(
            f"{rows:10,} {told:56} {m['s']:7.1f} {m['cpu']:7.1f} {rows / m['s']:9,.0f} {m['s'] / base['s']:9.2f} {m['cpu'] / base['cpu']:6.2f} {m['mb']:8,.0f}"
        )
    run = subprocess.run([sys.executable, __file__, "--one", "lookup", str(folder)], capture_output=True, check=True)
    told = json.loads(run.stdout)
    print(
        f"{'':10} look-up by NPI, decoded: p50 {told['p50']:.1f} µs, p95 {told['p95']:.1f} µs, {told['x']:.2f} x the bare select; "
        f"opened in {told['open']:.1f} ms"
    )


def spent(begun: float) -> dict[str, float]:
    """Seconds since, processor seconds and the peak memory of the process in MB."""
    return {"s": time.perf_counter() - begun, "cpu": time.process_time(), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def build(folder: Path) -> dict[str, float]:
    """The full file only: the peer reads no other."""
    import io
    from datetime import date

    from gillies.registry.build import build as make
    from gillies.registry.survey import Given
    from gillies.screen.bar import Bar

    (full,) = (path for path in folder.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
    begun = time.perf_counter()
    made = make(Given((full,)), folder / "registry", date.today(), {}, Bar(io.StringIO()))
    return spent(begun) | {"providers": made.counts["provider"]}


def duckdb_tables(folder: Path) -> dict[str, float]:
    """28 provider columns cleaned, all taxonomies, all names: the expert's SQL, with the schema given so that nothing is sniffed."""
    import duckdb

    from gillies.registry.kinds import PROVIDER, SLOTS
    from gillies.registry.sample.headers import npidata

    quoted = {ours: '"' + official.split("|")[0] + '"' for ours, official in (PROVIDER | SLOTS).items()}
    days = ("enumerated", "updated", "certified", "deactivated", "reactivated")
    cell = {ours: f"try_strptime(nullif({ours},''),'%m/%d/%Y')::date" if ours in days else f"nullif(trim({ours}),'')" for ours in PROVIDER}
    cell["npi"] = "npi::bigint"
    norm = "regexp_replace(upper({}), '[^A-Z0-9 ]+', '', 'g')".format
    begun = time.perf_counter()
    con = duckdb.connect()
    con.execute("set preserve_insertion_order=false")
    columns = "{" + ", ".join(f"'{column}': 'VARCHAR'" for column in npidata()) + "}"
    reader = f"read_csv('{folder}/npidata.csv', auto_detect=false, columns={columns}, header=true, delim=',', quote='\"', escape='\"'"
    reader += ", new_line='\\n', strict_mode=false"
    reader += f", nullstr='\\x01', buffer_size={32 << 20})"
    con.execute(f"create temp table stage as select {', '.join(f'{official} as {ours}' for ours, official in quoted.items())} from {reader}")
    full = "concat_ws(' ', nullif(last,''), nullif(first,''), nullif(middle,''))"
    tables = {
        "provider": f"select {', '.join(f'{value} as {ours}' for ours, value in cell.items())}, left(zip,5) as zip5, substr(zip,6,4) as zip4"
        f", {norm(full)} as key from stage",
        "taxonomy": " union all ".join(
            f"select npi::bigint as npi, {n} as slot, code_{n} as code, nullif(license_{n},'') as license, nullif(license_state_{n},'') as state"
            f", primary_{n}='Y' as main "
            f"from stage where code_{n}<>''"
            for n in range(1, 16)
        ),
        "name": " union all ".join(
            f"select npi::bigint as npi, {n} as kind, {norm(value)} as key from stage where {column}<>''"
            for n, (column, value) in enumerate({"last": full, "organization": "organization", "other_last": "concat_ws(' ', other_last, other_first)",
                                                 "other_organization": "other_organization", "parent": "parent"}.items())
        ),
    }  # fmt: skip
    out = folder / "peer"
    out.mkdir(exist_ok=True)
    for table, select in tables.items():
        con.execute(f"copy ({select}) to '{out}/{table}.parquet' (format parquet, compression zstd)")
    told = spent(begun)
    return told | {"providers": con.execute(f"select count(*) from '{out}/provider.parquet'").fetchall()[0][0]}


def csv_module(folder: Path) -> dict[str, float]:
    """What a careful script would do: columns by name, blanks off, days read, all taxonomies, names compared in capitals; indexes at the end."""
    import csv
    import re
    import sqlite3
    from datetime import datetime
    from functools import cache
    from itertools import islice

    from gillies.registry.kinds import PROVIDER, SLOTS

    days = ("enumerated", "updated", "certified", "deactivated", "reactivated")

    @cache
    def day(cell: str) -> str | None:
        try:
            return datetime.strptime(cell, "%m/%d/%Y").date().isoformat()
        except ValueError:
            return None

    def norm(*parts: str) -> str:
        return re.sub(r"[^A-Z0-9 ]+", "", " ".join(filter(None, parts)).upper())

    begun = time.perf_counter()
    (out := folder / "csv.sqlite").unlink(missing_ok=True)
    con = sqlite3.connect(out, isolation_level=None)
    con.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE taxonomy(npi, slot, code, license, state, main)")
    con.executescript(f"CREATE TABLE provider({', '.join(PROVIDER)}); CREATE TABLE name(npi, kind, key); BEGIN")
    with (folder / "npidata.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = {column: place for place, column in enumerate(next(rows))}
        at = {ours: header[official.split("|")[0]] for ours, official in (PROVIDER | SLOTS).items()}
        cells = [(day if ours in days else str.strip, at[ours]) for ours in PROVIDER]
        slots = [(n, *(at[f"{part}_{n}"] for part in ("code", "license", "license_state", "primary"))) for n in range(1, 16)]
        names = [
            [at[part] for part in parts.split()] for parts in ("last first middle", "organization", "other_last other_first", "other_organization", "parent")
        ]
        while batch := list(islice(rows, 20_000)):
            con.executemany(f"INSERT INTO provider VALUES ({', '.join('?' * len(PROVIDER))})", ([clean(row[n]) or None for clean, n in cells] for row in batch))
            held = ((row[0], n, row[c], row[i] or None, row[s] or None, row[m] == "Y") for row in batch for n, c, i, s, m in slots if row[c])
            con.executemany("INSERT INTO taxonomy VALUES (?, ?, ?, ?, ?, ?)", held)
            called = ((row[0], n, norm(*(row[p] for p in parts))) for row in batch for n, parts in enumerate(names) if row[parts[0]])
            con.executemany("INSERT INTO name VALUES (?, ?, ?)", called)
    con.executescript("CREATE UNIQUE INDEX a ON provider(npi); CREATE INDEX b ON taxonomy(npi)")
    return spent(begun) | {"providers": con.execute("SELECT count(*) FROM provider").fetchone()[0]}


def public(folder: Path) -> dict[str, float]:
    """The loader as it is, in a process of its own."""
    import sqlite3

    begun = time.perf_counter()
    out = (folder / "public.sqlite").resolve()
    out.unlink(missing_ok=True)
    run = [sys.executable, "-m", "nppes.loader", "--db", str(out), "--main", str((folder / "npidata.csv").resolve())]
    subprocess.run(run, cwd=os.environ["PUBLIC_LOADER"], check=True, stdout=subprocess.DEVNULL)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {"s": time.perf_counter() - begun, "cpu": child.ru_utime + child.ru_stime, "mb": child.ru_maxrss / 1024}
    with sqlite3.connect(out) as con:
        return told | {"providers": con.execute("SELECT count(*) FROM providers").fetchone()[0]}


def lookup(folder: Path) -> dict[str, float]:
    """A thousand providers by NPI, whole and decoded, against the select alone."""
    import random

    from gillies.registry.lookup import Registry

    begun = time.perf_counter()
    registry = Registry(folder / "registry")
    registry.provider(0)
    opened = time.perf_counter() - begun
    con = registry.con
    numbers = [npi for (npi,) in con.execute("SELECT npi FROM provider LIMIT 20000")]
    numbers = random.Random(1).choices(numbers, k=1000)
    whole, bare = [], []
    for npi in numbers * 3:
        a = time.perf_counter()
        con.execute("SELECT record, taxonomies FROM provider WHERE npi = ?", (npi,)).fetchone()
        b = time.perf_counter()
        registry.provider(npi)
        whole.append(time.perf_counter() - b)
        bare.append(b - a)
    cut = statistics.quantiles(whole, n=20)
    return {"p50": cut[9] * 1e6, "p95": cut[18] * 1e6, "x": statistics.median(whole) / statistics.median(bare), "open": opened * 1e3}


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
