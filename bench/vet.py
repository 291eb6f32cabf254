"""A vet by NPI, end to end in one process (open records and registry once; then gather, judge, JSON or page), beside two bare SQLite selects of the same
provider: p50 and p95 in milliseconds, and the ratio. Also the whole command in a fresh process beside `python -c pass`."""

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from gillies.knowledge.opened import open_records
from gillies.registry.lookup import Registry
from gillies.registry.vet.evidence import gather
from gillies.registry.vet.facts import Question
from gillies.registry.vet.text import as_text
from gillies.registry.vet.vet import vet
from gillies.terminal import Style


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, default=100_000)
    cli.add_argument("--times", type=int, default=2_000)
    cli.add_argument("--keep", metavar="FOLDER", help="make the registry here and use it again")
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(told.keep or scratch) / str(told.rows)
        if not (root / "registry/manifest.json").exists():
            build(root, told.rows)
        compare(root / "registry", told.times)


def build(root: Path, rows: int) -> None:
    gillies("registry", "sample", "-o", str(root), "--rows", str(rows))
    (command,) = (line.strip() for line in (root / "README.md").read_text().splitlines() if line.startswith("    gillies registry build"))
    gillies(*command.split()[1:])


def gillies(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "gillies", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compare(root: Path, times: int) -> None:
    knowledge, on, look = open_records(), date.today(), Style(88, colour=False)
    with Registry(root) as registry:
        npis = [row[0] for row in registry.con.execute("SELECT npi FROM provider")]
        chosen = random.Random(1).choices(npis, k=times)
        file = root / registry.manifest.folder / "registry.sqlite"
        con = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        question = Question(knowledge.procedures["rhinoplasty"], on, "CA", "cosmetic surgeon, board certified")

        def selects(npi: int) -> None:
            con.execute("SELECT record, taxonomies FROM provider WHERE npi = ?", (npi,)).fetchone()
            con.execute("SELECT record FROM exclusion WHERE npi = ?", (npi,)).fetchall()

        kinds: dict[str, Callable[[int], object]] = {
            "two bare selects": selects,
            "gather (all tables, namesakes)": lambda npi: gather(registry, npi, knowledge, on),
            "vet, JSON": lambda npi: msgspec.json.encode(vet(gather(registry, npi, knowledge, on), question, knowledge)),
            "vet, page": lambda npi: as_text(vet(gather(registry, npi, knowledge, on), question, knowledge), look),
        }
        print(f"{len(npis):,} providers, {times:,} of them, in one process")
        print(f"{'what':34} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'x selects (cpu)':>16}")
        base = 0.0
        for what, one in kinds.items():
            spent, cpu = timed(one, chosen)
            base = base or cpu
            print(f"{what:34} {statistics.median(spent):8.3f} {sorted(spent)[int(times * 0.95)]:8.3f} {cpu:8.3f} {cpu / base:16.1f}")
    fresh(root, npis[0])


def timed(one: Callable[[int], object], npis: list[int]) -> tuple[list[float], float]:
    """Milliseconds of each, and the mean of CPU time, which a busy machine blurs less."""
    for npi in npis[:50]:
        one(npi)
    spent, cpu = [], time.process_time()
    for npi in npis:
        begun = time.perf_counter()
        one(npi)
        spent.append((time.perf_counter() - begun) * 1000)
    return spent, (time.process_time() - cpu) * 1000 / len(npis)


def fresh(root: Path, npi: int) -> None:
    """The whole command, by turns with an interpreter that does nothing: CPU time, which a busy machine blurs least."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "gillies vet": [sys.executable, "-m", "gillies", "vet", str(npi), "--procedure", "rhinoplasty", "--registry", str(root)],
    }
    spent: dict[str, list[float]] = {what: [] for what in commands}
    for _ in range(12):
        for what, command in commands.items():
            before = os.times()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            after = os.times()
            spent[what].append(after.children_user + after.children_system - before.children_user - before.children_system)
    bare = statistics.median(spent["python -c pass"])
    for what, seconds in spent.items():
        print(f"{what:34} {statistics.median(seconds) * 1000:8.0f} ms of CPU in a fresh process {statistics.median(seconds) / bare:10.1f} x python")


if __name__ == "__main__":
    main()
