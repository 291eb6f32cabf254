"""The numbers that a sentence tells of a frame: right or wrong, of something else, or none of the frame's business. Pure."""

import re
from bisect import bisect_right
from math import inf

import msgspec

from gillies.check.find import Scene
from gillies.check.held import Range
from gillies.check.lexicon import CheckLexicon
from gillies.check.matched import Match
from gillies.check.numbers import KIND, TIMES, Amount, fits, of_unit
from gillies.check.sentence import Piece, Sentence

PERMANENT = "permanent"
FITTING = 0.15
"""What it counts that a number fits."""
ROUGHLY = 1.5
"""How many times as much a number may be to be much the same."""
HALF, ALL_OF_THEM = 50, 99
"""Percent of which "more than" means most; percent from which on a share is said of all."""
FAR, BESIDE = 99, 5
"""How near (in words) another thing must be named for a number to be its own."""
OF_SCHOOL = re.compile(
    r"s? (?:of|in|at) (?:(?:an?|the|full|standard|accredited) ){0,2}(?:college|university|undergrad\w*|pre-?med\w*|med(?:ical)? school)\b"
    r"|s? of [a-z ]{0,40}(?:education|schooling|study|studies|training) (?:after|beyond|following|past) (?:college|university|high school|an? bachelor)"
)
"""Behind a number of years: they are of school, before any training as a specialist, or count it as well."""
COUNTS_SCHOOL = re.compile(r"(?<!after )\b(?:medical|high) school\b|after high school|college|undergraduate", re.I)
"""In a claim: it counts the years at school as well."""
OF_A_LATER_STEP = re.compile(
    r"s?(?: (?:of|in) [a-z ]{3,30})?[- ](?:[a-z]+ )?"
    r"(?:fellowship|(?:after|following|beyond|on top of) (?!(?:[a-z]+ ){0,4}(?:medical|degree|school|graduat))[a-z, -]{0,40}(?:residency|specialist))\b"
)
"""Behind a number of years: they are of a step of training that follows a residency."""
LENGTHS = ("years", "total")
"""Facets of how long a training takes."""
TRAINS = "trains"
"""The relation of who trained how."""
OF_TIME = ("lasts", "light")
"""Facets of a procedure: how long its result stays, when people are back at light work."""
TROUBLES = frozenset("swelling bruise numbness pain red sore flake tender puff itch scab crust avoid".split())
"""What passes after a treatment or has to be kept from, as terms and stems: a time told of it is none of the result's, nor of when people are back at work."""


def with_amounts(match: Match, wanted: Range, seen: Scene, lexicon: CheckLexicon) -> Match | None:
    """The match with the numbers told of it; None when all numbers of its unit are told of something else, or it lives by a number and has none."""
    held = match.held
    here = of_unit(within(seen.sentence, match.start, match.end), wanted.unit)
    told = [amount for amount in here if _is_told_of(match, amount, seen, lexicon)]
    if not COUNTS_SCHOOL.search(held.claim):
        told = [amount for amount in told if not (amount.kind == "time" and _is_behind(OF_SCHOOL, amount, seen))]
    if (held.facet in LENGTHS or held.relation == TRAINS) and not OF_A_LATER_STEP.search(held.claim.lower()):
        told = [amount for amount in told if not _is_behind(OF_A_LATER_STEP, amount, seen)]
    own = told or _for_life(match, wanted, seen)
    if not own and (here or held.link == "amount" or (held.relation == "counts" and not match.denied)):
        return None
    is_right = bool(own) and fits(own, wanted.unit, wanted.least, wanted.most)
    if not is_right and "more" not in held.claim and any(amount.bound == "extra" for amount in own):
        return None  # a part of a length, unless that is what the claim tells
    denied = match.denied and not (is_right and held.relation == "lasts" and held.verdict == "supported" and _denies_for_ever(seen))
    shown = _with_numbers(match.shown, told, seen)
    return msgspec.structs.replace(match, amounts=tuple(own), score=match.score + FITTING * is_right, is_right=is_right, denied=denied, shown=shown)


def _with_numbers(shown: Piece, told: list[Amount], seen: Scene) -> Piece:
    """The words that show a frame, with those of its numbers."""
    at = [_word_of(amount, seen) for amount in told]
    return min([shown[0], *at]), max([shown[1], *[start + 1 for start in at]])


