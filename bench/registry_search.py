"""Search of a built registry against its peers, all from the same made-up providers and with the same queries: tantivy, DuckDB over sorted tables, bare
SQLite selects, rapidfuzz over all names of the state. Each in a fresh process, by turns; prints p50 and p95 in milliseconds, how often the right provider
is among the first ten, and ratios. Then ours once more while another process reads the registry all the time.

Names: surnames with one typing error (60 %) or two (40 %), first name as it is (half), its initial or with an error (a quarter each), state right.
"""

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

PEERS = ("gillies", "tantivy", "duckdb", "sqlite", "rapidfuzz")
TOLD = {
    "gillies": "gillies: whole answer, each with why", "gillies-numbers": "gillies: numbers only", "gillies-text": "gillies: \"FIRST LAST\" as typed, person or firm",
    "tantivy": "tantivy: fuzzy term, re-ranked", "duckdb": "DuckDB, tables sorted", "sqlite": "SQLite, bare selects", "rapidfuzz": "rapidfuzz over the state's names",
}  # fmt: skip
KINDS = ("npi", "name", "place")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ON = date(2026, 11, 21)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, default=1_000_000)
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--queries", type=int, default=500)
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
            make(folder, told.rows, told.queries)
            compare(folder, told.rounds)


def make(folder: Path, rows: int, queries: int) -> None:
    """The registry, the queries, and what the peers search."""
    if not (folder / "registry/manifest.json").exists():
        run = [sys.executable, "-m", "gillies", "registry"]
        subprocess.run([*run, "sample", "-o", str(folder), "--rows", str(rows)], check=True, stdout=subprocess.DEVNULL)
        (full,) = (path for path in folder.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
        subprocess.run([*run, "build", "--nppes", str(full), "-o", str(folder / "registry"), "--allow-stale"], check=True, stdout=subprocess.DEVNULL)
    asked = folder / f"queries-{queries}.json"
    if not asked.exists():
        asked.write_text(json.dumps(questions(folder, queries)))
    (folder / "queries.json").write_text(asked.read_text())
    for peer in PEERS[1:]:
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


def tables(folder: Path, table: str) -> str:
    (root,) = (path for path in (folder / "registry").glob("registry-*") if path.is_dir())
    return f"read_parquet('{root}/tables/{table}/*.parquet')"


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
    return {"npi": [npi for (npi,) in npis], "name": names, "place": places}


def ranked(candidates: list[tuple], last: str, first: str) -> list[int]:
    """The peers' ten: by Jaro-Winkler of surname, counted twice, and first name or initial."""
    from rapidfuzz.distance.JaroWinkler import similarity

    def score(each: tuple) -> float:
        held = each[2] or ""
        return 2 * similarity(each[1], last) + (float(held[:1] == first) if len(first) == 1 else similarity(held, first))

    return [each[0] for each in sorted(candidates, key=score, reverse=True)[:10]]


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

    def place(self, code: str, zip5: str) -> list[int]:
        from gillies.registry.search import packing

        numbers = self.registry.index.specialty(code)
        low, high = numbers.searchsorted(packing.from_zip([int(zip5), int(zip5) + 1]))
        return packing.npi_of(numbers[low : min(high, low + 50)]).tolist()


class GilliesNumbers(Gillies):
    npi = place = None

    def name(self, last: str, first: str, state: str) -> list[int]:
        from gillies.registry.search import typed
        from gillies.registry.search.narrow import Narrow
        from gillies.registry.search.people import people

        return people(self.registry.index, typed.read(f"{last}, {first}").readings, Narrow(state=state), 10).npis[:10].tolist()


class GilliesText(Gillies):
    npi = place = None

    def name(self, last: str, first: str, state: str) -> list[int]:
        return [each.npi for each in self.find(text=f"{first} {last}", state=state).results]


class Tantivy:
    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "tantivy"

    def schema(self):
        import tantivy

        build = tantivy.SchemaBuilder()
        build.add_integer_field("npi", stored=True, indexed=True, fast=True)
        for field in ("last", "first"):
            build.add_text_field(field, stored=True, tokenizer_name="default", index_option="basic")
        for field in ("state", "place"):
            build.add_text_field(field, stored=False, tokenizer_name="raw", index_option="basic")
        return build.build()

    def build(self) -> None:
        import duckdb
        import tantivy

        self.home.mkdir(exist_ok=True)
        writer = tantivy.Index(self.schema(), path=str(self.home)).writer(heap_size=500_000_000, num_threads=2)
        rows = duckdb.connect().execute(f"""
            SELECT npi, coalesce(last, organization, ''), coalesce(first, ''), coalesce(state, ''), coalesce(places, [])
            FROM {tables(self.folder, "provider")}
            LEFT JOIN (SELECT npi, list(code || '|' || coalesce(zip5, '')) AS places FROM {tables(self.folder, "taxonomy")} GROUP BY npi) USING (npi)""")
        while some := rows.fetchmany(50_000):
            for npi, last, first, state, places in some:
                writer.add_document(tantivy.Document(npi=npi, last=last, first=first, state=state, place=places))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self.of = self.schema()
        self.search, self.query, self.occur = tantivy.Index(self.of, path=str(self.home)).searcher(), tantivy.Query, tantivy.Occur

    def npi(self, number: int) -> object:
        hits = self.search.search(self.query.term_query(self.of, "npi", number), 1, count=False).hits
        return self.search.doc(hits[0][1]).to_dict()

    def name(self, last: str, first: str, state: str) -> list[int]:
        initial = len(first) == 1
        parts = [(self.occur.Must, self.query.term_query(self.of, "state", state))]
        for word in last.lower().replace("'", " ").replace("-", " ").split():
            parts.append((self.occur.Must, self.query.fuzzy_term_query(self.of, "last", word, distance=2, transposition_cost_one=True)))
        fuzzy = self.query.fuzzy_term_query(self.of, "first", first.lower(), distance=int(not initial), transposition_cost_one=True, prefix=initial)
        parts.append((self.occur.Should, fuzzy))
        hits = self.search.search(self.query.boolean_query(parts), 300, count=False).hits
        docs = [self.search.doc(address) for _, address in hits]
        return ranked([(doc["npi"][0], doc["last"][0].upper(), doc["first"][0].upper()) for doc in docs], last, first)

    def place(self, code: str, zip5: str) -> list[int]:
        hits = self.search.search(self.query.term_query(self.of, "place", f"{code}|{zip5}"), 50, count=False).hits
        return [self.search.doc(address)["npi"][0] for _, address in hits]


NAMES = "SELECT state, upper(last) AS last, upper(first) AS first, npi FROM {} WHERE last IS NOT NULL"


class Duck:
    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "peer.duckdb"

    def build(self) -> None:
        import duckdb

        with duckdb.connect(str(self.home)) as con:
            provider, taxonomy = tables(self.folder, "provider"), tables(self.folder, "taxonomy")
            con.execute(f"CREATE TABLE provider AS FROM {provider} ORDER BY npi")
            con.execute(f"CREATE TABLE taxonomy AS FROM {taxonomy} ORDER BY npi")
            con.execute(f"CREATE TABLE place AS SELECT code, zip5, npi FROM {taxonomy} ORDER BY code, zip5")
            con.execute(f"CREATE TABLE names AS {NAMES.format(provider)} ORDER BY state, last")

    def open(self) -> None:
        import duckdb

        self.con = duckdb.connect(str(self.home), read_only=True)

    def npi(self, number: int) -> object:
        tell = self.con.execute
        return tell("SELECT * FROM provider WHERE npi = ?", [number]).fetchone(), tell("SELECT * FROM taxonomy WHERE npi = ?", [number]).fetchall()

    def name(self, last: str, first: str, state: str) -> list[int]:
        sql = """
            SELECT npi, 2 * jaro_winkler_similarity(last, ?) + CASE WHEN ? THEN (first[1] = ?)::INT ELSE jaro_winkler_similarity(first, ?) END AS score
            FROM names WHERE state = ? ORDER BY score DESC LIMIT 10"""
        return [row[0] for row in self.con.execute(sql, [last, len(first) == 1, first, first, state]).fetchall()]

    def place(self, code: str, zip5: str) -> list[int]:
        return [row[0] for row in self.con.execute("SELECT npi FROM place WHERE code = ? AND zip5 = ? LIMIT 50", [code, zip5]).fetchall()]


class Bare:
    """One row a provider with a column for each field, one a specialty, and the two selects that nothing can do without."""

    name = None

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "peer.sqlite"

    def build(self) -> None:
        import duckdb

        out = sqlite3.connect(self.home, isolation_level=None)
        out.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        out.execute("BEGIN")
        for table, select in {
            "provider": "SELECT * EXCLUDE (row, active)",
            "taxonomy": "SELECT npi, slot, code, license, license_state, primary_switch, zip5",
        }.items():
            rows = duckdb.connect().execute(f"SELECT COLUMNS(*)::VARCHAR FROM ({select} FROM {tables(self.folder, table)} ORDER BY npi)")
            columns = [f"{name} INTEGER PRIMARY KEY" if name == "npi" and table == "provider" else name for name, *_ in rows.description]
            out.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            while some := rows.fetchmany(50_000):
                out.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", [(int(row[0]), *row[1:]) for row in some])
        out.execute("COMMIT")
        out.executescript("CREATE INDEX of_npi ON taxonomy(npi); CREATE INDEX of_place ON taxonomy(code, zip5, npi)")
        out.close()

    def open(self) -> None:
        self.con = sqlite3.connect(f"file:{self.home}?mode=ro&immutable=1", uri=True)
        self.con.execute("PRAGMA mmap_size = 20000000000")

    def npi(self, number: int) -> object:
        tell = self.con.execute
        return tell("SELECT * FROM provider WHERE npi = ?", (number,)).fetchone(), tell("SELECT * FROM taxonomy WHERE npi = ?", (number,)).fetchall()

    def place(self, code: str, zip5: str) -> list[int]:
        return [row[0] for row in self.con.execute("SELECT npi FROM taxonomy WHERE code = ? AND zip5 = ? LIMIT 50", (code, zip5))]


class Rapidfuzz:
    npi = place = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self) -> None:
        """Lists in memory are made when it is opened."""

    def open(self) -> None:
        import duckdb

        self.states: dict[str, tuple[list, list, list]] = {}
        for state, last, first, npi in duckdb.sql(NAMES.format(tables(self.folder, "provider"))).fetchall():
            for held, value in zip(self.states.setdefault(state, ([], [], [])), (last, first, npi), strict=True):
                held.append(value)

    def name(self, last: str, first: str, state: str) -> list[int]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        lasts, firsts, npis = self.states[state]
        return ranked(
            [(npis[place], name, firsts[place]) for name, _, place in extract(last, lasts, scorer=OSA.distance, score_cutoff=2, limit=None)], last, first
        )


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
    for kind in KINDS:
        answer: Callable | None = getattr(peer, kind)
        if answer is None:
            continue
        asked = [(each,) if kind == "npi" else tuple(each[kind == "name" :]) for each in queries[kind]]
        for each in asked[:20]:
            answer(*each)
        times, answers = [], []
        for each in asked:
            start = time.perf_counter()
            answers.append(answer(*each))
            times.append((time.perf_counter() - start) * 1e3)
        cut = statistics.quantiles(times, n=20)
        out |= {f"{kind} p50": cut[9], f"{kind} p95": cut[18]}
        if kind == "name":
            out["recall"] = statistics.mean(each[0] in found for each, found in zip(queries["name"], answers, strict=True))
    return out | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def read_on(folder: Path) -> None:
    """Reads the registry until it is stopped."""
    queries, peer = json.loads((folder / "queries.json").read_text()), Gillies(folder)
    peer.open()
    while True:
        for number, (_, *name) in zip(queries["npi"], queries["name"], strict=False):
            peer.npi(number)
            peer.name(*name)


