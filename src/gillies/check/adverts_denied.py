"""Trouble that a text denies ("you will not bruise", "neither pain nor burning"): which harms there are is known, so no pattern has to list the ways."""

from gillies.check.adverts_found import Found
from gillies.check.adverts_held import AdvertLexicon
from gillies.check.claim import HAPPENS as JUST_IS
from gillies.check.claim import TURNING, Denial, denials
from gillies.check.derive import HARMS
from gillies.check.sentence import Item, Sentence

UNSURE = ("further-surgery", "migrate", "numbness", "death")
"""Of these the words mean other things too ("replaced", "moved", "no numbing"), or tell what a study counted."""
TROUBLES = {
    **{harm: "harm-denied" for harm in HARMS if harm not in UNSURE}, "scar": "no-scar", "pain": "no-pain", "recovery": "no-downtime",
    "danger": "no-risk",
}  # fmt: skip
"""Term of a trouble -> the claim that there is none."""
FLAT = frozenset("no nope not never without none neither nor cannot zero free absence".split())
"""Words that deny outright; "rarely" or "avoids" does not."""
UNPROMISED = frozenset(
    """may might could should must ought would if when unless until avoid avoiding prevent prevents reduce reduces promise promised guarantee guaranteed rule
    exclude excluded eliminate eliminated mean means always all every everyone usually often necessarily cover covers only just ignore forget
    know sure certain surprising unusual uncommon rare sign signs evidence history same true erase erases erased remove removes
    significant worth count counts counted establish established keep such take takes taking make makes so leaving
    eliminating erasing removing reducing preventing""".split()
)
"""Words about a denial that make it care, advice or a condition and no promise."""
BEFORE, NEAR = 3, 5
"""How many words before a denial, and between it and what it denies, are looked at."""
HAPPENS = JUST_IS | frozenset("appear develop form result remain stay issue problem".split())
"""Stems of words by which trouble that stands before its "not" is denied ("scars do not form")."""
UNDOING = frozenset(("not", "never", "rarely", "seldom"))
"""Words before a denial that undo it."""
ALONE = frozenset(("itself", "themselves", "alone"))
"""Words behind a harm by which a thing is said to do none when left alone."""
RECOVERING, TIMES = "recovery", frozenset("downtime down recovery recuperation convalescence time off".split())
"""The term of recovery, and its words for the time that it takes: what "does not heal" and who is "not back at work" are no promise."""
ASKED = frozenset(
    """any is are will would do does can there be it this that i you we have get need see expect feel leave left cause involve involved a an the my or and
    at all procedure treatment operation surgery did after afterwards during needed required visible should worry worried concerned about""".split()
)
"""Words of a question whether there is a trouble at all, beside the trouble and the treatment; "much" or "normal" ask something else."""
ANSWERED = frozenset("no none nope never not nothing zero at all absolutely definitely certainly whatsoever there is are it does do will you they".split())
"""Words of an answer that is a flat no."""
TURNED = TURNING | frozenset("except may might could some most usually typically often unless if depends depending only".split())
"""Words of an answer behind which something else comes."""
NAMES = frozenset(("a", "an"))
"""Words behind a "not" that say what something is not ("not a scar but a stain")."""


def troubles_denied(sentence: Sentence, held: AdvertLexicon) -> list[Found]:
    """The claims that there is none of a trouble, each with its denial and the trouble's own words."""
    if sentence.kinds.isdisjoint(("negation", "negation-near")):
        return []
    told = _troubles(sentence)
    found: list[Found] = []
    for denial in denials(sentence) if told else ():
        here = [item for item in told if sentence.part[item[2]] == sentence.part[denial.at]]
        opening = _opening(denial, sentence)
        denied = [item for item in here if (item in denial.items and _is_flat(denial, item[2], sentence)) or opening < item[2] < denial.at]
        if _is_promise(denial, sentence):
            own = {(denial.at, denial.end)} | ({(opening, opening + 1)} if opening < denial.at else set())
            pieces = [(name, tuple(sorted({*own, (first, last)}))) for name, _, first, last in denied]
            found += [Found(held.claims[TROUBLES[name]], words) for name, words in pieces if _is_all(name, told, denied)]
    return found


def troubles_answered(sentence: Sentence, answer: Sentence, held: AdvertLexicon) -> list[Found]:
    """The claims that there is none of a trouble, made by a flat no to the question whether there is any ("Any scars? None whatsoever")."""
    first = {word[0] for word, part in zip(answer.words, answer.part, strict=True) if part == answer.part[0]}
    if FLAT.isdisjoint(first) or not first <= ANSWERED or not TURNED.isdisjoint([word[0] for word in answer.words]):
        return []
    known = {at for name, _, start, end in sentence.items if name in TROUBLES or name in held.procedures for at in range(start, end)}
    if not all(at in known or word[0] in ASKED for at, word in enumerate(sentence.words)):
        return []
    whole = ((0, len(sentence.words)),)
    return [Found(held.claims[TROUBLES[name]], whole, is_answered=True) for name, *_ in _troubles(sentence)]


def _troubles(sentence: Sentence) -> list[Item]:
    """The troubles that a sentence names."""
    return [item for item in sentence.items if item[1] > 0 and item[0] in TROUBLES and not _is_mending(item, sentence)]


def _is_mending(item: Item, sentence: Sentence) -> bool:
    """Whether a term of recovery speaks of getting well and not of the time that it takes."""
    return item[0] == RECOVERING and sentence.words[item[2]][0] not in TIMES


def _is_promise(denial: Denial, sentence: Sentence) -> bool:
    """Whether a "no" can be one of a promise: outright, no advice ("do not …"), no condition, and not what something is not."""
    words = [word[0] for word in sentence.words[denial.at : denial.end]]
    is_advice = denial.at == 0 and words[0] == "not"
    is_over = words[:2] == ["no", "longer"]
    is_undone = denial.at > 0 and sentence.words[denial.at - 1][0] in UNDOING  # "not without side effects"
    return not (denial.apart or is_advice or is_over or is_undone or FLAT.isdisjoint(words) or sentence.thought[denial.at] in sentence.unasserted)


def _opening(denial: Denial, sentence: Sentence) -> int:
    """The "neither" of a denial that is its "nor"; the first word of any other."""
    if sentence.words[denial.at][0] != "nor":
        return denial.at
    return next((at for at in range(denial.at - 1, -1, -1) if sentence.words[at][0] == "neither"), denial.at)


def _is_all(name: str, told: list[Item], denied: list[Item]) -> bool:
    """Whether a trouble is not told beside its denial ("no scar on the breast, but one in the armpit")."""
    return all(item in denied for item in told if item[0] == name)


def _is_flat(denial: Denial, first: int, sentence: Sentence) -> bool:
    """Whether a trouble is denied outright: near by, and with no word of care, advice or condition about it."""
    if first < denial.at:
        behind = [word[1] for word in sentence.words[denial.end : denial.end + BEFORE]]
        return denial.at - first <= NEAR and not HAPPENS.isdisjoint(behind)
    if not NAMES.isdisjoint([word[0] for word in sentence.words[denial.end : denial.end + 1]]):
        return False
    about = [word[0] for word in sentence.words[max(0, denial.at - BEFORE) : first]]
    by_itself = [word[0] for word in sentence.words[first : first + BEFORE + 1]]
    return first - denial.end <= NEAR and UNPROMISED.isdisjoint(about) and ALONE.isdisjoint(by_itself)
