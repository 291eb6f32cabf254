"""A vignette put through `assess` and through SQL gets the same verdict."""

from datetime import date

import duckdb
import pytest

from gillies.assess.care import part_facts
from gillies.assess.case import build_case
from gillies.assess.coverage import LOOKS_ONLY
from gillies.assess.parts import split_needs
from gillies.door import open_records
from gillies.reading.read import read
from gillies.rules.nodes import findings_of
from gillies.screen.facts import Told
from gillies.screen.known import Way
from gillies.screen.rulebook import rulebook
from gillies.screen.tables import DuckDbSession
from gillies.screen.verdicts import judge
from tests.screen.made import of_columns

DAY = date(2026, 11, 21)
TYPES = {"yes-no": "BOOLEAN", "number": "DOUBLE", "text": "VARCHAR"}
VIGNETTES = [
    "I have Aetna. My upper lids droop over my pupils, MRD1 is 1.5 mm, I can't see well above me and photos show it. I want upper eyelid surgery.",
    "I have Aetna and want upper eyelid surgery only because I look tired.",
    "UnitedHealthcare. Breast reduction for back and shoulder pain and grooves from my bra for two years, physiotherapy did not help, 600 g each side.",
    "I have Cigna and want a tummy tuck after two pregnancies.",
    "Medicare Part B. My nose was broken, I can't breathe through the left side and sprays for 3 months did not help. I want rhinoplasty.",
    "After my mastectomy for cancer I want breast reconstruction. I have Aetna.",
    "TRICARE. I want liposuction of my thighs.",
    "I have Anthem. Hanging belly skin below the pubis with rashes for 6 months that creams did not help. I want a panniculectomy.",
]


def kind(finding, knowledge):
    held = knowledge.findings.get(finding)
    if held is None:
        return "yes-no" if finding in knowledge.concerns else "number"
    return {"number": "number", "duration": "number", "date": "number", "choice": "text"}.get(held.type, "yes-no")


@pytest.fixture(scope="module")
def book(engine):
    return rulebook(engine.compiled, open_records())


@pytest.mark.parametrize("text", VIGNETTES)
def test_the_same_verdict_in_sql(engine, book, text):
    assert_same_verdicts(DuckDbSession(duckdb.connect()), engine, book, [text])


def assert_same_verdicts(db, engine, book, texts):
    """What each vignette is told, as `assess` says it and as SQL says it."""
    compiled = engine.compiled
    rules = [book.reconstructive, book.cosmetic, *(rule for policy in book.policies for _, rule in policy.asks)]
    kinds = {f: kind(f, compiled.knowledge) for f in sorted({*(f for rule in rules for f in findings_of(rule)), LOOKS_ONLY})}
    layout, told = plain(kinds, rules, book.tables)
    columns = {"context": "BIGINT", "procedure": "VARCHAR", "payer": "VARCHAR", "state": "VARCHAR", "spell": "DATE"}
    answers = [engine.assess(text, DAY) for text in texts]
    assert all(len(answer.parts) == 1 for answer in answers), "a vignette of one part"
    rows, facts = [], []
    for number, text in enumerate(texts):
        case = build_case(read(text, engine.lexicon, compiled.knowledge.findings, DAY), compiled)
        need = split_needs(case, compiled)[0]
        rows.append((number, need.procedures[0], case.payers[0], case.state, DAY))
        facts.append({**case.facts, **part_facts(need, compiled)})
    db.load("g_sets", {"context": "BIGINT", "sets": "VARCHAR[]"}, [(number, []) for number, _ in enumerate(texts)])
    told_of = [(*row, *[held.get(f) for f in kinds]) for row, held in zip(rows, facts, strict=True)]
    db.load("g_known", columns | {f'"{f}"': TYPES[held] for f, held in kinds.items()}, told_of)
    words = ", ".join(f"{sql} AS {word}" for word, sql in zip(layout.words, told, strict=True))
    db.table("g_contexts", f"SELECT {', '.join(columns)}, {words} FROM g_known")
    judge(db, book, layout, book.usual_aim)
    found = db.fetch("SELECT context, intent, coverage FROM g_labels ORDER BY context")
    assert found == [(number, answer.parts[0].intent, answer.parts[0].outcome) for number, answer in enumerate(answers)]


def plain(kinds, rules, tables):
    """A layout for findings that stand in columns of their own, and the SQL of its words."""
    layout, told = of_columns(kinds, rules, tables)
    said, unsaid = layout.bits, layout.bits + 1
    yes, no = layout.ways[LOOKS_ONLY][True].any_of, layout.ways[LOOKS_ONLY][False].any_of
    looks = {True: Way((*yes, said), (unsaid,)), False: Way(no, (*yes, said, unsaid))}
    whole = Told(layout.bits + 2, kinds, layout.ways | {LOOKS_ONLY: looks}, (), (), said, unsaid)
    return whole, [*told, *["0"] * (len(whole.words) - len(told))]
