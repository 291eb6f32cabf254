"""The words of a text, and the concepts of the lexicon found in them: runs, then complete patterns, then what hides what."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import product

import msgspec

from gillies.phrases.words import Word
from gillies.reading.context import Piece
from gillies.reading.lexicon import Composite, Concept, Lexicon, Run

SPECIFIC = ("procedure", "elsewhere", "payer")
"""Kinds whose longer mention hides a shorter one inside it."""
HIDING = frozenset({"procedure", "concern", "elsewhere", "payer", "means"})
"""Kinds that hide and are hidden; findings, choices and cues stand beside anything."""
WINDOW = 6
"""How many words may stand between two parts of one pattern."""
MANY = 8
"""Pieces of a part from which on only those near by are looked at."""
MOST_APART = 1_000
"""More words than can stand between all parts of one pattern."""
MOST_PIECES = 8
"""Of one part in one pattern: what stands more often is not searched for its best place."""


class Words(msgspec.Struct, frozen=True):
    """The words of a text, the sentence of each, where commas and dashes break, which words carry content (and
    their letters), at which a cue may start, and for each content word its block: sentences that hang together, since one that begins with
    "they" or "it" speaks of the one before."""

    words: list[Word]
    sentence_of: list[int]
    sentences: list[Piece]
    breaks: frozenset[int]
    content: list[int]
    letters: list[str]
    cue_starts: list[int]
    blocks: list[int]


class Hits:
    """The runs of words found in a text, as content words [from, to); `here`: the parts of patterns they make, as a mask."""

    def __init__(self, found: list[tuple[Run, Piece]], here: int) -> None:
        self.found = found
        self.here = here
        self.known: dict[int, list[Piece]] = {}

    def of(self, part: int) -> list[Piece]:
        """Where a part stands."""
        known = self.known.get(part)
        if known is None:
            known = self.known[part] = [piece for run, piece in self.found if part in run.parts]
        return known


NO_HITS = Hits([], 0)


def runs(words: Words, lexicon: Lexicon) -> Hits:
    """All runs of stems that some pattern uses; none reaches across the end of a sentence."""
    row, at = words.letters, list(range(len(words.letters)))
    if len(words.sentences) > 1:
        row, at = _with_ends(words)
    matches = lexicon.matcher.find_overlapping("".join(row))
    return hits([(at[start], at[end - 1] + 1, run) for start, end, run in matches], lexicon)


def hits(matches: list[tuple[int, int, int]], lexicon: Lexicon) -> Hits:
    """What was found, made ready; nothing where no run stands alone and no pattern has the two parts that it needs first."""
    made = lexicon.runs
    here = wanted = 0
    stands_alone = False
    for _, _, number in matches:
        run = made[number]
        here |= run.mask
        wanted |= run.wants
        if run.alone:
            stands_alone = True
    if not stands_alone and not here & wanted:
        return NO_HITS
    return Hits([(made[number], (start, end)) for start, end, number in matches], here)


def _with_ends(words: Words) -> tuple[list[str], list[int]]:
    """The letters with a mark between sentences, and which content word each is (a mark: the one behind it)."""
    row: list[str] = []
    at: list[int] = []
    sentence = 0
    for n, letter in enumerate(words.letters):
        own = words.sentence_of[words.content[n]]
        if own != sentence:
            sentence = own
            row.append("\n")
            at.append(n)
        row.append(letter)
        at.append(n)
    return row, at


def complete(hits: Hits, lexicon: Lexicon, content: list[int], blocks: list[int]) -> list[tuple[Concept, tuple[Piece, ...]]]:
    """The concepts whose patterns are complete, with their pieces as words of the text (`content`, `blocks`: as in Words)."""
    found: list[tuple[Concept, tuple[Piece, ...]]] = []
    here, needed = hits.here, lexicon.needed
    leading: set[int] = set()
    for run, (start, end) in hits.found:
        leading.update(run.lead)
        if run.alone:
            pieces = ((content[start], content[end - 1] + 1),)
            found += [(concept, pieces) for concept in run.alone]
    for part in leading:
        next_to, patterns = needed[part]
        for parts, composite in patterns if next_to & here else ():
            if parts & here == parts:
                joined = _join(composite, hits, blocks)
                if joined:
                    found.append((lexicon.concepts[composite.concept], tuple([(content[start], content[end - 1] + 1) for start, end in joined])))
    return found


def _join(composite: Composite, hits: Hits, blocks: list[int]) -> Sequence[Piece] | None:
    """The closest choice of one piece a part that fits: same block, no overlap, at most WINDOW words between neighbours."""
    rows = [hits.of(part) for part in composite.parts]
    if len(rows) == 2:
        return _join_two(rows[0], rows[1], composite.ordered, blocks)
    best, nearest = None, MOST_APART
    for choice in product(*[row[:MOST_PIECES] for row in rows]):
        row = choice if composite.ordered else sorted(choice)
        gap = _gap(row)
        if gap < nearest and blocks[row[0][0]] == blocks[row[-1][0]]:
            best, nearest = row, gap
    return best


def _gap(row: Sequence[Piece]) -> int:
    """How many words stand between the pieces in all; MOST_APART where they overlap or one stands too far from its neighbour."""
    total, last = 0, row[0][0]
    for start, end in row:
        if not last <= start <= last + WINDOW:
            return MOST_APART
        total += start - last
        last = end
    return total


def _join_two(one: list[Piece], others: list[Piece], is_ordered: bool, blocks: list[int]) -> tuple[Piece, Piece] | None:
    """The same for two parts, by far the most frequent case."""
    best, nearest, near = None, WINDOW + 1, others
    ends = [end for _, end in others] if len(others) > MANY else []
    longest = max([end - start for start, end in others]) if ends else 0
    for a in one:
        if ends:
            near = others[bisect_left(ends, a[0] - WINDOW) : bisect_right(ends, a[1] + WINDOW + longest)]
        for b in near:
            if a[0] < b[0]:
                if 0 <= b[0] - a[1] < nearest and blocks[a[0]] == blocks[b[0]]:
                    best, nearest = (a, b), b[0] - a[1]
            elif not is_ordered and 0 <= a[0] - b[1] < nearest and blocks[a[0]] == blocks[b[0]]:
                best, nearest = (b, a), a[0] - b[1]
    return best


def settle(found: list[tuple[Concept, tuple[Piece, ...]]]) -> list[tuple[Concept, tuple[Piece, ...]]]:
    """Longer mentions hide shorter ones inside them: of their own kind, and anything inside a named procedure, payer or neighbour."""
    covering: dict[int, list[tuple[Concept, Piece]]] = {}
    for concept, pieces in found:
        for piece in pieces if concept.kind in HIDING else ():
            if piece[1] - piece[0] > 1 or concept.kind in SPECIFIC:
                for i in range(*piece):
                    covering.setdefault(i, []).append((concept, piece))
    kept = [item for item in found if item[0].kind not in HIDING or not _is_hidden(item, covering)]
    unique: dict[tuple[Concept, tuple[Piece, ...]], None] = dict.fromkeys(kept)
    return sorted(unique, key=lambda item: (item[1][0], item[0].kind, item[0].id))


def _is_hidden(item: tuple[Concept, tuple[Piece, ...]], covering: dict[int, list[tuple[Concept, Piece]]]) -> bool:
    """Whether a longer mention takes in this one: all of it when of its own kind, any piece when it names a procedure and the like."""
    concept, pieces = item
    for p in pieces:
        for other, piece in covering.get(p[0], ()):
            if other == concept or not (piece[0] <= p[0] and p[1] <= piece[1]) or p == piece:
                continue
            if other.kind != concept.kind:
                if other.kind in SPECIFIC and piece[1] - piece[0] > 1:
                    return True
            elif all(piece[0] <= q[0] and q[1] <= piece[1] and q != piece for q in pieces):
                return True
    return False
