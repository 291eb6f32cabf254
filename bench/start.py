"""Cold start: fresh processes in turn, `python -c pass` against gillies. Prints medians and ratios of one run.

Python may keep its compiled modules, as it does wherever gillies is installed: else every start would compile them anew.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = "I want my eye bags gone, without surgery"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rounds", type=int, default=15)
    rounds = cli.parse_args().rounds
    python = sys.executable
    script = Path(python).with_name("gillies")
    gillies = [str(script)] if script.exists() else [python, "-m", "gillies"]
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "import msgspec": [python, "-c", "import msgspec"],
        "gillies --version": [*gillies, "--version"],
        "gillies assess TEXT": [*gillies, "assess", TEXT],
        "gillies assess --json TEXT": [*gillies, "assess", "--json", TEXT],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {"XDG_CACHE_HOME": cache}
        begun = time.perf_counter()
        subprocess.run([*gillies, "assess", TEXT], env=environment, capture_output=True, check=True)
        print(f"first run ever (packs the knowledge): {time.perf_counter() - begun:.1f} s")
        for _ in range(rounds):
            for name, command in commands.items():
                begun = time.perf_counter()
                subprocess.run(command, env=environment, capture_output=True, check=True)
                times[name].append(time.perf_counter() - begun)
    base = statistics.median(times["python -c pass"])
    print(f"{'what':30} {'median ms':>10} {'min':>7} {'max':>7} {'x pass':>7}")
    for name, row in times.items():
        print(f"{name:30} {statistics.median(row) * 1e3:10.1f} {min(row) * 1e3:7.1f} {max(row) * 1e3:7.1f} {statistics.median(row) / base:7.2f}")


if __name__ == "__main__":
    main()
