"""Frames that follow from records other than statements: how long training takes and who recognises a board; of each procedure whether it is
surgery, how people recover, how long it lasts, what can go wrong, who trains for it, who pays. Each keeps the fact it came from."""

import re
from collections.abc import Iterator

from gillies.check.derive_codes import codes
from gillies.check.derive_fields import of_field
from gillies.check.derive_frame import FIELD_TERM, TermsOf, frame, low
from gillies.check.held import Held, Range
from gillies.check.numbers import AT_THE_TOP, find_amounts
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Hand, Procedure, Said, Span
from gillies.knowledge.schema_hands import Board, Pathway
from gillies.knowledge.schema_statements import Verdict

HARMS = (
    "infection", "bleeding", "blood-clot", "fat-embolism", "nerve-injury", "numbness", "asymmetry", "burn", "bruise", "swelling", "droopy-lid",
    "skin-colour", "contracture", "rupture", "lump", "allergy", "blindness", "death", "scar", "vessel-block", "lymphoma", "further-surgery", "migrate",
    "fat-growth",
)  # fmt: skip
"""What can go wrong, as terms.yaml calls it."""
PART_DIES = re.compile(r"\b(?:skin|fat|graft|tissue|tip|flap|nipple|bone|hair|muscle)\b", re.IGNORECASE)
"""Where a risk speaks of these, what dies is a part, not the person."""
SCARS = "surgery-leaves-a-scar"
"""The statement whose fact answers for every operation with a cut."""
ROOM = 0.6, 1.6
"""How far outside our own range a number may lie and still count: people count days in different ways."""
OF_A_BOUND = 0.25
"""From which part of an "up to ten years" on a time may be meant."""
OFF_WORK, ROOM_AT_WORK = "off-work", 2.5
"""The term of days off work; how many times our own longest time until light activity they may last: work differs."""
SOME_DAYS, LITTLE_DAYS = 2, 3
"""Days from which on a treatment needs time to recover; days up to which "no downtime" is right."""
IN_BRACKETS = re.compile(r" \([^)]*\)")
"""What a field's name explains ("Oculoplastic (eyelid and eye socket) surgery")."""
FEWEST_TERMS = 2
"""A training whose name says less could be any."""
SITES = ("nose", "lips", "ear", "eyelid", "breast", "abdomen", "buttock", "chin", "neck", "thigh", "scalp")
"""Places on the body that a procedure is, or is not, an operation on."""


def derive(knowledge: Knowledge, terms_of: TermsOf) -> Iterator[Held]:
    """Every frame that follows, in the order of the records."""
    for board in knowledge.boards.values():
        yield from _board(board)
    yield from codes(knowledge, terms_of)
    for field in knowledge.fields.values():
        yield from of_field(field)
    for pathway in knowledge.pathways.values():
        yield from _pathway(pathway, terms_of, _is_route(pathway, knowledge))
    for procedure in knowledge.procedures.values():
        yield from _kind(procedure, knowledge)
        yield from _site(procedure, knowledge)
        yield from _recovery(procedure)
        yield from _lasting(procedure)
        yield from _asleep(procedure, terms_of)
        yield from _harm(procedure, terms_of)
        yield from _hands(procedure, knowledge)
        yield from _outside(procedure, knowledge)
        yield from _pays(procedure, knowledge)
        yield from _intent(procedure)
        yield _definition(procedure)


def _board(board: Board) -> Iterator[Held]:
    """Whether ABMS recognises it, and since when it exists."""
    if board.place == "us" and board.id != "abms":
        facts = [fact for fact in (*board.recognised, *board.not_recognised) if "ABMS" in fact.by]
        is_member = board.kind == "abms"
        if facts:
            yield frame(
                f"{board.id}.abms", f"The {board.name} is a member board of ABMS.", (board.id, "abms", "recognised|membership|board|accredited|belong"),
                "supported" if is_member else "contradicted", facts[0], denied="contradicted" if is_member else "supported", place="us", basis="board-rule",
            )  # fmt: skip
    if board.founded:
        year = board.founded.year
        fact = Said(say=f"The {board.name} was founded in {year}.", cites=board.founded.cites)
        yield frame(
            f"{board.id}.founded", fact.say, (board.id, "found|establish|create|set|start|since"), "supported", fact, denied="contradicted",
            amount=Range("year", year, year + 1), place=board.place, link="amount",
        )  # fmt: skip


