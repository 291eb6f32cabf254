"""Every `says` of the knowledge -> one Lexicon. Takes a second or two and happens when the knowledge is packed."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from itertools import accumulate, chain

import daachorse
import msgspec

from gillies.knowledge.lint import phrase_lists
from gillies.knowledge.records import Knowledge
from gillies.phrases.patterns import expand, parse_pattern
from gillies.phrases.words import parts, stem
from gillies.reading.lexicon import Composite, Concept, Cues, Filed, Lexicon, letters

Row = tuple[int, ...]
MOST_CLAIMANTS = 3
ROUND = "000"
RARER_BY_WORD = 10
"""How many times rarer a run of words is than the same run less a word: a guess, good enough to sort by."""


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

    def anchored(self) -> dict[int, Filed]:
        """Composites filed under the two of their parts that stand in fewest texts, rarest first, so that few are tried on a text."""
        often = self.how_often()
        table: dict[int, dict[int, list[Composite]]] = {}
        for composite in self.composites:
            rarest, second, *_ = sorted(composite.parts, key=lambda part: often[part])
            table.setdefault(rarest, {}).setdefault(second, []).append(composite)
        return {part: list(by_second.items()) for part, by_second in table.items()}

    def kinds_of_runs(self, leading: Set[int]) -> dict[tuple[Row, Row, Row], list[int]]:
        """What runs stand for -> the runs of that kind: the concepts alone, the parts that lead, the other parts of patterns (numbers)."""
        used = {part for composite in self.composites for part in composite.parts}
        kinds: dict[tuple[Row, Row, Row], list[int]] = {}
        for run, parts_of_run in enumerate(self.run_parts):
            alone = tuple(dict.fromkeys(concept for part in parts_of_run for concept in self.part_concepts.get(part, ())))
            lead = tuple(part for part in parts_of_run if part in leading)
            others = tuple(part for part in parts_of_run if part in used and part not in leading)
            kinds.setdefault((alone, lead, others), []).append(run)
        return kinds

    def stems(self) -> dict[str, int]:
        """The stems of all runs, each with the number of its places, most frequent first."""
        return dict(Counter(word for run in self.runs for word in run).most_common())

    def how_often(self) -> list[float]:
        """How often each part is likely to stand in a text, up to a factor: by how often its words stand in our own phrases, and how many it needs."""
        words = self.stems()
        often = [0.0] * len(self.parts)
        for run, number in self.runs.items():
            for part in self.run_parts[number]:
                often[part] += min(words[word] for word in run) / RARER_BY_WORD ** (len(run) - 1)
        return often


def compile_lexicon(knowledge: Knowledge, real_words: list[str]) -> Lexicon:
    """All phrases of the knowledge as one Lexicon. `real_words`: English words that must not be "mended" into ours."""
    builder = Builder(knowledge.words)
    for concept, says in phrases(knowledge):
        builder.add(concept, says)
    for concept, code in codes(knowledge):
        builder.add_code(concept, code)
    filed = builder.anchored()
    kinds = builder.kinds_of_runs(filed.keys())
    kind_of_run = dict(sorted((run, number) for number, runs in enumerate(kinds.values()) for run in runs))
    rows = [row for kind in kinds for row in kind]
    spelt = sorted(spellings(knowledge))
    stems = list(dict.fromkeys([*builder.stems(), *(stem(word) for word in spelt)]))
    letter = letters(stems)
    return Lexicon(
        automaton=daachorse.CharwiseDoubleArrayAhoCorasick(["".join([letter[word] for word in run]) for run in builder.runs]).serialize(),
        run_kinds=array("I", kind_of_run.values()).tobytes(),
        kind_starts=array("I", accumulate(map(len, rows), initial=0)).tobytes(),
        kind_numbers=array("I", chain.from_iterable(rows)).tobytes(),
        concepts=list(builder.concepts),
        composites=memoryview(msgspec.msgpack.encode(filed)),
        cues_by_first=memoryview(msgspec.msgpack.encode(cues(knowledge))),
        spellings="\n".join(spelt),
        letters="".join(f"\n{root}\t{sign}" for root, sign in letter.items()),
        real_words="\n".join(real_words),
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
    """CPT and HCPCS numbers of procedures and ICD-10-CM codes of concerns, unless so many records claim one that it says too little.
    A round number is left out: in a text, 16000 is a sum of money."""
    claims: dict[str, set[Concept]] = {}
    for key, procedure in knowledge.procedures.items():
        for code in (*procedure.codes.cpt, *procedure.codes.hcpcs):
            claims.setdefault(code, set()).add(Concept("procedure", key))
    for key, concern in knowledge.concerns.items():
        for code in concern.icd10cm:
            claims.setdefault(code, set()).add(Concept("concern", key))
    for code, concepts in sorted(claims.items()):
        if len(concepts) <= MOST_CLAIMANTS and not code.endswith(ROUND):
            yield from ((concept, code) for concept in sorted(concepts, key=lambda c: c.id))


def cues(knowledge: Knowledge) -> dict[str, Cues]:
    """Every cue, filed under its first word and its second ("" when it has one word only), longest first."""
    table: dict[str, Cues] = {}
    for kind, listed in knowledge.context.items():
        for cue in map(cue_words, listed):
            table.setdefault(cue[0], {}).setdefault(cue[1] if len(cue) > 1 else "", []).append((tuple(cue), kind))
    for by_second in table.values():
        for row in by_second.values():
            row.sort(key=lambda entry: -len(entry[0]))
    return table


def cue_words(cue: str) -> list[str]:
    """A cue as raw words: "don't want" -> do, not, want."""
    return [raw for token in cue.split() for raw, _ in parts(token)]


def spellings(knowledge: Knowledge) -> set[str]:
    """Every word, as spelt, that some phrase or class uses."""
    texts = [says for _, says in phrases(knowledge)] + [word for words in knowledge.words.values() for word in words]
    texts += [cue for cues in knowledge.context.values() for cue in cues]
    cleaned = (text.translate({ord(c): " " for c in "[]|<>~."}) for text in texts)
    return {raw for text in cleaned for token in text.split() for raw, _ in parts(token) if raw.isalpha()}


def bare_lexicon(builder: Builder) -> Lexicon:
    """The phrases of a builder as a lexicon of their own, without cues, spellings or references."""
    filed = builder.anchored()
    kinds = builder.kinds_of_runs(filed.keys())
    kind_of_run = dict(sorted((run, number) for number, runs in enumerate(kinds.values()) for run in runs))
    rows = [row for kind in kinds for row in kind]
    letter = letters(list(builder.stems()))
    return Lexicon(
        automaton=daachorse.CharwiseDoubleArrayAhoCorasick(["".join([letter[word] for word in run]) for run in builder.runs]).serialize(),
        run_kinds=array("I", kind_of_run.values()).tobytes(),
        kind_starts=array("I", accumulate(map(len, rows), initial=0)).tobytes(),
        kind_numbers=array("I", chain.from_iterable(rows)).tobytes(),
        concepts=list(builder.concepts),
        composites=memoryview(msgspec.msgpack.encode(filed)),
        cues_by_first=memoryview(msgspec.msgpack.encode({})),
        spellings="",
        letters="".join(f"\n{root}\t{sign}" for root, sign in letter.items()),
        real_words="",
        reference={},
    )
