"""The report for the terminal: bars of characters, 40 to 100 columns wide."""

from textwrap import wrap

from gillies.screen.report import words
from gillies.screen.report.cells import hide_small
from gillies.screen.report.figures import Cell, Line, Row, Summary, Table
from gillies.terminal import Page, Style

COLOURS = {"reconstructive": "34", "mixed": "35", "undetermined": "90", "cosmetic": "33"}
BRICKS: dict[str, tuple[str, str]] = {"reconstructive": ("█", "#"), "mixed": ("▓", "+"), "undetermined": ("░", "."), "cosmetic": ("▒", "=")}
OTHER_BRICK = ("▪", "?")
MOST_ROWS, MOST_FLAGGED, MOST_PICKED = 10, 50, 2
NAME, FIGURE, MONEY, LEAST_BAR = 22, 8, 10, 6
"""Columns of a wide terminal, in characters; a table with bigger figures gets wider ones."""


def as_text(summary: Summary, style: Style, exact: bool = False) -> str:
    """The whole report as text, ending in a newline. `exact`: small counts too."""
    shown = summary if exact else hide_small(summary)
    page = Page(style)
    _opening(page, shown)
    _guard(page, shown)
    if shown.ours:
        _intents(page, shown)
        for breakdown, (title, says) in words.BREAKDOWNS.items():
            _breakdown(page, shown, breakdown, title, says)
        _audit(page, shown)
    page.head("What these figures do not show")
    for line in words.LIMITS:
        page.item(style.sign("•", "-"), line)
    if not exact:
        page.lines.append("")
        page.text(words.SMALL_NOTE, code="2")
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _opening(page: Page, summary: Summary) -> None:
    run = summary.run
    page.text(words.TITLE, code="1")
    page.text(f"{words.lines_of(summary.ours)} for care that gillies judges; {summary.not_ours:,} for other care, which are left alone.")
    page.text(words.UNIT, code="2")
    fine, sums = words.balance(summary)
    page.item(page.look.sign("✓", "+") if fine else page.look.sign("✗", "x"), sums, indent=0, code="32" if fine else "1;31")
    files = words.clean(run.files[0]) if len(run.files) == 1 else f"{len(run.files):,} files"
    page.text(
        f"{files}, read as {words.clean(run.layout)}; rules in force on {run.knowledge_date}; {words.clean(run.engine)}, {run.seconds:,.1f} seconds.", code="2"
    )
    for note in run.notes:
        page.item("!", words.clean(note, 500), indent=0, code="33")


def _guard(page: Page, summary: Summary) -> None:
    flagged = summary.guard.flagged
    page.head("Look at these first" if flagged else "Protected care")
    page.item(page.look.sign("▲", "!") if flagged else page.look.sign("✓", "+"), words.guard_headline(summary), code="1;31" if flagged else "32")
    page.text(words.guard_says(summary), 4)
    for said in words.guard_sets(summary):
        page.item(page.look.sign("•", "-"), said, indent=4)
    for line in flagged[:MOST_FLAGGED]:
        _line(page, line, summary, ("Procedure", "Code", "Diagnoses", "Protected", "Why", "Dollars"))
    if len(flagged) > MOST_FLAGGED:
        page.text(f"… and {len(flagged) - MOST_FLAGGED:,} more; --json lists all.", 4)
    if flagged:
        page.text(words.LIST_NOTE, 4, code="2")


def _line(page: Page, line: Line, summary: Summary, wanted: tuple[str, ...] = ()) -> None:
    page.item(page.look.sign("›", ">"), words.line_title(line), indent=4, code="36")
    told = [f"{what.lower()}: {value}" for what, value in words.details(line, summary) if not wanted or what in wanted]
    page.text("; ".join(told), 6)


def _intents(page: Page, summary: Summary) -> None:
    page.head("What the care is for")
    whole, of = summary.total.total, words.money(summary)
    cells = [summary.total.cells[intent] for intent in summary.intents]
    columns = [[words.count(cell) for cell in cells], [words.share(cell, whole) for cell in cells], [words.dollars(of(cell)) if of else "" for cell in cells]]
    sizes = [max(map(len, column)) for column in columns]
    for at, intent in enumerate(summary.intents):
        figures = " ".join(f"{column[at]:>{size}}" for column, size in zip(columns, sizes, strict=True))
        label = f"{words.intent_label(intent):<8}"
        room = page.look.width - len(label) - len(figures) - 5
        page.lines.append(f"  {label} {_bar(page.look, {intent: cells[at]}, whole.lines or 0, room)} {figures}".rstrip())
    page.lines.append("")
    for intent in words.INTENT_SAYS:
        page.text(f"{_brick(page.look, intent)} {words.INTENT_SAYS[intent]}", 2, 2)
    page.text(words.money_note(summary), 2, code="2")


