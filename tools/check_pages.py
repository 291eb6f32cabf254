"""Publishes what `gillies check` says of texts: docs/check/, a page for each and one on where they contradict one another.

    python tools/check_pages.py FOLDER        # every .txt and .md of the folder, in order of their names

The texts themselves are not published; a page quotes the statements that were judged. The same texts and knowledge give the same pages.
"""

import argparse
import sys
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec

from gillies.check.answer import Checked, Statement
from gillies.check.check import is_assertion
from gillies.check.door import Engine, open_check
from gillies.check.read import sentences, without_markup
from gillies.check.say import place

OUT = Path(__file__).parent.parent / "docs/check"
ENDINGS = (".txt", ".md")
SIGNS = {"supported": "✓", "contradicted": "✗", "misleading": "≈", "disputed": "⇄", "unverifiable": "?"}
GRADE = {"supported": "right", "misleading": "in part", "disputed": "open", "unverifiable": "open", "contradicted": "wrong"}


class Text(msgspec.Struct):
    """One text, what was found in it, and how many of its sentences state something."""

    name: str
    title: str
    checked: Checked
    stated: int


def main(argv: list[str] | None = None) -> int:
    """Writes the pages; 0 done, 2 no text in the folder."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("folder", type=Path)
    top.add_argument("--on", default=date.today(), type=date.fromisoformat, help="the day to judge by")
    told = top.parse_args(argv)
    paths = sorted(path for path in told.folder.iterdir() if path.suffix in ENDINGS)
    if not paths:
        print(f"{told.folder} holds no .txt or .md file.", file=sys.stderr)
        return 2
    engine = open_check()
    texts = [read(path, number, engine, told.on) for number, path in enumerate(paths, 1)]
    OUT.mkdir(parents=True, exist_ok=True)
    for text in texts:
        (OUT / f"{text.name}.md").write_text(page(text), encoding="utf-8")
    (OUT / "README.md").write_text(overview(texts, told.on, engine), encoding="utf-8")
    return 0


def read(path: Path, number: int, engine: Engine, on: date) -> Text:
    """One text, checked."""
    text = path.read_text(encoding="utf-8")
    listed = sentences(without_markup(text), engine.lexicon)
    stated = sum(is_assertion(sentence, text) for sentence in listed)
    return Text(path.stem, f"Article {number}", engine.check(text, on), stated)


def page(text: Text) -> str:
    """The page of one text."""
    found = text.checked.statements
    judged = f"{len(found)} statements were judged: {counted(found)}. "
    lines = [f"# {text.title}: what the check says", ""]
    lines += [f"{judged}About {text.stated} sentences of the article state something; on the others we hold no fact, and silence says nothing", ""]
    lines[-2] += " about whether they are right. [All articles, and where they contradict one another](README.md)."
    numbers: dict[str, int] = {}
    for number, statement in enumerate(found, 1):
        lines += [f"## {number}. {SIGNS[statement.verdict]} {statement.verdict.capitalize()}", "", f"> {quoted(statement)}", ""]
        lines += [f"{statement.why} {marks(statement.cites, numbers)}", ""]
        lines += [f"- {side.who}: {side.say} {marks(side.cites, numbers)}" for side in statement.sides]
        lines += [""] if statement.sides else []
        where = f"; holds in {place(statement.place)}" if statement.place else ""
        lines += [f"Held against: “{statement.claim}” (`{statement.frame}`; {statement.basis}{where}).", ""]
    lines += ["## Sources", ""]
    for key, number in numbers.items():
        source = text.checked.sources[key]
        lines.append(f"{number}. [{source.title}]({source.url}). {source.publisher}, read {source.looked_up}.")
    return "\n".join([*lines, "", "Made by `tools/check_pages.py`; do not edit.", ""])


def counted(found: tuple[Statement, ...]) -> str:
    """`3 supported, 1 misleading`."""
    counts = Counter(statement.verdict for statement in found)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in SIGNS if counts[verdict]) or "none"


def quoted(statement: Statement) -> str:
    """The words of a statement on one line."""
    return " ".join(statement.quote.split())


def marks(cites: tuple[str, ...], numbers: dict[str, int]) -> str:
    """`[1][3]` for the sources cited."""
    keys = dict.fromkeys(cite.partition(" @ ")[0] for cite in cites)
    return "".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in keys)


def overview(texts: list[Text], on: date, engine: Engine) -> str:
    """The page on all of them."""
    lines = ["# Articles, checked", "", f"What `gillies check` says of {len(texts)} articles on {on}, every verdict with its sources.", ""]
    lines += ["| article | judged | verdicts |", "|---|---|---|"]
    lines += [f"| [{t.title}]({t.name}.md) | {len(t.checked.statements)} | {counted(t.checked.statements)} |" for t in texts]
    lines += ["", "## Where they contradict one another", ""]
    lines += ["Two statements stand here when they were held against the same fact and one of them is right, or less wrong, where the other is not.", ""]
    apart = list(contradictions(texts))
    for one, other, first, second in apart:
        lines += [f"**{first.claim}**", ""]
        lines += [f"- {one.title}, {first.verdict}: “{quoted(first)}”", f"- {other.title}, {second.verdict}: “{quoted(second)}”", ""]
    lines += [] if apart else ["Nowhere that we can tell.", ""]
    lines += ["## The same thing, right in one place and not in another", ""]
    for things, told in told_apart(texts, engine):
        lines += [f"**{' and '.join(sorted(things)).replace('-', ' ')}**", ""]
        lines += [*(f"- {text.title}, {statement.verdict}: “{quoted(statement)}”" for text, statement in told), ""]
    return "\n".join([*lines, "Made by `tools/check_pages.py`; do not edit.", ""])


def contradictions(texts: list[Text]) -> list[tuple[Text, Text, Statement, Statement]]:
    """Pairs of statements on one fact with different verdicts, each fact once for each pair of texts."""
    rows = [(text, statement) for text in texts for statement in text.checked.statements]
    found: dict[tuple[str, str, str], tuple[Text, Text, Statement, Statement]] = {}
    for (one, first), (other, second) in combinations(rows, 2):
        if first.frame == second.frame and GRADE[first.verdict] != GRADE[second.verdict]:
            found.setdefault((one.name, other.name, first.frame), (one, other, first, second))
    return list(found.values())


def told_apart(texts: list[Text], engine: Engine) -> list[tuple[frozenset[str], list[tuple[Text, Statement]]]]:
    """What several statements are about, where some of them are right and others are not, with all of them."""
    lexicon = engine.lexicon
    groups: dict[frozenset[str], list[tuple[Text, Statement]]] = {}
    for text in texts:
        for statement in text.checked.statements:
            if statement.frame not in lexicon.by_id:
                continue  # a claim that adverts make is about no two things
            terms = lexicon.held[lexicon.by_id[statement.frame]].terms
            groups.setdefault(frozenset(name for name, _ in terms if name in lexicon.entities), []).append((text, statement))
    return [(things, told) for things, told in groups.items() if things and len({GRADE[statement.verdict] for _, statement in told}) > 1]


if __name__ == "__main__":
    sys.exit(main())
