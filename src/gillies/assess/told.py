"""What mentions tell: which concerns stand, which treatments are over or went wrong, how far a cause carries."""

import msgspec

from gillies.knowledge.compiled import Compiled
from gillies.reading.read import Mention

CARRIED = frozenset({"cause-birth", "cause-injury", "cause-burn"})
"""Causes that a story goes on from."""
CARRIED_TO_WISHES = CARRIED | {"cause-disease"}
"""Causes that a treatment of the same part is asked about for, where its sentence complains of nothing else."""
CARRIED_FAR = 3
"""How many sentences on a story may go."""


def is_refused(m: Mention) -> bool:
    """Whether a mention turns its treatment down."""
    return (m.context.refused or m.context.negated) and not is_wanted(m)


def is_wanted(m: Mention) -> bool:
    """Whether a mention asks for its treatment outright."""
    return m.context.wanted and not (m.context.refused or m.context.negated)


def standing(present: list[Mention], procedures: list[Mention], exact: list[Mention], mentions: tuple[Mention, ...], compiled: Compiled) -> list[Mention]:
    """The concerns that the case is about, of those `present` in the text; `exact`: what is told more exactly than "my nose could be nicer"."""
    felt = _not_imagined(_not_denied(present, mentions, compiled), procedures, compiled)
    left = _without_generalities(_unexplained(_not_feared(felt, procedures, compiled), compiled), exact, compiled)
    return _without_landmarks(left, procedures, compiled) if left else left


def _not_denied(concerns: list[Mention], mentions: tuple[Mention, ...], compiled: Compiled) -> list[Mention]:
    """Without hindrances that are denied in their own words ("my lids are heavy but I see fine")."""
    known, findings = compiled.knowledge.concerns, compiled.knowledge.findings
    function = [m for m in mentions if (m.kind == "finding-no" and not m.context.negated) or (m.kind == "finding" and m.context.negated)]
    denied = [words_of(m) for m in function if findings[m.id].role == "function"]
    return [m for m in concerns if known[m.id].role != "function" or not any(words_of(m) & words for words in denied)] if denied else concerns


def turned_down_last(procedures: list[Mention]) -> frozenset[str]:
    """What is turned down: not what is asked for outright as well, unless that comes first ("told to have a facelift, and I do not want a full one")."""
    said: dict[str, bool] = {}
    for m in procedures:
        if is_wanted(m):
            said[m.id] = False
        elif is_refused(m) and (m.id not in said or (m.context.refused and not m.context.feared)):
            said[m.id] = True
    return frozenset(procedure for procedure, refused in said.items() if refused)


def is_present(m: Mention, others_only: bool) -> bool:
    """Whether what is mentioned holds of this case, not denied and not another person's."""
    return not (m.context.negated or m.context.not_told) and (others_only or not m.context.other)


def words_of(m: Mention) -> set[int]:
    """The words of a mention, by number."""
    return {i for piece in m.pieces for i in range(*piece)}


