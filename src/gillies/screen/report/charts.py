"""Bars drawn as SVG: no script, no outside file, readable at any width.

Widths are percents of whatever room there is while letters keep their size, so nothing shrinks on a telephone. Colours come from the page's
style sheet by class, so that they follow light, dark and print.
"""

from typing import NamedTuple

from gillies.screen.report import words
from gillies.screen.report.figures import INTENTS, Cell, Row
from gillies.screen.report.words import harmless

LABEL, BAR, GAP = 18, 14, 14
LONGEST_LABEL = 34
LEAST = 0.4
"""Percent: a bar with anything in it can be seen."""


class Part(NamedTuple):
    """A piece of a bar: its style, its length, and what it says when pointed at."""

    style: str
    lines: int
    says: str


class Bar(NamedTuple):
    """A bar: its name, the figure at its end, its pieces."""

    name: str
    figure: str
    parts: list[Part]


def stacked(row: Row, name: str, intents: tuple[str, ...]) -> Bar:
    """A row with its intents side by side. What is hidden of a sum that shows is hatched, in one piece."""
    parts = [_part(intent, row.cells[intent]) for intent in intents]
    unseen = max((row.total.lines or 0) - sum(part.lines for part in parts), 0)  # a total that is itself hidden tells nothing of the rest
    return Bar(name, words.count(row.total), [*parts, Part("i-hidden", unseen, f"Hidden: {unseen:,}")])


def single(cell: Cell, whole: Cell, intent: str) -> Bar:
    """One intent of the whole."""
    return Bar(words.intent_label(intent), " · ".join(filter(None, (words.count(cell), words.share(cell, whole)))), [_part(intent, cell)])


def chart(id: str, title: str, says: str, bars: list[Bar], whole: int | None = None) -> str:
    """The bars under one another; the longest, or else the `whole`, fills the width.

    A screen reader hears title and `says`; the figures stand in the table beside.
    """
    most = whole or max((sum(part.lines for part in bar.parts) for bar in bars), default=0)
    step = LABEL + BAR + GAP
    height = max(len(bars) * step - GAP, 0) + 1
    drawn = "\n".join(_bar(bar, at * step, most, bool(whole)) for at, bar in enumerate(bars))
    return (
        f'<svg class="chart" role="img" aria-labelledby="{id}-t {id}-d" width="100%" height="{height}">'
        f'<title id="{id}-t">{harmless(title)}</title><desc id="{id}-d">{harmless(says)}</desc>\n{drawn}\n</svg>'
    )


def swatch(style: str) -> str:
    """A square of a colour, for the key."""
    return f'<svg class="swatch" width="14" height="14" aria-hidden="true"><rect class="{style}" width="14" height="14" rx="3"/></svg>'


def tone(intent: str) -> str:
    """The style class of an intent; the same for whatever is not one of ours."""
    return f"i-{intent}" if intent in INTENTS else "i-other"


def _part(intent: str, cell: Cell) -> Part:
    return Part(tone(intent), cell.lines or 0, f"{words.intent_label(intent)}: {words.count(cell)}")


def _bar(bar: Bar, top: int, most: int, track: bool) -> str:
    name = bar.name if len(bar.name) <= LONGEST_LABEL else bar.name[: LONGEST_LABEL - 1] + "…"
    # An inner svg clips what is wider than its room, whatever the letters.
    texts = f'<svg width="74%" y="{top}" height="{LABEL - 1}"><text y="12">{harmless(name)}</text></svg>'
    figure = f'<text class="figure" x="100%" y="{top + 12}">{harmless(bar.figure)}</text>'
    rects, at = [f'<rect class="track" x="0" y="{top + LABEL}" width="100%" height="{BAR}"/>'] if track else [], 0.0
    for part in bar.parts:
        if part.lines:
            wide = max(100 * part.lines / most, LEAST)
            place = f'x="{at:.2f}%" y="{top + LABEL}" width="{wide:.2f}%" height="{BAR}"'
            rects.append(f'<rect class="{part.style}" {place}><title>{harmless(part.says)}</title></rect>')
            at += wide
    return texts + figure + "".join(rects)
