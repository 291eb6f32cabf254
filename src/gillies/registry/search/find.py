"""Search of a registry: what somebody asks -> who is on record, the likeliest first, each with why. Nothing here reads a clock or writes anywhere."""

from datetime import date

import msgspec
import numpy as np

from gillies.assess.fit import ORDER
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry import shelf
from gillies.registry.lookup import Registry
from gillies.registry.search import numbers, typed, why
from gillies.registry.search.answer import Found, as_result
from gillies.registry.search.asked import Ask, Understood, understand
from gillies.registry.search.filed import Numbers, Places
from gillies.registry.search.firms import COMMON, firms
from gillies.registry.search.narrow import keep, listed, miles_of
from gillies.registry.search.people import NOBODY, merged, people
from gillies.registry.search.typed import Typed
from gillies.registry.search.why import Match, Reason


class Search(msgspec.Struct, frozen=True):
    """A search under way."""

    registry: Registry
    ask: Ask
    told: Understood
    knowledge: Knowledge


def find(registry: Registry, ask: Ask, knowledge: Knowledge, on: date) -> Found:
    """Who is meant, by what is on record; `on`: the day by which sources are stale. Raises InputError, in one sentence, where that cannot be told from
    what was asked."""
    told = understand(registry, ask, knowledge)
    search = Search(registry, ask, told, knowledge)
    name = typed.read(ask.text) if ask.text.strip() or not told.codes else None
    judged, total, notes = _listed(search) if name is None else _by_number(search, name.number) if name.number else _by_name(search, name)
    results = tuple(result for npi, match in judged if (result := as_result(registry, told, knowledge, npi, match)))
    stale = tuple(each.say for each in shelf.stale(registry.manifest.sources, on, knowledge.shelf_lives))
    return Found(stale, registry.manifest.made_up, told.asked, (*told.notes, *notes), results, total)


Judged = tuple[list[tuple[int, Match]], int, tuple[str, ...]]
"""NPIs to show with how well each fits, how many there are in all, and what to say besides."""


def _by_number(search: Search, digits: str) -> Judged:
    """The provider with that NPI; where it cannot be one, those that may be meant."""
    wrong, registry = numbers.fault(digits), search.registry
    if not wrong:
        found = [(int(digits), Match(0, (Reason("number", "NPI as typed"),)))] if registry.provider(int(digits))[0] else []
        return found, len(found), () if found else (f"No provider with the NPI {digits} is on record. That is no proof that there is none.",)
    near = []
    if 8 < len(digits) < 12:
        near = [(int(number), Match(1, (Reason("number-misspelt", what),))) for number, what in numbers.meant(digits) if registry.provider(int(number))[0]]
    if not near:
        raise InputError(f"{wrong} Look at it again, or search by name.")
    return near[: search.ask.most], len(near), (f"{wrong} On record with a number that differs in little:",)


def _by_name(search: Search, name: Typed) -> Judged:
    """Whoever has such a name."""
    index, narrow, ask = search.registry.index, search.told.narrow, search.ask
    found = merged(
        people(index, name.readings, narrow, ask.most) if ask.kind != "organisation" else NOBODY,
        firms(index, name.words, narrow) if ask.kind != "person" else NOBODY,
    )
    judged = [(npi, judge(search.registry, name, npi)) for npi in found.best(ask.most).npis.tolist()]
    judged.sort(key=lambda pair: (pair[1].cost, pair[0]))
    nobody = f"Nobody with a name like that is on record{search.told.where}. That is no proof that there is nobody."
    return judged[: ask.most], len(found.npis), () if judged else (nobody,)


def judge(registry: Registry, name: Typed, npi: int) -> Match:
    """How well the names on record of a provider fit what was typed."""
    held, _ = registry.provider(npi)
    if held is None:
        return Match(np.inf, ())
    if held.last is not None:
        return why.person(name.readings, held)
    return why.firm(tuple(word for word in name.words if word not in COMMON), held, registry.other_names(npi))


def _listed(search: Search) -> Judged:
    """Whoever has one of the specialties there: the firmest first, then the nearest, then by number."""
    index, narrow = search.registry.index, search.told.narrow
    npis = listed(index, narrow)
    order = [npis, miles_of(index, narrow.near, npis)] if narrow.near else [npis]
    order.append(_firmness(search, npis))
    chosen = npis[np.lexsort(order)][: search.ask.most].tolist()
    nobody = f"Nobody with such a specialty is on record{search.told.where}. That is no proof that there is nobody."
    return [(npi, Match(0, ())) for npi in chosen], len(npis), () if chosen else (nobody,)


def _firmness(search: Search, npis: Numbers) -> Places:
    """How firmly the best specialty of each trains for what is wanted: the less, the firmer."""
    out = np.full(len(npis), len(ORDER), np.int64)
    for firmness, codes in search.told.by_firmness.items():
        if codes:
            held = keep(search.registry.index, msgspec.structs.replace(search.told.narrow, codes=codes), npis)
            out[held] = np.minimum(out[held], ORDER[firmness])
    return out
