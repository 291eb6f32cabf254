"""Writes docs/reference/ from the knowledge: an index, what is covered for whom, and a page for each procedure, board, pathway and policy.

Run it after the knowledge has changed: `make reference`. A test compares the pages with the knowledge. The same knowledge gives the same
pages on any day: nothing here looks at the clock.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from gillies.dates import told
from gillies.knowledge.confirmed import LEVELS, Level, levels, tally
from gillies.knowledge.figures import Figure, figures_of, prefixes, put_mark
from gillies.knowledge.grade import grades, median
from gillies.knowledge.lint import records
from gillies.knowledge.load import read
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Source
from gillies.knowledge.stats import count
from gillies.tell import aside, copy_read, span, worst_first_raw
from gillies.tell_figures import DIFFER, differing, places, tells_days
from gillies.terminal import CARE, FIT, INVASIVE

OUT = Path(__file__).parent.parent / "docs/reference"
MARKS: dict[Level, str] = {"one look": "°", "unverified": "°°", "disputed": "‡"}
LEGEND = {
    "one look": "° read by one person, not yet by a second",
    "unverified": "°° nobody could verify it",
    "disputed": f"‡ {DIFFER}",
}
KINDS = {
    "policy": "A payer's policy", "national-determination": "National coverage determination (Medicare)", "manual": "Official manual",
    "local-determination": "Local coverage determination (Medicare)", "statute": "Law", "regulation": "Regulation", "plan-brochure": "Plan brochure",
}  # fmt: skip
GROUPS = {"all": "All of:", "any": "Any of:", "not": "Not:"}
PURPOSES = {"cosmetic": "for looks", "reconstructive": "for function or repair"}
EXPECT = {"anaesthesia": "Anaesthesia", "setting": "Where", "lasts": "Lasts", "doing_nothing": "Doing nothing"}
USUALLY = {
    "cosmetic": "Usually done for looks", "reconstructive": "Usually done for function or repair",
    "mixed": "Done for looks, for function or repair, or for both", "undetermined": "What it is done for differs from case to case",
}  # fmt: skip
HEALING = {"light": "Light activity", "full": "Full recovery"}
HOLDERS = {"nursing": "nurse", "physician-assistant": "physician assistant", "dental": "dentist", "international": "person"}
"""Whom a kind of board certifies, where that is no doctor (or, abroad, not only doctors)."""
BESIDE_ABMS = ("aoa", "dental", "nursing", "physician-assistant")
"""Kinds of boards that ABMS is not there for."""
CODES = {"cpt": "CPT", "hcpcs": "HCPCS", "icd10pcs": "ICD-10-PCS"}
USES = {"general-anaesthesia": "general anaesthesia"}
Raw = dict[str, Any]


class Shelf:
    """The knowledge as plain data with its marks, by `kind/id`, and what pages need to link to each other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.held: dict[str, Raw] = {}
        self.levels: dict[str, list[Level]] = {}
        self.of_record: dict[str, list[Figure]] = {}
        listed = list(records(knowledge))
        for name, (file, _, record) in zip(prefixes(listed), listed, strict=True):
            raw = msgspec.json.decode(msgspec.json.encode(record))
            found = figures_of(name, file, record)
            of = levels(found, knowledge.confirmed)
            for figure in found:
                put_mark(raw, figure, MARKS.get(of[figure.address], ""))
            self.held[name], self.levels[name], self.of_record[name] = raw, list(of.values()), found

        self.by_kind: dict[str, dict[str, Raw]] = {}
        for name, raw in sorted(self.held.items()):
            self.by_kind.setdefault(name.partition("/")[0], {})[name.partition("/")[2]] = raw
        self.policies = self._policies()

    def of(self, kind: str) -> dict[str, Raw]:
        """Id -> record as plain data, of one kind, in the order of the ids."""
        return self.by_kind.get(kind, {})

    def _policies(self) -> dict[str, list[tuple[str, Raw]]]:
        """Policy id -> (name on the shelf, record) of its versions, newest first."""
        found: dict[str, list[tuple[str, Raw]]] = {}
        for name, raw in self.held.items():
            if name.split("/")[0] in ("policy", "law"):
                found.setdefault(raw["id"], []).append((name, raw))
        return {key: sorted(rows, key=lambda row: since(row[1]), reverse=True) for key, rows in sorted(found.items())}

    def rules_on(self, procedure: str) -> list[list[tuple[str, Raw]]]:
        """The policies and laws on a procedure, each with its versions, in the order of their payers."""
        found = [versions for versions in self.policies.values() if procedure in versions[0][1].get("procedures", ())]
        return sorted(found, key=lambda versions: (not versions[0][1].get("payer"), self.payer(versions[0][1]), versions[0][1]["id"]))

    def payer(self, raw: Raw) -> str:
        """Whose rule a policy is, in plain words."""
        if raw.get("payer"):
            return self.knowledge.payers[raw["payer"]].name
        return f"Law of {', '.join(raw['states'])}" if raw.get("states") else "Federal law"

    def sources(self, raw: Any) -> list[Source]:
        """Every source that a record cites."""
        return [self.knowledge.sources[key] for key in dict.fromkeys(cite.partition(" @ ")[0] for cite in cites_in(raw)) if key in self.knowledge.sources]


