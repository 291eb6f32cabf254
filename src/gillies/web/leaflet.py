"""What the page of a procedure shows besides its facts: the ways beside it, it in short, what to do next, what is not sure. The same as on an answer."""

from collections.abc import Iterator
from datetime import date

import msgspec

from gillies.assess.answer import Option
from gillies.assess.expect import LADDER, nothing_of, option_of, questions
from gillies.dates import in_words
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Procedure
from gillies.web import gist
from gillies.web.notes import Line, Notes
from gillies.web.rungs import About, Rung, ladder
from gillies.web.words import words

MOST_BESIDE = 3
FIRM = ("core", "fellowship")


class Leaflet(msgspec.Struct, frozen=True):
    """See the fields of an answer's view, which are called the same."""

    aims: tuple[tuple[str, str], ...]
    short: gist.Short
    rungs: tuple[Rung, ...]
    daily: tuple[Line, ...]
    steps: tuple[gist.Step, ...]
    unsure: tuple[str, ...]
    further: tuple[gist.Link, ...]
    to_ask: tuple[str, ...]
    day: str
    read: tuple[str, str]


AIMS = (
    ("#short", "It in short"), ("#options1", "The ways there are"), ("#hands1", "Whose hands"), ("#steps", "What to do next"), ("#unsure", "What is not sure"),
)  # fmt: skip


def leaflet(p: Procedure, notes: Notes, knowledge: Knowledge, on: date) -> Leaflet:
    """All that stands around the facts of a procedure."""
    ruled = frozenset(key for policy in knowledge.policies.values() for key in policy.procedures)
    rungs = ladder(_ways(p, knowledge), About(p.name, p.typical_intent, (), ruled=ruled), notes, knowledge)
    daily = gist.daily(rungs, p.typical_intent, notes, knowledge)
    kinds = list(dict.fromkeys(words().care[care] for care in (p.care.reconstructive, p.care.cosmetic) if care))
    care = kinds[0] if len(kinds) == 1 else words().short.either
    paths = [knowledge.pathways[hand.pathway] for hand in p.hands if hand.pathway in knowledge.pathways]
    firm = [knowledge.pathways[hand.pathway].name for hand in p.hands if hand.fit in FIRM and hand.pathway in knowledge.pathways]
    boards = [board for path in paths for board in path.boards if board in knowledge.boards]
    steps = gist.steps(
        gist.Todo(sees=bool(paths), boards=bool(boards), plan=p.id in ruled, price=p.typical_intent != "reconstructive"),
    )
    days = sorted(knowledge.sources[key].looked_up.isoformat() for key in notes.numbers) or [on.isoformat()]
    return Leaflet(
        aims=tuple(aim for aim in AIMS if paths or aim[0] != "#hands1"),
        short=gist.short(
            words().short.procedure.format(gist.decapitalised(p.name)), care, rungs, firm, words().costs["depends" if p.id in ruled else "unknown"]
        ),
        rungs=rungs,
        daily=daily,
        steps=tuple(steps),
        unsure=tuple(gist.unsure(rungs, notes.has_once)),
        further=tuple(gist.further([rung for rung in rungs if rung.id != p.id], boards, knowledge)),
        to_ask=tuple(ask.ask for ask in questions([p])),
        day=in_words(on.isoformat()),
        read=(in_words(days[0]), in_words(days[-1])),
    )


def _ways(p: Procedure, knowledge: Knowledge) -> Iterator[Option]:
    """Doing nothing, what is less invasive, the procedure, what is more; what else is done for the same concerns, where nothing is known beside it."""
    beside = [*p.alternatives.less[:MOST_BESIDE], *p.alternatives.more[:MOST_BESIDE]]
    if not beside:
        beside = [key for concern in knowledge.concerns.values() if p.id in concern.procedures for key in concern.procedures if key != p.id][:MOST_BESIDE]
    known = [knowledge.procedures[key] for key in dict.fromkeys(beside) if key in knowledge.procedures]
    yield nothing_of(p, alarm=False)
    yield from (option_of(way) for way in sorted([p, *known], key=lambda way: LADDER[way.invasiveness]))
