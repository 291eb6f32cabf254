"""The made-up rules (rules_made.py) as rule trees of ours, run by what screening runs: bits told by codes, contexts, each rule as SQL once for each pattern
of facts that it can see. Nothing here knows that these rules are one AND each."""

from pathlib import Path

import duckdb

from gillies.backends.sql import TRUTH
from gillies.rules.nodes import All, AnyNode, Compare, Is, Not
from gillies.screen.decide import decide
from gillies.screen.known import Known, Way, bands_of, by_place, choice, in_band, mask
from gillies.screen.tables import DuckDbSession, as_words
from rules_made import Book, Made

SETS = {"diagnoses": ("any_diagnosis", "no_diagnosis"), "specialties": ("specialty",), "places": ("place",)}
HELD_IN = {"diagnoses": ("dx1", "dx2", "dx3", "dx4"), "specialties": ("taxonomy",), "places": ("pos",)}


def screen(made: Book, claims: Path, out: Path, memory: str) -> None:
    """As rules_expert.screen."""
    db = DuckDbSession(duckdb.connect(config={"memory_limit": memory}))
    rules = {number: tree(rule) for number, rule in enumerate(made.rules)}
    asked = {kind: sorted({held for rule in made.rules for test in tests if (held := getattr(rule, test)) is not None}) for kind, tests in SETS.items()}
    bits = {(kind, held): bit for bit, (kind, held) in enumerate((kind, held) for kind, sets in asked.items() for held in (*sets, "known"))}
    layout, age, sex, charge = layout_of(rules, bits)
    size = len(layout.words)
    for kind, sets in asked.items():
        told: dict[str, list[int]] = {}
        for held in sets:
            for code in set(getattr(made, kind)[held]):
                told.setdefault(code, []).append(bits[kind, held])
        db.load(kind, {"code": "VARCHAR", **dict.fromkeys(layout.words, "BIGINT")}, ((code, *as_words(found, size)) for code, found in told.items()))
    families(db, made, rules, layout)
    known = [choice([(f"c.{HELD_IN[kind][0]} IS NOT NULL", bits[kind, "known"])], size) for kind in SETS]
    cells = [*known, choice(age, size), choice(sex, size), choice(charge, size)]
    joined = {f"{kind}{n}": (kind, column) for kind, columns in HELD_IN.items() for n, column in enumerate(columns)}
    joins = " ".join(f"LEFT JOIN {kind} {name} ON {name}.code = c.{column}" for name, (kind, column) in joined.items())
    words = []
    for n, word in enumerate(layout.words):
        parts = [*(f"COALESCE({name}.{word}, 0)" for name in joined), *(f"({cell[n]})" for cell in cells if cell[n] != "0")]
        words.append(f"({' | '.join(parts)}) & p.{word} AS {word}")
    keys = ", ".join(layout.words)
    db.table("lines", f"SELECT c.claim_line, p.family, {', '.join(words)} FROM '{claims}' c JOIN procedures p ON p.code = c.cpt {joins}")
    db.table("contexts", f"SELECT ROW_NUMBER() OVER () AS context, * FROM (SELECT DISTINCT family, {keys} FROM lines)")
    decide(db, "said", f"SELECT x.context, r.rule, {keys} FROM contexts x JOIN asked r USING (family)", rules, layout, {}, (TRUTH,))
    db.load("rule", {"rule": "INTEGER", "vote": "VARCHAR", "cover": "INTEGER"}, ((n, rule.vote, rule.cover) for n, rule in enumerate(made.rules)))
    db.table(
        "outcomes",
        f"""
        SELECT x.family, {", ".join(f"x.{word}" for word in layout.words)}, COALESCE(o.trues, []) AS trues, COALESCE(o.unks, []) AS unks,
            COALESCE(o.cov, 9) AS cov,
            CASE WHEN o.cos AND o.rec THEN 2 WHEN o.cos THEN 0 WHEN o.rec THEN 1 ELSE 3 END AS intent
        FROM contexts x LEFT JOIN (
            SELECT context, LIST(rule ORDER BY rule) FILTER (truth) AS trues, LIST(rule ORDER BY rule) FILTER (truth IS NULL) AS unks,
                BOOL_OR(vote = 'cosmetic') FILTER (truth) AS cos, BOOL_OR(vote = 'reconstructive') FILTER (truth) AS rec, MIN(cover) FILTER (truth) AS cov
            FROM said JOIN rule USING (rule) WHERE truth OR truth IS NULL GROUP BY context) o USING (context)""",
    )
    labelled = f"SELECT claim_line, intent, cov, trues, unks FROM lines JOIN outcomes USING (family, {keys})"
    db.con.execute(f"""
        COPY (SELECT c.claim_line, COALESCE(intent, 3) AS intent, COALESCE(cov, 9) AS cov, COALESCE(trues, []) AS trues, COALESCE(unks, []) AS unks
            FROM '{claims}' c LEFT JOIN ({labelled}) USING (claim_line)) TO '{out}' (FORMAT parquet, COMPRESSION zstd)""")


