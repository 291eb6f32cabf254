"""One assessment in process, side by side with peers in one run. Prints medians of interleaved rounds and ratios.

Part 1, rules: 40 three-valued criteria over 60 facts (a quarter of them missing), JSON in, JSON out with every reason. Ours are the
prepared rules with their trace. Peers: pydantic in and out around a plain tree interpreter (with the reasons), zen-engine
and json-logic (logic only, two values, no reasons). Values of ours and of the interpreter are checked equal.
Part 2, the whole: plain words to the whole explained answer as JSON; and its two halves, reading and assessing.
Peers that are not installed (bench/requirements.txt) are left out and named.
"""

import argparse
import json
import random
import statistics
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from gillies.assess import assess as assess_module
from gillies.door import open_engine
from gillies.logic import Truth
from gillies.reading.read import read
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import AnyNode
from gillies.rules.parse import Kind, Place, parse_rule
from gillies.rules.prepared import prepare
from turns import seconds_an_item

FACTS = [f"f{i}" for i in range(60)]
TEXTS = (Path(__file__).parent / "texts.txt").read_text().splitlines()
dice = random.Random(5)


def leaf() -> dict[str, Any]:
    number = dice.randrange(60)
    if number < 30:
        return {"say": f"Fact {number} holds", "finding": f"f{number}", "is": dice.random() < 0.5}
    return {"say": f"Fact {number} is high enough", "finding": f"f{number}", "at_least": dice.randrange(100)}


def tree(depth: int = 0) -> dict[str, Any]:
    if depth == 2 or (depth and dice.random() < 0.4):
        return leaf()
    kind = dice.choice(["all", "any", "at_least_of"] if not depth else ["all", "any", "not", "at_least_of"])
    if kind == "not":
        return {"not": tree(depth + 1)}
    of = [tree(depth + 1) for _ in range(dice.randint(2, 4))]
    return {kind: of} if kind != "at_least_of" else {kind: {"count": 2, "of": of}}


KINDS = {name: Kind("yes-no") if i < 30 else Kind("number", "count") for i, name in enumerate(FACTS)}
RAW = [tree() for _ in range(40)]
RULES: list[AnyNode] = [parse_rule(raw, KINDS, {}, Place("bench", f"c{i}")) for i, raw in enumerate(RAW)]
READY = [prepare(rule) for rule in RULES]


def case(seed: int) -> bytes:
    own = random.Random(seed)
    facts = {name: own.random() < 0.5 if i < 30 else own.randrange(100) for i, name in enumerate(FACTS)}
    return json.dumps({name: value for name, value in facts.items() if own.random() > 0.25}).encode()


YARDSTICK = "yardstick: pydantic + interpreter, as above"
CASES = [case(i) for i in range(50)]


class Reason(msgspec.Struct):
    criterion: str
    truth: Truth
    leaves: list[tuple[str, Truth, bool | float | None]]


def ours(raw: bytes) -> bytes:
    facts = msgspec.json.decode(raw)
    answer = []
    for rule in READY:
        trace = rule.run(facts)
        answer.append(Reason(trace.node.id, trace.truth, [(leaf.node.say, leaf.truth, leaf.value) for leaf in trace.leaves()]))
    return msgspec.json.encode(answer)


def interpret(node: dict[str, Any], facts: dict[str, Any], reasons: list[tuple[str, str, Any]]) -> bool | None:
    """The plain tree interpreter of the peer: None is unknown."""
    if "finding" in node:
        value = facts.get(node["finding"])
        result = None if value is None else value == node["is"] if "is" in node else value >= node["at_least"]
        reasons.append((node["say"], str(result), value))
        return result
    if "not" in node:
        inner = interpret(node["not"], facts, reasons)
        return None if inner is None else not inner
    count, of = (node["at_least_of"]["count"], node["at_least_of"]["of"]) if "at_least_of" in node else (None, node.get("all") or node.get("any"))
    values = [interpret(child, facts, reasons) for child in of]
    if "all" in node:
        return False if False in values else None if None in values else True
    if "any" in node:
        return True if True in values else None if None in values else False
    met, unknown = values.count(True), values.count(None)
    return True if met >= count else None if met + unknown >= count else False


