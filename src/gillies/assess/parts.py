"""A case is split into parts: each place on the body that something is wanted for, with what fits it."""

import msgspec

from gillies.assess.case import Case, Wish
from gillies.assess.given import OF_ALL
from gillies.knowledge.compiled import Compiled
from gillies.reading.read import Mention

MOST_OPTIONS = 8


class Need(msgspec.Struct, frozen=True):
    """One part: the concerns and wishes that belong together, the causes said of them, and the fitting procedures, best first."""

    site: str
    concerns: tuple[Mention, ...]
    wishes: tuple[Wish, ...]
    causes: tuple[Mention, ...]
    for_looks: bool
    """Looks are given as the reason, or harm is denied outright."""
    procedures: tuple[str, ...]
    subject: tuple[str, ...]
    """The same before refusals are honoured: what the part is about."""


def split_needs(case: Case, compiled: Compiled) -> list[Need]:
    """The parts of a case, strongest first. Things at one place, or that one procedure answers, belong together."""
    known = compiled.knowledge.procedures
    not_meant = {p for named in (*case.refused, *(wish.procedure for wish in case.wishes)) for p in known[named].not_meant}
    concerns = [m for m in case.concerns if not not_meant.intersection(compiled.knowledge.concerns[m.id].procedures)]
    relevant = _relevant_wishes([wish for wish in case.wishes if wish.procedure not in not_meant])
    wishes = [_special_form(wish, concerns, compiled) for wish in relevant]
    general = {known[wish.procedure].form_of for wish in wishes}
    wishes = _without_helpers([wish for wish in wishes if wish.procedure not in general], concerns, compiled)
    excluded = {p for wish in wishes if not wish.past for p in known[wish.procedure].excludes}
    wishes = [wish for wish in wishes if wish.procedure not in excluded]
    wishes = wishes if wishes or concerns else list(case.turned_down)  # who only turns a treatment down speaks of what it is for
    groups = _group(wishes, concerns, compiled)
    needs = []
    for group_wishes, group_concerns in groups:
        ranked = _rank(group_wishes, group_concerns, compiled)
        subject, only = tuple(p for p, _ in ranked if p not in excluded), len(groups) == 1
        need = Need(
            site=_site(group_wishes, group_concerns, compiled),
            concerns=tuple(group_concerns),
            wishes=tuple(group_wishes),
            causes=tuple(_said_of_part(case.causes, group_wishes, group_concerns, only)),
            for_looks=case.denies_harm or bool(_said_of_part(case.looks, group_wishes, group_concerns, only)),
            procedures=_offered(subject, case, compiled)[:MOST_OPTIONS],
            subject=subject,
        )
        needs.append((sum(score for _, score in ranked), need))
    needs.sort(key=lambda pair: -pair[0])
    return [need for _, need in needs]


def _offered(subject: tuple[str, ...], case: Case, compiled: Compiled) -> tuple[str, ...]:
    """What of it may be offered; when a refusal leaves nothing, the gentler ways beside it."""
    allowed = tuple(p for p in subject if is_allowed(p, case, compiled))
    if allowed:
        return tuple(p for p in allowed if not _is_over(p, case)) or allowed
    known = compiled.knowledge.procedures
    gentler = dict.fromkeys(less for p in subject for less in known[p].alternatives.less)
    return tuple(p for p in gentler if p in known and is_allowed(p, case, compiled))


def _is_over(procedure: str, case: Case) -> bool:
    """Whether it is only told of as done: who was burnt by a laser last year does not ask for the laser."""
    told = [wish.mention.context for wish in case.wishes if wish.procedure == procedure]
    return bool(told) and all((context.past and not context.wanted) or context.long_ago for context in told)


