"""Whether a stretch of a sentence says what a held frame says, or the opposite of it. Pure."""

from gillies.check.claim import Denial
from gillies.check.find import ONLY, Pieces, Scene, Taken
from gillies.check.held import Held
from gillies.check.leftover import ASSERTS
from gillies.check.links import INSTEAD
from gillies.check.sentence import Cue, Piece, Sentence, behind_semicolons
from gillies.check.share import MUST, Shared

DENYING = frozenset(("negation", "negation-near"))
"""Cues that deny."""
NO = frozenset("no not never without none nobody nothing neither nor zero".split())
"""Words that deny by themselves."""
STEAD_NEAR = 3
"""Within how many words of a "not" such a word stands."""
ONLY_WORDS = frozenset(("only", "just", "merely", "simply"))


def is_denied(held: Held, shared: Shared, taken: Taken | None, seen: Scene, spoken: frozenset[int]) -> bool | None:
    """Whether the stretch says the opposite of what its pattern says, or of the claim where it has none; None where nobody can tell.

    The denials on both sides that bear on what they share, and opposites, are counted; those in the words of a pattern belong to it. Where a pattern
    found other words than the claim's, a denial of the claim that bears on nothing shared is taken for the text's; so is one that the text answers by
    "with or without".
    """
    sentence, pieces = seen.sentence, taken.pieces if taken else ()
    is_of_only = any(name == ONLY for name, _ in held.terms) and "not-negation" not in held.marks
    if is_of_only and any(_is_not_only(cue, sentence) and sentence.thought[cue.start] in spoken for cue in sentence.cues):
        return True  # "not just for the rich"
    told = [d for d in seen.denied if sentence.thought[d.at] in spoken]
    bearing = _bearing(told, shared, pieces, sentence)
    if bearing and pieces and _is_half(bearing, pieces, sentence):
        return None  # "it is not earned by training; it can be had in a weekend": one half of it is denied
    within = [next((piece for piece in pieces if _is_within(d, piece, sentence)), None) for d in bearing]
    turned = set(shared.turned)
    if taken and taken.is_opposite:  # that it is the claim's opposite, the pattern says
        turned = {name for name in turned if not any(since < shared.places[name][1] and shared.places[name][0] < until for since, until in pieces)}
    if not held.denies:  # what a pattern denies in its own words is the claim, or all its opposite (Taken)
        own = [piece for piece in within if piece]
        bearing = [d for d, piece in zip(bearing, within, strict=True) if not piece]
        turned -= {name for name in turned if any(since <= shared.places[name][0] < until for since, until in own)}  # "never fades" lasts
    is_turned = len(turned) % 2 == 1
    if any(_is_of_need(d, held) or _is_of_stead(d, sentence) for d in bearing):
        return None  # "you do not have to see a surgeon for it", "no substitute for a lift"
    if any(_ends_short(d, sentence) for d in bearing):
        return None  # "…, while fellowships are not": what is denied of them was said before
    if not pieces and len(held.denials) > 1 and len(bearing) < len(held.denials):
        return None  # what a claim says by two denials, its terms alone do not say
    if len(bearing) > 1 and len(bearing) > len(held.denials):
        return None  # which of the two undoes the other, nobody can tell from here
    if held.denies and any(within):  # the pattern has the denial in it, as the claim has
        is_odd = within.count(None) % 2 == 1 and len(bearing) != len(held.denials)
        return is_odd != (is_turned and bool(held.denials))
    if held.denials and not bearing and not is_turned and _has_own_denial(held, pieces, seen):
        return False
    odd = _is_odd(held, shared, pieces, seen, spoken, told, len(bearing))
    return None if odd is None else odd != is_turned


def _is_within(denial: Denial, piece: Piece, sentence: Sentence) -> bool:
    """Whether a pattern took the word of a denial that denies ("cannot", "not one of the"); where there is none, all its words that are not small."""
    words = range(denial.at, denial.end)
    telling = [at for at in words if sentence.words[at][0] in NO] or [at for at in words if sentence.words[at][2]]
    return all(piece[0] <= at < piece[1] for at in telling)


def _bearing(told: list[Denial], shared: Shared, pieces: Pieces, sentence: Sentence) -> list[Denial]:
    """The denials that bear on what a stretch and a frame share."""
    places = [*shared.places.values(), *pieces]
    here = [d for d in told if shared.places.keys().isdisjoint(d.within)]
    here = [d for d in here if _stands_before(d, pieces) or any(item[2] < until and since < item[3] for item in d.items for since, until in places)]
    return [d for d in here if not (d.apart and not _takes(d, pieces) and _is_aside(d, places, sentence))]


