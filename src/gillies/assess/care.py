"""What kind of care a part is, by the rules in care/intent.yaml over three facts worked out here."""

from collections.abc import Mapping

from gillies.assess.answer import Why
from gillies.assess.parts import Need
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Care, Concern, Intent, Procedure
from gillies.logic import MET
from gillies.reading.read import Mention
from gillies.rules.nodes import Value

OTHER_SPECIALTY = 0.6
AIM_NOT_TOLD = "aim-not-told"
"""Finding: the text says outright that nobody wrote down what it is for, or why an earlier operation was done."""
BESIDE = "part-for-looks"
"""Finding: beside what is needed, a part of the request is for its looks."""
HINDERS = frozenset({"functional-impairment", "daily-living-affected"})
"""Findings: something cannot be done because of it."""
PLAIN_CARE: dict[str, Care] = {"cosmetic": "cosmetic-surgery", "reconstructive": "reconstructive-plastic-surgery"}


def part_facts(need: Need, compiled: Compiled, aim: Mapping[str, Value] = {}) -> dict[str, Value]:
    """The three facts on which the kind of care rests; what nothing speaks for stays unknown. `aim`: those that a form tells outright."""
    concerns = [compiled.knowledge.concerns[m.id] for m in _told(need, compiled)]
    roles = {compiled.knowledge.findings[m.id].role for m in need.causes if m.id not in (AIM_NOT_TOLD, BESIDE)}
    function = "function" in roles or any(concern.lean == "reconstructive" and concern.role == "function" for concern in concerns)
    harmless = need.for_looks and not function
    abnormal = "cause" in roles or any(_abnormal(concern) and not (harmless and _often_for_looks(concern, compiled)) for concern in concerns)
    aftermath = any(concern.role == "complication" for concern in concerns) and _after_cosmetic_treatment(need, compiled)
    unsettled = any(concern.lean == "neutral" and concern.role == "function" for concern in concerns)  # a body that does not fit its gender
    looks = aftermath or any(not unsettled and concern.lean == "cosmetic" and not (function and concern.role == "structure") for concern in concerns)
    beside = _beside(need) and any(not wish.past and compiled.knowledge.procedures[wish.procedure].typical_intent == "cosmetic" for wish in need.wishes)
    looks = looks or beside or (need.for_looks and not abnormal and not function)
    facts: dict[str, Value] = {}
    if abnormal:
        facts["abnormal-structure"] = True
    if function:
        facts["lost-function"] = True
    apart = looks and "cause" not in roles and not (abnormal and _same_matter(need, compiled)) and not _same_complaint(need, compiled)
    if aftermath or apart or (beside and (abnormal or function)):
        facts["looks-of-normal-structure"] = True
    return facts | dict(aim)


def _beside(need: Need) -> bool:
    return any(m.id == BESIDE for m in need.causes)


def _told(need: Need, compiled: Compiled) -> list[Mention]:
    """The concerns without a looks concern that is only a piece of a fuller one ("hanging belly skin" in "hanging belly skin below the pubis")."""
    known = compiled.knowledge.concerns
    fuller = [m for m in need.concerns if known[m.id].lean != "cosmetic"]
    return [m for m in need.concerns if known[m.id].lean != "cosmetic" or not any(_holds(other, m) for other in fuller)]


def _holds(fuller: Mention, m: Mention) -> bool:
    """Whether a mention takes in another one, and begins with it."""
    return fuller.span[0] == m.span[0] and m.span[1] < fuller.span[1]


def _after_cosmetic_treatment(need: Need, compiled: Compiled) -> bool:
    """Trouble after a treatment that was for looks is both: harm to be mended, and a wish about looks. Where no treatment is named, what mends it tells."""
    known = compiled.knowledge.procedures
    named = [wish.procedure for wish in need.wishes] or [
        p for concern in _concerns(need, compiled) if concern.role == "complication" for p in concern.procedures[:1]
    ]
    return any(known[p].typical_intent == "cosmetic" for p in named if p in known)


def _abnormal(concern: Concern) -> bool:
    return concern.lean == "reconstructive" and concern.role in ("structure", "cause", "complication", "looks")


def _often_for_looks(concern: Concern, compiled: Compiled) -> bool:
    """Whether it is treated as a hindrance first, and for looks next: varicose veins that do not hurt, a droopy lid that sees."""
    known = compiled.knowledge.procedures
    intents = [known[p].typical_intent for p in concern.procedures[:2] if p in known]
    return concern.role == "structure" and intents[:1] == ["reconstructive"] and intents[1:] != [] and intents[1] != "reconstructive"


def _same_matter(need: Need, compiled: Compiled) -> bool:
    """A wish about looks that shares its sentence, or its place and treatment, with an abnormal structure is about that structure."""
    concerns = _concerns(need, compiled)
    sentences = {m.sentence for m, concern in zip(need.concerns, concerns, strict=True) if _abnormal(concern)}
    abnormal = {p for concern in concerns if _abnormal(concern) for p in concern.procedures}
    general = abnormal | {compiled.knowledge.procedures[p].form_of for p in abnormal if p in compiled.knowledge.procedures}
    sites = {concern.site for concern in concerns if _abnormal(concern)}
    looks = [(m, concern) for m, concern in zip(need.concerns, concerns, strict=True) if concern.lean == "cosmetic"]
    return all(m.sentence in sentences or (not _beside(need) and concern.site in sites and set(concern.procedures) & general) for m, concern in looks)


