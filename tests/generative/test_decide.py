"""Many rules over many cases at once, each run once for each pattern of facts, say what the reference evaluator says of each case by itself."""

import math
from functools import cache

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.backends.sql import MISSING, TRUTH
from gillies.logic import MET, NOT_MET
from gillies.rules.because import missing
from gillies.rules.evaluate import TOLERANCE, evaluate
from gillies.rules.nodes import Compare
from gillies.screen.decide import decide
from gillies.screen.known import bands_of
from gillies.screen.tables import DuckDbSession
from tests.generative import rules as random_rules
from tests.generative.test_backends import BY_TABLE, ROWS
from tests.screen.made import of_columns

KINDS = dict.fromkeys(random_rules.YES_NO, "yes-no") | dict.fromkeys(random_rules.NUMBERS, "number")
TYPES = {"yes-no": "BOOLEAN", "number": "DOUBLE"}
TABLES = {"rows": ROWS}


@cache
def session():
    return DuckDbSession(duckdb.connect())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(random_rules.rules, st.just(BY_TABLE)), min_size=1, max_size=4), st.lists(random_rules.facts, min_size=1, max_size=12))
def test_rules_run_once_a_pattern_say_what_the_reference_says_of_each_case(rules, cases):
    db, asked = session(), dict(enumerate(rules))
    layout, words = of_columns(KINDS, rules, TABLES)
    columns = {"context": "BIGINT"} | {f'"{finding}"': TYPES[kind] for finding, kind in KINDS.items()}
    db.load("cases", columns, [(number, *(case.get(finding) for finding in KINDS)) for number, case in enumerate(cases)])
    packed = ", ".join(f"{sql} AS {word}" for word, sql in zip(layout.words, words, strict=True))
    decide(db, "said", f"SELECT context, UNNEST({list(asked)}) AS rule, {packed} FROM cases", asked, layout, TABLES, (TRUTH, MISSING))
    found = {(context, rule): (truth, missing) for context, rule, truth, missing in db.fetch("SELECT * FROM said")}
    assert found == {(number, key): expected(rule, case) for number, case in enumerate(cases) for key, rule in asked.items()}


def expected(rule, facts):
    trace = evaluate(rule, facts, TABLES)
    return {MET: True, NOT_MET: False}.get(trace.truth), missing(trace)


@given(st.lists(st.integers(-3, 9).map(float), min_size=1, max_size=4), st.sampled_from(["at_least", "at_most", "more_than", "less_than"]), st.data())
def test_one_number_stands_for_all_that_no_rule_tells_from_it(limits, comparison, data):
    rules = [Compare(id="c", say="It holds", finding="n", comparison=comparison, value=limit, unit="mm") for limit in limits]
    near = [limit + step for limit in limits for step in (-TOLERANCE, TOLERANCE, -2 * TOLERANCE, 2 * TOLERANCE, 0.0, 0.5, -0.5)]
    number = data.draw(st.sampled_from([*near, -math.inf, 1e9]))
    bands = bands_of("n", rules, {})
    stands = next(band.stands_for for band in bands if band.below is None or number < band.below or (band.reached and number == band.below))
    assert [evaluate(rule, {"n": number}).truth for rule in rules] == [evaluate(rule, {"n": stands}).truth for rule in rules]
