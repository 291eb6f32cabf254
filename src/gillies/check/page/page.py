"""The whole page. Everything that comes from the document goes through `harmless`; nothing but the style sheet, named by its hash, can run or load."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import Path
from unicodedata import category

from gillies import __version__
from gillies.assess.answer import SourceOut
from gillies.check.answer import Checked, Statement
from gillies.check.page.chunks import Chunk, Mark, chunks, unmarked_sentences
from gillies.check.page.score import score_section
from gillies.check.readers.document import Document
from gillies.check.say import CAUTION
from gillies.check.say import place as place_name
from gillies.check.score.held import Score
from gillies.check.terminal import BY_PLACE, LOOKS, called
from gillies.htmlfile import framed
from gillies.tell import copy_read

PAGE_CSS, CHECKED_CSS = (Path(__file__).with_name(name) for name in ("page.css", "checked.css"))
"""How a page of its own looks; how a checked text looks wherever it is shown, inside class `checked`."""
SAYS = {
    "supported": "Our sources say so.",
    "contradicted": "Our sources say otherwise.",
    "misleading": "True in part, too strong, or it leaves out what matters.",
    "disputed": "The sources differ; both sides are told.",
    "nobody can check it": "No source could settle it.",
    BY_PLACE: "Some places forbid it in adverts.",
}
"""What a verdict is called, and what that means."""
KINDS = {"text": "plain text", "markdown": "Markdown", "html": "an HTML page", "pdf": "a PDF", "word": "a Word file"}
PARTS = {"heading": "h3", "item": "p", "quote": "blockquote", "caption": "p", "picture": "p", "note": "p", "row": "p", "paragraph": "p"}
LEFT_ALONE = (
    "Questions, advice, wishes and opinion are no statements of fact, so they get no verdict. Nor does a statement on which we hold no fact. "
    "A sentence without a mark may be right or wrong."
)


def as_page(document: Document, checked: Checked, score: Score | None, file: str, on: date) -> str:
    """The page of a document. `file`: its name; `on`: the day that was judged by."""
    title = title_of(document, file)
    body = f"{_head(document, checked, title)}\n{sections(document, checked, score, file, on)}"
    return framed(f"Checked: {harmless(title)}", body, PAGE_CSS.read_text(encoding="utf-8") + CHECKED_CSS.read_text(encoding="utf-8"), "checked")


def title_of(document: Document, file: str) -> str:
    """What a document is called: by itself, by its first heading, else as its file."""
    return " ".join((document.meta.title or _first_heading(document) or file).split())


def sections(document: Document, checked: Checked, score: Score | None, file: str, on: date) -> str:
    """What follows the head of a page: the text with its verdicts, the score, what was left alone, how it was made."""
    body = [_text(document, checked)]
    if score:
        body.append(score_section(score, harmless, source_line))
    return "\n".join([*body, _left_alone(document, checked), _made(document, file, on)])


def harmless(words: str) -> str:
    """Words fit for HTML, without signs that steer or turn the direction of a page's text."""
    if words.isascii() and words.isprintable():
        return escape(words)
    return escape("".join(c if c in "\n\t" or category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else "\ufffd" for c in words))


def source_line(source: SourceOut, place: str = "") -> str:
    """Publisher, title, date and address of a source; `place`: where in it."""
    dated = f"{harmless(source.published)}, " if source.published else ""
    second = "; another's account" if source.secondary else ""
    late = "; due to be read again" if source.overdue else ""
    copy = copy_read(source.url, source.read_at)
    read = f" Read at {_address(copy)}" if copy else ""
    where = f" At: {harmless(place)}." if place else ""
    told = f"{harmless(source.publisher)}: <cite>{harmless(source.title)}</cite>, {dated}read {harmless(source.looked_up)}{second}{late}."
    return f"{told}{where} {_address(source.url)}{read}"


def _address(url: str) -> str:
    told = harmless(url)
    return f'<a class="address" href="{told}" rel="noreferrer noopener">{told}</a>' if url.startswith(("https://", "http://")) else told


def _first_heading(document: Document) -> str:
    """The heading that a document opens with."""
    first = document.stretches[0] if document.stretches else None
    return document.text[first.start : first.end] if first and first.part == "heading" else ""


def _head(document: Document, checked: Checked, title: str) -> str:
    own = of_itself(document)
    return f"""<header>
<p class="brand">gillies check</p>
<h1>{harmless(title)}</h1>
{f'<p class="muted">The file tells of itself: {harmless(own)}.</p>' if own else ""}
<p class="lede">{harmless(found(checked))}</p>
{tiles(checked)}
</header>"""


def of_itself(document: Document) -> str:
    """What a file tells of itself, in a row."""
    meta = document.meta
    told = [
        f"by {', '.join(meta.authors)}" if meta.authors else "", meta.publisher, f"published {meta.published[:10]}" if meta.published else "",
        f"changed {meta.changed[:10]}" if meta.changed else "",
    ]  # fmt: skip
    return "; ".join(filter(None, told))


def found(checked: Checked) -> str:
    """How much was found, as a sentence or two."""
    number = len(checked.statements)
    if not number:
        return "No statement was found that we hold a fact on. That says nothing about whether the text is right."
    several = f"{number} {'statement' if number == 1 else 'statements'} could be held against what we know."
    return f"{several} The words are marked in the text, and each verdict stands beside them with its reason and its sources. {CAUTION}"


