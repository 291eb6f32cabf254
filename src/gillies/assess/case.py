"""A Reading becomes a Case: the facts known so far, what is wanted, what is refused, who pays."""

import msgspec

from gillies.assess.given import NOTHING_GIVEN, Given
from gillies.assess.refusals import left_as_it_is, refused_means, refused_with
from gillies.assess.told import carried, gone_wrong, is_present, is_wanted, spoilt, standing, turned_down_last
from gillies.knowledge.compiled import Compiled
from gillies.reading.read import Mention, Reading
from gillies.rules.derived import derive
from gillies.rules.nodes import Value

LB_PER_KG = 0.45359237


class Wish(msgspec.Struct, frozen=True):
    """A procedure named in the text. `strength`: 3 asked for, 2 named, 1 only imagined, 0 turned down; `past`: already done."""

    procedure: str
    strength: int
    past: bool
    mention: Mention


class Case(msgspec.Struct, frozen=True):
    """What is known. `facts` holds findings in their own units; what is absent is unknown."""

    facts: dict[str, Value]
    wishes: tuple[Wish, ...]
    turned_down: tuple[Wish, ...]
    concerns: tuple[Mention, ...]
    causes: tuple[Mention, ...]
    looks: tuple[Mention, ...]
    denies_harm: bool
    """Says outright that nothing hurts and nothing is hindered."""
    refused: frozenset[str]
    refused_means: frozenset[str]
    payers: tuple[str, ...]
    state: str | None
    elsewhere: tuple[Mention, ...]
    others_only: bool


def build_case(reading: Reading, compiled: Compiled, given: Given = NOTHING_GIVEN) -> Case:
    """The case that a text tells, and a form beside it: its facts stand before those that were read."""
    by_kind: dict[str, list[Mention]] = {}
    for m in reading.mentions:
        by_kind.setdefault(m.kind, []).append(m)
    procedures, concerns = by_kind.get("procedure", []), by_kind.get("concern", [])
    others_only = all(m.context.other for m in procedures) and all(m.context.other for m in concerns)
    means = [m for m in by_kind.get("means", ()) if others_only or not m.context.anothers]
    exact = [m for m in (*procedures, *by_kind.get("elsewhere", ())) if others_only or not m.context.other]
    real = standing([m for m in concerns if is_present(m, others_only)], procedures, exact, reading.mentions, compiled)
    named = turned_down_last(procedures) | left_as_it_is(means, procedures)
    wanted = frozenset([m.id for m in procedures if is_wanted(m)]) - named
    turned_down = frozenset([m.id for m in procedures if m.context.refused]) & named
    ways = refused_means(means, procedures, turned_down, compiled)
    wrong = gone_wrong(procedures, real, compiled) - wanted
    done = wrong | (frozenset([m.id for m in procedures if m.context.past or m.context.long_ago]) - wanted)
    own = [m for m in procedures if _is_wish(m, named, concerns) and (others_only or not m.context.other)]
    findings, roles = by_kind.get("finding", []), compiled.knowledge.findings
    held = [m for m in findings if is_present(m, others_only) and not (m.context.hypothetical or m.context.feared or m.context.at_risk)]
    return Case(
        facts=derive(_facts(reading, compiled, others_only) | given.facts, compiled.tables.recipes),
        wishes=tuple([_wish(_as_over(m) if m.id in wrong and not (m.context.hypothetical or m.context.feared) else m, done) for m in own]),
        turned_down=tuple([Wish(m.id, 0, False, m) for m in procedures if m.id in named and not m.context.past]),
        concerns=tuple(real),
        causes=tuple(carried([m for m in held if roles[m.id].role in ("cause", "function")], real, procedures, compiled)),
        looks=tuple([m for m in held if roles[m.id].role == "looks"]),
        denies_harm=_denies_harm(reading, compiled),
        refused=named | (spoilt(procedures, done, real, compiled) - wanted) | refused_with(turned_down, ways, wanted, compiled),
        refused_means=frozenset([way for way, asked in ways.items() if not asked]),
        payers=_payers(by_kind.get("payer", []), compiled),
        state=given.state or (reading.state[0] if reading.state else None),
        elsewhere=tuple([m for m in by_kind.get("elsewhere", ()) if not m.context.negated]),
        others_only=others_only,
    )


