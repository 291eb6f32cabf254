"""One vignette through every door. Each door tells a Verdict of it: what must be the same wherever the question is asked."""

import json
import subprocess
import sys

import msgspec

from gillies.assess.care import part_facts
from gillies.assess.case import build_case
from gillies.assess.coverage import LOOKS_ONLY
from gillies.assess.given import aim_of, checked, with_given
from gillies.assess.parts import split_needs
from gillies.door import Asked
from gillies.knowledge.cases import version_of
from gillies.reading.read import read
from gillies.rules.nodes import findings_of, leaves
from gillies.screen.verdicts import judge
from tests.screen.test_parity import DAY, TYPES, kind, plain


class Verdict(msgspec.Struct, frozen=True):
    """`deciding`: each policy or mandate that decides, and what it comes to; `why`: the rules that tell what kind of care it is."""

    intent: str
    coverage: str
    why: tuple[str, ...]
    deciding: dict[str, str]
    missing: tuple[str, ...]


def subject(answer):
    """The one procedure that an answer as JSON is about, as a claim line is; none where it has several parts or asks of several procedures."""
    if len(answer["parts"]) != 1:
        return None
    (part,) = answer["parts"]
    asked = list({row["procedure"]: None for row in part["coverage"]}) or part["procedures"][:1]
    return asked[0] if len(asked) == 1 else None


def of_answer(answer, compiled):
    """The verdict in an answer as JSON that has a subject."""
    (part,) = answer["parts"]
    said = [row for row in part["coverage"] if row["decides"]]
    open_ones = {finding for row in said if row["outcome"] == "depends" for finding in row["missing"]}
    return Verdict(part["intent"], part["outcome"], _why(part, compiled), {row["policy"]: row["outcome"] for row in said}, tuple(sorted(open_ones)))


def _why(part, compiled):
    """The rules of intent that gave the reasons shown."""
    names = ("intent.reconstructive", "intent.cosmetic")
    shown = [why["say"] for why in part["why"]]
    told = [name for name in names if any(say.startswith(leaf.say) for say in shown for leaf in leaves(compiled.rules[name]))]
    return tuple(told or (["usual-aim"] if shown else []))


def by_terminal(asked, folder):
    """Every answer of `gillies assess --jsonl`, a real process, in order."""
    lines = folder / "asked.jsonl"
    lines.write_bytes(b"\n".join(msgspec.json.encode(one) for one in asked))
    done = subprocess.run([sys.executable, "-m", "gillies", "assess", "--jsonl", str(lines), "--on", DAY.isoformat()], capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_http(asked, client):
    """Every answer of a real server, in order."""
    answers = [client.post("/api/v1/assess", content=msgspec.json.encode(one), headers={"content-type": "application/json"}) for one in asked]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


def case_of(one, engine):
    """The case that a question tells, and what was given."""
    given = checked(one, engine.compiled)
    reading = with_given(read(one.text, engine.lexicon, engine.compiled.knowledge.findings, DAY), given, engine.compiled)
    return build_case(reading, engine.compiled, given), given


def by_sql(asked, db, engine, book):
    """The verdicts of the compiled rules in an engine of SQL, on the same facts, each in a column of its own. `asked`: (question, its subject)."""
    compiled = engine.compiled
    rules = [book.reconstructive, book.cosmetic, *(rule for policy in book.policies for _, rule in policy.asks)]
    kinds = {f: kind(f, compiled.knowledge) for f in sorted({*(f for rule in rules for f in findings_of(rule)), LOOKS_ONLY})}
    layout, told = plain(kinds, rules, book.tables)
    columns = {"context": "BIGINT", "procedure": "VARCHAR", "payer": "VARCHAR", "state": "VARCHAR", "spell": "DATE"}
    rows = []
    for number, (one, procedure) in enumerate(asked):
        case, given = case_of(one, engine)
        (need,) = split_needs(case, compiled)
        facts = {**case.facts, **part_facts(need, compiled, aim_of(given))}
        rows.append((number, procedure, case.payers[0], case.state, DAY, *[facts.get(finding) for finding in kinds]))
    db.load("g_sets", {"context": "BIGINT", "sets": "VARCHAR[]"}, [(number, []) for number, _ in enumerate(asked)])
    db.load("g_known", columns | {f'"{f}"': TYPES[held] for f, held in kinds.items()}, rows)
    words = ", ".join(f"{sql} AS {word}" for word, sql in zip(layout.words, told, strict=True))
    db.table("g_contexts", f"SELECT {', '.join(columns)}, {words} FROM g_known")
    judge(db, book, layout, book.usual_aim)
    deciding, missing = {}, {}
    for context, version, outcome, lacks in db.fetch("SELECT context, version, outcome, missing FROM g_outcomes WHERE outcome IS NOT NULL"):
        deciding.setdefault(context, {})[version.partition("@")[0]] = outcome
        if outcome == "depends":
            missing.setdefault(context, set()).update(lacks or ())
    labels = db.fetch("SELECT context, intent, coverage, reasons FROM g_labels ORDER BY context")
    return [
        Verdict(intent, coverage, tuple(r for r in reasons if "@" not in r), deciding.get(context, {}), tuple(sorted(missing.get(context, ()))))
        for context, intent, coverage, reasons in labels
    ]


def worked_cases(knowledge):
    """(what is asked, the policy it is about, what it must come to) of every worked case whose policy is in force on the day."""
    found = []
    for case in knowledge.cases.values():
        policy = version_of(knowledge, case)
        payer = policy.payer or next((key for key, held in knowledge.payers.items() if held.kind in policy.payer_kinds), "")
        if policy.in_force.holds(DAY) and policy.procedures and payer:
            state = policy.states[0].removeprefix("us-") if policy.states else ""
            asked = Asked(id=f"{case.policy}: {case.name}", procedures=policy.procedures[:1], payers=(payer,), state=state, facts=dict(case.given))
            found.append((asked, policy, case.expect))
    return found


EXPECTED = {"met": "likely-covered", "not-met": "likely-not-covered", "unknown": "depends"}
"""What a worked case comes to -> what its policy is told to come to; one that does not apply is silent."""