def cites_in(value: Any) -> Iterable[str]:
    """All cites below a value."""
    if isinstance(value, dict):
        yield from value.get("cites", ())
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from cites_in(inner)


class Page:
    """A Markdown page under way: its lines, and the sources it has cited so far."""

    def __init__(self, title: str, shelf: Shelf) -> None:
        self.shelf = shelf
        self.lines = [f"# {clean(title)}", ""]
        self.cited: dict[str, dict[str, None]] = {}

    def marks(self, cites: Iterable[str]) -> str:
        """` [1] [3]`, with the places remembered for the list of sources."""
        numbers: dict[int, None] = {}
        for cite in cites:
            source, _, place = cite.partition(" @ ")
            self.cited.setdefault(source, {})[place] = None
            numbers[list(self.cited).index(source) + 1] = None
        return "".join(f" [{number}]" for number in numbers)

    def said(self, raw: Raw, key: str = "say") -> str:
        """One sentence with its sources."""
        rate = raw.get("rate")
        within = f" within {rate['within']}" if rate and rate.get("within") and rate["within"] not in raw[key] else ""
        figure = f": {number(rate['count'])} in {rate['of']:,}{within}" if rate else ""
        doubt = " (nobody could verify this)" if raw.get("unverified") else ""
        return f"{clean(raw[key])}{figure}{doubt}{self.marks(raw.get('cites', ()))}"

    def add(self, *lines: str) -> None:
        """Lines as they are."""
        self.lines += lines

    def section(self, title: str, rows: Iterable[str], level: int = 2) -> None:
        """A heading and a list; nothing when there are no rows."""
        listed = [f"- {row}" for row in rows]
        if listed:
            self.lines += [f"{'#' * level} {title}", "", *listed, ""]

    def table(self, head: list[str], rows: Iterable[list[str]]) -> None:
        """A table."""
        self.lines += [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows), ""]

    def end(self, *names: str) -> str:
        """Legend of the marks, sources with their dates; the whole page."""
        seen = [level for name in names for level in self.shelf.levels.get(name, ())]
        if seen:
            marks = "".join(f" {text}." for level, text in LEGEND.items() if level in seen)
            self.lines += [f"Figures: {len(seen)}, of them confirmed by a second reader: {seen.count('two looks')}.{marks}", ""]
        both = differing((figure for name in names for figure in self.shelf.of_record.get(name, ())), self.shelf.knowledge.confirmed)
        self.section("Figures on which two readers differ", [f"{clean(text)}{self.marks(entry.cites)}" for text, entry in both])
        if self.cited:
            self.lines += ["## Sources", "", *(f"{i}. {self._source(key, places)}" for i, (key, places) in enumerate(self.cited.items(), 1)), ""]
        return "\n".join(self.lines).rstrip() + "\n"

    def _source(self, key: str, at: Iterable[str]) -> str:
        source = self.shelf.knowledge.sources[key]
        dates = [f"published {source.published}" if source.published else "", f"in effect {source.effective}" if source.effective else ""]
        told = ", ".join([*filter(None, dates), f"read {source.looked_up}", f"to be read again by {source.review_by}"])
        second = " Somebody else's account." if source.secondary else ""
        copy = copy_read(source.url, source.read_at)
        read = f" Read at: <{address(copy)}>." if copy else ""
        where = f" At: {clean('; '.join(named))}." if (named := places(at)) else ""
        return f"[{clean(source.title)}]({address(source.url)}). {clean(source.publisher)}; {told}.{second}{read}{where}"


