"""What is asked for -> what providers must have: state, town, distance, specialties. Whatever cannot be understood is refused here, in one sentence."""

import re
from collections.abc import Mapping

import msgspec

from gillies.assess import fit
from gillies.assess.fit import ORDER, CodeFor, Firmness, Wanted
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Procedure
from gillies.registry.lookup import Registry
from gillies.registry.search import letters, packing
from gillies.registry.search.around import KM_A_MILE, From
from gillies.registry.search.narrow import Narrow

USUAL_MILES, LEAST_MILES, MOST_MILES = 25.0, 0.1, 500.0
LEAST, MOST = 1, 1000
MOST_SUGGESTED = 4


class Ask(msgspec.Struct, frozen=True):
    """What somebody asks. `text`: a name or a number; `kind`: person or organisation; `miles`: around the ZIP; `specialty`: words or a NUCC code."""

    text: str = ""
    kind: str = ""
    state: str = ""
    city: str = ""
    zip: str = ""
    miles: float | None = None
    specialty: str = ""
    procedure: str = ""
    most: int = 10


class Asked(msgspec.Struct, frozen=True):
    """The same as it was understood. `codes`: specialties that are looked for, with how firmly each trains for what is wanted."""

    text: str
    kind: str
    state: str
    city: str
    zip: str
    miles: float | None
    km: float | None
    specialty: str
    procedure: str
    codes: tuple[CodeFor, ...]


class Understood(msgspec.Struct, frozen=True):
    """What providers must have, and how to say it. `where`: as the end of a sentence; `notes`: what to say of it."""

    asked: Asked
    narrow: Narrow
    where: str
    notes: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[CodeFor, ...]:
        """Specialties that are looked for, the firmest first."""
        return self.asked.codes

    @property
    def by_firmness(self) -> Mapping[Firmness, tuple[str, ...]]:
        """The same by how firmly they train for it."""
        return {firmness: tuple(each.code for each in self.codes if each.fit == firmness) for firmness in ORDER}


def understand(registry: Registry, ask: Ask, knowledge: Knowledge) -> Understood:
    """What is asked for. Raises InputError."""
    if not LEAST <= ask.most <= MOST:
        raise InputError(f"--most {ask.most} cannot be: give a number from {LEAST} to {MOST:,}.")
    state = _state(ask.state)
    near, rough = _near(registry, ask)
    wanted = fit.needed_procedure(ask.procedure, knowledge) if ask.procedure else None
    codes = _codes(registry, ask, wanted, knowledge)
    city = letters.key(ask.city)
    towns = registry.index.town(city, state) if ask.city else None
    if towns is not None and not len(towns):
        raise InputError(_no_town(registry, ask.city, city, state))
    narrow = Narrow(ask.kind, state, towns, near, tuple(each.code for each in codes))
    miles = near.radius if near else None
    asked = Asked(
        ask.text, ask.kind, state, city, near.zip if near else "", miles, round(miles * KM_A_MILE, 1) if miles else None, ask.specialty,
        wanted.id if wanted else "", codes,
    )  # fmt: skip
    return Understood(asked, narrow, _where(asked), (rough,) if rough else ())


def _state(text: str) -> str:
    """The two letters of a state, given them or its name."""
    if not text.strip():
        return ""
    code = text.strip().upper()
    if code in packing.STATE_NAMES:
        return code
    named = next((each for each, name in packing.STATE_NAMES.items() if name.upper() == code), "")
    if not named:
        raise InputError(f"--state {text!r} is no state: give its two letters or its name, such as CA or California.")
    return named


def _near(registry: Registry, ask: Ask) -> tuple[From | None, str]:
    """Around which ZIP, and what is to be said of that."""
    if not ask.zip:
        if ask.miles is not None:
            raise InputError("--miles needs the ZIP to count from: --zip 94110 --miles 25.")
        return None, ""
    told = re.fullmatch(r"(\d{5})(-?\d{4})?", ask.zip.strip())
    if not told:
        raise InputError(f"--zip {ask.zip!r} is no ZIP: give its five digits, such as 94110.")
    miles = USUAL_MILES if ask.miles is None else ask.miles
    if not LEAST_MILES <= miles <= MOST_MILES:
        raise InputError(f"--miles {miles:g} cannot be: give a distance from {LEAST_MILES:g} to {MOST_MILES:g}.")
    near = registry.index.around.start(told[1], miles)
    if near is None:
        raise InputError(
            f"where the ZIP {told[1]} lies is not known here, nor any that begins with {told[1][:3]}: look in its state or town (--state, --city)."
        )
    say = f"Where the ZIP {near.zip} lies is not known here: distances are from the middle of all that begin with {near.zip[:3]}." if near.rough else ""
    return near, say


def _codes(registry: Registry, ask: Ask, procedure: Procedure | None, knowledge: Knowledge) -> tuple[CodeFor, ...]:
    """Specialties that train for the procedure, or are the one asked for; where both are asked for, those that are both."""
    held = registry.index.specialties.words
    found = [fit.codes_for(Wanted("procedure", procedure.id, procedure.name), knowledge, held)] if procedure else []
    if ask.specialty:
        found.append(_specialty(registry, ask.specialty, knowledge))
    if len(found) == 2:
        both = {each.code for each in found[1]}
        found = [tuple(each for each in found[0] if each.code in both)]
    if found and not found[0]:
        raise InputError(f"nobody on record reports {' and '.join(filter(None, (ask.specialty, ask.procedure and f'training for {ask.procedure}')))}.")
    return found[0] if found else ()


def _specialty(registry: Registry, text: str, knowledge: Knowledge) -> tuple[CodeFor, ...]:
    """The NUCC codes of a specialty: by our knowledge, else by the words of the user's own copy of the NUCC list."""
    try:
        return fit.codes_for(fit.understood(text, knowledge), knowledge, registry.index.specialties.words)
    except InputError:
        words = letters.key(text).split()
        listed = [(code, letters.key(" ".join(filter(None, msgspec.structs.astuple(held)[1:])))) for code, held in registry.codes().items()]
        named = [code for code, name in listed if words and all(f" {word}" in f" {name}" for word in words)]
        if not named:
            raise
        return tuple(CodeFor(code, fit.suggested(code, knowledge).name, "core", "") for code in sorted(named))


def _no_town(registry: Registry, text: str, key: str, state: str) -> str:
    towns = registry.index.towns
    near: list[str] = []
    if key:
        places, edits = towns.near(key, letters.edits_allowed(key))
        ranked = sorted(zip(edits.tolist(), (-towns.counts(places)).tolist(), places.tolist(), strict=True))
        near = [towns.words[place] for _, _, place in ranked if len(registry.index.town(towns.words[place], state))][:MOST_SUGGESTED]
    hint = f" Did you mean {', '.join(near)}?" if near else " Towns go by the name in the postal address; --zip finds those around."
    return f"nobody on record practises in a town called {text!r}{f' in {state}' if state else ''}.{hint}"


def _where(asked: Asked) -> str:
    parts = [f" in {', '.join(filter(None, (asked.city, asked.state)))}"] if asked.city or asked.state else []
    if asked.miles is not None:
        parts.append(f" within {asked.miles:g} miles ({asked.km:g} km) of {asked.zip}")
    return "".join(parts)
