"""The main path: a text (or a reading) in, an Assessment out."""

from collections.abc import Hashable, Iterable
from datetime import date
from functools import partial
from typing import Any

import msgspec

from gillies.assess.answer import Ask, Assessment, CoverageAnswer, Found, HandFit, Named, Option, Part, Ready, SourceOut, Urgent, Why
from gillies.assess.care import care_of, intent_of
from gillies.assess.case import Case, build_case
from gillies.assess.coverage import COVERED, DEPENDS, NOT_COVERED, coverage_of
from gillies.assess.expect import LADDER, NOTHING, options_for, questions
from gillies.assess.explain import question
from gillies.assess.given import NOTHING_GIVEN, OF_ALL, Given, aim_of, with_given
from gillies.assess.hands import CANNOT_KNOW, hands_for
from gillies.assess.parts import Need, split_needs
from gillies.assess.safety import cannot_wait, readiness, warning_signs
from gillies.assess.scope import decline, never_ours
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Care, Intent
from gillies.reading.lexicon import Lexicon
from gillies.reading.read import Mention, Reading, read
from gillies.rules.nodes import Value

MOST_QUESTIONS = 6
RINGING = frozenset({"symptom", "setting"})
"""Roles of findings that warning signs ask for."""
Cited = Urgent | Ready | Why | HandFit | CoverageAnswer
"""What cites sources."""


def assess(text: str, compiled: Compiled, lexicon: Lexicon, on: date, id: str = "", given: Given = NOTHING_GIVEN) -> Assessment:
    """One whole assessment of what a person wrote (and gave beside it, checked), with the knowledge in force on a day."""
    reading = with_given(read(text, lexicon, compiled.knowledge.findings, on), given, compiled)
    case = build_case(reading, compiled, given)
    urgent = () if never_ours(case, compiled) else warning_signs(case.facts, compiled)
    needs = _as_meant(split_needs(case, compiled), compiled)
    declined = decline(case, needs, text, lexicon, compiled)
    alarm, aim = cannot_wait(urgent), aim_of(given)
    parts = () if declined is not None else tuple(_part(need, case, alarm, compiled, on, _aim(need, aim, needs, compiled)) for need in needs)
    names = _offered(needs, compiled) if declined is None else ()
    chosen = [compiled.knowledge.procedures[n.procedure] for n in names]
    answer = Assessment(
        id=id,
        as_of=on.isoformat(),
        in_scope=declined is None,
        decline=declined,
        urgent=urgent,
        care=_overall_care(parts) or _care_of_refused(case, compiled) if declined is None else ("something-else",),
        intent=_overall_intent(parts),
        coverage=_overall_coverage(parts),
        procedures=names,
        found=_found(reading, bool(urgent), case, compiled),
        parts=parts,
        readiness=readiness(case.facts, chosen[:3], compiled) if parts else (),
        ask=(*_asks(parts, case, compiled), *(questions(chosen) if parts else ())),
        cannot_know=CANNOT_KNOW if parts else (),
        sources={},
    )
    return msgspec.structs.replace(answer, sources=_sources(answer, compiled, on))


def as_json(answer: Assessment, id: Any, compiled: Compiled, on: date) -> bytes:
    """An answer of that day as JSON, under any id. What is the same in every answer (an option, its hands, a source) is written once and kept."""
    parts = []
    for part in answer.parts:
        options = [o if o.procedure == NOTHING else compiled.once("option as JSON", o.procedure, partial(_raw, o)) for o in part.options]
        hands = compiled.once("hands as JSON", part.hands[0].procedure, partial(_raw, part.hands)) if part.hands else ()
        parts.append(msgspec.structs.replace(part, options=options, hands=hands))
    kept: dict[str, msgspec.Raw] = compiled.on(on).once("sources as JSON", "", dict)
    sources = {key: kept.get(key) or kept.setdefault(key, _raw(source)) for key, source in answer.sources.items()}
    return msgspec.json.encode(msgspec.structs.replace(answer, id=id, parts=parts, sources=sources))


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def _as_meant(needs: list[Need], compiled: Compiled) -> list[Need]:
    """The parts, a cause that a form gives taken back from those of several that are plainly for looks without it."""
    if len(needs) == 1 or not any(m.sentence == OF_ALL for need in needs for m in need.causes):
        return needs
    without = [msgspec.structs.replace(need, causes=tuple(m for m in need.causes if m.sentence != OF_ALL)) for need in needs]
    return [bare if intent_of(bare, compiled)[0] == "cosmetic" else need for need, bare in zip(needs, without, strict=True)]


