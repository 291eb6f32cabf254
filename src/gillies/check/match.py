"""Which held frames a sentence may state: found by the statements' own patterns and by the terms that their claims share with it."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon
from gillies.check.numbers import Amount, fits, of_unit
from gillies.check.claim import Denial, denials
from gillies.check.read import Item, Sentence, bag
from gillies.phrases.words import Word
from gillies.reading.find import Hits, Words, complete


class Match(msgspec.Struct, frozen=True):
    """A held frame that a stretch of a sentence states, or denies: its words [start, end), and how well it fits."""

    held: Held
    start: int
    end: int
    score: float
    denied: bool
    by_pattern: bool = False
    amounts: tuple[Amount, ...] = ()
    """The numbers of the frame's unit that the stretch tells of it."""


PATTERN_BONUS = 0.35
MISSING_ENTITY, FOREIGN_ENTITY, APART, CROSSING = 0.25, 0.12, 0.3, 0.2
LEAST_BY_PATTERN, LEAST_BY_TERMS, LEAST_RECALL = 0.5, 0.62, 0.72
FEW, CLOSE = 2, 3
"""A claim of so few terms is only made where they stand so close together."""
COMPARED, SAME_PLACE, FITTING = 0.25, 0.15, 0.15
"""What it counts that the text compares and the claim does not; that it names the frame's own place; that its number fits."""
LIKE_PARENT = 0.8
"""What a term counts where the text names only a kind of it."""
MOST_CANDIDATES = 24
FAR, BESIDE = 99, 5
"""How near (in words) another thing must be named for a number to be its own."""
UNSEEN = 3.0
"""The weight of a word that no claim of ours has."""
LEAST_SHARE, LEAST_SHARE_DERIVED, LEAST_SHARE_OF = 0.5, 0.25, {"whole": 0.45, "aim": 0.2, "amount": 0.15}
"""What part of a stretch a claim must cover when no pattern vouches for it."""
LEAST_PRECISION, FEWEST_IN_DEFINITION = 0.6, 3
DERIVED_BASE, AMOUNT_BONUS, EXACT_BONUS = 0.4, 0.15, 0.04
AIMS = frozenset("improv enhanc restor focus aim goal purpos deal design intend reshap better correct beautif".split())
"""Stems of words that say what something is for."""
TURNED = 0.15
SYMMETRIC = frozenset(("same", "confused", "covers", "abms", "accredited", "recognised", "membership"))
"""Terms of claims that hold, or are said, both ways around."""
EQUATES = frozenset("is are was were be being involves involve requires require means considered counts called remains".split())


def matches(sentence: Sentence, before: list[Item], lexicon: CheckLexicon) -> list[Match]:
    """The best frames of a sentence, best first, one for each stretch of it. `before`: what "it" at its head takes up."""
    items = bag(sentence, lexicon.little)
    if not items:
        return []
    by_pattern = _patterns(sentence, lexicon)
    denied = denials(sentence, items)
    candidates = dict.fromkeys(by_pattern)
    for i in _by_terms(items + before, lexicon):
        candidates.setdefault(i)
    found: list[Match] = []
    for i in candidates:
        match = _score(lexicon.held[i], by_pattern.get(i), sentence, items, before, denied, lexicon)
        if match and _is_stated(match, sentence):
            found.append(match)
    return _best(found)


def _is_stated(match: Match, sentence: Sentence) -> bool:
    """Whether the stretch states the frame: not as what people believe, nor as what should be, unless the frame is about that."""
    held = match.held
    for cue in sentence.cues:
        if "belief" in cue.kinds and cue.start < match.end and "belief" not in held.marks:
            return False
        if "past" in cue.kinds and match.start <= cue.start < match.end and "past" not in held.marks:
            return False
        if "ought" in cue.kinds and match.start <= cue.start < match.end and "ought" not in held.marks and all(name != "must" for name, _ in held.terms):
            return False
    return True


