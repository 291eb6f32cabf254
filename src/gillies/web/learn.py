"""Pages worth linking to, straight from the records: procedures, fields, boards, training, policies; and a search over their names."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from gillies.assess.answer import SourceOut
from gillies.dates import told
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Policy, Procedure, RawRule
from gillies.knowledge.schema_hands import Board, Field, Pathway
from gillies.tell import span
from gillies.web.leaflet import Leaflet, leaflet
from gillies.web.notes import Line, Notes, Says
from gillies.web.words import words

KINDS = {"procedures": "Procedures", "fields": "Fields of medicine", "boards": "Boards", "pathways": "Training", "policies": "Rules on who pays"}
"""Kind of page -> what it is called; in the order of the list."""
MOST_FOUND = 40
CLOSE = 75


class Item(msgspec.Struct, frozen=True):
    """One line of a section, what stands before it, where it leads; `depth`: how far it is set in."""

    line: Line
    label: str = ""
    href: str = ""
    depth: int = 0


class Section(msgspec.Struct, frozen=True):
    """A heading and its lines."""

    title: str
    items: tuple[Item, ...]
    id: str = ""


class Record(msgspec.Struct, frozen=True):
    """A whole page. `check_for`: the procedure that a provider can be checked for from here."""

    kind: str
    title: str
    also: tuple[str, ...]
    lead: Line | None
    sections: tuple[Section, ...]
    sources: tuple[tuple[int, SourceOut], ...]
    has_once: bool
    leaflet: Leaflet | None
    check_for: str = ""


def record(kind: str, key: str, knowledge: Knowledge, is_confirmed: Callable[[str], bool], on: date) -> Record | None:
    """The page of one record; None when there is none."""
    notes = Notes(knowledge.sources, is_confirmed)
    made: tuple[str, tuple[str, ...], Line | None, Iterable[Section]] | None = None
    if kind == "procedures" and key in knowledge.procedures:
        procedure = knowledge.procedures[key]
        made = procedure.name, procedure.also_called, notes.said(procedure.summary), _procedure(procedure, notes, knowledge)
    elif kind == "fields" and key in knowledge.fields:
        field = knowledge.fields[key]
        made = field.name, (), notes.said(field.what), _field(field, notes, knowledge)
    elif kind == "boards" and key in knowledge.boards:
        board = knowledge.boards[key]
        made = board.name, (board.short,), None, _board(board, notes)
    elif kind == "pathways" and key in knowledge.pathways:
        pathway = knowledge.pathways[key]
        made = pathway.name, (), notes.said(pathway.teaches) if pathway.teaches else None, _pathway(pathway, notes, knowledge)
    elif kind == "policies":
        versions = sorted((p for p in knowledge.policies.values() if p.id == key), key=lambda p: p.in_force.start, reverse=True)
        if versions:
            newest = versions[0]
            made = newest.title, (), notes.line(newest.say, newest.cites), _policy(versions, notes, knowledge)
    if made is None:
        return None
    title, also, lead, sections = made
    listed = tuple(section for section in sections if section.items)
    is_procedure = kind == "procedures"
    around = leaflet(knowledge.procedures[key], notes, knowledge, on) if is_procedure else None
    sources = tuple((number, SourceOut.of(knowledge.sources[source], on)) for source, number in notes.numbers.items())
    return Record(KINDS[kind], title, also, lead, listed, sources, notes.has_once, around, key if is_procedure else "")


def _said(title: str, facts: Iterable[Says | None], notes: Notes) -> Section:
    return Section(title, tuple(Item(notes.said(fact)) for fact in facts if fact is not None))


def _procedure(p: Procedure, notes: Notes, knowledge: Knowledge) -> Iterator[Section]:
    aims = [words().care[care] for care in (p.care.reconstructive, p.care.cosmetic) if care]
    yield Section("What kind of care", tuple(Item(Line(aim)) for aim in dict.fromkeys(aims)))
    yield _said("What makes it one or the other", [p.turns], notes)
    hands = [(words().fit[hand.fit], hand) for hand in p.hands if hand.pathway in knowledge.pathways]
    yield Section(
        "Whose hands",
        tuple(Item(notes.line(hand.why, hand.cites), f"{knowledge.pathways[hand.pathway].name} ({says[0].lower()}{says[1:]}): ") for says, hand in hands),
        "hands1",
    )
    rules = {policy.id: policy for policy in knowledge.policies.values() if p.id in policy.procedures}
    yield Section("Rules on who pays", tuple(Item(Line(policy.title), "", f"/learn/policies/{key}") for key, policy in sorted(rules.items())))


def _field(field: Field, notes: Notes, knowledge: Knowledge) -> Iterator[Section]:
    yield _said("What it works on", [field.structure], notes)
    related = [(knowledge.fields[relation.to].name, relation) for relation in field.relations if relation.to in knowledge.fields]
    yield Section("How it stands to other fields", tuple(Item(notes.said(relation), f"{name}: ") for name, relation in related))
    yield Section("What the sides say", tuple(Item(notes.said(position), f"{position.who}: ") for position in field.disputed))
    trained = [(key, pathway) for key, pathway in knowledge.pathways.items() if pathway.field == field.id]
    yield Section("Training", tuple(Item(Line(pathway.name), "", f"/learn/pathways/{key}") for key, pathway in trained))


def _board(board: Board, notes: Notes) -> Iterator[Section]:
    yield Section("Founded", (Item(notes.line(str(board.founded.year), board.founded.cites)),) if board.founded else ())
    yield _said("What it demands", board.demands, notes)
    for title, rows in (("Who recognises it", board.recognised), ("Who does not", board.not_recognised)):
        yield Section(title, tuple(Item(notes.said(row), f"{row.by}: ") for row in rows))
    for title, said in (("What laws and licensing bodies let its people do", board.rules), ("What the sides say", board.positions)):
        yield Section(title, tuple(Item(notes.said(row), f"{row.who}: ") for row in said))
    yield Section("Look up a doctor", (Item(notes.said(board.verify)), Item(Line(board.verify.url), "", board.verify.url)))


def _pathway(pathway: Pathway, notes: Notes, knowledge: Knowledge) -> Iterator[Section]:
    steps = [(step, f"{step.name}: {span(step.years, 'years')}{f' ({step.accreditor})' if step.accreditor else ''}") for step in pathway.steps]
    yield Section("Steps after school", tuple(Item(notes.line(say, step.cites, about=f"pathway/{pathway.id}")) for step, say in steps))
    boards = [(key, knowledge.boards[key]) for key in pathway.boards if key in knowledge.boards]
    yield Section("Boards that follow", tuple(Item(Line(board.name), "", f"/learn/boards/{key}") for key, board in boards))
    yield _said("What it leaves out", [pathway.limits], notes)
    yield _said("Operations that must be logged", pathway.minimums, notes)


def _policy(versions: list[Policy], notes: Notes, knowledge: Knowledge) -> Iterator[Section]:
    policy = versions[0]
    payer = knowledge.payers[policy.payer].name if policy.payer else f"Law of {', '.join(policy.states)}" if policy.states else "Federal law"
    facts = [("Of: ", payer), ("In force: ", told(msgspec.to_builtins(policy.in_force)))]
    yield Section("What it is", tuple(Item(Line(say), label) for label, say in facts))
    about = [(knowledge.procedures[key].name, key) for key in policy.procedures if key in knowledge.procedures]
    yield Section("About", tuple(Item(Line(name), "", f"/learn/procedures/{key}") for name, key in about))
    for title, rule in (("It applies when", policy.applies), ("It refuses when", policy.not_covered_when), ("It pays when", policy.criteria)):
        yield Section(title, tuple(Item(Line(say), depth=depth) for depth, say in tree(rule)) if rule else ())
    yield _said("What it demands besides", policy.demands, notes)
    older = [told(msgspec.to_builtins(version.in_force)) for version in versions[1:]]
    yield Section("Earlier versions that are held", tuple(Item(Line(say)) for say in older))


def tree(rule: RawRule, depth: int = 0) -> Iterator[tuple[int, str]]:
    """A rule as lines that are set in."""
    groups: dict[str, str] = {"all": "All of these:", "any": "One of these:"}
    for key, head in groups.items():
        if key in rule:
            yield depth, f"{rule['say']}. {head}" if "say" in rule else head
            for below in rule[key]:
                yield from tree(below, depth + 1)
            return
    if "at_least_of" in rule:
        held: dict[str, Any] = rule["at_least_of"]
        yield depth, f"At least {held['count']} of these:"
        for below in held["of"]:
            yield from tree(below, depth + 1)
    elif "not" in rule:
        yield depth, "Not:"
        yield from tree(rule["not"], depth + 1)
    else:
        yield depth, str(rule.get("say", ""))


Entry = tuple[str, str]
"""Where a page is, and its name."""


def entries(knowledge: Knowledge) -> dict[str, list[Entry]]:
    """Every page, by kind, in the order of their names."""
    policies = {policy.id: policy.title for policy in sorted(knowledge.policies.values(), key=lambda policy: policy.in_force.start)}
    names: dict[str, dict[str, str]] = {kind: {key: held.name for key, held in getattr(knowledge, kind).items()} for kind in KINDS if kind != "policies"}
    return {
        KINDS[kind]: sorted(((f"/learn/{kind}/{key}", name) for key, name in (names | {"policies": policies})[kind].items()), key=lambda e: e[1].lower())
        for kind in KINDS
    }


def search(wanted: str, knowledge: Knowledge, listed: dict[str, list[Entry]]) -> list[Entry]:
    """Pages whose name, other name or id holds the words; where there is none, those that are spelt nearly so."""
    from rapidfuzz.fuzz import WRatio
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    known = {href: f"{name} {href.rpartition('/')[2].replace('-', ' ')}" for pages in listed.values() for href, name in pages}
    for key, procedure in knowledge.procedures.items():
        known[f"/learn/procedures/{key}"] += " " + " ".join(procedure.also_called)
    for key, board in knowledge.boards.items():
        known[f"/learn/boards/{key}"] += f" {board.short}"
    names = {href: name for pages in listed.values() for href, name in pages}
    parts = wanted.lower().split()
    found = [href for href, text in known.items() if parts and all(part in text.lower() for part in parts)]
    if not found:
        found = [href for _, _, href in extract(wanted, known, scorer=WRatio, processor=default_process, score_cutoff=CLOSE, limit=10)]
    return [(href, names[href]) for href in found[:MOST_FOUND]]
