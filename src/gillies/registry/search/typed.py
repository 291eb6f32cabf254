"""What somebody typed into a search -> how it may be read: a number, or a name in any order with titles around it."""

import re

import msgspec

from gillies.errors import InputError
from gillies.registry.search.letters import key

LONGEST = 200
"""Letters. No name in NPPES is longer; more is a mistake, and would be work for nothing."""

MOST_WORDS = 12

TITLES = frozenset("DR DOCTOR PROF PROFESSOR MR MRS MS MISS MX SIR REV SR SISTER".split())
"""Before a name."""

SUFFIXES = frozenset("JR SR I II III IV V".split())
"""After a name."""

CREDENTIALS = frozenset(
    (
        "MD DO DDS DMD PHD PA PAC NP RN BSN MSN DNP APRN ARNP FNP FNPC FNPBC ANP CRNA CNM CNS LPN DPM OD DC PT DPT OT OTR OTRL RPH PHARMD PSYD LCSW LMFT "
        "LPC LMHC MS MA MPH MBA MBBS MBCHB BDS JD ESQ FACS FACOG FAAD FACP FAAP FAAOHNS FAAFPRS FASDS MSC BS BA EDD DVM SLP CCC CCCSLP AUD RD LD"
    ).split()
)
"""After a name: degrees and licences."""

SURNAMES_TOO = frozenset("DO MA PA BA".split())
NOBODYS = frozenset("MD DDS DMD DNP PHD FACS RN JR SR".split())
"""Those of them that are surnames as well, and some that surely are not."""

PARTICLES = frozenset("DE LA DEL DELLA DI DA DOS DU LE LOS LAS VAN VON DER DEN TER TEN BIN AL EL ST SAN SANTA MC MAC O".split())
"""Surnames begin with these."""

SWAPPED, PART, MIDDLE, SURNAME_AFTER_ALL = 0.5, 0.25, 0.75, 0.5
"""What it costs a reading, in edits, to swap first and last name; to take a part of a surname for the whole; a middle name for the first; a degree for
the surname (Yo-Yo Ma)."""


class Reading(msgspec.Struct, frozen=True):
    """One way to read a name: the surname (or a part of it, or several parts as one), the first name ("" unknown), the others; `how` it was read:
    as typed, swapped, by a part of the surname; what that costs. `exact`: misspelt surnames are not looked for."""

    last: str
    first: str
    others: tuple[str, ...] = ()
    how: str = ""
    cost: float = 0
    exact: bool = False


class Typed(msgspec.Struct, frozen=True):
    """What was typed. `words`: as they are compared; `readings`: as a person's name, the likeliest first; `left_out`: titles and suffixes."""

    text: str
    words: tuple[str, ...]
    readings: tuple[Reading, ...]
    left_out: tuple[str, ...] = ()
    number: str = ""


def read(text: str) -> Typed:
    """Reads what was typed. Raises InputError, in one sentence, where it cannot be a name nor a number."""
    text = " ".join("".join(" " if ord(letter) < 32 else letter for letter in text).split())
    if not text:
        raise InputError("nothing to look for: give a name or an NPI, or say where and what (--state, --city, --zip, --specialty, --procedure).")
    if len(text) > LONGEST:
        raise InputError(f"what you typed has {len(text):,} letters: give a name of at most {LONGEST}.")
    if re.fullmatch(r"(NPI\W*)?[0-9][0-9 .-]*", text, re.I):
        return Typed(text, (), (), number=re.sub("[^0-9]", "", text))
    before, comma, after = text.partition(",")
    words = tuple(key(text).split())[:MOST_WORDS]
    if not words:
        raise InputError(f"{text!r} holds no letter that names are compared by (A to Z, with or without accents): write the name in Latin letters.")
    first, second = _words(before)[:MOST_WORDS], _words(after)[:MOST_WORDS] if comma else []
    head, left_out = _bare(first, second) if first else _bare(second, [])  # a comma with nothing before it tells nothing
    readings = _readings(*head)
    if left_out and left_out[-1] in SURNAMES_TOO and not head[1]:
        readings += tuple(msgspec.structs.replace(way, cost=way.cost + SURNAME_AFTER_ALL, exact=True) for way in _readings((*head[0], left_out[-1]), ()))
    return Typed(text, words, readings, left_out)