def tree(rule: Made) -> AnyNode:
    """A rule as a tree."""
    tests: list[AnyNode] = []
    for kind, names in SETS.items():
        for name in names:
            held = getattr(rule, name)
            if held is not None:
                asked = Is(id=name, finding=f"{kind}-{held}", values=(True,))
                tests.append(Not(id=name, of=asked) if name == "no_diagnosis" else asked)
    if rule.age is not None:
        tests += [
            Compare(id="age", finding="age", comparison=how, value=float(end), unit="years") for how, end in zip(("at_least", "at_most"), rule.age, strict=True)
        ]
    if rule.sex is not None:
        tests.append(Is(id="sex", finding="sex", values=(rule.sex,)))
    if rule.charge is not None:
        tests.append(Compare(id="charge", finding="charge", comparison="at_least", value=float(rule.charge), unit="dollars"))
    return All(id="all", of=tuple(tests))


def layout_of(rules: dict[int, AnyNode], bits: dict) -> tuple[Known, list, list, list]:
    """The bits, and how age, sex and charge set theirs."""
    ways = {f"{kind}-{held}": {True: Way((bit,)), False: Way((bits[kind, "known"],), (bit,))} for (kind, held), bit in bits.items() if held != "known"}
    kinds = dict.fromkeys(ways, "yes-no") | {"age": "number", "sex": "text", "charge": "number"}
    ages, charges = bands_of("age", rules.values(), {}), bands_of("charge", rules.values(), {})
    first = len(bits)
    ways["age"], age = dict(by_place([band.stands_for for band in ages], first)), in_band("c.age", ages, first)
    ways["sex"], sex = dict(by_place(["F", "M"], first + len(ages))), [(f"c.sex = '{sex}'", first + len(ages) + n) for n, sex in enumerate("FM")]
    last = first + len(ages) + 2
    ways["charge"], charge = dict(by_place([band.stands_for for band in charges], last)), in_band("c.charge", charges, last)
    return Known(last + len(charges), kinds, ways), age, sex, charge


def families(db: DuckDbSession, made: Book, rules: dict[int, AnyNode], layout: Known) -> None:
    """`procedures`: each code with its family (codes that the same rules ask for) and the bits that these rules can see; `asked`: the rules of a family."""
    of: dict[str, set[int]] = {}
    for number, rule in enumerate(made.rules):
        for code in made.procedures[rule.procedures]:
            of.setdefault(code, set()).add(number)
    same = {held: n for n, held in enumerate(sorted({tuple(sorted(held)) for held in of.values()}))}
    masks = {number: mask(rule, layout) for number, rule in rules.items()}
    seen = {held: [sum_of(words) for words in zip(*(masks[number] for number in held), strict=True)] for held in same}
    rows = ((code, same[tuple(sorted(held))], *seen[tuple(sorted(held))]) for code, held in of.items())
    db.load("procedures", {"code": "VARCHAR", "family": "INTEGER", **dict.fromkeys(layout.words, "BIGINT")}, rows)
    db.load("asked", {"family": "INTEGER", "rule": "INTEGER"}, ((family, number) for held, family in same.items() for number in held))


def sum_of(words: tuple[int, ...]) -> int:
    """All bits together."""
    together = 0
    for word in words:
        together |= word
    return together
