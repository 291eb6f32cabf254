"""The report as one HTML page that needs nothing else: no script, no request, readable on a telephone, in the dark and on paper.

Everything that comes from the files goes through `harmless`, which makes it harmless both as HTML and when a table is pasted into a spreadsheet.
"""

from html import escape

from gillies.screen.report import words
from gillies.screen.report.cells import hide_small
from gillies.screen.report.charts import chart, single, stacked, swatch, tone
from gillies.screen.report.figures import Cell, Line, Row, Summary, Table
from gillies.screen.report.html import document, section, table
from gillies.screen.report.words import harmless

MOST_FLAGGED, MOST_OPEN = 50, 6


def as_page(summary: Summary, exact: bool = False) -> str:
    """The whole page. `exact`: small counts too."""
    shown = summary if exact else hide_small(summary)
    body = [_head(shown), _guard(shown)]
    if shown.ours:
        body += [_key(exact), _whole(shown)]
        body += [_breakdown(shown, name, title, says) for name, (title, says) in words.BREAKDOWNS.items()]
        body += [_audit(shown)]
    body += [_limits(), _run(shown)]
    return document(words.TITLE, "\n".join(body))


def _head(summary: Summary) -> str:
    run = summary.run
    files = words.clean(run.files[0], 120) if len(run.files) == 1 else f"{len(run.files):,} files"
    fine, sums = words.balance(summary)
    notes = "".join(f"<li>{harmless(words.clean(note, 500))}</li>" for note in run.notes)
    tiles = [
        (f"{summary.lines:,}", "lines labelled"),
        (f"{summary.ours:,}", "for care that gillies judges"),
        (f"{summary.not_ours:,}", "for other care, left alone"),
    ]
    of = words.money(summary)
    if of and summary.ours:
        tiles.append((words.dollars(of(summary.total.total)), f"{'charged' if summary.without_charge < summary.ours else 'paid'} on lines of ours"))
    return f"""<header>
<p class="brand">gillies screen</p>
<h1>{words.TITLE}</h1>
<p class="lede">{words.UNIT}</p>
<ul class="tiles">{"".join(f"<li><b>{escape(figure)}</b> <span>{escape(what)}</span></li>" for figure, what in tiles)}</ul>
<p class="{"fine" if fine else "alarm"}">{escape(sums)}</p>
<p class="muted">{harmless(files)}, read as {harmless(words.clean(run.layout))}. Rules in force on {run.knowledge_date}.</p>
{f'<div class="notes"><h2>Know this first</h2><ul>{notes}</ul></div>' if notes else ""}
</header>"""


def _guard(summary: Summary) -> str:
    flagged = summary.guard.flagged
    more = len(flagged) - MOST_FLAGGED
    sets = "".join(f"<li>{harmless(said)}</li>" for said in words.guard_sets(summary))
    listed = f"""<p class="muted">{words.LIST_NOTE}</p>
{_lines(flagged[:MOST_OPEN], summary)}
{_folded(flagged[MOST_OPEN:MOST_FLAGGED], summary)}
{f"<p><strong>And {more:,} more.</strong> The JSON report lists every one.</p>" if more > 0 else ""}"""
    return f"""<section class="guard {"bad" if flagged else "good"}" aria-labelledby="guard">
<h2 id="guard">{"Look at these first" if flagged else "Protected care"}</h2>
<p class="finding">{escape(words.guard_headline(summary))}</p>
<p>{words.guard_says(summary)}</p>
{f"<ul>{sets}</ul>" if sets else ""}
{listed if flagged else ""}
</section>"""


def _key(exact: bool) -> str:
    said = "".join(f"<li>{swatch(tone(intent))}<span>{escape(says)}</span></li>" for intent, says in words.INTENT_SAYS.items())
    if not exact:
        said += f"<li>{swatch('i-hidden')}<span>{escape(words.SMALL_NOTE)}</span></li>"
    return f"""<section class="key" aria-labelledby="key">
<h2 id="key">Four answers, four colors</h2>
<ul>{said}</ul>
</section>"""


def _whole(summary: Summary) -> str:
    total, of = summary.total, words.money(summary)
    bars = [single(total.cells[intent], total.total, intent) for intent in summary.intents]
    rows = "".join(
        f'<tr><th scope="row">{swatch(tone(intent))} {harmless(words.intent_label(intent))}</th>{_cell(cell, summary)}'
        f"<td>{escape(words.share(cell, total.total))}</td>{_paid_cell(cell, summary)}</tr>"
        for intent, cell in total.cells.items()
    )
    figures = table(
        "Lines of ours by what the care is for",
        f'<tr><th scope="col">For</th><th scope="col">Lines</th><th scope="col">Share</th>{_paid_head(summary)}</tr>',
        rows,
    )
    note = words.money_note(summary)
    small = f" Under each count: dollars {'charged' if summary.without_charge < summary.ours else 'paid'}." if of else ""
    drawn = chart("whole", "Lines by what the care is for", _spoken(total, summary), bars, total.total.lines)
    return section("whole-h", "What the care is for", f"{note}{small}", drawn, figures)


