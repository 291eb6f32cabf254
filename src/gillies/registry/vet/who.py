"""Whom a text means: the number of a provider, or a name that stands for one or several."""

import re
from datetime import date
from typing import TYPE_CHECKING

from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry.lookup import Registry
from gillies.registry.npi import is_npi

if TYPE_CHECKING:  # only a search by name brings numpy
    from gillies.registry.search.answer import Found
    from gillies.registry.search.asked import Ask

MOST = 20
"""Candidates that are listed."""

AS_TYPED = 0.5
"""What a name costs that was typed as it stands on record, surname first or last (search.typed)."""


def number_in(text: str) -> str:
    """The digits of a number that was typed, with blanks or dashes between them or NPI before it; "" where it is none."""
    told = re.fullmatch(r"\s*(?:NPI\W*)?([0-9][0-9 .-]*)", text, re.IGNORECASE)
    return re.sub("[^0-9]", "", told[1]) if told else ""


def checked(digits: str, registry: Registry | None = None) -> int:
    """A number that can be an NPI. Raises InputError that says what is wrong with it, and which number on record may be meant."""
    if is_npi(digits):
        return int(digits)
    from gillies.registry.search import numbers

    near = [number for number, _ in numbers.meant(digits) if registry and registry.provider(int(number))[0]] if 8 < len(digits) < 12 else []
    hint = f" On record is {' or '.join(near[:3])}, which differs from it in little." if near else " Look at it again, or give the name."
    raise InputError(f"{numbers.fault(digits)}{hint}")


def find(registry: Registry, ask: "Ask", knowledge: Knowledge, on: date) -> "Found":
    """Who has such a name, the likeliest first. Raises InputError where the name cannot be read."""
    from gillies.registry.search.find import find as search

    return search(registry, ask, knowledge, on)


def only_one(found: "Found") -> int | None:
    """The one who is meant: the only one found, or the only one of exactly this name (in either order). None where several may be, or nobody."""
    exact = [result for result in found.results if result.cost <= AS_TYPED]
    meant = exact if exact else found.results
    return meant[0].npi if len(meant) == 1 and (exact or found.total == 1) else None