def _is_wish(m: Mention, refused: frozenset[str], concerns: list[Mention]) -> bool:
    """Whether a mention of a procedure tells of a wish, or of what was done and is not wanted again. What is named to say where something is tells of none."""
    if m.context.at_risk or (m.context.landmark and concerns):
        return False
    return m.id not in refused or ((m.context.past or m.context.long_ago) and m.context.refused and not m.context.negated)


def _as_over(m: Mention) -> Mention:
    """The mention of a treatment that went wrong: told of as done, wherever it is named."""
    return msgspec.structs.replace(m, context=msgspec.structs.replace(m.context, past=True))


def _wish(m: Mention, done: frozenset[str]) -> Wish:
    strength = 1 if (m.context.hypothetical or m.context.feared) and not m.context.wanted else 3 if m.context.wanted else 2
    return Wish(m.id, strength, m.id in done, m)


MEDICAL = frozenset({"treatment", "document"})


def _denies_harm(reading: Reading, compiled: Compiled) -> bool:
    """A denial says nothing of the aim where treatment, measurements or records are told: that is how a medical request is argued."""
    findings, concerns = compiled.knowledge.findings, compiled.knowledge.concerns
    told = [findings[m.id] for m in reading.mentions if m.kind == "finding"]
    if reading.measures or any(finding.role in MEDICAL for finding in told):
        return False
    for m in reading.mentions:
        denied = m.context.negated if m.kind in ("finding", "concern") else m.kind == "finding-no" and not m.context.negated
        if denied and (concerns[m.id].role if m.kind == "concern" else findings[m.id].role) == "function":
            return True
    return False


def _payers(mentions: list[Mention], compiled: Compiled) -> tuple[str, ...]:
    """The payers named, first named first; a particular one ("Medicare, WPS") stands for the general one it is part of."""
    named = dict.fromkeys([m.id for m in mentions if not m.context.negated])
    general = {compiled.knowledge.payers[payer].part_of for payer in named}
    return tuple(payer for payer in named if payer not in general)


def _facts(reading: Reading, compiled: Compiled, others_only: bool) -> dict[str, Value]:
    """Finding id -> value. A plain "no" phrase beats a mention; an affirmed mention beats a denied one."""
    findings = compiled.knowledge.findings
    facts: dict[str, Value] = {}
    for m in reading.mentions:
        if m.kind == "choice":
            if not (m.context.negated or m.context.not_told):
                facts.setdefault(m.id, m.choice)
        elif (m.kind == "concern" and (others_only or not m.context.other) and not m.context.not_told) or (
            m.kind == "finding" and m.id in findings and _counts(m, findings[m.id].role, others_only)
        ):
            facts[m.id] = facts.get(m.id) is True or not m.context.negated
    told = _told_in(reading)
    for m in reading.mentions:
        if m.kind == "finding-no" and not (m.context.hypothetical or m.context.negated) and not told.get(m.id, set()) - {m.sentence}:
            facts[m.id] = False
    for measure in reading.measures:
        facts[measure.finding] = measure.value
    if reading.age:
        facts["age"] = reading.age[0]
    if reading.sex:
        facts["sex"] = reading.sex
    return facts


def _told_in(reading: Reading) -> dict[str, set[int]]:
    """The sentences that tell of each finding. What one sentence rules out ("no pain in my neck. My back hurts") and another tells is not ruled out:
    a stray phrase must not silence an alarm."""
    told: dict[str, set[int]] = {}
    for m in reading.mentions:
        if m.kind == "finding" and not m.context.negated and _counts(m, "symptom", others_only=True):
            told.setdefault(m.id, set()).add(m.sentence)
    return told


def _counts(m: Mention, role: str, others_only: bool) -> bool:
    """Whether a mention says something of this case now. A symptom counts whoever has it, unless feared, asked about or long past."""
    if m.context.not_told:
        return False
    if role == "symptom":
        return not (m.context.hypothetical or m.context.feared or m.context.long_ago)
    if role == "setting":
        return not (m.context.hypothetical or m.context.wished)
    return others_only or not m.context.other