def _is_route(pathway: Pathway, knowledge: Knowledge) -> bool:
    """Whether it is one of several routes to one field in one place, and not the one that is meant where none is named: the longest last step."""
    others = [other for other in knowledge.pathways.values() if _same(other) == _same(pathway) and other.steps]
    return bool(pathway.steps) and any(other.steps[-1].years > pathway.steps[-1].years for other in others)


def _same(pathway: Pathway) -> tuple[str, str, str]:
    return pathway.field, pathway.place, pathway.name.partition(" (")[0]


def _pathway(pathway: Pathway, terms_of: TermsOf, is_route: bool) -> Iterator[Held]:
    """How many years its last step takes, and all of it after medical school. A route must be named by its own word."""
    if pathway.who != "physician" or not pathway.steps:
        return
    name, last = pathway.name.partition(" (")[0], pathway.steps[-1]
    terms = tuple(term for term, _ in sorted(terms_of(name)))
    if is_route:
        terms += tuple(term for term, _ in sorted(terms_of(pathway.id.rpartition("-")[2])) if term not in terms)
    in_all = f"; {_years(*pathway.years)} in all after medical school." if len(pathway.steps) > 1 else "."
    fact = Said(say=f"{last.name}: {_years(*last.years)}{in_all}", cites=tuple(dict.fromkeys(cite for step in pathway.steps for cite in step.cites)))
    if len(terms) < FEWEST_TERMS:
        return
    for key, claim, wanted, (least, most) in (
        ("years", f"{name} takes {_years(*last.years)}.", terms, last.years),
        ("total", f"{name} takes {_years(*pathway.years)} after medical school.", (*terms, "medical-school"), pathway.years),
    ):
        yield frame(
            f"{pathway.id}.{key}", claim, wanted, "supported", fact, denied="contradicted", amount=Range("years", least, most), place=pathway.place,
            link="amount", basis="board-rule",
        )  # fmt: skip


def _years(least: float, most: float) -> str:
    return f"{least:g} years" if least == most else f"{least:g} to {most:g} years"


def _name(procedure: Procedure) -> str:
    return procedure.name.partition(" (")[0]


def _kind(procedure: Procedure, knowledge: Knowledge) -> Iterator[Held]:
    """Whether it is surgery, and whether it is invasive."""
    key, name, fact = procedure.id, _name(procedure), procedure.summary
    if procedure.invasiveness == "surgical":
        fact = Said(say=f"It is surgery: {low(procedure.summary.say)}", cites=fact.cites)
        yield frame(f"{key}.surgery", f"{name} is surgery.", (key, "surgery"), "supported", fact, denied="contradicted", link="is")
        yield frame(f"{key}.invasive", f"{name} is invasive.", (key, "invasive"), "supported", fact, denied="contradicted")
        yield frame(f"{key}.minimal", f"{name} is minimally invasive.", (key, "minimally-invasive"), "misleading", fact, denied="supported", link="is")
        if "cutting" in procedure.uses and SCARS in knowledge.statements:
            scar = knowledge.statements[SCARS].why
            yield frame(f"{key}.scar", f"{name} leaves a scar.", (key, "scar"), "supported", scar, denied="contradicted", all="supported")
        return
    how = "with needles or small cuts, and is no open surgery" if procedure.invasiveness == "minimally-invasive" else "without a cut"
    fact = Said(say=f"It is done {how}: {low(procedure.summary.say)}", cites=fact.cites)
    if "cutting" not in procedure.uses:
        yield frame(f"{key}.surgery", f"{name} is surgery.", (key, "surgery"), "contradicted", fact, denied="supported", link="is")
    if procedure.invasiveness == "non-invasive":
        yield frame(f"{key}.invasive", f"{name} is invasive.", (key, "invasive"), "contradicted", fact, denied="supported")
    else:
        yield frame(f"{key}.minimal", f"{name} is minimally invasive.", (key, "minimally-invasive"), "supported", fact, denied="contradicted", link="is")
        yield frame(f"{key}.invasive", f"{name} is invasive.", (key, "invasive"), "misleading", fact, denied="misleading")


def _site(procedure: Procedure, knowledge: Knowledge) -> Iterator[Held]:
    """Which parts of the body it is no operation on."""
    own = set(procedure.sites)
    for site in procedure.sites:
        own |= {key for key, other in knowledge.sites.items() if other.within == site} | {knowledge.sites[site].within}
    others = [site for site in SITES if site not in own]
    if len(procedure.sites) <= FEW_SITES and not own & {"body", "skin"} and others:
        yield frame(
            f"{procedure.id}.elsewhere", f"{_name(procedure)} is an operation on another part of the body.", (procedure.id, "|".join(others)),
            "contradicted", procedure.summary, denied="supported", link="site",
        )  # fmt: skip


