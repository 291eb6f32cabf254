"""How well a stretch of a sentence says what a held frame says, and whether it says it or its opposite."""

from itertools import pairwise

from gillies.check.amounts import counts_people, tells_other_numbers, with_amounts, within
from gillies.check.claim import ONLYS
from gillies.check.find import ONLY, Pieces, Scene, Taken
from gillies.check.fit_denied import is_denied
from gillies.check.held import Held
from gillies.check.leftover import ASSERTS, FATAL, is_another_time, leftover, uncounted, unsaid
from gillies.check.lexicon import FEWEST_IN_CLAIM, FEWEST_IN_DEFINITION, LEAST_RECALL, UNSEEN, CheckLexicon, Ready
from gillies.check.links import AIMS, EQUATES, NEEDS, OPERATIONS, between, is_equated, is_operation_on
from gillies.check.matched import Match
from gillies.check.numbers import of_unit
from gillies.check.sentence import Piece, Sentence, behind_semicolons
from gillies.check.share import ALLOWED, MUST, Shared, share

RECALL, PRECISION, PATTERN_BONUS = 0.6, 0.4, 0.35
"""What it counts how much of the claim is said, how much of what is said is the claim, and that a pattern vouches for it."""
MISSING_ENTITY, FOREIGN_ENTITY, APART, CROSSING, TURNED, COMPARED, NOT_OF_ALL = 0.25, 0.1, 0.5, 0.1, 0.15, 0.25, 0.15
"""What it costs that a thing of the claim is not named, or another one is; that few terms stand far apart, pieces in several thoughts, two
fields the other way around; that the text compares and the claim does not; that the claim is of all, or always, and the text is not."""
NORMAL, NEED_NOT = "normal", (MUST, -1)
UNNEEDED = ("pays", "trains", "certifies", "is")
"""Relations of which it says nothing that something need not be."""
MOST_UNACCOUNTED = 0.45
"""What part of a stretch may be unaccounted for where a "not" makes it wrong, since it may belong to the rest."""
LEFT_OVER = 0.15
UNCOUNTED, DECISIVE = 1, 99
"""What it costs, for each, that the text asserts things of which the frame knows nothing."""
OTHER_MODE = 0.3
"""What it costs that the text says what must be, and the claim what is or may be."""
WITHOUT_ONLY = 0.1
"""What it costs that the text says "only" and the claim does not."""
SAME_PLACE, SAME_STATE = 0.15, 0.35
"""What it counts that the text names the frame's own country, or its own state or province."""
LEAST_BY_PATTERN, LEAST_BY_TERMS = 0.25, 0.66
HEAD = 5
"""Within how many words of its head a thought begins with a thing."""
FEW, CLOSE = 2, 3
"""A claim of so few terms is only made where they stand so close together (in words)."""
LEAST_SHARE, LEAST_SHARE_DERIVED, LEAST_SHARE_OF = 0.5, 0.35, {"whole": 0.45, "aim": 0.2, "amount": 0.15}
"""What part of a stretch a claim must cover when no pattern vouches for it; less for derived frames, by their link."""
LEAST_PRECISION = 0.6
DERIVED_BASE, AMOUNT_BONUS, EXACT_BONUS, AT_LARGE = 0.5, 0.15, 0.04, 0.2
"""What a derived frame counts by itself, with a number, for each term named as such; less where it only says that there are risks."""
SYMMETRIC = frozenset(("same", "confused", "covers", "abms", "accredited", "recognised", "membership"))
"""Terms of claims that hold, or are said, both ways around."""
TWO = (" and ", " while ")
"""Words by which a claim sets two things side by side."""
SAFER, MORE, TIMES_AS = "safer", frozenset(("more", "fewer", "less", "better")), frozenset(("twice", "times"))
"""Words that compare; words before an "as" that does."""
PERMANENT, MARKS_LEFT = "permanent", frozenset(("scar", "numbness", "pain"))
"""The term, and the facet, of a result that stays; terms of what else may stay."""
MARK_NEAR = 6
"""Within how many words before a "permanent" such a mark is its subject."""
DONE_BY = "done-by-"
"""How the facet of each frame on who does a procedure begins."""
AND, WITH = "and", "with"
SAME_SUBJECT = frozenset("it they he she this that these those which who however but and namely also instead".split())
"""Words with which a half behind a semicolon goes on to speak of the same."""
GOES_ON = frozenset("it they you we he she this that these there is are was were has have had can may will does do also gives leaves makes lasts".split())
TAKEN_UP = frozenset(("it", "them", "this", "these"))
PROVIDE, PROVIDED = "provid", 4
"""Words with which an "and" goes on to something else ("… and it leaves no scar"), words behind a "with" that only take up a thing said; the
stem of a verb that a "with" goes with, and how many words before it that stands."""
EQUATING, SAYS = (
    ("is", "certifies"),
    frozenset(
        "has have had gets got comes derives carries hold holds earn earned obtain become becomes must certify certifies recognise recognises recognize "
        "recognizes refer refers mean means include includes like".split()
    ),
)
"""Relations that equate; other verbs by which something is said of a thing and not only which one is meant."""


