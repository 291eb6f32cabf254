"""How many years of school a sentence asks of its reader: the Flesch-Kincaid grade, with syllables counted by groups of vowels.

Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel, Research Branch Report 8-75,
Naval Technical Training Command, 1975: 0.39 x words a sentence + 11.8 x syllables a word - 15.59.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from gillies.knowledge.schema import Record

SHOWN = ("say", "why", "turn", "question", "how_to_find_out", "questions", "note")
FEWEST_WORDS = 8
"""A grade of fewer words says little."""
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouycgsxz])es$")


class Graded(msgspec.Struct, frozen=True):
    """A text that people see, the record it stands in, and its grade."""

    grade: float
    record: str
    say: str


@lru_cache(maxsize=65_536)
def syllables(word: str) -> int:
    """How many a word has, about: groups of vowels, without a silent e; at least one."""
    return max(1, len(re.findall(r"[aeiouy]+", SILENT.sub("", word.lower()))))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text, to one decimal; numbers count as words of one syllable. An empty text has grade 0."""
    words = re.findall(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d,.]*", text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?](?=\s|$)", text.strip().rstrip(".!?") + ".")))
    return round(0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, 1)


def grades(records: Iterable[tuple[str, str, Record]]) -> list[Graded]:
    """Every text of some length that people see, of (file, id, record), hardest first."""
    found = {
        Graded(grade(text), key, text): None
        for _, key, record in records
        for text in shown(msgspec.json.decode(msgspec.json.encode(record)))
        if len(text.split()) >= FEWEST_WORDS
    }
    return sorted(found, key=lambda graded: (-graded.grade, graded.record, graded.say))


def median(graded: Sequence[Graded]) -> float:
    """The grade that half of the texts, sorted by grade, do not exceed; 0 of none."""
    return graded[len(graded) // 2].grade if graded else 0.0


def shown(value: Any, key: str = "") -> Iterator[str]:
    """Every text that people see in a record as plain data."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from shown(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from shown(inner, key)
    elif isinstance(value, str) and key in SHOWN:
        yield value
