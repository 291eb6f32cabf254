"""A sentence of a text as the check reads it: its words and their places, the terms, cues and numbers found in it. Plain data."""

import msgspec

from gillies.check.held import Term
from gillies.check.lexicon import Spelt
from gillies.check.numbers import Amount, find_amounts

Piece = tuple[int, int]
Item = tuple[str, int, int, int]
"""A term or stem of a sentence: name, +1 or -1 (its opposite), first word, end."""
COUNTING = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty half
    third quarter fifth tenth second
    single hundred thousand dozen couple year month week day hour
    immedi instant moment straight right once overnight""".split()
)
"""Stems of words beside which a number may stand."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """A term in a sentence: its words [start, end)."""

    terms: tuple[Term, ...]
    start: int
    end: int


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A cue in a sentence: its kinds, its words [start, end)."""

    kinds: tuple[str, ...]
    start: int
    end: int


class Sentence(msgspec.Struct, gc=False):
    """A sentence: where it stands in the text, its words with their places, what was found in it."""

    start: int
    end: int
    words: list[Spelt]
    spots: list[Piece]
    """Where each word stands in the text."""
    said: list[Said]
    cues: list[Cue]
    thought: list[int]
    """Of each word the number of its thought: sentences turn at "but", "which", a dash …"""
    part: list[int]
    """Of each word the number of its part between commas."""
    ending: str
    text: str
    """The whole text."""
    kinds: frozenset[str] = frozenset()
    """The kinds of all its cues."""
    unasserted: frozenset[int] = frozenset()
    """Thoughts that state nothing by themselves: a condition, or what something is set apart from."""
    leading: tuple[frozenset[int], bool] = (frozenset(), False)
    """Thoughts that only lead up to another, and whether they are the reason for it."""
    counted: list[Amount] | None = None
    made_of: list[Item] | None = None

    @property
    def items(self) -> list[Item]:
        """What it is made of: (term or stem, sign, first word, end), small words left out. Put together when first asked for."""
        if self.made_of is None:
            self.made_of = _items(self)
        return self.made_of

    @property
    def amounts(self) -> list[Amount]:
        """Its numbers; looked for when first asked for, since few frames have one."""
        if self.counted is None:
            self.counted = find_amounts(self.text[self.start : self.end].lower()) if may_count(self) else []
        return self.counted

    def has(self, kind: str) -> bool:
        """Whether a cue of this kind stands in it."""
        return kind in self.kinds

    def opens_with(self, kind: str) -> bool:
        """Whether it begins with a cue of this kind."""
        return kind in self.kinds and any(kind in cue.kinds and cue.start == 0 for cue in self.cues)


def may_count(sentence: Sentence) -> bool:
    """Whether a number may stand in a sentence."""
    return any(word[0][:1].isdigit() or word[1] in COUNTING for word in sentence.words)


def behind_semicolons(sentence: Sentence, start: int, end: int) -> list[int]:
    """Of the words [start, end) but the first those that stand right behind a semicolon."""
    spots, text = sentence.spots, sentence.text
    return [i for i in range(start + 1, end) if ";" in text[spots[i - 1][1] : spots[i][0]]]


def part_of(sentence: Sentence, start: int, end: int) -> Sentence:
    """The words [start, end) of a sentence as a sentence of their own."""
    cues = [Cue(cue.kinds, cue.start - start, cue.end - start) for cue in sentence.cues if start <= cue.start and cue.end <= end]
    said = [Said(said.terms, said.start - start, said.end - start) for said in sentence.said if start <= said.start and said.end <= end]
    spots = sentence.spots[start:end]
    return Sentence(
        spots[0][0], spots[-1][1], sentence.words[start:end], spots, said, cues, sentence.thought[start:end], sentence.part[start:end], sentence.ending,
        sentence.text, frozenset([kind for cue in cues for kind in cue.kinds]), sentence.unasserted,
    )  # fmt: skip


def _items(sentence: Sentence) -> list[Item]:
    found: list[Item] = []
    words, taken = sentence.words, 0
    for said in _without_places(sentence):
        if taken < said.start:
            found += [(name, 1, i, i + 1) for i in range(taken, said.start) if (name := words[i][5])]
        found += [(name, sign, said.start, said.end) for name, sign in said.terms]
        taken = said.end
    return found + [(name, 1, i, i + 1) for i in range(taken, len(words)) if (name := words[i][5])]


def _without_places(sentence: Sentence) -> list[Said]:
    """The terms of a sentence, with the places it names as terms that say nothing: where a thing holds is no part of what holds."""
    places = [Said((), cue.start, cue.end) for cue in sentence.cues if cue.kinds[0].startswith("in ")]
    if not places:
        return sentence.said
    free = [place for place in places if not any(said.start < place.end and place.start < said.end for said in sentence.said)]
    return sorted([*sentence.said, *free], key=lambda said: said.start)
