"""What the codes of a claim tell of it: a bit for each code set, then a bit for each finding that they tell.

What a distinct code tells is worked out once. A claim's codes together make its bits; lines with the same procedure, bits, age, sex,
payer, state and spell of rules are one *context*, and only contexts are judged.
"""

from collections.abc import Iterable, Iterator, Mapping

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.sql import Kind
from gillies.knowledge.codes import holds
from gillies.screen.engine import text
from gillies.screen.known import Known, banded, known, packed
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import Session, any_of, as_words, picked, words

KEY = ("procedure", "age", "sex", "payer", "state", "spell")
"""With the words of bits, what tells one context from another."""
OF_A_LINE: dict[str, Kind] = {"age": "number", "sex": "text"}
"""Findings that a line tells by itself."""
HELD_IN = {
    "icd-10-cm": "UNNEST(g_diagnoses)", "icd-10-pcs": "UNNEST(g_operations)", "hcpcs": "g_code", "modifier": "UNNEST(g_modifiers)", "place": "g_place",
    "revenue": "g_revenue",
}  # fmt: skip
"""Code system -> where a line holds its codes."""


def layout_of(book: RuleBook) -> Known:
    """The bits of what a claim can tell, as far as the rule book asks."""
    told: dict[str, Kind] = {finding: "yes-no" for held in book.code_sets for finding, value in held.means.items() if isinstance(value, bool)}
    rules = [book.reconstructive, book.cosmetic, *(rule for policy in book.policies for _, rule in policy.asks)]
    return known({**told, LOOKS_ONLY: "yes-no", **OF_A_LINE}, rules, book.tables)


