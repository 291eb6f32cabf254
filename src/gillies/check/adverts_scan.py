"""Which claims of adverts have their words in a sentence: one pass of the phrases over it. Whether they are made there, adverts_made.py tells."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, zip_longest

from gillies.check.adverts_denied import troubles_answered, troubles_denied
from gillies.check.adverts_found import NOTHING, Found, Scan
from gillies.check.adverts_held import AdvertLexicon, ClaimHeld
from gillies.check.numbers import AT_THE_TOP, Amount
from gillies.check.sentence import Piece, Sentence
from gillies.reading.find import complete, hits

ROWS = frozenset(("ease", "safety", "superlative"))
"""Kinds whose words may be a row with commas."""
SAFETY = "safety"
LARGE_SHARE = 50
"""Percent from which on a figure sells; a smaller one does where it is the most that can be ("up to")."""
NEAR = 3
"""How many words away what sets a claim right may stand where a comma is between them."""
FIGURE_NEAR = 60
"""How many characters may stand between a figure and what it measures."""


def scanned(listed: list[Sentence], held: AdvertLexicon) -> list[Scan]:
    """What the phrases find in each sentence, looked for in all of them at once."""
    rows = ["".join([word[6] for word in sentence.words]) for sentence in listed]
    starts = list(accumulate([len(row) + 1 for row in rows], initial=0))
    matches: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, run in held.patterns.matcher.find_overlapping("\n".join(rows)):
        number = bisect_right(starts, start) - 1
        matches.setdefault(number, []).append((start - starts[number], end - starts[number], run))
    pairs = zip_longest(listed, listed[1:])
    return [_scan(sentence, answer, matches.get(number, []), held) for number, (sentence, answer) in enumerate(pairs)]


def _scan(sentence: Sentence, answer: Sentence | None, matches: list[tuple[int, int, int]], held: AdvertLexicon) -> Scan:
    """The claims and contexts whose patterns are complete in a sentence, and what the next one answers to it."""
    denied = troubles_denied(sentence, held) + (troubles_answered(sentence, answer, held) if answer and sentence.ending == "?" else [])
    made = hits(matches, held.patterns)
    if not (made.found or denied):
        return NOTHING
    content = [n for n, word in enumerate(sentence.words) if word[2]]
    claims = denied
    named: dict[str, set[str]] = {"unless": set(), "only_with": set(), "context": set()}
    near: dict[str, list[tuple[Piece, ...]]] = {}
    for concept, pieces in complete(made, held.patterns, content, [sentence.thought[at] for at in content]):
        if concept.kind == "unless_near":
            near.setdefault(concept.id, []).append(pieces)
        elif concept.kind != "claim":
            named[concept.kind].add(concept.id)
        elif _hangs_together(pieces, held.claims[concept.id].kind, sentence):
            claims += _found(held.claims[concept.id], pieces, sentence)
    kept = tuple([found for found in claims if not any(_is_near(found, words, sentence) for words in near.get(found.claim.id, ()))])
    if not (kept or named["unless"] or named["only_with"] or named["context"]):
        return NOTHING
    return Scan(kept, frozenset(named["unless"]), frozenset(named["only_with"]), frozenset(named["context"]))


def _is_near(found: Found, words: Iterable[Piece], sentence: Sentence) -> bool:
    """Whether words that set a claim right all stand by it: in its part between commas, or but a few words away."""
    own = sentence.part[found.start : found.end]
    return all(sentence.part[start] in own or sentence.part[end - 1] in own or max(start - found.end, found.start - end) <= NEAR for start, end in words)


def _hangs_together(pieces: tuple[Piece, ...], kind: str, sentence: Sentence) -> bool:
    """Whether all pieces stand in one thought, and none reaches over a comma, unless it may be a row of praise ("quick, easy"). That something is safe
    under a condition is said in one run over the turn of the thought ("safe when done by us")."""
    if kind == SAFETY and len(pieces) == 1:
        return True
    if kind not in ROWS and any(sentence.part[start] != sentence.part[end - 1] for start, end in pieces):
        return False
    return len({sentence.thought[at] for start, end in pieces for at in (start, end - 1)}) == 1


def _found(claim: ClaimHeld, pieces: tuple[Piece, ...], sentence: Sentence) -> list[Found]:
    """The claim as it stands; one of figures once for each figure near it."""
    if not claim.figure:
        return [Found(claim, pieces)]
    first, last = sentence.spots[pieces[0][0]][0] - sentence.start, sentence.spots[pieces[-1][1] - 1][1] - sentence.start
    kind = "share" if claim.figure == "share" else "time"
    near = [a for a in sentence.amounts if a.kind == kind and a.start - last <= FIGURE_NEAR and first - a.end <= FIGURE_NEAR]
    parts = {sentence.part[at] for start, end in pieces for at in (start, end - 1)}
    near = [a for a in near if sentence.part[_words_of(a, sentence)[0]] in parts] or near  # what stands in its own part goes before all else
    if kind == "share":
        near = [amount for amount in near if amount.high >= LARGE_SHARE or amount.bound in AT_THE_TOP]
    return [Found(claim, tuple(sorted({*pieces, _words_of(amount, sentence)})), amount) for amount in near]


def _words_of(amount: Amount, sentence: Sentence) -> Piece:
    """The words of a figure."""
    at = [i for i, (start, end) in enumerate(sentence.spots) if end - sentence.start > amount.start and start - sentence.start < amount.end]
    return (at[0], at[-1] + 1) if at else (0, 1)
