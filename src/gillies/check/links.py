"""What links the terms of a derived frame in a sentence: a word that equates, that says what something needs or is for, or what it is done on. Pure."""

from gillies.check.lexicon import Spelt
from gillies.check.sentence import Piece, Sentence

AIMS = frozenset("improv enhanc restor focus aim goal purpos deal design intend reshap better correct beautif".split())
"""Stems of words that say what something is for."""
NEEDS = frozenset("need requir take involv expect allow plan must has have no without zero minim littl littler longer short quick involve demand off".split())
"""Stems of words that say what something needs, or does not."""
NEAR_SITE = 9
OPERATIONS, ON = frozenset(("oper", "surger", "procedur", "treatment")), frozenset(("on", "of", "to", "for"))
"""Stems that say how a procedure is told to be one on a part of the body, and within how many words."""
EQUATES = frozenset("is are was were be being involves involve requires require means considered counts called remains".split())
"""Words that equate."""
INSTEAD = frozenset(("alternative", "alternatives", "substitute", "instead", "replacement"))
"""Words with which something stands for another and is not that ("an alternative to surgery")."""


def between(sentence: Sentence, places: list[Piece]) -> list[Spelt]:
    """The words from the first to the last of the pieces."""
    return sentence.words[min([start for start, _ in places]) : max([end for _, end in places])]


def is_equated(sentence: Sentence, places: list[Piece]) -> bool:
    """Whether a word that equates stands between the first and the last of the pieces, and none that sets the one in the other's stead."""
    words = [word[0] for word in between(sentence, places)]
    return not EQUATES.isdisjoint(words) and INSTEAD.isdisjoint(words)


def is_operation_on(sentence: Sentence, places: list[Piece]) -> bool:
    """Whether the words between tell what a thing is an operation on ("is surgery of the nose")."""
    stems = [word[1] for word in between(sentence, places)]
    return len(stems) <= NEAR_SITE and is_equated(sentence, places) and not OPERATIONS.isdisjoint(stems) and not ON.isdisjoint(stems)