def gather(db: Session, book: RuleBook, layout: Known) -> None:
    """From g_lines (canonical columns, see layouts.py) makes g_contexts, what is known of each (g_facts, g_sets), g_people (the bits of each person
    over all claims) and g_keyed: each line of ours with its context."""
    bills = [(number, key, place) for number, keys in book.procedures_of.items() for place, key in enumerate(keys)]
    db.load("g_procedures", {"code": "VARCHAR", "procedure": "VARCHAR", "place": "INTEGER"}, bills)
    db.load("g_payers", {"written": "VARCHAR", "payer": "VARCHAR"}, book.payer_of.items())
    held = words(len(book.code_sets))
    _code_facts(db, book, held)
    _claims(db, held)
    _procedures(db, book, held)
    _spells(db, book)
    db.view("g_lines_of_ours", _lines_of_ours(layout, held))
    key = ", ".join((*KEY, *held))
    db.table("g_contexts", f"SELECT ROW_NUMBER() OVER (ORDER BY {key}) AS context, * FROM (SELECT DISTINCT {key} FROM g_lines_of_ours)")
    same = " AND ".join(f"l.{name} IS NOT DISTINCT FROM x.{name}" for name in (*KEY, *held))
    db.table("g_keyed", f"SELECT l.g_row, l.g_claim_id, l.procedure, x.context FROM g_lines_of_ours l JOIN g_contexts x ON {same}")
    db.load("g_fitting", {"procedure": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, _by_procedure(book.fitting, len(held)))
    fitting = ", ".join(f"x.{word} & f.{word} AS {word}" for word in held)
    own = ", ".join(f"x.{name}" for name in ("context", *KEY))
    db.table("g_bits", f"SELECT {own}, {fitting} FROM g_contexts x JOIN g_fitting f USING (procedure)")
    facts = ", ".join(f"{sql} AS {word}" for word, sql in zip(layout.words, packed(layout, _told(book, layout)), strict=True))
    db.table("g_facts", f"SELECT context, procedure, payer, state, spell, {facts} FROM g_bits")
    db.table("g_sets", f"SELECT context, {picked([(code_set.id, number) for number, code_set in enumerate(book.code_sets)])} AS sets FROM g_bits")


def _code_facts(db: Session, book: RuleBook, held: list[str]) -> None:
    """g_code_facts: for each distinct code met, the bits of the sets that hold it."""
    systems = {code_set.system for code_set in book.code_sets}
    met = db.fetch(" UNION ALL ".join(f"SELECT DISTINCT {text(system)} AS system, {place} AS code FROM g_lines" for system, place in HELD_IN.items()))
    rows = []
    for system, code in met:
        if code and system in systems:
            told = (number for number, code_set in enumerate(book.code_sets) if code_set.system == system and holds(code_set, code))
            rows.append((system, code, *as_words(told, len(held))))
    kept = [row for row in rows if any(row[2:])]
    db.load("g_code_facts", {"system": "VARCHAR", "code": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, kept)


def _claims(db: Session, held: list[str]) -> None:
    """g_claims and g_people: the bits of each claim, and of each person over all claims, that codes tell anything of."""
    codes = " UNION ALL ".join(f"SELECT g_claim_id, g_person, {text(system)} AS system, {place} AS code FROM g_lines" for system, place in HELD_IN.items())
    together = ", ".join(f"BIT_OR({word}) AS {word}" for word in held)
    db.table("g_told", f"SELECT g_claim_id, g_person, {together} FROM ({codes}) AS t JOIN g_code_facts USING (system, code) GROUP BY g_claim_id, g_person")
    db.table("g_claims", f"SELECT g_claim_id, {together} FROM g_told GROUP BY g_claim_id")
    db.table("g_people", f"SELECT g_person, {together} FROM g_told WHERE g_person IS NOT NULL GROUP BY g_person")


def _procedures(db: Session, book: RuleBook, held: list[str]) -> None:
    """g_billed: each line of ours with the number that says so (an operation's where a hospital line has none) and its claim's bits. g_meant: of each
    number beside these bits the procedure that is meant: the one that most of the code sets point to, else the likeliest."""
    db.load("g_pointing", {"procedure": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, _by_procedure(book.pointing, len(held)))
    bits = ", ".join(f"COALESCE(c.{word}, 0) AS {word}" for word in held)
    ours = "(SELECT DISTINCT code FROM g_procedures)"
    operations = "(SELECT g_row, g_claim_id, UNNEST(g_operations) AS operation FROM g_lines WHERE g_code IS NULL) AS o"
    db.table(
        "g_billed",
        f"""
        WITH told AS (
            SELECT g_row, g_claim_id, g_code AS number FROM g_lines WHERE g_code IN {ours}
            UNION ALL
            SELECT g_row, g_claim_id, MIN(operation) AS number FROM {operations} WHERE operation IN {ours} GROUP BY g_row, g_claim_id)
        SELECT n.g_row, n.g_claim_id, n.number, {bits} FROM told n LEFT JOIN g_claims c USING (g_claim_id)""",
    )
    pointed = " + ".join(f"BIT_COUNT(b.{word} & p.{word})" for word in held)
    own = ", ".join(f"b.{word}" for word in held)
    db.table(
        "g_meant",
        f"""
        SELECT b.number, {own}, ARG_MAX(g.procedure, 1000 * ({pointed}) - g.place) AS procedure
        FROM (SELECT DISTINCT number, {", ".join(held)} FROM g_billed) AS b JOIN g_procedures g ON g.code = b.number JOIN g_pointing p USING (procedure)
        GROUP BY b.number, {own}""",
    )


def _spells(db: Session, book: RuleBook) -> None:
    """g_spells: of each day met, the first day of the spell that it lies in. No rule changes within a spell."""
    turns = sorted({turn for policy in book.policies for turn in (policy.first, policy.until) if turn})
    days = [day for (day,) in db.fetch("SELECT DISTINCT g_day FROM g_lines WHERE g_day IS NOT NULL")]
    begun = ((day, max((turn for turn in turns if turn <= day), default=turns[0].replace(year=1900))) for day in days)
    db.load("g_spells", {"day": "DATE", "spell": "DATE"}, begun)


def _lines_of_ours(layout: Known, held: list[str]) -> str:
    """Each line of one of our procedures with what tells its context from others."""
    asked = {"age": banded("l.g_age", layout.bands["age"]), "sex": "l.g_sex", "state": "l.g_state", "spell": "s.spell"}
    told = ", ".join(f"CASE WHEN y.payer IS NOT NULL THEN {column} END AS {name}" for name, column in asked.items())  # only policies ask for them
    return f"""
        SELECT b.g_row, b.g_claim_id, m.procedure, y.payer, {told}, {", ".join(f"b.{word}" for word in held)}
        FROM g_billed b JOIN g_lines l USING (g_row) JOIN g_meant m USING (number, {", ".join(held)})
            LEFT JOIN g_payers y ON y.written = LOWER(l.g_payer) LEFT JOIN g_spells s ON s.day = l.g_day"""


def _by_procedure(sets: Mapping[str, Iterable[int]], size: int) -> Iterator[tuple[str | int, ...]]:
    """Each procedure with the bits of its code sets."""
    for procedure, numbers in sets.items():
        yield (procedure, *as_words(numbers, size))


def _told(book: RuleBook, layout: Known) -> dict[str, dict[bool | float | str, str]]:
    """For each finding the condition of each value, over the columns of g_bits: a set that says yes outweighs one that says no."""
    ways: dict[str, dict[bool, list[int]]] = {LOOKS_ONLY: {True: [], False: []}}
    for number, code_set in enumerate(book.code_sets):
        for finding, value in code_set.means.items():
            if isinstance(value, bool):
                ways.setdefault(finding, {True: [], False: []})[value].append(number)
    told: dict[str, dict[bool | float | str, str]] = {
        finding: {True: any_of(held[True]), False: f"({any_of(held[False])}) AND NOT ({any_of(held[True])})"} for finding, held in ways.items()
    }
    told["age"] = {band.stands_for: f"age = {band.stands_for!r}" for band in layout.bands["age"]}
    words_of = [value for finding, value in layout.bits if finding == "sex" and value]
    named = ", ".join(text(str(value)) for value in words_of) or "NULL"
    told["sex"] = {**{value: f"sex = {text(str(value))}" for value in words_of}, "": f"sex IS NOT NULL AND NOT COALESCE(sex IN ({named}), FALSE)"}
    return told