def clean(text: object) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([|<>*\[\]])", r"\\\1", str(text))


def address(url: str) -> str:
    """An address that Markdown takes as one link."""
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def number(value: object) -> str:
    """`3` for 3.0; what carries a mark stays as it is."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def since(raw: Raw) -> str:
    """The first day in force of a policy or law for a table; `2015-01-01 or before` where it was only seen in force on that day."""
    window = raw["in_force"]
    return str(window["from"]).rstrip("°‡") if "from" in window else f"{window['seen']} or before"


def link(name: str, folder: str, key: str) -> str:
    """A link from a record's page to another one's."""
    return f"[{clean(name)}](../{folder}/{key}.md)"


def procedure_page(key: str, raw: Raw, shelf: Shelf) -> str:
    """The page of a procedure."""
    page = Page(raw["name"], shelf)
    page.add(page.said(raw["summary"]), "")
    others = [name for name in raw.get("also_called", ()) if not re.search(rf"\b{re.escape(name)}\b", raw["name"], re.IGNORECASE)]
    if others:
        page.add(f"Also called: {clean(', '.join(others))}.", "")
    uses = ", ".join(USES.get(use, use) for use in raw.get("uses", ()))
    page.section("What it is", [*_aims(page, raw), f"How deep it goes: {INVASIVE[raw['invasiveness']]}" + (f" ({uses})." if uses else ".")])
    _expect(page, raw)
    page.section("Risks", [("Serious: " if risk.get("serious") else "") + page.said(risk) for risk in worst_first_raw(raw.get("risks", ()))])
    beside = raw.get("alternatives", {})
    names = {name: link(other["name"], "procedures", name) for name, other in shelf.of("procedure").items()}
    sides = [(label, beside[side]) for side, label in (("less", "Less invasive"), ("more", "More invasive")) if beside.get(side)]
    page.section("Instead of it", [f"{label}: {', '.join(names[other] for other in listed)}." for label, listed in sides])
    ways = shelf.of("pathway")
    hands = [(link(ways[hand["pathway"]]["name"], "pathways", hand["pathway"]), hand) for hand in raw.get("hands", ())]
    page.section("Whose hands", [f"{way}, {FIT[hand['fit']]}: {page.said(hand, 'why')}" for way, hand in hands])
    page.section("Who pays", [f"{clean(shelf.payer(rule))}: {link(rule['title'], 'policies', rule['id'])}" for (_, rule), *_ in shelf.rules_on(key)])
    page.section("Questions to ask", map(clean, raw.get("questions", ())))
    codes = [f"{label} {', '.join(raw['codes'][name])}" for name, label in CODES.items() if raw.get("codes", {}).get(name)]
    if codes:
        page.add(f"Code numbers: {'; '.join(codes)}.", "")
    page.marks(raw.get("cites", ()))
    return page.end(f"procedure/{key}")


def _aims(page: Page, raw: Raw) -> list[str]:
    """What it is done for, and which kind of care that makes it: the usual aim first, then the others."""
    care = {purpose: CARE[kind] for purpose, kind in raw.get("care", {}).items()}
    usual, turns = care.pop(raw["typical_intent"], ""), f" {page.said(raw['turns'])}" if "turns" in raw else ""
    if not usual and len(care) > 1 and len(set(care.values())) == 1:
        return [f"{USUALLY[raw['typical_intent']]}.{turns}", f"Either way: {next(iter(care.values()))}."]
    return [f"{USUALLY[raw['typical_intent']]}{': ' if usual else ''}{usual}.{turns}", *(f"When done {PURPOSES[aim]}: {kind}." for aim, kind in care.items())]


def _expect(page: Page, raw: Raw) -> None:
    """Recovery, anaesthesia, place, how long it lasts, and what happens without it; and why something of these does not apply."""
    recovery = [(label, raw["recovery"][name]) for name, label in HEALING.items() if name in raw.get("recovery", {})]
    spans = [(label if tells_days(said["say"], said["days"]) else f"{label}, {span(said['days'], 'days')}", said) for label, said in recovery]
    reasons = {name: page.said({"say": why, "cites": raw["summary"].get("cites", ())}) for name, why in raw.get("does_not_apply", {}).items()}
    rows = [f"{label}: {page.said(said)}" for label, said in spans]
    rows += [f"Recovery: {reasons['recovery']}"] if "recovery" in reasons else []
    named = [(name, label) for name, label in EXPECT.items() if name in raw or name in reasons]
    page.section("What to expect", rows + [f"{label}: {page.said(raw[name]) if name in raw else reasons[name]}" for name, label in named])


def board_page(key: str, raw: Raw, shelf: Shelf) -> str:
    """The page of a board."""
    page = Page(raw["name"], shelf)
    short = "" if raw["short"] in raw["name"] else f"In short: {clean(raw['short'])}."
    founded = f"Founded in {raw['founded']['year']}.{page.marks(raw['founded'].get('cites', ()))}" if "founded" in raw else ""
    page.add(*([" ".join(filter(None, (short, founded))), ""] if short or founded else []))
    page.section("Recognised by", [f"{clean(row['by'])}: {page.said(row)}" for row in raw.get("recognised", ())])
    refused = raw.get("not_recognised", ())
    beside = [row for row in refused if row["by"] == "ABMS" and raw["kind"] in BESIDE_ABMS]
    page.section("Why ABMS does not list it", [page.said(row) for row in beside])
    page.section("Not recognised by", [f"{clean(row['by'])}: {page.said(row)}" for row in refused if row not in beside])
    page.section("What it demands", map(page.said, raw["demands"]))
    holder = HOLDERS.get(raw["kind"], "doctor")
    page.section(f"What the rules let a {holder} do", [f"{clean(row['who'])}: {page.said(row)}" for row in raw.get("rules", ())])
    page.section("What each side says", [f"{clean(row['who'])}: {page.said(row)}" for row in raw.get("positions", ())])
    ways = [link(way["name"], "pathways", name) for name, way in shelf.of("pathway").items() if key in way.get("boards", ())]
    page.section("Training that leads to it", ways)
    page.section(f"How to look a {holder} up", [f"{page.said(raw['verify'])} <{raw['verify']['url']}>"])
    return page.end(f"board/{key}")


def pathway_page(key: str, raw: Raw, shelf: Shelf) -> str:
    """The page of a training pathway."""
    page = Page(raw["name"], shelf)
    field = shelf.knowledge.fields[raw["field"]].name if raw["field"] in shelf.knowledge.fields else raw["field"]
    page.add(f"Field: {clean(field)}. Who trains: {raw['who']}. Years are counted after medical (dental, nursing) school.", "")
    steps = [(clean(aside(step["name"], step.get("accreditor", ""))), step) for step in raw["steps"]]
    page.section("Steps", [f"{name}: {span(step['years'], 'years')}{page.marks(step.get('cites', ()))}" for name, step in steps])
    page.section("What it teaches", [page.said(raw[name]) for name in ("teaches", "limits") if name in raw])
    page.section("Least number of logged operations", map(page.said, raw.get("minimums", ())))
    boards, known = shelf.of("board"), shelf.of("procedure")
    page.section("Boards that follow", [link(boards[name]["name"], "boards", name) for name in raw.get("boards", ())])
    fits = [(procedure["name"], name, hand["fit"]) for name, procedure in known.items() for hand in procedure.get("hands", ()) if hand["pathway"] == key]
    by_fit = {words: [link(name, "procedures", at) for name, at, held in fits if held == fit] for fit, words in FIT.items()}
    page.section("Procedures", [f"{words.capitalize()}: {', '.join(links)}" for words, links in by_fit.items() if links])
    return page.end(f"pathway/{key}")


def policy_page(versions: list[tuple[str, Raw]], shelf: Shelf) -> str:
    """The page of a policy or law, all versions, newest first; an older one leaves out the papers and procedures that are those of the newest."""
    page, newest = Page(versions[0][1]["title"], shelf), versions[0][1]
    _version(page, newest, shelf, 2)
    for _, raw in versions[1:]:
        page.add(f"## Earlier version: {clean(raw['title'])}", "")
        _version(page, {key: held for key, held in raw.items() if key not in ("documents", "procedures") or held != newest.get(key)}, shelf, 3)
    return page.end(*(name for name, _ in versions))


def _version(page: Page, raw: Raw, shelf: Shelf, level: int) -> None:
    """One version of a policy or law, its headings at `level`."""
    page.add(f"{clean(shelf.payer(raw))}. {KINDS[raw['kind']]}. In force {told(raw['in_force'])}.", "")
    page.add(f"{clean(raw['say'])}{page.marks(raw['cites'])}", "")
    if raw.get("payer_kinds"):
        page.add(f"Binds: {', '.join(raw['payer_kinds'])}.{' It beats a payer’s own numbers.' if raw.get('overrides') else ''}", "")
    for name, title in (("applies", "When it applies"), ("not_covered_when", "Not covered when"), ("criteria", "Covered when")):
        if raw.get(name):
            page.add(f"{'#' * level} {title}", "", *tree(raw[name]), "")
    page.section("What it demands", map(page.said, raw.get("demands", ())), level)
    page.section("Papers to gather", [clean(shelf.knowledge.findings[name].paper) for name in raw.get("documents", ())], level)
    names = shelf.of("procedure")
    page.section("Procedures", [link(names[name]["name"], "procedures", name) for name in raw.get("procedures", ())], level)


def tree(rule: Raw, depth: int = 0) -> list[str]:
    """A rule as nested bullets, to be read aloud."""
    pad = "  " * depth
    for name, words in GROUPS.items():
        if name in rule:
            below = rule[name] if isinstance(rule[name], list) else [rule[name]]
            if "say" in rule:
                words = f"{clean(rule['say'])}. {words}"
            return [f"{pad}- {words}", *(line for item in below for line in tree(item, depth + 1))]
    if "at_least_of" in rule:
        return [f"{pad}- At least {rule['at_least_of']['count']} of:", *(line for item in rule["at_least_of"]["of"] for line in tree(item, depth + 1))]
    return [f"{pad}- {clean(rule['say'])}"]


def status_page(shelf: Shelf) -> str:
    """What is covered for whom: each procedure with each payer's rule, when its sources were read, how often its figures were."""
    page = Page("Coverage status", shelf)
    page.add("Which payer's rules and which laws are held for each procedure. Figures: read by two people, of all.", "")
    bare: list[str] = []
    for key, raw in shelf.of("procedure").items():
        rules = shelf.rules_on(key)
        if not rules:
            bare.append(f"[{clean(raw['name'])}](procedures/{key}.md)")
            continue
        page.add(f"## {clean(raw['name'])}", "")
        page.table(["Payer", "Rule", "In force from", "Read", "Read again by", "Figures"], (_status_row(versions, shelf) for versions in rules))
    page.section("No payer's rule is held", bare)
    return page.end()