def compare(folder: Path, rounds: int) -> None:
    """All by turns; then ours while another process reads."""
    names = [name for name in (*PEER,) if name.startswith("gillies") or (folder / f"{name}.built").exists()]
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
    print("while another process reads the registry all the time:")
    show(busy, "", "")


def one(name: str, folder: Path) -> dict[str, float]:
    run = subprocess.run([sys.executable, __file__, "--one", name, str(folder)], capture_output=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def show(rows: dict[str, dict[str, float]], names: str, bare: str) -> None:
    """p50/p95 of each kind; `x`: our p50 over that of the peer of that column."""
    print(f"{'':52} {'NPI':>14} {'name':>14} {'x tantivy':>9} {'first ten':>9} {'code and ZIP':>14} {'x SQLite':>8} {'open ms':>8} {'MB':>6}")
    for name, row in rows.items():
        cells = {kind: f"{row[f'{kind} p50']:.3f}/{row[f'{kind} p95']:.3f}" if f"{kind} p50" in row else "" for kind in KINDS}
        of_names = f"{row['name p50'] / rows[names]['name p50']:.2f}" if "name p50" in row and names in rows else ""
        of_npi = f"{row['npi p50'] / rows[bare]['npi p50']:.2f}" if "npi p50" in row and bare in rows else ""
        found = f"{row['recall']:.3f}" if "recall" in row else ""
        print(
            f"{TOLD[name]:52} {cells['npi']:>14} {cells['name']:>14} {of_names:>9} {found:>9} {cells['place']:>14} {of_npi:>8} {row['open']:8.1f} {row['mb']:6.0f}"
        )


if __name__ == "__main__":
    main()
