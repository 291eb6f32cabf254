"""All that is known here of one provider, gathered from a registry (or from one answer of the public look-up), before anything is judged."""

from datetime import date

import msgspec

from gillies.knowledge.records import Knowledge
from gillies.registry import record, shelf
from gillies.registry.lookup import OnRecord, Registry
from gillies.registry.names import key


class Evidence(msgspec.Struct, frozen=True):
    """What was found. `days`: kind of file -> the day it is of, None unknown (a kind that is not in it was not looked into); `namesakes`: lines of the
    LEIE with the same name and no NPI; `words`: code -> NUCC's own words, from the user's copy; `asked`: what was asked of whom, outside this machine;
    `by_name`: the name that it was found by, "" by its number."""

    held: OnRecord
    days: dict[str, date | None]
    stale: tuple[shelf.Stale, ...] = ()
    namesakes: tuple[record.Exclusion, ...] = ()
    words: dict[str, str] = {}
    asked: str = ""
    by_name: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether it is an organisation's."""
        return self.held.provider is not None and self.held.provider.entity == "2"


def gather(registry: Registry, npi: int, knowledge: Knowledge, on: date, by_name: str = "") -> Evidence:
    """Everything that a registry has under a number, and whoever is excluded under the same name."""
    held, sources = registry.on_record(npi), registry.manifest.sources
    days: dict[str, date | None] = {}
    for source in sources:
        known = days.get(source.kind)
        days[source.kind] = max(known, source.released) if known and source.released else source.released or known
    unlisted = [one.code for one in held.taxonomies if one.code not in knowledge.specialties]
    words = {code: told for code in unlisted if (told := _words(registry.codes().get(code)))}
    return Evidence(held, days, registry.stale(on, knowledge.shelf_lives), namesakes(registry, held), words, by_name=by_name)


def _words(code: record.Code | None) -> str:
    return (code.display or code.specialization or code.classification or "") if code else ""


def namesakes(registry: Registry, held: OnRecord) -> tuple[record.Exclusion, ...]:
    """Lines of the LEIE under one of this provider's names. Those with an NPI are left out: theirs is somebody else's, or is found by the number."""
    provider = held.provider
    if provider is None:
        return ()
    named = ((provider.last, provider.first), (provider.other_last, provider.other_first or provider.first))
    people = {(key(last), key(first)) for last, first in named if last and first}
    firms = {key(name) for name in (provider.organization, provider.other_organization, *(each.organization for each in held.other_names)) if name}
    found = [line for last, first in sorted(people) for line in registry.exclusions_of_person(last, first)]
    found += [line for firm in sorted(firms) for line in registry.exclusions_of_firm(firm)]
    return tuple(dict.fromkeys(line for line in found if not _has_npi(line)))


def _has_npi(line: record.Exclusion) -> bool:
    return bool((line.npi or "").strip("0 "))
