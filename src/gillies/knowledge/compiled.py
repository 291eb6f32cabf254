"""The knowledge ready to run: records, parsed rules, and the look-ups that every assessment needs."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from gillies.errors import KnowledgeError
from gillies.knowledge import schema as s
from gillies.knowledge.kinds import kinds_of, table_units
from gillies.knowledge.lint import lint, recipes, rules_of
from gillies.knowledge.load import Knowledge, read
from gillies.knowledge.pack import packed
from gillies.rules.evaluate import Rows
from gillies.rules.nodes import AnyNode, findings_of
from gillies.rules.parse import Place, parse_rule

T = TypeVar("T")


class Compiled(msgspec.Struct, frozen=True, dict=True):
    """Records and parsed rules. A policy's rules are filed under its version, `<id>@<first day in force>.<name>`."""

    knowledge: Knowledge
    rules: dict[str, AnyNode]

    def policy_rule(self, policy: s.Policy, name: str) -> AnyNode | None:
        """The parsed `applies`, `not_covered_when` or `criteria` of a policy version."""
        return self.rules.get(f"{policy.id}@{policy.in_force.start}.{name}")

    @cached_property
    def tables(self) -> dict[str, Rows]:
        """Table id -> rows."""
        return {table.id: table.rows for table in self.knowledge.tables.values()}

    @cached_property
    def recipes(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Derived finding id -> (formula, inputs)."""
        return recipes(self.knowledge)

    @cached_property
    def numbers(self) -> dict[str, s.Finding]:
        """The findings of type number or duration."""
        return {key: finding for key, finding in self.knowledge.findings.items() if finding.type in ("number", "duration")}

    @cached_property
    def signs_by_finding(self) -> dict[str, tuple[str, ...]]:
        """Finding id -> ids of the warning signs to look at when it is known: a sign's symptoms, or all it asks for when it has none."""
        return _filed((finding, key) for key in self.knowledge.warning_signs for finding in self._symptoms_of(key))

    def _symptoms_of(self, sign: str) -> list[str]:
        findings = self.knowledge.findings
        asked = list(findings_of(self.rules[f"{sign}.when"]))
        return [finding for finding in asked if finding not in findings or findings[finding].role == "symptom"] or asked

    @cached_property
    def readiness_by_finding(self) -> dict[str, tuple[str, ...]]:
        """Finding id -> ids of the readiness notes that ask for it."""
        return _filed((finding, key) for key in self.knowledge.readiness for finding in findings_of(self.rules[f"{key}.when"]))

    @cached_property
    def policies_by_procedure(self) -> dict[str, tuple[s.Policy, ...]]:
        """Procedure id -> every version of every policy and law on it."""
        return _filed((procedure, policy) for policy in self.knowledge.policies for procedure in policy.procedures)

    def policies_on(self, procedure: str, on: date) -> list[s.Policy]:
        """What is in force for a procedure on a day; never the latest version when none is in force."""
        return [policy for policy in self.policies_by_procedure.get(procedure, ()) if policy.in_force.holds(on)]

    @cached_property
    def _made(self) -> dict[tuple[str, str], Any]:
        return {}

    def once(self, kind: str, id: str, make: Callable[[], T]) -> T:
        """What `make` gives for a record, made the first time and kept: only for what is the same for every case, so that there
        are never more than the records."""
        key = (kind, id)
        if key not in self._made:
            self._made[key] = make()
        kept: T = self._made[key]
        return kept

    def effort(self, finding: str) -> int:
        """What it takes to find a fact out: 1 known to the person, 2 a visit or a paper, 3 a test or months of treatment."""
        known = self.knowledge.findings.get(finding)
        return known.effort if known else 1


def _filed(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """(key, value) pairs -> key -> its values, in order."""
    table: dict[str, list[T]] = {}
    for key, value in pairs:
        table.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in table.items()}


def load() -> Compiled:
    """The packed knowledge; built from YAML when there is no good pack. Raises KnowledgeError on the first fault."""
    return packed("knowledge", Compiled, _build)


def _build() -> Compiled:
    knowledge, problems = read()
    for problem in (*problems, *lint(knowledge)):
        raise problem
    return compile_rules(knowledge)


def compile_rules(knowledge: Knowledge) -> Compiled:
    """Parses every rule of a knowledge that has passed the lint."""
    kinds, tables = kinds_of(knowledge), table_units(knowledge)
    rules: dict[str, AnyNode] = {}
    for file, name, raw in rules_of(knowledge):
        rules[name] = parse_rule(raw, kinds, tables, Place(file, name))
    for policy in knowledge.policies:
        for name in ("applies", "not_covered_when", "criteria"):
            raw_rule = getattr(policy, name)
            if raw_rule is not None:
                file = knowledge.files[f"policy/{policy.id}@{policy.in_force.start}"]
                rules[f"{policy.id}@{policy.in_force.start}.{name}"] = parse_rule(raw_rule, kinds, tables, Place(file, f"{policy.id}.{name}"))
    return Compiled(knowledge, rules)


__all__ = ["Compiled", "KnowledgeError", "compile_rules", "load"]
