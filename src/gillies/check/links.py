"""What links the terms of a derived frame in a sentence: a word that equates, that says what something needs or is for, or what it is done on. Pure."""

from gillies.check.find import Scene
from gillies.check.held import Held
from gillies.check.lexicon import Spelt
from gillies.check.read import Piece, Sentence
from gillies.check.share import Shared

AIMS = frozenset("improv enhanc restor focus aim goal purpos deal design intend reshap better correct beautif".split())
"""Stems of words that say what something is for."""
NEEDS = frozenset("need requir take involv expect allow plan must has have no without zero minim littl littler longer short quick involve demand off".split())
"""Stems of words that say what something needs, or does not."""
HEAD_OF_SCOPE = 5
LEADS = frozenset(("specialty", "general-surgery", "term", "field"))
"""How far from the head of its stretch a field is the subject; what may be named before it."""
DEFINING = frozenset(
    """deal focus specialis specializ concentr dedic devot intend purpos aim design train defin correct reconstruct restor repair fix perform oper treat
    concern address improv enhanc do work""".split()
)
"""Stems of words that say what a field is for."""
INCLUDING = frozenset(
    """includ also may can could might some sometim encompass cover both part branch subdivid divid rang well one varieti many often two categori
    origin word greek between differ than certifi board insur pay not no cosmet aesthet reshap shape modif alter mold mould""".split()
)
"""Stems of words with which more may be meant."""
NEAR_SITE = 9
OPERATIONS, ON = frozenset(("oper", "surger", "procedur", "treatment")), frozenset(("on", "of", "to", "for"))
"""Stems that say how a procedure is told to be one on a part of the body, and within how many words."""
EQUATES = frozenset("is are was were be being involves involve requires require means considered counts called remains".split())
"""Words that equate."""


def between(sentence: Sentence, places: list[Piece]) -> list[Spelt]:
    """The words from the first to the last of the pieces."""
    return sentence.words[min([start for start, _ in places]) : max([end for _, end in places])]


def is_equated(sentence: Sentence, places: list[Piece]) -> bool:
    """Whether a word that equates stands between the first and the last of the pieces."""
    return any(word[0] in EQUATES for word in between(sentence, places))


def is_for(held: Held, shared: Shared, seen: Scene, stretch: Piece) -> bool:
    """Whether the stretch says of a field, its subject, what it is for, as if it were for nothing else."""
    name = held.terms[0][0]
    first, last = shared.places.get(name, (0, 0))
    if last <= first or first - stretch[0] > HEAD_OF_SCOPE or any(stretch[0] <= item[2] < first for item in seen.items if item[0] not in LEADS):
        return False
    if not any(item[0] == name and item[2] == first for item in seen.items):
        return False  # a facelift is not the whole of it
    if any(start < last and first < end for other, (start, end) in shared.places.items() if other != name):
        return False  # "reconstructive plastic surgery" is a part of it
    words, after = seen.sentence.words[stretch[0] : stretch[1]], seen.sentence.words[last : stretch[1]]
    return not DEFINING.isdisjoint([word[1] for word in after]) and INCLUDING.isdisjoint([word[1] for word in words])


def is_operation_on(sentence: Sentence, places: list[Piece]) -> bool:
    """Whether the words between tell what a thing is an operation on ("is surgery of the nose")."""
    stems = [word[1] for word in between(sentence, places)]
    return len(stems) <= NEAR_SITE and is_equated(sentence, places) and not OPERATIONS.isdisjoint(stems) and not ON.isdisjoint(stems)
