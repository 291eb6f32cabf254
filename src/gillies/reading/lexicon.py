"""The lexicon: every `says` of the knowledge as one automaton and a few tables. Plain data; compile.py makes it."""

from array import array
from collections.abc import Iterable
from functools import cached_property

import daachorse
import msgspec

from gillies.knowledge.records import Records
from gillies.phrases.words import SMALL
from gillies.reading.context import Turns

FIRST_LETTER = 0x100
FEWEST_LETTERS = 5
"""Shorter words are never taken for misspelt ones."""


class Concept(msgspec.Struct, frozen=True, array_like=True):
    """What a phrase stands for: a kind (procedure, concern, finding, finding-no, cue, choice, payer, elsewhere, means), an id, a choice."""

    kind: str
    id: str
    choice: str = ""


class Composite(msgspec.Struct, frozen=True, array_like=True):
    """Parts that must stand near one another, as numbers of parts; `concept` is a number too."""

    parts: tuple[int, ...]
    ordered: bool
    concept: int


Cues = dict[str, list[tuple[tuple[str, ...], str]]]
"""Cues that begin alike: their second word -> (whole cue, its kind)."""
Filed = list[tuple[int, list[Composite]]]
"""Patterns filed under one of their parts: (the next rarest part, patterns) pairs."""


class Run(msgspec.Struct, frozen=True):
    """What a row of stems stands for: the concepts it stands for `alone`, the parts of patterns it makes, and which of these `lead` (patterns are
    filed under them). `mask` has the bit of each part, `wants` of each part that a pattern filed here needs next: of many runs, to join masks
    is much quicker than to join sets."""

    alone: tuple[Concept, ...]
    lead: tuple[int, ...]
    parts: frozenset[int]
    mask: int
    wants: int


def mask_of(parts: Iterable[int]) -> int:
    """A number with the bit of each part."""
    mask = 0
    for part in parts:
        mask |= 1 << part
    return mask


class Needed(dict[int, tuple[int, list[tuple[int, Composite]]]]):
    """Part -> the mask of parts that one of its patterns needs next, and its patterns, each behind the mask of all its parts; made when first
    asked for."""

    def __init__(self, filed: dict[int, Filed]) -> None:
        super().__init__()
        self.filed = filed

    def __missing__(self, part: int) -> tuple[int, list[tuple[int, Composite]]]:
        filed = self.filed[part]
        patterns = [(mask_of(composite.parts), composite) for _, composites in filed for composite in composites]
        needed = self[part] = mask_of(second for second, _ in filed), patterns
        return needed


