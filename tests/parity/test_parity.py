"""The parity test: a vignette put through the terminal, the API, DuckDB and Spark gets the same verdict, for the same reasons.

Vignettes are the knowledge's own worked cases, as findings, and needs in plain words. A claim line bills one procedure, so what is compared with SQL
is every vignette that asks about one. Spark has a share of them (tests/screen/spark/test_parity.py).
"""

import os
import subprocess
import sys

import duckdb
import pytest

from gillies.door import Asked
from gillies.knowledge.load import read
from gillies.screen.tables import DuckDbSession
from gillies.terminal import INTENT, OUTCOME
from tests.parity.doors import EXPECTED, by_http, by_sql, by_terminal, case_of, of_answer, subject, worked_cases
from tests.screen.test_parity import DAY, VIGNETTES

KNOWLEDGE, _ = read()
CASES = worked_cases(KNOWLEDGE)
WISHES = [
    f"{KNOWLEDGE.payers[policy.payer].name}. I want {KNOWLEDGE.procedures[policy.procedures[0]].also_called[0]}."
    for policy in KNOWLEDGE.policies.values()
    if policy.payer and policy.procedures and policy.in_force.holds(DAY) and KNOWLEDGE.procedures[policy.procedures[0]].also_called
]
"""One wish in plain words for each policy in force."""
WIDE = {**os.environ, "COLUMNS": "100"}
IN_WORDS = [Asked(id=str(number), text=text) for number, text in enumerate([*VIGNETTES, *WISHES])]
AS_FINDINGS = [asked for asked, _, _ in CASES]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the terminal says to each vignette."""
    return by_terminal([*AS_FINDINGS, *IN_WORDS], tmp_path_factory.mktemp("asked"))


def test_there_is_a_fair_share_of_everything():
    with_criteria = {policy.id for policy in KNOWLEDGE.policies.values() if policy.in_force.holds(DAY) and policy.procedures and policy.criteria}
    assert len(with_criteria - {policy.id for _, policy, _ in CASES}) < 0.02 * len(with_criteria)
    assert len(AS_FINDINGS) > 900
    assert len(IN_WORDS) > 200


def test_terminal_and_api_give_the_very_same_answers(told, http):
    assert by_http([*AS_FINDINGS, *IN_WORDS], http) == told


def test_findings_get_the_same_verdict_from_duckdb(told, engine, book):
    compare(list(zip(AS_FINDINGS, told, strict=False)), 0.9, DuckDbSession(duckdb.connect()), engine, book)


def test_words_get_the_same_verdict_from_duckdb(told, engine, book):
    compare(list(zip(IN_WORDS, told[len(AS_FINDINGS) :], strict=True)), 0.6, DuckDbSession(duckdb.connect()), engine, book)


def compare(vignettes, share, db, engine, book):
    """SQL says of each vignette about one procedure and one payer what its answer says; at least that share of them is such."""
    about_one = [(asked, answer) for asked, answer in vignettes if subject(answer) and payer_of(asked, engine)]
    assert len(about_one) >= share * len(vignettes)
    found = by_sql([(asked, subject(answer)) for asked, answer in about_one], db, engine, book)
    said = [(asked, of_answer(answer, engine.compiled)) for asked, answer in about_one]
    assert [(asked, verdict, sql) for (asked, verdict), sql in zip(said, found, strict=True) if verdict != sql] == []


def payer_of(asked, engine):
    """The one payer of a vignette."""
    payers = case_of(asked, engine)[0].payers
    return payers[0] if len(payers) == 1 else None


def test_a_worked_case_comes_out_through_every_door_as_its_author_wrote_it(told):
    """Where nothing but the policy's own criteria speak: no exclusion, and the policy asked about is the one that answers."""
    for (asked, policy, expect), answer in zip(CASES, told, strict=False):
        rows = [row for part in answer["parts"] for row in part["coverage"] if row["policy"] == policy.id and row["procedure"] == asked.procedures[0]]
        if policy.criteria and not policy.not_covered_when and rows:
            assert {row["outcome"] for row in rows} == {EXPECTED.get(expect)}, asked


@pytest.mark.parametrize("text", VIGNETTES)
def test_the_page_of_the_terminal_says_what_its_json_says(text, told):
    answer = told[len(AS_FINDINGS) + VIGNETTES.index(text)]
    command = [sys.executable, "-m", "gillies", "assess", "--on", DAY.isoformat(), text]
    shown = " ".join(subprocess.run(command, capture_output=True, check=True, env=WIDE).stdout.decode().split())
    for part in answer["parts"]:
        assert f"; {INTENT[part['intent']]}." in shown
        assert f"Who pays: {OUTCOME[part['outcome']]}" in shown
