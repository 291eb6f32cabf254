"""A vignette put through `assess` and through SQL gets the same verdict."""

from datetime import date

import duckdb
import pytest

from gillies.assess.care import part_facts
from gillies.assess.case import build_case
from gillies.assess.parts import split_needs
from gillies.backends.sql import Column
from gillies.door import open_records
from gillies.knowledge.compiled import ROLES
from gillies.reading.read import read
from gillies.rules.nodes import findings_of
from gillies.screen.rulebook import rulebook
from gillies.screen.tables import load
from gillies.screen.verdicts import judge

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
    compiled = engine.compiled
    answer = engine.assess(text, DAY)
    assert len(answer.parts) == 1, "a vignette of one part"
    case = build_case(read(text, engine.lexicon, compiled.knowledge.findings, DAY), compiled)
    need = split_needs(case, compiled)[0]
    facts = {**case.facts, **part_facts(need, compiled)}
    asked = {f for policy in book.policies for role in ROLES if getattr(policy, role) for f in findings_of(getattr(policy, role))}
    columns = {
        f: Column(f, kind(f, compiled.knowledge))
        for f in sorted(asked | {"abnormal-structure", "lost-function", "looks-of-normal-structure", "only-for-looks"})
    }
    con = duckdb.connect()
    context = {"context": "BIGINT", "procedure": "VARCHAR", "payer": "VARCHAR", "state": "VARCHAR", "spell": "DATE"}
    load(con, "g_contexts", context, [(1, need.procedures[0], case.payers[0], case.state, DAY)])
    load(con, "g_sets", {"context": "BIGINT", "sets": "VARCHAR[]"}, [(1, [])])
    held = {f'"{column.name}"': TYPES[column.kind] for column in columns.values()}
    load(con, "g_facts", {**context, **held}, [(1, need.procedures[0], case.payers[0], case.state, DAY, *[facts.get(f) for f in columns])])
    judge(con, book, columns, book.usual_aim)
    assert con.execute("SELECT intent, coverage FROM g_labels").fetchone() == (answer.parts[0].intent, answer.parts[0].outcome)
