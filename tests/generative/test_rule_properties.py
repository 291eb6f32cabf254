"""What holds of every rule and every case."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gillies.assess.explain import criteria
from gillies.logic import MET, UNKNOWN, negate
from gillies.rules.because import deciding
from gillies.rules.besides import besides
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import AnyNode, Not, findings_of
from gillies.rules.prepared import prepare
from gillies.rules.settle import blanks, missing, would_change
from tests.generative.rules import NUMBERS, YES_NO, facts, rules


def even(_finding):
    return 1


@given(rules, facts, st.data())
def test_learning_a_fact_never_turns_a_decided_outcome(rule, known, data):
    before = evaluate(rule, known).truth
    new = [name for name in (*YES_NO, *NUMBERS) if name not in known]
    if before is UNKNOWN or not new:
        return
    name = data.draw(st.sampled_from(new))
    value = data.draw(st.booleans() if name in YES_NO else st.integers(0, 5).map(float))
    assert evaluate(rule, {**known, name: value}).truth is before


@given(rules, facts)
def test_negation_of_a_rule_is_the_negation_of_its_value(rule, known):
    assert evaluate(Not(id="n", of=rule), known).truth is negate(evaluate(rule, known).truth)


@given(rules, facts)
def test_missing_facts_are_asked_for_exactly_when_the_outcome_is_open(rule, known):
    trace = evaluate(rule, known)
    lacking = missing(trace, even)
    assert bool(lacking) is (trace.truth is UNKNOWN)
    assert set(lacking) <= set(findings_of(rule))
    assert all(name not in known or known[name] is False for name in lacking), "only a document that is not there yet may be known and missing"


@given(rules, facts)
def test_the_change_that_is_named_names_leaves_that_do_not_stand_as_wanted(rule, known):
    trace = evaluate(rule, known)
    for leaf in would_change(trace, even):
        assert not leaf.children
        assert leaf in trace.leaves()


@given(rules, facts)
def test_every_leaf_is_in_the_trace_whatever_decides(rule, known):
    trace = evaluate(rule, known)
    again = evaluate(rule, {})
    assert [leaf.node for leaf in trace.leaves()] == [leaf.node for leaf in again.leaves()]


@given(rules)
def test_rules_survive_packing(rule):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(rule), type=AnyNode) == rule


@given(rules, facts)
def test_a_prepared_rule_gives_the_very_trace_of_the_reference_evaluator(rule, known):
    ready = prepare(rule)
    assert ready.run(known) == evaluate(rule, known)
    assert ready.run({}) is ready.blank
    assert ready.is_met(known) is (evaluate(rule, known).truth is MET)


@given(rules, facts)
def test_what_is_told_beforehand_of_nodes_of_which_nothing_is_known_changes_no_answer(rule, known):
    ready = prepare(rule)
    trace, told = ready.run(known), blanks(ready.blank, even)
    assert would_change(trace, even, told) == would_change(trace, even)
    assert missing(trace, even, known=told) == missing(trace, even)
    assert criteria(trace, told) == criteria(trace)


@given(rules, facts, st.sets(st.sampled_from([*YES_NO, *NUMBERS])))
def test_a_rule_besides_some_reasons_is_met_exactly_when_another_reason_accounts_for_it(rule, known, aside):
    trace = evaluate(rule, known)
    accounts = [leaf.finding for leaf in deciding(trace)]
    others = evaluate(besides(rule, lambda leaf: leaf.finding in aside), known).truth
    assert (others is MET) is (trace.truth is MET and not set(accounts) <= aside)
