"""The knowledge is clean, every case beside a rule comes out as written, every warning sign rings on its own examples."""

import pytest

from gillies.knowledge.cases import case_facts, judged, version_of
from gillies.knowledge.kinds import kinds_of, recipes, table_units
from gillies.knowledge.lint import lint
from gillies.knowledge.load import read
from gillies.rules.derived import derive

KNOWLEDGE, PROBLEMS = read()
CASES = {f"{case.policy}: {case.name}": case for case in KNOWLEDGE.cases.values()}
EXAMPLES = [(sign.id, example.text, example.urgent) for sign in KNOWLEDGE.warning_signs.values() for example in sign.examples]


def test_every_record_has_the_right_form():
    assert [str(problem) for problem in PROBLEMS] == []


def test_the_lint_finds_nothing():
    assert [str(problem) for problem in lint(KNOWLEDGE)] == []


@pytest.mark.parametrize("name", CASES)
def test_case_comes_out_as_written(name):
    case = CASES[name]
    kinds = kinds_of(KNOWLEDGE)
    policy = version_of(KNOWLEDGE, case)
    assert policy is not None
    facts = derive(case_facts(case, kinds), recipes(KNOWLEDGE))
    assert judged(KNOWLEDGE, policy, facts, kinds, table_units(KNOWLEDGE))[0] == case.expect


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ({"cause-cancer": True, "male-breast-enlargement": True}, "silent"),
        ({"cause-cancer": False, "male-breast-enlargement": True}, "not-met"),
        ({"male-breast-enlargement": True}, "not-met"),  # refused either way
        ({"male-breast-enlargement": False, "male-breast-pain": False, "glandular-tissue": False}, "unknown"),  # unless it is cancer
    ],
)
def test_a_case_comes_out_by_whether_the_policy_applies(given, expect):
    policy = next(p for p in KNOWLEDGE.policies.values() if p.id == "aetna-gynecomastia")  # applies unless cancer is suspected
    assert judged(KNOWLEDGE, policy, given, kinds_of(KNOWLEDGE), table_units(KNOWLEDGE))[0] == expect


@pytest.mark.parametrize(("sign", "text", "urgent"), EXAMPLES)
def test_warning_sign_rings_on_its_examples(ask, sign, text, urgent):
    rang = {found.id for found in ask(text).urgent}
    if urgent:
        assert rang, f"nothing rings for: {text}"
    else:
        assert sign not in rang


def test_the_first_body_of_knowledge_is_there():
    """The least that the main job promises."""
    assert {"plastic-surgery", "cosmetic-surgery", "cosmetic-dermatology"} <= set(KNOWLEDGE.fields)
    assert len(KNOWLEDGE.boards) >= 14
    assert {board.kind for board in KNOWLEDGE.boards.values()} >= {"abms", "aoa", "dental", "non-abms", "nursing"}
    assert len(KNOWLEDGE.pathways) >= 14
    assert len(KNOWLEDGE.procedures) >= 70
    assert len(KNOWLEDGE.warning_signs) >= 25


@pytest.mark.parametrize(
    "procedure",
    "upper-blepharoplasty botulinum-toxin-migraine panniculectomy rhinoplasty varicose-vein-treatment breast-reduction gynecomastia-surgery "
    "breast-reconstruction breast-implant-removal septoplasty otoplasty cleft-lip-repair scar-revision syndactyly-release thumb-reconstruction "
    "burn-scar-revision benign-lesion-removal".split(),
)
def test_coverage_rules_are_there(procedure):
    kinds = {KNOWLEDGE.payers[p.payer].kind for p in KNOWLEDGE.policies.values() if procedure in p.procedures and p.payer}
    laws = [p for p in KNOWLEDGE.policies.values() if procedure in p.procedures and not p.payer]
    assert "insured" in kinds or laws, "needs at least one private payer or a law that binds them"


def test_plastic_surgeons_may_do_cosmetic_work_and_the_relation_runs_one_way():
    relations = {(field.id, relation.to) for field in KNOWLEDGE.fields.values() for relation in field.relations}
    assert ("plastic-surgery", "cosmetic-surgery") in relations or ("cosmetic-surgery", "plastic-surgery") in relations


def test_title_laws_are_there_and_each_forbids_demands_or_tells():
    laws = KNOWLEDGE.title_laws
    assert len(laws) >= 30
    assert {law.jurisdiction for law in laws.values()} >= {"us", "us-ca", "us-tx", "us-fl", "us-ny", "uk", "uk-eng", "au", "ca-on"}
    assert {law.level for law in laws.values()} >= {"law", "regulation", "board-rule", "self-regulation"}
    assert "abcs" in laws["us-ca-board-certified"].does_not_count[0].boards
    assert all(law.demands for law in laws.values())
