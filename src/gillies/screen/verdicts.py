"""What the rules say of each context, and what they come to together: the same order as assess/care.py and assess/coverage.py."""

from collections.abc import Mapping

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.duckdb import DuckDb
from gillies.backends.sql import Column
from gillies.knowledge.compiled import ROLES
from gillies.screen.engine import text
from gillies.screen.rulebook import PolicyRules, RuleBook
from gillies.screen.tables import Connection, load, texts

INTENTS = """
SELECT x.context,
    CASE WHEN r.truth AND c.truth THEN 'mixed' WHEN r.truth THEN 'reconstructive' WHEN c.truth THEN 'cosmetic'
        WHEN a.aim IN ('reconstructive', 'cosmetic') THEN a.aim ELSE 'undetermined' END AS intent,
    CASE WHEN r.truth AND c.truth THEN ['intent.reconstructive', 'intent.cosmetic'] WHEN r.truth THEN ['intent.reconstructive']
        WHEN c.truth THEN ['intent.cosmetic'] WHEN a.aim IN ('reconstructive', 'cosmetic') THEN ['usual-aim'] ELSE [] END AS why,
    LIST_DISTINCT(LIST_CONCAT(r.missing, c.missing)) AS missing
FROM g_contexts x JOIN g_reconstructive r USING (context) JOIN g_cosmetic c USING (context) LEFT JOIN g_aims a USING (procedure)"""
"""Both rules met is mixed; neither is what the procedure is usually done for, where that is one thing."""

CASES = f"""
SELECT f.* REPLACE (CASE i.intent WHEN 'cosmetic' THEN TRUE WHEN 'mixed' THEN NULL ELSE f."{LOOKS_ONLY}" END AS "{LOOKS_ONLY}")
FROM g_facts f JOIN g_intents i USING (context)"""
"""The facts that policies are judged on: "only for looks" is what is found to be cosmetic; in a mixed request it is said of the other part."""

OUTCOMES = """
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
FROM told WHERE is_law = overrides"""
"""What each policy that decides comes to: a payer's own, or a law that overrides; a law that may not apply decides nothing."""

LABELS = """
WITH told AS (
    SELECT context,
        BOOL_OR(is_law AND outcome = 'likely-covered') AS law_covers,
        BOOL_OR(NOT is_law AND outcome = 'likely-covered') AS own_covers, BOOL_OR(NOT is_law AND outcome = 'depends') AS own_asks,
        BOOL_OR(NOT is_law) AS has_own,
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
"""What a context comes to: a mandate that is met, the aim, the payer's own policies; nothing known of the payer: it depends."""


def judge(con: Connection, book: RuleBook, columns: Mapping[str, Column], aims: Mapping[str, str] = {}) -> None:
    """Fills g_labels from g_contexts and g_facts (facts.py), whose findings stand in `columns`. `aims`: procedure -> what it is usually done for,
    which decides where nothing else does; none for claims, whose codes must tell it themselves. Raises BackendError."""
    backend = DuckDb(columns, book.tables)
    load(con, "g_aims", {"procedure": "VARCHAR", "aim": "VARCHAR"}, aims.items())
    for table, rule in (("g_reconstructive", book.reconstructive), ("g_cosmetic", book.cosmetic)):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {backend.query(rule, 'g_facts', ['context'])}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_intents AS {INTENTS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_cases AS {CASES}")
    verdict = {"context": "BIGINT", "version": "VARCHAR", "is_law": "BOOLEAN", "overrides": "BOOLEAN", "role": "VARCHAR", "truth": "BOOLEAN"}
    load(con, "g_verdicts", verdict | {"because": "VARCHAR[]", "missing": "VARCHAR[]"}, ())
    met = {row[0] for row in con.execute("SELECT DISTINCT procedure FROM g_contexts WHERE payer IS NOT NULL").fetchall()}
    for policy in book.policies:
        if met.intersection(policy.procedures) and policy.payers and policy.is_law == policy.overrides:
            _judge_policy(con, policy, backend)
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_outcomes AS {OUTCOMES}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_labels AS {LABELS}")


def _judge_policy(con: Connection, policy: PolicyRules, backend: DuckDb) -> None:
    """One policy's rules over the contexts that it speaks of, into g_verdicts."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_asked AS SELECT * FROM g_cases WHERE {_is_about(policy)}")
    asked = con.execute("SELECT COUNT(*) FROM g_asked").fetchone()
    for role in ROLES if asked and asked[0] else ():
        rule = getattr(policy, role)
        if rule is not None:
            flags = f"{text(policy.version)}, {policy.is_law}, {policy.overrides}, {text(role)}"
            con.execute(f"INSERT INTO g_verdicts SELECT context, {flags}, truth, because, missing FROM ({backend.query(rule, 'g_asked', ['context'])})")


def _is_about(policy: PolicyRules) -> str:
    """Which contexts a policy speaks of: its payers, procedures, states and days."""
    parts = [f"procedure IN ({texts(policy.procedures)})", f"payer IN ({texts(policy.payers)})", f"spell >= DATE '{policy.first}'"]
    parts += [f"spell < DATE '{policy.until}'"] if policy.until else []
    parts += [f"state IN ({texts(policy.states)})"] if policy.states else []
    return " AND ".join(parts)