def fit(number: int, taken: Taken | None, seen: Scene, lexicon: CheckLexicon) -> Match | None:
    """The stretch of a sentence that says best what a frame says, or its opposite; None when none does."""
    held, ready = lexicon.held[number], lexicon.all_ready[number]
    pieces = taken.pieces if taken else None
    if pieces is None and not _may_hold(held, seen):
        return None
    if pieces and held.relation != "compares" and any(seen.sentence.thought[first] in seen.aside for first, _ in pieces):
        return None
    if pieces and (_is_told_in_two(pieces, seen.sentence) or _is_less_so(held, pieces, seen.sentence)):
        return None
    best: Match | None = None
    for stretch in _stretches(seen, pieces):
        shared = share(held, ready, seen, stretch, lexicon, pieces or ())
        score = _score(held, ready, shared, seen, stretch, pieces, lexicon)
        if score is not None and (best is None or score > best.score):
            best = _matched(held, ready, shared, seen, stretch, taken, lexicon, score) or best
    if best and held.verdict == "supported" and not best.denied and _counts_more(best, seen):
        return None
    if best and not held.amount and is_another_time(held, within(seen.sentence, best.start, best.end)):
        return None
    if best and best.denied and held.kind == "definition":
        return None  # what a thing is not, no definition tells
    if best and held.amount:
        best = with_amounts(best, held.amount, seen, lexicon)
    elif best and counts_people(best, seen, lexicon):
        return None
    return None if best and tells_other_numbers(best, seen, ready.amounts) else best


def _is_less_so(held: Held, pieces: Pieces, sentence: Sentence) -> bool:
    """Whether it is said to be so less than something else ("not as permanent as a facelift"), of which a frame that compares nothing says nothing."""
    if held.is_comparison:
        return False
    firsts = {start for start, _ in pieces}
    return any("compares" in cue.kinds and sentence.words[cue.start][0] == "not" and cue.end in firsts for cue in sentence.cues)


def _is_told_in_two(pieces: Pieces, sentence: Sentence) -> bool:
    """Whether a pattern took words on both sides of a semicolon, behind which something else is spoken of ("it takes a day; what you see …")."""
    first, last = min(start for start, _ in pieces), max(end for _, end in pieces)
    if sentence.thought[first] == sentence.thought[last - 1]:
        return False
    return any(sentence.words[i][0] not in SAME_SUBJECT for i in behind_semicolons(sentence, first, last))


def _score(held: Held, ready: Ready, shared: Shared, seen: Scene, stretch: Piece, pieces: Pieces | None, lexicon: CheckLexicon) -> float | None:
    """How well a stretch says what the frame says; None when it does not."""
    taken = pieces or ()
    if shared.forbidden and held.relation != "may" and ALLOWED not in ready.signs and not _is_in(ALLOWED, seen, taken):
        return None  # the frame knows nothing of the law
    if held.relation in UNNEEDED and MUST not in ready.signs and any(item[:2] == NEED_NOT and seen.sentence.words[item[2]][0] == "need" for item in seen.items):
        return None  # that a payer need not pay says nothing of whether it does, nor that a surgeon need not have trained of whether they did
    if held.kind == "derived":
        score = _needed(held, shared, seen, stretch)
        return None if score is not None and _rest(held, ready, seen, stretch, taken, lexicon) else score
    if pieces is None and held.relation == "compares" and not seen.compares:
        return None
    if held.relation in EQUATING and (_only_names(ready, shared, seen.sentence, taken) or _only_joins(held, ready, shared, seen.sentence)):
        return None
    is_of_all = any(stretch[0] <= at < stretch[1] for at in seen.of_all)
    bearing = _bearing(held, seen, stretch, pieces)
    score = _alike(held, ready, shared, bearing, is_of_all, pieces is not None)
    rest = 0 if score is None else _rest(held, ready, seen, stretch, taken, lexicon)  # looked for only where all else fits
    if rest and (pieces is None or rest >= DECISIVE):
        return None
    return _alike(held, ready, shared, bearing - LEFT_OVER * rest, is_of_all, pieces is not None) if rest else score


