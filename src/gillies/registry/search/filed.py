"""Words and who has them, as flat arrays on disk: written in one pass, then mapped into memory, never read as a whole.

`<name>.words` holds the words, shortest first, those of one length in order: the words nearly as long as a misspelt one are neighbours.
`<name>.signatures` has a number for each (see letters.signature), `<name>.ends` where its part of `<name>.numbers` ends. A number in there is a
provider with what must be known at once of it, packed into 64 bits (see packing.py).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from gillies.registry.search import letters
from gillies.registry.search.files import Files

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
NONE: Places = np.empty(0, np.int64)


class Words:
    """All words of a kind, in order."""

    def __init__(self, files: Files, name: str) -> None:
        self.files, self.name = files, name

    def array(self, part: str) -> Numbers:
        """One of its arrays, read as it is needed."""
        return np.frombuffer(self.files[f"{self.name}.{part}"], np.uint64)

    @cached_property
    def words(self) -> list[str]:
        """Each word at its place."""
        return bytes(self.files[f"{self.name}.words"]).decode("ascii").split("\n")[:-1]

    @cached_property
    def starts(self) -> list[int]:
        """Where the words of each length begin."""
        return [bisect_left(self.words, length, key=len) for length in range(len(self.words[-1]) + 2 if self.words else 2)]

    @cached_property
    def signatures(self) -> Numbers:
        """See letters.signature."""
        return self.array("signatures")

    def span(self, length: int) -> tuple[int, int]:
        """From where to where the words of a length stand."""
        return (self.starts[length], self.starts[length + 1]) if 0 <= length < len(self.starts) - 1 else (0, 0)

    def place(self, word: str) -> int | None:
        """The place of a word, None where it is not there."""
        low, high = self.span(len(word))
        place = bisect_left(self.words, word, low, high)
        return place if place < high and self.words[place] == word else None

    def beginning(self, word: str) -> Iterator[tuple[int, int]]:
        """From where to where words stand that begin with this one."""
        for length in range(len(word), len(self.starts) - 1):
            low, high = self.span(length)
            if low < high:
                yield bisect_left(self.words, word, low, high), bisect_left(self.words, f"{word}~", low, high)  # ~ comes after any letter

    def near(self, word: str, edits: int) -> tuple[Places, npt.NDArray[np.uint8]]:
        """The places of all words at most so many edits away, and how many."""
        own, parts = np.uint64(letters.signature(word)), []
        for length in range(max(len(word) - edits, 1), min(len(word) + edits, len(self.starts) - 2) + 1):
            low = self.starts[length]
            most = 2 * edits - abs(length - len(word))  # a letter more or less changes one bit, not two
            parts.append((np.bitwise_count(self.signatures[low : self.starts[length + 1]] ^ own) <= most).nonzero()[0] + low)
        places = np.concatenate(parts) if parts else NONE
        found = letters.distances(word, [self.words[place] for place in places.tolist()], edits)
        near = found <= edits
        return places[near], found[near]


class Filed(Words):
    """Words with the numbers filed under each, sorted."""

    @cached_property
    def ends(self) -> Places:
        """Where each word's part of the numbers ends."""
        return self.array("ends").view(np.int64)

    @cached_property
    def numbers(self) -> Numbers:
        """All numbers, word by word."""
        return self.array("numbers")

    def of(self, place: int) -> Numbers:
        """What is filed under one word."""
        return self.numbers[self.ends[place - 1] if place else 0 : self.ends[place]]

    def counts(self, places: Places) -> Places:
        """How many numbers are filed under each word."""
        return self.ends[places] - np.where(places > 0, self.ends[places - 1], 0)

    def gather(self, places: Places) -> tuple[Numbers, Places]:
        """What is filed under some words, one after the other, and how many numbers each has."""
        counts = self.counts(places)
        if len(places) == 1:
            return self.of(int(places[0])), counts
        before = np.cumsum(counts) - counts
        return self.numbers[np.arange(counts.sum()) + np.repeat(self.ends[places] - counts - before, counts)], counts


class Writer:
    """Writes one such set of files. Numbers come in the order of their words' places and sorted; the same one twice is written once."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name, self.counts = folder, name, np.zeros(0, np.int64)

    def words(self, words: list[str], *, signed: bool = True) -> None:
        """All words, in order. `signed`: whether misspelt ones will be looked for."""
        (self.folder / f"{self.name}.words").write_text("".join(f"{word}\n" for word in words), encoding="ascii")
        if signed:
            letters.signatures(words).tofile(self.folder / f"{self.name}.signatures")
        self.counts = np.zeros(len(words), np.int64)

    def numbers(self, batches: Iterable[tuple[Places, Numbers]]) -> int:
        """The numbers with the place of their word each; how many were written."""
        with (self.folder / f"{self.name}.numbers").open("wb") as out:
            for places, numbers in _once(batches):
                self.counts += np.bincount(places, minlength=len(self.counts))
                _append(out, numbers)
        np.cumsum(self.counts).tofile(self.folder / f"{self.name}.ends")
        return int(self.counts.sum())


def write_sorted(path: Path, batches: Iterable[Numbers]) -> int:
    """An array of numbers alone; they come sorted, the same one twice is written once."""
    rows = 0
    with path.open("wb") as out:
        for _, numbers in _once((np.zeros(len(numbers), np.int64), numbers) for numbers in batches):
            rows += len(numbers)
            _append(out, numbers)
    return rows


def _append(out: IO[bytes], numbers: Numbers) -> None:
    out.write(np.ascontiguousarray(numbers).data)


def _once(batches: Iterable[tuple[Places, Numbers]]) -> Iterator[tuple[Places, Numbers]]:
    last = (-1, -1)
    for places, numbers in batches:
        if len(numbers):
            new = np.concatenate(([(int(places[0]), int(numbers[0])) != last], (places[1:] != places[:-1]) | (numbers[1:] != numbers[:-1])))
            last = (int(places[-1]), int(numbers[-1]))
            yield places[new], numbers[new]
