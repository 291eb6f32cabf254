"""Search of a built registry against its peers, all from the same made-up providers and with the same queries: tantivy, DuckDB over sorted tables, bare
SQLite selects, rapidfuzz over all names of the state. Each in a fresh process, by turns; prints p50 and p95 in milliseconds, how often the right provider
is among the first ten, and ratios. Then what no peer answers: firms, around a ZIP, by procedure; and ours once more while another process reads the
registry all the time.

Names: surnames with one typing error (60 %) or two (40 %), first name as it is (half), its initial or with an error (a quarter each), state right.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from registry_search_peers import Bare, Duck, Rapidfuzz, Tantivy, tables

PEERS = ("gillies", "tantivy", "duckdb", "sqlite", "rapidfuzz")
TOLD = {
    "gillies": "gillies: whole answer, each with why",
    "gillies-numbers": "gillies: numbers only, as the peers",
    "gillies-text": "gillies: FIRST LAST typed, person or firm",
    "tantivy": "tantivy: fuzzy term, re-ranked",
    "duckdb": "DuckDB, tables sorted",
    "sqlite": "SQLite, bare selects",
    "rapidfuzz": "rapidfuzz over the state's names",
}
KINDS = ("npi", "name", "place")
ALONE = {"firm": "a firm by its name, one typing error", "around": "a specialty within 25 miles of a ZIP", "procedure": "trained for septoplasty, near a ZIP"}
"""What only ours answers."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ON = date(2026, 11, 21)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, default=1_000_000)
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--queries", type=int, default=500)
    cli.add_argument("--peers", nargs="*", default=PEERS[1:], choices=PEERS[1:], help="against these (default: all)")
    cli.add_argument("--keep", metavar="FOLDER", help="make the files here and use them again")
    cli.add_argument("--one", nargs=2, metavar=("PEER", "FOLDER"), help=argparse.SUPPRESS)
    cli.add_argument("--read", metavar="FOLDER", help=argparse.SUPPRESS)
    told = cli.parse_args()
    if told.read:
        read_on(Path(told.read))
    elif told.one:
        print(json.dumps(measure(told.one[0], Path(told.one[1]))))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(told.keep or scratch) / str(told.rows)
            make(folder, told.rows, told.queries, told.peers)
            compare(folder, told.rounds, told.peers)


