"""Providers by what is known of them besides a name: state, town, distance, specialty. Only numbers are looked at, no record."""

import msgspec
import numpy as np
import numpy.typing as npt

from gillies.registry.search import packing
from gillies.registry.search.around import From
from gillies.registry.search.filed import Numbers
from gillies.registry.search.open import Index


class Narrow(msgspec.Struct, frozen=True):
    """What providers must have, all at one place of practice. Empty: anything goes. `kind`: person or organisation; `towns`: NPIs of a town, sorted;
    `codes`: one of these specialties."""

    kind: str = ""
    state: str = ""
    towns: Numbers | None = None
    near: From | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything goes."""
        return self.is_state_only and not self.state

    @property
    def is_state_only(self) -> bool:
        """Whether nothing but a state is asked for, if that."""
        return not (self.kind or self.near or self.codes) and self.towns is None


ANYTHING = Narrow()


def among(values: Numbers, held: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the values are among sorted ones."""
    if not len(held):
        return np.zeros(len(values), bool)
    return np.asarray(held[np.minimum(np.searchsorted(held, values), len(held) - 1)] == values)


def places_of(index: Index, npis: Numbers) -> tuple[npt.NDArray[np.int64], packing.Place]:
    """All places of practice of some providers, and whose each is (by its place in `npis`)."""
    low = np.searchsorted(index.places, packing.from_npi(npis))
    high = np.searchsorted(index.places, packing.from_npi(npis + np.uint64(1)))
    counts = high - low
    rows = np.arange(counts.sum()) + np.repeat(low - (np.cumsum(counts) - counts), counts)
    return np.repeat(np.arange(len(npis)), counts), packing.place_parts(index.places[rows])


def keep(index: Index, narrow: Narrow, npis: Numbers) -> npt.NDArray[np.bool_]:
    """Which of some providers have all of it."""
    owner, place = places_of(index, npis)
    fits = np.ones(len(owner), bool)
    if narrow.kind:
        fits &= place.firm == (narrow.kind == "organisation")
    if narrow.state:
        fits &= place.state == packing.state_place(narrow.state)
    if narrow.near:
        fits &= np.isfinite(narrow.near.miles[place.zip.astype(np.int64)])
    if narrow.codes:
        numbers, has = packing.as_specialty(npis[owner], place.state, place.zip), np.zeros(len(owner), bool)
        for each in narrow.codes:
            has |= among(numbers, index.specialty(each))
        fits &= has
    kept = np.zeros(len(npis), bool)
    kept[owner[fits]] = True
    return kept & among(npis, narrow.towns) if narrow.towns is not None else kept


def listed(index: Index, narrow: Narrow) -> Numbers:
    """NPIs of all who have one of the specialties at such a place, each once, in the order of their numbers."""
    parts = []
    for each in narrow.codes:
        numbers = index.specialty(each)
        if narrow.near:
            numbers = _near(numbers, narrow.near)
        if narrow.state:
            numbers = numbers[packing.state_of(numbers) == packing.state_place(narrow.state)]
        parts.append(packing.npi_of(numbers))
    found: Numbers = np.unique(np.concatenate(parts)) if parts else np.empty(0, np.uint64)
    if narrow.kind or narrow.towns is not None:
        found = found[keep(index, msgspec.structs.replace(narrow, codes=()), found)]
    return found


def _near(numbers: Numbers, near: From) -> Numbers:
    """Those of a specialty in one of the ZIPs within reach: they stand by ZIP."""
    codes = np.flatnonzero(np.isfinite(near.miles))
    low, high = np.searchsorted(numbers, packing.from_zip(codes)), np.searchsorted(numbers, packing.from_zip(codes + 1))
    counts = high - low
    return np.asarray(numbers[np.arange(counts.sum()) + np.repeat(low - (np.cumsum(counts) - counts), counts)], np.uint64)


def miles_of(index: Index, near: From, npis: Numbers) -> npt.NDArray[np.float32]:
    """How far each provider's nearest place of practice is; infinite beyond the radius."""
    owner, place = places_of(index, npis)
    miles = np.full(len(npis), np.inf, np.float32)
    np.minimum.at(miles, owner, near.miles[place.zip.astype(np.int64)])
    return miles
