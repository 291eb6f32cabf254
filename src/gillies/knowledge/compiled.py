"""The knowledge ready to run: records, parsed rules, and the look-ups that every assessment needs."""

from bisect import bisect_left
from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from gillies.knowledge import schema as s
from gillies.knowledge.records import Knowledge, Records, pack, unpack
from gillies.rules.evaluate import Rows
from gillies.rules.nodes import AnyNode, Value, findings_of
from gillies.rules.prepared import Prepared, prepare
from gillies.rules.settle import Blank, blanks

T = TypeVar("T")


ROLES = ("applies", "not_covered_when", "criteria")
"""The rules of a policy, as they are filed."""
UNTOLD: dict[str, Value] = {"getting-better": False}
"""What calms a warning sign counts as not so unless it is told: silence never calms."""


class Once:
    """What was made once, by kind and id."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Hashable], Any] = {}

    def once(self, kind: str, id: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made the first time and kept."""
        key = (kind, id)
        if key not in self._made:
            self._made[key] = make()
        kept: T = self._made[key]
        return kept


class ReadyPolicy(msgspec.Struct, frozen=True):
    """A policy version and what it asks, made ready; None where it asks nothing."""

    policy: s.Policy
    version: str
    payer: s.Payer | None
    """None: it is law."""
    applies: Prepared | None
    not_covered_when: Prepared | None
    criteria: Prepared | None
    asked: frozenset[str]
    """All findings that they ask for."""


class Tables(msgspec.Struct, frozen=True):
    """What is worked out of the records once, when they are packed."""

    rows: dict[str, Rows]
    """Table id -> rows."""
    recipes: dict[str, tuple[str, tuple[str, ...]]]
    """Derived finding id -> (formula, inputs)."""
    effort: dict[str, int]
    """Finding id -> what it takes to find it out: 1 known to the person, 2 a visit or a paper, 3 a test or months of treatment."""
    signs_by_finding: dict[str, tuple[str, ...]]
    """Finding id -> ids of the warning signs to look at when it is known: of what a sign cannot ring without, the facts least often told."""
    readiness_by_finding: dict[str, tuple[str, ...]]
    """Finding id -> ids of the readiness notes that ask for it."""
    policies_by_procedure: dict[str, tuple[str, ...]]
    """Procedure id -> every version of every policy and law on it."""
    read_once: bytes
    """Checksums, sorted, of the sentences (and of `kind/id` of the records) whose figures no second reader has confirmed: four bytes each."""


class Compiled(msgspec.Struct, frozen=True, dict=True):
    """Records, tables and parsed rules. A policy's rules are filed under its version, `<id>@<first day in force>.<name>`."""

    knowledge: Knowledge
    tables: Tables
    rules: dict[str, AnyNode]

    def rule(self, name: str) -> Prepared:
        """A rule made ready to run, such as `nose-black-after-filler.when`."""
        return self.once("rule", name, lambda: prepare(self.rules[name], self.tables.rows))

    def _ready(self, policy: s.Policy) -> ReadyPolicy:
        names = [f"{policy.version}.{role}" for role in ROLES]
        applies, not_covered_when, criteria = [self.rule(name) if name in self.rules else None for name in names]
        asked: set[str] = set()
        for rule in filter(None, (applies, not_covered_when, criteria)):
            self.blanks.update(blanks(rule.blank, self.effort))
            asked.update(findings_of(rule.blank.node))
        payer = self.knowledge.payers[policy.payer] if policy.payer else None
        return ReadyPolicy(policy, policy.version, payer, applies, not_covered_when, criteria, frozenset(asked))

    @cached_property
    def blanks(self) -> dict[int, Blank]:
        """What can be told beforehand of the nodes of policies' rules below which nothing is known."""
        return {}

    def policies_on(self, procedure: str, day: date) -> list[ReadyPolicy]:
        """What is in force for a procedure on a day; never the latest version when none is in force."""
        return self.on(day).once("policies", procedure, lambda: self._in_force(procedure, day))

    def _in_force(self, procedure: str, day: date) -> list[ReadyPolicy]:
        return [self._policy(version) for version in self._versions(procedure) if version.in_force.holds(day)]

    def _versions(self, procedure: str) -> list[s.Policy]:
        return [self.knowledge.policies[version] for version in self.tables.policies_by_procedure.get(procedure, ())]

    def _policy(self, version: s.Policy) -> ReadyPolicy:
        return self.once("policy", version.version, partial(self._ready, version))

    @cached_property
    def _made(self) -> Once:
        return Once()

    @cached_property
    def _days(self) -> dict[date, Once]:
        return {}

    def once(self, kind: str, id: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for a record, made the first time and kept: only for what is the same for every case, so that there
        are never more than a few for each record."""
        return self._made.once(kind, id, make)

    def on(self, day: date) -> Once:
        """The same for what is the same for every case of one day; only the day asked for last is kept."""
        kept = self._days.get(day)
        if kept is None:
            self._days.clear()
            kept = self._days[day] = Once()
        return kept

    def is_confirmed(self, said: str) -> bool:
        """Whether every figure of a sentence of the knowledge (or of a record, as `policy/<id>`) was read by two people; true where it has none."""
        checksums = memoryview(self.tables.read_once).cast("I")
        wanted = crc32(said.encode())
        place = bisect_left(checksums, wanted)
        return place == len(checksums) or checksums[place] != wanted

    def pack(self) -> "Packed":
        """The same, packed."""
        return Packed(memoryview(pack(self.knowledge)), self.tables, memoryview(msgspec.msgpack.encode(self.rules)))

    def effort(self, finding: str) -> int:
        """What it takes to find a fact out (see Tables)."""
        return self.tables.effort.get(finding, 1)


class Packed(msgspec.Struct, frozen=True):
    """Compiled, with its parts still packed."""

    knowledge: memoryview
    tables: Tables
    rules: memoryview

    def open(self) -> Compiled:
        """Ready to run; each record and rule is unpacked when it is first asked for."""
        return Compiled(unpack(self.knowledge), self.tables, Records(self.rules, AnyNode))
