"""The lexicon: every `says` of the knowledge, compiled once into one automaton and a few tables.

Compiling takes a second or two and happens when the knowledge is packed; the result is plain data.
"""

from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain

import daachorse
import msgspec

from gillies.knowledge.lint import phrase_lists
from gillies.knowledge.load import Knowledge
from gillies.phrases.patterns import expand, parse_pattern
from gillies.phrases.words import SMALL, parts, stem

MOST_CLAIMANTS = 3
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


class Lexicon(msgspec.Struct, frozen=True, dict=True):
    """The compiled phrases. A *run* is a row of stems the automaton finds; a *part* is what a pattern is made of."""

    automaton: bytes
    run_lengths: bytes
    """One byte a run: how many words it has."""
    run_starts: bytes
    """Where each run's parts begin in `run_parts` (unsigned 32-bit; one more at the end)."""
    run_parts: bytes
    """The parts of all runs, one after the other (unsigned 32-bit)."""
    concepts: list[Concept]
    part_concepts: dict[int, list[int]]
    composites: dict[int, msgspec.Raw]
    """First part -> second part -> patterns, still packed: most of them are never met in one text."""
    context: dict[str, list[list[str]]]
    spellings: list[str]
    known_stems: list[str]
    real_words: list[str]
    reference: dict[str, list[str]]

    @cached_property
    def parts_of_body(self) -> frozenset[str]:
        """Words that a pronoun can point back to."""
        return frozenset(self.reference.get("parts", ()))

    @cached_property
    def pronouns(self) -> frozenset[str]:
        """Words that point back."""
        return frozenset(self.reference.get("pronouns", ()))

    @cached_property
    def not_pointing(self) -> frozenset[str]:
        """Words after which a pronoun points nowhere."""
        return frozenset(self.reference.get("not-before", ()))

    @cached_property
    def matcher(self) -> daachorse.DoubleArrayAhoCorasick:
        """The automaton, ready to run."""
        return daachorse.DoubleArrayAhoCorasick.deserialize(self.automaton)

    @cached_property
    def _sets(self) -> dict[int, frozenset[int]]:
        return {}

    def parts_of(self, run: int) -> frozenset[int]:
        """The parts that a run makes."""
        known = self._sets.get(run)
        if known is None:
            starts, parts = self._arrays
            known = self._sets[run] = frozenset(parts[starts[run] : starts[run + 1]])
        return known

    @cached_property
    def _arrays(self) -> "tuple[array[int], array[int]]":
        return array("I", self.run_starts), array("I", self.run_parts)

    @cached_property
    def _filed(self) -> dict[int, dict[int, list[Composite]]]:
        return {}

    def filed(self, part: int) -> dict[int, list[Composite]] | None:
        """The patterns filed under a part, by the next rarest of their parts."""
        if part not in self.composites:
            return None
        known = self._filed.get(part)
        if known is None:
            known = self._filed[part] = msgspec.msgpack.decode(self.composites[part], type=dict[int, list[Composite]])
        return known

    @cached_property
    def leading(self) -> frozenset[int]:
        """The parts that stand for a concept by themselves, or that composites are filed under."""
        return frozenset(self.part_concepts.keys() | self.composites.keys())

    @cached_property
    def cues(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First word -> (whole cue, its kind), longest first."""
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, cues in self.context.items():
            for cue in cues:
                table.setdefault(cue[0], []).append((tuple(cue), kind))
        for row in table.values():
            row.sort(key=lambda entry: -len(entry[0]))
        return table

    @cached_property
    def learnt(self) -> dict[str, tuple[tuple[str, str, bytes, bool], ...]]:
        """Tokens met so far -> their words as (raw, stem, stem as bytes: none for a small word, may a cue start here), misspellings undone."""
        return {}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the lexicon's words."""
        return frozenset(self.known_stems)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words that are spelt right: the lexicon's own and real English words that look like them."""
        return frozenset(self.spellings) | frozenset(self.real_words) | SMALL

    @cached_property
    def by_letter(self) -> dict[str, list[str]]:
        """The lexicon's words by first letter, for mending misspellings."""
        table: dict[str, list[str]] = {}
        for word in self.spellings:
            if len(word) >= FEWEST_LETTERS:
                table.setdefault(word[0], []).append(word)
        return table


class Builder:
    """Numbers runs, parts and concepts as they are first met."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self.words = words
        self.runs: dict[tuple[str, ...], int] = {}
        self.run_parts: list[list[int]] = []
        self.parts: dict[str, int] = {}
        self.concepts: dict[Concept, int] = {}
        self.part_concepts: dict[int, list[int]] = {}
        self.composites: list[Composite] = []

    def part(self, text: str) -> int:
        """The number of a part; its runs are filed the first time."""
        if text in self.parts:
            return self.parts[text]
        number = self.parts[text] = len(self.parts)
        for run in expand(text, self.words):
            if run not in self.runs:
                self.runs[run] = len(self.runs)
                self.run_parts.append([])
            self.run_parts[self.runs[run]].append(number)
        return number

    def add(self, concept: Concept, says: str) -> None:
        """Files one pattern of one concept."""
        number = self.concepts.setdefault(concept, len(self.concepts))
        pattern = parse_pattern(says)
        numbers = tuple(self.part(text) for text in pattern.parts)
        if len(numbers) == 1:
            owners = self.part_concepts.setdefault(numbers[0], [])
            if number not in owners:
                owners.append(number)
        else:
            self.composites.append(Composite(numbers, pattern.ordered, number))

    def add_code(self, concept: Concept, code: str) -> None:
        """Files a billing or diagnosis code as a phrase of its own."""
        text, run = f"code {code}", (code.lower(),)
        number = self.parts.setdefault(text, len(self.parts))
        if run not in self.runs:
            self.runs[run] = len(self.runs)
            self.run_parts.append([])
        self.run_parts[self.runs[run]].append(number)
        self.part_concepts.setdefault(number, []).append(self.concepts.setdefault(concept, len(self.concepts)))

    def anchored(self) -> dict[int, dict[int, list[Composite]]]:
        """Composites filed under the two parts that fewest of them use, rarest first, so that few are tried on a text."""
        uses: dict[int, int] = {}
        for composite in self.composites:
            for part in composite.parts:
                uses[part] = uses.get(part, 0) + 1
        table: dict[int, dict[int, list[Composite]]] = {}
        for composite in self.composites:
            rarest, second, *_ = sorted(composite.parts, key=lambda part: uses[part])
            table.setdefault(rarest, {}).setdefault(second, []).append(composite)
        return table


def compile_lexicon(knowledge: Knowledge, real_words: list[str]) -> Lexicon:
    """All phrases of the knowledge as one Lexicon. `real_words`: English words that must not be "mended" into ours."""
    builder = Builder(knowledge.words)
    for concept, says in phrases(knowledge):
        builder.add(concept, says)
    for concept, code in codes(knowledge):
        builder.add_code(concept, code)
    patterns = [f" {' '.join(run)} ".encode() for run in builder.runs]
    return Lexicon(
        automaton=daachorse.DoubleArrayAhoCorasick(patterns).serialize(),
        run_lengths=bytes(len(run) for run in builder.runs),
        run_starts=array("I", accumulate((len(parts) for parts in builder.run_parts), initial=0)).tobytes(),
        run_parts=array("I", chain.from_iterable(builder.run_parts)).tobytes(),
        concepts=list(builder.concepts),
        part_concepts=builder.part_concepts,
        composites={part: msgspec.Raw(msgspec.msgpack.encode(filed)) for part, filed in builder.anchored().items()},
        context={kind: [cue_words(cue) for cue in cues] for kind, cues in knowledge.context.items()},
        spellings=(known := sorted(spellings(knowledge))),
        known_stems=sorted({stem(word) for word in known}),
        real_words=real_words,
        reference={kind: list(words) for kind, words in knowledge.reference.items()},
    )


def phrases(knowledge: Knowledge) -> Iterator[tuple[Concept, str]]:
    """Every (concept, pattern) of the knowledge."""
    for kind, key, _, name, says in phrase_lists(knowledge):
        for text in says:
            if kind.startswith("choice of "):
                yield Concept("choice", kind.removeprefix("choice of "), key), text
            else:
                yield Concept("finding-no" if name == "says_no" else kind, key), text
    for key, says in knowledge.means.items():
        for text in says:
            yield Concept("means", key), text


def codes(knowledge: Knowledge) -> Iterator[tuple[Concept, str]]:
    """CPT and HCPCS numbers of procedures and ICD-10-CM codes of concerns, unless so many records claim one that it says too little."""
    claims: dict[str, set[Concept]] = {}
    for key, procedure in knowledge.procedures.items():
        for code in (*procedure.codes.cpt, *procedure.codes.hcpcs):
            claims.setdefault(code, set()).add(Concept("procedure", key))
    for key, concern in knowledge.concerns.items():
        for code in concern.icd10cm:
            claims.setdefault(code, set()).add(Concept("concern", key))
    for code, concepts in sorted(claims.items()):
        if len(concepts) <= MOST_CLAIMANTS:
            yield from ((concept, code) for concept in sorted(concepts, key=lambda c: c.id))


def cue_words(cue: str) -> list[str]:
    """A cue as raw words: "don't want" -> do, not, want."""
    return [raw for token in cue.split() for raw, _ in parts(token)]


def spellings(knowledge: Knowledge) -> set[str]:
    """Every word, as spelt, that some phrase or class uses."""
    texts = [says for _, says in phrases(knowledge)] + [word for words in knowledge.words.values() for word in words]
    texts += [cue for cues in knowledge.context.values() for cue in cues]
    cleaned = (text.translate({ord(c): " " for c in "[]|<>~."}) for text in texts)
    return {raw for text in cleaned for token in text.split() for raw, _ in parts(token) if raw.isalpha()}
