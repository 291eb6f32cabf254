"""What is asked of a vet, and of whom: the same for the command line, the page and the API. Whatever cannot be understood is refused in one sentence."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from gillies.assess.fit import needed_procedure
from gillies.assess.titles import is_state
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry.lookup import Registry
from gillies.registry.vet import who
from gillies.registry.vet.answer import Vet, printable
from gillies.registry.vet.evidence import Evidence, gather
from gillies.registry.vet.facts import Question
from gillies.registry.vet.vet import vet

if TYPE_CHECKING:  # only a search by name brings numpy
    from gillies.registry.search.answer import Found

MOST_ADVERT = 5_000


class Candidates(msgspec.Struct, frozen=True):
    """In place of a vet: all who may be meant."""

    candidates: "Found"


def question(procedure: str, state: str, advert: str, on: date, knowledge: Knowledge) -> Question:
    """What is asked. Raises InputError."""
    code = state.strip().upper()
    if code and not is_state(code):
        raise InputError(f"--state {state!r} is no state of the United States: write two letters, such as CA.")
    if not procedure:
        raise InputError("say for what: --procedure rhinoplasty (`gillies show` lists all).")
    if len(advert) > MOST_ADVERT:
        raise InputError(f"--advert has {len(advert):,} characters; at most {MOST_ADVERT:,} are read. Give the words on titles and boards.")
    return Question(needed_procedure(procedure, knowledge), on, code, advert)


def evidence(registry: Registry, wanted: str, asked: Question, knowledge: Knowledge) -> "Evidence | Found":
    """What a registry holds of the one who is meant, or all who may be. `wanted`: an NPI or a name. Raises InputError where the number cannot be one, or
    the name cannot be read."""
    digits = who.number_in(wanted)
    if digits:
        return gather(registry, who.checked(digits, registry), knowledge, asked.on)
    from gillies.registry.search.asked import Ask

    found = who.find(registry, Ask(text=wanted, state=asked.state, most=who.MOST), knowledge, asked.on)
    npi = who.only_one(found)
    return found if npi is None else gather(registry, npi, knowledge, asked.on, printable(wanted))


def answer(registry: Registry, wanted: str, asked: Question, knowledge: Knowledge) -> Vet | Candidates:
    """The vet of the one who is meant, or all who may be. Raises InputError."""
    found = evidence(registry, wanted, asked, knowledge)
    return vet(found, asked, knowledge) if isinstance(found, Evidence) else Candidates(found)
