"""What is missing, what settles it soonest, what would turn it."""

from gillies.rules.evaluate import evaluate
from gillies.rules.parse import Kind, Place, parse_rule
from gillies.rules.settle import missing, would_change

KINDS = {name: Kind("yes-no") for name in ("test", "photo", "told", "pain")} | {"grams": Kind("number", "g")}
EFFORT = {"test": 3, "photo": 2, "told": 1, "pain": 1, "grams": 2}


def rule(raw):
    return parse_rule(raw, KINDS, {}, Place("f", "r"))


def leaf(finding, **test):
    return {"say": f"It has {finding}", "finding": finding, **test}


def findings(leaves):
    return [leaf.node.finding for leaf in leaves]


def test_the_cheapest_way_to_a_yes_is_asked_first():
    either = rule({"any": [{"all": [leaf("test"), leaf("photo")]}, leaf("told")]})
    assert missing(evaluate(either, {}), EFFORT.get) == ["told", "photo", "test"]


def test_what_no_longer_matters_is_not_asked():
    both = rule({"all": [leaf("photo"), {"any": [leaf("pain"), leaf("test")]}]})
    assert missing(evaluate(both, {"pain": True}), EFFORT.get) == ["photo"]


def test_every_unmet_criterion_must_change_for_all():
    both = rule({"all": [leaf("photo"), leaf("grams", at_least="500 g"), leaf("pain")]})
    trace = evaluate(both, {"photo": True, "grams": 450.0, "pain": False})
    assert findings(would_change(trace, EFFORT.get)) == ["pain", "grams"]


def test_one_criterion_turns_a_yes():
    either = rule({"all": [leaf("photo"), leaf("told")]})
    assert findings(would_change(evaluate(either, {"photo": True, "told": True}), EFFORT.get)) == ["told"]


def test_at_least_two_of_three_lacks_one():
    two = rule({"at_least_of": {"count": 2, "of": [leaf("photo"), leaf("told"), leaf("test")]}})
    assert findings(would_change(evaluate(two, {"photo": True, "told": False, "test": False}), EFFORT.get)) == ["told"]
