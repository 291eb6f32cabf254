"""Accuracy on a folder of labelled cases: python bench/accuracy.py FOLDER [--misses] [--markdown]

Reads needs.jsonl, warning_signs.jsonl, coverage.jsonl, claims_credentials.jsonl and claims_procedures.jsonl where they exist, and procedure_names.json
(names that also count).
A line holds: needs: id, text, gold {in_scope, fields, intent, procedures, negated, emergency}, soft (keys that are not scored);
warning_signs: id, text, emergency; coverage: id, text, gold {intent, coverage}; claims: id, statement, verdict, and `part`, by which
they are told apart. Prints hits, totals and per cent, with a 95 % interval (Wilson), since small sets flatter.
"""

import argparse
import json
import re
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec

from gillies.check.door import Engine as Checker
from gillies.check.door import open_check
from gillies.door import Engine, open_engine

ALARM = {"call-emergency", "same-day"}
OUTCOME = {"likely_covered": "likely-covered", "likely_not_covered": "likely-not-covered", "depends_missing_evidence": "depends"}
Row = tuple[str, str, bool, str]
"""(figure, case id, hit, what was wanted and given)"""


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    file = folder / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def rang(answer: dict[str, Any]) -> bool:
    return any(sign["act"] in ALARM for sign in answer["urgent"])


def score_needs(case: dict[str, Any], a: dict[str, Any], names: dict[str, list[str]]) -> Iterator[Row]:
    gold, soft, i, show = case["gold"], set(case.get("soft", [])), case["id"], case["text"][:80]
    if "in_scope" not in soft:
        yield "needs: ours or not", i, a["in_scope"] == gold["in_scope"], f"want {gold['in_scope']}: {show}"
    if "emergency" not in soft:
        name = "needs: emergency raised" if gold["emergency"] else "needs: no false alarm"
        yield name, i, rang(a) == gold["emergency"], f"{[u['id'] for u in a['urgent']]}: {show}"
    offered = [{plain(p["name"]), plain(p["procedure"]), *map(plain, p["also_called"])} for p in a["procedures"]]
    if "negated" not in soft and gold["negated"]:
        bad = [n for n in gold["negated"] if any({plain(n), *map(plain, names.get(n, []))} & o for o in offered)]
        yield "needs: refusals honoured", i, not bad, f"presented {bad}: {show}"
    if not gold["in_scope"] or "in_scope" in soft:
        return
    if "fields" not in soft and gold["fields"]:
        got = a["care"][0] if a["care"] else None
        yield "needs: kind of care", i, got in {f.replace("_", "-") for f in gold["fields"]}, f"want {gold['fields']} got {got}: {show}"
    if "intent" not in soft and gold["intent"]:
        yield "needs: intent", i, a["intent"] in gold["intent"], f"want {gold['intent']} got {a['intent']}: {show}"
    if "procedures" not in soft and gold["procedures"]:
        want = {plain(n) for g in gold["procedures"][:3] for n in (g, *names.get(g, []))}
        first = [p["procedure"] for p in a["procedures"]][:5]
        yield "needs: procedure in first five", i, any(want & o for o in offered[:5]), f"want {gold['procedures'][:3]} got {first}: {show}"


def score_warning(case: dict[str, Any], a: dict[str, Any], _: dict[str, list[str]]) -> Iterator[Row]:
    name = "warning signs: emergencies raised" if case["emergency"] else "warning signs: look-alikes left calm"
    yield name, case["id"], rang(a) == case["emergency"], f"{[u['id'] for u in a['urgent']]}: {case['text'][:90]}"


def score_coverage(case: dict[str, Any], a: dict[str, Any], _: dict[str, list[str]]) -> Iterator[Row]:
    gold, show = case["gold"], case["text"][:80]
    yield "coverage: intent", case["id"], a["intent"] == gold["intent"], f"want {gold['intent']} got {a['intent']}: {show}"
    yield "coverage: outcome", case["id"], a["coverage"] == OUTCOME[gold["coverage"]], f"want {gold['coverage']} got {a['coverage']}: {show}"


SCORERS = {"needs": score_needs, "warning_signs": score_warning, "coverage": score_coverage}


CLAIMS = ("claims_credentials", "claims_procedures")


def score_claims(folder: Path, checker: Checker, on: date) -> Iterator[Row]:
    """The first verdict on each statement; what is silent or unverifiable does not speak."""
    for kind in CLAIMS:
        for case in load(folder, kind):
            found = checker.check(case["statement"], on).statements
            given = found[0].verdict if found else None
            name = f"{kind.removeprefix('claims_')}{', ' + case['part'] if 'part' in case else ''}"
            note = f"want {case['verdict']} got {given}: {case['statement'][:90]}"
            yield f"{name}: verdict given and right", case["id"], given == case["verdict"], note
            if given not in (None, "unverifiable"):
                yield f"{name}: right when it speaks", case["id"], given == case["verdict"], note


def score(folder: Path, engine: Engine, on: date) -> list[Row]:
    """All rows for a folder."""
    names_file = folder / "procedure_names.json"
    names: dict[str, list[str]] = json.loads(names_file.read_text()) if names_file.exists() else {}
    rows: list[Row] = []
    for kind, scorer in SCORERS.items():
        for case in load(folder, kind):
            rows += scorer(case, msgspec.to_builtins(engine.assess(case["text"], on, case["id"])), names)
    return rows


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share, in per cent (E. B. Wilson, J Am Stat Assoc 1927;22:209)."""
    z, share = 1.96, hits / total
    centre, spread = share + z * z / (2 * total), z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return 100 * (centre - spread) / (1 + z * z / total), 100 * (centre + spread) / (1 + z * z / total)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path)
    cli.add_argument("--misses", action="store_true")
    cli.add_argument("--markdown", action="store_true", help="the table for docs/accuracy.md")
    cli.add_argument("--on", type=date.fromisoformat, default=date.today())
    args = cli.parse_args()
    rows = score(args.folder, open_engine(), args.on)
    if any((args.folder / f"{kind}.jsonl").exists() for kind in CLAIMS):
        rows += score_claims(args.folder, open_check(), args.on)
    if args.misses:
        for name, i, hit, note in rows:
            if not hit:
                print(f"MISS {name} | {i} | {note}")
    if args.markdown:
        print("| figure | hits | of | per cent | 95 % interval |\n| --- | ---: | ---: | ---: | --- |")
    for name in dict.fromkeys(row[0] for row in rows):
        hits, total = sum(row[2] for row in rows if row[0] == name), sum(row[0] == name for row in rows)
        low, high = wilson(hits, total)
        if args.markdown:
            print(f"| {name} | {hits} | {total} | {100 * hits / total:.1f} | {low:.0f} to {high:.0f} |")
        else:
            print(f"{name:40} {hits:4}/{total:<4} {100 * hits / total:5.1f} %  [{low:.0f}-{high:.0f}]")


if __name__ == "__main__":
    main()
