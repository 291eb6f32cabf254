"""An Assessment as what the answer page shows. Pure: plain data in, plain data out; the templates only lay it out."""

from collections.abc import Iterable
from datetime import date

import msgspec

from gillies.assess.answer import Assessment, CoverageAnswer, Found, HandFit, Part, SourceOut, Urgent
from gillies.assess.explain import question
from gillies.assess.safety import cannot_wait
from gillies.dates import in_words
from gillies.knowledge.compiled import Compiled
from gillies.tell import span
from gillies.web import gist
from gillies.web.draw import Bar, years_bar
from gillies.web.notes import Line, Notes
from gillies.web.rungs import About, Rung, ladder
from gillies.web.words import words

MOST_DEMANDS = 3
UNDERSTOOD = ("concern", "procedure", "payer", "state", "finding")
"""Kinds of what was found that a person can correct, in order."""
TELLING = frozenset({"cause", "function", "looks", "measure", "person", "treatment", "document"})
"""Roles of findings that mean something to the person who told them."""


class Hands(msgspec.Struct, frozen=True):
    """One way to be trained, and how firmly it covers what is asked for."""

    pathway: str
    name: str
    fit: str
    says: str
    bar: Bar
    years: str
    boards: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Id, short name and what it demands; the sources of that stand on the board's own page."""
    why: Line
    logged: str


class Policy(msgspec.Struct, frozen=True):
    """What one policy or law comes to, as a checklist. `open`: what to find out, as questions."""

    id: str
    payer: str
    title: str
    outcome: str
    says: str
    law: bool
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    open: tuple[str, ...]
    change: tuple[str, ...]
    documents: tuple[str, ...]
    marks: tuple[int, ...]


