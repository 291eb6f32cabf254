"""Refusals: the ways of doing things that are turned down, and what falls with them."""

from collections.abc import Callable
from functools import partial

from gillies.assess.told import is_wanted
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Procedure
from gillies.reading.read import Mention

NO_CHANGE = "no-change"
"""The way (lexicon/means.yaml) whose phrases say that all stays as it is."""
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


def refused_means(means: list[Mention], procedures: list[Mention], named: frozenset[str], compiled: Compiled) -> dict[str, frozenset[str]]:
    """The ways of doing things that are turned down, each with what uses it and is asked for by name all the same ("I hate needles but I do want Botox")."""
    known = compiled.knowledge.procedures
    said: dict[str, Mention | None] = {}
    for m in means:
        by_itself = m.id.startswith(NO)
        if (by_itself and not m.context.negated) or (not by_itself and (m.context.refused or m.context.negated)):
            said[m.id.removeprefix(NO)] = m
    for procedure in named:
        for way in FAMILIES.intersection(known[procedure].uses):
            said.setdefault(way, None)
    asked: dict[str, set[str]] = {way: set() for way in said}
    for m in procedures if said else ():
        if len(m.pieces) == 1 and m.pieces[0][1] - m.pieces[0][0] <= LONGEST_NAME:
            for way in said.keys() & set(known[m.id].uses):
                if _asked_after(m, said[way]) or (way in FEARED and is_wanted(m)):
                    asked[way].add(m.id)
    return {way: frozenset(procedures) for way, procedures in asked.items()}


def _asked_after(m: Mention, refusal: Mention | None) -> bool:
    """Whether a procedure is asked for after a way was turned down, or plainly named in the same sentence ("non-invasive, called needle aponeurotomy")."""
    if refusal is None or m.span[0] < refusal.span[1]:
        return refusal is None and is_wanted(m)
    turned = m.context.refused or m.context.negated or m.context.past or m.context.other or m.context.hypothetical or m.context.feared
    beside = m.pieces[0][0] == refusal.pieces[-1][1]  # "a non-surgical nose job"
    return (is_wanted(m) and not beside) or (m.sentence == refusal.sentence and not turned and not beside)


def left_as_it_is(means: list[Mention], procedures: list[Mention]) -> frozenset[str]:
    """The treatments named before it is said that all stays as it is, and not again ("… I guess I will stick with my wrinkles")."""
    last = max((m.span[0] for m in means if m.id == NO_CHANGE and not m.context.negated), default=0)
    again = {m.id for m in procedures if m.span[1] > last}
    return frozenset(m.id for m in procedures if m.id not in again and (m.context.other or not m.context.past))


def refused_with(named: frozenset[str], means: dict[str, frozenset[str]], keep: frozenset[str], compiled: Compiled) -> frozenset[str]:
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
