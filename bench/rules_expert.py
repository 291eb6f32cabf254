"""What an expert writes by hand for the made-up rules (rules_made.py): a bit for each rule in words of 64, which of a rule's tests each code meets worked
out ahead, an AND across joins, each distinct result spelt out once. It can do rules that are one AND of tests, and nothing else."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from rules_made import Book, Made

TESTS = ("any_diagnosis", "no_diagnosis", "specialty", "place", "age", "sex", "charge")


def screen(made: Book, claims: Path, out: Path, memory: str) -> None:
    """Labels every line: claim_line, intent (0 cosmetic, 1 reconstructive, 2 both, 3 neither), cov (9: none), and the rules that hold and that are open."""
    con = duckdb.connect(config={"memory_limit": memory})
    words = range((len(made.rules) + 63) // 64)
    prepare(con, made, words)
    true, possible = masks(made, words)
    told = ", ".join(f"{sql[w]} AS {name}{w}" for name, sql in (("t", true), ("u", possible)) for w in words)
    keys = ", ".join(f"{name}{w}" for name in "tu" for w in words)
    rules = len(made.rules)

    def numbers(word: str) -> str:
        picked = " ".join(f"WHEN {w} THEN {word.format(w=w)}" for w in words)
        return f"LIST_FILTER(range({rules}), lambda i: ((CASE i // 64 {picked} END) >> CAST(i % 64 AS UBIGINT)) & 1 = 1)"

    voted = "[v = '{}' FOR v IN list_select((SELECT list(vote ORDER BY rid) FROM rule), [i + 1 FOR i IN trues])]"
    covers = "list_select((SELECT list(cover ORDER BY rid) FROM rule), [i + 1 FOR i IN trues])"
    con.execute(f"""
        CREATE TEMP TABLE k AS SELECT claim_line, {told} FROM '{claims}' c JOIN mp p ON p.k = cpt
            LEFT JOIN md d1 ON d1.k = dx1 LEFT JOIN md d2 ON d2.k = dx2 LEFT JOIN md d3 ON d3.k = dx3 LEFT JOIN md d4 ON d4.k = dx4
            LEFT JOIN mt t ON t.k = taxonomy LEFT JOIN ms s ON s.k = c.pos LEFT JOIN ma a ON a.k = age LEFT JOIN mx x ON x.k = c.sex""")
    con.execute(f"CREATE TEMP TABLE z AS SELECT DISTINCT {keys} FROM k WHERE {' | '.join(f'u{w}' for w in words)} <> 0")
    con.execute(f"CREATE TEMP TABLE z2 AS SELECT *, {numbers('t{w}')} AS trues, {numbers('u{w} & (~t{w})')} AS unks FROM z")
    con.execute(f"""
        CREATE TEMP TABLE z3 AS SELECT * EXCLUDE (cos, rec), CASE WHEN cos AND rec THEN 2 WHEN cos THEN 0 WHEN rec THEN 1 ELSE 3 END AS intent
        FROM (SELECT z2.*, list_bool_or({voted.format("cosmetic")}) AS cos, list_bool_or({voted.format("reconstructive")}) AS rec,
            COALESCE(list_min({covers}), 9) AS cov FROM z2)""")
    con.execute(f"""
        COPY (SELECT c.claim_line, COALESCE(intent, 3) AS intent, COALESCE(cov, 9) AS cov, COALESCE(trues, []) AS trues, COALESCE(unks, []) AS unks
            FROM '{claims}' c LEFT JOIN (SELECT claim_line, intent, cov, trues, unks FROM k JOIN z3 USING ({keys})) USING (claim_line))
        TO '{out}' (FORMAT parquet, COMPRESSION zstd)""")


def prepare(con: duckdb.DuckDBPyConnection, made: Book, words: range) -> None:
    """The tables of masks."""
    sets = {"mp": ("procedures", made.procedures), "mt": ("specialty", made.specialties), "ms": ("place", made.places)}
    for table, (test, held) in sets.items():
        load(con, table, {"m": by_code(made.rules, test, held)}, words)
    load(con, "md", {"t": by_code(made.rules, "any_diagnosis", made.diagnoses), "u": by_code(made.rules, "no_diagnosis", made.diagnoses)}, words)
    ages = {age: mask(made.rules, lambda rule, age=age: rule.age is None or rule.age[0] <= age <= rule.age[1]) for age in range(121)}
    load(con, "ma", {"m": ages}, words)
    load(con, "mx", {"m": {sex: mask(made.rules, lambda rule, sex=sex: rule.sex in (None, sex)) for sex in "FM"}}, words)
    rows = [[getattr(rule, name) for rule in made.rules] for name in ("vote", "cover")]
    con.execute("CREATE TABLE rule AS SELECT UNNEST(?) AS rid, UNNEST(?) AS vote, UNNEST(?) AS cover", [list(range(len(made.rules))), *rows])


def masks(made: Book, words: range) -> tuple[list[str], list[str]]:
    """SQL of the words of the rules that hold, and of those that may."""
    free = {test: split(mask(made.rules, lambda rule, test=test: getattr(rule, test) is None), words) for test in TESTS}
    every = split((1 << len(made.rules)) - 1, words)
    steps = sorted({rule.charge for rule in made.rules if rule.charge is not None})
    paid = [split(mask(made.rules, lambda rule, least=least: rule.charge is None or rule.charge <= least), words) for least in (-1, *steps)]
    true, possible = [], []
    for w in words:
        found = {name: " | ".join(f"COALESCE({d}.{name}{w}, 0::UBIGINT)" for d in ("d1", "d2", "d3", "d4")) for name in "tu"}
        charged = f"{paid[0][w]}::UBIGINT"
        for least, held in zip(steps, paid[1:], strict=True):
            charged = f"CASE WHEN charge >= {least} THEN {held[w]}::UBIGINT ELSE {charged} END"
        tests = [
            ("dx1", f"((({found['t']}) | {free['any_diagnosis'][w]}::UBIGINT) & (~({found['u']})))", free["any_diagnosis"][w] & free["no_diagnosis"][w]),
            ("taxonomy", f"(COALESCE(t.m{w}, 0::UBIGINT) | {free['specialty'][w]}::UBIGINT)", free["specialty"][w]),
            ("c.pos", f"(COALESCE(s.m{w}, 0::UBIGINT) | {free['place'][w]}::UBIGINT)", free["place"][w]),
            ("age", f"a.m{w}", free["age"][w]), ("c.sex", f"x.m{w}", free["sex"][w]), ("charge", f"({charged})", free["charge"][w]),
        ]  # fmt: skip
        true.append(f"p.m{w} & " + " & ".join(f"(CASE WHEN {column} IS NULL THEN {unasked}::UBIGINT ELSE {met} END)" for column, met, unasked in tests))
        possible.append(f"p.m{w} & " + " & ".join(f"(CASE WHEN {column} IS NULL THEN {every[w]}::UBIGINT ELSE {met} END)" for column, met, _ in tests))
    return true, possible


def mask(rules: list[Made], holds: object) -> int:
    """The bits of the rules of which something holds."""
    return sum(1 << number for number, rule in enumerate(rules) if holds(rule))  # type: ignore[operator]  # a test of a rule


def by_code(rules: list[Made], test: str, sets: list[list[str]]) -> dict[str, int]:
    """For each code the rules whose set holds it."""
    found: dict[str, int] = {}
    for number, rule in enumerate(rules):
        asked = getattr(rule, test)
        for code in set(sets[asked]) if asked is not None else ():
            found[code] = found.get(code, 0) | 1 << number
    return found


def load(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, dict], words: range) -> None:
    """A table from key to words."""
    keys = list(dict.fromkeys(key for held in columns.values() for key in held))
    names = ", ".join(f"CAST(UNNEST(?) AS UBIGINT) AS {name}{w}" for name in columns for w in words)
    values: Iterable[list[int]] = ([split(held.get(key, 0), words)[w] for key in keys] for held in columns.values() for w in words)
    con.execute(f"CREATE TABLE {table} AS SELECT UNNEST(?) AS k, {names}", [keys, *values])


def split(bits: int, words: range) -> list[int]:
    """Bits as words of 64."""
    return [bits >> 64 * w & (2**64 - 1) for w in words]
