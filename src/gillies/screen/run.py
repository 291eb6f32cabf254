"""Claim lines in, labelled lines out: each distinct combination of codes is judged once, by the rules of the rule book as SQL.

The order: (1) what each distinct code tells is worked out once; (2) a claim's codes together make its facts, a bit for each code set;
(3) lines with the same procedure, facts, age, sex, payer, state and spell of rules are one *context*; (4) every rule is run over the
contexts; (5) each line takes the label of its context.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import duckdb

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.duckdb import DuckDb
from gillies.backends.sql import Column
from gillies.screen.rulebook import FACTS_OF_A_LINE, ROLES, PolicyRules, RuleBook, holds

Connection = duckdb.DuckDBPyConnection
WORD = 62
"""Code sets a word of bits: no engine has unsigned numbers wider than 64, and some none at all."""
KEY = ("procedure", "age", "sex", "payer", "state", "spell")
"""With the words of bits, what tells one context from another."""
SYSTEM_COLUMNS = {"icd-10-cm": "g_diagnoses", "icd-10-pcs": "g_operations", "hcpcs": "g_code", "modifier": "g_modifiers", "place": "g_place", "revenue": "g_revenue"}
"""Code system -> the canonical column that holds its codes; a list where a line has several."""
LISTS = frozenset({"g_diagnoses", "g_operations", "g_modifiers"})


def label(con: Connection, relation: str, book: RuleBook, tell: Callable[[str], None] = lambda _: None) -> str:
    """Labels the lines of a relation with canonical columns (layouts.py); gives the name of a view with theirs and the output columns. `tell` is
    told what is being done."""
    tell("what the codes mean")
    _load(con, "g_procedures", "code VARCHAR, procedure VARCHAR", book.procedure_of.items())
    _load(con, "g_fits", "specialty VARCHAR, procedure VARCHAR, fit VARCHAR", ((*key, fit) for key, fit in book.fits.items()))
    _load(con, "g_payers", "written VARCHAR, payer VARCHAR", book.payer_of.items())
    _load(con, "g_aims", "procedure VARCHAR, aim VARCHAR", book.usual_aim.items())
    words = _code_facts(con, relation, book)
    tell("the facts of each claim")
    _contexts(con, relation, book, words)
    tell("the rules")
    _judge(con, book)
    return _labelled(con, relation, book, words)


def _load(con: Connection, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    listed = [list(row) for row in rows]
    if listed:
        con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)  # noqa: S608  # our own names


def _word_columns(words: int, prefix: str = "") -> list[str]:
    return [f"{prefix}w{number}" for number in range(words)]


def _code_facts(con: Connection, relation: str, book: RuleBook) -> int:
    """Fills g_code_facts: for each distinct code met, the bits of the sets that hold it. Gives the number of words."""
    words = (len(book.code_sets) + WORD - 1) // WORD
    rows = []
    for system, column in SYSTEM_COLUMNS.items():
        own = [(number, code_set) for number, code_set in enumerate(book.code_sets) if code_set.system == system]
        each = f"UNNEST({column})" if column in LISTS else column
        met = con.execute(f"SELECT DISTINCT {each} AS code FROM {relation}").fetchall() if own else []  # noqa: S608  # our own names
        for (code,) in met:
            bits = [0] * words
            for number, code_set in own:
                if code and holds(code_set, code):
                    bits[number // WORD] |= 1 << number % WORD
            if any(bits):
                rows.append((system, code, *bits))
    _load(con, "g_code_facts", "system VARCHAR, code VARCHAR" + "".join(f", {word} BIGINT" for word in _word_columns(words)), rows)
    return words


def _contexts(con: Connection, relation: str, book: RuleBook, words: int) -> None:
    """Fills g_claims (the bits of each claim that has one of our procedures, and of its person) and g_contexts."""
    listed = _word_columns(words)
    codes = " UNION ALL ".join(
        f"SELECT g_claim_id, g_person, '{system}' AS system, {f'UNNEST({column})' if column in LISTS else column} AS code FROM {relation}"  # noqa: S608
        for system, column in SYSTEM_COLUMNS.items()
    )
    both = ", ".join(f"BIT_OR(f.{word}) AS {word}" for word in listed)
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_told AS SELECT c.g_claim_id, c.g_person, {both} FROM ({codes}) c JOIN g_code_facts f USING (system, code) GROUP BY ALL")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_claims AS SELECT g_claim_id, {both} FROM g_told f GROUP BY g_claim_id")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_people AS SELECT g_person, {both} FROM g_told f WHERE g_person IS NOT NULL GROUP BY g_person")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_contexts AS SELECT ROW_NUMBER() OVER () AS context, * FROM (SELECT DISTINCT {', '.join(KEY)}, {', '.join(listed)} FROM ({_keyed(relation, book, words)}))")
    con.execute(f"CREATE OR REPLACE TEMP VIEW g_facts AS SELECT context, {', '.join(KEY)}, {_facts(book)} FROM g_contexts")
    told = _picked([(code_set.id, number) for number, code_set in enumerate(book.code_sets)])
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_sets AS SELECT context, {told} AS sets FROM g_contexts")  # noqa: S608  # our own names


def _keyed(relation: str, book: RuleBook, words: int) -> str:
    """Each line of ours with what its context is told from others by."""
    bits = ", ".join(f"COALESCE(c.{word}, 0) AS {word}" for word in _word_columns(words))
    return (
        f"SELECT l.g_row, l.g_claim_id, p.procedure, l.g_age AS age, l.g_sex AS sex, y.payer, l.g_state AS state, {_spell('l.g_day', book)} AS spell, {bits} "  # noqa: S608
        f"FROM {relation} l JOIN g_procedures p ON p.code = l.g_code LEFT JOIN g_payers y ON y.written = LOWER(l.g_payer) LEFT JOIN g_claims c USING (g_claim_id)"
    )


def _spell(day: str, book: RuleBook) -> str:
    """The first day of the spell that a day lies in: no rule changes within a spell."""
    turns = sorted({turn for policy in book.policies for turn in (policy.first, policy.until) if turn}, reverse=True)
    cases = " ".join(f"WHEN {day} >= DATE '{turn}' THEN DATE '{turn}'" for turn in turns)
    return f"CASE WHEN {day} IS NULL THEN NULL {cases} ELSE DATE '1900-01-01' END"


def _facts(book: RuleBook) -> str:
    """A column for each finding that codes tell: true or false where a set says so whose places fit the procedure, else NULL."""
    ways: dict[str, dict[bool, list[str]]] = {LOOKS_ONLY: {True: [], False: []}}
    for number, code_set in enumerate(book.code_sets):
        there = f"((w{number // WORD} >> {number % WORD}) & 1) = 1"
        if code_set.sites:
            fitting = [key for key, regions in book.regions.items() if regions.intersection(code_set.sites)]
            there = f"({there} AND procedure IN ({', '.join(map(_text, fitting)) or 'NULL'}))"
        for finding, value in code_set.means.items():
            if isinstance(value, bool):
                ways.setdefault(finding, {True: [], False: []})[value].append(there)
    return ", ".join(
        f"CASE WHEN {' OR '.join(held[True]) or 'FALSE'} THEN TRUE WHEN {' OR '.join(held[False]) or 'FALSE'} THEN FALSE END AS \"{finding}\""
        for finding, held in ways.items()
    )


def columns_of(book: RuleBook) -> dict[str, Column]:
    """The findings that a line can tell, and where."""
    told = {finding: Column(finding, "yes-no") for code_set in book.code_sets for finding, value in code_set.means.items() if isinstance(value, bool)}
    told[LOOKS_ONLY] = Column(LOOKS_ONLY, "yes-no")
    return told | {finding: Column(finding, kind) for finding, kind in FACTS_OF_A_LINE.items()}  # type: ignore[arg-type]  # their kinds are those of a column


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _judge(con: Connection, book: RuleBook) -> None:
    """Fills g_intents, g_verdicts and g_labels: what the rules say of each context, and what they come to together."""
    backend = DuckDb(columns_of(book), book.tables)
    for table, rule in (("g_reconstructive", book.reconstructive), ("g_cosmetic", book.cosmetic)):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {backend.query(rule, 'g_facts', ['context'])}")
    con.execute(INTENTS)
    con.execute(CASES)
    con.execute(NO_VERDICTS)
    met = {row[0] for row in con.execute("SELECT DISTINCT procedure FROM g_contexts WHERE payer IS NOT NULL").fetchall()}
    for policy in book.policies:
        if met.intersection(policy.procedures) and policy.payers:
            _judge_policy(con, policy, backend)
    con.execute(OUTCOMES)
    con.execute(LABELS)


def _judge_policy(con: Connection, policy: PolicyRules, backend: DuckDb) -> None:
    """One policy's rules over the contexts that it speaks of, into g_verdicts."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_asked AS SELECT * FROM g_cases WHERE {_is_about(policy)}")  # noqa: S608  # our own names
    asked = con.execute("SELECT COUNT(*) FROM g_asked").fetchone()
    for role in ROLES if asked and asked[0] else ():
        rule = getattr(policy, role)
        if rule is not None:
            flags = f"{_text(policy.version)}, {policy.is_law}, {policy.overrides}, {_text(role)}"
            con.execute(f"INSERT INTO g_verdicts SELECT context, {flags}, truth, because, missing FROM ({backend.query(rule, 'g_asked', ['context'])})")  # noqa: S608