def _matched(
    held: Held, ready: Ready, shared: Shared, seen: Scene, stretch: Piece, by_pattern: Taken | None, lexicon: CheckLexicon, score: float
) -> Match | None:  # fmt: skip
    """The match of a stretch that says what the frame says, or its opposite; None where nothing is stated, or nobody can tell which."""
    taken = by_pattern.pieces if by_pattern else ()
    words = _words_of(seen, shared, taken, lexicon)
    spoken = frozenset([seen.sentence.thought[i] for i in words])
    if held.kind == "derived" and any(d.apart and any(lexicon.entities.get(item[0]) == "field" for item in d.items) for d in seen.denied):
        return None  # "… is cosmetic and not plastic surgery" states what the frame does not
    if spoken <= seen.sentence.unasserted or _is_of_another(ready, shared, seen, spoken, lexicon):
        return None
    denied = is_denied(held, shared, by_pattern, seen, spoken)
    if denied is None:
        return None
    denied ^= by_pattern is not None and by_pattern.is_opposite
    if held.relation == "may":
        denied ^= shared.forbidden and ALLOWED not in ready.signs  # "it is illegal for a nurse to …"
        denied ^= shared.only_subject and held.verdict == "contradicted" and ONLY not in ready.signs  # judge.py takes an "only" for a denial
    if denied and seen.compares and (held.amount or held.relation == "lasts") and "compares" not in held.marks:
        return None  # "not as long-lasting as a facelift" denies no time
    if held.verdict == "supported" and not denied and _sets_other_apart(held, seen, spoken, taken, lexicon):
        return None
    if denied and held.verdict == "supported" and _unaccounted(shared, seen, stretch, taken, lexicon) > MOST_UNACCOUNTED:
        return None
    return Match(held, *stretch, score, denied, spoken, words, _shown(shared, words, stretch, seen), taken, by_pattern is not None)


def _sets_other_apart(held: Held, seen: Scene, spoken: frozenset[int], pieces: Pieces, lexicon: CheckLexicon) -> bool:
    """Whether it is said besides what the thing is not ("skin doctors and not surgeons"), of which the frame knows nothing."""
    known = {up for name, _ in held.terms for up in (name, *lexicon.parents.get(name, ()))}
    apart = [denial for denial in seen.denied if denial.apart and denial.items and seen.sentence.thought[denial.at] in spoken]
    apart = [denial for denial in apart if not any(start <= denial.at < end for start, end in pieces)]
    return any(known.isdisjoint([item[0] for item in denial.items]) for denial in apart)


def _is_in(name: str, seen: Scene, pieces: Pieces) -> bool:
    """Whether a pattern took the words of a term."""
    return any(item[0] == name and start <= item[2] < end for item in seen.items for start, end in pieces)


def _shown(shared: Shared, words: frozenset[int], stretch: Piece, seen: Scene) -> Piece:
    """From the first word of a frame to its last, with what stands about them up to commas and to where something else is said."""
    named = [place for place in shared.places.values() if place[1] > place[0]]
    start, end = min([min(words), *[start for start, _ in named]]), max([max(words) + 1, *[end for _, end in named]])
    part = seen.sentence.part
    while start > stretch[0] and part[start - 1] == part[start] and not _ends_at(start - 1, seen.sentence):
        start -= 1
    while end < stretch[1] and part[end] == part[end - 1] and not _ends_at(end, seen.sentence):
        end += 1
    return start, end


def _ends_at(at: int, sentence: Sentence) -> bool:
    """Whether a word goes on to something else: an "and" before a verb or pronoun, a "with" before a thing of its own."""
    word, behind = sentence.words[at][0], sentence.words[at + 1][0] if at + 1 < len(sentence.words) else ""
    is_given = any(one[1] == PROVIDE for one in sentence.words[max(0, at - PROVIDED) : at])  # "provide the patient with …"
    return (word == AND and behind in GOES_ON) or (word == WITH and behind not in TAKEN_UP and not is_given)