FEW_SITES = 2


def _recovery(procedure: Procedure) -> Iterator[Held]:
    """That people have to recover, how long until work, how long in all."""
    light, full = procedure.recovery.light, procedure.recovery.full
    key, name = procedure.id, _name(procedure)
    told = [span for span in (light, full) if span]
    if not told:
        return
    first, longest = told[0].days[0], max(span.days[1] for span in told)
    needs: Verdict = "supported" if first >= SOME_DAYS else "misleading" if longest > 1 else "contradicted"
    denied: Verdict = "contradicted" if first >= SOME_DAYS else "misleading" if longest > LITTLE_DAYS else "supported"
    yield frame(f"{key}.recovery", f"{name} needs time to recover.", (key, "recovery"), needs, _told(told[0]), denied=denied, some="supported", link="need")
    if light:
        claim, fact = f"{name}: {low(light.say)}", _told(light)
        yield frame(
            f"{key}.light", claim, (key, "recovery"), "supported", fact, denied="contradicted", amount=_wide(light, full), link="amount",
            unless=(*STRENUOUS, OFF_WORK),
        )  # fmt: skip
        yield frame(f"{key}.work", claim, (key, OFF_WORK), "supported", fact, denied="contradicted", amount=_at_work(light), link="amount", unless=STRENUOUS)
    if full:
        span = Range("days", full.days[0] * ROOM[0], full.days[1] * ROOM[1])
        claim = f"{name}: {low(full.say)}"
        yield frame(f"{key}.full", claim, (key, "full-recovery"), "supported", _told(full), denied="contradicted", amount=span, link="amount")


FOR_WHOM = ("pregnancy", "breastfeed")
"""Terms of people for whom it is another question whether something is safe."""
STRENUOUS = ("exercis", "gym", "sport", "workout", "strenuous", "jog", "swim")
"""Stems of words on what is no light work: when people may do it again is another time."""


def _wide(light: Span, full: Span | None) -> Range:
    """People say recovery of both: work again, and all settled."""
    return Range("days", light.days[0] * ROOM[0], max(light.days[1] * ROOM[1], full.days[1] * ROOM[1] if full else 0, 1))


def _at_work(light: Span) -> Range:
    """Days off work, at least one."""
    return Range("days", light.days[0] * ROOM[0], max(light.days[1] * ROOM_AT_WORK, 1))


def _told(span: Span) -> Said:
    return Said(say=span.say, cites=span.cites)


PERMANENT = re.compile(r"\b(?:permanent|for good|for life|meant to stay|does not come back|do not come back)\b")
PASSING = re.compile(r"\b(?:wears? off|fades?|repeated|come back|goes on aging|goes on ageing|sag again|grow again|new ones can come|up to|months|temporary)\b")
UNDONE = re.compile(r"\bbut\b.*\b(?:goes on thinning|are lost|undo|stretch)\b")
"""What is permanent in itself and still undone by what comes: to call it permanent leaves that out."""
ENDURES = re.compile(r"\b(?:lasts?|lasting|wears? off|fades?|repeated|good for|gives?|give|usually|up to|holds?|about)\b")
"""Words by which a time is how long the result lasts, and not since when it is seen."""


def _lasting(procedure: Procedure) -> Iterator[Held]:
    """Whether the result stays, and for how long."""
    told = procedure.lasts
    if told is None:
        return
    key, name, said = procedure.id, _name(procedure), told.say.lower()
    times = [amount for amount in find_amounts(said) if amount.kind == "time" and amount.low >= 20]
    stays, passes = PERMANENT.search(said), PASSING.search(said)
    if stays and UNDONE.search(said):
        yield frame(f"{key}.permanent", f"{name} is permanent.", (key, "permanent"), "misleading", told, denied="misleading", some="supported")
    elif stays and not passes and not times:
        yield frame(f"{key}.permanent", f"{name} is permanent.", (key, "permanent"), "supported", told, denied="misleading", all="misleading")
    elif passes and not stays:
        yield frame(f"{key}.permanent", f"{name} is permanent.", (key, "permanent"), "contradicted", told, denied="supported")
    if times and ENDURES.search(said) and len({(amount.low, amount.high) for amount in times}) == 1 and not stays and " of " not in said:
        is_bound = times[0].bound in AT_THE_TOP or "up to" in said
        span = Range("days", times[0].high * OF_A_BOUND if is_bound else times[0].low * ROOM[0], times[0].high * ROOM[1])
        yield frame(
            f"{key}.lasts",
            f"{name}: {low(told.say)}",
            (key, "lasts|permanent|result|wear"),
            "supported",
            told,
            denied="contradicted",
            amount=span,
            link="amount",
        )


