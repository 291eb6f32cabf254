"""Judges our own pages by DISCERN, PEMAT-P and IPDAS and writes docs/rubrics.md, and the few figures that the page "About" shows.

Run it after pages or knowledge have changed, or docs/accuracy.md or docs/screening-accuracy.md: `make rubrics`. A test compares what it makes with what is
there. Pages are those of 21 November 2026, so the same knowledge gives the same marks on any day.
"""

import asyncio
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from datetime import date
from io import StringIO
from pathlib import Path

import httpx
import msgspec
import yaml

from gillies.check.door import open_check
from gillies.door import open_engine, open_records
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_rubrics import RubricItem
from gillies.web.app import application
from gillies.web.desk import Desk
from gillies.web.figures import Accuracy, Figures, Lowest, ThenAndNow
from gillies.web.rubrics.score import Marks, marks
from gillies.web.settings import Settings

ROOT = Path(__file__).parent.parent
OUT, FIGURES = ROOT / "docs/rubrics.md", ROOT / "src/gillies/web/figures.yaml"
NEEDS = ROOT / "tests/web/needs.yaml"
DAY = date(2026, 11, 21)
WANTED = Lowest(discern=63, understandability=85, actionability=85, qualifying=6, certification=6, grade=8.0)
"""What we ask of each page."""
HEAD = """# How our own pages fare by DISCERN, PEMAT-P and IPDAS

Made by `make rubrics` from the pages themselves; a test keeps it current, and another keeps the marks from falling.

**A program gave these marks, and nobody else has yet.** The instruments are meant for people. What a program can see is whether something is told, not
whether it is told well. So each item is tied to signs on the page ([the items, with their sources](../src/gillies/knowledge/data/rubrics)), and what takes
a person is marked "not yet" and counts as little as it can.

- **DISCERN** (16 questions, 1 to 5 points each, at most 80): 1 point, and up to 4 more for the share of an item's signs that are there, never rounded up.
  The {people} questions left to people count 1 each. So the figure is the least that a page can get; with 5 for each of these it would be {more} more.
- **PEMAT-P** (17 items on whether a text can be understood, 7 on whether it can be acted on): an item is met when all its signs are there. The percentage
  is of the items that a program can judge and that apply. Counting those left to people as not met gives the "at least" figure.
- **IPDAS** (minimum standards, IPDASi v4.0): six items that make a text a decision aid, six that guard against bias; met when all signs are there.
- **Grade**: Flesch-Kincaid grade of the running text, each sentence once, without headings, labels, captions, names of rules, sources and the reader's own
  words.

The pages were built with the items in sight, and whoever wrote the signs wrote the pages too: so high marks show that nothing on the list is left out, no
more. They say nothing on whether people understand the pages, or decide better with them.
"""


def judged(items: Iterable[RubricItem]) -> tuple[dict[str, dict[str, Marks]], dict[str, Marks]]:
    """Marks of each answer, by field and need; and of each procedure's page."""
    engine, records, listed = open_engine(), open_records(), list(items)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(application(Desk(engine, records, open_check(), Settings(rate=0, on=DAY)))), base_url="http://gillies"
    )

    async def all_pages() -> tuple[dict[str, dict[str, Marks]], dict[str, Marks]]:
        needs = yaml.safe_load(NEEDS.read_text("utf-8"))
        answers = {field: {need: marks(await fetched("/answer", need), listed) for need in needs[field]} for field in needs}
        return answers, {key: marks(await fetched(f"/learn/procedures/{key}"), listed) for key in sorted(records.procedures)}

    async def fetched(path: str, need: str = "") -> str:
        page = await (client.post(path, data={"text": need}) if need else client.get(path))
        return page.raise_for_status().text

    with redirect_stderr(StringIO()):  # the server's log
        return asyncio.run(all_pages())


def lowest(found: Iterable[Marks]) -> Lowest:
    """The lowest marks of some pages, and the highest grade."""
    rows = list(found)
    return Lowest(
        discern=min(row.discern for row in rows),
        understandability=min(row.understandability for row in rows),
        actionability=min(row.actionability for row in rows),
        qualifying=min(row.qualifying for row in rows),
        certification=min(row.certification for row in rows),
        grade=max(row.grade for row in rows),
    )


def written(knowledge: Knowledge) -> dict[Path, str]:
    """What is to stand in each file."""
    items = list(knowledge.rubric_items.values())
    answers, procedures = judged(items)
    all_answers = [found for needs in answers.values() for found in needs.values()]
    figures = Figures(
        answers=len(all_answers),
        procedures=len(procedures),
        of_answers=lowest(all_answers),
        of_procedures=lowest(procedures.values()),
        people=[_named(item) for item in items if _cannot(item, knowledge)],
        accuracy=accuracy((ROOT / "docs/accuracy.md").read_text("utf-8")),
        checking=checking((ROOT / "docs/accuracy.md").read_text("utf-8")),
        screening=screening((ROOT / "docs/screening-accuracy.md").read_text("utf-8")),
    )
    told = "# Made by tools/rubrics.py (make rubrics) from the pages and from docs/; not to be edited.\n"
    plain = yaml.safe_dump(msgspec.to_builtins(figures), sort_keys=False, allow_unicode=True, width=150)
    return {OUT: "\n".join(_document(answers, procedures, items, knowledge, figures)) + "\n", FIGURES: told + plain}


def _cannot(item: RubricItem, knowledge: Knowledge) -> str:
    return item.cannot or (knowledge.score_items[item.score].cannot if item.score and not item.signs else "")


def _named(item: RubricItem) -> str:
    return f"{item.instrument.partition(' ')[0]} {item.number}"


