"""The knowledge ready to run: records, parsed rules, and the look-ups that every assessment needs."""

from datetime import date
from functools import cached_property
from typing import Any

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
        table: dict[str, list[str]] = {}
        findings = self.knowledge.findings
        for key in self.knowledge.warning_signs:
            asked = findings_of(self.rules[f"{key}.when"])
            symptoms = [finding for finding in asked if finding not in findings or findings[finding].role == "symptom"]
            for finding in symptoms or asked:
                table.setdefault(finding, []).append(key)
        return {finding: tuple(signs) for finding, signs in table.items()}

    @cached_property
    def readiness_by_finding(self) -> dict[str, tuple[str, ...]]:
        """Finding id -> ids of the readiness notes that ask for it."""
        table: dict[str, list[str]] = {}
        for key in self.knowledge.readiness:
            for finding in findings_of(self.rules[f"{key}.when"]):
                table.setdefault(finding, []).append(key)
        return {finding: tuple(notes) for finding, notes in table.items()}

    @cached_property
    def policies_by_procedure(self) -> dict[str, tuple[s.Policy, ...]]:
        """Procedure id -> every version of every policy and law on it."""
        table: dict[str, list[s.Policy]] = {}
        for policy in self.knowledge.policies:
            for procedure in policy.procedures:
                table.setdefault(procedure, []).append(policy)
        return {procedure: tuple(policies) for procedure, policies in table.items()}

    def policies_on(self, procedure: str, on: date) -> list[s.Policy]:
        """What is in force for a procedure on a day; never the latest version when none is in force."""
        return [policy for policy in self.policies_by_procedure.get(procedure, ()) if policy.in_force.holds(on)]

    @cached_property
    def made(self) -> dict[tuple[str, str], Any]:
        """What was made of a record before and is the same for every case, by (kind, id): options, pathways that fit, sources."""
        return {}

    def effort(self, finding: str) -> int:
        """What it takes to find a fact out: 1 known to the person, 2 a visit or a paper, 3 a test or months of treatment."""
        known = self.knowledge.findings.get(finding)
        return known.effort if known else 1


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
