"""What the check reads with: phrases of terms, cues and statements as three automata, and the frames held. Plain data; compile.py makes it."""

import re
from collections.abc import Collection
from functools import cached_property

import daachorse
import msgspec

from gillies.check.adverts_held import AdvertLexicon
from gillies.check.held import Held, Term
from gillies.check.measures import Measures, measures
from gillies.check.numbers import Amount, find_amounts
from gillies.phrases.words import SMALL, fold, parts
from gillies.reading.lexicon import Lexicon

FEWEST_IN_DEFINITION, FEWEST_IN_CLAIM = 3, 2
"""Of how many terms a definition is told, at the least; and any other claim, where no pattern vouches for it."""
LEAST_RECALL = 0.8
"""What part of a claim's weight a sentence must have when no pattern vouches for it."""
UNSEEN = 3.0
"""The weight of a word that no claim of ours has."""
UNKNOWN = "\0"
MOST_LEARNT = 50_000
"""Tokens kept in memory; nothing of what is read outlives the process."""
LONGEST_LEARNT = 60
"""Letters of what is kept in memory; longer rows without a blank are hardly met again."""
Spelt = tuple[str, str, str, str, str, str, str]
"""One word: raw, stem, its letter in statements' patterns ("" for a small word), in terms, in cues, its stem where it is part of what a
sentence states ("" for small and little words, and numbers), its letter in the patterns of adverts ("" for a small word)."""
Token = tuple[int, int, tuple[Spelt, ...], str]
"""A token of what stands between blanks: from, to, its words (none for a mark), as written."""
CODE, OTHER_WRITTEN = re.compile(r"\d{3}[0-9A-Za-z]{6}[Xx]"), "000000000x"
"""A NUCC code; what any that is not held is read as."""
FIRST_OF_ALL = "#1"
AS_WORDS = {FIRST_OF_ALL: (*parts("number"), *parts("one")), "u.s.": (("u.s.", "u.s."),)}
"""Tokens that are read as these words and stems."""
IN_PATTERNS = {"u.s.": "usa"}
"""Stems that patterns write in another way ("us" is a small word there)."""
TOKEN = re.compile(r"\b\d{3}[0-9A-Za-z]{6}[Xx]\b|#1\b|\bU\.S\.(?:A\.)?|\d+(?:[.,]\d+)*%?|[^\W_]+(?:['’´`][^\W_]+)*|[.!?…]+|[;:,()–—·•]|-{2,3}| - |\n+")
"""NUCC codes, "#1", words with what hangs on them, numbers, and the marks that end or turn a sentence."""


def is_word(token: str) -> bool:
    """Whether a token is a word or a number, and no mark."""
    return token[0].isalnum() or token == FIRST_OF_ALL


def is_abbreviation(written: str) -> bool:
    """Whether a word is written in capitals alone, as the short names of boards are."""
    return len(written) > 2 and written.isupper() and written.isalpha()


class Ready(msgspec.Struct, frozen=True, gc=False):
    """A frame made ready to be compared."""

    signs: dict[str, int]
    """Its terms, and +1 or -1."""
    alternatives: dict[str, str]
    """Of a term like `a|-b`: a, and -b for the opposite of b -> the whole."""
    required: frozenset[str]
    """What must be named: the things it is about; all its terms for a derived frame."""
    ordered: tuple[str, ...]
    """The things, in the claim's order."""
    weights: dict[str, float]
    keys: frozenset[str]
    """Its terms."""
    fewest: int
    """How many of its terms must be named, at the least, to carry it."""
    options: tuple[frozenset[str], ...]
    """Of each term like `a|b`, what will do."""
    whole: float
    """The weight of all its terms."""
    total: float
    """The same for a statement; 0 for other frames, of which a part will do, or everything is required."""
    amounts: tuple[Amount, ...]
    """The numbers in its claim."""


def make_ready(held: Held, weights: dict[str, float], entities: Collection[str]) -> Ready:
    """Makes a frame ready."""
    signs = dict(held.terms)
    alternatives = {one: name for name in signs if "|" in name for one in name.split("|")}
    things = tuple([name for name in signs if name in entities])
    required = frozenset([name for name in signs if "|" not in name]) if held.kind == "derived" else frozenset(things)
    own = {name: weights.get(name, UNSEEN) for name in signs}
    whole = sum(own.values())
    told = tuple(find_amounts(held.claim.lower()))
    is_statement = held.kind == "statement"
    fewest = carriers(own, whole) if is_statement else FEWEST_IN_DEFINITION if held.kind == "definition" else 0
    options = tuple([frozenset(one.removeprefix("-") for one in name.split("|")) for name in signs if "|" in name])
    return Ready(signs, alternatives, required, things, own, frozenset(own), fewest, options, whole, whole if is_statement else 0.0, told)


def carriers(weights: dict[str, float], whole: float) -> int:
    """How many terms, heaviest first, reach LEAST_RECALL of the whole."""
    reached = 0.0
    for count, weight in enumerate(sorted(weights.values(), reverse=True), 1):
        reached += weight
        if reached >= LEAST_RECALL * whole:
            return count
    return len(weights)