class Lexicon(msgspec.Struct, frozen=True, dict=True):
    """The compiled phrases. A *run* is a row of stems the automaton finds; a *part* is what a pattern is made of.

    To the automaton each stem is one letter of an alphabet of our own, so that it is small, quick to load, and finds whole words only.
    """

    automaton: bytes
    run_kinds: bytes
    """Of each run what it stands for, as the number of a kind; words of one class are of one kind (unsigned 32-bit)."""
    kind_starts: bytes
    """Where each kind's three rows begin in `kind_numbers` (unsigned 32-bit; one more at the end)."""
    kind_numbers: bytes
    """Of each kind: the concepts it stands for alone, the parts it makes that lead, the others (numbers, unsigned 32-bit)."""
    concepts: list[Concept]
    composites: memoryview
    """Part -> patterns filed under it, still packed: most of them are never met in one text."""
    cues_by_first: memoryview
    """The cues by their first word, still packed."""
    spellings: str
    """The lexicon's words as spelt, one a line."""
    letters: str
    """Of each stem of the lexicon's words a line: the stem, a tab, its letter. To look one up in this costs less than to make a dict of all."""
    real_words: str
    """Real English words that look like ours, one a line."""
    reference: dict[str, list[str]]

    @cached_property
    def parts_of_body(self) -> frozenset[str]:
        """Words that a pronoun can point back to."""
        return self._words("parts")

    @cached_property
    def pronouns(self) -> frozenset[str]:
        """Words that point back."""
        return self._words("pronouns")

    @cached_property
    def not_pointing(self) -> frozenset[str]:
        """Words after which a pronoun points nowhere."""
        return self._words("not-before")

    @cached_property
    def points_back(self) -> frozenset[str]:
        """First words of a sentence that speaks of what the one before named."""
        return self._words("sentence-points-back")

    @cached_property
    def amounts(self) -> frozenset[str]:
        """Words that tell but an amount behind "a"."""
        return self._words("amounts")

    @cached_property
    def english(self) -> frozenset[str]:
        """Words that hardly any other language has."""
        return self._words("english")

    @cached_property
    def turns(self) -> Turns:
        """Words at which the talk turns."""
        return Turns(*(self._words(kind) for kind in ("speaker", "new-clause", "again", "wishes", "wish-leads", "somebody")))

    def _words(self, kind: str) -> frozenset[str]:
        return frozenset(self.reference.get(kind, ()))

    @cached_property
    def matcher(self) -> daachorse.CharwiseDoubleArrayAhoCorasick:
        """The automaton, ready to run."""
        return daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(self.automaton)

    @cached_property
    def runs(self) -> "Runs":
        """What each run stands for, by its number."""
        return Runs(self)

    @cached_property
    def needed(self) -> "Needed":
        """Part -> what the patterns filed under it need."""
        return Needed(self.filed)

    @cached_property
    def arrays(self) -> "tuple[array[int], array[int], array[int]]":
        """The three rows of numbers, ready to be read."""
        return array("I", self.run_kinds), array("I", self.kind_starts), array("I", self.kind_numbers)

    @cached_property
    def cues(self) -> dict[str, Cues]:
        """First word -> second word ("" for a cue of one word) -> (whole cue, its kind), longest first."""
        return Records(self.cues_by_first, Cues)

    @cached_property
    def filed(self) -> dict[int, Filed]:
        """Part -> the patterns filed under it, by the next rarest of their parts."""
        return Records(self.composites, Filed, int)

    @cached_property
    def learnt(self) -> dict[str, tuple[tuple[str, str, str, bool], ...]]:
        """Tokens met so far -> their words as (raw, stem, letter: none for a small word, may a cue start here), misspellings undone."""
        return {}

    def letter(self, root: str) -> str:
        """The letter of a stem; "" for one that no phrase uses."""
        at = self.letters.find(f"\n{root}\t")
        return self.letters[at + len(root) + 2] if at >= 0 else ""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words that are spelt right: the lexicon's own and real English words that look like them."""
        return frozenset(self.spellings.split()) | frozenset(self.real_words.split()) | SMALL

    @cached_property
    def by_letter(self) -> dict[str, list[str]]:
        """The lexicon's words by first letter, for mending misspellings."""
        table: dict[str, list[str]] = {}
        for word in self.spellings.split():
            if len(word) >= FEWEST_LETTERS:
                table.setdefault(word[0], []).append(word)
        return table


class Runs(dict[int, Run]):
    """Number -> run, made when first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, number: int) -> Run:
        kinds, starts, numbers = self.lexicon.arrays
        kind = 3 * kinds[number]
        alone, lead, others, end = starts[kind : kind + 4]
        concepts = tuple([self.lexicon.concepts[i] for i in numbers[alone:lead]])
        leading, parts, wants = tuple(numbers[lead:others]), frozenset(numbers[lead:end]), 0
        for part in leading:
            wants |= self.lexicon.needed[part][0]
        run = self[number] = Run(concepts, leading, parts, mask_of(parts), wants)
        return run


def letters(stems: list[str]) -> dict[str, str]:
    """Stem -> the character that stands for it."""
    return dict(zip(stems, map(chr, range(FIRST_LETTER, FIRST_LETTER + len(stems))), strict=True))
