"""A case is split into parts: each place on the body that something is wanted for, with what fits it."""

import msgspec

from gillies.assess.case import Case, Wish
from gillies.knowledge.compiled import Compiled
from gillies.reading.read import Mention

MOST_OPTIONS = 8


class Need(msgspec.Struct, frozen=True):
    """One part: the concerns and wishes that belong together, the causes said of them, and the fitting procedures, best first."""

    site: str
    concerns: tuple[Mention, ...]
    wishes: tuple[Wish, ...]
    causes: tuple[Mention, ...]
    procedures: tuple[str, ...]


def split_needs(case: Case, compiled: Compiled) -> list[Need]:
    """The parts of a case, strongest first. Things at one place, or that one procedure answers, belong together."""
    wishes, concerns = _relevant_wishes(case), list(case.concerns)
    groups = _group(wishes, concerns, compiled)
    needs = []
    for group_wishes, group_concerns in groups:
        ranked = _rank(group_wishes, group_concerns, case, compiled)
        causes = _causes_of(case, group_wishes, group_concerns, only=len(groups) == 1)
        site = _site(group_wishes, group_concerns, compiled)
        needs.append((sum(score for _, score in ranked), Need(site, tuple(group_concerns), tuple(group_wishes), tuple(causes), tuple(p for p, _ in ranked))))
    needs.sort(key=lambda pair: -pair[0])
    return [need for _, need in needs]


def _relevant_wishes(case: Case) -> list[Wish]:
    """What was only done in the past counts when nothing else is asked for and a concern or question is about its result."""
    wanted = [wish for wish in case.wishes if not wish.past]
    if any(wish.strength > 1 for wish in wanted):
        wanted = [wish for wish in wanted if wish.strength > 1]
    named = {wish.procedure for wish in wanted}
    if named:
        return wanted
    return list(case.wishes)


def _group(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> list[tuple[list[Wish], list[Mention]]]:
    """Wishes and concerns joined by place: two belong together when their places meet."""
    items: list[tuple[frozenset[str], Wish | Mention]] = [(_places(wish.procedure, compiled), wish) for wish in wishes]
    known = compiled.knowledge.concerns
    items += [(frozenset([_home(known[m.id].site, compiled)]), m) for m in concerns]
    groups: list[tuple[set[str], list[Wish | Mention]]] = []
    for places, item in items:
        meeting = [group for group in groups if group[0] & places]
        merged: tuple[set[str], list[Wish | Mention]] = (set(places), [item])
        for group in meeting:
            merged = (merged[0] | group[0], [*group[1], *merged[1]])
            groups.remove(group)
        groups.append(merged)
    return [([i for i in held if isinstance(i, Wish)], [i for i in held if isinstance(i, Mention)]) for _, held in groups]


ANYWHERE = frozenset({"skin", "body", "face"})
"""Places too wide to join things by."""


def _places(procedure: str, compiled: Compiled) -> frozenset[str]:
    sites = compiled.knowledge.procedures[procedure].sites
    narrow = [site for site in sites if site not in ANYWHERE]
    return frozenset(_home(site, compiled) for site in (narrow or sites)[:1])


def _home(site: str, compiled: Compiled) -> str:
    """The place a small place is judged with: nipple with breast; but nose, lids and lips each for themselves."""
    within = compiled.knowledge.sites[site].within
    return within if within and within != "face" else site


def _rank(wishes: list[Wish], concerns: list[Mention], case: Case, compiled: Compiled) -> list[tuple[str, float]]:
    """Procedures by how firmly the text points to them: asked for, named, then answering its concerns."""
    scores: dict[str, float] = {}
    for order, wish in enumerate(wishes):
        scores[wish.procedure] = max(scores.get(wish.procedure, 0.0), 4.0 * wish.strength - (6 if wish.past else 0) - 0.01 * order)
    for m in concerns:
        fitting = compiled.knowledge.concerns[m.id].procedures
        for order, procedure in enumerate(fitting):
            if procedure in compiled.knowledge.procedures:
                scores[procedure] = scores.get(procedure, 0.0) + 3.0 / (1 + 0.4 * order)
    allowed = {p: score for p, score in scores.items() if is_allowed(p, case, compiled)}
    ranked = sorted(allowed.items(), key=lambda pair: -pair[1])
    return ranked[:MOST_OPTIONS]


def is_allowed(procedure: str, case: Case, compiled: Compiled) -> bool:
    """Whether a procedure may be offered: not refused itself, nor by what it uses."""
    return procedure not in case.refused and not set(compiled.knowledge.procedures[procedure].uses) & case.refused_means


def _causes_of(case: Case, wishes: list[Wish], concerns: list[Mention], only: bool) -> list[Mention]:
    """The causes and lost functions said of this part: all when it is the only part, else those in its sentences or the ones beside."""
    if only:
        return list(case.causes)
    sentences = {wish.mention.sentence for wish in wishes} | {m.sentence for m in concerns}
    return [m for m in case.causes if m.sentence in sentences]


def _site(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> str:
    if wishes:
        return compiled.knowledge.procedures[wishes[0].procedure].sites[0]
    return compiled.knowledge.concerns[concerns[0].id].site
