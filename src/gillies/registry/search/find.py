"""Search of a registry: what somebody asks -> who is on record, the likeliest first, each with why. Nothing here reads a clock or writes anywhere."""

from collections.abc import Iterator
from datetime import date

import msgspec
import numpy as np

from gillies.assess.fit import ORDER
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry.lookup import Registry
from gillies.registry.search import numbers, typed, why
from gillies.registry.search.answer import Found, Judged, as_result
from gillies.registry.search.asked import Ask, Understood, understand
from gillies.registry.search.filed import Numbers, Places
from gillies.registry.search.firms import COMMON, firms
from gillies.registry.search.given import EDIT
from gillies.registry.search.narrow import keep, listed, miles_of
from gillies.registry.search.people import NOBODY, WORST, ordered, people
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
    results = tuple(as_result(registry, told, knowledge, each) for each in judged)
    stale = tuple(each.say for each in registry.stale(on, knowledge.shelf_lives))
    return Found(stale, registry.manifest.made_up, told.asked, (*told.notes, *notes), results, total)


Answer = tuple[list[Judged], int, tuple[str, ...]]
"""Whom to show, how many there are in all, and what to say besides."""


def _judged(registry: Registry, npi: int, match: Match) -> Iterator[Judged]:
    """One provider, if on record, for a reason known beforehand."""
    held, taxonomies = registry.provider(npi)
    if held is not None:
        yield Judged(npi, held, taxonomies, match)


def _by_number(search: Search, digits: str) -> Answer:
    """The provider with that NPI; where it cannot be one, those that may be meant."""
    wrong, registry = numbers.fault(digits), search.registry
    if not wrong:
        found = list(_judged(registry, int(digits), Match(0, (Reason("number", "NPI as typed"),))))
        return found, len(found), () if found else (f"No provider with the NPI {digits} is on record. That is no proof that there is none.",)
    near = numbers.meant(digits) if 8 < len(digits) < 12 else ()
    found = [each for number, what in near for each in _judged(registry, int(number), Match(1, (Reason("number-misspelt", what),)))]
    if not found:
        raise InputError(f"{wrong} Look at it again, or search by name.")
    return found[: search.ask.most], len(found), (f"{wrong} On record with a number that differs in little:",)


def _by_name(search: Search, name: Typed) -> Answer:
    """Whoever has such a name."""
    index, narrow, ask = search.registry.index, search.told.narrow, search.ask
    by_place = msgspec.structs.replace(narrow, kind="")  # who has a surname is a person
    found = people(index, name.readings, by_place, ask.most) if ask.kind != "organisation" else NOBODY
    if ask.kind != "person":
        found = ordered([found, firms(index, name.words, by_place, misspelt=not found.has(WORST - EDIT))])
    words = tuple(word for word in name.words if word not in COMMON)
    judged = []
    told_more = any(reading.others for reading in name.readings) or len(words) > 2
    for npi in found.best(ask.most, ask.most * 4 if told_more else ask.most).npis.tolist():
        held, taxonomies = search.registry.provider(npi)
        if held is not None:
            match = why.person(name.readings, held) if held.last is not None else why.firm(words, held, search.registry.other_names(npi))
            judged.append(Judged(npi, held, taxonomies, match))
    judged.sort(key=lambda each: (each.match.cost, each.npi))
    nobody = f"Nobody with a name like that is on record{search.told.where}. That is no proof that there is nobody."
    return judged[: ask.most], len(found.npis), () if judged else (nobody,)


def _listed(search: Search) -> Answer:
    """Whoever has one of the specialties there: the firmest first, then the nearest, then by number."""
    index, narrow = search.registry.index, search.told.narrow
    npis = listed(index, narrow)
    miles = miles_of(index, narrow.near, npis) if narrow.near else np.zeros(len(npis), np.float32)
    order = np.lexsort((npis, miles, _firmness(search, npis)))
    chosen = [each for npi in npis[order][: search.ask.most].tolist() for each in _judged(search.registry, npi, Match(0, ()))]
    nobody = f"Nobody with such a specialty is on record{search.told.where}. That is no proof that there is nobody."
    return chosen, len(npis), () if chosen else (nobody,)


def _firmness(search: Search, npis: Numbers) -> Places:
    """How firmly the best specialty of each trains for what is wanted: the less, the firmer."""
    out = np.full(len(npis), len(ORDER), np.int64)
    for firmness, codes in search.told.by_firmness.items():
        if codes:
            held = keep(search.registry.index, msgspec.structs.replace(search.told.narrow, codes=codes), npis)
            out[held] = np.minimum(out[held], ORDER[firmness])
    return out