def _is_of_another(ready: Ready, shared: Shared, seen: Scene, spoken: frozenset[int], lexicon: CheckLexicon) -> bool:
    """Whether what is said stands in thoughts that begin with a thing of their own, and the frame's thing stands in none of them."""
    thought = seen.sentence.thought
    own = {name: shared.places[name] for name in ready.ordered if name in shared.places and shared.places[name][1] > shared.places[name][0]}
    if not own or any(thought[start] in spoken for start, _ in own.values()) or any(item[0] in own and thought[item[2]] in spoken for item in seen.items):
        return False
    return any(item[0] in lexicon.entities and thought[item[2]] in spoken and item[2] - seen.bounds[thought[item[2]]][0] <= HEAD for item in seen.items)


def _words_of(seen: Scene, shared: Shared, pieces: Pieces, lexicon: CheckLexicon) -> frozenset[int]:
    """The words by which something is said of the frame's things; the names of these only where there is nothing else."""
    said = [place for name, place in shared.places.items() if name not in lexicon.entities]
    words = {i for start, end in (*said, *pieces) for i in range(start, end)} - seen.things
    return frozenset(words or {i for start, end in shared.places.values() for i in range(start, end)} or {0})


def _rest(held: Held, ready: Ready, seen: Scene, stretch: Piece, pieces: Pieces, lexicon: CheckLexicon) -> int:
    """How many things the stretch asserts of which the frame knows nothing; DECISIVE where one of them makes it another statement."""
    here = [item for item in seen.items if stretch[0] <= item[2] < stretch[1]]
    groups = leftover(held, ready, here, pieces, lexicon)
    if not FATAL.isdisjoint(groups):
        return DECISIVE
    return len(groups) + UNCOUNTED * (uncounted(held, within(seen.sentence, *stretch)) and not held.tells_figure)


def _unaccounted(shared: Shared, seen: Scene, stretch: Piece, pieces: Pieces, lexicon: CheckLexicon) -> float:
    """What part of a stretch neither the frame's terms nor its pattern account for."""
    taken = {i for start, end in (*shared.places.values(), *pieces) for i in range(start, end)}
    here = [(lexicon.weights.get(item[0], UNSEEN), item[2] in taken) for item in seen.items if stretch[0] <= item[2] < stretch[1]]
    whole = sum(weight for weight, _ in here)
    return sum(weight for weight, is_taken in here if not is_taken) / whole if whole else 0.0


def _may_hold(held: Held, seen: Scene) -> bool:
    """Whether the sentence has at all what must link the frame's terms. Cheap, so that few frames are compared word by word."""
    if held.strength == "all" and held.relation != "may":
        return bool(seen.of_all) and (any(name == ONLY for name, _ in held.terms) or not _says_only(seen))
    if held.relation == "counts" and held.tells_figure and not seen.sentence.amounts and not seen.denied:
        return False
    if held.link == "amount" and held.amount:
        return bool(of_unit(seen.sentence.amounts, held.amount.unit))
    if held.link == "aim":
        return not AIMS.isdisjoint([word[1] for word in seen.sentence.words])
    if held.link == "site":
        return not OPERATIONS.isdisjoint([word[1] for word in seen.sentence.words])
    return True


def _counts_more(match: Match, seen: Scene) -> bool:
    """Whether a stretch says of what there is more than of something else ("more is done by A than by B"), and its frame compares nothing."""
    if match.held.is_comparison or not _is_compared((match.start, match.end), seen):
        return False
    words = [word[0] for word in seen.sentence.words[match.start : match.end]]
    than = words.index("than") if "than" in words else 0
    sets_against = any(word in MORE for word in words[: max(than - 1, 0)])  # "nothing more than a course" counts
    times = any(one in TIMES_AS and two == "as" for one, two in pairwise(words))  # "twice as many as"
    return (words[0] in MORE and than > 0) or (not match.amounts and (times or (match.by_pattern and sets_against)))


def _says_only(seen: Scene) -> bool:
    """Whether the words of the sentence that speak of all are but an "only" ("we use this gel exclusively")."""
    return ONLYS.issuperset([seen.sentence.words[at][0] for at in seen.of_all])


