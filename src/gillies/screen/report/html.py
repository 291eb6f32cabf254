"""The frame of a report as one HTML page, for `screen` and `audit` alike. Whatever comes from files goes through `words.harmless` first."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from gillies.screen.report.words import harmless

CSS = Path(__file__).with_name("page.css")


def document(title: str, body: str) -> str:
    """A page with nothing from elsewhere."""
    style = CSS.read_text(encoding="utf-8")
    # The style sheet is named by its hash, so that no other style, and no script at all, can run even if something slipped through.
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{harmless(title)}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


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
