"""The ladder of options side by side, from doing nothing to the most invasive: what each does, what speaks for and against it, recovery, harms, hands, cost."""

import re
from collections.abc import Iterable

import msgspec

from gillies.assess.answer import CoverageAnswer, Option, Sentence
from gillies.assess.expect import NOTHING
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Intent
from gillies.web.draw import Crowd, Track, crowd, in_days, people_for, track
from gillies.web.notes import Line, Notes
from gillies.web.words import words

FIRST_RISKS = 3
MOST_HANDS = 3
MOST_AIMS = 3
SOON, LONG = 14, 14
"""Days until light activity that speak for an option, days until all is as before that speak against it."""
RATE = re.compile(r"([\d.]+) in ([\d,]+) people(.*)")
LEVEL = {"non-invasive": 1, "minimally-invasive": 2, "surgical": 3}


class Rate(msgspec.Struct, frozen=True):
    """How often a harm occurs: of so many people, how many not, within which time; as it was published; and its picture, where one person is not too many."""

    of_people: str
    spared: str
    within: str
    published: str
    crowd: Crowd | None


class Risk(msgspec.Struct, frozen=True):
    """A possible harm, and how often it occurs where that is known."""

    line: Line
    serious: bool
    rate: Rate | None


class Rung(msgspec.Struct, frozen=True):
    """One option. `level`: 0 for doing nothing, 1 to 3; `open`: it may be chosen today."""

    id: str
    name: str
    level: int
    invasive: str
    summary: Line
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    track: Track | None
    recovery: tuple[Line, ...]
    lasts: Line | None
    facts: tuple[tuple[str, Line], ...]
    risks: tuple[Risk, ...]
    more_risks: tuple[Risk, ...]
    hands: tuple[tuple[str, str], ...]
    pays: str


class About(msgspec.Struct, frozen=True):
    """What the options are for. `title`: the concerns, as told; `rows`: what policies say of them; `waits`: nothing may be chosen today."""

    title: str
    intent: Intent
    rows: tuple[CoverageAnswer, ...]
    waits: bool = False
    ruled: frozenset[str] = frozenset()
    """Procedures that some policy speaks of, where no case is judged by it."""


def ladder(options: Iterable[Option], about: About, notes: Notes, knowledge: Knowledge) -> tuple[Rung, ...]:
    """The options of one part. All their rates have the same denominator, so that they can be compared by eye."""
    listed = tuple(options)
    people = people_for(share for option in listed for share in _shares(option))
    return tuple(_nothing(option, about, notes) if option.procedure == NOTHING else _rung(option, about, people, notes, knowledge) for option in listed)


def _shares(option: Option) -> Iterable[float]:
    found = (RATE.fullmatch(risk.rate) for risk in option.risks)
    return (float(match[1]) / _whole(match[2]) for match in found if match)


def _whole(number: str) -> int:
    return int(number.replace(",", ""))


def _nothing(option: Option, about: About, notes: Notes) -> Rung:
    said = words().nothing
    free = not about.waits
    return Rung(
        id=option.procedure, name=option.name, level=0, invasive="", summary=notes.line(option.summary, option.cites), gains=said.gains if free else (),
        losses=said.losses if free else (), track=None, recovery=(Line(said.recovery),) if free else (), lasts=Line(said.lasts) if free else None, facts=(),
        risks=(), more_risks=(), hands=(), pays=said.pays if free else "",
    )  # fmt: skip


def _rung(option: Option, about: About, people: int, notes: Notes, knowledge: Knowledge) -> Rung:
    days = [sentence.days for sentence in option.recovery if sentence.days is not None]
    summary = notes.line(option.summary, option.cites[:1])
    recovery = tuple(notes.said(sentence) for sentence in option.recovery)
    facts = tuple((label, notes.said(held)) for label, held in (("Numbing or sleep", option.anaesthesia), ("Where", option.setting)) if held is not None)
    risks = tuple(_risk(sentence, people, notes) for sentence in option.risks)
    pays = _pays(option, about)
    return Rung(
        id=option.procedure,
        name=option.name,
        level=LEVEL[option.invasiveness],
        invasive=words().invasive[option.invasiveness],
        summary=summary,
        gains=tuple(_gains(option, days, pays, about, knowledge)),
        losses=tuple(_losses(option, days, pays, knowledge)),
        track=track(days[0], days[1] if len(days) > 1 else None) if days else None,
        recovery=recovery,
        lasts=notes.said(option.lasts) if option.lasts else None,
        facts=facts,
        risks=risks[:FIRST_RISKS],
        more_risks=risks[FIRST_RISKS:],
        hands=_trained(option.procedure, knowledge),
        pays=words().costs[pays],
    )