def with_pydantic() -> Callable[[bytes], bytes]:
    import pydantic

    class Facts(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(extra="forbid")

    fields: dict[str, Any] = {name: (bool | None if i < 30 else float | None, None) for i, name in enumerate(FACTS)}
    facts_model = pydantic.create_model("Facts", **fields)

    class Out(pydantic.BaseModel):
        criterion: str
        truth: bool | None
        leaves: list[tuple[str, str, bool | float | None]]

    class Answer(pydantic.BaseModel):
        answers: list[Out]

    def run(raw: bytes) -> bytes:
        facts = facts_model.model_validate_json(raw).model_dump(exclude_none=True)
        out = []
        for i, rule in enumerate(RAW):
            reasons: list[tuple[str, str, Any]] = []
            out.append(Out(criterion=f"c{i}", truth=interpret(rule, facts, reasons), leaves=reasons))
        return Answer(answers=out).model_dump_json().encode()

    return run


def to_json_logic(node: dict[str, Any]) -> dict[str, Any]:
    if "finding" in node:
        var = {"var": node["finding"]}
        return {"==": [var, node["is"]]} if "is" in node else {">=": [var, node["at_least"]]}
    if "not" in node:
        return {"!": [to_json_logic(node["not"])]}
    if "at_least_of" in node:
        parts = [{"if": [to_json_logic(child), 1, 0]} for child in node["at_least_of"]["of"]]
        return {">=": [{"+": parts}, node["at_least_of"]["count"]]}
    name = "and" if "all" in node else "or"
    return {name: [to_json_logic(child) for child in (node.get("all") or node.get("any"))]}


def with_json_logic() -> Callable[[bytes], bytes]:
    from json_logic import jsonLogic

    rules = [to_json_logic(raw) for raw in RAW]
    full: dict[str, Any] = {name: False if i < 30 else 0 for i, name in enumerate(FACTS)}

    def run(raw: bytes) -> bytes:
        facts = {**full, **json.loads(raw)}
        return json.dumps([bool(jsonLogic(rule, facts)) for rule in rules]).encode()

    return run


def to_zen(node: dict[str, Any]) -> str:
    if "finding" in node:
        return f"{node['finding']} == {str(node['is']).lower()}" if "is" in node else f"{node['finding']} >= {node['at_least']}"
    if "not" in node:
        return f"not ({to_zen(node['not'])})"
    if "at_least_of" in node:
        return f"({' + '.join(f'(({to_zen(c)}) ? 1 : 0)' for c in node['at_least_of']['of'])}) >= {node['at_least_of']['count']}"
    return (" and " if "all" in node else " or ").join(f"({to_zen(child)})" for child in (node.get("all") or node.get("any")))


def with_zen() -> Callable[[bytes], bytes]:
    import zen

    rules = [zen.compile_expression(to_zen(raw)) for raw in RAW]
    full: dict[str, Any] = {name: False if i < 30 else 0 for i, name in enumerate(FACTS)}

    def run(raw: bytes) -> bytes:
        facts = {**full, **json.loads(raw)}
        return json.dumps([rule.evaluate(facts) for rule in rules]).encode()

    return run


def measure(runs: dict[str, Callable[[Any], Any]], items: list[Any], rounds: int) -> dict[str, float]:
    """Microseconds an item, median of interleaved rounds, after one warm-up."""
    return {name: statistics.median(row) * 1e6 for name, row in seconds_an_item(runs, items, rounds).items()}


def table(title: str, figures: dict[str, float], base: str) -> None:
    print(f"\n{title}")
    for name, figure in figures.items():
        print(f"  {name:58} {figure:9.1f} us  x{figure / figures[base]:6.2f}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rounds", type=int, default=7)
    rounds = cli.parse_args().rounds
    peers = {"pydantic": ("pydantic in and out + tree interpreter, with reasons", with_pydantic), "zen": ("zen-engine expressions, logic only", with_zen),
             "json_logic": ("json-logic, logic only", with_json_logic)}  # fmt: skip
    runs: dict[str, Callable[[Any], Any]] = {"gillies: JSON to JSON, with reasons": ours}
    for module, (name, make) in peers.items():
        if find_spec(module):
            runs[name] = make()
        else:
            print(f"left out: {name} (pip install -r bench/requirements.txt)")
    for raw in CASES:
        facts = json.loads(raw)
        for node, rule, ready in zip(RAW, RULES, READY, strict=True):
            expected = {True: "met", False: "not-met", None: "unknown"}[interpret(node, facts, [])]
            assert evaluate(rule, facts) == ready.run(facts)
            assert ready.run(facts).truth.value == expected
    table("40 criteria, 60 facts, a quarter missing", measure(runs, CASES, rounds), "gillies: JSON to JSON, with reasons")

    engine, on = open_engine(), date(2026, 11, 21)
    readings = {text: read(text, engine.lexicon, engine.compiled.knowledge.findings, on) for text in TEXTS}
    yardstick = with_pydantic() if find_spec("pydantic") else None
    whole = measure({
        **({YARDSTICK: lambda text: yardstick(CASES[len(text) % len(CASES)])} if yardstick else {}),
        "plain words -> explained answer as JSON": lambda text: engine.assess_json(text, on),
        "of it: reading the words": lambda text: read(text, engine.lexicon, engine.compiled.knowledge.findings, on),
    }, TEXTS, rounds)  # fmt: skip
    original = assess_module.read
    assess_module.read = lambda text, *_: readings[text]
    whole |= measure({"of it: assessing and writing JSON": lambda text: engine.assess_json(text, on)}, TEXTS, rounds)
    assess_module.read = original
    table(
        f"one whole assessment ({len(TEXTS)} texts, {sum(map(len, TEXTS)) // len(TEXTS)} characters on average)",
        whole,
        "plain words -> explained answer as JSON",
    )


if __name__ == "__main__":
    main()