class PartView(msgspec.Struct, frozen=True):
    """One need with its own answer to each question."""

    title: str
    care: str
    intent: str
    why: tuple[Line, ...]
    short: gist.Short
    rungs: tuple[Rung, ...]
    daily: tuple[Line, ...]
    hands: tuple[Hands, ...]
    outcome: str
    policies: tuple[Policy, ...]
    guides: tuple[Policy, ...]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the text; `names`: what was understood there."""

    text: str
    names: tuple[str, ...] = ()


class Understood(msgspec.Struct, frozen=True):
    """Something read in the text, which can be taken back."""

    id: str
    quote: str
    name: str
    denied: bool
    span: tuple[int, int]


class View(msgspec.Struct, frozen=True):
    """The whole page."""

    urgent: tuple[tuple[Urgent, tuple[int, ...]], ...]
    waits: bool
    decline: str | None
    parts: tuple[PartView, ...]
    first: tuple[tuple[str, Line], ...]
    steps: tuple[gist.Step, ...]
    unsure: tuple[str, ...]
    further: tuple[gist.Link, ...]
    to_find_out: tuple[str, ...]
    to_ask: tuple[str, ...]
    cannot_know: tuple[str, ...]
    pieces: tuple[Piece, ...]
    understood: tuple[Understood, ...]
    sources: tuple[tuple[int, SourceOut], ...]
    has_once: bool
    as_of: str
    day: str
    read: tuple[str, str]
    """The days on which the oldest and the newest of its sources were read."""

    def hands_before(self, number: int) -> set[str]:
        """Ways to be trained that parts before the one of this number have shown already."""
        return {hand.pathway for part in self.parts[: number - 1] for hand in part.hands}


def view(answer: Assessment, text: str, compiled: Compiled) -> View:
    """What the answer page shows."""
    known = answer.sources | _daily_sources(answer, compiled)
    notes = Notes(known, compiled.is_confirmed)
    urgent = tuple((sign, notes.marks(sign.cites)) for sign in answer.urgent)
    waits = cannot_wait(answer.urgent)
    parts = tuple(_part(part, waits, notes, compiled) for part in answer.parts)
    rungs = [rung for part in parts for rung in part.rungs]
    boards = [board for part in parts for hand in part.hands for board, _, _ in hand.boards]
    asks = tuple(f"{ask.ask} {ask.how}".strip() for ask in answer.ask if ask.to == "you")
    days = sorted(source.looked_up for source in answer.sources.values()) or [answer.as_of]
    first = tuple((note.name, notes.line(note.say, note.cites)) for note in answer.readiness)
    understood = tuple(_understood(answer.found, compiled))
    return View(
        urgent=urgent,
        waits=waits,
        decline=answer.decline,
        parts=parts,
        first=first,
        steps=tuple(gist.steps(gist.todo(answer, bool(boards)))) if parts else (),
        unsure=tuple(gist.unsure(rungs, notes.has_once, answer.parts)) if parts else (),
        further=tuple(gist.further(rungs, boards, compiled.knowledge)) if parts else (),
        to_find_out=asks,
        to_ask=tuple(ask.ask for ask in answer.ask if ask.to == "provider"),
        cannot_know=answer.cannot_know,
        pieces=tuple(_pieces(text, understood)),
        understood=understood,
        sources=tuple((number, known[key]) for key, number in notes.numbers.items()),
        has_once=notes.has_once,
        as_of=answer.as_of,
        day=in_words(answer.as_of),
        read=(in_words(days[0]), in_words(days[-1])),
    )


def _daily_sources(answer: Assessment, compiled: Compiled) -> dict[str, SourceOut]:
    """Sources of what life is like after treatment, which stands on pages only and not in the answer itself."""
    known, on = compiled.knowledge, date.fromisoformat(answer.as_of)
    keys = dict.fromkeys(cite.partition(" @ ")[0] for one in known.daily_life.values() for cite in one.cites)
    return {key: SourceOut.of(known.sources[key], on) for key in keys}


def _part(part: Part, waits: bool, notes: Notes, compiled: Compiled) -> PartView:
    said, known = words(), compiled.knowledge
    care = said.open_care if part.intent == "undetermined" else said.care["mixed" if part.intent == "mixed" else part.care[0]] if part.care else said.open_care
    once = list({row.policy: row for row in reversed(part.coverage)}.values())[::-1]
    deciding = [row for row in once if row.decides]
    shown = deciding or [row for row in once if row.law or not row.guide_only]
    why = tuple(notes.line(why.say, why.cites) for why in part.why)
    rungs = ladder(part.options, About(part.concern, part.intent, part.coverage, waits), notes, known)
    hands = tuple(_hands(hand, notes, compiled) for hand in part.hands)
    trained = [hand.name for hand in hands if hand.fit in ("core", "fellowship")]
    return PartView(
        title=part.concern[:1] + gist.in_line(part.concern)[1:],
        care=care,
        intent=said.intent[part.intent],
        why=why,
        short=gist.short(said.short.decision.format(gist.in_line(part.concern)), care, rungs, trained, said.pays[part.outcome]),
        rungs=rungs,
        daily=gist.daily(rungs, part.intent, notes, known),
        hands=hands,
        outcome=part.outcome,
        policies=tuple(_policy(row, notes, compiled) for row in shown),
        guides=tuple(_policy(row, notes, compiled) for row in once if row not in shown),
    )


def _hands(hand: HandFit, notes: Notes, compiled: Compiled) -> Hands:
    known = compiled.knowledge.boards
    return Hands(
        pathway=hand.pathway,
        name=hand.name,
        fit=hand.fit,
        says=words().fit[hand.fit],
        bar=years_bar(*hand.years),
        years=span(hand.years, "years"),
        boards=tuple((board, known[board].short, tuple(demand.say for demand in known[board].demands[:MOST_DEMANDS])) for board in hand.boards),
        why=notes.line(hand.why, hand.cites, about=f"pathway/{hand.pathway}"),
        logged=hand.logged,
    )


def _policy(row: CoverageAnswer, notes: Notes, compiled: Compiled) -> Policy:
    asks = tuple(f"{ask} {how}".strip() for ask, how in (question(finding, compiled) for finding in row.missing))
    return Policy(
        id=row.policy,
        payer=row.payer,
        title=row.title,
        outcome=row.outcome,
        says=words().outcome[row.outcome],
        law=row.law,
        met=row.met,
        unmet=row.unmet,
        open=asks if row.outcome == "depends" else (),
        change=row.would_change,
        documents=row.documents,
        marks=notes.marks(row.cites),
    )


def _named(found: Found, compiled: Compiled) -> str:
    """What something found is, in plain words; nothing for what only serves the machine."""
    known = compiled.knowledge
    if found.kind == "concern":
        return known.concerns[found.id].name
    if found.kind == "procedure":
        return known.procedures[found.id].name
    if found.kind == "payer":
        return known.payers[found.id].name
    if found.kind == "state":
        return f"The state {found.id}"
    finding = known.findings.get(found.id) if found.kind == "finding" else None
    if finding is None or finding.role not in TELLING or found.value is False:
        return ""
    if found.value is True:
        return f"{finding.question} Yes"
    unit = "months" if finding.type == "duration" else finding.unit
    return f"{finding.question} {f'{found.value:g} {unit}' if isinstance(found.value, float) else str(found.value).replace('-', ' ')}".strip()


def _understood(found: tuple[Found, ...], compiled: Compiled) -> Iterable[Understood]:
    """Each thing once, by its shortest words; what one phrase rules out is not told of by another."""
    ruled_out = {one.id for one in found if one.value is False}
    once: dict[str, Found] = {}
    for one in sorted(found, key=lambda f: f.span[1] - f.span[0]):
        if one.id in ruled_out and one.kind == "finding":
            continue
        if one.kind in UNDERSTOOD and _named(one, compiled):
            once.setdefault(one.id, one)
    for one in sorted(once.values(), key=lambda f: (UNDERSTOOD.index(f.kind), f.span)):
        yield Understood(one.id, " ".join(one.quote.split()), _named(one, compiled), one.negated, one.span)


def _pieces(text: str, understood: tuple[Understood, ...]) -> Iterable[Piece]:
    """The text in stretches, what was understood marked; stretches that overlap are one."""
    marked: list[tuple[int, int, list[str]]] = []
    for one in sorted(understood, key=lambda u: u.span):
        (start, end), name = one.span, f"not: {one.name}" if one.denied else one.name
        if marked and start < marked[-1][1]:
            first, last, names = marked[-1]
            marked[-1] = (first, max(last, end), [*names, name])
        else:
            marked.append((start, end, [name]))
    at = 0
    for start, end, names in marked:
        if at < start:
            yield Piece(text[at:start])
        yield Piece(text[start:end], tuple(dict.fromkeys(names)))
        at = end
    if at < len(text):
        yield Piece(text[at:])