def _breakdown(summary: Summary, name: str, title: str, says: str) -> str:
    told: Table = getattr(summary, name)
    rows = [(words.row_label(name, row, summary), row) for row in told.rows]
    if told.rest:
        rows.append((words.rest_label(told.rest_kinds), told.rest))
    biggest = f"The longest is {rows[0][0]} with {words.count(rows[0][1].total)}." if rows and name not in ("by_coverage", "by_hands") else ""
    says_chart = f"One bar for each of {len(rows)}, split by what the care is for. {biggest} The table has every figure."
    # The rest would dwarf the rows it stands beside: it is in the table only.
    drawn = chart(name, title, says_chart, [stacked(row, label, summary.intents) for label, row in rows[: len(told.rows)]])
    heads = "".join(f'<th scope="col">{harmless(words.intent_label(intent))}</th>' for intent in summary.intents)
    head = f'<tr><th scope="col">{words.KEYS[name]}</th>{heads}<th scope="col">All</th>{_paid_head(summary)}</tr>'
    body = "".join(_row(label, row, summary) for label, row in rows)
    return section(f"{name}-h", title, says, drawn, table(f"{title}: lines by what the care is for", head, body))


def _row(label: str, row: Row, summary: Summary) -> str:
    cells = "".join(_cell(row.cells[intent], summary) for intent in summary.intents)
    return f'<tr><th scope="row">{harmless(label)}</th>{cells}{_cell(row.total, summary)}{_paid_cell(row.total, summary)}</tr>'


def _cell(cell: Cell, summary: Summary) -> str:
    """A count with its dollars under it."""
    of = words.money(summary)
    if cell.hidden:
        return f'<td class="hid">{escape(words.count(cell))}</td>'
    under = f"<small>{escape(words.dollars(of(cell)))}</small>" if of and cell.lines else ""
    return f'<td class="{"shown" if cell.lines else "nought"}">{escape(words.count(cell))}{under}</td>'


def _paid_head(summary: Summary) -> str:
    return '<th scope="col">Paid</th>' if summary.without_paid < summary.ours else ""


def _paid_cell(cell: Cell, summary: Summary) -> str:
    return f"<td>{escape(words.dollars(cell.paid_cents))}</td>" if summary.without_paid < summary.ours else ""


def _spoken(row: Row, summary: Summary) -> str:
    """A row of figures as a sentence, for whoever hears the chart."""
    return ", ".join(f"{words.intent_label(intent)} {words.count(row.cells[intent])}" for intent in summary.intents) + f", all {words.count(row.total)}."


def _folded(lines: tuple[Line, ...], summary: Summary) -> str:
    """Lines that open when asked for (and on paper)."""
    return f"<details><summary>The next {words.lines_of(len(lines))}</summary>{_lines(lines, summary)}</details>" if lines else ""


def _lines(lines: tuple[Line, ...], summary: Summary) -> str:
    return f'<ol class="lines">{"".join(_line(line, summary) for line in lines)}</ol>'


def _line(line: Line, summary: Summary) -> str:
    told = "".join(f"<div><dt>{escape(what)}</dt><dd>{harmless(value)}</dd></div>" for what, value in words.details(line, summary, ids=True))
    return f"<li><h3>{harmless(words.line_title(line))}</h3><dl>{told}</dl></li>"


def _audit(summary: Summary) -> str:
    classes = []
    for sample in summary.audit:
        title = f"{words.intent_label(sample.intent)}, {(words.COVERAGE.get(sample.coverage) or words.clean(sample.coverage)).lower()}"
        picked = words.lines_of(len(sample.picked))
        head = f'{swatch(tone(sample.intent))} {harmless(title)} <span class="muted">({picked})</span>'
        classes.append(f"<details><summary>{head}</summary>{_lines(sample.picked, summary)}</details>")
    return f"""<section class="audit" aria-labelledby="audit">
<h2 id="audit">Some lines to read by hand</h2>
<p>Open a class and hold a few of its lines against the patients' charts. They are picked by a fixed rule from claim and line
number, so that every run over the same lines shows the same ones.</p>
<p class="muted">{words.LIST_NOTE}</p>
{"".join(classes)}
</section>"""


def _limits() -> str:
    said = "".join(f"<li>{line}</li>" for line in words.LIMITS)
    return f"""<section class="limits" aria-labelledby="limits">
<h2 id="limits">What these figures do not show</h2>
<ul>{said}</ul>
</section>"""


def _run(summary: Summary) -> str:
    run = summary.run
    files = "".join(f"<li>{harmless(words.clean(file, 200))}</li>" for file in run.files)
    return f"""<footer>
<details><summary>How this was made</summary>
<p>{harmless(words.clean(run.engine))}, {run.seconds:,.1f} seconds. Rules in force on {run.knowledge_date}. Read as {harmless(words.clean(run.layout))}.</p>
<ul>{files}</ul></details>
<p>gillies informs; it does not diagnose and accuses nobody.</p>
</footer>"""
