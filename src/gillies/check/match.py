"""Which held frames a sentence may state: found by the statements' own patterns and by the terms that their claims share with it."""

from collections.abc import Iterable

import msgspec

from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon
from gillies.check.read import Sentence, bag
from gillies.phrases.words import Word
from gillies.reading.find import Hits, Words, complete

Item = tuple[str, int, int, int]
"""A term or stem of the text: name, sign, first word, end."""


class Match(msgspec.Struct, frozen=True):
    """A held frame that a stretch of a sentence states: its words [start, end), how well it fits, whether a term stands for its opposite."""

    held: Held
    start: int
    end: int
    score: float
    flipped: bool
    pieces: tuple[tuple[int, int], ...]
    by_pattern: bool


PATTERN_BONUS = 0.35
MISSING_ENTITY, FOREIGN_ENTITY = 0.25, 0.12
LEAST_BY_PATTERN, LEAST_BY_TERMS, LEAST_RECALL = 0.55, 0.62, 0.72
LIKE_PARENT = 0.8
"""What a term counts where the text names only a kind of it."""
MOST_CANDIDATES = 12


def matches(sentence: Sentence, before: list[Item], lexicon: CheckLexicon) -> list[Match]:
    """The best frames of a sentence, best first, one for each stretch of it. `before`: what "it" at its head takes up."""
    items = bag(sentence, lexicon.little)
    if not items:
        return []
    by_pattern = _patterns(sentence, lexicon)
    candidates = dict.fromkeys(by_pattern)
    for i in _by_terms(items + before, lexicon):
        candidates.setdefault(i)
    found: list[Match] = []
    for i in candidates:
        match = _score(lexicon.held[i], by_pattern.get(i), sentence, items, before, lexicon)
        if match:
            found.append(match)
    return _best(found)


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
    for name in {name for item in items for name in (item[0], *lexicon.parents.get(item[0], ()))}:
        weight = lexicon.weights.get(name, 3.0)
        for i in lexicon.postings.get(name, ()):
            tally[i] = tally.get(i, 0.0) + weight
    return sorted(tally, key=lambda i: -tally[i])[:MOST_CANDIDATES]


def _score(
    held: Held, pieces: tuple[tuple[int, int], ...] | None, sentence: Sentence, items: list[Item], before: list[Item], lexicon: CheckLexicon
) -> Match | None:  # fmt: skip
    wanted = dict(held.terms)
    weight = lexicon.weights.get
    stretches = _stretches(sentence, pieces)
    best: Match | None = None
    for start, end in stretches:
        inside = [item for item in items if start <= item[2] < end]
        match = _score_in(held, wanted, pieces, (start, end), inside, [*before, *(item for item in items if item[2] < start)], lexicon, weight)
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _score_in(held, wanted, pieces, stretch, inside, context, lexicon, weight) -> Match | None:  # type: ignore[no-untyped-def]
    total = sum(weight(name, 3.0) for name in wanted)
    shared, own, flipped = 0.0, 0.0, False
    found: dict[str, tuple[int, int]] = {}
    foreign = 0
    for name, sign, first, last in inside:
        value = weight(name, 3.0)
        hit = name if name in wanted else next((up for up in lexicon.parents.get(name, ()) if up in wanted), None)
        own += value
        if hit is None:
            foreign += name in lexicon.entities
            continue
        if hit in found:
            own -= value
            continue
        found[hit] = (first, last)
        shared += weight(hit, 3.0) * (1 if hit == name else LIKE_PARENT)
        if sign != wanted[hit]:
            flipped = not flipped
    for name, _, _, _ in context:
        hit = name if name in wanted else next((up for up in lexicon.parents.get(name, ()) if up in wanted), None)
        if hit and hit not in found and hit in lexicon.entities:
            found[hit] = (stretch[0], stretch[0])
            shared += weight(hit, 3.0) * LIKE_PARENT
    missing = sum(1 for name in wanted if name in lexicon.entities and name not in found)
    recall, precision = shared / total if total else 0.0, min(1.0, shared / own) if own else 0.0
    score = 0.6 * recall + 0.4 * precision - MISSING_ENTITY * missing - FOREIGN_ENTITY * foreign
    if held.derived and len(found) < len(wanted):
        return None
    if pieces is not None:
        score += PATTERN_BONUS
        if score < LEAST_BY_PATTERN:
            return None
    elif missing or recall < LEAST_RECALL or score < LEAST_BY_TERMS:
        return None
    return Match(held, *stretch, score, flipped, tuple(pieces or [place for place in found.values() if place[1] > place[0]]), pieces is not None)


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
