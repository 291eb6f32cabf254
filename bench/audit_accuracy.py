"""How many of the faults that were put into a made-up directory `gillies audit` finds, and how many of its findings are such faults: precision and recall of
each kind. The faults are made by registry/sample/directory.py, which knows nothing of the audit; see docs/audit-accuracy.md for what this does not show."""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ON = "2026-11-21"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, default=100_000)
    cli.add_argument("--seed", type=int, default=7)
    cli.add_argument("--keep", metavar="FOLDER", help="make the files here and use them again")
    cli.add_argument("--show", metavar="KIND", help="a few rows of a kind that are missed or found for nothing")
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(told.keep or scratch)
        if not (folder / "registry/manifest.json").exists():
            made(folder, told.rows, told.seed)
        gillies("audit", folder / "directory.csv", "--registry", folder / "registry", "-o", folder / "findings.csv", "--on", ON)
        compare(folder, told.show)


def gillies(*arguments: object) -> str:
    """Runs a command and hands back what it says."""
    return subprocess.run([sys.executable, "-m", "gillies", *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def made(folder: Path, rows: int, seed: int) -> None:
    """A made-up registry and directory."""
    said = gillies("registry", "sample", "-o", folder, "--rows", rows, "--directory", rows, "--seed", seed, "--on", ON)
    build = next(line for line in said.splitlines() if "gillies registry build" in line)
    gillies(*build.split()[1:], "--on", ON)


def compare(folder: Path, show: str | None) -> None:
    """Prints precision and recall of each kind, and what the harmless oddities set off."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    set_off: dict[str, Counter[str]] = defaultdict(Counter)
    with (folder / "directory-faults.csv").open() as faults, (folder / "findings.csv").open() as findings:
        for fault, found in zip(csv.DictReader(faults), csv.DictReader(findings), strict=True):
            planted, met = (set(filter(None, cell.split("; "))) for cell in (fault["Faults"], found["findings"]))
            for kind in planted | met:
                both = "hit" if kind in planted & met else "missed" if kind in planted else "extra"
                kinds[kind][both] += 1
                if kind == show and both != "hit" and kinds[kind][both] <= 12:
                    print(both, fault, found, sep="\n   ")
            for oddity in filter(None, fault["Looks odd and is fine"].split("; ")):
                set_off[oddity]["rows"] += 1
                set_off[oddity]["set off"] += bool(met - planted)
                for kind in met - planted:
                    set_off[oddity][kind] += 1
    print(f"| {'finding':24} | put in | found of them | recall | findings | of them put in | precision |\n|---|---:|---:|---:|---:|---:|---:|")
    for kind, counts in sorted(kinds.items()):
        put, all_found = counts["hit"] + counts["missed"], counts["hit"] + counts["extra"]
        shares = [f"{counts['hit'] / whole:.3f}" if whole else "" for whole in (put, all_found)]
        print(f"| {kind:24} | {put:,} | {counts['hit']:,} | {shares[0]} | {all_found:,} | {counts['hit']:,} | {shares[1]} |")
    print(f"\n| {'looks odd and is fine':42} | rows | with a finding | which |\n|---|---:|---:|---|")
    for oddity, counts in sorted(set_off.items()):
        which = ", ".join(f"{kind} {count}" for kind, count in counts.most_common() if kind not in ("rows", "set off"))
        print(f"| {oddity:42} | {counts['rows']:,} | {counts['set off']:,} | {which} |")


if __name__ == "__main__":
    main()
