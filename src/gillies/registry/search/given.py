"""How well first names fit one that was typed: the same, a nickname, an initial, a misspelling."""

from collections.abc import Mapping
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from gillies.registry.search import letters
from gillies.registry.search.filed import Words

EDIT = 2.0
"""What one edit costs; everything else is measured against it."""

UNLIKE = 7.0
"""What a first name costs that is another one: more than any misspelling that is still taken for one."""

NICKNAME, INITIAL, LONGER, NONE = 0.75, 0.75, 1.0, 2.0
"""Bob for Robert; J for Jane; Chris for Christa, as a beginning; no first name on record."""

BEGINNING = 3
"""Letters that a beginning must have in common."""

Costs = npt.NDArray[np.float32]


class Fit(msgspec.Struct, frozen=True):
    """How a first name fits: what it costs, and how (same, nickname, initial, beginning, misspelt, none, unlike)."""

    cost: float
    how: str
    edits: int = 0


def nicknames(name: str) -> Mapping[str, float]:
    """Names that people with this one also go by, or the other way round: what it costs to take one for the other."""
    return _known().get(name, {})


@cache
def _known() -> Mapping[str, Mapping[str, float]]:
    """Every name of the list, in capitals. (Nothing that somebody typed is kept.)"""
    from nicknames import NickNamer

    both: dict[str, set[str]] = {}
    for name, short in NickNamer().nickname_lookup.items():
        for other in short:
            both.setdefault(name.upper(), set()).add(other.upper())
            both.setdefault(other.upper(), set()).add(name.upper())
    return {name: dict.fromkeys(sorted(others - {name}), NICKNAME) for name, others in both.items()}


def fit(typed: str, held: str) -> Fit:
    """How a first name on record fits the one typed."""
    if not typed or typed == held:
        return Fit(0, "same")
    if not held:
        return Fit(NONE, "none")
    if len(typed) == 1 or len(held) == 1:
        return Fit(0 if len(typed) == 1 else INITIAL, "initial") if typed[0] == held[0] else Fit(UNLIKE, "unlike")
    if cost := nicknames(typed).get(held):
        return Fit(cost, "nickname")
    if min(len(typed), len(held)) >= BEGINNING and (held.startswith(typed) or typed.startswith(held)):
        return Fit(LONGER, "beginning")
    edits = letters.distance(typed, held)
    if edits <= min(letters.edits_allowed(typed), letters.edits_allowed(held)):
        return Fit(edits * EDIT + 1 - letters.likeness(typed, held), "misspelt", edits)
    return Fit(UNLIKE, "unlike")


def costs(firsts: Words, typed: str) -> Costs:
    """The same for all first names on record."""
    out = np.full(len(firsts.words), UNLIKE, np.float32)
    if not typed:
        out[:] = 0
        return out
    alone = len(typed) == 1
    if alone or len(typed) >= BEGINNING:
        for low, high in firsts.beginning(typed):
            out[low:high] = 0 if alone else LONGER
    if not alone:
        near, edits = firsts.near(typed, letters.edits_allowed(typed))
        words = [firsts.words[place] for place in near.tolist()]
        allowed = edits <= [letters.edits_allowed(word) for word in words]
        likely = np.where(allowed, edits * EDIT + 1 - letters.likenesses(typed, words), UNLIKE)
        out[near] = np.minimum(out[near], np.where(edits == 0, 0, likely))
        shorter = dict.fromkeys((typed[:length] for length in range(BEGINNING, len(typed))), LONGER)
        for name, cost in {**shorter, typed[0]: INITIAL, **nicknames(typed)}.items():
            if (place := firsts.place(name)) is not None:
                out[place] = min(out[place], cost)
    if (nobody := firsts.place("")) is not None:
        out[nobody] = NONE
    return out
