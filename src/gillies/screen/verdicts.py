"""What the rules say of each context, and what they come to together: the same order as assess/care.py and assess/coverage.py."""

from collections.abc import Iterator, Mapping
from datetime import date

from gillies.assess.coverage import LOOKS_ONLY
from gillies.backends.sql import MISSING, TRUTH
from gillies.screen.decide import decide
from gillies.screen.facts import Told
from gillies.screen.known import choice
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import Session, any_of

RECONSTRUCTIVE, COSMETIC = 0, 1
"""The two rules of intent, by number."""

INTENTS = f"""
SELECT x.context,
    CASE WHEN r.truth AND c.truth THEN 'mixed' WHEN r.truth THEN 'reconstructive' WHEN c.truth THEN 'cosmetic'
        WHEN a.aim IN ('reconstructive', 'cosmetic') THEN a.aim ELSE 'undetermined' END AS intent,
    CASE WHEN r.truth AND c.truth THEN ['intent.reconstructive', 'intent.cosmetic'] WHEN r.truth THEN ['intent.reconstructive']
        WHEN c.truth THEN ['intent.cosmetic'] WHEN a.aim IN ('reconstructive', 'cosmetic') THEN ['usual-aim'] ELSE [] END AS why,
    LIST_CONCAT(r.missing, c.missing) AS missing
FROM g_contexts x JOIN g_aimed r ON r.context = x.context AND r.rule = {RECONSTRUCTIVE} JOIN g_aimed c ON c.context = x.context AND c.rule = {COSMETIC}
    LEFT JOIN g_aims a ON a.procedure = x.procedure"""
"""Both rules met is mixed; neither is what the procedure is usually done for, where that is one thing."""

OUTCOMES = """
WITH told AS (
    SELECT v.context, p.version, p.is_law, p.overrides,
        BOOL_OR(p.role = 'applies') AS has_scope, BOOL_OR(CASE WHEN p.role = 'applies' THEN v.truth END) AS applies,
        BOOL_OR(CASE WHEN p.role = 'not_covered_when' THEN v.truth END) AS refuses,
        BOOL_OR(p.role = 'besides') AS may_fall_short, BOOL_OR(CASE WHEN p.role = 'besides' THEN v.truth END) AS besides,
        BOOL_OR(p.role = 'criteria') AS has_criteria, BOOL_OR(CASE WHEN p.role = 'criteria' THEN v.truth END) AS criteria,
        ANY_VALUE(CASE WHEN p.role = 'criteria' THEN v.missing END) AS missing
    FROM g_verdicts v JOIN g_roles p USING (rule) GROUP BY v.context, p.version, p.is_law, p.overrides)
SELECT *, CASE
    WHEN has_scope AND NOT applies THEN NULL
    WHEN is_law AND has_scope AND applies IS NULL THEN NULL
    WHEN refuses AND criteria AND may_fall_short AND NOT COALESCE(besides, FALSE)
        THEN CASE WHEN has_scope AND applies IS NULL THEN 'depends' ELSE 'likely-covered' END
    WHEN refuses THEN CASE WHEN criteria THEN 'depends' ELSE 'likely-not-covered' END
    WHEN NOT has_criteria THEN NULL
    WHEN has_scope AND applies IS NULL THEN 'depends'
    WHEN criteria THEN 'likely-covered' WHEN NOT criteria THEN 'likely-not-covered' ELSE 'depends' END AS outcome
FROM told"""
"""What each policy that decides comes to: a payer's own, or a law that overrides; a law that may not apply decides nothing."""

