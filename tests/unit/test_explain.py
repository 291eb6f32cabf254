"""Traces into sentences that a person understands."""

import pytest

from gillies.assess.explain import amount, change, criteria, say
from gillies.rules.evaluate import evaluate
from gillies.rules.parse import Kind, Place, parse_rule

KINDS = {"spray": Kind("duration", "months"), "grams": Kind("number", "g"), "photo": Kind("yes-no", no_is_unknown=True)}


def trace(raw, facts):
    return evaluate(parse_rule(raw, KINDS, {}, Place("f", "r")), facts)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (28 * 12 / 365.25, "months", "4 weeks"),
        (1.0, "months", "1 month"),
        (3.0, "months", "3 months"),
        (24.0, "months", "2 years"),
        (3.0, "grade", "3"),
        (450.0, "g", "450 g"),
        (0.3333, "mm", "0.33 mm"),
    ],
)
def test_amounts_as_people_say_them(value, unit, text):
    assert amount(value, unit) == text


def test_a_number_is_shown_beside_its_criterion():
    leaf = trace({"say": "At least 500 g come off", "finding": "grams", "at_least": "500 g"}, {"grams": 450.0})
    assert say(leaf) == "At least 500 g come off (here 450 g)"
    assert change(leaf) == "at least 500 g instead of 450 g (at least 500 g come off)"


def test_what_excludes_is_worded_as_its_opposite():
    leaf = trace({"say": "Less than 500 g come off", "finding": "grams", "less_than": "500 g"}, {"grams": 450.0})
    assert change(leaf).startswith("at least 500 g instead of 450 g")


def test_a_named_group_speaks_for_its_criteria_and_met_groups_hide_their_failures():
    rule = {
        "all": [
            {"say": "Treatment failed", "any": [{"say": "A spray was used", "finding": "spray", "at_least": "1 month"}]},
            {"any": [{"say": "There is a photograph", "finding": "photo"}, {"say": "Much comes off", "finding": "grams", "at_least": "9 g"}]},
        ]
    }
    result = trace(rule, {"spray": 2.0, "photo": True, "grams": 1.0})
    assert criteria(result) == (("Treatment failed", "There is a photograph"), ())
