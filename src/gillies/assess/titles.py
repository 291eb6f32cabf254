"""What an advert may call a person: the laws on file of a state on titles and on the words "board certified", for this profession.

A law on file is told as it was read; whether one advert breaks it is for the state to say. No law on file for a state means that none was read.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from gillies.assess.fit import plain, plain_name
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Said
from gillies.knowledge.schema_hands import PARTS, AdvertWord, Kept, Profession, TitleLaw

Use = Literal["kept-for-others", "kept-for-you", "on-conditions"]
ALL_BOUND = {"health-professionals", "anyone", "advertisers", "clinics"}
"""Whom a law may bind that binds every health professional too: whoever advertises is an advertiser, and mostly works in a clinic."""
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b[A-Za-z]\.(?:[A-Za-z]+\b)")


class Line(msgspec.Struct, frozen=True):
    """One sentence of a law, with where it was read."""

    say: str
    cites: tuple[str, ...]


class BoardStanding(msgspec.Struct, frozen=True):
    """Whether a law lets a board's people say "board certified". `unknown`: the law names it neither way, as far as it was read."""

    board: str
    name: str
    counts: Literal["counts", "does-not-count", "unknown"]


class TitleRule(msgspec.Struct, frozen=True):
    """A law of the state for this profession. `words`: the advertised words that it governs (those of the law itself where no advert was given), each with
    how it may be used: `kept-for-others` (the law keeps it for other professions), `kept-for-you`, or `on-conditions` (read `says`)."""

    law: str
    name: str
    level: str
    words: dict[str, Use]
    says: tuple[Line, ...]
    forbids: tuple[Line, ...]
    must_say: tuple[Line, ...]
    counts: tuple[Line, ...]
    boards: tuple[BoardStanding, ...]
    complain: str
    cites: tuple[str, ...]


def letters_in(text: str) -> tuple[str, ...]:
    """The letters of degrees and licences in a text: "M.D., PA-C" -> MD, PAC. Anything in capitals; what they mean professions.yaml tells."""
    bare = re.sub(r"(?<=[A-Za-z])[.\-](?=[A-Za-z])|(?<=[A-Z])\.", "", text)
    return tuple(dict.fromkeys(word.upper() for word in re.findall(r"[A-Za-z]+", bare) if word.isupper() or word.upper() in ("PHARMD", "MBCHB", "RPH")))


def professions(credentials: str, codes: Iterable[str], knowledge: Knowledge) -> tuple[Profession, ...]:
    """The professions that the letters behind a name and the NUCC codes tell. Empty: neither tells one."""
    letters = set(letters_in(credentials.upper()))
    by_letters = [held for held in knowledge.professions.values() if letters & set(held.credentials)]
    starts = [(start, held) for held in knowledge.professions.values() for start in held.codes]
    by_code = [max(fits, key=lambda pair: len(pair[0]))[1] for code in codes if (fits := [pair for pair in starts if code.startswith(pair[0])])]
    return tuple({held.id: held for held in (*by_letters, *by_code)}.values())


def advertised(text: str, knowledge: Knowledge) -> tuple[AdvertWord, ...]:
    """The words for a profession or a field in an advert, in its order; of words inside one another the longest counts."""
    key = f" {plain(text)} "
    found: list[tuple[int, AdvertWord]] = []
    for form, word in _forms(tuple(knowledge.adverts.values())):
        while (at := key.find(f" {form} ")) >= 0:
            found.append((at, word))
            key = f"{key[: at + 1]}{'#' * len(form)}{key[at + 1 + len(form) :]}"  # what is read is not read again
    return tuple({word.id: word for _, word in sorted(found, key=lambda pair: pair[0])}.values())


@lru_cache(4)
def _forms(words: tuple[AdvertWord, ...]) -> tuple[tuple[str, AdvertWord], ...]:
    """All forms as they are compared, the longest first; kept, since an audit asks for them a thousand times a second."""
    forms = {plain_name(form): word for word in words for form in word.words}
    return tuple((form, forms[form]) for form in sorted(forms, key=len, reverse=True))


def title_rules(
    state: str, who: Collection[Profession], knowledge: Knowledge, on: date, *, text: str = "", credentials: str = "", boards: Iterable[str] = ()
) -> tuple[TitleRule, ...]:
    """The laws on file of a state (CA) on what an advert may call people of these professions (empty: not known, so every law), in force on a day, those
    on the words advertised first. `text`: the advert; `credentials`: the letters behind the name, where a law is about some doctors only; `boards`: ids
    of boards, to tell which of them count."""
    words = advertised(text, knowledge)
    letters = set(letters_in(credentials.upper()))
    chosen = [law for law in laws_of(state, knowledge, on) if _binds(law, who) and (not law.letters or not letters & DEGREES or letters & set(law.letters))]
    rules = [_rule(law, text, words, who, knowledge, tuple(boards), on) for law in chosen]
    return tuple(sorted(rules, key=lambda rule: not rule.words))


