"""Who pays: the policies and laws in force for a part, by payer, and what they come to together.

Order (design section 3): who pays; a plainly cosmetic aim; a mandate that decides; else the payer's own policy; a payer
whose policy we do not hold is shown what others of its kind ask, as a guide only.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from gillies.assess.answer import CoverageAnswer
from gillies.assess.case import Case
from gillies.assess.explain import change, criteria
from gillies.assess.parts import Need
from gillies.knowledge.compiled import Compiled, ReadyPolicy
from gillies.knowledge.schema import Finding, Intent, Payer
from gillies.logic import MET, NOT_MET, UNKNOWN
from gillies.rules.besides import besides
from gillies.rules.nodes import AnyNode, Is, Leaf, Value, leaves
from gillies.rules.prepared import Prepared, prepare
from gillies.rules.settle import missing, would_change
from gillies.rules.trace import Trace

COVERED, NOT_COVERED, DEPENDS = "likely-covered", "likely-not-covered", "depends"
OUTCOME = {MET: COVERED, NOT_MET: NOT_COVERED, UNKNOWN: DEPENDS}
GUIDED_BY: dict[str, str] = {"self-funded": "insured", "self-funded-government": "insured"}
"""An employer's own plan is mostly run by an insurer, by that insurer's policies."""
MOST_PROCEDURES = 4
LOOKS_ONLY = "only-for-looks"
"""Finding: it is only for looks. In a mixed request that is said of the other part; what is found to be cosmetic is."""


def coverage_of(need: Need, intent: Intent, case: Case, compiled: Compiled, on: date) -> tuple[str, tuple[CoverageAnswer, ...]]:
    """(overall outcome, each policy's answer) for one part."""
    payers = [compiled.knowledge.payers[p] for p in case.payers]
    asked: dict[str, tuple[ReadyPolicy, list[str]]] = {}
    for procedure in _asked(need, intent, compiled):
        for ready in compiled.policies_on(procedure, on):
            asked.setdefault(ready.version, (ready, []))[1].append(procedure)
    if intent == "mixed" and LOOKS_ONLY in case.facts:
        case = msgspec.structs.replace(case, facts={name: value for name, value in case.facts.items() if name != LOOKS_ONLY})
    elif intent == "cosmetic":
        case = msgspec.structs.replace(case, facts={LOOKS_ONLY: True, **case.facts})
    answers = []
    for ready, procedures in asked.values():
        answer = _judge(ready, procedures[0], payers, case, compiled)
        if answer is not None:
            answers += [answer, *(msgspec.structs.replace(answer, procedure=other) for other in procedures[1:])]
    return _overall(answers, intent, payers, need), tuple(_ordered(answers))


def _asked(need: Need, intent: Intent, compiled: Compiled) -> list[str]:
    """The procedures whose coverage is in question: those wished for that some rule is about, else the best fitting ones. Of a mixed request also
    what fits its medically necessary side."""
    wished = [wish.procedure for wish in need.wishes if not wish.past and wish.procedure in need.procedures]
    if not any(wish in compiled.tables.policies_by_procedure for wish in wished):
        wished = []
    if intent == "mixed":
        wished += [p for p in need.procedures if compiled.knowledge.procedures[p].typical_intent != "cosmetic"]
    return list(dict.fromkeys(wished or need.procedures))[:MOST_PROCEDURES]


def _judge(ready: ReadyPolicy, procedure: str, payers: list[Payer], case: Case, compiled: Compiled) -> CoverageAnswer | None:
    """One policy's answer; None when it has nothing to say to this payer or this case."""
    fit = _fits(ready, payers, case.state)
    if fit == "no":
        return None
    if case.facts.keys().isdisjoint(ready.asked):
        return compiled.once("nothing known", (ready.version, procedure, fit), lambda: _apply(ready, procedure, fit, {}, compiled))
    return _apply(ready, procedure, fit, case.facts, compiled)


def _apply(ready: ReadyPolicy, procedure: str, fit: str, facts: dict[str, Value], compiled: Compiled) -> CoverageAnswer | None:
    """What a policy's rules come to."""
    scope = ready.applies.run(facts) if ready.applies else None
    applying = scope.truth if scope else MET
    if applying is NOT_MET or (scope and fit != "own" and applying is UNKNOWN and not any(leaf.truth is MET for leaf in scope.leaves())):
        return None
    if ready.not_covered_when:
        out = ready.not_covered_when.run(facts)
        if out.truth is MET:
            speaks_for = ready.criteria is not None and ready.criteria.run(facts).truth is MET
            if not speaks_for or _still_refuses(ready, facts, compiled):
                return _answer(ready, procedure, out, DEPENDS if speaks_for else NOT_COVERED, compiled, fit, turned=True)
    if ready.criteria is None:
        return None
    trace = ready.criteria.run(facts)
    outcome = DEPENDS if applying is UNKNOWN else OUTCOME[trace.truth]
    shown_as = "shown" if fit == "law" and applying is UNKNOWN else fit
    return _answer(ready, procedure, trace, outcome, compiled, shown_as)


def refuses_besides(version: str, compiled: Compiled) -> AnyNode | None:
    """The rule that refuses, without treatments that fell short: where the criteria are met by another path, those alone do not count. None: it
    asks for none."""
    rule = compiled.rules[f"{version}.not_covered_when"]
    findings = compiled.knowledge.findings
    if not any(_falls_short(leaf, findings) for leaf in leaves(rule)):
        return None
    return besides(rule, lambda leaf: _falls_short(leaf, findings))


def _falls_short(leaf: Leaf, findings: Mapping[str, Finding]) -> bool:
    """Whether a leaf is about a treatment tried too briefly or too little; one that is planned, or was had too often, did not fall short."""
    finding = findings.get(leaf.finding)
    if finding is None or finding.role != "treatment":
        return False
    if isinstance(leaf, Is):
        return leaf.values == (False,)
    return finding.type == "duration" or leaf.comparison in ("less_than", "at_most")


def _still_refuses(ready: ReadyPolicy, facts: Mapping[str, Value], compiled: Compiled) -> bool:
    """Whether a policy refuses for something else than a treatment that fell short."""

    def made() -> Prepared | None:
        rule = refuses_besides(ready.version, compiled)
        return prepare(rule, compiled.tables.rows) if rule else None

    rule = compiled.once("refuses besides", ready.version, made)
    return rule is None or rule.is_met(facts)


def _fits(ready: ReadyPolicy, payers: list[Payer], state: str | None) -> str:
    """own (this payer's), law (binds this kind of payer), shown (no payer named), guide (another payer's), no."""
    policy, own = ready.policy, ready.payer
    if policy.states and (state is None or state not in policy.states) and not any(set(p.states) & set(policy.states) for p in payers):
        return "no"
    if not payers:
        return "shown" if own or not policy.states or state in policy.states else "no"
    if own is None:
        return "law" if any(payer.kind in policy.payer_kinds for payer in payers) else "no"
    if any(answers_for(own, payer) for payer in payers):
        return "own"
    return "guide" if any(own.kind == GUIDED_BY.get(payer.kind, payer.kind) for payer in payers) else "no"


def answers_for(own: Payer, payer: Payer) -> bool:
    """Whether the rules of `own` are those of `payer`: itself, or what it is a part of. Original Medicare at large shows each contractor's."""
    if own.id == payer.id or payer.part_of == own.id:
        return True
    return own.part_of == payer.id and payer.kind == "original-medicare"


def _answer(ready: ReadyPolicy, procedure: str, trace: Trace, outcome: str, compiled: Compiled, fit: str, turned: bool = False) -> CoverageAnswer:
    policy, payer = ready.policy, ready.payer
    effort, known = compiled.effort, compiled.blanks
    way = would_change(trace, effort, known)
    met, unmet = criteria(trace, known)
    return CoverageAnswer(
        policy=policy.id,
        title=policy.title,
        payer=payer.name if payer else f"Law of {', '.join(policy.states)}" if policy.states else "Federal law",
        procedure=procedure,
        outcome=outcome,
        say=policy.say,
        met=() if turned else met,
        unmet=met if turned else unmet,
        missing=tuple(missing(trace, effort, way, known)),
        documents=policy.documents,
        would_change=tuple(dict.fromkeys(change(leaf) for leaf in way if not turned or leaf.truth is MET)),
        cites=policy.cites,
        law=not policy.payer,
        decides=(fit == "own" and not policy.overrides) or (policy.overrides and fit == "law"),
        guide_only=fit == "guide",
    )


def _ordered(answers: list[CoverageAnswer]) -> list[CoverageAnswer]:
    """What decides first, what is a guide only last."""
    unique = {(a.policy, a.procedure): a for a in answers}
    return sorted(unique.values(), key=lambda a: (not a.decides, a.guide_only, a.payer))


def _overall(answers: list[CoverageAnswer], intent: Intent, payers: list[Payer], need: Need) -> str:
    """One word for the part. A mandate that is met decides; then the payer's own policies; then the aim; then what all say."""
    if payers and all(payer.kind == "none" for payer in payers):
        return NOT_COVERED
    laws = [a for a in answers if a.decides and a.law]
    if any(a.outcome == COVERED for a in laws):
        return COVERED
    own = [a for a in answers if a.decides and a not in laws]
    if intent == "cosmetic" and not any(a.outcome == COVERED for a in own):
        return NOT_COVERED
    if own:
        return _best(own, need)
    if any(a.outcome == DEPENDS for a in laws):
        return DEPENDS
    others = [a for a in answers if not a.decides and not a.law]
    own_terms = any(payer.kind in GUIDED_BY for payer in payers)  # such a plan follows its own document, whatever insurers agree on
    if others and not own_terms and len({a.outcome for a in others}) == 1:
        return others[0].outcome
    return DEPENDS


def _best(own: list[CoverageAnswer], need: Need) -> str:
    """Among a payer's answers on the procedures asked for: the first one's; a covered part of a mixed request counts."""
    first = next((a.procedure for p in need.procedures for a in own if a.procedure == p), own[0].procedure)
    outcomes = [a.outcome for a in own if a.procedure == first]
    everything = [a.outcome for a in own]
    if COVERED in everything:
        return COVERED
    if DEPENDS in outcomes:
        return DEPENDS
    return NOT_COVERED if NOT_COVERED in outcomes else DEPENDS


__all__ = ["COVERED", "DEPENDS", "LOOKS_ONLY", "NOT_COVERED", "answers_for", "coverage_of", "refuses_besides"]