def _stands_before(denial: Denial, pieces: Pieces) -> bool:
    """Whether a "not" sets apart the very words that a pattern needs, be they small ones ("improvement, not perfection")."""
    return denial.apart and any(since == denial.end for since, _ in pieces)


def _takes(denial: Denial, pieces: Pieces) -> bool:
    """Whether a pattern needs what a denial sets apart ("… contouring, not weight loss"), and has not the denial itself in its words."""
    if any(since <= denial.at < until for since, until in pieces):
        return False
    return _stands_before(denial, pieces) or any(denial.end <= item[2] < until and since < item[3] for item in denial.items for since, until in pieces)


def _is_half(bearing: list[Denial], pieces: Pieces, sentence: Sentence) -> bool:
    """Whether a semicolon parts the words of a pattern and only one side of it is denied."""
    return _is_parted(sentence, pieces) and not {sentence.thought[since] for since, _ in pieces} <= {sentence.thought[d.at] for d in bearing}


def _has_own_denial(held: Held, pieces: Pieces, seen: Scene) -> bool:
    """Whether a pattern has the claim's own denial in its words."""
    denying = [cue for cue in seen.sentence.cues if not DENYING.isdisjoint(cue.kinds)]
    inside = [cue for cue in denying if any(since <= cue.start and cue.end <= until for since, until in pieces)]
    return bool(inside) and not any(_is_turned_by(cue, held, seen) for cue in inside)


def _is_odd(held: Held, shared: Shared, pieces: Pieces, seen: Scene, spoken: frozenset[int], told: list[Denial], bearing: int) -> bool | None:
    """Whether the denials of the text and of the claim together turn it around: an odd number of them does."""
    opposites = {name for name, sign in held.terms if sign < 0}
    within_terms = {item[0] for d in told if not opposites.isdisjoint(d.within) for item in d.items}  # "no risk of scars": both have it in a term
    there = sum(1 for names in held.denials if not shared.places.keys().isdisjoint(names) and within_terms.isdisjoint(names))
    if there and any("either-way" in cue.kinds and seen.sentence.thought[cue.start] in spoken for cue in seen.sentence.cues):
        there -= 1
    if there and not bearing and held.strength == "some":
        return None  # that some do without is not denied by those who do with
    is_odd = (bearing + there) % 2 == 1
    if is_odd and bearing > there and pieces and len(held.denials) > there:
        is_odd = False
    return is_odd


def _is_parted(sentence: Sentence, pieces: Pieces) -> bool:
    """Whether a semicolon stands between the words that a pattern took."""
    start, end = min(since for since, _ in pieces), max(until for _, until in pieces)
    return bool(behind_semicolons(sentence, start, end))


def _is_of_need(denial: Denial, held: Held) -> bool:
    """Whether it is denied that something must be, of which a frame on what is or may be tells nothing."""
    is_need = bool(denial.items) and denial.items[0][0] == MUST and denial.items[0][2] <= denial.end
    return is_need and held.relation in ASSERTS and all(name != MUST for name, _ in held.terms)


def _is_of_stead(denial: Denial, sentence: Sentence) -> bool:
    """Whether it is denied that one thing stands in another's stead."""
    return not INSTEAD.isdisjoint([word[0] for word in sentence.words[denial.end : denial.end + STEAD_NEAR]])


def _ends_short(denial: Denial, sentence: Sentence) -> bool:
    """Whether a "not" ends a thought behind another ("the one is accredited, while the other is not")."""
    at, thought = denial.end, sentence.thought
    is_last = at == len(sentence.words) or thought[at] != thought[denial.at]
    return is_last and sentence.words[at - 1][0] == "not" and thought[denial.at] != thought[0]


def _is_turned_by(cue: Cue, held: Held, seen: Scene) -> bool:
    """Whether a cue is a part of a term's opposite ("non-medics") that the claim has as it is."""
    signs = dict(held.terms)
    return any(sign < 0 < signs.get(name, 0) and first <= cue.start < last for name, sign, first, last in seen.items)


def _is_not_only(cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue is a "not only"."""
    return "not-negation" in cue.kinds and not ONLY_WORDS.isdisjoint([word[0] for word in sentence.words[cue.start : cue.end]])


def _is_aside(denial: Denial, places: list[Piece], sentence: Sentence) -> bool:
    """Whether a denial that sets something apart leaves what the frame says standing: some of it is said before, besides the thing spoken of. A "not
    that" denies what follows it."""
    if [word[0] for word in sentence.words[denial.end : denial.end + 1]] == ["that"]:
        return False
    named = sorted({place for place in places if place[1] > place[0]})
    return sum(1 for _, until in named if until <= denial.at) > 1
