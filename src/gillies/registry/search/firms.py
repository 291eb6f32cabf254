"""Organisations by the words of their names: those that have most of the words typed, the rarest words first. Numbers only, no record is read."""

import msgspec
import numpy as np

from gillies.registry.search import letters, packing
from gillies.registry.search.filed import Numbers, Places
from gillies.registry.search.given import EDIT, Costs
from gillies.registry.search.narrow import Narrow, keep
from gillies.registry.search.open import Index
from gillies.registry.search.people import NOBODY, Candidates

COMMON = frozenset("OF THE AND INC LLC PC PA PLLC LLP LTD CORP CO MD DBA A P C L".split())
"""Words that tell no firm from another: they are not filed."""

LACKING = 3.0
"""What it costs to lack a word that was typed."""

MISSPELT_FROM = 5
"""Words of so many letters may be misspelt; in two letters from eight."""

MOST_ALIKE = 40
"""Words alike one that was typed: the nearest so many."""

MOST_LOOKED_AT = 400_000
"""Organisations that have a word: with more, the word alone tells nobody."""


class Word(msgspec.Struct, frozen=True):
    """A word that was typed: places of the words that it may be, what each costs, and how many organisations have one of them."""

    places: Places
    costs: Costs
    count: int


def firms(index: Index, typed: tuple[str, ...], narrow: Narrow, *, misspelt: bool) -> Candidates:
    """Organisations that may be meant. Misspelt words are looked for (if they are to be) only where no organisation has all of them as typed."""
    typed = tuple(dict.fromkeys(word for word in typed if word not in COMMON))
    if not typed:
        return NOBODY
    found = _having(index, [_word(index, word, misspelt=False) for word in typed], narrow)
    if not misspelt or found.has(0):
        return found
    return _having(index, [_word(index, word, misspelt=True) for word in typed], narrow)


def _word(index: Index, word: str, *, misspelt: bool) -> Word:
    place = index.words.place(word)
    places, costs = np.array([] if place is None else [place], np.int64), np.zeros(0 if place is None else 1, np.float32)
    if misspelt and MISSPELT_FROM <= len(word) <= 40:
        near, edits = index.words.near(word, 1 if len(word) < 8 else 2)
        order = np.argsort(edits, kind="stable")[:MOST_ALIKE]
        near, edits = near[order], edits[order]
        alike = letters.likenesses(word, [index.words.words[each] for each in near.tolist()])
        places, costs = near, np.where(edits == 0, 0, edits * EDIT + 1 - alike).astype(np.float32)
    return Word(places, costs, int(index.words.counts(places).sum()))


def _having(index: Index, words: list[Word], narrow: Narrow) -> Candidates:
    """Those with one of the two rarest words, and what the other words make of them. More than half of the words must be there."""
    known = sorted((word for word in words if word.count), key=lambda word: word.count)
    if len(known) * 2 <= len(words) or known[0].count > MOST_LOOKED_AT:
        return NOBODY
    drivers = known[:2] if len(known) > 2 and known[1].count <= MOST_LOOKED_AT else known[:1]
    npis = np.unique(np.concatenate([_npis(index, word, narrow) for word in drivers]))
    total, has = np.zeros(len(npis), np.float32), np.zeros(len(npis), np.int64)
    for word in words:
        cost = _costs(index, word, npis)
        has += cost < LACKING
        total += cost
    fitting = has * 2 > len(words)
    npis, total = npis[fitting], total[fitting]
    if not narrow.is_state_only and len(npis):
        kept = keep(index, narrow, npis)
        npis, total = npis[kept], total[kept]
    order = np.lexsort((npis, total))
    return Candidates(npis[order], total[order])


def _npis(index: Index, word: Word, narrow: Narrow) -> Numbers:
    numbers, _ = index.words.gather(word.places)
    if narrow.state:
        numbers = numbers[packing.firm_state(numbers) == packing.state_place(narrow.state)]
    return packing.firm_npi(numbers)


def _costs(index: Index, word: Word, npis: Numbers) -> Costs:
    """What it costs each organisation to have this word, or one alike, or none."""
    out = np.full(len(npis), LACKING, np.float32)
    for place, cost in zip(word.places.tolist(), word.costs.tolist(), strict=True):
        numbers = index.words.of(place)
        low = np.searchsorted(numbers, npis << np.uint64(packing.STATE))
        has = low < len(numbers)
        has[has] = packing.firm_npi(numbers[low[has]]) == npis[has]
        out[has] = np.minimum(out[has], cost)
    return out
