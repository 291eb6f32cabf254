"""A frame that a stretch of a sentence states, or denies."""

import msgspec

from gillies.check.find import Pieces
from gillies.check.held import Held
from gillies.check.numbers import Amount
from gillies.check.sentence import Piece


class Match(msgspec.Struct, frozen=True):
    """A held frame that a stretch of a sentence states, or denies: its words [start, end), and how well it fits."""

    held: Held
    start: int
    end: int
    score: float
    denied: bool
    spoken: frozenset[int]
    """The thoughts in which it is said."""
    words: frozenset[int] = frozenset()
    """The words by which it is said, the names of things apart."""
    shown: Piece = (0, 0)
    """The words [start, end) to show it by."""
    pieces: Pieces = ()
    """The words that its pattern took."""
    by_pattern: bool = False
    amounts: tuple[Amount, ...] = ()
    """The numbers of the frame's unit that the stretch tells of it."""
    is_right: bool = False
    """Whether these numbers are right."""

    @property
    def taken(self) -> frozenset[int]:
        """The words that its pattern took, one by one."""
        return frozenset([i for start, end in self.pieces for i in range(start, end)])