def _patterns(sentence: Sentence, lexicon: CheckLexicon) -> dict[int, tuple[tuple[int, int], ...]]:
    """Frames whose patterns are complete in the sentence -> the words they took (the longest such)."""
    content, letters = [], []
    for n, word in enumerate(sentence.words):
        if word[2]:
            content.append(n)
            letters.append(word[2])
    runs = lexicon.patterns.matcher.find_overlapping("".join(letters))
    if not runs:
        return {}
    hits = Hits([(lexicon.patterns.run(run), (start, end)) for start, end, run in runs])
    words = Words([Word("", "", 0, 0)], [], [], frozenset(), content, letters, [], [0] * len(content))
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for concept, pieces in complete(hits, lexicon.patterns, words):
        i = lexicon.by_id[concept.id]
        if i not in found or _size(pieces) > _size(found[i]):
            found[i] = pieces
    return found


def _size(pieces: tuple[tuple[int, int], ...]) -> int:
    return sum(end - start for start, end in pieces)


def _by_terms(items: list[Item], lexicon: CheckLexicon) -> list[int]:
    """Frames that share telling terms with the sentence, best first."""
    tally: dict[int, float] = {}
    whole: dict[int, int] = {}
    for name in {name for item in items for name in (item[0], *lexicon.parents.get(item[0], ()))}:
        weight = lexicon.weights.get(name, UNSEEN)
        for i in lexicon.postings.get(name, ()):
            tally[i] = tally.get(i, 0.0) + weight
        for i in lexicon.derived_postings.get(name, ()):
            whole[i] = whole.get(i, 0) + 1
    best = sorted(tally, key=lambda i: (-tally[i], i))[:MOST_CANDIDATES]
    return best + [i for i, count in whole.items() if count == lexicon.needed[i]]


class _Shared(msgspec.Struct):
    """What a stretch of a sentence shares with a frame's terms."""

    weight: float = 0.0
    own: float = 0.0
    """The weight of all that the stretch says."""
    foreign: int = 0
    """Things it names that the frame is not about."""
    flipped: bool = False
    places: dict[str, tuple[int, int]] = {}
    exact: int = 0

    def gap(self) -> int:
        """Words between the first two things shared that lie farthest apart."""
        spots = sorted(place for place in self.places.values() if place[1] > place[0])
        return max((after[0] - before[1] for before, after in pairwise(spots)), default=0)


def _score(
    held: Held, pieces: tuple[tuple[int, int], ...] | None, sentence: Sentence, items: list[Item], before: list[Item],
    denied: list[Denial], lexicon: CheckLexicon,
) -> Match | None:  # fmt: skip
    wanted = dict(held.terms)
    best: Match | None = None
    for start, end in _stretches(sentence, pieces):
        inside = [item for item in items if start <= item[2] < end]
        context = [*before, *(item for item in items if item[2] < start)]
        shared = _share(wanted, inside, context, (start, end), lexicon, held.terms[0][0] if held.kind == "derived" else "")
        bearing = _bearing(held, sentence, (start, end), pieces)
        if held.kind == "derived":
            score = _needed(held, shared, sentence, (start, end))
        else:
            score = _alike(held, wanted, shared, bearing, pieces is not None, lexicon)
        if score is not None and (best is None or score > best.score):
            either = any("either-way" in cue.kinds and start <= cue.start < end for cue in sentence.cues)
            is_denied = _is_denied(held, shared, pieces or (), [d for d in denied if start <= d.at < end], either)
            best = Match(held, start, end, score, is_denied, pieces is not None)
    return _with_amounts(best, sentence, items, lexicon) if best and held.amount else best


def _with_amounts(match: Match, sentence: Sentence, items: list[Item], lexicon: CheckLexicon) -> Match | None:
    """The match with the numbers told of it; None when all numbers of its unit are told of something else, or it lives by a number and has none."""
    held = match.held
    assert held.amount is not None
    here = of_unit(_within(sentence, match.start, match.end), held.amount.unit)
    own = [amount for amount in here if _is_told_of(held, amount, sentence, items, lexicon)]
    if not own and (here or held.link == "amount"):
        return None
    is_right = bool(own) and fits(own, held.amount.unit, held.amount.least, held.amount.most)
    return msgspec.structs.replace(match, amounts=tuple(own), score=match.score + FITTING * is_right)


def _within(sentence: Sentence, start: int, end: int) -> list[Amount]:
    first, last = sentence.spots[start][0], sentence.spots[end - 1][1]
    return [amount for amount in sentence.amounts if first <= sentence.start + amount.start < last]


