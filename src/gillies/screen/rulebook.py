"""The rules that a claim line is judged by, drawn from the knowledge: the very trees that `assess` runs, and what codes tell of a case.

Plain data: no engine is known here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from gillies.assess.coverage import answers_for, refuses_besides
from gillies.knowledge.codes import plain, speaks_of
from gillies.knowledge.compiled import ROLES, Compiled
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Payer, Policy
from gillies.knowledge.schema_codes import CodeSet
from gillies.rules.evaluate import Rows
from gillies.rules.nodes import AnyNode, findings_of

FIRMEST = ("core", "fellowship", "related", "outside")
"""How firmly training covers a procedure, firmest first."""
ANSWERS = 2
"""Of the procedures that answer a concern, how many it points to."""
FEW = 6
"""Procedures whose policies ask for a finding that still points to them."""


BESIDES = "besides"
"""The role of what refuses without treatments that fell short (assess/coverage.py)."""


class PolicyRules(msgspec.Struct, frozen=True):
    """One version of a policy or law: for whom, when, for which procedures, and its rules."""

    version: str
    procedures: tuple[str, ...]
    payers: tuple[str, ...]
    """Ids of the payers it binds."""
    at_home: tuple[str, ...]
    """Those of them that sell or run only where it speaks, as far as is known: the state of a claim need not be."""
    states: tuple[str, ...]
    first: date
    until: date | None
    is_law: bool
    overrides: bool
    asks: tuple[tuple[str, AnyNode], ...]
    """Its rules: role (one of ROLES, or BESIDES) and tree."""


class RuleBook(msgspec.Struct, frozen=True):
    """All that screening needs."""

    code_sets: tuple[CodeSet, ...]
    reconstructive: AnyNode
    cosmetic: AnyNode
    policies: tuple[PolicyRules, ...]
    procedures_of: dict[str, tuple[str, ...]]
    """CPT, HCPCS or ICD-10-PCS number -> the procedures that it bills, the likeliest first."""
    usual_aim: dict[str, str]
    """Procedure -> what it is typically done for."""
    fitting: dict[str, tuple[int, ...]]
    """Procedure -> the code sets (by place in `code_sets`) that can be about it."""
    pointing: dict[str, tuple[int, ...]]
    """Procedure -> the code sets that point to it where a number bills several: they mean what it answers, or what its policies ask for."""
    fits: dict[tuple[str, str], str]
    """(NUCC code, procedure) -> how firmly that specialty trains for it."""
    payer_of: dict[str, str]
    """A payer as files write it, in lower case -> payer."""
    tables: dict[str, Rows]


def rulebook(compiled: Compiled, knowledge: Knowledge) -> RuleBook:
    """The rule book of the knowledge; `knowledge`: every record whole, since the pack of answers leaves out code sets and specialties."""
    procedures, sets = knowledge.procedures, tuple(knowledge.code_sets.values())
    return RuleBook(
        code_sets=sets,
        reconstructive=compiled.rules["intent.reconstructive"],
        cosmetic=compiled.rules["intent.cosmetic"],
        policies=tuple(_policy(policy, compiled, knowledge) for policy in knowledge.policies.values()),
        procedures_of=_procedures_of(knowledge),
        usual_aim={key: procedure.typical_intent for key, procedure in procedures.items()},
        fitting={key: _numbers(speaks_of(held, procedure.sites, knowledge.sites) for held in sets) for key, procedure in procedures.items()},
        pointing=_pointing(sets, compiled, knowledge),
        fits=_fits(knowledge),
        payer_of=_payer_of(knowledge),
        tables=dict(compiled.tables.rows),
    )


def _numbers(tests: Iterable[bool]) -> tuple[int, ...]:
    """The places at which a test holds."""
    return tuple(number for number, holds in enumerate(tests) if holds)


def _pointing(sets: Sequence[CodeSet], compiled: Compiled, knowledge: Knowledge) -> dict[str, tuple[int, ...]]:
    """See RuleBook. What many policies ask for points nowhere."""
    answers: dict[str, set[str]] = {}
    for key, concern in knowledge.concerns.items():
        answers.setdefault(key, set()).update(concern.procedures[:ANSWERS])
    asked: dict[str, set[str]] = {}
    for policy in knowledge.policies.values():
        for rule in [compiled.rules[name] for name in (f"{policy.version}.{role}" for role in ROLES) if name in compiled.rules]:
            for finding in findings_of(rule):
                asked.setdefault(finding, set()).update(policy.procedures)
    for finding, procedures in asked.items():
        if len(procedures) <= FEW:
            answers.setdefault(finding, set()).update(procedures)
    told = [{finding for finding, value in held.means.items() if value is True} for held in sets]
    return {key: _numbers(any(key in answers.get(finding, ()) for finding in findings) for findings in told) for key in knowledge.procedures}


def _policy(policy: Policy, compiled: Compiled, knowledge: Knowledge) -> PolicyRules:
    payers = {key: payer for key, payer in knowledge.payers.items() if _binds(policy, payer, knowledge)}
    return PolicyRules(
        version=policy.version,
        procedures=policy.procedures,
        payers=tuple(payers),
        at_home=tuple(key for key, payer in payers.items() if set(payer.states) & set(policy.states)),
        states=policy.states,
        first=policy.in_force.start,
        until=policy.in_force.until,
        is_law=not policy.payer,
        overrides=policy.overrides,
        asks=tuple(_asks(policy, compiled)),
    )


def _asks(policy: Policy, compiled: Compiled) -> Iterator[tuple[str, AnyNode]]:
    for role in ROLES:
        if (name := f"{policy.version}.{role}") in compiled.rules:
            yield role, compiled.rules[name]
    if policy.not_covered_when is not None and policy.criteria is not None:
        other = refuses_besides(policy.version, compiled)
        if other is not None:
            yield BESIDES, other


def _binds(policy: Policy, payer: Payer, knowledge: Knowledge) -> bool:
    """Whether a policy is this payer's own, or a law on payers of its kind."""
    if not policy.payer:
        return payer.kind in policy.payer_kinds
    return answers_for(knowledge.payers[policy.payer], payer)


def _procedures_of(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """See RuleBook: a general procedure before its forms, else in the order of the records."""
    found: dict[str, list[str]] = {}
    for key, procedure in knowledge.procedures.items():
        for number in (*procedure.codes.cpt, *procedure.codes.hcpcs, *procedure.codes.icd10pcs):
            found.setdefault(plain(number), []).append(key)
    return {number: tuple(sorted(keys, key=lambda key: knowledge.procedures[key].form_of in keys)) for number, keys in found.items()}


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