def _same_complaint(need: Need, compiled: Compiled) -> bool:
    """Whether every wish about looks is but the name of what hinders: hooded lids that block the view, a growth that catches and bleeds."""
    concerns = list(zip(need.concerns, _concerns(need, compiled), strict=True))
    hindering = [(m.sentence, c.procedures[:2]) for m, c in concerns if c.lean == "reconstructive" and c.role == "function"]
    looks = [(m.sentence, c.procedures[:2]) for m, c in concerns if c.lean == "cosmetic"]
    return bool(looks) and all(any((s == t and set(p) & set(q)) or (not need.for_looks and p[:1] == q[:1]) for t, q in hindering) for s, p in looks)


def intent_of(need: Need, compiled: Compiled, aim: Mapping[str, Value] = {}) -> tuple[Intent, tuple[Why, ...]]:
    """The intent of a part and why."""
    facts = part_facts(need, compiled, aim)
    if not aim and _untold(need, compiled):
        return "undetermined", ()
    reconstructive = compiled.rule("intent.reconstructive").run(facts)
    cosmetic = compiled.rule("intent.cosmetic").run(facts)
    cites = compiled.knowledge.intent["intent"].cites
    why = tuple(
        Why(f"{leaf.node.say}{_because(leaf.finding, need, compiled)}.", cites)
        for trace in (reconstructive, cosmetic)
        for leaf in trace.leaves()
        if leaf.truth is MET
    )
    if reconstructive.truth is MET:
        usual = _usual(need, compiled)
        return ("mixed" if cosmetic.truth is MET or usual == "both" else "reconstructive"), why
    if cosmetic.truth is MET:
        return "cosmetic", why
    return _typical(need, compiled)


def _untold(need: Need, compiled: Compiled) -> bool:
    """Whether the text leaves open on purpose what it is for, and tells of no function that is lost; pain alone does not tell."""
    told = {m.id for m in need.causes}
    hinders = any(concern.role == "function" for concern in _concerns(need, compiled)) or not told.isdisjoint(HINDERS)
    return AIM_NOT_TOLD in told and not hinders


def _because(finding: str, need: Need, compiled: Compiled) -> str:
    """What in the text speaks for a fact."""
    if finding == "looks-of-normal-structure":
        names = [c.name for c in _concerns(need, compiled) if c.lean == "cosmetic"]
    elif finding == "lost-function":
        names = [c.name for c in _concerns(need, compiled) if c.lean == "reconstructive" and c.role == "function"]
    else:
        names = [c.name for c in _concerns(need, compiled) if _abnormal(c)]
    unique = list(dict.fromkeys(name[0].lower() + name[1:] for name in names))
    return f" ({', '.join(unique[:3])})" if unique else ""


def _concerns(need: Need, compiled: Compiled) -> list[Concern]:
    return [compiled.knowledge.concerns[m.id] for m in need.concerns]


def _usual(need: Need, compiled: Compiled) -> str:
    """Whether the procedures asked for are usually done for two different aims."""
    intents = {compiled.knowledge.procedures[wish.procedure].typical_intent for wish in need.wishes if not wish.past}
    return "both" if {"cosmetic", "reconstructive"} <= intents and all(m.id in (AIM_NOT_TOLD, BESIDE) for m in need.causes) else ""


def _typical(need: Need, compiled: Compiled) -> tuple[Intent, tuple[Why, ...]]:
    """Nothing said decides: what the procedures are typically done for, and the text has no reason against it."""
    wished = [compiled.knowledge.procedures[wish.procedure] for wish in need.wishes if not wish.past]
    medical = next((concern for concern in _concerns(need, compiled) if concern.lean == "neutral" and concern.role == "function"), None)
    if medical and not any(procedure.typical_intent == "undetermined" for procedure in wished):
        return "mixed", (
            Why(f"It has a medical aim ({medical.name[0].lower()}{medical.name[1:]}) and reshapes parts that are normal in build.", medical.cites),
        )
    if not need.subject:
        return "undetermined", ()
    best = wished or [compiled.knowledge.procedures[(need.procedures or need.subject)[0]]]
    intents = {procedure.typical_intent for procedure in best} - {"undetermined", "mixed"}
    if not intents:
        return "undetermined", ()
    intent: Intent = next(iter(intents)) if len(intents) == 1 else "mixed"
    return intent, (Why(f"{best[0].name} is usually {intent}, and nothing said speaks against it.", best[0].summary.cites),)


def care_of(need: Need, intent: Intent, compiled: Compiled) -> tuple[Care, ...]:
    """Kinds of care, most fitting first."""
    about = need.procedures if need.concerns and need.procedures else need.subject
    procedures = [compiled.knowledge.procedures[p] for p in about]
    if intent == "mixed":
        return ("mixed", *_distinct([*_named(procedures, "reconstructive"), *_named(procedures, "cosmetic")]))
    if intent == "undetermined":
        first = procedures[0].care if procedures else None
        both = [first.cosmetic, first.reconstructive] if first else []
        return _distinct([care for care in both if care]) or ("something-else",)
    return _by_weight(_named(procedures, intent)) or (PLAIN_CARE[intent],)


def _by_weight(cares: list[Care]) -> tuple[Care, ...]:
    """Kinds by how high and how often the fitting procedures name them; another specialty's help alone seldom is the whole answer."""
    weight: dict[Care, float] = {}
    for rank, care in enumerate(cares):
        share = 1 / (1 + rank)
        weight[care] = weight.get(care, 0.0) + (share * OTHER_SPECIALTY if care == "something-else" else share)
    return tuple(sorted(weight, key=lambda care: -weight[care]))


def _named(procedures: list[Procedure], intent: str) -> list[Care]:
    found: list[Care] = []
    for procedure in procedures:
        care = procedure.care.cosmetic if intent == "cosmetic" else procedure.care.reconstructive
        if care is not None:
            found.append(care)
    return found


def _distinct(cares: list[Care]) -> tuple[Care, ...]:
    return tuple(dict.fromkeys(cares))
