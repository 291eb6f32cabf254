"""A Reading becomes a Case: the facts known so far, what is wanted, what is refused, who pays."""

from collections.abc import Callable
from functools import partial

import msgspec

from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Procedure
from gillies.reading.read import Mention, Reading
from gillies.rules.derived import derive
from gillies.rules.nodes import Value

LB_PER_KG = 0.45359237


class Wish(msgspec.Struct, frozen=True):
    """A procedure named in the text. `strength`: 3 asked for, 2 named, 1 only imagined; `past`: already done."""

    procedure: str
    strength: int
    past: bool
    mention: Mention


class Case(msgspec.Struct, frozen=True):
    """What is known. `facts` holds findings in their own units; what is absent is unknown."""

    facts: dict[str, Value]
    wishes: tuple[Wish, ...]
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


def build_case(reading: Reading, compiled: Compiled) -> Case:
    """The case that a text tells."""
    procedures = [m for m in reading.mentions if m.kind == "procedure"]
    concerns = [m for m in reading.mentions if m.kind == "concern"]
    own = [m for m in (*procedures, *concerns) if not m.context.other]
    others_only = not own
    wanted = frozenset(m.id for m in procedures if _clearly_wanted(m))
    named = frozenset(m.id for m in procedures if _refused(m)) - wanted
    done = frozenset(m.id for m in procedures if m.context.past or m.context.long_ago) - wanted
    real = _unexplained(_not_feared([m for m in concerns if _present(m, others_only)], compiled), compiled)
    real = _without_landmarks(real, procedures, compiled)
    turned_down = frozenset(m.id for m in procedures if m.context.refused) & named
    means = _refused_means(reading, turned_down, compiled)
    real = _without_landmarks(real, procedures, compiled)
    wrong = _told_of_as_gone_wrong(procedures, real, compiled) - wanted
    done |= wrong
    spoilt = _spoilt(procedures, done, real, compiled) - wanted
    return Case(
        facts=derive(_facts(reading, compiled, others_only), compiled.tables.recipes),
        wishes=tuple(
            _wish(_as_over(m) if m.id in wrong and not (m.context.hypothetical or m.context.feared) else m, done)
            for m in procedures
            if _is_wish(m, named, concerns) and (others_only or not m.context.other)
        ),
        concerns=tuple(real),
        causes=tuple(_carried(_said_of(reading, compiled, others_only, {"cause", "function"}), real, procedures, compiled)),
        looks=tuple(_said_of(reading, compiled, others_only, {"looks"})),
        denies_harm=_denies_harm(reading, compiled),
        refused=named | spoilt | _refused_with(turned_down, means, wanted, compiled),
        refused_means=frozenset(way for way, asked in means.items() if not asked),
        payers=_payers(reading, compiled),
        state=reading.state[0] if reading.state else None,
        elsewhere=tuple(m for m in reading.mentions if m.kind == "elsewhere" and not m.context.negated),
        others_only=others_only,
    )


def _is_wish(m: Mention, refused: frozenset[str], concerns: list[Mention]) -> bool:
    """Whether a mention of a procedure tells of a wish, or of what was done and is not wanted again. What is named to say where something is tells of none."""
    if m.context.landmark and concerns:
        return False
    return m.id not in refused or ((m.context.past or m.context.long_ago) and m.context.refused and not m.context.negated)


NO = "no-"
"""Begins the ids of ways (lexicon/means.yaml) whose phrases turn them down by themselves ("my own tissue" turns down implants)."""
FEARED = frozenset({"needles", "general-anaesthesia"})
"""Ways that people fear and yet go through: what is asked for by name outlasts them wherever it stands."""
FAMILIES = frozenset({"filler", "toxin"})
"""Whoever turns down one treatment with these turns down the others too."""
LONGEST_NAME = 2
"""Words in which a treatment is asked for by its name."""
LITTLE_DOWNTIME = 3
"""Days after which whoever cannot take time off is at work again."""


