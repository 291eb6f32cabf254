"""Screening on Spark: made-up claims of several sizes by one and by two workers beside DuckDB, each run in a fresh process, the answers checked equal.

Prints, for each run, the seconds that Spark took to start, the seconds of the job, lines a second, what a line costs beyond the smallest size (whose
seconds are nearly all set-up), bytes read, written and shuffled between workers (Spark's own counts), and processor seconds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENDS = {"duckdb": ""}
ENGINES = ("duckdb", "local[1]", "local[2]")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    cli.add_argument("--engines", nargs="+", default=list(ENGINES))
    cli.add_argument("--memory", default="4GB")
    cli.add_argument("--one", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.one:
        print(json.dumps(one(told.one[0], Path(told.one[1]), told.memory)))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{'lines':>10} {'engine':9} {'start s':>8} {'job s':>8} {'lines/s':>9} {'us/line':>8} {'read MB':>8} {'wrote MB':>8} {'shuffled MB':>11} {'cpu s':>7}"
    )
    least: dict[str, tuple[int, float]] = {}
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as folder:
            from gillies.screen.sample import write_sample

            write_sample(Path(folder), rows, 1)
            for engine in told.engines:
                run = subprocess.run([sys.executable, __file__, "--memory", told.memory, "--one", engine, folder], stdout=subprocess.PIPE, check=True)
                found = json.loads(run.stdout.splitlines()[-1])
                few, base = least.setdefault(engine, (rows, found["job"]))
                more = f"{(found['job'] - base) / (rows - few) * 1e6:8.1f}" if rows > few else " " * 8
                moved = " ".join(f"{found.get(key, 0) / 1e6:{width}.1f}" for key, width in (("read", 8), ("wrote", 8), ("shuffled", 11)))
                print(
                    f"{rows:10,} {engine:9} {found['start']:8.1f} {found['job']:8.1f} {rows / found['job']:9,.0f} {more} {moved} {found['cpu']:7.1f}",
                    flush=True,
                )
            compare(Path(folder), told.engines)


def compare(folder: Path, engines: list[str]) -> None:
    """Every engine's lines are the first one's."""
    import duckdb

    first, *others = [f"read_parquet('{out(folder, engine)}{ENDS.get(engine, '/*.parquet')}')" for engine in engines]
    for other in others:
        for one_way, other_way in ((first, other), (other, first)):
            lacking = duckdb.sql(f"SELECT count(*) FROM (FROM {one_way} EXCEPT ALL FROM {other_way})").fetchall()[0][0]
            assert lacking == 0, f"{lacking} lines of {one_way} are not in {other_way}"


def out(folder: Path, engine: str) -> Path:
    """Where an engine's lines go; a bracket would be a pattern."""
    return folder / (engine.translate(str.maketrans("", "", "[]*")) + (".parquet" if engine == "duckdb" else ""))


def one(engine: str, folder: Path, memory: str) -> dict[str, float]:
    """Seconds and bytes of one run, knowledge already open."""
    from datetime import date

    from gillies.door import open_engine, open_records
    from gillies.screen.job import Job, screen
    from gillies.screen.rulebook import rulebook

    book, on = rulebook(open_engine().compiled, open_records()), date(2026, 11, 21)
    if engine == "duckdb":
        begun = time.perf_counter()
        screen(Job((f"{folder}/claims",), out(folder, engine), None, memory), book, {}, on)
        return {"start": 0.0, "job": time.perf_counter() - begun, "cpu": sum(os.times()[:2])}
    from gillies.screen.spark.job import screen_in_spark
    from gillies.screen.spark.session import started

    (folder / "events").mkdir(exist_ok=True)
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        f"--conf spark.eventLog.enabled=true --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false "
        f"--conf spark.eventLog.dir=file://{folder}/events pyspark-shell"
    )
    begun = time.perf_counter()
    with started(engine, memory):
        start = time.perf_counter() - begun
        begun = time.perf_counter()
        screen_in_spark(Job((f"{folder}/claims",), out(folder, engine), None, memory, engine), book, {}, on)
        job = time.perf_counter() - begun
        cpu = jvm_seconds()
    return {"start": start, "job": job, "cpu": cpu, **moved(max((folder / "events").iterdir(), key=lambda path: path.stat().st_mtime))}


def jvm_seconds() -> float:
    """Processor seconds of our child, Java."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if int(fields[1]) == os.getpid() else 0
    return total


def moved(events: Path) -> dict[str, float]:
    """Bytes that tasks read, wrote and shuffled, by Spark's event log."""
    found = {"read": 0, "wrote": 0, "shuffled": 0}
    for line in events.open():
        event = json.loads(line) if '"SparkListenerTaskEnd"' in line else {}
        metrics = event.get("Task Metrics") or {}
        found["read"] += metrics.get("Input Metrics", {}).get("Bytes Read", 0)
        found["wrote"] += metrics.get("Output Metrics", {}).get("Bytes Written", 0)
        found["shuffled"] += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
    return found


if __name__ == "__main__":
    main()