def _asleep(procedure: Procedure, terms_of: TermsOf) -> Iterator[Held]:
    """Whether people are asleep, numbed, or neither."""
    told = procedure.anaesthesia
    if told is None:
        return
    key, name = procedure.id, _name(procedure)
    terms = {term for term, _ in terms_of(told.say)}
    none = told.say.lower().startswith("none") or "usually none" in told.say.lower()
    asleep, numbed = "anesthesia-general" in terms, "anesthesia-local" in terms
    if asleep and not none:
        yield frame(
            f"{key}.asleep", f"{name} is done under general anaesthesia.", (key, "anesthesia-general"), "supported", told,
            all="misleading" if numbed else "supported", denied="misleading" if numbed else "contradicted",
        )  # fmt: skip
    if numbed:
        yield frame(
            f"{key}.numbed", f"{name} is done with numbing.", (key, "anesthesia-local"), "supported", told, all="misleading" if asleep else "supported",
            denied="misleading" if asleep or none else "contradicted",
        )  # fmt: skip
    if (asleep or numbed) and not none:
        yield frame(f"{key}.anaesthesia", f"{name} is done with an anaesthetic.", (key, "anesthesia"), "supported", told, denied="contradicted")
    elif none and not asleep:
        yield frame(f"{key}.asleep", f"{name} is done under general anaesthesia.", (key, "anesthesia-general"), "contradicted", told, denied="supported")


def _harm(procedure: Procedure, terms_of: TermsOf) -> Iterator[Held]:
    """That it has risks, and each of them that has a name."""
    if not procedure.risks:
        return
    key, name = procedure.id, _name(procedure)
    serious = [risk for risk in procedure.risks if risk.serious]
    worst = (serious or list(procedure.risks))[0]
    fact = Said(say=f"Among its known risks: {low(worst.say)}.", cites=worst.cites)
    yield frame(
        f"{key}.danger", f"{name} has risks.", (key, "danger"), "supported", fact, denied="contradicted" if serious else "misleading", all="supported",
        some="supported", link="whole",
    )  # fmt: skip
    yield frame(
        f"{key}.safe", f"{name} is safe.", (key, "safe"), "misleading", fact, all="contradicted", some="supported", denied="misleading", link="is",
        unless=FOR_WHOM,
    )  # fmt: skip
    seen: set[str] = set()
    for risk in procedure.risks:
        harms = {term for term, sign in terms_of(risk.say) if sign > 0 and term in HARMS} - seen
        for harm in sorted(harms - {"death"} if PART_DIES.search(risk.say) else harms):
            seen.add(harm)
            fact = Said(say=f"Among its known risks: {low(risk.say)}.", cites=risk.cites)
            yield frame(
                f"{key}.{harm}", f"{name} can cause {harm.replace('-', ' ')}.", (key, harm), "supported", fact, denied="contradicted", all="misleading",
                some="supported", relation="causes",
            )  # fmt: skip


def _hands(procedure: Procedure, knowledge: Knowledge) -> Iterator[Held]:
    """Who trains for it."""
    best: dict[str, Hand] = {}
    order = ("core", "fellowship", "related", "outside")
    for hand in procedure.hands:
        field = FIELD_TERM.get(knowledge.pathways[hand.pathway].field)
        if field and knowledge.pathways[hand.pathway].place == "us" and (field not in best or order.index(hand.fit) < order.index(best[field].fit)):
            best[field] = hand
    for field, hand in best.items():
        verdict: Verdict = "contradicted" if hand.fit == "outside" else "misleading" if hand.fit == "related" else "supported"
        denied: Verdict = {"contradicted": "supported", "misleading": "misleading", "supported": "contradicted"}[verdict]  # type: ignore[assignment]
        name = low(IN_BRACKETS.sub("", knowledge.fields[knowledge.pathways[hand.pathway].field].name))
        yield frame(
            f"{procedure.id}.by-{field}", f"{_name(procedure)} belongs to the training in {name}.", (procedure.id, field, "training|residency|fellowship"),
            verdict, hand, denied=denied, some="supported", place="us", basis="board-rule",
        )  # fmt: skip
        if hand.fit in ("core", "fellowship"):
            yield frame(
                f"{procedure.id}.done-by-{field}", f"Specialists in {name} do this: {low(_name(procedure))}.",
                (procedure.id, field, "perform|may-do|offer|specialis|skill|administ|provide"), "supported", hand, denied="contradicted", place="us",
                basis="custom", relation="may",
            )  # fmt: skip


