"""The report for the terminal."""

from gillies.audit.kinds import CONFIDENCE, OF
from gillies.audit.report import words
from gillies.audit.report.figures import Counted, Summary
from gillies.screen.report.words import clean
from gillies.terminal import Page, Style

BRICKS: dict[str, tuple[str, str]] = {"firm": ("█", "#"), "fair": ("▓", "+"), "weak": ("░", ".")}
COLOURS = {"firm": "35", "fair": "34", "weak": "90"}
MOST_PICKED, WIDEST_BAR = 2, 40


def as_text(summary: Summary, style: Style) -> str:
    """The whole report as text, ending in a newline."""
    page = Page(style)
    for line in summary.stale:
        page.text(f"STALE: {line}", 0, 7, code="1;31")
    if summary.stale:
        page.lines.append("")
    _opening(page, summary)
    if summary.kinds:
        _key(page)
        most = max(kind.rows for kind in summary.kinds)
        for kind in summary.kinds:
            _kind(page, kind, most)
        page.lines.append("")
        page.text(words.LIST_NOTE, code="2")
    page.head("What this does not show")
    for line in words.LIMITS:
        page.item(style.sign("•", "-"), line)
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _opening(page: Page, summary: Summary) -> None:
    page.text(words.TITLE, code="1")
    page.text(words.UNIT, code="2")
    page.lines.append("")
    sure = words.by_confidence(summary)
    page.text(words.headline(summary) + (f" By the surest finding of each: {sure}." if sure else ""), code="1")
    fine, sums = words.balance(summary)
    page.item(page.look.sign("✓", "+") if fine else page.look.sign("✗", "x"), sums, indent=0, code="32" if fine else "1;31")
    page.text(f"Looked at: {words.checked(summary)}.", code="2")
    files = ", ".join(map(clean, summary.run.files[:3]))
    page.text(f"{files}, {clean(summary.run.columns)}; {clean(summary.run.engine)}, {summary.run.seconds:,.1f} seconds.", code="2")
    page.text(f"Registry: {'; '.join(clean(source, 100) for source in summary.sources)}.", code="2")
    for note in filter(None, (words.made_up(summary), *summary.run.notes, *words.unread(summary))):
        page.item("!", clean(note, 600), indent=0, code="33")


def _key(page: Page) -> None:
    page.head("How sure")
    for sure, says in CONFIDENCE.items():
        page.item(_brick(page.look, sure), f"{words.SURE[sure]}: {says}")


def _kind(page: Page, kind: Counted, most: int) -> None:
    page.head(f"{kind.title}: {words.rows_of(kind.rows)}")
    room = min(page.look.width - 4, WIDEST_BAR)
    drawn = "".join(_brick(page.look, sure) * _length(number, most, room) for sure, number in (("firm", kind.firm), ("fair", kind.fair), ("weak", kind.weak)))
    page.lines.append(f"  {drawn} {words.split(kind)}")
    about = OF[kind.kind]
    page.text(f"{about.says} {about.look}", 2, code="2")
    for row in kind.sample[:MOST_PICKED]:
        page.item(page.look.sign("›", ">"), words.picked_title(row), indent=4, code="36")
        page.text(f"{words.SURE[row.confidence].lower()}: {words.said(row)}", 6)


def _length(number: int, most: int, room: int) -> int:
    """A bar with anything in it can be seen."""
    return max(round(room * number / most), 1) if number else 0


def _brick(look: Style, sure: str) -> str:
    fancy, plain = BRICKS[sure]
    return look.paint(look.sign(fancy, plain), COLOURS[sure])
