"""What the codes of a claim tell of it: a bit for each code set, and bits for age and sex.

What a distinct code tells is worked out once. A claim's codes together make its bits; lines with the same procedure, bits that can be about it,
payer, state and spell of rules are one *context*, and only contexts are judged.
"""

from collections.abc import Iterable, Iterator, Mapping

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.sql import Kind
from gillies.knowledge.codes import holds
from gillies.screen.engine import text
from gillies.screen.known import Known, Value, Way, bands_of, by_place, choice, in_band, texts_asked
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import Session, as_words, picked, words

KEY = ("procedure", "payer", "state", "spell")
"""With the words of bits, what tells one context from another."""
HELD_IN = {
    "icd-10-cm": "UNNEST(g_diagnoses)", "icd-10-pcs": "UNNEST(g_operations)", "hcpcs": "g_code", "modifier": "UNNEST(g_modifiers)", "place": "g_place",
    "revenue": "g_revenue",
}  # fmt: skip
"""Code system -> where a line holds its codes."""


class Told(Known, frozen=True):
    """What a claim can tell, as far as the rule book asks. The first bits are the code sets."""

    ages: tuple[tuple[str, int], ...]
    """What the age of a line (`l` of g_lines) tells: condition and bit; the first that holds counts."""
    sexes: tuple[tuple[str, int], ...]
    said: int
    """The bit for "only for looks", said by what the rules of intent come to."""
    unsaid: int
    """The bit that takes it back: in a mixed request it is said of the other part."""


def layout_of(book: RuleBook) -> Told:
    """The bits of what a claim can tell."""
    rules = [book.reconstructive, book.cosmetic, *(rule for policy in book.policies for _, rule in policy.asks)]
    said = len(book.code_sets)
    unsaid, first_age = said + 1, said + 2
    bands, sexes = bands_of("age", rules, book.tables), texts_asked("sex", rules)
    first_sex = first_age + len(bands)
    other = first_sex + len(sexes)
    ways: dict[str, dict[Value, Way]] = {finding: _ways(held[True], held[False]) for finding, held in _saying(book).items()}
    yes, no = ways[LOOKS_ONLY][True].any_of, ways[LOOKS_ONLY][False].any_of
    ways[LOOKS_ONLY] = {True: Way((*yes, said), (unsaid,)), False: Way(no, (*yes, said, unsaid))}
    ways["age"] = dict(by_place([band.stands_for for band in bands], first_age))
    ways["sex"] = dict(by_place([*sexes, ""], first_sex))
    told = [(f"l.g_sex = {text(sex)}", first_sex + place) for place, sex in enumerate(sexes)]
    told += [(" AND ".join(["l.g_sex IS NOT NULL", *(f"l.g_sex <> {text(sex)}" for sex in sexes)]), other)]
    kinds: dict[str, Kind] = {**dict.fromkeys(ways, "yes-no"), "age": "number", "sex": "text"}
    return Told(other + 1, kinds, ways, tuple(in_band("l.g_age", bands, first_age)), tuple(told), said, unsaid)


def _saying(book: RuleBook) -> dict[str, dict[bool, tuple[int, ...]]]:
    """For each finding the code sets that say yes, and those that say no."""
    found: dict[str, dict[bool, tuple[int, ...]]] = {LOOKS_ONLY: {True: (), False: ()}}
    for number, code_set in enumerate(book.code_sets):
        for finding, value in code_set.means.items():
            if isinstance(value, bool):
                held = found.setdefault(finding, {True: (), False: ()})
                held[value] = (*held[value], number)
    return found


def _ways(yes: tuple[int, ...], no: tuple[int, ...]) -> dict[Value, Way]:
    """A set that says yes outweighs one that says no."""
    return {True: Way(yes), False: Way(no, yes)}


def gather(db: Session, book: RuleBook, layout: Told) -> None:
    """From g_lines (canonical columns, see layouts.py) makes g_contexts with what is known of each, g_sets (the code sets that are), g_people (the bits of
    each person over all claims) and g_keyed: each line of ours with its context."""
    bills = [(number, key, place) for number, keys in book.procedures_of.items() for place, key in enumerate(keys)]
    db.load("g_procedures", {"code": "VARCHAR", "procedure": "VARCHAR", "place": "INTEGER"}, bills)
    db.load("g_payers", {"written": "VARCHAR", "payer": "VARCHAR"}, book.payer_of.items())
    held = words(len(book.code_sets))
    _code_facts(db, book, held)
    _claims(db, held)
    _procedures(db, book, held)
    _spells(db, book)
    db.load("g_fitting", {"procedure": "VARCHAR", **dict.fromkeys(held, "BIGINT")}, _by_procedure(book.fitting, len(held)))
    db.view("g_lines_of_ours", _lines_of_ours(layout, held))
    key = ", ".join((*KEY, *layout.words))
    db.table("g_contexts", f"SELECT ROW_NUMBER() OVER (ORDER BY {key}) AS context, * FROM (SELECT DISTINCT {key} FROM g_lines_of_ours) AS d")
    same = " AND ".join(f"l.{name} IS NOT DISTINCT FROM x.{name}" for name in (*KEY, *layout.words))
    db.table("g_keyed", f"SELECT l.g_row, l.g_claim_id, l.procedure, x.context FROM g_lines_of_ours l JOIN g_contexts x ON {same}")
    db.table("g_sets", f"SELECT context, {picked([(code_set.id, number) for number, code_set in enumerate(book.code_sets)])} AS sets FROM g_contexts")


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


def _lines_of_ours(layout: Told, held: list[str]) -> str:
    """Each line of one of our procedures with what tells its context from others. Where no payer of ours is named, only the code sets count, since only
    policies ask for the rest."""
    asked = {"state": "l.g_state", "spell": "s.spell"}
    told = ", ".join(f"CASE WHEN y.payer IS NOT NULL THEN {column} END AS {name}" for name, column in asked.items())
    bits = []
    for word, by_age, by_sex in zip(layout.words, choice(layout.ages, len(layout.words)), choice(layout.sexes, len(layout.words)), strict=True):
        own = " | ".join(f"({part})" for part in (by_age, by_sex) if part != "0")
        sets = f"b.{word} & f.{word}" if word in held else "CAST(0 AS BIGINT)"
        bits.append(f"({sets}) | CASE WHEN y.payer IS NOT NULL THEN {own} ELSE 0 END AS {word}" if own else f"{sets} AS {word}")
    return f"""
        SELECT b.g_row, b.g_claim_id, m.procedure, y.payer, {told}, {", ".join(bits)}
        FROM g_billed b JOIN g_lines l USING (g_row) JOIN g_meant m USING (number, {", ".join(held)}) JOIN g_fitting f ON f.procedure = m.procedure
            LEFT JOIN g_payers y ON y.written = LOWER(l.g_payer) LEFT JOIN g_spells s ON s.day = l.g_day"""


def _by_procedure(sets: Mapping[str, Iterable[int]], size: int) -> Iterator[tuple[str | int, ...]]:
    """Each procedure with the bits of its code sets."""
    for procedure, numbers in sets.items():
        yield (procedure, *as_words(numbers, size))