DEGREES = {"MD", "DO"}
"""The two degrees of physicians; some states have a law for each."""


def laws_of(state: str, knowledge: Knowledge, on: date) -> Iterator[TitleLaw]:
    """The title laws on file of a state, in force on a day."""
    place = f"us-{state.strip().lower()}"
    return (law for law in knowledge.title_laws.values() if law.jurisdiction == place and (law.in_force is None or law.in_force.holds(on)))


def is_state(state: str) -> bool:
    """Whether this is one of the fifty states or DC, as CA."""
    return state.strip().lower() in PARTS["us"]


def standing(board: str, law: TitleLaw, knowledge: Knowledge) -> Literal["counts", "does-not-count", "unknown"]:
    """Whether a law lets a board's people say "board certified"."""
    kind = knowledge.boards[board].kind
    if any(board in bodies.boards or kind in bodies.kinds for bodies in law.does_not_count):
        return "does-not-count"
    return "counts" if any(board in bodies.boards or kind in bodies.kinds for bodies in law.counts) else "unknown"


def _binds(law: TitleLaw, who: Collection[Profession]) -> bool:
    return not who or bool(set(law.binds) & (ALL_BOUND | {bound for held in who for bound in held.bound}))


def _rule(
    law: TitleLaw, text: str, words: tuple[AdvertWord, ...], who: Collection[Profession], knowledge: Knowledge, boards: tuple[str, ...], on: date
) -> TitleRule:
    governed = _governed(law, text, words, who)
    counting = [BoardStanding(board, knowledge.boards[board].name, standing(board, law, knowledge)) for board in boards if law.counts or law.does_not_count]
    demands = [demand for demand in law.demands if demand.in_force is None or demand.in_force.holds(on)]
    says, counts = _lines(demands), _lines((*law.counts, *law.does_not_count))
    forbids, must_say = _lines(law.adverts_forbid), _lines(law.adverts_must_say)
    cites = tuple(dict.fromkeys(cite for line in (*says, *forbids, *must_say, *counts) for cite in line.cites))
    return TitleRule(
        law.id, law.name, law.level, governed, says, forbids, must_say, counts, tuple(counting), law.complain.url if law.complain else "", cites
    )  # fmt: skip


def _lines(said: Iterable[Said]) -> tuple[Line, ...]:
    return tuple(Line(one.say, one.cites) for one in said)


def _governed(law: TitleLaw, text: str, words: tuple[AdvertWord, ...], who: Collection[Profession]) -> dict[str, Use]:
    """The words of an advert that a law governs -> how this person may use them; without an advert, all words that the law governs."""
    own = {form for word in words if word.own and (not who or word.own in {held.id for held in who}) for form in word.words}
    rest = _without(text, own)
    titles = dict.fromkeys((*law.titles, *(title for kept in law.kept for title in kept.titles)))
    found = [title for title in titles if not text or _has(rest, title)]
    governed = {title: _use(title, law.kept, who, specialty=False) for title in found if not _is_part(title, found)}
    for word in words if any(kept.specialties for kept in law.kept) else ():
        forms = [form for form in sorted(word.words, key=len, reverse=True) if _has(rest, form)]
        if word.specialty and forms:
            governed[forms[0]] = _use("", law.kept, who, specialty=True)
    return governed


def _use(title: str, kept: Iterable[Kept], who: Collection[Profession], specialty: bool) -> Use:
    """`kept-for-others` only where the profession is known, and the law keeps the word for others or from this one."""
    keeping = [one for one in kept if title in one.titles or (specialty and one.specialties)]
    mine = {bound for held in who for bound in held.bound}
    if any(mine & set(one.bound) for one in keeping):
        return "kept-for-you"
    if who and any(one.bound or mine & set(one.not_for) for one in keeping):
        return "kept-for-others"
    return "on-conditions"


def _without(text: str, forms: Iterable[str]) -> str:
    """An advert without some words."""
    rest = f" {bare(text)} "
    for form in sorted(map(plain_name, forms), key=len, reverse=True):
        rest = rest.replace(f" {form} ", " | ")
    return rest


def _has(text: str, title: str) -> bool:
    """Whether an advert holds the words of a title, in a row."""
    return f" {bare(title)} " in f" {bare(text)} "


def _is_part(title: str, others: Iterable[str]) -> bool:
    """Whether a title only stands inside a longer one that is found too ("certified" in "board certified")."""
    return any(other != title and _has(other, title) for other in others)


def bare(text: str) -> str:
    """As `plain`, with the dots of "M.D." dropped."""
    return plain(DOTTED.sub(lambda match: match[0].replace(".", ""), text))