def _refused_means(reading: Reading, named: frozenset[str], compiled: Compiled) -> dict[str, frozenset[str]]:
    """The ways of doing things that are turned down, each with what uses it and is asked for by name all the same ("I hate needles but I do want Botox")."""
    known = compiled.knowledge.procedures
    said: dict[str, Mention | None] = {}
    for m in reading.mentions:
        if m.kind == "means":
            by_itself = m.id.startswith(NO)
            if (by_itself and not m.context.negated) or (not by_itself and (m.context.refused or m.context.negated)):
                said[m.id.removeprefix(NO)] = m
    for procedure in named:
        for way in FAMILIES.intersection(known[procedure].uses):
            said.setdefault(way, None)
    asked: dict[str, set[str]] = {way: set() for way in said}
    for m in reading.mentions:
        if m.kind == "procedure" and len(m.pieces) == 1 and m.pieces[0][1] - m.pieces[0][0] <= LONGEST_NAME:
            for way in said.keys() & set(known[m.id].uses):
                if _asked_after(m, said[way]) or (way in FEARED and _clearly_wanted(m)):
                    asked[way].add(m.id)
    return {way: frozenset(procedures) for way, procedures in asked.items()}


def _asked_after(m: Mention, refusal: Mention | None) -> bool:
    """Whether a procedure is asked for after a way was turned down, or plainly named in the same sentence ("non-invasive, called needle aponeurotomy")."""
    if refusal is None or m.span[0] < refusal.span[1]:
        return refusal is None and _clearly_wanted(m)
    turned = m.context.refused or m.context.negated or m.context.past or m.context.other or m.context.hypothetical or m.context.feared
    beside = m.pieces[0][0] == refusal.pieces[-1][1]  # "a non-surgical nose job"
    return (_clearly_wanted(m) and not beside) or (m.sentence == refusal.sentence and not turned and not beside)


def _refused_with(named: frozenset[str], means: dict[str, frozenset[str]], keep: frozenset[str], compiled: Compiled) -> frozenset[str]:
    """The procedures that fall with what is refused: the special forms of a general name, what takes time off, what stays for good."""
    fallen: set[str] = set()
    for general in named:
        fallen |= compiled.once("forms", general, partial(_forms_of, general, compiled))
    for way, asked in means.items():
        if way in FALLS_WITH:
            fallen |= compiled.once("falls with", way, partial(_those, FALLS_WITH[way], compiled))
        elif asked:
            fallen |= compiled.once("uses", way, partial(_users_of, way, compiled)) - asked
    return frozenset(fallen) - keep


def _users_of(way: str, compiled: Compiled) -> frozenset[str]:
    return _those(lambda p: way in p.uses, compiled)


def _forms_of(general: str, compiled: Compiled) -> frozenset[str]:
    return _those(lambda p: p.form_of == general, compiled)


def _those(test: Callable[[Procedure], bool], compiled: Compiled) -> frozenset[str]:
    return frozenset(p.id for p in compiled.knowledge.procedures.values() if test(p))


def _takes_days_off(p: Procedure) -> bool:
    return p.invasiveness == "surgical" or (p.recovery.light is not None and p.recovery.light.days[0] > LITTLE_DOWNTIME)


def _stays_for_good(p: Procedure) -> bool:
    return p.invasiveness == "surgical" or "implants" in p.uses


FALLS_WITH: dict[str, Callable[[Procedure], bool]] = {"downtime": _takes_days_off, "permanent": _stays_for_good}
"""Ways that no procedure `uses`, and what is turned down with them."""


def _spoilt(procedures: list[Mention], done: frozenset[str], concerns: list[Mention], compiled: Compiled) -> frozenset[str]:
    """Treatments without surgery, other than for harm, that went wrong: what mends it is offered, not the same again, unless that is the mend."""
    known = compiled.knowledge
    wrong = [known.concerns[m.id] for m in concerns if known.concerns[m.id].role == "complication"]
    mends = {p for concern in wrong for p in concern.procedures}
    told = [m for m in procedures if not m.context.other]
    own = {m.id for m in told if m.context.spoilt and not m.context.wanted} | {m.id for m in told if wrong and m.id in done}
    elective = {p for p in own if known.procedures[p].invasiveness != "surgical" and known.procedures[p].typical_intent != "reconstructive"}
    return frozenset(elective - mends)


