"""A directory held against a registry: `gillies audit` against a join that an expert writes by hand for the five plainest checks (number, deactivated,
excluded by number, name by exact words, state), in DuckDB, over the same files. Each run in a fresh process, by turns; prints seconds, rows a second, peak
memory and ratios, and how many rows both flag."""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ON = "2026-11-21"
TOLD = {
    "expert": "an expert's join, five checks, no reasons",
    "audit": "gillies audit: all checks, reasons, report",
    "memory": "the same, --memory 1GB",
}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000], help="rows of the directory, and providers of the registry")
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--keep", metavar="FOLDER", help="make the files here and use them again")
    cli.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        print(json.dumps(one(told.one[0], Path(told.one[1]))))
        return
    print(f"{'rows':>10} {'what':44} {'s':>7} {'cpu s':>7} {'rows/s':>9} {'x expert':>8} {'x cpu':>6} {'peak MB':>8} {'flagged':>9}")
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(told.keep or scratch) / str(rows)
            made(folder, rows)
            compare(folder, rows, told.rounds)


def made(folder: Path, rows: int) -> None:
    """A made-up registry and a directory of all of it."""
    if (folder / "registry/manifest.json").exists():
        return
    gillies = [sys.executable, "-m", "gillies", "registry"]
    sample = [*gillies, "sample", "-o", str(folder), "--rows", str(rows), "--directory", str(rows), "--on", ON]
    said = subprocess.run(sample, check=True, capture_output=True, text=True).stdout
    build = next(line for line in said.splitlines() if "gillies registry build" in line).split()[3:]
    subprocess.run([*gillies, "build", *build, "--on", ON], check=True, stdout=subprocess.DEVNULL)


def compare(folder: Path, rows: int, rounds: int) -> None:
    """Runs all by turns and prints what they took."""
    taken: dict[str, list[dict[str, float]]] = {what: [] for what in TOLD}
    for _ in range(rounds):
        for what, row in taken.items():
            run = subprocess.run([sys.executable, __file__, "--one", what, str(folder)], capture_output=True, check=True)
            row.append(json.loads(run.stdout.splitlines()[-1]))
    middle = {what: {key: statistics.median(each[key] for each in row) for key in ("s", "cpu", "mb", "flagged")} for what, row in taken.items()}
    base = middle["expert"]
    for what, m in middle.items():
        ratios = f"{rows / m['s']:9,.0f} {m['s'] / base['s']:8.2f} {m['cpu'] / base['cpu']:6.2f} {m['mb']:8,.0f} {m['flagged']:9,.0f}"
        print(f"{rows:10,} {TOLD[what]:44} {m['s']:7.1f} {m['cpu']:7.1f} {ratios}", flush=True)


def one(what: str, folder: Path) -> dict[str, float]:
    """Seconds and processor seconds of one run, knowledge already open, the peak memory of the process in MB, and the rows flagged."""
    flagged, begun, used = expert(folder) if what == "expert" else audit(folder, "1GB" if what == "memory" else None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"s": time.perf_counter() - begun, "cpu": time.process_time() - used, "mb": peak, "flagged": flagged}


def audit(folder: Path, memory: str | None) -> tuple[int, float, float]:
    """Ours."""
    from datetime import date

    from gillies.audit.job import Job, run_in_duckdb
    from gillies.door import open_records

    knowledge = open_records()
    begun, used = time.perf_counter(), time.process_time()
    job = Job((str(folder / "directory.csv"),), folder / "registry", folder / "findings.csv", memory=memory)
    return sum(run_in_duckdb(job, knowledge, date.fromisoformat(ON)).with_findings.values()), begun, used


def expert(folder: Path) -> tuple[int, float, float]:
    """Written for these very columns. The check digit is Luhn's over 80840 and the number."""
    import duckdb

    (data,) = (path for path in (folder / "registry").glob("registry-*") if path.is_dir())
    begun, used = time.perf_counter(), time.process_time()
    con = duckdb.connect()
    tables = f"{data}/tables"
    luhn = " + ".join(f"(d[{n}] * 2) // 10 + (d[{n}] * 2) % 10" if n % 2 else f"d[{n}]" for n in range(1, 10))
    words = "' ' || trim(regexp_replace(upper(strip_accents({})), '[^A-Z0-9]+', ' ', 'g')) || ' '".format
    con.execute(f"""
        create temp table r as select row_number() over () as n, *, {words('"Provider Name"')} as w,
            try_cast(NPI as bigint) as npi, list_transform(string_split(NPI, ''), lambda x: try_cast(x as int)) as d
        from read_csv('{folder}/directory.csv', all_varchar = true);
        create temp table named as select distinct r.n from r join '{tables}/name/*.parquet' m using (npi)
        where contains(w, ' ' || last_key || ' ') and contains(w, ' ' || first_key || ' ') or w = ' ' || organization_key || ' ';
        create temp table flags as select r.n,
            len(NPI) is distinct from 10 or (24 + {luhn} + d[10]) % 10 <> 0 as bad_number, p.npi is null as unknown, not p.active as gone,
            e.npi is not null as excluded, p.npi is not null and m.n is null as other_name, p.state <> r.State as other_state
        from r left join '{tables}/provider/*.parquet' p using (npi)
            left join (select distinct npi from '{tables}/exclusion/*.parquet' where npi > 0) e on e.npi = r.npi left join named m on m.n = r.n;
        copy (select r.* exclude (w, d, npi), f.* exclude (n) from r join flags f using (n) order by n) to '{folder}/expert.csv' (header)""")
    flagged = con.execute("select count(*) from flags where bad_number or unknown or gone or excluded or other_name or other_state").fetchall()[0][0]
    return flagged, begun, used


if __name__ == "__main__":
    main()