def make(folder: Path, rows: int, queries: int, peers: list[str]) -> None:
    """The registry, the queries, and what the peers search."""
    if not (folder / "registry/manifest.json").exists():
        run = [sys.executable, "-m", "gillies", "registry"]
        subprocess.run([*run, "sample", "-o", str(folder), "--rows", str(rows)], check=True, stdout=subprocess.DEVNULL)
        (full,) = (path for path in folder.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
        subprocess.run([*run, "build", "--nppes", str(full), "-o", str(folder / "registry"), "--allow-stale"], check=True, stdout=subprocess.DEVNULL)
    asked = folder / f"asked-{queries}.json"
    if not asked.exists():
        asked.write_text(json.dumps(questions(folder, queries)))
    (folder / "queries.json").write_text(asked.read_text())
    for peer in peers:
        done = folder / f"{peer}.built"
        if not done.exists() and available(peer):
            begun = time.perf_counter()
            PEER[peer](folder).build()
            done.write_text(f"{time.perf_counter() - begun:.1f}")


def available(peer: str) -> bool:
    try:
        __import__({"sqlite": "sqlite3"}.get(peer, peer))
    except ModuleNotFoundError:
        print(f"{peer} is not installed and left out (pip install -r bench/requirements.txt)")
        return False
    return True


def ask(folder: Path, sql: str) -> list[tuple]:
    import duckdb

    return duckdb.sql(sql.format(**{table: tables(folder, table) for table in ("provider", "taxonomy")})).fetchall()


def edited(dice: random.Random, name: str) -> str:
    """One typing error: a letter put in, left out, swapped with the next, or another one."""
    place, kind = dice.randrange(len(name)), dice.randrange(4)
    if kind == 0:
        return name[:place] + dice.choice(LETTERS) + name[place:]
    if kind == 1 and len(name) > 3:
        return name[:place] + name[place + 1 :]
    if kind == 2 and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + dice.choice(LETTERS) + name[place + 1 :]


def questions(folder: Path, many: int) -> dict[str, list]:
    """The same for every peer."""
    dice = random.Random(7)
    # by a hash, not by USING SAMPLE: the same rows whatever the number of threads
    npis = ask(folder, "SELECT npi FROM {provider} ORDER BY hash(npi) LIMIT 1000")
    people = ask(folder, "SELECT npi, upper(last), upper(first), state FROM {provider} WHERE entity = '1' AND length(last) >= 4 AND first IS NOT NULL "
                         f"AND state IS NOT NULL ORDER BY hash(npi, 1) LIMIT {many}")  # fmt: skip
    places = ask(folder, "SELECT code, zip5 FROM {taxonomy} WHERE zip5 IS NOT NULL AND state IS NOT NULL ORDER BY hash(npi, slot, 2) LIMIT 300")
    names = []
    for npi, last, first, state in people:
        typed = edited(dice, last)
        if dice.random() < 0.4 and len(last) >= 6:
            typed = edited(dice, typed)
        way = dice.random()
        names.append((npi, typed, first if way < 0.5 else first[0] if way < 0.75 else edited(dice, first), state))
    firms = ask(folder, "SELECT upper(organization) FROM {provider} WHERE entity = '2' AND length(organization) > 6 ORDER BY hash(npi, 3) LIMIT 300")
    alone = {"firm": [(edited(dice, firm),) for (firm,) in firms], "around": places, "procedure": [(zip5,) for _, zip5 in places]}
    return {"npi": [npi for (npi,) in npis], "name": names, "place": places, **alone}


class Gillies:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        from gillies.door import open_records
        from gillies.registry.lookup import Registry
        from gillies.registry.search.asked import Ask
        from gillies.registry.search.find import find

        self.registry, self.knowledge = Registry(self.folder / "registry"), open_records()
        self.find = lambda **asked: find(self.registry, Ask(**asked), self.knowledge, ON)

    def npi(self, number: int) -> object:
        return self.registry.provider(number)

    def name(self, last: str, first: str, state: str) -> list[int]:
        return [each.npi for each in self.find(text=f"{last}, {first}", kind="person", state=state).results]

    def firm(self, text: str) -> object:
        return self.find(text=text, kind="organisation")

    def around(self, code: str, zip5: str) -> object:
        return self.find(specialty=code, zip=zip5)

    def procedure(self, zip5: str) -> object:
        return self.find(procedure="septoplasty", zip=zip5)

    def place(self, code: str, zip5: str) -> list[int]:
        from gillies.registry.search import packing

        numbers = self.registry.index.specialty(code)
        low, high = numbers.searchsorted(packing.from_zip([int(zip5), int(zip5) + 1]))
        return packing.npi_of(numbers[low : min(high, low + 50)]).tolist()


class GilliesNumbers(Gillies):
    npi = place = firm = around = procedure = None

    def name(self, last: str, first: str, state: str) -> list[int]:
        from gillies.registry.search import typed
        from gillies.registry.search.narrow import Narrow
        from gillies.registry.search.people import people

        return people(self.registry.index, typed.read(f"{last}, {first}").readings, Narrow(state=state), 10).npis[:10].tolist()


class GilliesText(Gillies):
    npi = place = firm = around = procedure = None

    def name(self, last: str, first: str, state: str) -> list[int]:
        return [each.npi for each in self.find(text=f"{first} {last}", state=state).results]


PEER = {
    "gillies": Gillies,
    "gillies-numbers": GilliesNumbers,
    "gillies-text": GilliesText,
    "tantivy": Tantivy,
    "duckdb": Duck,
    "sqlite": Bare,
    "rapidfuzz": Rapidfuzz,
}


def measure(name: str, folder: Path) -> dict[str, float]:
    """One peer, once through all queries of each kind."""
    queries = json.loads((folder / "queries.json").read_text())
    begun = time.perf_counter()
    peer = PEER[name](folder)
    peer.open()
    out = {"open": (time.perf_counter() - begun) * 1e3}
    for kind in (*KINDS, *ALONE):
        answer: Callable | None = getattr(peer, kind, None)
        if answer is None:
            continue
        asked = [(each,) if kind == "npi" else tuple(each[kind == "name" :]) for each in queries[kind]]
        for each in asked[:20]:
            answer(*each)
        times, spent, answers = [], [], []
        for each in asked:
            start, cpu = time.perf_counter(), time.process_time()
            answers.append(answer(*each))
            spent.append((time.process_time() - cpu) * 1e3)
            times.append((time.perf_counter() - start) * 1e3)
        cut = statistics.quantiles(times, n=20)
        out |= {f"{kind} p50": cut[9], f"{kind} p95": cut[18], f"{kind} cpu": statistics.median(spent)}
        if kind == "name":
            out["recall"] = statistics.mean(each[0] in found for each, found in zip(queries["name"], answers, strict=True))
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return out | {"mb": int(peak.split()[1]) / 1024}


def read_on(folder: Path) -> None:
    """Reads the registry until it is stopped."""
    queries, peer = json.loads((folder / "queries.json").read_text()), Gillies(folder)
    peer.open()
    while True:
        for number, (_, *name) in zip(queries["npi"], queries["name"], strict=False):
            peer.npi(number)
            peer.name(*name)


def compare(folder: Path, rounds: int, peers: list[str]) -> None:
    """All by turns; then ours while another process reads."""
    names = [name for name in PEER if name.startswith("gillies") or (name in peers and (folder / f"{name}.built").exists())]
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            taken[name].append(one(name, folder))
    middle = {name: {key: statistics.median(each[key] for each in row) for key in row[0]} for name, row in taken.items()}
    show(middle, "tantivy", "sqlite")
    reader = subprocess.Popen([sys.executable, __file__, "--read", str(folder)])
    try:
        time.sleep(5)
        busy = {name: one(name, folder) for name in ("gillies", "gillies-text")}
    finally:
        reader.terminate()
        reader.wait()
    alone(middle["gillies"])
    print("while another process reads the registry all the time:")
    show(busy, "", "")
    alone(busy["gillies"])


def alone(row: dict[str, float]) -> None:
    """Milliseconds of whole answers that no peer gives."""
    for kind, told in ALONE.items():
        print(f"{told:42} p50 {row[f'{kind} p50']:.3f}  p95 {row[f'{kind} p95']:.3f}  cpu {row[f'{kind} cpu']:.3f}")


def one(name: str, folder: Path) -> dict[str, float]:
    run = subprocess.run([sys.executable, __file__, "--one", name, str(folder)], capture_output=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def show(rows: dict[str, dict[str, float]], peer: str, bare: str) -> None:
    """Milliseconds of each kind at the median / the 95th percentile, and of processor time at the median, which others on the machine disturb less.
    The first ratio is of processor time over `peer`'s for a name, the others of time over `bare`'s for a number and for code and ZIP."""
    print(f"{'':42} {'name':>15} {'cpu':>7} {'x peer':>6} {'found':>6} {'NPI':>13} {'x bare':>6} {'code and ZIP':>13} {'x bare':>6} {'open':>7} {'MB':>5}")
    for name, row in rows.items():
        cells = {kind: f"{row[f'{kind} p50']:.3f}/{row[f'{kind} p95']:.3f}" if f"{kind} p50" in row else "" for kind in KINDS}
        cpu, found = (f"{row[key]:.3f}" if key in row else "" for key in ("name cpu", "recall"))
        print(
            f"{TOLD[name]:42} {cells['name']:>15} {cpu:>7} {ratio(rows, name, peer, 'name cpu'):>6} {found:>6} {cells['npi']:>13} "
            f"{ratio(rows, name, bare, 'npi p50'):>6} {cells['place']:>13} {ratio(rows, name, bare, 'place p50'):>6} {row['open']:7.0f} {row['mb']:5.0f}"
        )


def ratio(rows: dict[str, dict[str, float]], name: str, other: str, key: str) -> str:
    """How many times as much as another one."""
    return f"{rows[name][key] / rows[other][key]:.2f}" if key in rows[name] and key in rows.get(other, {}) else ""


if __name__ == "__main__":
    main()