def _aim(need: Need, told: dict[str, Value], needs: list[Need], compiled: Compiled) -> dict[str, Value]:
    """What a form tells of the aim of this part: of several it can only mean those whose aim is open."""
    return told if len(needs) == 1 or (told and intent_of(need, compiled)[0] == "undetermined") else {}


def _part(need: Need, case: Case, alarm: bool, compiled: Compiled, on: date, aim: dict[str, Value]) -> Part:
    intent, why = intent_of(need, compiled, aim)
    outcome, answers = coverage_of(need, intent, case, compiled, on)
    procedures = [compiled.knowledge.procedures[p] for p in need.procedures]
    return Part(
        concern=_title(need, compiled),
        site=compiled.knowledge.sites[need.site].name,
        intent=intent,
        care=care_of(need, intent, compiled),
        why=why,
        procedures=need.procedures,
        options=options_for(need, case, alarm, compiled),
        hands=hands_for(procedures, compiled),
        coverage=answers,
        outcome=outcome,
    )


def _title(need: Need, compiled: Compiled) -> str:
    names = [compiled.knowledge.concerns[m.id].name for m in need.concerns] or [compiled.knowledge.procedures[w.procedure].name for w in need.wishes]
    return "; ".join(list(dict.fromkeys(names))[:3])


def _offered(needs: list[Need], compiled: Compiled) -> tuple[Named, ...]:
    """The procedures of all parts: each part's best first, then the second best of each, and so on."""
    rows = [need.procedures for need in needs]
    order = [row[i] for i in range(max(map(len, rows), default=0)) for row in rows if i < len(row)]
    known = compiled.knowledge.procedures
    return tuple(Named(p, known[p].name, known[p].also_called) for p in dict.fromkeys(order))


def _overall_intent(parts: tuple[Part, ...]) -> Intent:
    intents = {part.intent for part in parts} - {"undetermined"}
    if not intents:
        return "undetermined"
    return next(iter(intents)) if len(intents) == 1 else "mixed"


def _overall_care(parts: tuple[Part, ...]) -> tuple[Care, ...]:
    cares: list[Care] = [care for part in parts for care in part.care]
    if _overall_intent(parts) == "mixed":
        cares.insert(0, "mixed")
    return tuple(dict.fromkeys(cares))


def _care_of_refused(case: Case, compiled: Compiled) -> tuple[Care, ...]:
    """Only what is turned down was named: the kind of care it belongs to, gentler kinds first."""
    refused = [compiled.knowledge.procedures[p] for p in sorted(case.refused)]
    cares = [p.care.cosmetic or p.care.reconstructive for p in sorted(refused, key=lambda p: LADDER[p.invasiveness])]
    return tuple(dict.fromkeys(care for care in cares if care)) or ("something-else",)


def _overall_coverage(parts: tuple[Part, ...]) -> str:
    """Of the medically necessary part where kinds mix."""
    medical = [part for part in parts if part.intent != "cosmetic"] or list(parts)
    outcomes = [part.outcome for part in medical]
    for outcome in (COVERED, DEPENDS, NOT_COVERED):
        if outcome in outcomes:
            return outcome
    return DEPENDS