def _is_about(policy: PolicyRules) -> str:
    """Which contexts a policy speaks of: its payers, procedures, states and days."""
    parts = [f"procedure IN ({', '.join(map(_text, policy.procedures))})", f"payer IN ({', '.join(map(_text, policy.payers))})", f"spell >= DATE '{policy.first}'"]
    parts += [f"spell < DATE '{policy.until}'"] if policy.until else []
    parts += [f"state IN ({', '.join(map(_text, policy.states))})"] if policy.states else []
    return " AND ".join(parts)


INTENTS = """
CREATE OR REPLACE TEMP TABLE g_intents AS
SELECT x.context,
    CASE WHEN r.truth AND c.truth THEN 'mixed' WHEN r.truth THEN 'reconstructive' WHEN c.truth THEN 'cosmetic' ELSE a.aim END AS intent,
    CASE WHEN r.truth AND c.truth THEN ['intent.reconstructive', 'intent.cosmetic'] WHEN r.truth THEN ['intent.reconstructive']
        WHEN c.truth THEN ['intent.cosmetic'] ELSE ['usual-aim'] END AS why,
    LIST_DISTINCT(LIST_CONCAT(r.missing, c.missing)) AS missing
FROM g_contexts x JOIN g_reconstructive r USING (context) JOIN g_cosmetic c USING (context) LEFT JOIN g_aims a USING (procedure)"""
"""As assess/care.py: both rules met is mixed; neither is what the procedure is usually done for."""

