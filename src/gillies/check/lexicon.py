"""What the check reads with: phrases of terms, cues and statements as three automata, and the frames held. Plain data; compile.py makes it."""

from functools import cached_property

import daachorse
import msgspec

from gillies.check.held import Held, Term
from gillies.phrases.words import SMALL, fold, parts
from gillies.reading.lexicon import Lexicon

UNKNOWN = "\0"
MOST_LEARNT = 50_000
"""Tokens kept in memory; nothing of what is read outlives the process."""
Spelt = tuple[str, str, str, str, str]
"""One word: raw, stem, its letter in statements' patterns ("" for a small word), in terms, in cues."""


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
    entities: frozenset[str]
    """Terms that name what a statement is about: fields, people in them, boards, procedures, payers."""
    little: frozenset[str]
    """Words that are no part of what is stated."""

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Statement id -> its place in `held`."""
        return {held.id: i for i, held in enumerate(self.held)}

    @cached_property
    def postings(self) -> dict[str, list[int]]:
        """Term or stem -> the frames, other than derived ones, whose claim has it."""
        table: dict[str, list[int]] = {}
        for i, held in enumerate(self.held):
            if held.kind != "derived":
                for name, _ in held.terms:
                    table.setdefault(name, []).append(i)
        return table

    @cached_property
    def derived_postings(self) -> dict[str, list[int]]:
        """Term -> the derived frames that need it, or it among others."""
        table: dict[str, list[int]] = {}
        for i, held in enumerate(self.held):
            if held.kind == "derived":
                for name in dict.fromkeys(name for name, _ in held.terms if "|" not in name):
                    table.setdefault(name, []).append(i)
        return table

    @cached_property
    def needed(self) -> dict[int, int]:
        """Derived frame -> how many terms it needs for certain."""
        return {i: sum("|" not in name for name, _ in held.terms) for i, held in enumerate(self.held) if held.kind == "derived"}

    @cached_property
    def learnt(self) -> dict[str, tuple[Spelt, ...]]:
        """Tokens met so far."""
        return {}

    def spell(self, token: str) -> tuple[Spelt, ...]:
        """The words of a token; kept for the next time, up to a bound."""
        known = self.learnt.get(token)
        if known is None:
            if len(self.learnt) > MOST_LEARNT:
                self.learnt.clear()
            folded = "u.s." if token == "US" else fold(token)
            row = (("u.s.", "u.s."),) if folded == "u.s." else parts(token)
            known = self.learnt[token] = tuple([self._letters(raw, root) for raw, root in row])
        return known

    def _letters(self, raw: str, root: str) -> Spelt:
        pattern = "" if raw in SMALL else self.patterns.letter(root) or UNKNOWN
        return raw, root, pattern, self.terms.letters.get(root, UNKNOWN), self.cues.letters.get(raw, UNKNOWN)
