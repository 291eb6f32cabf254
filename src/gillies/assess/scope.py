"""Ours or not: what is declined, kindly, with where to turn."""

import re
from collections.abc import Iterable

from gillies.assess.case import Case
from gillies.assess.parts import Need
from gillies.knowledge.compiled import Compiled
from gillies.phrases.words import fold
from gillies.reading.lexicon import Lexicon
from gillies.reading.read import Mention

UNKNOWN_TOPIC = (
    "Nothing here is about changing or restoring a face or body by surgery or skin treatment, as far as this tool can read. "
    "If it is a health question, your family doctor or a nurse line is a good first stop. If it is ours after all, say it in other words."
)
NOT_ENGLISH = "This does not look like English, and gillies reads English only so far. Please write it in English, or ask someone who can."
KNOWN_SHARE = 1 / 2
"""Of the words of an English text at least so many are known here, even of one about something else."""
TOO_SHORT = 4
"""Of less words nobody can tell the language."""
WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 3
"""A phrase of more words says no more for its topic than one of this many."""


def decline(case: Case, needs: list[Need], text: str, lexicon: Lexicon, compiled: Compiled) -> str | None:
    """Why it is not ours and where to turn; None when it is ours.

    What is never ours (animals, cars) decides. Else the topic with more said for it wins; a procedure asked for counts twice.
    """
    neighbours = [compiled.knowledge.elsewhere[m.id] for m in case.elsewhere]
    for neighbour in neighbours:
        if neighbour.always:
            return neighbour.turn
    if not needs and not case.refused:
        return neighbours[0].turn if neighbours else UNKNOWN_TOPIC if _is_english(text, lexicon) else NOT_ENGLISH
    asked = _said_for(wish.mention for need in needs for wish in need.wishes if wish.strength and not wish.past)
    named = _said_for(wish.mention for wish in case.wishes)
    if not neighbours or asked + named + _said_for(case.concerns) >= _said_for(case.elsewhere):
        return None
    return neighbours[0].turn


def _is_english(text: str, lexicon: Lexicon) -> bool:
    """Whether the letters are ours and a word that hardly any other language has is there, or enough words are known."""
    words = WORD.findall(fold(text))
    if sum(map(len, words)) > 2 * sum(char.isascii() for word in words for char in word):
        return False
    return len(words) < TOO_SHORT or not lexicon.english.isdisjoint(words) or sum(word in lexicon.vocabulary for word in words) >= KNOWN_SHARE * len(words)


def never_ours(case: Case, compiled: Compiled) -> bool:
    """Whether it is about an animal, a car and the like: then no warning sign of a person rings either, unless a person is bitten."""
    always = any(compiled.knowledge.elsewhere[m.id].always for m in case.elsewhere)
    return always and not case.wishes and not case.concerns


def _said_for(mentions: Iterable[Mention]) -> int:
    """How much is said for a topic: the words of its phrases, each topic's longest phrase once."""
    best: dict[str, int] = {}
    for m in mentions:
        words = min(MOST_WORDS, sum(piece[1] - piece[0] for piece in m.pieces))
        best[m.id] = max(best.get(m.id, 0), words)
    return sum(best.values())