def _status_row(versions: list[tuple[str, Raw]], shelf: Shelf) -> list[str]:
    name, raw = versions[0]
    sources, looks = shelf.sources(raw), shelf.levels[name]
    read_on = max((str(source.looked_up) for source in sources), default="")
    again = min((str(source.review_by) for source in sources), default="")
    figures = f"{looks.count('two looks')} of {len(looks)}"
    return [clean(shelf.payer(raw)), f"[{clean(raw['title'])}](policies/{raw['id']}.md)", since(raw), read_on, again, figures]


def index_page(shelf: Shelf) -> str:
    """The first page: what is covered, how fully, when it was looked up, and links to every other page."""
    page, known = Page("Reference", shelf), shelf.knowledge
    graded = grades(records(known))
    days = sorted(source.looked_up for source in known.sources.values())
    again = min(source.review_by for source in known.sources.values())
    page.add("Made from the knowledge by `make reference`; do not edit. [Coverage status](coverage-status.md): each procedure and payer.", "")
    counted: dict[str, Mapping[str, object]] = {
        "procedures": known.procedures, "boards": known.boards, "training pathways": known.pathways, "policies and laws": shelf.policies,
        "concerns": known.concerns, "warning signs": known.warning_signs, "sources": known.sources,
    }  # fmt: skip
    unknown = sum("seen" in row["in_force"] for versions in shelf.policies.values() for _, row in versions)
    page.section("What there is", [f"{len(held):,} {what}" for what, held in counted.items()])
    page.section(
        "How sure it is",
        [
            f"Sources were read between {days[0]} and {days[-1]}; the next is to be read again by {again}.",
            f"Versions of policies and laws whose first day in force was not found: {unknown}; each is told with a day on which it was in force.",
            f"Half of the {len(graded):,} sentences that people see are of school grade {median(graded)} or below (Flesch-Kincaid).",
        ],
    )
    holes = [f"{name.replace('_', ' ')} {len(known.procedures) - holes}" for name, holes in count(known)["holes in procedures"].items()]
    page.section("How fully procedures are told", [f"Of {len(known.procedures)}, so many tell (or say why it does not apply): {', '.join(holes)}."])
    page.add("Figures, by how often they were read. Two looks: a second person who did not see the first one's answer found the same.", "")
    looks = tally((figure for found in shelf.of_record.values() for figure in found), known.confirmed)
    page.table(
        ["Kind of record", *LEVELS],
        ([kind, *(f"{row[level]:,}" for level in LEVELS)] for kind, row in looks.items()),
    )
    areas: dict[str, list[str]] = {}
    for key, raw in shelf.of("procedure").items():
        areas.setdefault(raw["area"].replace("-", " "), []).append(f"[{clean(raw['name'])}](procedures/{key}.md)")
    page.section("Procedures", [f"{area}: {', '.join(links)}" for area, links in sorted(areas.items())])
    page.section("Boards", [f"[{clean(raw['name'])}](boards/{key}.md): {raw['kind']}, {raw.get('place', 'us')}" for key, raw in shelf.of("board").items()])
    page.section("Training pathways", [f"[{clean(raw['name'])}](pathways/{key}.md): {raw.get('place', 'us')}" for key, raw in shelf.of("pathway").items()])
    payers: dict[str, list[str]] = {}
    for key, ((_, raw), *_rest) in shelf.policies.items():
        payers.setdefault(shelf.payer(raw), []).append(f"[{clean(raw['title'])}](policies/{key}.md)")
    page.section("Policies and laws", [f"{clean(payer)}: {', '.join(links)}" for payer, links in sorted(payers.items())])
    return page.end()


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Path under docs/reference -> content, of every page."""
    shelf = Shelf(knowledge)
    made = {"README.md": index_page(shelf), "coverage-status.md": status_page(shelf)}
    for folder, kind, page in (("procedures", "procedure", procedure_page), ("boards", "board", board_page), ("pathways", "pathway", pathway_page)):
        made |= {f"{folder}/{key}.md": page(key, raw, shelf) for key, raw in shelf.of(kind).items()}
    return made | {f"policies/{key}.md": policy_page(versions, shelf) for key, versions in shelf.policies.items()}


def main() -> int:
    """Writes every page and removes those of records that are gone."""
    made = pages(read()[0])
    for path in OUT.rglob("*.md"):
        if str(path.relative_to(OUT)) not in made:
            path.unlink()
    for name, text in made.items():
        (OUT / name).parent.mkdir(parents=True, exist_ok=True)
        (OUT / name).write_text(text, encoding="utf-8")
    print(f"{len(made):,} pages, {sum(map(len, made.values())) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