def _stretches(seen: Scene, pieces: Pieces | None) -> list[Piece]:
    """Where to look: the thoughts that a pattern stands in; without one, each thought and the whole sentence."""
    thought = seen.sentence.thought
    if pieces is not None:
        last = max([end for _, end in pieces]) - 1
        return [(seen.bounds[thought[pieces[0][0]]][0], max(seen.bounds[thought[last]][1], last + 1))]
    spans = list(seen.bounds.values())
    return spans if len(spans) == 1 else [*spans, (0, len(thought))]


def _bearing(held: Held, seen: Scene, stretch: Piece, pieces: Pieces | None) -> float:
    """What else tells for or against: the frame's own place is named; the text compares; the pieces stand in thoughts of their own."""
    told = (SAME_STATE if "-" in held.place else SAME_PLACE) if held.place and seen.sentence.has(f"in {held.place}") else 0.0
    if "compares" not in held.marks and _is_compared(stretch, seen):
        told -= COMPARED
    is_of_two = held.relation == "compares" and any(word in held.claim for word in TWO)  # "the one is elective, while the other is needed"
    if pieces and len(seen.bounds) > 1 and not is_of_two:
        told -= CROSSING * (len({seen.sentence.thought[first] for first, _ in pieces}) - 1)
    return told


def _alike(held: Held, ready: Ready, shared: Shared, bearing: float, is_of_all: bool, by_pattern: bool) -> float | None:
    """How well a stretch says what a claim says; None when it does not."""
    if shared.only_other or shared.replaced:
        return None
    missing = sum(1 for name in ready.required if name not in shared.places)
    is_more = shared.only and ONLY not in ready.signs and held.strength != "all" and held.relation != "pays" and not held.amount
    if by_pattern and held.verdict == "supported" and (is_more or (ready.ordered and shared.places.keys().isdisjoint(ready.ordered))):
        return None  # what is right of the things it is about may not be of others, nor of them alone
    recall = shared.weight / ready.whole if ready.whole else 0.0
    precision = shared.share()
    score = RECALL * recall + PRECISION * precision + bearing - MISSING_ENTITY * missing - FOREIGN_ENTITY * shared.foreign
    if not by_pattern and len(ready.signs) <= FEW and shared.gap() > CLOSE:
        score -= APART
    if shared.must and MUST not in ready.signs and held.relation in ASSERTS:
        score -= OTHER_MODE
    if _is_turned(ready, shared):
        if held.relation == "is-part-of":
            return None
        score -= TURNED
    if shared.only and ONLY not in ready.signs:
        score -= WITHOUT_ONLY
    if held.strength == "all" and not is_of_all and not (held.relation == "may" and held.verdict == "supported"):  # what all may, some may
        score -= NOT_OF_ALL
        if not by_pattern:
            return None
    if not by_pattern and unsaid(ready, shared.places):
        return None
    if by_pattern:
        return score + PATTERN_BONUS if score + PATTERN_BONUS >= LEAST_BY_PATTERN else None
    if held.kind == "definition":
        is_told = precision >= LEAST_PRECISION and len(shared.places) >= FEWEST_IN_DEFINITION and not missing and not shared.foreign
        return score if is_told else None
    if len(ready.signs) < FEWEST_IN_CLAIM or _is_attribute(ready, shared) or (shared.flipped and shared.exact < FEW):
        return None  # of a kind of the thing, one term turned is too little to say the opposite
    return score if not missing and recall >= LEAST_RECALL and precision >= LEAST_SHARE and score >= LEAST_BY_TERMS else None


def _is_turned(ready: Ready, shared: Shared) -> bool:
    """Whether two fields or bodies stand the other way around than in the claim, and that matters."""
    if len(ready.ordered) < FEW or not SYMMETRIC.isdisjoint(ready.signs):
        return False
    order = [shared.places[name] for name in ready.ordered if name in shared.places]
    return len(order) > 1 and order[0] > order[1] and order[1][1] > order[1][0]


def _is_attribute(ready: Ready, shared: Shared) -> bool:
    """Whether the text only names what the claim states: "board certified plastic surgeons" does not say that they are."""
    if len(ready.ordered) != 1 or len(ready.signs) > FEW + 1 or next(iter(ready.signs)) != ready.ordered[0]:
        return False
    thing = shared.places.get(ready.ordered[0])
    return thing is not None and all(place[1] <= thing[0] for name, place in shared.places.items() if name != ready.ordered[0] and place != thing)


