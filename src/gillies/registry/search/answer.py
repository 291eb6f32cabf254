"""What a search answers: for each provider what is on record, and why it is there."""

from datetime import date

import msgspec
import numpy as np

from gillies.assess import fit
from gillies.knowledge.records import Knowledge
from gillies.registry.lookup import Registry
from gillies.registry.record import Place, Provider, Taxonomy
from gillies.registry.search import letters
from gillies.registry.search.around import KM_A_MILE
from gillies.registry.search.asked import Asked, Understood
from gillies.registry.search.why import FIRM_KINDS, PERSON_KINDS, Match, Reason


class Specialty(msgspec.Struct, frozen=True):
    """A specialty as the provider reported it; nobody has checked it. `wanted`: it is one of those that were asked for."""

    code: str
    name: str
    primary: bool
    license: str | None
    license_state: str | None
    wanted: bool


class Distance(msgspec.Struct, frozen=True):
    """From the middle of the ZIP asked for to the middle of the provider's. `rough`: one of them is taken from its neighbours."""

    zip: str
    miles: float
    km: float
    rough: bool


class Training(msgspec.Struct, frozen=True):
    """How the specialties reported fit the procedure. `fit`: as `gillies vet` has it; `why`: a sentence."""

    procedure: str
    fit: str
    why: str


class OtherName(msgspec.Struct, frozen=True):
    """Another name on record."""

    kind: str
    name: str


class Result(msgspec.Struct, frozen=True):
    """One provider. `place`: the place of practice that fits what was asked, else the main one; `deactivated`: since when the number is, None while
    it is not; `specialties`: self-reported, the primary one first."""

    npi: int
    kind: str
    name: str
    why: tuple[Reason, ...]
    cost: float
    deactivated: date | None
    other_names: tuple[OtherName, ...]
    place: Place
    distance: Distance | None
    specialties: tuple[Specialty, ...]
    training: Training | None


class Found(msgspec.Struct, frozen=True):
    """The answer. `stale`: sources past their shelf life, which are told first; `made_up`: whether all, some or none of the providers are samples;
    `total`: how many fit, of which the likeliest are in `results`."""

    stale: tuple[str, ...]
    made_up: str
    asked: Asked
    notes: tuple[str, ...]
    results: tuple[Result, ...]
    total: int


class Judged(msgspec.Struct, frozen=True):
    """A provider to show: the record, and how well it fits."""

    npi: int
    held: Provider
    taxonomies: tuple[Taxonomy, ...]
    match: Match


def as_result(registry: Registry, told: Understood, knowledge: Knowledge, judged: Judged) -> Result:
    """What is on record of a provider."""
    held, npi = judged.held, judged.npi
    reported = sorted(judged.taxonomies, key=lambda each: each.primary != "Y")
    place, distance = _place(registry, told, npi, held)
    training = fit.fit([each.code for each in reported], told.asked.procedure, knowledge) if told.asked.procedure else None
    return Result(
        npi, {"1": "person", "2": "organisation"}.get(held.entity or "", "unknown"), _name(held), judged.match.why, round(judged.match.cost, 2),
        None if held.active else held.deactivated, _other_names(registry, npi, held), place, distance,
        tuple(_specialty(registry, told, each, knowledge) for each in reported),
        Training(told.asked.procedure, training.fit, training.why) if training else None,
    )  # fmt: skip


def _name(held: Provider) -> str:
    """As it is on record."""
    if held.organization:
        return held.organization
    name = " ".join(filter(None, (held.prefix, held.first, held.middle, held.last, held.suffix)))
    return f"{name}, {held.credential}" if name and held.credential else name


def _other_names(registry: Registry, npi: int, held: Provider) -> tuple[OtherName, ...]:
    found = []
    if held.other_last:
        kind = PERSON_KINDS.get(held.other_kind or "", "other name")
        found.append(OtherName(kind, " ".join(filter(None, (held.other_first or held.first, held.other_middle, held.other_last)))))
    firms = [(held.other_organization, held.other_organization_kind)]
    if held.entity == "2":
        firms += [(each.organization, each.kind) for each in registry.other_names(npi)]
    found += [OtherName(FIRM_KINDS.get(kind or "", "other name"), name) for name, kind in firms if name]
    found += [OtherName("part of", held.parent)] if held.parent and not held.parent.startswith("<") else []
    return tuple(dict.fromkeys(found))


def _specialty(registry: Registry, told: Understood, each: Taxonomy, knowledge: Knowledge) -> Specialty:
    """By our own name for it, else by that of the user's copy of the NUCC list, else by that of the field it is a branch of."""
    if listed := knowledge.specialties.get(each.code):
        name = listed.name
    elif nucc := registry.codes().get(each.code):
        name = nucc.display or nucc.classification or ""
    else:
        name = fit.suggested(each.code, knowledge).name
    return Specialty(each.code, name, each.primary == "Y", each.license, each.license_state, each.code in told.narrow.codes)


def _place(registry: Registry, told: Understood, npi: int, held: Provider) -> tuple[Place, Distance | None]:
    """The place of practice that fits what was asked, the nearest where a distance was."""
    main = Place(held.address, held.address2, held.city, held.state, held.zip5, held.zip4, held.country, held.phone)
    narrow, asked = told.narrow, told.asked
    if narrow.near is None and _fits(main, asked):
        return main, None
    places = [main, *registry.places(npi)]
    fitting = [each for each in places if _fits(each, asked)]
    if narrow.near is None:
        return (fitting or places)[0], None
    known = [(float(narrow.near.miles[int(each.zip5)]), each) for each in fitting or places if each.zip5 and each.zip5.isdigit() and each.state]
    if not known:
        return main, None
    miles, place = min(known, key=lambda pair: pair[0])
    if not np.isfinite(miles):
        return place, None
    rough = narrow.near.rough or registry.index.around.is_rough(place.zip5 or "")
    return place, Distance(narrow.near.zip, round(miles, 1), round(miles * KM_A_MILE, 1), rough)


def _fits(place: Place, asked: Asked) -> bool:
    """Whether a place of practice is in the state and the town that were asked for."""
    return (not asked.state or place.state == asked.state) and (not asked.city or letters.key(place.city or "") == asked.city)
