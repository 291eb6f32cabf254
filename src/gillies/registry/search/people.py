"""People by name: whoever has a surname near the one typed, sorted by what it costs to take their name for it. Numbers only, no record is read."""

from collections.abc import Iterator

import msgspec
import numpy as np

from gillies.registry.search import given, letters, packing
from gillies.registry.search.filed import Numbers, Places
from gillies.registry.search.given import EDIT, UNLIKE, Costs
from gillies.registry.search.narrow import Narrow, keep
from gillies.registry.search.open import Index
from gillies.registry.search.typed import Reading

WORST = UNLIKE + 0.5
"""Whoever costs more is left out: the same surname with another first name just is not."""

MOST_LETTERS = 40
"""A surname that is longer is looked for as it stands only."""


class Candidates(msgspec.Struct, frozen=True):
    """Providers, each once, the likeliest first, and what each costs."""

    npis: Numbers
    costs: Costs

    def best(self, most: int) -> "Candidates":
        """So many, and all that are as likely as the last one up to four times as many: what is on record will tell them apart."""
        if len(self.npis) <= most:
            return self
        alike = int(np.searchsorted(self.costs, self.costs[most - 1], "right"))
        return Candidates(self.npis[: min(alike, most * 4)], self.costs[: min(alike, most * 4)])

    def reach(self, cost: float) -> int:
        """How many cost at most so much."""
        return int(np.searchsorted(self.costs, cost, "right"))


NOBODY = Candidates(np.empty(0, np.uint64), np.empty(0, np.float32))


def people(index: Index, readings: tuple[Reading, ...], narrow: Narrow, most: int) -> Candidates:
    """Everybody who may be meant. Names as typed come first; misspelt ones are looked for only where those are fewer than `most`."""
    found, fits = NOBODY, {reading.first: given.costs(index.firsts, reading.first) for reading in readings}
    exact = [(reading, place) for reading in readings if (place := index.surnames.place(reading.last)) is not None]
    for reading, place in exact:
        found = _with(index, found, reading, np.array([place]), np.zeros(1, np.float32), fits[reading.first], narrow)
    for reading in readings:
        for edits, places, alike in _near(index, reading.last):
            if found.reach(reading.cost + edits * EDIT) >= most:
                break
            found = _with(index, found, reading, places, edits * EDIT + 1 - alike, fits[reading.first], narrow)
    likely = found.reach(np.nextafter(np.float32(UNLIKE), np.float32(0)))
    return Candidates(found.npis[:likely], found.costs[:likely]) if likely else found


def _near(index: Index, surname: str) -> Iterator[tuple[int, Places, Costs]]:
    """Surnames one edit away, then those two edits away, with how alike they look."""
    most = letters.edits_allowed(surname)
    if not most or len(surname) > MOST_LETTERS:
        return
    places, edits = index.surnames.near(surname, most)
    for number in range(1, most + 1):
        some = places[edits == number]
        if len(some):
            yield number, some, letters.likenesses(surname, [index.surnames.words[place] for place in some.tolist()])


def _with(index: Index, found: Candidates, reading: Reading, places: Places, costs: Costs, fits: Costs, narrow: Narrow) -> Candidates:
    """Adds everybody with one of these surnames whose first name and place fit."""
    numbers, counts = index.surnames.gather(places)
    total = np.repeat(costs + np.float32(reading.cost), counts) + fits[packing.first_of(numbers)]
    fitting = total <= WORST
    if narrow.state:
        fitting &= packing.state_of(numbers) == packing.state_place(narrow.state)
    fitting = np.flatnonzero(fitting)
    npis, total = packing.npi_of(numbers[fitting]), total[fitting]
    if not narrow.is_state_only and len(npis):
        kept = keep(index, narrow, npis)
        npis, total = npis[kept], total[kept]
    return merged(found, Candidates(npis, total))


def merged(some: Candidates, others: Candidates) -> Candidates:
    """Both in one order, each provider once, at its lowest cost; of two at the same cost the lower number first."""
    npis, costs = np.concatenate((some.npis, others.npis)), np.concatenate((some.costs, others.costs))
    order = np.lexsort((npis, costs))
    npis, costs = npis[order], costs[order]
    _, once = np.unique(npis, return_index=True)
    once.sort()
    return Candidates(npis[once], costs[once])
