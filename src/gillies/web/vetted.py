"""A vet as what its page shows. Pure: plain data in, plain data out; the template only lays it out."""

from itertools import groupby

import msgspec

from gillies.assess import titles
from gillies.assess.answer import HandFit, SourceOut
from gillies.assess.titles import TitleRule
from gillies.dates import in_words
from gillies.knowledge.records import Knowledge
from gillies.registry.vet.answer import Answer, Fact, Flag, Training, VerifyAt, Vet
from gillies.registry.vet.text import COUNTS, FILES, FITS, HEADLINES, HEADS, LABELS, SCHOOL, USE, WHAT
from gillies.tell import span
from gillies.web.draw import Bar, years_bar
from gillies.web.notes import Line, Notes

LEVELS = {"check": "Ask or look up", "note": "Good to know"}
"""How heavy a flag is -> what it says before it."""
MOST_PLACES, MOST_UNSEEN = 3, 4
LIVE = "the public NPI Registry"


class Told(msgspec.Struct, frozen=True):
    """One fact: what it is about, the sentence, and the file that says so, with its day. `grave`: an exclusion."""

    label: str
    line: Line
    file: str
    grave: bool


class Hand(msgspec.Struct, frozen=True):
    """A pathway that a specialty suggests. `boards`: id and short name."""

    pathway: str
    name: str
    years: str
    bar: Bar
    boards: tuple[tuple[str, str], ...]
    why: Line
    logged: str


class Reported(msgspec.Struct, frozen=True):
    """A specialty that the provider reported, and how the training that it suggests fits."""

    name: str
    code: str
    primary: bool
    best: bool
    fit: str
    says: str
    why: str
    hand: Hand | None
    limits: str


class Law(msgspec.Struct, frozen=True):
    """A law on titles. `whole`: it governs a word of the advert, and stands first."""

    name: str
    level: str
    words: tuple[tuple[str, str], ...]
    says: tuple[Line, ...]
    more: tuple[tuple[str, tuple[Line, ...]], ...]
    boards: tuple[tuple[str, str], ...]
    complain: str
    whole: bool


class VetView(msgspec.Struct, frozen=True):
    """The whole page, in the order in which it is told: alerts before all else."""

    vet: Vet
    headline: str
    where: str
    alerts: tuple[Line, ...]
    flags: tuple[tuple[str, str, Line], ...]
    reported: tuple[Reported, ...]
    unseen: tuple[tuple[Hand, str], ...]
    record: tuple[tuple[Answer, str, tuple[Told, ...]], ...]
    more_places: tuple[Told, ...]
    laws: tuple[Law, ...]
    caveats: tuple[tuple[str, Line], ...]
    verify: tuple[tuple[str, tuple[tuple[VerifyAt, Line], ...]], ...]
    sources: tuple[tuple[int, SourceOut], ...]
    as_of: str


def view(told: Vet, knowledge: Knowledge) -> VetView:
    """What the page shows."""
    notes = Notes(told.sources, lambda _: True)
    alerts = tuple(_line(flag, notes) for flag in told.flags if flag.level == "alert")
    flags = tuple((flag.level, LEVELS[flag.level], _line(flag, notes)) for flag in told.flags if flag.level != "alert")
    reported = tuple(_reported(one, notes, knowledge) for one in told.fit)
    unseen = tuple((_hand(hand, "", notes, knowledge), FITS[hand.fit]) for hand in told.unseen[:MOST_UNSEEN])
    facts = [fact for fact in told.on_record if not (fact.about == "specialty" and told.fit)]
    hidden = [fact for fact in facts if fact.about == "place"][MOST_PLACES:]
    shown = [fact for fact in facts if fact not in hidden]
    record = tuple((answer, head, tuple(_told(fact, notes) for fact in shown if fact.answer == answer)) for answer, head in HEADS.items())
    laws = tuple(_law(law, notes, bool(told.advert and told.advert.text)) for law in (told.advert.laws if told.advert else ()))
    caveats = tuple((FILES[caveat.source], notes.line(caveat.say, caveat.cites)) for caveat in told.caveats)
    verify = tuple((WHAT[what], tuple((one, notes.line(one.say, one.cites)) for one in group)) for what, group in groupby(told.verify_at, lambda one: one.what))
    where = " ".join(filter(None, (told.provider.city, told.provider.state)))
    return VetView(
        vet=told, headline=HEADLINES.get(told.fits, f"{FITS[told.fits]}, by what is reported"), where=where, alerts=alerts, flags=flags,
        reported=reported, unseen=unseen, record=record, more_places=tuple(_told(fact, notes) for fact in hidden), laws=laws, caveats=caveats, verify=verify,
        sources=tuple((number, told.sources[key]) for key, number in notes.numbers.items()), as_of=in_words(told.as_of.isoformat()),
    )  # fmt: skip


def _line(flag: Flag, notes: Notes) -> Line:
    return notes.line(flag.say, flag.cites)


def _told(fact: Fact, notes: Notes) -> Told:
    file = LIVE if fact.source == "live" else FILES[fact.source]
    day = f", {in_words(fact.of.isoformat())}" if fact.of else ""
    return Told(LABELS[fact.about], notes.line(fact.say, fact.cites), f"{file}{day}", fact.about == "exclusion" and fact.answer == "on-record")


def _reported(one: Training, notes: Notes, knowledge: Knowledge) -> Reported:
    hand = _hand(one.hand, one.profession, notes, knowledge) if one.hand else None
    why = "" if one.hand else one.why
    return Reported(one.specialty, one.code, one.primary, one.best, one.fit, FITS[one.fit], why, hand, one.limits)


def _hand(hand: HandFit, profession: str, notes: Notes, knowledge: Knowledge) -> Hand:
    years = f"{span(hand.years, 'years')} {SCHOOL.get(profession, 'in all')}" if hand.years[1] else ""
    boards = tuple((board, knowledge.boards[board].short) for board in hand.boards)
    return Hand(hand.pathway, hand.name, years, years_bar(*hand.years), boards, notes.line(hand.why, hand.cites), hand.logged)


def _law(law: TitleRule, notes: Notes, is_advert: bool) -> Law:
    def lines(group: tuple[titles.Line, ...]) -> tuple[Line, ...]:
        return tuple(notes.line(one.say, one.cites) for one in group)

    groups = (("Who counts", law.counts), ("An advert may not hold", law.forbids), ("It must say", law.must_say))
    uses = tuple((", ".join(f"“{word}”" for word, how in law.words.items() if how == use), USE[use]) for use in dict.fromkeys(law.words.values()))
    standing = ((say, ", ".join(board.name for board in law.boards if board.counts == counts)) for counts, say in COUNTS.items())
    return Law(
        law.name, law.level.replace("-", " "), uses, lines(law.says), tuple((head, lines(group)) for head, group in groups if group),
        tuple((say, named) for say, named in standing if named), law.complain, is_advert and bool(law.words),
    )  # fmt: skip
