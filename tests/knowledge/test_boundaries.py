"""Each threshold of a policy has cases beside its rule: one just met, one just not met, one where the number is missing."""

from gillies.knowledge.cases import case_facts, policy_rule, version_of
from gillies.knowledge.kinds import kinds_of, table_units
from gillies.knowledge.load import read
from gillies.logic import MET
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import Compare, leaves

KNOWLEDGE, _ = read()
KINDS, UNITS = kinds_of(KNOWLEDGE), table_units(KNOWLEDGE)
STEP = {"count": 1.0, "grade": 1.0, "years": 1.0, "months": 1.05, "mm": 0.5, "g": 10.0, "ms": 50.0}
"""How near to a limit counts as "just": a tenth of it, or at least this much in its unit."""
NO_OUTCOME_OF_THEIR_OWN = 30
"""Limits that stand as one of several ways to the same criterion, so that no single number just turns the outcome."""


def is_near(leaf, value, met):
    near = abs(value - leaf.value) <= max(abs(leaf.value) / 10, STEP.get(leaf.unit, 1.0)) + 1e-9
    return near and (evaluate(leaf, {leaf.finding: value}).truth is MET) is met


def test_thresholds_have_boundary_cases():
    facts: dict[str, list[dict[str, object]]] = {}
    for case in KNOWLEDGE.cases.values():
        facts.setdefault(version_of(KNOWLEDGE, case).version, []).append(case_facts(case, KINDS))
    lacking, known = [], set()
    for version, policy in KNOWLEDGE.policies.items():
        rule = policy_rule(KNOWLEDGE, policy, KINDS, UNITS)
        for leaf in leaves(rule) if rule else ():
            if isinstance(leaf, Compare):
                told = [given.get(leaf.finding) for given in facts.get(version, [])]
                numbers = [value for value in told if isinstance(value, (int, float))]
                whole = None in told and all(any(is_near(leaf, value, met) for value in numbers) for met in (True, False))
                known.add((version, leaf.finding, leaf.comparison, leaf.value))
                if not whole:
                    lacking.append((version, leaf.finding, leaf.comparison, leaf.value))
    assert len(known) > 250
    assert len(set(lacking)) <= NO_OUTCOME_OF_THEIR_OWN, f"add a case just met, one just not, one missing to cases.yaml: {sorted(set(lacking))}"