def _is_told_of(held: Held, amount: Amount, sentence: Sentence, items: list[Item], lexicon: CheckLexicon) -> bool:
    """Whether no other thing is named nearer to the number than the frame's own."""
    at = bisect_right([start for start, _ in sentence.spots], sentence.start + amount.start) - 1
    names = {one for name, _ in held.terms for one in name.split("|")}
    near: dict[bool, int] = {}
    for name, _, first, last in items:
        if name in lexicon.entities:
            own = name in names or not names.isdisjoint(lexicon.parents.get(name, ()))
            gap = first - at if first > at else at - last + 1
            near[own] = min(near.get(own, FAR), gap)
    return near.get(False, FAR) > BESIDE or near.get(False, FAR) >= near.get(True, FAR)


def _bearing(held: Held, sentence: Sentence, stretch: tuple[int, int], pieces: tuple[tuple[int, int], ...] | None) -> float:
    """What else tells for or against: the frame's own place is named; the pieces stand in thoughts of their own."""
    start, end = stretch
    told = SAME_PLACE if held.place and any(f"in {held.place}" in cue.kinds for cue in sentence.cues) else 0.0
    if "compares" not in held.marks and any("compares" in cue.kinds and start <= cue.start < end for cue in sentence.cues):
        told -= COMPARED
    return told - (CROSSING * (len({sentence.thought[first] for first, _ in pieces}) - 1) if pieces else 0.0)


def _is_denied(held: Held, shared: _Shared, pieces: tuple[tuple[int, int], ...], denied: list[Denial], either: bool) -> bool:
    """Whether the stretch says the opposite of the claim: the denials on both sides that bear on what they share, and opposites, are counted.
    Where a pattern found other words than the claim's, a denial of the claim that bears on nothing shared is taken for the text's; so is one that the text answers by "with or without" (`either`)."""
    places = [*shared.places.values(), *pieces]
    bearing = [d for d in denied if any(item[2] < end and start < item[3] for item in d.items for start, end in places)]
    outside = [d for d in bearing if not any(start <= d.at < end for start, end in pieces)]
    if len(outside) < len(bearing):  # the pattern has the denial in it, as the claim has
        return len(outside) % 2 == 1
    there = sum(1 for names in held.denials if not shared.places.keys().isdisjoint(names))
    there -= either and there > 0
    is_odd = (len(bearing) + there) % 2 == 1
    if is_odd and len(bearing) > there and pieces and len(held.denials) > there:
        is_odd = False
    return is_odd != shared.flipped


def _share(wanted: dict[str, int], inside: list[Item], context: list[Item], stretch: tuple[int, int], lexicon: CheckLexicon, about: str) -> _Shared:
    """What the stretch has of the terms wanted; what it takes up from before counts for things only. Of a derived frame only the thing that it is
    `about` may be named by a kind of it."""
    shared = _Shared(places={})
    strangers: list[tuple[int, int]] = []
    weight, parents = lexicon.weights.get, lexicon.parents.get
    alternatives = {one: name for name in wanted if "|" in name for one in name.split("|")}
    for name, sign, first, last in inside:
        hit = name if name in wanted else alternatives.get(name) or next((up for up in parents(name, ()) if up in wanted and about in ("", up)), None)
        value = weight(name, UNSEEN)
        if hit is None:
            shared.own += value
            if name in lexicon.entities:
                strangers.append((first, last))
        elif hit not in shared.places:
            shared.own += value
            shared.places[hit] = (first, last)
            shared.exact += hit == name
            shared.weight += weight(hit, UNSEEN) * (1 if hit == name else LIKE_PARENT)
            if sign != wanted[hit]:
                shared.flipped = not shared.flipped
    for name, _, _, _ in context:
        hit = name if name in wanted else next((up for up in parents(name, ()) if up in wanted), None)
        if hit and hit not in shared.places and hit in lexicon.entities:
            shared.places[hit] = (stretch[0], stretch[0])
            shared.weight += weight(hit, UNSEEN) * LIKE_PARENT
    own = [place for name, place in shared.places.items() if name in lexicon.entities]
    shared.foreign = sum(1 for place in strangers if not any(_is_beside(place, other) for other in own))
    return shared


