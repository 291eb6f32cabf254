"""People by name: whoever has a surname near the one typed, sorted by what it costs to take their name for it. Numbers only, no record is read."""

from functools import cache

import msgspec
import numpy as np

from gillies.registry.search import given, letters, packing
from gillies.registry.search.filed import NONE, Numbers, Places
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

    def best(self, most: int, alike: int) -> "Candidates":
        """So many, and all that are as likely as the last one, `alike` at the most: what is on record will tell them apart."""
        if len(self.npis) <= most:
            return self
        alike = min(int(self.costs.searchsorted(self.costs[most - 1], "right")), alike)
        return Candidates(self.npis[:alike], self.costs[:alike])

    def has(self, cost: float) -> bool:
        """Whether anybody costs at most so much."""
        return len(self.costs) > 0 and bool(self.costs[0] <= cost)


NOBODY = Candidates(np.empty(0, np.uint64), np.empty(0, np.float32))


def ordered(parts: list[Candidates]) -> Candidates:
    """All in one order, each provider once, at its lowest cost; of two at the same cost the lower number first."""
    parts = [part for part in parts if len(part.npis)]
    if not parts:
        return NOBODY
    npis, costs = np.concatenate([part.npis for part in parts]), np.concatenate([part.costs for part in parts])
    by_npi = np.lexsort((costs, npis))
    npis, costs = npis[by_npi], costs[by_npi]
    once = np.concatenate(([True], npis[1:] != npis[:-1]))
    npis, costs = npis[once], costs[once]
    likeliest = costs.argsort(kind="stable")
    return Candidates(npis[likeliest], costs[likeliest])


class Pool:
    """Candidates while they are gathered. One who was found twice counts twice here: that only ends the looking a little sooner."""

    def __init__(self) -> None:
        self.parts: list[Candidates] = []

    def reach(self, cost: float) -> int:
        """How many cost at most so much."""
        return sum(int(np.count_nonzero(part.costs <= cost)) for part in self.parts)


def people(index: Index, readings: tuple[Reading, ...], narrow: Narrow, most: int) -> Candidates:
    """Everybody who may be meant. Names as typed come first; misspelt ones are looked for only where those are fewer than `most` (in one letter only,
    where somebody has both names as typed), and by another way to read the name only where that could find somebody likelier."""
    pool = Pool()
    fits = cache(lambda first: given.costs(index.firsts, first))
    for reading in readings:
        place = index.surnames.place(reading.last)
        if place is not None and not pool.reach(reading.cost):
            pool.parts.append(_fitting(index, reading, np.array([place]), np.zeros(1, np.float32), fits(reading.first), narrow))
    for reading in readings:
        if reading.exact or (reading.cost and pool.reach(reading.cost + EDIT)):
            continue
        as_typed = pool.reach(reading.cost)
        if as_typed >= most:
            break
        near = _near(index, reading.last, 1 if as_typed and reading.first else letters.MOST_EDITS)
        pool.parts.append(_fitting(index, reading, *near, fits(reading.first), narrow))
    found = ordered(pool.parts)
    likely = int(found.costs.searchsorted(UNLIKE))
    return Candidates(found.npis[:likely], found.costs[:likely]) if likely else found


def _near(index: Index, surname: str, most: int) -> tuple[Places, Costs]:
    """Surnames at most so many edits away, and what each costs."""
    most = min(most, letters.edits_allowed(surname)) if len(surname) <= MOST_LETTERS else 0
    if not most:
        return NONE, NOBODY.costs
    places, edits = index.surnames.near(surname, most)
    places, edits = places[edits > 0], edits[edits > 0]
    alike = letters.likenesses(surname, [index.surnames.words[place] for place in places.tolist()])
    return places, edits * np.float32(EDIT) + 1 - alike


def _fitting(index: Index, reading: Reading, places: Places, costs: Costs, fits: Costs, narrow: Narrow) -> Candidates:
    """Everybody with one of these surnames whose first name and place fit."""
    numbers, counts = index.surnames.gather(places)
    costs = costs + np.float32(reading.cost)
    if narrow.state:
        there = (packing.state_of(numbers) == packing.state_place(narrow.state)).nonzero()[0]
        numbers, costs = numbers[there], costs[counts.cumsum().searchsorted(there, "right")]
    else:
        costs = costs.repeat(counts)
    costs = costs + fits[packing.first_of(numbers)]
    fitting = (costs <= WORST).nonzero()[0]
    npis, costs = packing.npi_of(numbers[fitting]), costs[fitting]
    if not narrow.is_state_only and len(npis):
        kept = keep(index, narrow, npis)
        npis, costs = npis[kept], costs[kept]
    return Candidates(npis, costs)
