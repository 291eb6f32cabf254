"""What stands around the answer: it in short, what to do next, what is not sure, where to look further. The sentences are those of words.yaml."""

from collections.abc import Iterable, Iterator

import msgspec

from gillies.assess.answer import Assessment, Part
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Intent, Invasiveness
from gillies.web.notes import Line, Notes
from gillies.web.rungs import Rung
from gillies.web.words import words

MOST_NAMED = 3
MOST_BOARDS = 4


class Short(msgspec.Struct, frozen=True):
    """One part in short: what is to be decided, and each of the four answers in a line."""

    decision: str
    care: str
    options: str
    hands: str
    pays: str


class Todo(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to do: see to a warning sign, read what comes first, find something out, see somebody trained, ask the plan, ask for the price."""

    urgent: bool = False
    first: bool = False
    find_out: bool = False
    sees: bool = False
    boards: bool = False
    plan: bool = False
    price: bool = False


class Step(msgspec.Struct, frozen=True):
    """Something to do, and a place on the page (or elsewhere) that helps with it."""

    say: str
    href: str = ""
    label: str = ""


class Link(msgspec.Struct, frozen=True):
    """Where to look further."""

    href: str
    label: str
    say: str = ""


def decapitalised(text: str) -> str:
    """A name as it stands inside a sentence; what is written in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def joined(names: Iterable[str]) -> str:
    """`a, b or c`."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else ""


def in_line(title: str) -> str:
    """A title of several concerns as it stands inside a sentence."""
    return "; ".join(decapitalised(name) for name in title.split("; "))


def short(decision: str, care: str, rungs: tuple[Rung, ...], hands: Iterable[str], pays: str) -> Short:
    """A part, or a procedure, in short."""
    said, names = words().short, [decapitalised(name) for name in hands]
    return Short(
        decision=decision,
        care=care,
        options=_options(rungs),
        hands=said.hands.format(joined(names[:MOST_NAMED])) if names else said.no_hands,
        pays=pays,
    )


def _options(rungs: tuple[Rung, ...]) -> str:
    """What there is to choose from, in a line; nothing where a warning sign rings, which closes doing nothing too."""
    said, ways = words().short, [rung for rung in rungs if rung.level]
    if rungs and not rungs[0].gains:
        return said.wait
    if not ways:
        return said.none
    most = decapitalised(ways[-1].name)
    return said.options.format(len(ways), most) if len(ways) > 1 else said.one.format(most)


def daily(rungs: Iterable[Rung], intent: Intent, notes: Notes, knowledge: Knowledge) -> tuple[Line, ...]:
    """What life is like after what stands on the ladder."""
    by_level: dict[int, Invasiveness] = {1: "non-invasive", 2: "minimally-invasive", 3: "surgical"}
    kinds = {by_level[rung.level] for rung in rungs if rung.level}
    fitting = (one for one in knowledge.daily_life.values() if kinds & set(one.of) and (not one.intent or intent in one.intent or intent == "mixed"))
    return tuple(notes.said(one) for one in fitting)


def todo(answer: Assessment, boards: bool) -> Todo:
    """What an answer leaves to do."""
    return Todo(
        urgent=bool(answer.urgent),
        first=bool(answer.readiness),
        find_out=any(ask.to == "you" for ask in answer.ask),
        sees=any(part.hands for part in answer.parts),
        boards=boards,
        plan=any(part.outcome != "likely-not-covered" or part.intent != "cosmetic" for part in answer.parts),
        price=any(part.intent != "reconstructive" for part in answer.parts),
    )


def steps(do: Todo) -> Iterator[Step]:
    """What to do next, in order."""
    said = words().steps
    if do.urgent:
        yield Step(said.urgent)
    if do.first:
        yield Step(said.first, "#first", "First")
    yield Step(said.read, "#options1", "Options")
    yield Step(said.values, "#values", "What matters most to you")
    if do.find_out:
        yield Step(said.find_out, "#find-out", "All that is missing")
    if do.sees:
        yield Step(said.see, "#more" if do.boards else "#hands1", "Look a doctor up" if do.boards else "Whose hands")
    yield Step(said.ask, "#questions", "Your questions")
    if do.plan:
        yield Step(said.plan)
    if do.price:
        yield Step(said.price)
    yield Step(said.time)


def unsure(rungs: Iterable[Rung], has_once: bool, parts: Iterable[Part] = ()) -> Iterator[str]:
    """What is not sure about the answer."""
    said, listed, listed_rungs = words().unsure, list(parts), list(rungs)
    bare = [decapitalised(rung.name) for rung in listed_rungs if rung.level and not any(risk.rate for risk in (*rung.risks, *rung.more_risks))]
    yield said.rates
    if bare:
        yield said.no_rates.format(joined(dict.fromkeys(bare)))
    if len([rung for rung in listed_rungs if rung.level]) == 1:
        yield said.only_way
    yield said.outcome
    if any(part.intent == "undetermined" for part in listed):
        yield said.intent
    if any(part.outcome == "depends" for part in listed):
        yield said.pays
    if has_once:
        yield said.once


def further(rungs: Iterable[Rung], boards: Iterable[str], knowledge: Knowledge) -> Iterator[Link]:
    """Where to look further: pages of ours, and where boards tell whom they certified."""
    named = {rung.id: rung.name for rung in rungs if rung.id in knowledge.procedures}
    for key, name in named.items():
        yield Link(f"/learn/procedures/{key}", name)
    seen: set[str] = set()
    for key in dict.fromkeys(boards):
        board = knowledge.boards[key]
        if board.verify.url not in seen and len(seen) < MOST_BOARDS:
            seen.add(board.verify.url)
            yield Link(board.verify.url, f"Look a doctor up: {board.name}", board.verify.say)
    yield Link("/learn/glossary", "How these pages use words")