def _is_beside(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two things are named in one breath ("Botox and fillers")."""
    return 0 <= max(place[0] - other[1], other[0] - place[1]) <= 1


def _alike(held: Held, wanted: dict[str, int], shared: _Shared, bearing: float, by_pattern: bool, lexicon: CheckLexicon) -> float | None:
    """How well a stretch says what a claim says; None when it does not."""
    total = sum(lexicon.weights.get(name, UNSEEN) for name in wanted)
    missing = sum(1 for name in wanted if name in lexicon.entities and name not in shared.places)
    recall = shared.weight / total if total else 0.0
    precision = min(1.0, shared.weight / shared.own) if shared.own else 0.0
    score = 0.6 * recall + 0.4 * precision + bearing - MISSING_ENTITY * missing - FOREIGN_ENTITY * shared.foreign
    if len(wanted) <= FEW and shared.gap() > CLOSE:
        score -= APART
    if _is_turned(wanted, shared, lexicon):
        score -= TURNED
    if by_pattern:
        return score + PATTERN_BONUS if score + PATTERN_BONUS >= LEAST_BY_PATTERN else None
    if held.kind == "definition":
        is_told = precision >= LEAST_PRECISION and len(shared.places) >= FEWEST_IN_DEFINITION and not missing and not shared.foreign
        return score if is_told else None
    return score if not missing and recall >= LEAST_RECALL and precision >= LEAST_SHARE and score >= LEAST_BY_TERMS else None


def _is_turned(wanted: dict[str, int], shared: _Shared, lexicon: CheckLexicon) -> bool:
    """Whether two fields or bodies stand the other way around than in the claim, and that matters."""
    if not SYMMETRIC.isdisjoint(wanted):
        return False
    order = [shared.places[name] for name in wanted if name in lexicon.entities and name in shared.places]
    return len(order) > 1 and order[0] > order[1] and order[1][1] > order[1][0]


def _needed(held: Held, shared: _Shared, sentence: Sentence, stretch: tuple[int, int]) -> float | None:
    """How well a stretch fits a derived frame: all its terms must stand there, and what links them."""
    if len(shared.places) < len(held.terms):
        return None
    if held.link == "is" and not shared.flipped and not _is_equated(sentence, list(shared.places.values())):
        return None
    if held.link == "aim" and AIMS.isdisjoint(word[1] for word in sentence.words[stretch[0] : stretch[1]]):
        return None
    bonus = 0.0
    if held.link == "amount":
        assert held.amount is not None
        if not of_unit(_within(sentence, *stretch), held.amount.unit):
            return None
        bonus = AMOUNT_BONUS
    precision = min(1.0, shared.weight / shared.own) if shared.own else 0.0
    if precision < LEAST_SHARE_OF.get(held.link, LEAST_SHARE_DERIVED):
        return None
    return DERIVED_BASE + 0.4 * precision + bonus + EXACT_BONUS * shared.exact - FOREIGN_ENTITY * shared.foreign


def _is_equated(sentence: Sentence, places: list[tuple[int, int]]) -> bool:
    """Whether a word that equates stands between the first and the last of the pieces."""
    first, last = min(start for start, _ in places), max(end for _, end in places)
    return any(word[0] in EQUATES for word in sentence.words[first:last])


def _stretches(sentence: Sentence, pieces: tuple[tuple[int, int], ...] | None) -> list[tuple[int, int]]:
    """Where to look: the thoughts that a pattern stands in; without one, each thought and the whole sentence."""
    bounds: dict[int, list[int]] = {}
    for i, thought in enumerate(sentence.thought):
        bounds.setdefault(thought, [i, i])[1] = i + 1
    if pieces is not None:
        first, last = bounds[sentence.thought[pieces[0][0]]][0], bounds[sentence.thought[max(end for _, end in pieces) - 1]][1]
        return [(first, last)]
    spans = [(first, last) for first, last in bounds.values()]
    return spans if len(spans) == 1 else [*spans, (0, len(sentence.words))]


def _best(found: Iterable[Match]) -> list[Match]:
    """The best first; what overlaps a better one is dropped."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (-m.score, m.held.id)):
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return kept
