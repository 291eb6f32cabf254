"""Which held frames a sentence may state: those whose patterns are complete in it, and those whose telling terms it has."""

from collections.abc import Set

import msgspec

from gillies.check.claim import Denial, denials, is_only
from gillies.check.clauses import set_aside
from gillies.check.lexicon import LEAST_RECALL, CheckLexicon, Ready
from gillies.check.numbers import LITTLE_WORDS, WORDS
from gillies.check.sentence import Cue, Item, Piece, Said, Sentence
from gillies.reading.find import complete, hits

Pieces = tuple[Piece, ...]
SAID, SAID_NOT = "statement", "statement-not"
"""Kinds of the concepts of patterns: those that say a claim, and those that say its opposite."""

ONLY = "exclusively"
"""The term of "only"."""
SPARED = frozenset(("not-negation", "no-only"))
"""Cues in whose words an "only" is none."""
THAN, ONE = "than", "one"
MERELY, SMALL_OF = frozenset(("only", "just", "merely")), frozenset(("time", "share", "volume"))
"""Words that make a figure small; kinds of figure that they make so."""
PREPOSITIONS = frozenset(("in", "to"))
HEADS = frozenset("board societ colleg academ associ council commiss".split())
"""Stems of words by which a body is named."""
PLASTIC = "plastic"
HEADS_OF_FIELDS = frozenset(("surger", "surgeon", "medicin"))
"""Stems of words that name many fields."""


class Subject(msgspec.Struct, frozen=True):
    """What a sentence is about, for the next one to take up: the things, and the pattern letters of the words that name them."""

    items: list[Item]
    letters: list[str]


class Scene(msgspec.Struct, gc=False):
    """A sentence made ready for matching: its items, what it takes up from before, its denials, and where its thoughts begin and end."""

    sentence: Sentence
    items: list[Item]
    before: list[Item]
    """What "it" at its head takes up."""
    denied: list[Denial]
    bounds: dict[int, tuple[int, int]]
    """Thought -> its words [from, to)."""
    compares: list[int]
    """Words at which one thing is set against another."""
    of_all: list[int]
    """Words that speak of all, or always."""
    things: frozenset[int]
    """Words that name what statements are about."""
    aside: frozenset[int]
    """Thoughts that name what something else is set apart from ("Unlike Botox, …")."""
    spared: frozenset[int]
    """Words of a "not only", which is no "only"."""
    has_only: bool
    """Whether there is an "only", or an exception."""


def scene(sentence: Sentence, before: Subject, lexicon: CheckLexicon) -> Scene:
    """Makes a sentence ready."""
    items = sentence.items
    bounds: dict[int, tuple[int, int]] = {}
    if any(sentence.thought):
        for i, thought in enumerate(sentence.thought):
            bounds[thought] = (bounds[thought][0] if thought in bounds else i, i + 1)
    else:
        bounds[0] = (0, len(sentence.thought))
    compares = [cue.start for cue in sentence.cues if "compares" in cue.kinds and not _bounds_a_figure(cue, sentence)] if sentence.has("compares") else []
    of_all = [cue.start for cue in sentence.cues if "all" in cue.kinds or "any" in cue.kinds]
    things = frozenset([i for name, _, first, last in items if name in lexicon.entities for i in range(first, last)])
    has_only = any(item[0] == ONLY for item in items) or any(is_only(cue, sentence) for cue in sentence.cues)
    denied = denials(sentence) if sentence.cues else []
    spared = frozenset([i for cue in sentence.cues if not SPARED.isdisjoint(cue.kinds) for i in range(cue.start, cue.end)])
    spared |= {i for i, word in enumerate(sentence.words) if word[0] in MERELY and _before_a_figure(i, sentence)}
    return Scene(sentence, items, before.items, denied, bounds, compares, of_all, things, set_aside(sentence), spared, has_only)


