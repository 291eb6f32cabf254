"""A claim of an advert whose words stand in a sentence, and all that the phrases found there."""

import msgspec

from gillies.check.adverts_held import ClaimHeld
from gillies.check.numbers import Amount
from gillies.check.sentence import Piece, Sentence


class Found(msgspec.Struct, frozen=True, gc=False):
    """A claim in a sentence: its words, and those of them that its pattern took, piece by piece."""

    claim: ClaimHeld
    pieces: tuple[Piece, ...]
    amount: Amount | None = None
    """The figure that a claim of figures is made with."""
    is_answered: bool = False
    """Whether its words are asked, and the next sentence answers for it."""

    @property
    def start(self) -> int:
        """The first word."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """The word behind the last."""
        return self.pieces[-1][1]

    def holds(self, at: int) -> bool:
        """Whether a word is one that the pattern took."""
        return any(start <= at < end for start, end in self.pieces)

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """Where it stands in the text."""
        return sentence.spots[self.start][0], sentence.spots[self.end - 1][1]

    def looseness(self) -> int:
        """How many words lie between its own, less these."""
        return self.end - self.start - 2 * sum(end - start for start, end in self.pieces)


class Scan(msgspec.Struct, frozen=True, gc=False):
    """What the phrases found in a sentence."""

    claims: tuple[Found, ...]
    unless: frozenset[str]
    """Claims that words of the sentence set right, in all the text."""
    only_with: frozenset[str]
    """Claims that need words which stand in the sentence."""
    context: frozenset[str]


NOTHING = Scan((), frozenset(), frozenset(), frozenset())
