"""Screening: made-up claims of several sizes, each run in a fresh process, against DuckDB merely copying the same file. Prints lines a second,
processor seconds, ratios and peak memory. (Rules alone, against SQL that an expert writes by hand: screening_rules.py.)"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--memory", help="the most that DuckDB may take, such as 1GB")
    cli.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        print(json.dumps(one(told.one[0], Path(told.one[1]), told.memory)))
        return
    more = ["--memory", told.memory] if told.memory else []
    print(f"{'lines':>10} {'what':34} {'s':>7} {'cpu s':>7} {'lines/s':>11} {'x copy':>7} {'x cpu':>6} {'peak MB':>8}")
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as folder:
            from gillies.screen.sample import write_sample

            write_sample(Path(folder), rows, 1)
            taken: dict[str, list[list[float]]] = {"copy": [], "screen": []}
            for _ in range(told.rounds):
                for what, row in taken.items():
                    run = subprocess.run([sys.executable, __file__, "--one", what, folder, *more], capture_output=True, check=True)
                    row.append(json.loads(run.stdout))
        base, base_cpu = (statistics.median(run[n] for run in taken["copy"]) for n in (0, 1))
        for what, name in (("copy", "DuckDB copies the file as it is"), ("screen", "gillies screen, labels and report")):
            seconds, cpu = (statistics.median(run[n] for run in taken[what]) for n in (0, 1))
            ratios = f"{rows / seconds:11,.0f} {seconds / base:7.1f} {cpu / base_cpu:6.1f} {max(run[2] for run in taken[what]):8,.0f}"
            print(f"{rows:10,} {name:34} {seconds:7.2f} {cpu:7.2f} {ratios}", flush=True)


def one(what: str, folder: Path, memory: str | None) -> tuple[float, float, float]:
    """Seconds of one run, knowledge already open, its processor seconds, and the peak memory of the process in MB."""
    import duckdb

    if what == "copy":
        begun, used = time.perf_counter(), time.process_time()
        duckdb.sql(f"SET memory_limit = '{memory}'" if memory else "SELECT 1")
        duckdb.sql(f"COPY (FROM '{folder}/claims/claims.parquet') TO '{folder}/copy.parquet' (FORMAT parquet, COMPRESSION zstd)")
    else:
        from datetime import date

        from gillies.door import open_engine, open_records
        from gillies.screen.job import Job, screen
        from gillies.screen.rulebook import rulebook

        book = rulebook(open_engine().compiled, open_records())
        begun, used = time.perf_counter(), time.process_time()
        screen(Job((f"{folder}/claims",), folder / "labelled.parquet", memory=memory), book, {}, date(2026, 11, 21))
    return time.perf_counter() - begun, time.process_time() - used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