def _not_feared(concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without scars and the like that are only feared of what is asked about, unless that answers them; a fear alone is the subject."""
    if not any(m.context.at_risk or m.context.hypothetical or m.context.feared for m in concerns):
        return concerns
    asked = {m.id for m in procedures if not (m.context.past or m.context.long_ago or m.context.at_risk)}
    answered = [m for m in concerns if asked & set(compiled.knowledge.concerns[m.id].procedures)]
    best = [m for m in answered if asked & set(compiled.knowledge.concerns[m.id].procedures[:1])]
    real = [m for m in concerns if not _is_feared(m, m in best, compiled)]
    return real or (answered if asked else concerns)


def _is_feared(m: Mention, answered: bool, compiled: Compiled) -> bool:
    concern = compiled.knowledge.concerns[m.id]
    if m.context.at_risk and (concern.role == "complication" or (concern.lean == "reconstructive" and not answered)):
        return True
    return (m.context.hypothetical or m.context.feared) and concern.lean == "reconstructive" and concern.role != "function"


def _without_generalities(concerns: list[Mention], exact: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without what is said of a place at large ("my nose could be nicer"), or of surgery at large, where something more `exact` is told too."""
    known = compiled.knowledge.concerns
    general = [m for m in concerns if known[m.id].general]
    if exact or len(general) < len(concerns):
        return [m for m in concerns if m not in general]
    placed = [m for m in general if known[m.id].procedures]
    return placed or general


def _unexplained(concerns: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without the signs that a complication takes in (a droopy lid since Botox is not to be operated on), or a change elsewhere ("a wrinkle in my palm")."""
    known = compiled.knowledge.concerns
    complications = [(known[m.id].site, words_of(m)) for m in concerns if known[m.id].role == "complication"]
    if not complications and len({known[m.id].lean for m in concerns}) < 2:
        return concerns
    signs = [m for m in concerns if known[m.id].role != "complication"]
    explained = {m.id for m in signs for site, words in complications if words_of(m) < words or (_is_harm_at(site, m, compiled) and words_of(m) & words)}
    abnormal = [(known[m.id].site, words_of(m)) for m in signs if _abnormal(m, compiled)]
    looks = {m.id for m in signs for site, words in abnormal if known[m.id].lean == "cosmetic" and known[m.id].site != site and words_of(m) < words}
    return [m for m in concerns if m.id not in explained | looks]


def _is_harm_at(site: str, m: Mention, compiled: Compiled) -> bool:
    return compiled.knowledge.concerns[m.id].site == site and _abnormal(m, compiled)


def _without_landmarks(concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without scars, moles and the like that only say where the thing complained of is, where something is complained of."""
    marks = [m for m in concerns if m.context.landmark]
    if not marks:
        return concerns
    places, words = {(m.id, m.sentence) for m in marks}, set().union(*(words_of(m) for m in marks))
    others = [m for m in concerns if (m.id, m.sentence) not in places and not (_abnormal(m, compiled) and words_of(m) & words)]
    return others if others or any(not m.context.landmark for m in procedures) else concerns


def _abnormal(m: Mention, compiled: Compiled) -> bool:
    return compiled.knowledge.concerns[m.id].lean == "reconstructive"


def _not_imagined(concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """Without what went wrong with a treatment that is only turned down, imagined or asked about ("does a lip lift always leave a scar")."""
    told = {m.id for m in procedures if m.context.past or m.context.long_ago or m.context.spoilt}
    unreal = [words_of(m) for m in procedures if m.id not in told and (m.context.refused or m.context.hypothetical or m.context.feared)]
    known = compiled.knowledge.concerns
    return [m for m in concerns if known[m.id].role != "complication" or not any(words <= words_of(m) for words in unreal)] if unreal else concerns


def gone_wrong(procedures: list[Mention], concerns: list[Mention], compiled: Compiled) -> frozenset[str]:
    """The treatments that a complication names: they are done."""
    words = [words_of(m) for m in concerns if compiled.knowledge.concerns[m.id].role == "complication"]
    return frozenset([m.id for m in procedures if any(words_of(m) <= held for held in words)] if words else ())


def spoilt(procedures: list[Mention], done: frozenset[str], concerns: list[Mention], compiled: Compiled) -> frozenset[str]:
    """Treatments without surgery, other than for harm, that went wrong: what mends it is offered, not the same again, unless that is the mend."""
    known = compiled.knowledge
    wrong = [known.concerns[m.id] for m in concerns if known.concerns[m.id].role == "complication"]
    if not wrong and not any(m.context.spoilt for m in procedures):
        return frozenset()
    mends = {p for concern in wrong for p in concern.procedures}
    told = [m for m in procedures if not m.context.other]
    own = {m.id for m in told if m.context.spoilt and not m.context.wanted} | {m.id for m in told if wrong and m.id in done}
    elective = {p for p in own if known.procedures[p].invasiveness != "surgical" and known.procedures[p].typical_intent != "reconstructive"}
    return frozenset(elective - mends)


def carried(said: list[Mention], concerns: list[Mention], procedures: list[Mention], compiled: Compiled) -> list[Mention]:
    """What is said of causes and function, each cause also said of the sentences that go on from it: "I was in a crash. My cheek is flat. My eye has sunk."."""
    goes_on = [cause for cause in said if cause.id in CARRIED_TO_WISHES]
    if not goes_on:
        return said
    told = {m.sentence for m in said}
    bare = [m for m in procedures if m.sentence not in {concern.sentence for concern in concerns}]
    listed = list(said)
    for cause in goes_on:
        own = {_region(m, compiled) for m in concerns if m.sentence == cause.sentence}
        later: set[int] = set()
        if cause.id in CARRIED:
            later |= {m.sentence for m in concerns if not m.context.wanted and (not own or _region(m, compiled) in own)}
        if cause.id in CARRIED_TO_WISHES:
            later |= {m.sentence for m in bare if _region(m, compiled) in own}
        listed += [msgspec.structs.replace(cause, sentence=n) for n in sorted(later - told) if 0 < n - cause.sentence <= CARRIED_FAR]
    return listed


def _region(m: Mention, compiled: Compiled) -> str:
    """The larger place that a concern's site, or a procedure's first, belongs to."""
    site = compiled.knowledge.procedures[m.id].sites[0] if m.kind == "procedure" else compiled.knowledge.concerns[m.id].site
    return compiled.knowledge.sites[site].within or site
