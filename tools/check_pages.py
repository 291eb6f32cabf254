"""Publishes what `gillies check` says of texts: docs/check/, a page for each and one on where they contradict one another.

    python tools/check_pages.py FOLDER        # every .txt and .md of the folder, in order of their names

The texts themselves are not published; a page quotes the statements that were judged. The same texts and knowledge give the same pages.
"""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from gillies.assess.answer import SourceOut
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
    written: str
    checked: Checked
    stated: int


class Said(msgspec.Struct, forbid_unknown_fields=True):
    """Words of an article (the name of its file without its ending)."""

    article: str
    quote: str


class Contradiction(msgspec.Struct, forbid_unknown_fields=True):
    """Where articles contradict one another or themselves, and the statements that tell what is so (docs/check/contradictions.yaml)."""

    about: str
    said: list[Said]
    facts: list[str]


def main(argv: list[str] | None = None) -> int:
    """Writes the pages; 0 done, 2 no text in the folder, or words in contradictions.yaml that stand in none."""
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
    apart = msgspec.yaml.decode((OUT / "contradictions.yaml").read_bytes(), type=list[Contradiction])
    if wrong := [
        said.quote for one in apart for said in one.said for text in texts if text.name == said.article and folded(said.quote) not in folded(text.written)
    ]:
        print(f"contradictions.yaml quotes words that its article does not have: “{wrong[0]}”", file=sys.stderr)
        return 2
    for text in texts:
        (OUT / f"{text.name}.md").write_text(page(text), encoding="utf-8")
    (OUT / "README.md").write_text(overview(texts, told.on, engine, apart), encoding="utf-8")
    return 0


def read(path: Path, number: int, engine: Engine, on: date) -> Text:
    """One text, checked."""
    text = path.read_text(encoding="utf-8")
    listed = sentences(without_markup(text), engine.lexicon)
    stated = sum(is_assertion(sentence, text) for sentence in listed)
    return Text(path.stem, f"Article {number}", text, engine.check(text, on), stated)


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
    lines += listed(numbers, text.checked.sources)
    return "\n".join([*lines, "", "Made by `tools/check_pages.py`; do not edit.", ""])


def counted(found: tuple[Statement, ...]) -> str:
    """`3 supported, 1 misleading`."""
    counts = Counter(statement.verdict for statement in found)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in SIGNS if counts[verdict]) or "none"


def quoted(statement: Statement) -> str:
    """The words of a statement on one line."""
    return folded(statement.quote)


def marks(cites: tuple[str, ...], numbers: dict[str, int]) -> str:
    """`[1][3]` for the sources cited."""
    keys = dict.fromkeys(cite.partition(" @ ")[0] for cite in cites)
    return "".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in keys)


def overview(texts: list[Text], on: date, engine: Engine, apart: list[Contradiction]) -> str:
    """The page on all of them."""
    titles = {text.name: text.title for text in texts}
    lines = ["# Articles, checked", "", f"What `gillies check` says of {len(texts)} articles on {on}, every verdict with its sources.", ""]
    lines += ["| article | judged | verdicts |", "|---|---|---|"]
    lines += [f"| [{t.title}]({t.name}.md) | {len(t.checked.statements)} | {counted(t.checked.statements)} |" for t in texts]
    lines += ["", "## Where they contradict one another, or themselves", ""]
    lines += ["Found by reading them side by side (contradictions.yaml); what is so comes from the records, with their sources.", ""]
    numbers: dict[str, int] = {}
    for one in apart:
        here = [said for said in one.said if said.article in titles]
        if len(here) > 1:
            lines += [f"### {one.about}", "", *(f"- {titles[said.article]}: “{said.quote}”" for said in here), ""]
            held = [engine.lexicon.held[engine.lexicon.by_id[fact]] for fact in one.facts]
            lines += [f"What is so: {' '.join(f'{frame.why} {marks(frame.cites, numbers)}' for frame in held)}", ""]
    lines += ["## The same thing, right in one place and not in another", ""]
    for things, told in told_apart(texts, engine):
        lines += [f"**{' and '.join(sorted(things)).replace('-', ' ')}**", ""]
        lines += [*(f"- {text.title}, {statement.verdict}: “{quoted(statement)}”" for text, statement in told), ""]
    lines += ["## Sources", "", *listed(numbers, {key: SourceOut.of(engine.sources[key], on) for key in numbers}), ""]
    return "\n".join([*lines, "Made by `tools/check_pages.py`; do not edit.", ""])


def listed(numbers: dict[str, int], sources: dict[str, SourceOut]) -> list[str]:
    """The sources by their numbers, a line each."""
    return [
        f"{number}. [{sources[key].title}]({sources[key].url}). {sources[key].publisher}, read {sources[key].looked_up}." for key, number in numbers.items()
    ]


def folded(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


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
