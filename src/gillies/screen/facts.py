"""What the codes of a claim tell of it: a bit for each code set, and a column for each finding that they tell.

What a distinct code tells is worked out once. A claim's codes together make its bits; lines with the same procedure, bits, age, sex,
payer, state and spell of rules are one *context*, and only contexts are judged.
"""

from collections.abc import Iterable, Iterator, Mapping

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.sql import Column, Kind
from gillies.knowledge.codes import holds
from gillies.logic import Truth
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import leaves
from gillies.screen.engine import text
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import WORD, Connection, load, picked, words

KEY = ("procedure", "age", "sex", "payer", "state", "spell")
"""With the words of bits, what tells one context from another."""
OF_A_LINE: dict[str, Kind] = {"age": "number", "sex": "text"}
"""Findings that a line tells by itself."""
OLDEST = 130
HELD_IN = {
    "icd-10-cm": "UNNEST(g_diagnoses)", "icd-10-pcs": "UNNEST(g_operations)", "hcpcs": "g_code", "modifier": "UNNEST(g_modifiers)", "place": "g_place",
    "revenue": "g_revenue",
}  # fmt: skip
"""Code system -> where a line holds its codes."""


def gather(con: Connection, relation: str, book: RuleBook) -> None:
    """Fills g_contexts, what its codes tell (g_facts, g_sets), and g_keyed: each line of ours with its context."""
    bills = [(number, key, place) for number, keys in book.procedures_of.items() for place, key in enumerate(keys)]
    load(con, "g_procedures", {"code": "VARCHAR", "procedure": "VARCHAR", "place": "INTEGER"}, bills)
    load(con, "g_payers", {"written": "VARCHAR", "payer": "VARCHAR"}, book.payer_of.items())
    load(con, "g_ages", {"age": "DOUBLE", "same_as": "DOUBLE"}, _ages(book))
    held = words(len(book.code_sets))
    _code_facts(con, relation, book, held)
    _claims(con, relation, held)
    _procedures(con, relation, book, held)
    con.execute(f"CREATE OR REPLACE TEMP VIEW g_lines_of_ours AS {_lines_of_ours(relation, book, held)}")
    key = ", ".join((*KEY, *held))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE g_contexts AS SELECT ROW_NUMBER() OVER (ORDER BY {key}) AS context, * FROM (SELECT DISTINCT {key} FROM g_lines_of_ours)"
    )
    same = " AND ".join(f"l.{name} IS NOT DISTINCT FROM x.{name}" for name in (*KEY, *held))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE g_keyed AS SELECT l.g_row, l.g_claim_id, l.procedure, x.context FROM g_lines_of_ours l JOIN g_contexts x ON {same}"
    )
    load(con, "g_fitting", {"procedure": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, _by_procedure(book.fitting, len(held)))
    fitting = ", ".join(f"x.{word} & f.{word} AS {word}" for word in held)
    own = ", ".join(f"x.{name}" for name in ("context", *KEY))
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_bits AS SELECT {own}, {fitting} FROM g_contexts x JOIN g_fitting f USING (procedure)")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_facts AS SELECT context, {', '.join(KEY)}, {_findings(book)} FROM g_bits")
    told = picked([(code_set.id, number) for number, code_set in enumerate(book.code_sets)])
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_sets AS SELECT context, {told} AS sets FROM g_bits")


def columns_of(book: RuleBook) -> dict[str, Column]:
    """The findings that a line can tell, and where they stand in g_facts."""
    told = {finding: Column(finding, "yes-no") for code_set in book.code_sets for finding, value in code_set.means.items() if isinstance(value, bool)}
    return {**told, LOOKS_ONLY: Column(LOOKS_ONLY, "yes-no"), **{finding: Column(finding, kind) for finding, kind in OF_A_LINE.items()}}


def _code_facts(con: Connection, relation: str, book: RuleBook, held: list[str]) -> None:
    """g_code_facts: for each distinct code met, the bits of the sets that hold it."""
    rows = []
    for system, place in HELD_IN.items():
        own = [(number, code_set) for number, code_set in enumerate(book.code_sets) if code_set.system == system]
        met = con.execute(f"SELECT DISTINCT {place} AS code FROM {relation}").fetchall() if own else []
        for (code,) in met:
            bits = _as_words((number for number, code_set in own if code and holds(code_set, code)), len(held))
            if any(bits):
                rows.append((system, code, *bits))
    load(con, "g_code_facts", {"system": "VARCHAR", "code": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, rows)


def _claims(con: Connection, relation: str, held: list[str]) -> None:
    """g_claims and g_people: the bits of each claim, and of each person over all claims, that codes tell anything of."""
    codes = " UNION ALL ".join(f"SELECT g_claim_id, g_person, {text(system)} AS system, {place} AS code FROM {relation}" for system, place in HELD_IN.items())
    together = ", ".join(f"BIT_OR({word}) AS {word}" for word in held)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE g_told AS SELECT g_claim_id, g_person, {together} FROM ({codes}) JOIN g_code_facts USING (system, code) GROUP BY ALL"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_claims AS SELECT g_claim_id, {together} FROM g_told GROUP BY g_claim_id")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_people AS SELECT g_person, {together} FROM g_told WHERE g_person IS NOT NULL GROUP BY g_person")