def _is_behind(what: re.Pattern[str], amount: Amount, seen: Scene) -> bool:
    """Whether such words follow a number ("four years of medical school", "a year after residency"): it is told of them."""
    sentence = seen.sentence
    return what.match(sentence.text[sentence.start : sentence.end].lower(), amount.end) is not None


def _denies_for_ever(seen: Scene) -> bool:
    """Whether a denial beside a time is of something without end ("not permanent; they last a year"), or of a question ("No, it lasts a year")."""
    sentence = seen.sentence
    is_answer = sentence.words[0][0] == "no" and sentence.part[0] != sentence.part[-1]
    return is_answer or any(item[:2] == (PERMANENT, -1) for item in seen.items)


def tells_other_numbers(match: Match, seen: Scene, known: tuple[Amount, ...]) -> bool:
    """Whether the stretch tells a number that the claim does not: a time of which it knows nothing, or one unlike all of its own. The rest may be
    right, and that wrong; what is wrong is so with any number."""
    if (match.held.verdict == "supported") == match.denied or (match.amounts and not match.is_right):
        return False
    judged = KIND.get(match.held.amount.unit, "count") if match.held.amount else ""
    for amount in within(seen.sentence, match.start, match.end):
        alike = [other for other in known if other.kind == amount.kind]
        if amount.kind != judged and (alike or (amount.kind == "time" and not known)) and not any(_about(amount, other) for other in alike):
            return True
    return False


def _about(one: Amount, other: Amount) -> bool:
    """Whether two numbers are much the same; years must be the same."""
    room = 1.0 if one.kind == "year" else ROUGHLY
    return one.low <= other.high * room and other.low <= one.high * room


def counts_people(match: Match, seen: Scene, lexicon: CheckLexicon) -> bool:
    """Whether the stretch tells a share ("one in ten"), of which a frame without numbers knows nothing, unless its pattern has that very share."""
    told = [amount for amount in within(seen.sentence, match.start, match.end) if amount.kind == "share" and amount.low < ALL_OF_THEM]
    if match.held.strength == "most":
        told = [amount for amount in told if not (amount.low == HALF and amount.bound == "least")]  # "more than half" are most
    return any(_is_told_of(match, amount, seen, lexicon) and not _is_taken(amount, match, seen) for amount in told)


def _is_taken(amount: Amount, match: Match, seen: Scene) -> bool:
    """Whether a frame's pattern took the words of a number."""
    return _word_of(amount, seen) in match.taken


def _word_of(amount: Amount, seen: Scene) -> int:
    """The word with which a number begins."""
    return bisect_right([start for start, _ in seen.sentence.spots], seen.sentence.start + amount.start) - 1


def _for_life(match: Match, wanted: Range, seen: Scene) -> list[Amount]:
    """A time without end, where something is said to last for ever."""
    if match.held.relation not in ("", "lasts") or wanted.unit not in TIMES or any(name == PERMANENT for name, _ in match.held.terms):
        return []
    return [Amount("time", inf, inf, "", 0, 0) for item in seen.items if item[:2] == (PERMANENT, 1) and match.start <= item[2] < match.end][:1]


def within(sentence: Sentence, start: int, end: int) -> list[Amount]:
    """The numbers among the words [start, end)."""
    first, last = sentence.spots[start][0], sentence.spots[end - 1][1]
    return [amount for amount in sentence.amounts if first <= sentence.start + amount.start < last]


def _is_told_of(match: Match, amount: Amount, seen: Scene, lexicon: CheckLexicon) -> bool:
    """Whether no other thing is named nearer to the number than the frame's own, of which are all that its pattern took."""
    held, taken, at = match.held, match.taken, _word_of(amount, seen)
    names = {one for name, _ in held.terms for one in name.split("|")}
    near: dict[bool, int] = {}
    others = TROUBLES if held.facet in OF_TIME or held.relation == "lasts" else frozenset[str]()
    for name, _, first, last in seen.items:
        if name in lexicon.entities or name in others:
            own = name in names or first in taken or not names.isdisjoint(lexicon.parents.get(name, ()))
            gap = first - at if first > at else at - last + 1
            near[own] = min(near.get(own, FAR), gap)
    return near.get(False, FAR) > BESIDE or near.get(False, FAR) >= near.get(True, FAR)