def _breakdown(page: Page, summary: Summary, breakdown: str, title: str, says: str) -> None:
    table: Table = getattr(summary, breakdown)
    page.head(title)
    page.text(says, 2, code="2")
    shown = table.rows[:MOST_ROWS]
    most = max((row.total.lines or 0 for row in shown), default=0)
    figure = max([FIGURE, *(len(words.count(row.total)) + 2 for row in shown), *(len(words.intent_label(intent)) + 1 for intent in summary.intents)])
    room = page.look.width - 2 - NAME - figure * (len(summary.intents) + 1) - MONEY
    if room >= LEAST_BAR:
        heads = [*map(words.intent_label, summary.intents), "All"]
        page.lines.append(" " * (2 + NAME + room) + "".join(f"{head:>{figure}}" for head in heads))
    for row in shown:
        label = words.row_label(breakdown, row, summary)
        page.lines += _wide_row(page.look, summary, label, row, most, figure, room) if room >= LEAST_BAR else _narrow_row(page.look, summary, label, row, most)
    left = len(table.rows) - MOST_ROWS + table.rest_kinds
    if left > 0:
        page.text(f"… and {left:,} more, {words.lines_of(_left(summary, table))}; --json tells more.", 2, code="2")


def _left(summary: Summary, table: Table) -> int:
    """Lines of the rows that are not shown here. (What is hidden among those shown counts as not shown: it gives nothing away.)"""
    return (summary.total.total.lines or 0) - sum(row.total.lines or 0 for row in table.rows[:MOST_ROWS])


def _wide_row(look: Style, summary: Summary, label: str, row: Row, most: int, figure: int, room: int) -> list[str]:
    """Name, bar, figures by intent, their sum, dollars: on one line."""
    counts = [words.count(row.cells[intent]) for intent in summary.intents] + [words.count(row.total)]
    figures = "".join(f"{count:>{figure}}" for count in counts) + f"{_dollars(summary, row):>{MONEY}}"
    return [f"  {_cut(label, NAME - 1):<{NAME}}{_bar(look, row.cells, most, room)}{figures}".rstrip()]


def _narrow_row(look: Style, summary: Summary, label: str, row: Row, most: int) -> list[str]:
    """Name, sum and dollars; the bar under them; then what it is made of."""
    figures = "  ".join(filter(None, (words.count(row.total), _dollars(summary, row))))
    room = look.width - len(figures) - 4
    parts = [f"{words.intent_label(intent).lower()} {words.count(row.cells[intent])}" for intent in summary.intents if row.cells[intent].lines != 0]
    below = wrap(", ".join(parts), look.width, initial_indent="    ", subsequent_indent="    ")
    return [f"  {_cut(label, room):<{room}}  {figures}", f"    {_bar(look, row.cells, most, look.width - 4)}".rstrip(), *below]


def _dollars(summary: Summary, row: Row) -> str:
    of = words.money(summary)
    return words.dollars(of(row.total)) if of else ""


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _brick(look: Style, intent: str) -> str:
    fancy, plain = BRICKS.get(intent, OTHER_BRICK)
    return look.paint(look.sign(fancy, plain), COLOURS.get(intent, "37"))


def _bar(look: Style, cells: dict[str, Cell], most: int, room: int) -> str:
    """The cells side by side, padded with blanks to `room` characters; `most` lines fill it."""
    ends, done = [], 0
    for cell in cells.values():
        done += cell.lines or 0
        ends.append(round(room * done / max(most, 1)))
    drawn = [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    bar = "".join(_brick(look, intent) * size for intent, size in zip(list(cells), drawn, strict=True))
    return bar + " " * (room - sum(drawn))


def _audit(page: Page, summary: Summary) -> None:
    page.head("Some lines to read by hand")
    page.text(f"The same lines on every run. The page and --json show ten of each class. {words.LIST_NOTE}", 2, code="2")
    for sample in summary.audit:
        title = f"{words.intent_label(sample.intent)}, {(words.COVERAGE.get(sample.coverage) or words.clean(sample.coverage)).lower()}"
        page.lines.append("")
        page.text(title, 2, code="1")
        for line in sample.picked[:MOST_PICKED]:
            _line(page, line, summary, ("Procedure", "Code", "Diagnoses", "Why", "Missing"))
