"""The arrays of a registry, opened for search: nothing is read before it is needed."""

from functools import cached_property

import numpy as np

from gillies.registry.search import packing
from gillies.registry.search.around import Around
from gillies.registry.search.filed import Filed, Numbers, Words
from gillies.registry.search.files import Files


class Index:
    """What a registry's search is made of (see index.py for how it is filled)."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.firsts = Words(files, "first")
        self.surnames, self.words, self.specialties, self.towns = (Filed(files, name) for name in ("surname", "word", "specialty", "town"))
        self.places: Numbers = np.frombuffer(files["place.numbers"], np.uint64)
        """Every place of practice, by NPI."""

    @cached_property
    def around(self) -> Around:
        """Where ZIPs are."""
        return Around(self.files)

    def specialty(self, code: str) -> Numbers:
        """Who has reported a specialty, by ZIP."""
        place = self.specialties.place(code)
        return self.specialties.of(place) if place is not None else self.places[:0]

    def town(self, name: str, state: str) -> Numbers:
        """NPIs in a town (its name as it is compared), of one state or of all."""
        place = self.towns.place(name)
        found = self.towns.of(place) if place is not None else self.places[:0]
        return np.sort(packing.npi_of(found[packing.state_of(found) == packing.state_place(state)] if state else found))
