"""Rules over many cases at once: each rule is run as SQL, once for each pattern of facts that it can tell from others."""

from collections.abc import Mapping, Sequence

from gillies.backends.sql import BECAUSE, MISSING, TRUTH
from gillies.rules.evaluate import Tables
from gillies.rules.nodes import AnyNode
from gillies.screen.known import Known, columns, mask, unpacked
from gillies.screen.tables import Session

TYPES = {TRUTH: "BOOLEAN", BECAUSE: "VARCHAR[]", MISSING: "VARCHAR[]"}


def decide(db: Session, name: str, asked: str, rules: Mapping[int, AnyNode], layout: Known, tables: Tables, tell: Sequence[str] = (TRUTH,)) -> None:
    """Makes the table `name` of context, rule and what is to be told (truth, because, missing: see backends/sql.py).

    `asked`: a SELECT of context, rule (a key of `rules`) and the words of what is known (see known.py). Raises BackendError.
    """
    held = layout.words
    key = ["rule", *held]
    db.load(f"{name}_masks", {"rule": "INTEGER", **{f"m_{word}": "BIGINT" for word in held}}, ((number, *mask(rule, layout)) for number, rule in rules.items()))
    seen = ", ".join(f"a.{word} & m.m_{word} AS {word}" for word in held)
    db.table(f"{name}_asked", f"SELECT a.context, a.rule, {seen} FROM ({asked}) a JOIN {name}_masks m USING (rule)")
    db.table(f"{name}_states", f"SELECT *, {', '.join(unpacked(layout))} FROM (SELECT DISTINCT {', '.join(key)} FROM {name}_asked)")
    met = sorted(row[0] for row in db.fetch(f"SELECT DISTINCT rule FROM {name}_states"))
    backend = db.backend(columns(layout), tables)
    runs = [f"SELECT * FROM ({backend.query(rules[number], f'{name}_states', key, tell)}) AS r WHERE rule = {number}" for number in met]
    db.together(f"{name}_told", {"rule": "INTEGER", **dict.fromkeys(held, "BIGINT"), **{column: TYPES[column] for column in tell}}, runs)
    db.table(name, f"SELECT a.context, a.rule, {', '.join(f't.{column}' for column in tell)} FROM {name}_asked a JOIN {name}_told t USING ({', '.join(key)})")
