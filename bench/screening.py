"""Screening: made-up claims of several sizes, each run in a fresh process, against DuckDB merely copying the same file. Prints lines a second,
ratios and peak memory. The peers of the goals (an expert's mask SQL on 200 rules) are not here yet: see docs/speed.md."""

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
    cli.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        print(json.dumps(one(told.one[0], Path(told.one[1]))))
        return
    print(f"{'lines':>10} {'what':34} {'s':>7} {'lines/s':>11} {'x copy':>7} {'peak MB':>8}")
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as folder:
            from gillies.screen.sample import write_sample

            write_sample(Path(folder), rows, 1)
            taken: dict[str, list[tuple[float, float]]] = {"copy": [], "screen": []}
            for _ in range(told.rounds):
                for what, row in taken.items():
                    run = subprocess.run([sys.executable, __file__, "--one", what, folder], capture_output=True, check=True)
                    row.append(tuple(json.loads(run.stdout)))
        base = statistics.median(seconds for seconds, _ in taken["copy"])
        for what, name in (("copy", "DuckDB copies the file as it is"), ("screen", "gillies screen, labels and report")):
            seconds, peak = statistics.median(s for s, _ in taken[what]), max(p for _, p in taken[what])
            print(f"{rows:10,} {name:34} {seconds:7.2f} {rows / seconds:11,.0f} {seconds / base:7.1f} {peak:8,.0f}")


def one(what: str, folder: Path) -> tuple[float, float]:
    """Seconds of one run, knowledge already open, and the peak memory of the process in MB."""
    import duckdb

    if what == "copy":
        begun = time.perf_counter()
        duckdb.sql(f"COPY (FROM '{folder}/claims/claims.parquet') TO '{folder}/copy.parquet' (FORMAT parquet, COMPRESSION zstd)")
    else:
        from datetime import date

        from gillies.door import open_engine, open_records
        from gillies.screen.job import Job, screen
        from gillies.screen.rulebook import rulebook

        book = rulebook(open_engine().compiled, open_records())
        begun = time.perf_counter()
        screen(Job((f"{folder}/claims",), folder / "labelled.parquet"), book, {}, date(2026, 11, 21))
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
