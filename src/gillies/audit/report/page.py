"""The report as one HTML page that needs nothing else. Everything that comes from files goes through `harmless`."""

from html import escape

from gillies.audit.kinds import CONFIDENCE, OF
from gillies.audit.report import words
from gillies.audit.report.figures import Counted, Picked, Summary
from gillies.screen.report.charts import Bar, Part, chart, swatch
from gillies.screen.report.html import document, section, table
from gillies.screen.report.words import clean, harmless

MOST_OPEN = 4
SURE = ("firm", "fair", "weak")


def as_page(summary: Summary) -> str:
    """The whole page."""
    body = [_head(summary)]
    if summary.kinds:
        body += [_key(), _whole(summary), *map(_kind, summary.kinds)]
    return document(words.TITLE, "\n".join([*body, _limits(), _run(summary)]))


def _head(summary: Summary) -> str:
    fine, sums = words.balance(summary)
    found = sum(summary.with_findings.values())
    tiles = [(f"{summary.rows:,}", "rows looked at"), (f"{found:,}", "worth a look"), (f"{summary.with_findings['firm']:,}", "with a firm finding")]
    if summary.run.rows_aside:
        tiles.append((f"{summary.run.rows_aside:,}", "rows set aside"))
    notes = "".join(f"<li>{harmless(clean(note, 600))}</li>" for note in filter(None, (words.made_up(summary), *summary.run.notes, *words.unread(summary))))
    files = ", ".join(clean(file, 120) for file in summary.run.files[:3])
    return f"""<header>
<p class="brand">gillies audit</p>
<h1>{words.TITLE}</h1>
{"".join(f'<p class="alarm">Stale: {harmless(line)}</p>' for line in summary.stale)}
<p class="lede">{words.UNIT}</p>
<ul class="tiles">{"".join(f"<li><b>{escape(figure)}</b> <span>{escape(what)}</span></li>" for figure, what in tiles)}</ul>
<p class="{"fine" if fine else "alarm"}">{escape(sums)}</p>
<p class="muted">{harmless(files)}, {harmless(clean(summary.run.columns))}. Looked at: {escape(words.checked(summary))}.</p>
{f'<div class="notes"><h2>Know this first</h2><ul>{notes}</ul></div>' if notes else ""}
</header>"""


def _key() -> str:
    said = "".join(f"<li>{swatch(f'i-{sure}')}<span><strong>{words.SURE[sure]}</strong>: {escape(says)}</span></li>" for sure, says in CONFIDENCE.items())
    return f"""<section class="key" aria-labelledby="key">
<h2 id="key">How sure, in three colors</h2>
<ul>{said}</ul>
</section>"""


def _whole(summary: Summary) -> str:
    bars = [Bar(kind.title, f"{kind.rows:,}", [Part(f"i-{sure}", getattr(kind, sure), f"{words.SURE[sure]}: {getattr(kind, sure):,}") for sure in SURE])
            for kind in summary.kinds]  # fmt: skip
    heads = "".join(f'<th scope="col">{words.SURE[sure]}</th>' for sure in SURE)
    cells = "".join(
        f'<tr><th scope="row"><a href="#{kind.kind}">{escape(kind.title)}</a></th>{"".join(_cell(getattr(kind, sure)) for sure in SURE)}{_cell(kind.rows)}</tr>'
        for kind in summary.kinds
    )
    figures = table("Rows by kind of finding", f'<tr><th scope="col">Finding</th>{heads}<th scope="col">Rows</th></tr>', cells)
    says = f"{words.headline(summary)} A row can have several findings."
    spoken = "; ".join(f"{kind.title} {kind.rows:,}" for kind in summary.kinds)
    return section("whole", "What was found", says, chart("kinds", "Rows by kind of finding", spoken, bars), figures)


def _cell(number: int) -> str:
    return f'<td class="{"shown" if number else "nought"}">{number:,}</td>'


def _kind(kind: Counted) -> str:
    about = OF[kind.kind]
    more = kind.sample[MOST_OPEN:]
    folded = f"<details><summary>{words.rows_of(len(more))} more of {kind.rows:,}</summary>{_rows(more)}</details>" if more else ""
    return f"""<section aria-labelledby="{kind.kind}">
<h2 id="{kind.kind}">{escape(kind.title)}</h2>
<p class="finding">{words.rows_of(kind.rows)}: {words.split(kind)}</p>
<p>{escape(about.says)}</p>
<p><strong>What to do:</strong> {escape(about.look)}</p>
{_rows(kind.sample[:MOST_OPEN])}
{folded}
</section>"""


def _rows(rows: tuple[Picked, ...]) -> str:
    return f'<ol class="lines">{"".join(map(_row, rows))}</ol>'


def _row(row: Picked) -> str:
    told = (("Why", words.said(row)), ("How sure", words.SURE[row.confidence]))
    listed = "".join(f"<div><dt>{what}</dt><dd>{harmless(value)}</dd></div>" for what, value in told)
    return f"<li><h3>{swatch(f'i-{row.confidence}')} {harmless(words.picked_title(row))}</h3><dl>{listed}</dl></li>"


def _limits() -> str:
    said = "".join(f"<li>{escape(line)}</li>" for line in words.LIMITS)
    return f"""<section class="limits" aria-labelledby="limits">
<h2 id="limits">What this does not show</h2>
<ul>{said}</ul>
<p class="muted">{words.LIST_NOTE}</p>
</section>"""


def _run(summary: Summary) -> str:
    run = summary.run
    sources = "".join(f"<li>{harmless(clean(source, 200))}</li>" for source in summary.sources)
    return f"""<footer>
<details><summary>How this was made</summary>
<p>{harmless(clean(run.engine))}, {run.seconds:,.1f} seconds, judged as of {run.on}. The registry {harmless(clean(run.registry, 200))} was made from:</p>
<ul>{sources}</ul></details>
<p>gillies informs; it does not diagnose and accuses nobody.</p>
</footer>"""
