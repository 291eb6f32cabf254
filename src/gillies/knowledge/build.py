"""YAML -> the knowledge ready to run: read, checked, every rule parsed. Takes seconds; what runs is its pack."""

from array import array
from collections.abc import Iterable
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from gillies.knowledge.compiled import UNTOLD, Compiled, Tables
from gillies.knowledge.confirmed import levels
from gillies.knowledge.figures import SENTENCES, figures
from gillies.knowledge.kinds import kinds_of, recipes, table_rows, table_units
from gillies.knowledge.lint import lint, records, rules_of
from gillies.knowledge.load import read
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Record
from gillies.rules.nodes import LEAVES, All, AnyNode, children, findings_of
from gillies.rules.parse import Place, parse_rule

T = TypeVar("T", bound=Record)


def build() -> Knowledge:
    """The knowledge from its YAML files. Raises KnowledgeError on the first fault."""
    knowledge, problems = read()
    for problem in (*problems, *lint(knowledge)):
        raise problem
    return knowledge


def compile_rules(knowledge: Knowledge) -> Compiled:
    """Parses every rule of a knowledge that has passed the lint, and works out its tables; without the records that an answer does not need."""
    kinds, tables = kinds_of(knowledge), table_units(knowledge)
    rules: dict[str, AnyNode] = {name: parse_rule(raw, kinds, tables, Place(file, name)) for file, name, raw in rules_of(knowledge)}
    return Compiled(_lean(knowledge), _tables(knowledge, rules), rules)


SHOWN_ONLY = (
    "fields", "facilities", "title_laws", "specialties", "professions", "adverts", "look_ups", "cases", "shelf_lives", "statements", "code_sets", "words",
    "context", "terms", "kinds", "assertion", "jurisdictions", "advert_words", "advert_claims", "advert_rules", "score_items", "rubric_items",
    "confirmed", "files",
)  # fmt: skip
"""Parts of the knowledge that no answer looks at."""


def _lean(knowledge: Knowledge) -> Knowledge:
    """Without what an answer never looks at: phrases (the lexicon holds them), cases, statements, and what only `gillies show` prints."""

    def silent(held: dict[str, T]) -> dict[str, T]:
        return {key: msgspec.structs.replace(record, says=()) for key, record in held.items()}

    unused: dict[str, dict[str, Any]] = {name: {} for name in SHOWN_ONLY}
    findings = {
        key: msgspec.structs.replace(finding, says=(), says_no=(), cues=(), choices=dict.fromkeys(finding.choices, ()))
        for key, finding in knowledge.findings.items()
    }
    signs = {key: msgspec.structs.replace(sign, examples=(), when={}) for key, sign in knowledge.warning_signs.items()}
    policies = {key: msgspec.structs.replace(p, applies=None, not_covered_when=None, criteria=None) for key, p in knowledge.policies.items()}
    return msgspec.structs.replace(
        knowledge, **unused, findings=findings, warning_signs=signs, policies=policies, procedures=silent(knowledge.procedures),
        concerns=silent(knowledge.concerns), payers=silent(knowledge.payers), elsewhere=silent(knowledge.elsewhere),
    )  # fmt: skip


def _tables(knowledge: Knowledge, rules: dict[str, AnyNode]) -> Tables:
    return Tables(
        rows=table_rows(knowledge),
        recipes=recipes(knowledge),
        effort={key: finding.effort for key, finding in knowledge.findings.items()},
        signs_by_finding=_filed((finding, key) for key in knowledge.warning_signs for finding in dict.fromkeys(_needed(knowledge, rules[f"{key}.when"]))),
        readiness_by_finding=_filed((finding, key) for key in knowledge.readiness for finding in findings_of(rules[f"{key}.when"])),
        policies_by_procedure=_filed((procedure, version) for version, policy in knowledge.policies.items() for procedure in policy.procedures),
        read_once=_read_once(knowledge),
    )


def _read_once(knowledge: Knowledge) -> bytes:
    """See Tables."""
    listed = figures(records(knowledge))
    held = levels(listed, knowledge.confirmed)
    waiting = [figure for figure in listed if held[figure.address] != "two looks"]
    said = {figure.say for figure in waiting if figure.places[0][-1] in SENTENCES}
    whole = {"/".join(figure.address.split("/")[:2]).partition("~")[0] for figure in waiting}
    return array("I", sorted({crc32(text.encode()) for text in said | whole})).tobytes()


def _needed(knowledge: Knowledge, rule: AnyNode) -> list[str]:
    """Findings of which at least one must be known for a warning sign's rule to be met; of several such sets the one least often told."""
    if isinstance(rule, All):
        ways = [way for way in (_needed(knowledge, child) for child in rule.of) if way]
        return min(ways, key=lambda way: sum(_often(knowledge, name) for name in way), default=[])
    if isinstance(rule, LEAVES):
        return [] if rule.finding in UNTOLD else findings_of(rule)
    below = [_needed(knowledge, child) for child in children(rule)]
    return [name for way in below for name in way] if all(below) else []


def _often(knowledge: Knowledge, finding: str) -> int:
    """How often a finding is told, roughly: it counts its phrases, and a phrase of one word for ten."""
    told = knowledge.findings[finding].says if finding in knowledge.findings else knowledge.concerns[finding].says
    return sum(10 if " " not in says else 1 for says in told)


def _filed(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """(key, value) pairs -> key -> its values, in order."""
    table: dict[str, list[str]] = {}
    for key, value in pairs:
        table.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in table.items()}
