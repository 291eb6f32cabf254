"""How a clause is put: denied or not, how strongly, of which place. The same for a text and for the claims that the knowledge holds."""

import msgspec

from gillies.check.held import Term
from gillies.check.lexicon import CheckLexicon
from gillies.check.read import Cue, Sentence, bag, sentences

FAR = 9
"""How many words a denial reaches when no comma stops it."""


class Claim(msgspec.Struct, frozen=True):
    """What a claim of ours says: its terms, and how it is put."""

    terms: tuple[Term, ...]
    sign: int
    strength: str


class Manner(msgspec.Struct, frozen=True):
    """How it is put: `sign` -1 where it is denied; `partly` where only "always" is denied; `strength` all, some or ""; `places` named."""

    sign: int
    partly: bool
    strength: str
    places: tuple[str, ...]


def read_claim(text: str, lexicon: CheckLexicon) -> Claim:
    """A claim of ours, read as a text would be."""
    terms: dict[str, int] = {}
    sign, strengths = 1, []
    for sentence in sentences(text, lexicon):
        items = bag(sentence, lexicon.little)
        for name, value, _, _ in items:
            terms.setdefault(name, value)
        how = manner(sentence, 0, len(sentence.words), [item[2:] for item in items])
        sign *= how.sign
        strengths.append(how.strength)
    strength = "all" if "all" in strengths else "some" if "some" in strengths else ""
    return Claim(tuple(terms.items()), sign, strength)


def manner(sentence: Sentence, start: int, end: int, pieces: list[tuple[int, int]]) -> Manner:
    """How the words [start, end) are put, as far as it bears on the pieces."""
    taken = {i for said in sentence.said if said.end - said.start > 1 for i in range(said.start, said.end)}
    sign, partly, strengths, places = 1, False, set(), []
    for cue in sentence.cues:
        if not start <= cue.start < end:
            continue
        kinds = cue.kinds
        if "not-all" in kinds:
            partly = True
        elif "negation" in kinds and cue.start not in taken and _bears(cue, sentence, pieces):
            sign = -sign
        if "all" in kinds:
            strengths.add("all")
        elif "some" in kinds:
            strengths.add("some")
        elif "most" in kinds:
            strengths.add("most")
        places += [kind[3:] for kind in kinds if kind.startswith("in ")]
    strength = "all" if "all" in strengths else "some" if "some" in strengths else ""
    if "most" in strengths and strength == "some":
        strength = ""
    return Manner(sign, partly, strength, tuple(places))


def _bears(cue: Cue, sentence: Sentence, pieces: list[tuple[int, int]]) -> bool:
    """Whether a denial bears on some of the pieces: it stands before one with no comma between, or ends the clause they stand in."""
    part = sentence.part[cue.start]
    thought = sentence.thought[cue.start]
    behind = False
    for first, last in pieces:
        if sentence.thought[first] != thought:
            continue
        if last > cue.start and (sentence.part[first] == part or first - cue.end <= 2):
            return True
        if last <= cue.start and sentence.part[last - 1] == part and cue.start - last <= FAR:
            behind = True
    return behind