def tiles(checked: Checked) -> str:
    """How many statements have which verdict."""
    counts = Counter((statement.verdict, called(statement)) for statement in checked.statements)
    listed = "".join(
        f'<li class="v-{verdict}"><b><span class="sign" aria-hidden="true">{look[0]}</span> {counts[verdict, name]}</b> <span class="name">{name}</span>'
        f" <small>{SAYS[name]}</small></li>"
        for verdict, look in LOOKS.items()
        for name in SAYS
        if counts[verdict, name]
    )
    return f'<ul class="tiles">{listed}</ul>' if listed else ""


def _text(document: Document, checked: Checked) -> str:
    rows = "\n".join(_row(chunk, document.text, checked) for chunk in chunks(document, checked.statements))
    return f"""<section class="text" aria-labelledby="text">
<h2 id="text">The text, and what was found</h2>
{rows}
</section>"""


def _row(chunk: Chunk, text: str, checked: Checked) -> str:
    """A piece of the text, and its verdicts."""
    tag = PARTS[chunk.stretch.part]
    words = _marked(chunk, text)
    page = f'<span class="muted">Page {chunk.stretch.page}</span>' if chunk.stretch.page > 1 and chunk.stretch.part == "heading" else ""
    cards = "".join(_card(mark, checked) for mark in chunk.marks)
    found = f'<div class="found">{cards}</div>' if cards else ""
    return f'<div class="row"><div class="said">{page}<{tag} class="is-{chunk.stretch.part}">{words}</{tag}></div>{found}</div>'


def _marked(chunk: Chunk, text: str) -> str:
    """The words of a piece, each statement marked with sign and number. A statement inside another has its verdict, and no mark of its own."""
    made, at = [], chunk.end - len(text[chunk.start : chunk.end].lstrip())
    for number, statement in chunk.marks:
        start, end = statement.span[0], min(statement.span[1], chunk.end)
        sign = LOOKS[statement.verdict][0]
        link = f'<a class="to" href="#v{number}" id="t{number}" aria-label="{called(statement)}, verdict {number}">{sign}{number}</a>'
        if start < at:
            made.append(f'<span class="v-{statement.verdict}">{link}</span>')
            continue
        made += [harmless(text[at:start]), f'<mark class="v-{statement.verdict}">{harmless(text[start:end])}{link}</mark>']
        at = end
    return "".join(made) + harmless(text[at : chunk.end])


def _card(mark: Mark, checked: Checked) -> str:
    """A verdict: its sign, number and word; why; the sides of a dispute; the sources."""
    number, statement = mark
    sign = LOOKS[statement.verdict][0]
    cites = (*statement.cites, *(cite for side in statement.sides for cite in side.cites))
    sides = "".join(f"<li><b>{harmless(side.who)}:</b> {harmless(side.say)}</li>" for side in statement.sides)
    return f"""<article class="card v-{statement.verdict}" id="v{number}">
<h3><a href="#t{number}"><span class="sign" aria-hidden="true">{sign}</span> {number} {called(statement)}</a></h3>
<p>{harmless(statement.why)}</p>
{f"<ul>{sides}</ul>" if sides else ""}{_fairer(statement)}{_sources(cites, checked)}{_rules(statement, checked)}
</article>"""


def _fairer(statement: Statement) -> str:
    return f"<p>Fairer: {harmless(statement.advert.fairer)}</p>" if statement.advert else ""


def _rules(statement: Statement, checked: Checked) -> str:
    """What rules on adverts say of it, each with its place and its sources; folded, since there may be a dozen."""
    rules = statement.advert.rules if statement.advert else ()
    if not rules:
        return ""
    listed = "".join(f"<li><b>{harmless(place_name(rule.place))}:</b> {harmless(rule.say)}{_listed(rule.cites, checked)}</li>" for rule in rules)
    named = ", ".join(dict.fromkeys(place_name(rule.place) for rule in rules))
    return f'<details class="rules"><summary>Rules on adverts: {harmless(named)}</summary><ul>{listed}</ul></details>'


def _sources(cites: Iterable[str], checked: Checked) -> str:
    """Sources, folded under the names of who published them."""
    named = "; ".join(dict.fromkeys(checked.sources[cite.partition(" @ ")[0]].publisher for cite in cites))
    return f"<details><summary>Sources: {harmless(named)}</summary>{_listed(cites, checked)}</details>" if named else ""


def _listed(cites: Iterable[str], checked: Checked) -> str:
    """Each source once, with the places in it."""
    places: dict[str, list[str]] = {}
    for key, _, place in (cite.partition(" @ ") for cite in dict.fromkeys(cites)):
        places.setdefault(key, []).append(place)
    listed = "".join(f"<li>{source_line(checked.sources[key], '; '.join(filter(None, where)))}</li>" for key, where in places.items())
    return f'<ul class="sources">{listed}</ul>'


def _left_alone(document: Document, checked: Checked) -> str:
    without, whole = unmarked_sentences(document, checked.statements)
    skipped = f"<p>Not read in the file: {harmless(', '.join(document.left_out))}.</p>" if document.left_out else ""
    return f"""<section aria-labelledby="left">
<h2 id="left">What was left alone</h2>
<p>{without:,} of {whole:,} {"sentence" if whole == 1 else "sentences"} carry no mark. {LEFT_ALONE}</p>
{skipped}</section>"""


def _made(document: Document, file: str, on: date) -> str:
    pages = f" of {document.pages} {'page' if document.pages == 1 else 'pages'}" if document.pages else ""
    return f"""<footer>
<h2>How this was made</h2>
<p>gillies {__version__} read {harmless(file)}, {KINDS[document.kind]}{pages}, and held each sentence against facts that people looked up and cited,
as they stood on {on}. No text generator took part: the same text gives the same verdicts. Nothing was fetched, stored or sent.</p>
<p>gillies informs; it does not diagnose, and it judges statements, not people.</p>
</footer>"""