class Phrases(msgspec.Struct, frozen=True, dict=True):
    """Phrases as one automaton, longest first; `letters` stands for words, `kinds` says what the n-th phrase stands for."""

    automaton: bytes
    letters: dict[str, str]

    @cached_property
    def matcher(self) -> daachorse.CharwiseDoubleArrayAhoCorasick:
        """The automaton, ready to run."""
        return daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(self.automaton)


class CheckLexicon(msgspec.Struct, frozen=True, dict=True):
    """All that a check needs."""

    patterns: Lexicon
    terms: Phrases
    term_values: list[tuple[Term, ...]]
    cues: Phrases
    cue_kinds: list[tuple[str, ...]]
    held: list[Held]
    weights: dict[str, float]
    """How telling a term or stem is: the fewer held frames have it, the more."""
    parents: dict[str, tuple[str, ...]]
    """Term -> terms it is a kind of ("lip filler" is filler)."""
    entities: dict[str, str]
    """Terms that name what a statement is about (fields, people in them, boards, procedures, payers) -> their class (compile.py)."""
    little: frozenset[str]
    """Words that are no part of what is stated."""
    anchors: dict[str, dict[str, list[int]]]
    """Term or stem -> another, or "" -> the frames to look at when both are met (compile.py)."""
    adverts: AdvertLexicon

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Statement id -> its place in `held`."""
        return {held.id: i for i, held in enumerate(self.held)}

    @cached_property
    def named(self) -> frozenset[str]:
        """The names of all terms."""
        return frozenset([name for row in self.term_values for name, _ in row])

    @cached_property
    def all_ready(self) -> "AllReady":
        """Number of a frame -> the frame made ready to be compared."""
        return AllReady(self)

    @cached_property
    def single(self) -> dict[str, Spelt]:
        """What stood between blanks and is one word."""
        return {}

    @cached_property
    def met(self) -> dict[str, tuple[Token, ...]]:
        """What else stood between blanks."""
        return {}

    def tokens(self, chunk: str) -> tuple[Token, ...]:
        """The words and marks of what stands between blanks; kept for the next time, up to a bound."""
        known = self.met.get(chunk)
        if known is None:
            known = tuple([(*match.span(), self.spell(match[0]) if is_word(match[0]) else (), match[0]) for match in TOKEN.finditer(chunk)])
            if len(chunk) <= LONGEST_LEARNT:
                self._keep(chunk, known)
        return known

    def _keep(self, chunk: str, tokens: tuple[Token, ...]) -> None:
        if len(self.single) + len(self.met) > MOST_LEARNT:
            self.single.clear()
            self.met.clear()
        if len(tokens) == 1 and tokens[0][1] - tokens[0][0] == len(chunk) and len(tokens[0][2]) == 1 and tokens[0][2][0][0] != "ever":
            self.single[chunk] = tokens[0][2][0]
        else:
            self.met[chunk] = tokens

    @cached_property
    def measures(self) -> Measures:
        """What is known in numbers of the things that texts compare."""
        return measures(self.held, self.entities)

    @cached_property
    def learnt(self) -> dict[str, tuple[Spelt, ...]]:
        """Tokens met so far."""
        return {}

    def spell(self, written: str) -> tuple[Spelt, ...]:
        """The words of a token; kept for the next time, up to a bound."""
        known = self.learnt.get(written)
        if known is None:
            if len(self.learnt) > MOST_LEARNT:
                self.learnt.clear()
            if CODE.fullmatch(written) and fold(written) not in self.terms.letters:
                written = OTHER_WRITTEN
            folded = "u.s." if written == "US" else fold(written)
            is_name = is_abbreviation(written) and written.lower() in self.terms.letters
            row = AS_WORDS.get(folded) or parts(written)
            known = self.learnt[written] = tuple([self._letters(raw, root, is_name) for raw, root in row])
        return known

    def _letters(self, raw: str, root: str, is_name: bool) -> Spelt:
        pattern = "" if raw in SMALL else self.patterns.letter(IN_PATTERNS.get(root, root)) or UNKNOWN
        is_little = raw in self.little or (root in self.little and not is_name) or raw[:1].isdigit()
        item = "" if is_little else raw if is_name else root
        advert = pattern and (self.adverts.alphabet.get(root) or self.adverts.alphabet.get(root.rstrip("%"), UNKNOWN))
        return raw, root, pattern, self.terms.letters.get(raw if is_name or root in SMALL else root, UNKNOWN), self.cues.letters.get(raw, UNKNOWN), item, advert


class AllReady(dict[int, Ready]):
    """Frames made ready when first asked for: one text needs few of them."""

    def __init__(self, lexicon: CheckLexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, number: int) -> Ready:
        ready = self[number] = make_ready(self.lexicon.held[number], self.lexicon.weights, self.lexicon.entities)
        return ready
