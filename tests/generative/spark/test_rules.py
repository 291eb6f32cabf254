"""Spark says what the reference says, on random rules and rows and on the rules we have. One session for all Spark tests: tests/conftest.py."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gillies.backends.spark import Spark
from gillies.backends.sql import Column
from gillies.rules.nodes import findings_of
from tests.generative import rules as random_rules
from tests.generative.test_backends import BY_TABLE, COLUMNS, ROWS, drawn, expected, kind, numbered


def answers(spark, rules, columns, tables, rows):
    """What Spark makes of several rules for rows of facts: one query for all."""
    kinds = {"yes-no": "BOOLEAN", "number": "DOUBLE", "text": "STRING"}
    schema = ", ".join(["row INT", *[f"`{column.name}` {kinds[column.kind]}" for column in columns.values()]])
    told = [(number, *[facts.get(finding) for finding in columns]) for number, facts in enumerate(rows)]
    spark.createDataFrame(told, schema).createOrReplaceTempView("facts")
    backend = Spark(columns, tables)
    query = " UNION ALL ".join(f"SELECT {number} AS rule, * FROM ({backend.query(rule, 'facts', ['row'])})" for number, rule in enumerate(rules))
    found = spark.sql(query).collect()
    return {(row["rule"], row["row"]): (row["truth"], list(row["because"]), list(row["missing"])) for row in found}


def of_the_reference(rules, tables, rows):
    return {(i, j): expected(rule, facts, tables) for i, rule in enumerate(rules) for j, facts in enumerate(rows)}


@given(rules=st.lists(random_rules.rules.map(numbered), min_size=8, max_size=8), rows=st.lists(random_rules.facts, min_size=6, max_size=6))
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_spark_says_what_the_reference_says(spark, rules, rows):
    assert answers(spark, [*rules, BY_TABLE], COLUMNS, {"rows": ROWS}, rows) == of_the_reference([*rules, BY_TABLE], {"rows": ROWS}, rows)


def test_the_rules_we_have_say_the_same_in_spark(spark, engine):
    """A tenth of the rules of the knowledge, another one each time the knowledge grows; DuckDB has them all (test_backends.py)."""
    compiled, draw = engine.compiled, random.Random(7)  # a seed, no secret
    names = sorted(compiled.rules)[::10]
    for start in range(0, len(names), 12):
        rules = [compiled.rules[name] for name in names[start : start + 12]]
        columns = {finding: Column(finding, kind(finding, compiled)) for rule in rules for finding in findings_of(rule)}
        rows = [{k: v for rule in rules for k, v in drawn(columns, rule, draw).items()} for _ in range(4)]
        assert answers(spark, rules, columns, compiled.tables.rows, rows) == of_the_reference(rules, compiled.tables.rows, rows), names[start : start + 12]