CASES = f"""
CREATE OR REPLACE TEMP VIEW g_cases AS
SELECT f.* REPLACE (CASE i.intent WHEN 'cosmetic' THEN TRUE WHEN 'mixed' THEN NULL ELSE f."{LOOKS_ONLY}" END AS "{LOOKS_ONLY}")
FROM g_facts f JOIN g_intents i USING (context)"""
"""The facts that policies are judged on, as assess/coverage.py gives them."""

NO_VERDICTS = """
CREATE OR REPLACE TEMP TABLE g_verdicts (context BIGINT, version VARCHAR, is_law BOOLEAN, overrides BOOLEAN, role VARCHAR, truth BOOLEAN,
    because VARCHAR[], missing VARCHAR[])"""

OUTCOMES = """
CREATE OR REPLACE TEMP TABLE g_outcomes AS
WITH told AS (
    SELECT context, version, is_law, overrides,
        BOOL_OR(role = 'applies') AS has_scope, BOOL_OR(truth) FILTER (role = 'applies') AS applies,
        BOOL_OR(truth) FILTER (role = 'not_covered_when') AS refuses,
        BOOL_OR(role = 'criteria') AS has_criteria, BOOL_OR(truth) FILTER (role = 'criteria') AS criteria,
        FIRST(missing) FILTER (role = 'criteria') AS missing
    FROM g_verdicts GROUP BY ALL)
SELECT *, CASE
    WHEN has_scope AND NOT applies THEN NULL
    WHEN is_law AND has_scope AND applies IS NULL THEN NULL
    WHEN refuses THEN CASE WHEN criteria THEN 'depends' ELSE 'likely-not-covered' END
    WHEN NOT has_criteria THEN NULL
    WHEN has_scope AND applies IS NULL THEN 'depends'
    WHEN criteria THEN 'likely-covered' WHEN NOT criteria THEN 'likely-not-covered' ELSE 'depends' END AS outcome
FROM told WHERE (NOT is_law AND NOT overrides) OR (is_law AND overrides)"""
"""What each policy that decides comes to (assess/coverage.py, _apply); a law that may not apply decides nothing."""

