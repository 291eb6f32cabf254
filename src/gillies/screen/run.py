"""Claim lines in, labelled lines out: each distinct combination of codes is judged once, by the rules of the rule book as SQL."""

from collections.abc import Callable

from gillies.screen.facts import gather, layout_of
from gillies.screen.rulebook import RuleBook
from gillies.screen.tables import Session, as_words, picked
from gillies.screen.verdicts import judge

READ = (
    "row", "claim_id", "line", "person", "code", "modifiers", "diagnoses", "operations", "place", "revenue", "day", "age", "sex", "specialty", "payer",
    "state", "charge", "paid",
)  # fmt: skip
"""The canonical columns (layouts.py) that are read, once."""
LABELS = ("procedure", "intent", "coverage", "reasons", "missing", "hands", "claim_intent", "claim_coverage", "protected")
"""The columns that a line gains."""

CLAIMS = """
SELECT g_claim_id,
    CASE WHEN COUNT(DISTINCT CASE WHEN intent <> 'undetermined' THEN intent END) > 1 THEN 'mixed'
        ELSE COALESCE(MAX(CASE WHEN intent <> 'undetermined' THEN intent END), 'undetermined') END AS claim_intent,
    CASE WHEN BOOL_OR(intent <> 'cosmetic' AND coverage = 'likely-covered') THEN 'likely-covered'
        WHEN BOOL_OR(intent <> 'cosmetic' AND coverage = 'depends') THEN 'depends'
        WHEN BOOL_OR(intent <> 'cosmetic') THEN 'likely-not-covered'
        WHEN BOOL_OR(coverage = 'likely-covered') THEN 'likely-covered'
        WHEN BOOL_OR(coverage = 'depends') THEN 'depends' ELSE 'likely-not-covered' END AS claim_coverage
FROM g_keyed JOIN g_labels USING (context) GROUP BY g_claim_id"""
"""A claim's lines together, as assess.py joins the parts of a request: of the medically necessary part where kinds mix."""


def label(db: Session, relation: str, book: RuleBook, tell: Callable[[str], None] = lambda _: None) -> None:
    """Labels the lines of a relation with canonical columns (layouts.py). Makes g_line_labels, the labels of each line of one of our procedures by
    g_row, and g_labelled, every line with its canonical columns and labels (NULL for what is not ours). `tell` hears what is under way."""
    tell("reading")
    db.table("g_lines", f"SELECT {', '.join(f'g_{column}' for column in READ)} FROM {relation}")
    tell("what the codes tell")
    layout = layout_of(book)
    gather(db, book, layout)
    tell("what the rules say")
    judge(db, book, layout)
    tell("the labels")
    db.table("g_claim_labels", CLAIMS)
    db.load("g_fits", {"specialty": "VARCHAR", "procedure": "VARCHAR", "fit": "VARCHAR"}, ((*key, fit) for key, fit in book.fits.items()))
    same = _guards(db, book)
    db.table(
        "g_line_labels",
        f"""
        SELECT k.g_row, k.procedure, b.intent, b.coverage, b.reasons, b.missing, COALESCE(h.fit, 'unknown') AS hands, c.claim_intent, c.claim_coverage,
            COALESCE(q.protected, []) AS protected
        FROM g_keyed k JOIN g_labels b USING (context) JOIN g_lines l USING (g_row) LEFT JOIN g_claim_labels c ON c.g_claim_id = k.g_claim_id
            LEFT JOIN g_fits h ON h.specialty = l.g_specialty AND h.procedure = k.procedure
            LEFT JOIN g_people p ON p.g_person = l.g_person LEFT JOIN g_guards q ON {same}""",
    )
    gained = ", ".join(f"k.{column}" for column in LABELS)
    db.view("g_labelled", f"SELECT l.*, {gained} FROM g_lines l LEFT JOIN g_line_labels k USING (g_row)")


def _guards(db: Session, book: RuleBook) -> str:
    """g_guards: for each pattern of the code sets that mark protected care, the kinds of it. Gives the condition that a person `p` has the pattern `q`."""
    marks = [(code_set.protected, number) for number, code_set in enumerate(book.code_sets) if code_set.protected]
    seen = {f"w{number}": word for number, word in enumerate(as_words(number for _, number in marks)) if word}
    patterns = ", ".join(f"{word} & {mask} AS {word}" for word, mask in seen.items())
    db.table("g_guards", f"SELECT *, LIST_SORT(LIST_DISTINCT({picked(marks)})) AS protected FROM (SELECT DISTINCT {patterns} FROM g_people) AS p")
    return " AND ".join(f"p.{word} & {mask} = q.{word}" for word, mask in seen.items())