def _told_of_as_gone_wrong(procedures: list[Mention], concerns: list[Mention], compiled: Compiled) -> frozenset[str]:
    """The treatments that a complication names: they are done."""
    words = [_words_of(m) for m in concerns if compiled.knowledge.concerns[m.id].role == "complication"]
    return frozenset(m.id for m in procedures if any(_words_of(m) <= held for held in words))


def _without_landmarks(concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without scars, moles and the like that only say where the thing complained of is, where something is complained of."""
    marks = [m for m in concerns if m.context.landmark]
    if not marks:
        return concerns
    places, words = {(m.id, m.sentence) for m in marks}, set().union(*(_words_of(m) for m in marks))
    others = [m for m in concerns if (m.id, m.sentence) not in places and not (_abnormal(m, compiled) and _words_of(m) & words)]
    return others if others or any(not m.context.landmark for m in procedures) else concerns


def _abnormal(m: Mention, compiled: Compiled) -> bool:
    return compiled.knowledge.concerns[m.id].lean == "reconstructive"


CARRIED = frozenset({"cause-birth", "cause-injury", "cause-burn"})
"""Causes that a story goes on from."""
CARRIED_TO_WISHES = CARRIED | {"cause-disease"}
"""Causes that a treatment of the same part is asked about for, where its sentence complains of nothing else."""
CARRIED_FAR = 3
"""How many sentences on a story may go."""


def _carried(said: list[Mention], concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """What is said of causes and function, each cause also said of the sentences that go on from it: "I was in a crash. My cheek is flat. My eye has sunk."."""
    told = {m.sentence for m in said}
    bare = [m for m in procedures if m.sentence not in {concern.sentence for concern in concerns}]
    carried = list(said)
    for cause in said:
        own = {_region(m, compiled) for m in concerns if m.sentence == cause.sentence}
        later: set[int] = set()
        if cause.id in CARRIED:
            later |= {m.sentence for m in concerns if not m.context.wanted and (not own or _region(m, compiled) in own)}
        if cause.id in CARRIED_TO_WISHES:
            later |= {m.sentence for m in bare if _region_of_procedure(m.id, compiled) in own}
        carried += [msgspec.structs.replace(cause, sentence=n) for n in sorted(later - told) if 0 < n - cause.sentence <= CARRIED_FAR]
    return carried


def _region_of_procedure(procedure: str, compiled: Compiled) -> str:
    site = compiled.knowledge.procedures[procedure].sites[0]
    return compiled.knowledge.sites[site].within or site


def _region(concern: Mention, compiled: Compiled) -> str:
    site = compiled.knowledge.concerns[concern.id].site
    return compiled.knowledge.sites[site].within or site


def _not_feared(concerns: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without scars and the like that are only feared of what is asked about; alone, a fear is the subject."""
    known = compiled.knowledge.concerns
    real = [
        m for m in concerns if not ((m.context.hypothetical or m.context.feared) and known[m.id].lean == "reconstructive" and known[m.id].role != "function")
    ]
    return real or concerns


def _unexplained(concerns: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without the signs that a complication takes in: who tells of a droopy lid since Botox has no droopy lid to be operated on."""
    known = compiled.knowledge.concerns
    complications = [(known[m.id].site, _words_of(m)) for m in concerns if known[m.id].role == "complication"]
    signs = [m for m in concerns if known[m.id].role != "complication"]
    explained = {m.id for m in signs for site, words in complications if _words_of(m) < words or (_is_harm_at(site, m, compiled) and _words_of(m) & words)}
    return [m for m in concerns if m.id not in explained]


def _is_harm_at(site: str, m: Mention, compiled: Compiled) -> bool:
    return compiled.knowledge.concerns[m.id].site == site and _abnormal(m, compiled)


def _words_of(m: Mention) -> set[int]:
    return {i for piece in m.pieces for i in range(*piece)}


def _refused(m: Mention) -> bool:
    return (m.context.refused or m.context.negated) and not _clearly_wanted(m)


def _clearly_wanted(m: Mention) -> bool:
    return m.context.wanted and not (m.context.refused or m.context.negated)


def _present(m: Mention, others_only: bool) -> bool:
    return not (m.context.negated or m.context.not_told) and (others_only or not m.context.other)


def _as_over(m: Mention) -> Mention:
    """The mention of a treatment that went wrong: told of as done, wherever it is named."""
    return msgspec.structs.replace(m, context=msgspec.structs.replace(m.context, past=True))


def _wish(m: Mention, done: frozenset[str]) -> Wish:
    strength = 1 if (m.context.hypothetical or m.context.feared) and not m.context.wanted else 3 if m.context.wanted else 2
    return Wish(m.id, strength, m.id in done, m)


def _said_of(reading: Reading, compiled: Compiled, others_only: bool, roles: set[str]) -> list[Mention]:
    """Mentions of findings of these roles that hold now: not asked about ("does it hurt?") and not feared."""
    findings = compiled.knowledge.findings
    said = [m for m in reading.mentions if m.kind == "finding" and findings[m.id].role in roles and _present(m, others_only)]
    return [m for m in said if not (m.context.hypothetical or m.context.feared)]


MEDICAL = frozenset({"treatment", "measure", "document"})


def _denies_harm(reading: Reading, compiled: Compiled) -> bool:
    """A denial says nothing of the aim where treatment, measurements or records are told: that is how a medical request is argued."""
    if any(m.kind == "finding" and compiled.knowledge.findings[m.id].role in MEDICAL for m in reading.mentions):
        return False
    findings, concerns = compiled.knowledge.findings, compiled.knowledge.concerns
    for m in reading.mentions:
        denied = m.kind == "finding-no" or (m.kind in ("finding", "concern") and m.context.negated)
        if denied and (concerns[m.id].role if m.kind == "concern" else findings[m.id].role) == "function":
            return True
    return False


def _payers(reading: Reading, compiled: Compiled) -> tuple[str, ...]:
    """The payers named, first named first; a particular one ("Medicare, WPS") stands for the general one it is part of."""
    named = dict.fromkeys(m.id for m in reading.mentions if m.kind == "payer" and not m.context.negated)
    general = {compiled.knowledge.payers[payer].part_of for payer in named}
    return tuple(payer for payer in named if payer not in general)


def _facts(reading: Reading, compiled: Compiled, others_only: bool) -> dict[str, Value]:
    """Finding id -> value. A plain "no" phrase beats a mention; an affirmed mention beats a denied one."""
    findings = compiled.knowledge.findings
    facts: dict[str, Value] = {}
    for m in reading.mentions:
        if m.kind == "choice":
            if not m.context.negated:
                facts.setdefault(m.id, m.choice)
        elif (m.kind == "concern" and (others_only or not m.context.other) and not m.context.not_told) or (
            m.kind == "finding" and m.id in findings and _counts(m, findings[m.id].role, others_only)
        ):
            facts[m.id] = facts.get(m.id) is True or not m.context.negated
    for m in reading.mentions:
        if m.kind == "finding-no" and not m.context.hypothetical and not _said_elsewhere(m, reading):
            facts[m.id] = False
    for measure in reading.measures:
        facts[measure.finding] = measure.value
    if reading.age:
        facts["age"] = reading.age[0]
    if reading.sex:
        facts["sex"] = reading.sex
    return facts


def _said_elsewhere(no: Mention, reading: Reading) -> bool:
    """Whether what one sentence rules out is told in another ("no pain in my neck. My back hurts"): a stray phrase must not silence an alarm."""
    told = [m for m in reading.mentions if m.kind == "finding" and m.id == no.id and not m.context.negated]
    return any(m.sentence != no.sentence and _counts(m, "symptom", others_only=True) for m in told)


def _counts(m: Mention, role: str, others_only: bool) -> bool:
    """Whether a mention says something of this case now. A symptom counts whoever has it, unless feared, asked about or long past."""
    if m.context.not_told:
        return False
    if role == "symptom":
        return not (m.context.hypothetical or m.context.feared or m.context.long_ago)
    if role == "setting":
        return not m.context.hypothetical
    return others_only or not m.context.other
