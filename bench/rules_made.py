"""Made-up rules and claim lines that any rule engine can be tried on; every code is invented.

A rule: a set of procedures, and for some also any diagnosis of a set, no diagnosis of a set, a specialty or place of a set, an age range, a sex,
a least charge; it votes cosmetic or reconstructive and gives a class of coverage from 0 (best) to 3. What a line lacks leaves a test unknown.
About a third of the lines carry a procedure that some rule asks for.
"""

import random
from pathlib import Path

import msgspec


class Made(msgspec.Struct):
    """A rule. Sets are numbers into the sets of `Book`."""

    procedures: int
    vote: str
    cover: int
    any_diagnosis: int | None = None
    no_diagnosis: int | None = None
    specialty: int | None = None
    place: int | None = None
    age: tuple[int, int] | None = None
    sex: str | None = None
    charge: int | None = None


class Book(msgspec.Struct):
    """Rules and the sets of codes that they ask for."""

    rules: list[Made]
    procedures: list[list[str]]
    diagnoses: list[list[str]]
    specialties: list[list[str]]
    places: list[list[str]]
    all_procedures: list[str]
    all_diagnoses: list[str]
    all_specialties: list[str]


def book(rules: int = 200, seed: int = 11) -> Book:
    """So many rules; sets grow in number with the rules, as they would."""
    draw, times = random.Random(seed), max(1, rules // 200)
    numbers = [f"{number:05d}" for number in draw.sample(range(10004, 99608), 9000)]
    codes = sorted({f"{draw.choice('CDEGHIJKLMNQRSTZ')}{draw.randrange(100):02d}{draw.choice(['', *'0129'])}{draw.choice(['', *'01A'])}" for _ in range(30000)})
    codes = draw.sample(codes, min(16000, len(codes)))
    specialties = [f"{100 + i * 7 % 290}{chr(65 + i % 26)}{i * 37 % 10000:04d}0X" for i in range(858)]
    families = [draw.sample(numbers[:1500], draw.randint(5, 60)) for _ in range(60 * times)]
    sets = [draw.sample(codes, draw.choice([20, 60, 200, 800])) for _ in range(80 * times)]
    groups = [draw.sample(specialties, draw.choice([5, 20, 60])) + specialties[: draw.randint(0, 4)] for _ in range(15 * times)]
    places = [["11"], ["21", "22"], ["22", "24"], ["11", "22"], ["23"]]
    made = [_rule(draw, number % len(families), len(sets), len(groups), len(places)) for number in range(rules)]
    return Book(made, families, sets, groups, places, numbers, codes, specialties)


def _rule(draw: random.Random, family: int, sets: int, groups: int, places: int) -> Made:
    rule = Made(family, draw.choice(["cosmetic", "reconstructive"]), draw.randrange(4))
    if draw.random() < 0.7:
        rule.any_diagnosis = draw.randrange(sets)
    if draw.random() < 0.2:
        rule.no_diagnosis = draw.randrange(sets)
    if draw.random() < 0.4:
        rule.specialty = draw.randrange(groups)
    if draw.random() < 0.3:
        rule.place = draw.randrange(places)
    if draw.random() < 0.4:
        rule.age = draw.choice([(0, 17), (18, 120), (18, 64), (65, 120), (0, 5)])
    if draw.random() < 0.2:
        rule.sex = draw.choice("FM")
    if draw.random() < 0.2:
        rule.charge = draw.choice([500, 1500, 5000, 10000])
    return rule


def write_claims(made: Book, rows: int, path: Path) -> None:
    """So many lines as Parquet; the same rows each time."""
    import duckdb

    with duckdb.connect() as con:
        con.execute("CREATE MACRO u(i, s) AS (hash(i * 1000003 + s) / 18446744073709551616.0)")
        con.execute("CREATE MACRO pick(l, x) AS l[1 + least(len(l) - 1, CAST(floor(len(l) * x) AS INT))]")
        con.execute("CREATE TABLE k AS SELECT ? AS p, ? AS d, ? AS t", [made.all_procedures, made.all_diagnoses, made.all_specialties])
        con.execute("SET preserve_insertion_order = false")
        diagnoses = ", ".join(
            f"CASE WHEN u(i, 3) < 0.97 AND u(i, {2 * n + 1}) < {share} THEN pick(d, pow(u(i, {2 * n + 2}), 2)) END AS dx{n}"
            for n, share in enumerate((0.97, 0.5, 0.25, 0.1), 1)
        )
        con.execute(f"""
            COPY (SELECT CAST(i AS BIGINT) AS claim_line,
                CASE WHEN u(i, 1) < 0.35 THEN p[1 + CAST(floor(1500 * u(i, 2)) AS INT)] ELSE p[1501 + CAST(floor(7499 * u(i, 2)) AS INT)] END AS cpt,
                {diagnoses},
                CASE WHEN u(i, 11) < 0.95 THEN pick(t, pow(u(i, 12), 3)) END AS taxonomy,
                CASE WHEN u(i, 13) < 0.99 THEN pick(['11', '22', '21', '24', '23', '12', '31'], pow(u(i, 14), 2)) END AS pos,
                CASE WHEN u(i, 15) < 0.98 THEN CAST(floor(95 * u(i, 16)) AS SMALLINT) END AS age,
                CASE WHEN u(i, 17) < 0.98 THEN pick(['F', 'M'], u(i, 18)) END AS sex,
                CASE WHEN u(i, 19) < 0.99 THEN round(20 * exp(7 * u(i, 20)), 2) END AS charge
            FROM range({rows}) t(i), k) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""")