def _only_names(ready: Ready, shared: Shared, sentence: Sentence, pieces: Pieces) -> bool:
    """Whether what the frame says of its one thing only tells which one is meant: "a plastic surgeon certified by the board will …"."""
    if not 1 <= len(ready.ordered) <= FEW or len(ready.signs) > FEW + 1 or ready.ordered[0] not in shared.places:
        return False
    if "same" in ready.signs and any(all(start <= place[0] and place[1] <= end for place in shared.places.values()) for start, end in pieces):
        return False  # "cosmetic surgery, also known as plastic surgery": the name says it
    thing = shared.places[ready.ordered[0]]
    rest = [place for name, place in shared.places.items() if name != ready.ordered[0] and place != thing]
    words = [word[0] for word in between(sentence, [thing, *rest, *pieces])]
    return bool(rest) and thing[1] > thing[0] and EQUATES.isdisjoint(words) and SAYS.isdisjoint(words)


def _only_joins(held: Held, ready: Ready, shared: Shared, sentence: Sentence) -> bool:
    """Whether the two things of a frame that says that one is the other are only named side by side ("cosmetic surgeons and plastic surgeons are
    doctors")."""
    if not SYMMETRIC.isdisjoint((*ready.signs, *shared.others)) or " and " in held.claim:
        return False
    words = [word[0] for word in between(sentence, [shared.places[name] for name in ready.ordered if name in shared.places] or [(0, 0)])]
    return "and" in words and EQUATES.isdisjoint(words) and SAYS.isdisjoint(words)


def _is_of_a_mark(permanent: Piece, seen: Scene) -> bool:
    """Whether a mark that is left is named in one breath with a "permanent"."""
    marks = [item for item in seen.items if item[0] in MARKS_LEFT]
    return any(0 <= item[2] - permanent[1] <= 1 or 0 <= permanent[0] - item[3] <= MARK_NEAR for item in marks)


def _is_compared(stretch: Piece, seen: Scene) -> bool:
    """Whether words that compare stand in a stretch."""
    return any(stretch[0] <= at < stretch[1] for at in seen.compares)


def _compares(seen: Scene, stretch: Piece) -> bool:
    """Whether the stretch sets one thing against another ("safer than a facelift", "safer in the hands of …"), which says nothing of either alone."""
    is_safer = SAFER in [word[0] for word in seen.sentence.words[stretch[0] : stretch[1]]]
    return is_safer or _is_compared(stretch, seen)


def _needed(held: Held, shared: Shared, seen: Scene, stretch: Piece) -> float | None:
    """How well a stretch fits a derived frame: all its terms must stand there, and what links them."""
    sentence = seen.sentence
    if shared.only_other or len(shared.places) < len(held.terms) or (shared.must and held.relation == "may") or _compares(seen, stretch):
        return None
    if held.facet == PERMANENT and _is_of_a_mark(shared.places[PERMANENT], seen):
        return None  # "leaves permanent scars", "the scar is permanent"
    if shared.only and held.facet.startswith(DONE_BY):
        return None  # that somebody does it says nothing of whether others may
    if held.link == "is" and not shared.flipped and not is_equated(sentence, list(shared.places.values())):
        return None
    if held.link == "need" and NEEDS.isdisjoint([word[1] for word in sentence.words[stretch[0] : stretch[1]]]):
        return None
    if held.link == "site" and not is_operation_on(sentence, list(shared.places.values())):
        return None
    if held.link == "aim" and any(item[0] == NORMAL and stretch[0] <= item[2] < stretch[1] for item in seen.items):
        return None  # which structures it is done on is another statement
    if held.link == "aim" and AIMS.isdisjoint([word[1] for word in sentence.words[stretch[0] : stretch[1]]]):
        return None
    bonus = EXACT_BONUS * 2 if held.link == "site" else 0.0
    if held.link == "amount" and held.amount:
        if shared.flipped or (sentence.thought[stretch[0]] != sentence.thought[stretch[1] - 1] and len(seen.bounds) > 1):
            return None
        if not of_unit(within(sentence, *stretch), held.amount.unit):
            return None
        bonus = AMOUNT_BONUS
    precision = shared.share()
    if precision < LEAST_SHARE_OF.get(held.link, LEAST_SHARE_DERIVED):
        return None
    base = DERIVED_BASE - (AT_LARGE if held.link == "whole" else 0)
    return base + PRECISION * precision + bonus + EXACT_BONUS * shared.exact - FOREIGN_ENTITY * shared.foreign
