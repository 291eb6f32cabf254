"""Names as they are compared, and how far one is from another."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cdist

from gillies.registry.names import key as key

MOST_EDITS = 2
"""Letters left out, put in, changed, or two swapped: so many make a name another name."""

SHORT = 3
"""Names of up to so many letters are taken for misspelt by one letter at most."""

_A = ord("A")


def edits_allowed(word: str) -> int:
    """In how many letters a word may be misspelt and still be found."""
    return MOST_EDITS if len(word) > SHORT else min(len(word) - 1, 1)


def signature(word: str) -> int:
    """52 bits: which letters are in a word once, and which twice. One edit changes two of them at most: one for a letter more or less, two for
    another letter, none for two swapped. So names with signatures too far apart need not be compared."""
    once = twice = 0
    for letter in word:
        bit = 1 << (ord(letter) - _A) if letter.isalpha() else 0
        twice |= once & bit
        once |= bit
    return once | twice << 26


def signatures(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The same for many words of capitals and digits."""
    out = np.empty(len(words), np.uint64)
    bits = np.uint64(1) << np.arange(52, dtype=np.uint64)
    for low in range(0, len(words), 50_000):
        some = words[low : low + 50_000]
        letters = np.frombuffer("".join(some).encode(), np.uint8).astype(np.int64) - _A
        owner = np.repeat(np.arange(len(some)), [len(word) for word in some])
        counted = np.bincount(owner[letters >= 0] * 26 + letters[letters >= 0], minlength=len(some) * 26).reshape(len(some), 26)
        out[low : low + len(some)] = np.where(np.hstack((counted >= 1, counted >= 2)), bits, np.uint64(0)).sum(axis=1, dtype=np.uint64)
    return out


def distances(word: str, others: Sequence[str], most: int) -> npt.NDArray[np.uint8]:
    """Edits from a word to each of the others; any number above `most` stands for more.

    The fast measure counts two letters swapped, with one put between or taken out, as three edits; they are two. Those words are one letter
    longer or shorter, and the slow measure is asked about them.
    """
    found: npt.NDArray[np.uint8] = cdist([word], others, scorer=OSA.distance, score_cutoff=most + 1, dtype=np.uint8)[0]
    if most == MOST_EDITS:
        for place in (found == most + 1).nonzero()[0].tolist():
            if abs(len(others[place]) - len(word)) == 1:
                found[place] = DamerauLevenshtein.distance(word, others[place], score_cutoff=most)
    return found


def distance(word: str, other: str) -> int:
    """Edits from one word to another; three stands for more than two."""
    return 0 if word == other else DamerauLevenshtein.distance(word, other, score_cutoff=MOST_EDITS)


def likeness(word: str, other: str) -> float:
    """How alike two words look, 0 to 1: tells apart those that are equally many edits away."""
    return JaroWinkler.similarity(word, other)


def likenesses(word: str, others: Sequence[str]) -> npt.NDArray[np.float32]:
    """The same for many."""
    found: npt.NDArray[np.float32] = cdist([word], others, scorer=JaroWinkler.similarity, dtype=np.float32)[0]
    return found