def _bare(head: list[str], tail: list[str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]:
    """The words before and after the comma without titles and what stands behind a name; and what was left out, the last one first.

    `Jane Doe, MD` has no first name after its comma, and Anh Do is a name: of two words only one that is nobody's surname is left out.
    """
    left_out: list[str] = []
    while len(head) > 1 and head[0] in TITLES:
        left_out.append(head.pop(0))
    while tail and _is_after(tail[-1]) and (len(head) + len(tail) > 2 or tail[-1] not in SURNAMES_TOO):
        left_out.append(tail.pop())
    while len(head) > (1 if tail else 2) and _is_after(head[-1]):
        left_out.append(head.pop())
    if len(head) == 2 and not tail and head[-1] in NOBODYS:
        left_out.append(head.pop())
    return (tuple(head), tuple(tail)), tuple(left_out)


def _is_after(word: str) -> bool:
    """Whether a word stands after names."""
    return word in CREDENTIALS or word in SUFFIXES


def _words(text: str) -> list[str]:
    """Words as they are compared; M.D., Ph.D. and PA-C as one word each. (J.R. Smith has two initials.)"""
    return key(re.sub(r"\b[A-Za-z]{1,4}([.-] ?[A-Za-z]{1,4})+\b", lambda found: _degree(found[0]), text)).split()


def _degree(text: str) -> str:
    """A degree without its signs; anything else as it is."""
    bare = re.sub("[^A-Za-z]", "", text)
    return bare if bare.upper() in CREDENTIALS else text


def _readings(head: tuple[str, ...], tail: tuple[str, ...]) -> tuple[Reading, ...]:
    """Ways to read a name, each surname and first name once, the likeliest first."""
    ways = _with_comma(head, tail) if tail else _without(head)
    best: dict[tuple[str, str], Reading] = {}
    for way in sorted(ways, key=lambda way: way.cost):
        best.setdefault((way.last, way.first), way)
    return tuple(best.values())


def _with_comma(last: tuple[str, ...], given: tuple[str, ...]) -> list[Reading]:
    """`O'Neil Smith, Jane Ann`: the surname stands first."""
    first, others = given[0], given[1:]
    ways = [Reading("".join(last), first, others)]
    if len(last) > 1:
        ways += [Reading(part, first, others, "part", PART) for part in last if part not in PARTICLES]
    return [*ways, Reading("".join(given), last[0], last[1:], "swapped", SWAPPED * 4, exact=True)]


def _without(words: tuple[str, ...]) -> list[Reading]:
    """`Jane Ann O'Neil`, or `O'Neil Jane Ann`, or a surname alone, which may be of several words."""
    if len(words) == 1:
        return [Reading(words[0], "")]
    first, last = words[0], words[-1]
    start = next((place for place in range(1, len(words) - 1) if words[place] in PARTICLES), len(words) - 1)
    ways = [Reading("".join(words[start:]), first, words[1:start])]
    if start < len(words) - 1:
        ways.append(Reading(last, first, words[1:-1], "part", PART))
    ways.append(Reading(first, words[1], words[2:], "swapped", SWAPPED))
    if len(words) == 2:
        return [*ways, Reading(first + last, "", (), "joined", PART, exact=True)]
    ways.append(Reading("".join(words[-2:]), first, words[1:-2], "joined", PART))
    ways += [Reading(part, first, words[1:-1], "part", PART * 2) for part in words[1:-1] if len(part) > 1 and part not in PARTICLES]
    ways.append(Reading("".join(words[:-1]), last, (), "swapped", SWAPPED + PART, exact=True))
    ways.append(Reading(last, words[1], words[2:-1], "middle", MIDDLE))
    return [*ways, Reading("".join(words[1:]), first, (), "joined", PART, exact=True)] if len(words) > 3 else ways
