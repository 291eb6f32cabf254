"""What registry_search.py compares ours with: each peer builds its store from the tables of a registry, opens it and answers the same queries."""

import sqlite3
from pathlib import Path


def tables(folder: Path, table: str) -> str:
    (root,) = (path for path in (folder / "registry").glob("registry-*") if path.is_dir())
    return f"read_parquet('{root}/tables/{table}/*.parquet')"


def ranked(candidates: list[tuple], last: str, first: str) -> list[int]:
    """The peers' ten: by Jaro-Winkler of surname, counted twice, and first name or initial."""
    from rapidfuzz.distance.JaroWinkler import similarity

    def score(each: tuple) -> float:
        held = each[2] or ""
        return 2 * similarity(each[1], last) + (float(held[:1] == first) if len(first) == 1 else similarity(held, first))

    return [each[0] for each in sorted(candidates, key=score, reverse=True)[:10]]


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