LABELS = """
WITH told AS (
    SELECT context,
        BOOL_OR(is_law AND outcome = 'likely-covered') AS law_covers,
        BOOL_OR(NOT is_law AND outcome = 'likely-covered') AS own_covers, BOOL_OR(NOT is_law AND outcome = 'depends') AS own_asks,
        BOOL_OR(NOT is_law) AS has_own,
        LIST_SORT(LIST(version)) AS versions, FLATTEN(LIST(CASE WHEN outcome = 'depends' THEN missing ELSE [] END)) AS missing
    FROM g_outcomes WHERE outcome IS NOT NULL GROUP BY context)
SELECT x.context, i.intent, CASE
    WHEN t.law_covers THEN 'likely-covered'
    WHEN i.intent = 'cosmetic' AND NOT COALESCE(t.own_covers, FALSE) THEN 'likely-not-covered'
    WHEN t.own_covers THEN 'likely-covered' WHEN t.own_asks THEN 'depends' WHEN t.has_own THEN 'likely-not-covered'
    ELSE 'depends' END AS coverage,
    LIST_CONCAT(LIST_CONCAT(i.why, s.sets), COALESCE(t.versions, [])) AS reasons,
    LIST_SORT(LIST_DISTINCT(LIST_CONCAT(LIST_CONCAT(CASE WHEN i.intent = 'undetermined' THEN i.missing ELSE [] END, COALESCE(t.missing, [])),
        CASE WHEN x.payer IS NULL AND i.intent <> 'cosmetic' THEN ['payer'] ELSE [] END))) AS missing
FROM g_contexts x JOIN g_intents i USING (context) JOIN g_sets s USING (context) LEFT JOIN told t USING (context)"""
"""What a context comes to: a mandate that is met, the aim, the payer's own policies; nothing known of the payer: it depends."""


def judge(db: Session, book: RuleBook, layout: Told, aims: Mapping[str, str] = {}) -> None:
    """Makes g_labels from g_contexts and g_sets (see facts.py). `aims`: procedure -> what it is usually done for, which decides where
    nothing else does; none for claims, whose codes must tell it themselves. Raises BackendError."""
    held = ", ".join(layout.words)
    db.load("g_aims", {"procedure": "VARCHAR", "aim": "VARCHAR"}, aims.items())
    both = f"SELECT context, UNNEST([{RECONSTRUCTIVE}, {COSMETIC}]) AS rule, {held} FROM g_contexts"
    aimed = {RECONSTRUCTIVE: book.reconstructive, COSMETIC: book.cosmetic}
    decide(db, "g_aimed", both, aimed, layout, book.tables, (TRUTH, MISSING))
    db.table("g_intents", INTENTS)
    db.view("g_cases", _cases(layout))
    asks = [(policy, role, rule) for policy in book.policies if policy.payers and policy.is_law == policy.overrides for role, rule in policy.asks]
    roles = ((number, policy.version, role, policy.is_law, policy.overrides) for number, (policy, role, _) in enumerate(asks))
    db.load("g_roles", {"rule": "INTEGER", "version": "VARCHAR", "role": "VARCHAR", "is_law": "BOOLEAN", "overrides": "BOOLEAN"}, roles)
    speaks = {"version": "VARCHAR", "procedure": "VARCHAR", "payer": "VARCHAR", "state": "VARCHAR", "first": "DATE", "until": "DATE"}
    db.load("g_speaks", speaks, _speaks(book))
    asked = f"""
        SELECT c.context, r.rule, {", ".join(f"c.{word}" for word in layout.words)}
        FROM g_cases c JOIN g_speaks s ON s.procedure = c.procedure AND s.payer = c.payer AND c.spell >= s.first AND (s.until IS NULL OR c.spell < s.until)
            AND (s.state IS NULL OR s.state = c.state) JOIN g_roles r ON r.version = s.version"""
    decide(db, "g_verdicts", asked, {number: rule for number, (_, _, rule) in enumerate(asks)}, layout, book.tables, (TRUTH, MISSING))
    db.table("g_outcomes", OUTCOMES)
    db.table("g_labels", LABELS)


def _cases(layout: Told) -> str:
    """The facts that policies are judged on: "only for looks" is what is found to be cosmetic, unless it is told otherwise; in a mixed request it
    is said of the other part."""
    denied = any_of(layout.ways[LOOKS_ONLY][False].any_of, "x.w")
    said = choice([(f"i.intent = 'cosmetic' AND NOT ({denied})", layout.said), ("i.intent = 'mixed'", layout.unsaid)], len(layout.words))
    told = [f"x.{word}" if case == "0" else f"x.{word} | {case} AS {word}" for word, case in zip(layout.words, said, strict=True)]
    return f"SELECT x.context, x.procedure, x.payer, x.state, x.spell, {', '.join(told)} FROM g_contexts x JOIN g_intents i USING (context)"


def _speaks(book: RuleBook) -> Iterator[tuple[str, str, str, str | None, date, date | None]]:
    """For whom each policy speaks: its procedures, payers, states (none: every state) and days."""
    for policy in book.policies:
        for procedure in policy.procedures:
            for payer in policy.payers:
                for state in (None,) if payer in policy.at_home else policy.states or (None,):
                    yield policy.version, procedure, payer, state, policy.first, policy.until