def _bounds_a_figure(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "than" stands before a number ("fewer than one in ten"), and so sets nothing against anything."""
    if sentence.words[cue.start][0] != THAN or cue.end == len(sentence.words):
        return False
    behind = sentence.words[cue.end][0]
    return behind[0].isdigit() or behind == ONE or (behind in WORDS and behind not in LITTLE_WORDS)


def _before_a_figure(at: int, sentence: Sentence) -> bool:
    """Whether a word stands before a time or a share, and so only makes it small ("only a few months")."""
    behind = sentence.spots[at][1] + 1 - sentence.start
    return any(amount.kind in SMALL_OF and amount.start == behind for amount in sentence.amounts)


class Taken(msgspec.Struct, frozen=True, gc=False):
    """The words that a pattern of a frame took, and whether it is one that says the opposite of the claim."""

    pieces: Pieces
    is_opposite: bool

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """How many words it took; of two that took as many, the opposite says more; else what stands closer together, and first."""
        first, last = min(start for start, _ in self.pieces), max(end for _, end in self.pieces)
        return sum(end - start for start, end in self.pieces), self.is_opposite, first - last, -first


def candidates(sentence: Sentence, before: Subject, lexicon: CheckLexicon) -> dict[int, Taken | None]:
    """Frames that a sentence may state -> what one of their patterns took, None without."""
    found: dict[int, Taken | None] = dict(_by_pattern(sentence, before.letters, lexicon))
    for i in _by_terms(sentence, before, lexicon):
        found.setdefault(i, None)
    return found


def _by_pattern(sentence: Sentence, taken_up: list[str], lexicon: CheckLexicon) -> dict[int, Taken]:
    """Frames whose patterns are complete in the sentence -> what they took (the longest such). What it takes up is read in place of its first word."""
    words = sentence.words
    letters = "".join([word[2] for word in words])
    matched = hits(lexicon.patterns.matcher.find_overlapping("".join(taken_up) + letters), lexicon.patterns)
    if not matched.found:
        return {}
    content = [0] * len(taken_up) + [n for n, word in enumerate(words) if word[2]]
    found: dict[int, Taken] = {}
    for concept, pieces in complete(matched, lexicon.patterns, content, [0] * len(content)):
        i = lexicon.by_id[concept.id]
        if any(_is_of_a_place(piece, sentence) or _is_of_a_body(piece, sentence, lexicon) for piece in pieces):
            continue
        if any(_is_of_another_field(piece, sentence, lexicon.all_ready[i].required, lexicon) for piece in pieces):
            continue
        taken = Taken(pieces, concept.kind == SAID_NOT)
        if i not in found or taken.rank > found[i].rank:
            found[i] = taken
    return found


def _is_of_a_place(piece: Piece, sentence: Sentence) -> bool:
    """Whether a piece is only a part of a place's name ("states" in "United States")."""
    return any(_names_place(cue) and _is_part(piece, cue) and not _is_all_but_preposition(piece, cue, sentence) for cue in sentence.cues)


def _is_all_but_preposition(piece: Piece, cue: Cue, sentence: Sentence) -> bool:
    """Whether a piece is a place's whole name behind its preposition ("Turkey" in "to Turkey")."""
    return piece == (cue.start + 1, cue.end) and sentence.words[cue.start][0] in PREPOSITIONS


def _is_of_a_body(piece: Piece, sentence: Sentence, lexicon: CheckLexicon) -> bool:
    """Whether a piece is only the field in the name of a board or society ("surgery" in "American Board of Plastic Surgery")."""
    said = next((said for said in sentence.said if _is_part(piece, said)), None)
    if not said or not any(lexicon.entities.get(name) == "body" for name, _ in said.terms) or not _is_headed(sentence, said.start, said.end):
        return False
    return not _is_headed(sentence, *piece) and not any(_names_place(cue) and cue.start <= piece[0] < cue.end for cue in sentence.cues)


def _is_of_another_field(piece: Piece, sentence: Sentence, required: Set[str], lexicon: CheckLexicon) -> bool:
    """Whether a piece is only a word in the name of a field that the frame is not about, where it is about one ("surgery" in "plastic surgery")."""
    head = sentence.words[piece[0]][1]
    if (head != PLASTIC and head not in HEADS_OF_FIELDS) or not any(lexicon.entities.get(name) == "field" for name in required):
        return False
    said = next((said for said in sentence.said if _is_part(piece, said)), None)
    fields = [name for name, _ in said.terms if lexicon.entities.get(name) == "field"] if said else []
    if head == PLASTIC:  # "cosmetic plastic surgery" is cosmetic surgery
        return bool(fields) and said is not None and said.start < piece[0] and required.isdisjoint(fields[:1])
    return bool(fields) and required.isdisjoint(fields)


def _is_part(piece: Piece, whole: Said | Cue) -> bool:
    """Whether a piece is some of the words of a term or cue, and not all."""
    return whole.start <= piece[0] and piece[1] <= whole.end and piece[1] - piece[0] < whole.end - whole.start


def _is_headed(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words [start, end) name a board, a society or the like."""
    return not HEADS.isdisjoint([word[1] for word in sentence.words[start:end]])


def _names_place(cue: Cue) -> bool:
    return cue.kinds[0][:3] == "in "


def _by_terms(sentence: Sentence, before: Subject, lexicon: CheckLexicon) -> list[int]:
    """Frames all of whose things are named, and most of what they say. Each is looked at only when its anchors (CheckLexicon) are met. The words
    of a term count as well: whether they are one there (Sentence.items) is seen when the frame is fitted."""
    parents, anchors = lexicon.parents, lexicon.anchors
    names = {word[5] for word in sentence.words}
    names.update([name for said in sentence.said for name, _ in said.terms])
    names.update([item[0] for item in before.items])
    names.update([up for name in names if name in parents for up in parents[name]])
    names.add("")
    met: set[int] = set()
    for name in names & anchors.keys():
        row = anchors[name]
        for other in row.keys() & names:
            met.update(row[other])
    return [i for i in sorted(met) if _may_be_meant(lexicon.all_ready[i], names)]


def _may_be_meant(frame: Ready, names: set[str]) -> bool:
    """Whether enough of a frame is named to carry it."""
    if not frame.required <= names:
        return False
    if frame.options and any(names.isdisjoint(options) for options in frame.options):
        return False
    shared = frame.keys & names
    return len(shared) >= frame.fewest and (not frame.total or sum(map(frame.weights.__getitem__, shared)) >= LEAST_RECALL * frame.total)
