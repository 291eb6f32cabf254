"""The rules that a claim line is judged by, drawn from the knowledge: the very trees that `assess` runs, and what codes tell of a case.

Plain data: no engine is known here.
"""

from datetime import date

import msgspec

from gillies.knowledge.compiled import Compiled
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Payer, Policy
from gillies.knowledge.schema_codes import CodeSet
from gillies.rules.evaluate import Rows
from gillies.rules.nodes import AnyNode

DOT = str.maketrans("", "", ".")
FIRMEST = ("core", "fellowship", "related", "outside")
"""How firmly training covers a procedure, firmest first."""


class PolicyRules(msgspec.Struct, frozen=True):
    """One version of a policy or law: for whom, when, for which procedures, and its rules (None where it asks nothing)."""

    version: str
    procedures: tuple[str, ...]
    payers: tuple[str, ...]
    """Ids of the payers it binds."""
    states: tuple[str, ...]
    first: date
    until: date | None
    is_law: bool
    overrides: bool
    applies: AnyNode | None
    not_covered_when: AnyNode | None
    criteria: AnyNode | None


class RuleBook(msgspec.Struct, frozen=True):
    """All that screening needs."""

    code_sets: tuple[CodeSet, ...]
    reconstructive: AnyNode
    cosmetic: AnyNode
    policies: tuple[PolicyRules, ...]
    procedure_of: dict[str, str]
    """CPT, HCPCS or ICD-10-PCS number -> procedure."""
    usual_aim: dict[str, str]
    """Procedure -> what it is typically done for."""
    regions: dict[str, frozenset[str]]
    """Procedure -> its places, and the larger places that they belong to."""
    fits: dict[tuple[str, str], str]
    """(NUCC code, procedure) -> how firmly that specialty trains for it."""
    payer_of: dict[str, str]
    """A payer as files write it, in lower case -> payer."""
    tables: dict[str, Rows]


def rulebook(compiled: Compiled, knowledge: Knowledge) -> RuleBook:
    """The rule book of the knowledge; `knowledge`: every record whole, since the pack of answers leaves out code sets and specialties."""
    procedures = knowledge.procedures
    return RuleBook(
        code_sets=tuple(knowledge.code_sets.values()),
        reconstructive=compiled.rules["intent.reconstructive"],
        cosmetic=compiled.rules["intent.cosmetic"],
        policies=tuple(_policy(policy, compiled, knowledge) for policy in knowledge.policies.values()),
        procedure_of=_procedure_of(knowledge),
        usual_aim={key: procedure.typical_intent for key, procedure in procedures.items()},
        regions={key: frozenset(_with_larger(procedure.sites, knowledge)) for key, procedure in procedures.items()},
        fits=_fits(knowledge),
        payer_of=_payer_of(knowledge),
        tables=dict(compiled.tables.rows),
    )


def plain_code(code: str) -> str:
    """A code as it is compared: upper case, no dots."""
    return code.strip().upper().translate(DOT)


def holds(code_set: CodeSet, code: str) -> bool:
    """Whether a plain code belongs to a set."""
    return any(_within(code, span) for span in code_set.codes) and not any(_within(code, span) for span in code_set.but_not)


def _within(code: str, span: str) -> bool:
    first, dash, last = span.partition("-")
    if not dash:
        return code.startswith(plain_code(span))
    return plain_code(first) <= code[: len(plain_code(first))] and code[: len(plain_code(last))] <= plain_code(last)


def _policy(policy: Policy, compiled: Compiled, knowledge: Knowledge) -> PolicyRules:
    rules = [compiled.rules.get(f"{policy.version}.{name}") if f"{policy.version}.{name}" in compiled.rules else None for name in ROLES]
    return PolicyRules(
        version=policy.version,
        procedures=policy.procedures,
        payers=tuple(key for key, payer in knowledge.payers.items() if _binds(policy, payer, knowledge)),
        states=policy.states,
        first=policy.in_force.start,
        until=policy.in_force.until,
        is_law=not policy.payer,
        overrides=policy.overrides,
        applies=rules[0],
        not_covered_when=rules[1],
        criteria=rules[2],
    )


ROLES = ("applies", "not_covered_when", "criteria")
"""The rules of a policy, as they are filed."""


def _binds(policy: Policy, payer: Payer, knowledge: Knowledge) -> bool:
    """Whether a policy is this payer's own, or a law on payers of its kind (assess/coverage.py decides alike)."""
    if not policy.payer:
        return payer.kind in policy.payer_kinds
    own = knowledge.payers[policy.payer]
    return own.id == payer.id or payer.part_of == own.id or (own.part_of == payer.id and payer.kind == "original-medicare")


def _procedure_of(knowledge: Knowledge) -> dict[str, str]:
    """Each number's procedure. A number that bills several goes to the general one, of which the others are forms, else to the first."""
    found: dict[str, str] = {}
    for key, procedure in knowledge.procedures.items():
        for number in (*procedure.codes.cpt, *procedure.codes.hcpcs, *procedure.codes.icd10pcs):
            held = found.setdefault(plain_code(number), key)
            if knowledge.procedures[held].form_of == key:
                found[plain_code(number)] = key
    return found


def _with_larger(sites: tuple[str, ...], knowledge: Knowledge) -> set[str]:
    return {place for site in sites for place in (site, knowledge.sites[site].within) if place}


def _fits(knowledge: Knowledge) -> dict[tuple[str, str], str]:
    """The firmest fit among the pathways that a specialty suggests; outside when none of them trains for the procedure."""
    found: dict[tuple[str, str], str] = {}
    for code, specialty in knowledge.specialties.items():
        for key, procedure in knowledge.procedures.items():
            fits = {hand.fit for hand in procedure.hands if hand.pathway in specialty.pathways}
            if specialty.pathways and procedure.hands:
                found[code, key] = next((fit for fit in FIRMEST if fit in fits), "outside")
    return found


def _payer_of(knowledge: Knowledge) -> dict[str, str]:
    names: dict[str, str] = {}
    for key, payer in knowledge.payers.items():
        for name in (key, payer.name, *payer.says):
            names.setdefault(name.lower(), key)
    return names
