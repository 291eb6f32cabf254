"""Claim lines in, labelled lines out: each distinct combination of codes is judged once, by the rules of the rule book as SQL."""

from collections.abc import Callable

from gillies.screen.facts import columns_of, gather
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import Connection, load, picked
from gillies.screen.verdicts import judge

CLAIMS = """
SELECT g_claim_id,
    CASE WHEN COUNT(DISTINCT intent) FILTER (intent <> 'undetermined') > 1 THEN 'mixed'
        ELSE COALESCE(MAX(intent) FILTER (intent <> 'undetermined'), 'undetermined') END AS claim_intent,
    CASE WHEN BOOL_OR(intent <> 'cosmetic' AND coverage = 'likely-covered') THEN 'likely-covered'
        WHEN BOOL_OR(intent <> 'cosmetic' AND coverage = 'depends') THEN 'depends'
        WHEN BOOL_OR(intent <> 'cosmetic') THEN 'likely-not-covered'
        WHEN BOOL_OR(coverage = 'likely-covered') THEN 'likely-covered'
        WHEN BOOL_OR(coverage = 'depends') THEN 'depends' ELSE 'likely-not-covered' END AS claim_coverage
FROM g_keyed JOIN g_labels USING (context) GROUP BY g_claim_id"""
"""A claim's lines together, as assess.py joins the parts of a request: of the medically necessary part where kinds mix."""


def label(con: Connection, relation: str, book: RuleBook, tell: Callable[[str], None] = lambda _: None) -> str:
    """Labels the lines of a relation with canonical columns (layouts.py). Gives the name of a view: its columns, then procedure, intent, coverage,
    reasons, missing, hands, claim_intent, claim_coverage, protected, all NULL for what is not one of our procedures. `tell` hears what is under way."""
    tell("what the codes tell")
    gather(con, relation, book)
    tell("what the rules say")
    judge(con, book, columns_of(book))
    tell("the labels")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_claim_labels AS {CLAIMS}")
    load(con, "g_fits", {"specialty": "VARCHAR", "procedure": "VARCHAR", "fit": "VARCHAR"}, ((*key, fit) for key, fit in book.fits.items()))
    guarded = picked([(code_set.protected, number) for number, code_set in enumerate(book.code_sets) if code_set.protected], "q.")
    con.execute(f"CREATE OR REPLACE TEMP TABLE g_guarded AS SELECT g_person, LIST_SORT(LIST_DISTINCT({guarded})) AS protected FROM g_people q")
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE g_line_labels AS
        SELECT k.g_row, k.procedure, b.intent, b.coverage, b.reasons, b.missing, COALESCE(h.fit, 'unknown') AS hands, c.claim_intent, c.claim_coverage,
            COALESCE(q.protected, []) AS protected
        FROM g_keyed k JOIN g_labels b USING (context) JOIN {relation} l USING (g_row) LEFT JOIN g_claim_labels c ON c.g_claim_id = k.g_claim_id
            LEFT JOIN g_fits h ON h.specialty = l.g_specialty AND h.procedure = k.procedure LEFT JOIN g_guarded q ON q.g_person = l.g_person""")
    con.execute(f"CREATE OR REPLACE TEMP VIEW g_labelled AS SELECT l.*, k.* EXCLUDE (g_row) FROM {relation} l LEFT JOIN g_line_labels k USING (g_row)")
    return "g_labelled"
