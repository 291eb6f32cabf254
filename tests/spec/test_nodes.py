"""Each rule node and value as a table: the facts, the rule, what comes out. Every engine must agree with these tables."""

import pytest

from gillies.rules.evaluate import evaluate
from gillies.rules.parse import Kind, Place, parse_rule

KINDS = {
    "pain": Kind("yes-no"),
    "photos": Kind("yes-no", no_is_unknown=True),
    "width": Kind("number", "mm"),
    "weight": Kind("number", "g"),
    "size": Kind("number", "m2"),
    "since": Kind("duration", "months"),
    "level": Kind("choice", choices=("low", "high")),
}
TABLES = {"sliding": "g"}
ROWS = {"sliding": ((1.35, 199.0), (1.40, 218.0), (1.45, 238.0), (2.05, None))}


def leaf(**test):
    return {"say": "It holds", **test}


PAIN, NO_PAIN = leaf(finding="pain"), leaf(finding="pain", **{"is": False})
WIDE = leaf(finding="width", at_least="2 mm")

SPEC = [
    # rule, facts, value
    (PAIN, {"pain": True}, "met"),
    (PAIN, {"pain": False}, "not-met"),
    (PAIN, {}, "unknown"),
    (NO_PAIN, {"pain": False}, "met"),
    (NO_PAIN, {"pain": True}, "not-met"),
    (NO_PAIN, {}, "unknown"),
    (leaf(finding="photos"), {"photos": True}, "met"),
    (leaf(finding="photos"), {"photos": False}, "unknown"),
    (leaf(finding="photos"), {}, "unknown"),
    (leaf(finding="level", **{"is": "low"}), {"level": "low"}, "met"),
    (leaf(finding="level", **{"is": "low"}), {"level": "high"}, "not-met"),
    (leaf(finding="level", **{"is": ["low", "high"]}), {"level": "high"}, "met"),
    (leaf(finding="level", **{"is": "low"}), {}, "unknown"),
    (WIDE, {"width": 2.0}, "met"),
    (WIDE, {"width": 1.99}, "not-met"),
    (WIDE, {}, "unknown"),
    (leaf(finding="width", more_than="2 mm"), {"width": 2.0}, "not-met"),
    (leaf(finding="width", more_than="2 mm"), {"width": 2.01}, "met"),
    (leaf(finding="width", at_most="2 mm"), {"width": 2.0}, "met"),
    (leaf(finding="width", at_most="2 mm"), {"width": 2.1}, "not-met"),
    (leaf(finding="width", less_than="2 mm"), {"width": 2.0}, "not-met"),
    (leaf(finding="width", less_than=2), {"width": 1.9}, "met"),
    (leaf(finding="since", at_least="12 months"), {"since": 12.0}, "met"),
    (leaf(finding="since", at_least="1 year"), {"since": 11.9}, "not-met"),
    (leaf(finding="since", at_least="3 months"), {"since": 14 * 7 / (365.25 / 12)}, "met"),
    (leaf(finding="since", at_least="6 weeks"), {"since": 42 / (365.25 / 12)}, "met"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 218.0, "size": 1.40}, "met"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 217.0, "size": 1.44}, "not-met"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 199.0, "size": 1.00}, "met"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 238.0, "size": 2.04}, "met"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 5000.0, "size": 2.05}, "unknown"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"weight": 500.0}, "unknown"),
    (leaf(finding="weight", at_least={"table": "sliding", "by": "size"}), {"size": 1.40}, "unknown"),
    ({"not": PAIN}, {"pain": True}, "not-met"),
    ({"not": PAIN}, {"pain": False}, "met"),
    ({"not": PAIN}, {}, "unknown"),
    ({"all": [PAIN, WIDE]}, {"pain": True, "width": 3.0}, "met"),
    ({"all": [PAIN, WIDE]}, {"pain": False}, "not-met"),
    ({"all": [PAIN, WIDE]}, {"pain": True}, "unknown"),
    ({"any": [PAIN, WIDE]}, {"pain": False, "width": 1.0}, "not-met"),
    ({"any": [PAIN, WIDE]}, {"pain": True}, "met"),
    ({"any": [PAIN, WIDE]}, {"pain": False}, "unknown"),
    ({"at_least_of": {"count": 2, "of": [PAIN, WIDE, NO_PAIN]}}, {"pain": True, "width": 3.0}, "met"),
    ({"at_least_of": {"count": 2, "of": [PAIN, WIDE, NO_PAIN]}}, {"pain": True, "width": 1.0}, "not-met"),
    ({"at_least_of": {"count": 2, "of": [PAIN, WIDE, NO_PAIN]}}, {"width": 3.0}, "unknown"),
]


@pytest.mark.parametrize(("rule", "facts", "value"), SPEC)
def test_node_has_this_value(rule, facts, value):
    parsed = parse_rule(rule, KINDS, TABLES, Place("spec.yaml", "rule"))
    assert evaluate(parsed, facts, ROWS).truth.value == value


def test_trace_keeps_every_reason_and_the_numbers_it_used():
    rule = parse_rule({"all": [PAIN, leaf(finding="weight", at_least={"table": "sliding", "by": "size"})]}, KINDS, TABLES, Place("f", "r"))
    trace = evaluate(rule, {"pain": False, "weight": 250.0, "size": 1.41}, ROWS)
    assert [(leaf.node.id, leaf.truth.value, leaf.value, leaf.limit) for leaf in trace.leaves()] == [
        ("r.all[0]", "not-met", False, None),
        ("r.all[1]", "met", 250.0, 218.0),
    ]
