"""A record held against what was typed: how well a name on it fits, and why, in words."""

from collections.abc import Iterable
from math import inf

import msgspec

from gillies.registry.record import OtherName, Provider
from gillies.registry.search import given, letters
from gillies.registry.search.firms import LACKING
from gillies.registry.search.given import EDIT, Fit
from gillies.registry.search.typed import Reading

PERSON_KINDS = {"1": "former name", "2": "professional name"}
FIRM_KINDS = {"3": "does business as", "4": "former legal name"}
"""What NPPES calls other names; any other kind is just another name."""

FITS, FITS_NOT, BY_MIDDLE, ELSEWHERE, SURPLUS = -0.25, 0.25, 1.5, 0.1, 0.05
"""What a middle name does that fits, or fits not; a first name that is the middle one on record; a name that is not the legal one; each
word of a firm's name that was not typed."""


class Reason(msgspec.Struct, frozen=True):
    """One reason. `code`: same, surname-misspelt, first-misspelt, nickname, initial, first-beginning, first-middle, first-none, first-unlike,
    swapped, part, other-name, middle, words, word-misspelt, words-lacking, number."""

    code: str
    say: str


class Match(msgspec.Struct, frozen=True):
    """How well a record fits: what it costs in edits, and why."""

    cost: float
    why: tuple[Reason, ...]


NO_MATCH = Match(inf, ())


class Name(msgspec.Struct, frozen=True):
    """A person's name on record. `kind`: "" for the legal one."""

    last: str
    first: str
    middle: str
    kind: str = ""


def names(held: Provider) -> Iterable[Name]:
    """The legal name and another one, where there is one."""
    yield Name(held.last or "", held.first or "", held.middle or "")
    if held.other_last:
        kind = PERSON_KINDS.get(held.other_kind or "", "other name")
        yield Name(held.other_last, held.other_first or held.first or "", held.other_middle or held.middle or "", kind)


def person(readings: Iterable[Reading], held: Provider) -> Match:
    """How a person's record fits the readings of what was typed (the likeliest first): by the best of its names."""
    readings, best = tuple(readings), NO_MATCH
    for name in names(held):
        compared = Compared(letters.key(name.last).split(), letters.key(name.first).split(), letters.key(name.middle).split())
        for reading in readings:
            if reading.cost + FITS < best.cost and (match := _named(reading, name, compared)).cost < best.cost:
                best = match
    return best


class Compared(msgspec.Struct, frozen=True):
    """The words of a name as they are compared."""

    lasts: list[str]
    firsts: list[str]
    middles: list[str]


def _named(reading: Reading, name: Name, compared: Compared) -> Match:
    parts = compared.lasts
    forms = ["".join(parts), *parts] if len(parts) > 1 else parts
    edits, place = min(((letters.distance(reading.last, form), place) for place, form in enumerate(forms)), default=(3, 0))
    if edits > (0 if reading.exact else letters.MOST_EDITS):
        return NO_MATCH
    form, others = forms[place], reading.others
    fit, first = _first(reading.first, compared.firsts, compared.middles)
    cost = reading.cost + fit.cost + (edits * EDIT + 1 - letters.likeness(reading.last, form) if edits else 0) + (ELSEWHERE if name.kind else 0)
    fits = bool(others) and _middle(others, [*compared.firsts[1:], *compared.middles, *parts])
    if others:
        cost += FITS if fits else FITS_NOT
    reasons = [Reason("other-name", f"{name.kind}: {' '.join(filter(None, (name.first, name.last)))}")] if name.kind else []
    reasons += [_surname(reading, edits, form, place > 0), *_given(reading.first, first, fit)]
    reasons += [Reason("middle", "the middle name fits")] if fits else []
    return Match(cost, tuple(reasons))


def _first(typed: str, firsts: list[str], middles: list[str]) -> tuple[Fit, str]:
    """How the first name fits, or the middle one that somebody goes by."""
    forms = [*firsts, "".join(firsts)] if len(firsts) > 1 else firsts or [""]
    fit, form = min(((given.fit(typed, form), form) for form in forms), key=lambda pair: pair[0].cost)
    if fit.how == "unlike" and typed in middles and len(typed) > 1:
        return Fit(BY_MIDDLE, "middle"), typed
    return fit, form


def _surname(reading: Reading, edits: int, form: str, part: bool) -> Reason:
    if edits:
        return Reason("surname-misspelt", f"surname {form} is {_letters(edits)} off")
    if reading.how == "swapped":
        return Reason("swapped", "first and last name swapped")
    if part:
        return Reason("part", f"{form} is part of the surname")
    return Reason("same", "surname as typed")


def _given(typed: str, held: str, fit: Fit) -> list[Reason]:
    if not typed:
        return []
    say = {
        "same": ("first-same", "first name as typed"),
        "nickname": ("nickname", f"{typed} and {held} are used for each other"),
        "initial": ("initial", f"first name by its initial ({typed if len(typed) == 1 else held})"),
        "beginning": ("first-beginning", f"first names {typed} and {held} begin alike"),
        "misspelt": ("first-misspelt", f"first name {held} is {_letters(fit.edits)} off"),
        "middle": ("first-middle", f"{typed} is the middle name"),
        "none": ("first-none", "no first name on record"),
        "unlike": ("first-unlike", f"another first name: {held}"),
    }[fit.how]
    return [Reason(*say)]


def _letters(edits: int) -> str:
    return "1 letter" if edits == 1 else f"{edits} letters"


def _middle(typed: Iterable[str], held: list[str]) -> bool:
    """Whether each further name that was typed is on record, or begins with the same letter where one of them is an initial."""
    return all(any(one == other or (1 in (len(one), len(other)) and one[0] == other[0]) for other in held) for one in typed)


def firm(typed: tuple[str, ...], held: Provider, others: Iterable[OtherName]) -> Match:
    """How an organisation's record fits the words typed: by the best of its names."""
    kinds = [(held.organization, ""), (held.other_organization, FIRM_KINDS.get(held.other_organization_kind or "", "other name"))]
    kinds += [(each.organization, FIRM_KINDS.get(each.kind or "", "other name")) for each in others]
    kinds += [(held.parent, "part of")]
    return min((_worded(typed, name, kind) for name, kind in kinds if name), key=lambda match: match.cost, default=Match(LACKING * len(typed), ()))


def _worded(typed: tuple[str, ...], name: str, kind: str) -> Match:
    words = letters.key(name).split()
    cost, off, lacking = ELSEWHERE if kind else 0.0, [], []
    for word in typed:
        edits, best = min(((letters.distance(word, other), other) for other in words), key=lambda pair: pair[0], default=(3, ""))
        if edits == 0:
            continue
        if edits > letters.MOST_EDITS or len(word) < 5:
            lacking.append(word)
            cost += LACKING
        else:
            off.append(f"{best} is {_letters(edits)} off")
            cost += edits * EDIT + 1 - letters.likeness(word, best)
    cost += SURPLUS * max(len(words) - len(typed), 0)
    reasons = [Reason("other-name", f"{kind} {name}" if kind in ("part of", "does business as") else f"{kind}: {name}")] if kind else []
    reasons += [Reason("word-misspelt", each) for each in off]
    reasons += [Reason("words-lacking", f"not in the name: {', '.join(lacking)}")] if lacking else []
    return Match(cost, tuple(reasons or [Reason("words", "all words as typed")]))