def _found(reading: Reading, rings: bool, case: Case, compiled: Compiled) -> tuple[Found, ...]:
    """What was read, each thing once, by its tightest words, where its mentions lie in one another. What only serves warning signs is no
    reading of its own: a treatment that may be recent is shown when a sign `rings`, words that keep a sign from ringing never."""
    role, known, standing = compiled.knowledge.findings, compiled.knowledge.concerns, {m.id for m in case.concerns}
    listed = [
        _as_found(m, reading.text) for m in reading.mentions
        if m.span[0] < m.span[1] and not (m.kind == "concern" and known[m.id].general and m.id not in standing)
        and not (m.kind == "finding-no" and role[m.id].role in RINGING) and (rings or m.kind != "finding" or role[m.id].role != "setting")
    ]  # fmt: skip
    tightest: dict[tuple[str, str, object, bool, str], list[Found]] = {}
    for found in sorted(listed, key=lambda f: f.span[1] - f.span[0]):
        kept = tightest.setdefault((found.id, found.kind, found.value, found.negated, found.about), [])
        if not any(found.span[0] <= other.span[0] and other.span[1] <= found.span[1] for other in kept):
            kept.append(found)
    told = [found for kept in tightest.values() for found in kept]
    told += [Found("finding", m.finding, round(m.value, 3), m.span, reading.text[slice(*m.span)]) for m in reading.measures]
    if reading.age:
        told.append(Found("finding", "age", round(reading.age[0], 2), reading.age[1:], reading.text[slice(*reading.age[1:])]))
    if reading.state:
        told.append(Found("state", reading.state[0], True, reading.state[1:], reading.text[slice(*reading.state[1:])]))
    return tuple(sorted(told, key=lambda f: (f.span, f.kind, f.id)))


def _as_found(m: Mention, text: str) -> Found:
    negated = m.context.negated or m.context.refused if m.kind in ("procedure", "means") else m.context.negated
    kind = "finding" if m.kind in ("finding-no", "choice") else m.kind
    value: bool | str = m.choice if m.kind == "choice" else m.kind != "finding-no" and not m.context.negated
    return Found(kind, m.id, value, m.span, text[slice(*m.span)], negated, "other" if m.context.other else "self")


def _asks(parts: tuple[Part, ...], case: Case, compiled: Compiled) -> tuple[Ask, ...]:
    """What would change the answer: first what settles the kind of care, then what the deciding policies lack."""
    wanted: dict[str, None] = {}
    if any(part.intent == "undetermined" for part in parts):
        wanted |= {finding: None for finding in ("lost-function", "abnormal-structure") if finding not in case.facts}
    open_parts = [part for part in parts if part.outcome == DEPENDS]
    answers: list[CoverageAnswer] = [answer for part in open_parts for answer in part.coverage if answer.outcome == DEPENDS]
    for answer in sorted(answers, key=lambda a: not a.decides):
        for finding in answer.missing:
            wanted[finding] = None
    listed = list(wanted)[:MOST_QUESTIONS]
    return tuple(Ask("you", *_pair(finding, compiled)) for finding in listed)


def _pair(finding: str, compiled: Compiled) -> tuple[str, str, str]:
    asked, how = question(finding, compiled)
    return asked, finding, how


def _sources(answer: Assessment, compiled: Compiled, on: date) -> dict[str, SourceOut]:
    """Every source cited anywhere in the answer. What an item cites is looked up once a day, under what tells it from others of its kind."""
    items: dict[tuple[str, Hashable], Iterable[Cited | Option]] = {}
    for sign in answer.urgent:
        items["sign", sign.id] = (sign,)
    for note in answer.readiness:
        items["note", note.id] = (note,)
    for part in answer.parts:
        for option in part.options:
            items["option", option.cites if option.procedure == NOTHING else option.procedure] = (option,)
        for why in part.why:
            items["reason", why.cites] = (why,)
        if part.hands:
            items["hands", part.hands[0].procedure] = part.hands
        for policy in part.coverage:
            items["policy", policy.policy] = (policy,)
    shown: dict[str, SourceOut] = {}
    today = compiled.on(on)
    for (kind, key), listed in items.items():
        shown |= today.once(kind, key, partial(_sources_of, listed, compiled, on))
    return shown


def _sources_of(items: Iterable[Cited | Option], compiled: Compiled, on: date) -> dict[str, SourceOut]:
    """The sources that items cite, as shown on a day."""
    known = compiled.knowledge.sources
    keys = dict.fromkeys(cite.partition(" @ ")[0] for item in items for cite in _cites_of(item))
    return {key: SourceOut.of(known[key], on) for key in keys if key in known}


def _cites_of(item: Cited | Option) -> tuple[str, ...]:
    if not isinstance(item, Option):
        return item.cites
    said = [s for s in (item.anaesthesia, item.setting, item.lasts, *item.recovery, *item.risks) if s]
    return (*item.cites, *(cite for s in said for cite in s.cites))