def _without_helpers(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> list[Wish]:
    """Without exercises, diets and the like where more is at stake: they were tried before, and are offered as options anyhow."""
    known = compiled.knowledge.procedures
    main = [w for w in wishes if known[w.procedure].invasiveness != "non-invasive" or known[w.procedure].care.cosmetic not in (None, "something-else")]
    return main if main or concerns else wishes


def _relevant_wishes(wishes: list[Wish]) -> list[Wish]:
    """What was only done in the past counts when nothing else is asked for and a concern or question is about its result."""
    wanted = [wish for wish in wishes if not wish.past]
    if any(wish.strength > 1 for wish in wanted):
        wanted = [wish for wish in wanted if wish.strength > 1]
    return wanted or wishes


def _special_form(wish: Wish, concerns: list[Mention], compiled: Compiled) -> Wish:
    """A general name means the special form that answers a concern of the text: "Botox" beside migraine is Botox for migraine."""
    procedures = compiled.knowledge.procedures
    for m in concerns:
        for candidate in compiled.knowledge.concerns[m.id].procedures[:3]:
            if candidate in procedures and procedures[candidate].form_of == wish.procedure:
                return msgspec.structs.replace(wish, procedure=candidate)
    return wish


def _group(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> list[tuple[list[Wish], list[Mention]]]:
    """Wishes and concerns joined by place: two belong together when their places meet."""
    items: list[tuple[set[str], Wish | Mention]] = [(_ties_of_wish(wish, compiled), wish) for wish in wishes]
    items += [(_ties_of_concern(m, wishes, compiled), m) for m in concerns]
    narrow = [(ties, item) for ties, item in items if not ties & WIDE]
    for ties, item in items:
        if ties & WIDE:
            ties |= _beside(item, narrow)
    groups: list[tuple[set[str], list[Wish | Mention]]] = []
    for ties, item in items:
        merged: tuple[set[str], list[Wish | Mention]] = (set(ties), [item])
        for group in [group for group in groups if group[0] & ties]:
            merged = (merged[0] | group[0], [*group[1], *merged[1]])
            groups.remove(group)
        groups.append(merged)
    return [([i for i in held if isinstance(i, Wish)], [i for i in held if isinstance(i, Mention)]) for _, held in groups]


def _ties_of_wish(wish: Wish, compiled: Compiled) -> set[str]:
    return {*_places(wish.procedure, compiled), f"procedure:{wish.procedure}"}


def _ties_of_concern(m: Mention, wishes: list[Wish], compiled: Compiled) -> set[str]:
    """Its place, every procedure asked for that would answer it, and the places of its special forms (a cleft lip's nose)."""
    concern, procedures = compiled.knowledge.concerns[m.id], compiled.knowledge.procedures
    ties = {_home(concern.site, compiled), *(f"procedure:{wish.procedure}" for wish in wishes if wish.procedure in concern.procedures)}
    if concern.lean == "reconstructive" and concern.role == "structure":
        ties |= {place for p in concern.procedures if p in procedures and procedures[p].form_of for place in _places(p, compiled)}
    return ties


def _beside(item: Wish | Mention, narrow: list[tuple[set[str], Wish | Mention]]) -> set[str]:
    """The place that something said of the skin, the face or the body at large belongs to: the nearest one named in its sentence."""
    own = item.mention if isinstance(item, Wish) else item
    near = [
        (abs(other.span[0] - own.span[0]), number)
        for number, (_, held) in enumerate(narrow)
        for other in [held.mention if isinstance(held, Wish) else held]
        if other.sentence == own.sentence
    ]
    return set(narrow[min(near)[1]][0]) if near else set()


WIDE = frozenset({"skin", "body", "face"})
"""Places too wide to be a part of their own where a narrower one is named beside them."""


def _places(procedure: str, compiled: Compiled) -> frozenset[str]:
    sites = compiled.knowledge.procedures[procedure].sites
    narrow = [site for site in sites if site not in WIDE]
    return frozenset(_home(site, compiled) for site in (narrow or sites)[:1])


def _home(site: str, compiled: Compiled) -> str:
    """The place a small place is judged with: nipple with breast; but nose, lids and lips each for themselves."""
    within = compiled.knowledge.sites[site].within
    return within if within and within != "face" else site


def _rank(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> list[tuple[str, float]]:
    """Procedures by how firmly the text points to them: asked for, named, then answering its concerns."""
    scores: dict[str, float] = {}
    for order, wish in enumerate(wishes):
        scores[wish.procedure] = max(scores.get(wish.procedure, 0.0), 4.0 * wish.strength - (6 if wish.past else 0) - 0.01 * order)
    for m in concerns:
        fitting = compiled.knowledge.concerns[m.id].procedures
        for order, procedure in enumerate(fitting):
            if procedure in compiled.knowledge.procedures:
                scores[procedure] = scores.get(procedure, 0.0) + 3.0 / (1 + 0.4 * order)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def is_allowed(procedure: str, case: Case, compiled: Compiled) -> bool:
    """Whether a procedure may be offered: not refused itself, nor by what it uses."""
    return procedure not in case.refused and not set(compiled.knowledge.procedures[procedure].uses) & case.refused_means


def _said_of_part(said: tuple[Mention, ...], wishes: list[Wish], concerns: list[Mention], only: bool) -> list[Mention]:
    """What is said of this part: all when it is the only part, else what stands in its sentences, or is given beside the text."""
    if only:
        return list(said)
    sentences = {OF_ALL} | {wish.mention.sentence for wish in wishes} | {m.sentence for m in concerns}
    return [m for m in said if m.sentence in sentences]


def _site(wishes: list[Wish], concerns: list[Mention], compiled: Compiled) -> str:
    if wishes:
        return compiled.knowledge.procedures[wishes[0].procedure].sites[0]
    return compiled.knowledge.concerns[concerns[0].id].site
