"""The SQL of each node, kept word for word, since SQLGlot changes often. After a change that is meant: SNAPSHOTS=write make test, and read the diff."""

import os
from pathlib import Path

import pytest

from gillies.backends.duckdb import DuckDb
from gillies.backends.spark import Spark
from gillies.backends.sql import Column
from gillies.rules.nodes import All, Any, AtLeastOf, Compare, CompareTable, Is, Not

FOLDER = Path(__file__).parent / "sql"
COLUMNS = {
    "wound": Column("wound", "yes-no"), "photographs": Column("photographs", "yes-no"), "side": Column("side", "text"), "weight": Column("weight", "number"),
    "area": Column("area", "number"),
}  # fmt: skip
TABLES = {"limits": [(1.0, 100.0), (1.5, None), (2.0, 300.5)]}
wound = Is(id="r.wound", say="There is a wound", finding="wound", values=(True,))
weight = Compare(id="r.weight", say="It weighs enough", finding="weight", comparison="at_least", value=500.0, unit="g")
unheard = Is(id="r.unheard", say="Nothing tells", finding="unheard", values=(True,))
NODES = {
    "is": wound,
    "is-not": Is(id="r.no-wound", finding="wound", values=(False,)),
    "is-a-document": Is(id="r.photographs", finding="photographs", values=(True,), no_is_unknown=True),
    "is-a-choice": Is(id="r.side", finding="side", values=("left", "it's both")),
    "compare": weight,
    "compare-table": CompareTable(id="r.table", finding="weight", comparison="less_than", table="limits", by="area", unit="g"),
    "not": Not(id="r", of=weight),
    "all": All(id="r", of=(wound, weight, unheard)),
    "any": Any(id="r", of=(wound, weight, unheard)),
    "at-least-of": AtLeastOf(id="r", count=2, of=(wound, weight, unheard)),
}


@pytest.mark.parametrize("engine", [DuckDb, Spark])
@pytest.mark.parametrize("name", NODES)
def test_the_sql_is_as_it_was(engine, name):
    path = FOLDER / engine.name / f"{name}.sql"
    written = engine(COLUMNS, TABLES).query(NODES[name], "facts", ["claim"]) + "\n"
    if os.environ.get("SNAPSHOTS") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written)
    assert path.read_text() == written
