"""Rules in SQL say what the reference evaluator says: value, reasons and what is missing, on random rules and rows and on every rule we have."""

import random
from functools import cache
from itertools import count

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.backends.duckdb import DuckDb
from gillies.backends.sql import BackendError, Column
from gillies.door import open_records
from gillies.knowledge.cases import case_facts
from gillies.knowledge.compiled import ROLES
from gillies.knowledge.kinds import kinds_of
from gillies.logic import MET, NOT_MET
from gillies.rules.because import deciding, missing
from gillies.rules.derived import derive
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import CompareTable, Not, children, findings_of, leaves
from tests.generative import rules as random_rules

COLUMNS = {name: Column(name, "yes-no") for name in random_rules.YES_NO} | {name: Column(name, "number") for name in random_rules.NUMBERS}
ROWS = [(1.0, 2.0), (2.0, None), (3.0, 4.0)]
BY_TABLE = CompareTable(id="t", say="It holds", finding="number0", comparison="at_least", table="rows", by="number1", unit="mm")
TYPES = {"yes-no": "BOOLEAN", "number": "DOUBLE", "text": "VARCHAR"}


def expected(rule, facts, tables):
    trace = evaluate(rule, facts, tables)
    value = True if trace.truth is MET else False if trace.truth is NOT_MET else None
    return value, [leaf.node.id for leaf in deciding(trace)], missing(trace)


def answers(rule, columns, tables, rows):
    """What DuckDB makes of a rule for rows of facts."""
    con = connection()
    con.execute("CREATE OR REPLACE TABLE facts (row BIGINT" + "".join(f', "{column.name}" {TYPES[column.kind]}' for column in columns.values()) + ")")
    told = [[number, *[facts.get(finding) for finding in columns]] for number, facts in enumerate(rows)]
    con.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * (len(columns) + 1))})", told)  # our own names
    found = con.execute(DuckDb(columns, tables).query(rule, "facts", ["row"]) + " ORDER BY 1").fetchall()
    return [tuple(row[1:]) for row in found]


@cache
def connection():
    return duckdb.connect()


def numbered(rule, names=None):
    """The rule with an id of its own for every node, so that reasons tell them apart."""
    names = names if names is not None else (f"n{i}" for i in count())
    own = msgspec.structs.replace(rule, id=next(names))
    below = children(rule)
    if not below:
        return own
    return msgspec.structs.replace(own, of=numbered(below[0], names) if isinstance(rule, Not) else tuple(numbered(child, names) for child in below))


@given(rule=random_rules.rules.map(numbered), rows=st.lists(random_rules.facts, min_size=1, max_size=8))
@settings(deadline=None)
def test_duckdb_says_what_the_reference_says(rule, rows):
    assert answers(rule, COLUMNS, {}, rows) == [expected(rule, facts, {}) for facts in rows]


@given(rows=st.lists(random_rules.facts, min_size=1, max_size=20))
@settings(deadline=None)
def test_a_table_is_looked_up_alike(rows):
    tables = {"rows": ROWS}
    assert answers(BY_TABLE, COLUMNS, tables, rows) == [expected(BY_TABLE, facts, tables) for facts in rows]


def test_every_rule_we_have_says_the_same_in_duckdb(engine):
    """Each rule of the knowledge, on facts drawn at random about what it asks."""
    compiled = engine.compiled
    draw = random.Random(7)  # a seed, no secret
    for name, rule in compiled.rules.items():
        columns = {finding: Column(finding, kind(finding, compiled)) for finding in findings_of(rule)}
        rows = [drawn(columns, rule, draw) for _ in range(4)]
        assert answers(rule, columns, compiled.tables.rows, rows) == [expected(rule, facts, compiled.tables.rows) for facts in rows], name


def test_every_worked_case_says_the_same_in_duckdb(engine):
    """The facts of every case that stands beside a policy, put to each rule of that policy."""
    compiled, knowledge = engine.compiled, open_records()
    kinds = kinds_of(knowledge)
    given = [(case.policy, derive(case_facts(case, kinds), compiled.tables.recipes)) for case in knowledge.cases.values()]
    for policy in compiled.knowledge.policies.values():
        rows = [facts for about, facts in given if about == policy.id]
        for rule in [compiled.rules[f"{policy.version}.{role}"] for role in ROLES if rows and f"{policy.version}.{role}" in compiled.rules]:
            columns = {finding: Column(finding, kind(finding, compiled)) for finding in findings_of(rule)}
            assert answers(rule, columns, compiled.tables.rows, rows) == [expected(rule, facts, compiled.tables.rows) for facts in rows], policy.version


def kind(finding, compiled):
    held = compiled.knowledge.findings.get(finding)
    if finding in compiled.knowledge.derived or (held and held.type in ("number", "duration", "date")):
        return "number"
    return "text" if held and held.type == "choice" else "yes-no"


def drawn(columns, rule, draw):
    limits = [leaf.value for leaf in leaves(rule) if hasattr(leaf, "value")] or [1.0]
    texts = [value for leaf in leaves(rule) for value in getattr(leaf, "values", ()) if isinstance(value, str)] or ["other"]
    values = {
        "yes-no": lambda: draw.random() < 0.5,
        "number": lambda: draw.choice(limits) + draw.choice([-1, 0, 1]),
        "text": lambda: draw.choice([*texts, "other"]),
    }
    return {finding: values[column.kind]() for finding, column in columns.items() if draw.random() < 0.7}


def test_a_node_that_an_engine_cannot_express_is_named():
    class Poor(DuckDb):
        name = "poor"
        WRITE = {node: write for node, write in DuckDb.WRITE.items() if node is not CompareTable}  # noqa: RUF012  # as in the class it takes after

    with pytest.raises(BackendError, match=r"poor cannot express a CompareTable yet \(t\)"):
        Poor(COLUMNS, {"rows": ROWS}).query(BY_TABLE, "facts", [])
