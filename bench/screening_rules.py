"""Rules over claim lines, from Parquet to Parquet: ours against the SQL that an expert writes by hand for these very rules (rules_expert.py), and against
DuckDB merely copying the file. Each run in a fresh process, set-up included; the results are compared line by line. Prints ratios."""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = {"copy": "DuckDB copies the file", "expert": "an expert's SQL, a bit a rule", "ours": "gillies, rules as trees"}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    cli.add_argument("--rules", type=int, nargs="+", default=[200])
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--memory", default="16GB", help="the most that DuckDB may hold, for all three")
    cli.add_argument("--one", nargs=3, metavar=("WHAT", "FOLDER", "RULES"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        print(json.dumps(one(told.one[0], Path(told.one[1]), int(told.one[2]), told.memory)))
        return
    print(f"{'lines':>12} {'rules':>6} {'what':32} {'s':>7} {'lines/s':>12} {'x expert':>9} {'cpu s':>7} {'x cpu':>6} {'peak MB':>8}")
    for rules in told.rules:
        for rows in told.rows:
            compare(rows, rules, told.rounds, told.memory)


def compare(rows: int, rules: int, rounds: int, memory: str) -> None:
    """One size: all peers in turn, several rounds; then their results side by side."""
    import duckdb

    from rules_made import book, write_claims

    with tempfile.TemporaryDirectory() as folder:
        write_claims(book(rules), rows, Path(folder) / "claims.parquet")
        taken: dict[str, list[list[float]]] = {what: [] for what in NAMES}
        for _ in range(rounds):
            for what, runs in taken.items():
                run = subprocess.run([sys.executable, __file__, "--memory", memory, "--one", what, folder, str(rules)], capture_output=True, check=True)
                runs.append(json.loads(run.stdout))
        base, cpu_base = (statistics.median(run[of] for run in taken["expert"]) for of in (0, 2))
        for what, runs in taken.items():
            seconds, peak, cpu = statistics.median(run[0] for run in runs), max(run[1] for run in runs), statistics.median(run[2] for run in runs)
            ratios = f"{base / seconds:9.2f} {cpu:7.2f} {cpu_base / cpu:6.2f}"
            print(f"{rows:12,} {rules:6} {NAMES[what]:32} {seconds:7.2f} {rows / seconds:12,.0f} {ratios} {peak:8,.0f}", flush=True)
        sides = [f"(SELECT claim_line, intent, cov, trues, unks FROM '{folder}/{what}.parquet')" for what in ("expert", "ours")]
        apart = duckdb.sql(f"SELECT count(*) FROM ({sides[0]} EXCEPT {sides[1]})").fetchall()[0][0]
        held = duckdb.sql(f"SELECT count(*), sum(len(trues)), sum(len(unks)) FROM {sides[1]}").fetchall()[0]
        print(f"{'':12} lines that differ: {apart}; of {held[0]:,} lines {held[1]:,} rules hold, {held[2]:,} are open")


def one(what: str, folder: Path, rules: int, memory: str) -> tuple[float, float, float]:
    """Seconds of one run, the peak memory of its process in MB, and the processor seconds (which other work on the machine disturbs less)."""
    import duckdb

    import rules_expert
    import rules_ours
    from rules_made import book

    made, claims, out = book(rules), folder / "claims.parquet", folder / f"{what}.parquet"
    begun, worked = time.perf_counter(), time.process_time()
    if what == "copy":
        duckdb.connect(config={"memory_limit": memory}).execute(f"COPY (FROM '{claims}') TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    else:
        {"expert": rules_expert, "ours": rules_ours}[what].screen(made, claims, out, memory)
    seconds, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    return seconds, used.ru_maxrss / 1024, time.process_time() - worked


if __name__ == "__main__":
    main()