def _gains(option: Option, days: list[tuple[int, int]], pays: str, about: About, knowledge: Knowledge) -> Iterable[str]:
    """What speaks for an option, from what is known of it."""
    said = words().speaks
    aims = [concern.name for concern in knowledge.concerns.values() if option.procedure in concern.procedures]
    told = [name for name in aims if name in about.title] or aims
    if told:
        yield said.done_for.format("; ".join(name[0].lower() + name[1:] for name in told[:MOST_AIMS]))
    if option.invasiveness == "surgical" or not told:
        yield said.meant[about.intent]
    if option.invasiveness != "surgical":
        yield said.not_cut[option.invasiveness]
    if days and days[0][1] <= SOON:
        yield said.back_soon.format(in_days((0, days[0][1])).removeprefix("up to "))
    if pays == "covered":
        yield said.may_be_paid


def _losses(option: Option, days: list[tuple[int, int]], pays: str, knowledge: Knowledge) -> Iterable[str]:
    """What speaks against it."""
    said = words().speaks
    if option.invasiveness in said.cut:
        asleep = option.invasiveness == "surgical" and "general-anaesthesia" in knowledge.procedures[option.procedure].uses
        yield said.asleep if asleep else said.cut[option.invasiveness]
    if days and days[-1][1] > LONG:
        yield said.long.format(in_days((0, days[-1][1])).removeprefix("up to "))
    serious = sum(risk.serious for risk in option.risks)
    if serious:
        yield said.serious.format("one serious harm" if serious == 1 else f"{serious} serious harms")
    elif option.risks:
        yield said.harms.format("one harm" if len(option.risks) == 1 else f"{len(option.risks)} harms")
    if pays in ("self", "likely-self"):
        yield said.own_money
    elif pays != "covered":
        yield said.open_pay


def _pays(option: Option, about: About) -> str:
    """What an option is likely to cost the person in kind, as far as rules speak of it."""
    rows = [row for row in about.rows if row.procedure == option.procedure]
    outcomes = {row.outcome for row in rows if row.decides} or {row.outcome for row in rows}
    if not rows and option.procedure in about.ruled:
        return "depends"
    if not rows:
        return "self" if about.intent == "cosmetic" else "unknown"
    if "likely-covered" in outcomes:
        return "covered"
    return "depends" if "depends" in outcomes else "likely-self"


def _trained(procedure: str, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Who trains for it firmly: (id, name) of pathways."""
    fitting = [hand.pathway for fit in ("core", "fellowship") for hand in knowledge.procedures[procedure].hands if hand.fit == fit]
    return tuple((key, knowledge.pathways[key].name) for key in fitting if key in knowledge.pathways)[:MOST_HANDS]


def _risk(sentence: Sentence, people: int, notes: Notes) -> Risk:
    return Risk(notes.said(sentence), sentence.serious, rate_of(sentence.rate, people))


def rate_of(told: str, people: int) -> Rate | None:
    """A published rate, of so many people: as `about 9 of 100 people` and `about 91 stay free of it`."""
    match = RATE.fullmatch(told)
    if not match or float(match[1]) > _whole(match[2]):
        return None
    exact = people * float(match[1]) / _whole(match[2])
    hit = round(exact)
    about, whole = ("" if hit == exact else "about "), f"{people:,}"
    if not hit:
        return Rate(f"fewer than 1 of {whole} people", f"more than {people - 1} stay free of it", match[3].strip(), told, None)
    return Rate(f"{about}{hit} of {whole} people", f"{about}{people - hit} stay free of it", match[3].strip(), told, crowd(hit, people))