LABELS = """
CREATE OR REPLACE TEMP TABLE g_labels AS
WITH told AS (
    SELECT context,
        COALESCE(BOOL_OR(outcome = 'likely-covered') FILTER (is_law), FALSE) AS law_covers, COALESCE(BOOL_OR(outcome = 'depends') FILTER (is_law), FALSE) AS law_asks,
        COALESCE(BOOL_OR(outcome = 'likely-covered') FILTER (NOT is_law), FALSE) AS own_covers, COALESCE(BOOL_OR(outcome = 'depends') FILTER (NOT is_law), FALSE) AS own_asks,
        COALESCE(BOOL_OR(NOT is_law), FALSE) AS has_own,
        LIST(version ORDER BY version) AS versions, FLATTEN(LIST(missing ORDER BY version) FILTER (outcome = 'depends')) AS missing
    FROM g_outcomes WHERE outcome IS NOT NULL GROUP BY context)
SELECT x.context, i.intent, CASE
    WHEN t.law_covers THEN 'likely-covered'
    WHEN i.intent = 'cosmetic' AND NOT COALESCE(t.own_covers, FALSE) THEN 'likely-not-covered'
    WHEN t.own_covers THEN 'likely-covered' WHEN t.own_asks THEN 'depends' WHEN t.has_own THEN 'likely-not-covered'
    ELSE 'depends' END AS coverage,
    LIST_CONCAT(i.why, s.sets, COALESCE(t.versions, [])) AS reasons,
    LIST_SORT(LIST_DISTINCT(LIST_CONCAT(CASE WHEN i.intent = 'undetermined' THEN i.missing ELSE [] END, COALESCE(t.missing, []),
        CASE WHEN x.payer IS NULL AND i.intent <> 'cosmetic' THEN ['payer'] ELSE [] END))) AS missing
FROM g_contexts x JOIN g_intents i USING (context) JOIN g_sets s USING (context) LEFT JOIN told t USING (context)"""
"""What a context comes to (assess/coverage.py, _overall): a mandate that is met, the aim, the payer's own policies."""

CLAIMS = """
CREATE OR REPLACE TEMP TABLE g_claim_labels AS
SELECT g_claim_id, CASE
    WHEN COUNT(DISTINCT intent) FILTER (intent <> 'undetermined') > 1 THEN 'mixed' ELSE COALESCE(MAX(intent) FILTER (intent <> 'undetermined'), 'undetermined') END AS claim_intent,
    CASE WHEN BOOL_OR(coverage = 'likely-covered' AND intent <> 'cosmetic') THEN 'likely-covered' WHEN BOOL_OR(coverage = 'depends' AND intent <> 'cosmetic') THEN 'depends'
        WHEN BOOL_OR(intent <> 'cosmetic') THEN 'likely-not-covered' WHEN BOOL_OR(coverage = 'likely-covered') THEN 'likely-covered'
        WHEN BOOL_OR(coverage = 'depends') THEN 'depends' ELSE 'likely-not-covered' END AS claim_coverage
FROM g_line_labels GROUP BY g_claim_id"""
"""A claim's lines together, as assess.py joins the parts of a request: of the medically necessary part where kinds mix."""


def _labelled(con: Connection, relation: str, book: RuleBook, words: int) -> str:
    """The view of the labelled lines: theirs, then ours; a line that is not one of our procedures has no label."""
    bits = " AND ".join(f"k.{word} = x.{word}" for word in _word_columns(words))
    same = " AND ".join(f"k.{name} IS NOT DISTINCT FROM x.{name}" for name in KEY)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE g_line_labels AS SELECT k.g_row, k.g_claim_id, k.procedure, l.* EXCLUDE (context) "  # noqa: S608  # our own names
        f"FROM ({_keyed(relation, book, words)}) k JOIN g_contexts x ON {same} AND {bits} JOIN g_labels l USING (context)"
    )
    con.execute(CLAIMS)
    guarded = _picked([(code_set.protected, number) for number, code_set in enumerate(book.code_sets) if code_set.protected], "q.")
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW g_labelled AS SELECT l.*, k.procedure, k.intent, k.coverage, k.reasons, k.missing, "  # noqa: S608
        f"CASE WHEN k.procedure IS NOT NULL THEN COALESCE(h.fit, 'unknown') END AS hands, c.claim_intent, c.claim_coverage, "
        f"CASE WHEN k.procedure IS NOT NULL THEN LIST_SORT(LIST_DISTINCT({guarded})) END AS protected "
        f"FROM {relation} l LEFT JOIN g_line_labels k USING (g_row) LEFT JOIN g_claim_labels c ON c.g_claim_id = l.g_claim_id "
        f"LEFT JOIN g_fits h ON h.specialty = l.g_specialty AND h.procedure = k.procedure LEFT JOIN g_people q ON q.g_person = l.g_person"
    )
    return "g_labelled"


def _picked(items: Sequence[tuple[str, int]], prefix: str = "") -> str:
    """A list of the texts whose bit is set."""
    mask = ", ".join(f"COALESCE((({prefix}w{number // WORD} >> {number % WORD}) & 1) = 1, FALSE)" for _, number in items)
    return f"LIST_WHERE([{', '.join(_text(text) for text, _ in items)}]::VARCHAR[], [{mask}]::BOOLEAN[])"