def _document(
    answers: dict[str, dict[str, Marks]], procedures: dict[str, Marks], items: list[RubricItem], knowledge: Knowledge, figures: Figures
) -> Iterator[str]:
    people = sum(item.instrument == "DISCERN" and bool(_cannot(item, knowledge)) for item in items)
    yield HEAD.format(people=people, more=4 * people)
    yield "## Lowest marks\n"
    yield "| pages | DISCERN (of 80) | PEMAT-P understood | PEMAT-P acted on | IPDAS qualifying (of 6) | IPDAS certification (of 6) | highest grade |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, row in (
        ("asked of each page", WANTED),
        (f"{figures.answers} answers", figures.of_answers),
        (f"{figures.procedures} procedures", figures.of_procedures),
    ):
        yield f"| {name} | {row.discern} | {row.understandability} % | {row.actionability} % | {row.qualifying} | {row.certification} | {row.grade:g} |"
    least = [_at_least(items, part) for part in ("PEMAT-P understandability", "PEMAT-P actionability")]
    yield f"\nPEMAT-P at least, with what is left to people counted as not met: {least[0]} % and {least[1]} % of a page that meets all else.\n"
    for title, found in (*((f"Answers: {field}", needs) for field, needs in answers.items()), ("Procedures below the top", _below(procedures))):
        yield f"## {title}\n"
        yield "| page | DISCERN | understood | acted on | qualifying | certification | grade | signs not there |"
        yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
        for name, row in found.items():
            marked = f"{row.discern} | {row.understandability} % | {row.actionability} % | {row.qualifying} | {row.certification} | {row.grade:g}"
            yield f"| {name.replace('|', '/')} | {marked} | {'; '.join(row.lacking())} |"
        yield ""
    rest = statistics.median(row.grade for row in procedures.values())
    yield f"All other procedures have the top marks of what a program can judge; the median grade of all is {rest:g}.\n"
    yield from _items(items, knowledge, [*(row for needs in answers.values() for row in needs.values()), *procedures.values()])


def _at_least(items: list[RubricItem], instrument: str) -> int:
    counted = [item for item in items if item.instrument == instrument and not item.never and item.number != 19]  # no page has a table
    return 100 * sum(bool(item.signs) for item in counted) // len(counted)


def _below(procedures: dict[str, Marks]) -> dict[str, Marks]:
    return {key: row for key, row in procedures.items() if row.lacking()}


def _items(items: list[RubricItem], knowledge: Knowledge, pages: list[Marks]) -> Iterator[str]:
    """Each item: what it asks, what shows it, on how many pages it is met."""
    met = Counter(one.item.id for page in pages for one in page.judged if one.share == 1)
    counts = Counter(one.item.id for page in pages for one in page.judged if one.share is not None)
    yield "## The items\n"
    yield "| item | asks | shown by | met on |\n| --- | --- | --- | --- |"
    for item in items:
        asks = item.asks or knowledge.score_items[item.score].asks
        shown = ", ".join(item.signs) or f"not yet: {_cannot(item, knowledge)}" * bool(_cannot(item, knowledge)) or f"does not apply: {item.never}"
        share = f"{met[item.id]} of {counts[item.id]} pages" if counts[item.id] else ""
        yield f"| {item.instrument} {item.number} | {asks} | {shown} | {share} |"


def rows(text: str, first: str) -> tuple[list[str], list[list[str]]]:
    """A table of a document: its headings and rows. `first`: the heading of its first column."""
    lines = iter(text.splitlines())
    head = next((line for line in lines if line.startswith(f"| {first} |")), None)
    if head is None:
        raise SystemExit(f"No table begins with the column {first!r}: mend tools/rubrics.py.")
    next(lines)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in iter(lambda: next(lines, ""), "") if line.startswith("|")]
    return [cell.strip() for cell in head.strip("|").split("|")], cells


def accuracy(text: str) -> list[Accuracy]:
    """What was measured on texts that nobody had tuned on: the newest round, and the lowest of all."""
    head, found = rows(text, "figure")
    listed = []
    for name, _, *rounds in found:
        told = [(title, cell) for title, cell in zip(head[2:], rounds, strict=True) if cell]
        if told:
            lowest_one = min(told, key=lambda pair: _share(pair[1]))
            listed.append(Accuracy(name, told[-1][1], told[-1][0], lowest_one[1], lowest_one[0]))
    match = re.search(r"Coverage, unseen: .*?\((\d+) in all\).*?intent (\d+ to \d+ %), outcome (\d+ to \d+ %)", text, re.S)
    if match is None:
        raise SystemExit("docs/accuracy.md tells of unseen coverage in another way: mend tools/rubrics.py.")
    listed += [Accuracy(f"coverage: {what}", span, f"all rounds, {match[1]} vignettes", "", "") for what, span in (("intent", match[2]), ("outcome", match[3]))]
    return listed


def _share(cell: str) -> float:
    hits, _, of = cell.partition(" ")[0].partition("/")
    return int(hits) / int(of)


def checking(text: str) -> list[ThenAndNow]:
    """Of the table on checking texts, the half that nobody read: at first, and now."""
    return [ThenAndNow(name, first, now) for name, first, now, *_ in rows(text, "check")[1]]


def screening(text: str) -> list[ThenAndNow]:
    """Of the table on screening, the run before anybody mended a miss and the newest, a figure each."""
    head, found = rows(text, "run")
    before = next((row for row in found if "before anybody" in row[0]), None)
    if before is None:
        raise SystemExit("docs/screening-accuracy.md has no run before anybody mended a miss: mend tools/rubrics.py.")
    return [ThenAndNow(name, *cells) for name, *cells in zip(head[1:], before[1:], found[-1][1:], strict=True)]


def main() -> int:
    """Writes both files."""
    for path, text in written(open_records()).items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