HEAD_FIELDS = ("facial-plastic-surgery", "oculoplastic-surgery")
BELOW_THE_NECK = ("breast", "trunk", "limbs", "hand")


def _outside(procedure: Procedure, knowledge: Knowledge) -> Iterator[Held]:
    """What lies outside a field of the head and neck."""
    if procedure.area not in BELOW_THE_NECK:
        return
    for field in HEAD_FIELDS:
        if not any(knowledge.pathways[hand.pathway].field == field for hand in procedure.hands):
            fact = knowledge.fields[field].what
            yield frame(
                f"{procedure.id}.outside-{field}", f"{_name(procedure)} belongs to {field.replace('-', ' ')}.",
                (procedure.id, FIELD_TERM[field], "training|residency|fellowship|perform|offer|part-of"), "contradicted", fact, denied="supported",
                some="misleading", basis="custom",
            )  # fmt: skip


USUALLY_PAID: dict[str, Verdict] = {"reconstructive": "supported", "cosmetic": "contradicted"}
FLIPPED: dict[Verdict, Verdict] = {"supported": "contradicted", "contradicted": "supported", "misleading": "misleading"}


def _pays(procedure: Procedure, knowledge: Knowledge) -> Iterator[Held]:
    """Whether a health plan pays for it."""
    key, name = procedure.id, _name(procedure)
    policies = [p for p in knowledge.policies.values() if key in p.procedures and p.in_force.until is None]
    pay = (key, "insurance|medicare|medicaid", "covers")
    if policies:
        paying = next((p for p in policies if p.criteria), policies[0])
        fact = Said(say=f"It depends on the reason and on the plan. One policy: {paying.say}", cites=paying.cites)
        usual = USUALLY_PAID.get(procedure.typical_intent, "misleading")
        yield frame(
            f"{key}.pays", f"Health plans cover {name[:1].lower()}{name[1:]}.", pay, usual, fact, all="contradicted",
            some="misleading" if usual == "contradicted" else "supported", denied=FLIPPED[usual], place="us", relation="pays",
        )  # fmt: skip


LOOKS, REPAIR = "looks|cosmetic-surgery", "reconstructive-surgery|function"


def _intent(procedure: Procedure) -> Iterator[Held]:
    """Whether it is done for looks or to repair; of what can be both, both hold of some."""
    key, name, fact = procedure.id, _name(procedure), procedure.turns or procedure.summary
    kinds = {"cosmetic": (LOOKS, "cosmetic", REPAIR, "reconstructive"), "reconstructive": (REPAIR, "reconstructive", LOOKS, "cosmetic")}
    own = kinds.get(procedure.typical_intent)
    if own:
        first: Verdict = "contradicted" if procedure.turns is None else "misleading"
        yield frame(
            f"{key}.{own[1]}", f"{name} is {own[1]}.", (key, own[0]), "supported", fact, all="contradicted" if procedure.turns else None,
            denied=first, link="is",
        )  # fmt: skip
        yield frame(
            f"{key}.{own[3]}", f"{name} is {own[3]}.", (key, own[2]), first, fact, all="contradicted", some="supported" if procedure.turns else None,
            denied="supported", link="is",
        )  # fmt: skip
    elif procedure.typical_intent == "mixed":
        for terms, kind in ((LOOKS, "cosmetic"), (REPAIR, "reconstructive")):
            yield frame(
                f"{key}.{kind}", f"{name} is {kind}.", (key, terms), "misleading", fact, all="contradicted", some="supported", denied="misleading", link="is",
            )  # fmt: skip


def _definition(procedure: Procedure) -> Held:
    """What it is."""
    return frame(
        f"{procedure.id}.is", f"{_name(procedure)}: {low(procedure.summary.say)}", (), "supported", procedure.summary, denied="contradicted",
        kind="definition",
    )  # fmt: skip