def _procedures(con: Connection, relation: str, book: RuleBook, held: list[str]) -> None:
    """g_billed: each line of ours with the number that says so (an operation's where a hospital line has none) and its claim's bits. g_meant: of each
    number beside these bits the procedure that is meant: the one that most of the code sets point to, else the likeliest."""
    load(con, "g_pointing", {"procedure": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, _by_procedure(book.pointing, len(held)))
    bits = ", ".join(f"COALESCE(c.{word}, 0) AS {word}" for word in held)
    ours = "(SELECT DISTINCT code FROM g_procedures)"
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE g_billed AS
        WITH told AS (
            SELECT g_row, g_claim_id, g_code AS number FROM {relation} WHERE g_code IN {ours}
            UNION ALL
            SELECT g_row, g_claim_id, MIN(operation) AS number
            FROM (SELECT g_row, g_claim_id, UNNEST(g_operations) AS operation FROM {relation} WHERE g_code IS NULL) WHERE operation IN {ours} GROUP BY ALL)
        SELECT n.g_row, n.g_claim_id, n.number, {bits} FROM told n LEFT JOIN g_claims c USING (g_claim_id)""")
    pointed = " + ".join(f"BIT_COUNT(b.{word} & p.{word})" for word in held)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE g_meant AS
        SELECT b.number, {", ".join(f"b.{word}" for word in held)}, ARG_MAX(g.procedure, 1000 * ({pointed}) - g.place) AS procedure
        FROM (SELECT DISTINCT number, {", ".join(held)} FROM g_billed) b JOIN g_procedures g ON g.code = b.number JOIN g_pointing p USING (procedure)
        GROUP BY ALL""")


def _lines_of_ours(relation: str, book: RuleBook, held: list[str]) -> str:
    """Each line of one of our procedures with what tells its context from others."""
    asked = {"age": "COALESCE(a.same_as, l.g_age)", "sex": "l.g_sex", "state": "l.g_state", "spell": _spell("l.g_day", book)}
    told = ", ".join(f"CASE WHEN y.payer IS NOT NULL THEN {column} END AS {name}" for name, column in asked.items())  # only policies ask for them
    return f"""
        SELECT b.g_row, b.g_claim_id, m.procedure, y.payer, {told}, {", ".join(f"b.{word}" for word in held)}
        FROM g_billed b JOIN {relation} l USING (g_row) JOIN g_meant m USING (number, {", ".join(held)})
            LEFT JOIN g_payers y ON y.written = LOWER(l.g_payer) LEFT JOIN g_ages a ON a.age = l.g_age"""


def _ages(book: RuleBook) -> Iterator[tuple[float, float]]:
    """Each age in years with the lowest one that no rule tells it from."""
    rules = [rule for policy in book.policies for rule in (policy.applies, policy.not_covered_when, policy.criteria) if rule is not None]
    asked = [leaf for rule in rules for leaf in leaves(rule) if leaf.finding == "age"]
    seen: dict[tuple[Truth, ...], float] = {}
    for age in map(float, range(OLDEST)):
        yield age, seen.setdefault(tuple([evaluate(leaf, {"age": age}, book.tables).truth for leaf in asked]), age)


def _spell(day: str, book: RuleBook) -> str:
    """The first day of the spell that a day lies in: no rule changes within a spell."""
    turns = sorted({turn for policy in book.policies for turn in (policy.first, policy.until) if turn}, reverse=True)
    cases = " ".join(f"WHEN {day} >= DATE '{turn}' THEN DATE '{turn}'" for turn in turns)
    return f"CASE WHEN {day} IS NULL THEN NULL {cases} ELSE DATE '1900-01-01' END"


def _by_procedure(sets: Mapping[str, Iterable[int]], size: int) -> Iterator[tuple[str | int, ...]]:
    """Each procedure with the bits of its code sets."""
    for procedure, numbers in sets.items():
        yield (procedure, *_as_words(numbers, size))


def _as_words(bits: Iterable[int], size: int = 0) -> list[int]:
    """Bits as words."""
    held = [0] * size
    for bit in bits:
        held += [0] * (bit // WORD + 1 - len(held))
        held[bit // WORD] |= 1 << bit % WORD
    return held


def _findings(book: RuleBook) -> str:
    """A column for each finding that codes tell: true or false where a set says so, else NULL."""
    ways: dict[str, dict[bool, list[int]]] = {LOOKS_ONLY: {True: [], False: []}}
    for number, code_set in enumerate(book.code_sets):
        for finding, value in code_set.means.items():
            if isinstance(value, bool):
                ways.setdefault(finding, {True: [], False: []})[value].append(number)
    return ", ".join(f'CASE WHEN {_any_set(held[True])} THEN TRUE WHEN {_any_set(held[False])} THEN FALSE END AS "{finding}"' for finding, held in ways.items())


def _any_set(bits: list[int]) -> str:
    return " OR ".join(f"(w{number} & {word}) <> 0" for number, word in enumerate(_as_words(bits)) if word) or "FALSE"
