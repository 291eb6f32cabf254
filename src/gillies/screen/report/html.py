"""The frame of a report as one HTML page, for `screen` and `audit` alike. Whatever comes from files goes through `words.harmless` first."""

from html import escape
from pathlib import Path

from gillies.htmlfile import framed
from gillies.screen.report.words import harmless

CSS = Path(__file__).with_name("page.css")


def document(title: str, body: str) -> str:
    """A page with nothing from elsewhere."""
    return framed(harmless(title), body, CSS.read_text(encoding="utf-8"))


def section(id: str, title: str, says: str, drawn: str, figures: str) -> str:
    """A heading, a sentence, a picture and the table with its figures."""
    return f"""<section aria-labelledby="{id}">
<h2 id="{id}">{escape(title)}</h2>
<p class="muted">{escape(says)}</p>
<div class="pair"><div class="drawn">{drawn}</div>
{figures}</div>
</section>"""


def table(caption: str, head: str, body: str) -> str:
    """A table that scrolls by itself where the page is narrow; the keyboard can reach it to do so."""
    said = escape(caption)
    drawn = f"<table><caption>{said}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll" role="region" aria-label="{said}" tabindex="0">{drawn}</div>'
