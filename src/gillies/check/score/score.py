"""A document -> its score. Pure: the same document gives the same score."""

from itertools import groupby

import msgspec

from gillies.check.lexicon import TOKEN
from gillies.check.read import ENDS, is_abbreviated
from gillies.check.readers.document import Document
from gillies.check.score.held import TREATMENT, Answer, ScoreLexicon, ScoreLine
from gillies.check.score.shapes import Proof, show
from gillies.knowledge.grade import grade
from gillies.knowledge.schema_score import ScoreItem, ScoreSign
from gillies.phrases.words import parts

FEWEST_WORDS = 100
"""A shorter text is a statement or a notice, not information to be scored."""
NOTE = (
    "Made by a program that looks for words and signs; nobody has read the text. It shows whether a thing is told, not whether it is told well or rightly. "
    "It is made after DISCERN and the JAMA benchmarks, which people use; it is neither, and makes no sum."
)
DENIALS = frozenset(("no", "not", "never", "without", "zero", "nor"))
BEFORE = 3
"""Words before a phrase in which a denial counts."""
END = "\n"
UNKNOWN = "\0"


class Words(msgspec.Struct):
    """The words of a text: stems' letters in a row, where each stands, which deny; END between sentences."""

    row: list[str]
    spots: list[tuple[int, int]]
    denials: set[int]


def score(document: Document, lexicon: ScoreLexicon) -> tuple[float, tuple[ScoreLine, ...]] | None:
    """The reading grade, and every item's line; None for a text that is too short."""
    words = _words(document.text, lexicon.letters)
    if sum(letter != END for letter in words.row) < FEWEST_WORDS:
        return None
    level = grade("\n".join(_sentences(document)))
    hits = _hits(words, lexicon)
    names_treatment = (TREATMENT, 0) in hits
    lines = tuple(_line(number, item, document, hits, names_treatment, level) for number, item in enumerate(lexicon.items))
    return level, lines


def _sentences(document: Document) -> list[str]:
    """What is read as running text: headings, rows of tables and pictures would count as endless sentences."""
    shown = [document.text[part.start : part.end] for part in document.stretches if part.part in ("paragraph", "item", "quote", "note")]
    return [text if text[-1:] in ".!?" else f"{text}." for text in shown or [document.text]]


def _words(text: str, letters: dict[str, str]) -> Words:
    words = Words([], [], set())
    last = ""
    for match in TOKEN.finditer(text):
        written = match[0]
        if written[0].isalnum():
            for raw, stem in parts(written):
                if raw in DENIALS:
                    words.denials.add(len(words.row))
                words.row.append(letters.get(stem, UNKNOWN))
                words.spots.append(match.span())
                last = raw
        elif (written[0] in ENDS and not (written == "." and is_abbreviated(last, text, match.end()))) or len(written) > 1:
            words.row.append(END)
            words.spots.append(match.span())
    return words


Hits = dict[tuple[int, int], dict[str, Proof]]
"""(item, sign) -> phrase, as it stands in the text -> the first place where it is said and not denied."""


def _hits(words: Words, lexicon: ScoreLexicon) -> Hits:
    found: Hits = {}
    for start, end, number in lexicon.phrases.matcher.find_overlapping("".join(words.row)):
        near = range(max(0, start - BEFORE), start)
        reach = max((at + 1 for at in near if words.row[at] == END), default=near.start)
        if any(at in words.denials for at in range(reach, start)):
            continue
        span = words.spots[start][0], words.spots[end - 1][1]
        for meaning in lexicon.meanings[number]:
            found.setdefault(meaning, {}).setdefault("".join(words.row[start:end]), ("", span))
    return found


def _line(number: int, item: ScoreItem, document: Document, hits: Hits, names_treatment: bool, level: float) -> ScoreLine:
    """One item's answer: by its best sign."""

    def line(answer: Answer, why: str, proof: Proof = ("", None)) -> ScoreLine:
        return ScoreLine(item.id, item.asks, answer, why, item.matters, item.instruments, item.cites, proof[0], proof[1])

    if item.cannot:
        return line("cannot be judged", item.cannot)
    if item.of == "treatment" and not names_treatment:
        return line("cannot be judged", "The text names no treatment that we know, so it need not tell this.")
    for sought, signs in groupby(sorted(enumerate(item.signs), key=lambda pair: pair[1].level == "partly"), key=lambda pair: pair[1].level):
        for place, sign in signs:
            proof = _proof(sign, hits.get((number, place), {}), document, level)
            if proof:
                return line(sought, sign.tell, proof)
    return line("no", item.no)


def _proof(sign: ScoreSign, said: dict[str, Proof], document: Document, level: float) -> Proof | None:
    if sign.shape:
        return show(sign.shape, document, level)
    if len(said) < sign.least:
        return None
    span = min(proof[1] for proof in said.values() if proof[1])
    return document.text[slice(*span)], span
