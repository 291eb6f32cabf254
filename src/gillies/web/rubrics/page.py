"""A page as what can be counted on it: sections with their words, options with their parts, sentences, links. Read from its HTML, as a browser gets it."""

import re
from collections.abc import Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

FEWEST_WORDS = 5
"""Words from which on something counts as a sentence, and not as a label."""
ASIDE = (
    "sup",
    "svg",
    "summary",
    "button",
    "input",
    "select",
    "label",
    "legend",
    "abbr",
    "figcaption",
    "form",
    "dt",
    ".visually-hidden",
    ".tag",
    ".aim-list",
    ".rung",
    ".sources",
    ".rule-name",
    ".told",
)
"""What is no running text: numbers of sources, pictures and what stands below them, labels, names of rules, the reader's own words."""
RUNNING = "p, li, dd"


class Page:
    """One page; everything is looked up when it is asked for."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(html)
        main = self.tree.css_first("main")
        assert main is not None, "every page has a main part"  # noqa: S101
        self.main = main

    def all(self, css: str) -> list[LexborNode]:
        """Everything of the main part that a selector finds."""
        return self.main.css(css)

    def says(self, css: str) -> str:
        """The words of what a selector finds first."""
        found = self.main.css_first(css)
        return words_of(found) if found else ""

    @cached_property
    def options(self) -> list[LexborNode]:
        """The options of the ladder that are open today."""
        return self.all(".option:not(.closed)")

    @cached_property
    def treatments(self) -> list[LexborNode]:
        """The options without doing nothing."""
        return [option for option in self.options if "nothing" not in (option.attributes.get("class") or "")]

    @cached_property
    def text(self) -> str:
        """All words of the main part."""
        return words_of(self.main)

    @cached_property
    def ids(self) -> set[str]:
        """Every id on the page."""
        return {node.attributes["id"] or "" for node in self.tree.css("[id]")}

    def section(self, id: str) -> str:
        """The words of the section whose heading has an id."""
        found = self.main.css_first(f'[aria-labelledby="{id}"]')
        return words_of(found) if found else ""

    @cached_property
    def sentences(self) -> list[str]:
        """The running text, each sentence once."""
        return list(dict.fromkeys(sentence for sentence in self._sentences() if len(sentence.split()) >= FEWEST_WORDS))

    def _sentences(self) -> Iterator[str]:
        whole = LexborHTMLParser(self.main.html or "")
        for css in ASIDE:  # one after the other: what stands in a part that is gone already is not to be touched
            for node in whole.css(css):
                node.decompose()
        for node in whole.css(RUNNING):
            if is_innermost(node):
                yield from re.split(r"(?<=[.?!])\s+(?=[A-Z“])", words_of(node))

    def stretches(self) -> list[int]:
        """How many words stand under each heading, before the next one; without the sources, which nobody reads through."""
        counts, running = [], 0
        for node in self.all("h1, h2, h3, h4, summary, dt, p, li, dd, figcaption"):
            if node.tag in ("h1", "h2", "h3", "h4", "summary", "dt"):
                counts.append(running)
                running = 0
            elif is_innermost(node) and not _in_sources(node):
                running += len(words_of(node).split())
        return [*counts, running]


def _in_sources(node: LexborNode) -> bool:
    parent: LexborNode | None = node
    while parent is not None:
        if "sources" in (parent.attributes.get("class") or "").split():
            return True
        parent = parent.parent
    return False


def is_innermost(node: LexborNode) -> bool:
    """Whether no other line of text stands in it (a search below a node finds the node too)."""
    return len(node.css(RUNNING)) == (node.tag in ("p", "li", "dd"))


def words_of(node: LexborNode) -> str:
    """The words of a part of the page, in one line."""
    return " ".join(node.text(separator=" ").split())


def has(node: LexborNode, css: str, fewest: int = 1) -> bool:
    """Whether a part of the page holds so many of something."""
    return len(node.css(css)) >= fewest
