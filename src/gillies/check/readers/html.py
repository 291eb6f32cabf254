"""HTML, parsed as browsers do (Lexbor): headings and body in order, pictures' descriptions, tables by the row; nothing that only leads around the site."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gillies.check.readers.document import Document, Part, Writer
from gillies.check.readers.html_meta import meta_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SILENT = frozenset(
    """script style template noscript svg canvas iframe object embed audio video map head link meta math datalist portal frameset frame
    applet""".split()
)
"""Tags without words for a reader."""
AROUND = {
    "nav": "menus",
    "footer": "page footers",
    "form": "forms",
    "dialog": "pop-ups",
    "button": "buttons",
    "select": "forms",
    "textarea": "forms",
    "input": "forms",
}
ROLES = {
    "navigation": "menus",
    "search": "forms",
    "dialog": "pop-ups",
    "alertdialog": "pop-ups",
    "contentinfo": "page footers",
    "menu": "menus",
    "menubar": "menus",
}
JUNK = {
    "cookie": "cookie notices", "cookies": "cookie notices", "consent": "cookie notices", "gdpr": "cookie notices", "onetrust": "cookie notices",
    "nav": "menus", "navbar": "menus", "navigation": "menus", "menu": "menus", "breadcrumb": "menus", "breadcrumbs": "menus", "pagination": "menus",
    "share": "share buttons", "sharing": "share buttons", "social": "share buttons", "newsletter": "sign-up boxes", "subscribe": "sign-up boxes",
    "signup": "sign-up boxes", "popup": "pop-ups", "modal": "pop-ups", "comments": "readers' comments", "respond": "readers' comments",
    "sidebar": "side columns", "related": "links to other articles", "recommended": "links to other articles", "advert": "advertisements",
    "advertisement": "advertisements", "ads": "advertisements", "sponsored": "advertisements",
}  # fmt: skip
"""A word in `class` or `id` -> what stands in such a part."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PARTS: dict[str, Part] = {
    "p": "paragraph", "li": "item", "dt": "item", "dd": "item", "blockquote": "quote", "figcaption": "caption", "caption": "caption", "tr": "row",
}  # fmt: skip
PARTING = frozenset(
    """div section article main header footer aside address details summary fieldset legend figure ul ol dl table thead tbody tfoot hr center pre body html
    hgroup menu td th""".split()
)
ALONE = ("-text", "br", "img")
CELLS = ("td", "th")
INSIDE_A_CELL = "h1, h2, h3, h4, table, p + p, ul ul"
FEWEST_LETTERS = 200
"""A marked main part with fewer is no article."""
LEAST_SHARE = 0.2
FILE_NAME = re.compile(r"^[\w\- .]*\.(?:jpe?g|png|gif|webp|svg|avif)$|^(?:image|photo|picture|logo|icon|img[_\- ]?\d*)$", re.I)
CONTROLS = ("button", "input", "select", "textarea")
SILENT_WHY = "code"
MOST_CLOSER_LOOKS, MOST_ABOVE = 200, 60
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
WORDS = re.compile(r"[a-z]+")


def read_html(text: str) -> Document:
    """A page as its reader sees it."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    writer, left_out = Writer(), Counter[str]()
    root = _main_part(page)
    if root is not None:
        _walk(root, writer, left_out)
    return writer.document("html", meta_of(page), tuple(sorted(left_out)))


def _main_part(page: "LexborHTMLParser") -> "LexborNode | None":
    """The one part marked as the main one, where it holds a fair share of the words; else the whole body."""
    body = page.body
    if body is None:
        return page.root
    whole = len(body.text(deep=True))
    for selector in ("main, [role=main]", "article"):
        marked = [node for node in page.css(selector) if not _inside(node, selector)]
        if len(marked) == 1:
            size = len(marked[0].text(deep=True))
            if size >= FEWEST_LETTERS and size >= LEAST_SHARE * whole:
                return marked[0]
    return body


def _inside(node: "LexborNode", selector: str) -> bool:
    """Whether a node stands inside another of the same sort."""
    parent = node.parent
    return parent is not None and parent.tag is not None and any(parent.tag == name for name in selector.split(", "))


def _walk(root: "LexborNode", writer: Writer, left_out: Counter[str]) -> None:
    """Writes what a reader sees below `root`, without recursion: a hostile page may be nested a hundred thousand deep."""
    rows = 0
    for node, is_end in _events(root, left_out):
        tag = node.tag or ""
        if tag in ALONE:
            if not is_end:
                _alone(tag, node, writer, bool(rows))
        elif tag == "a":
            if is_end:
                writer.close_link()
            else:
                writer.open_link(node.attributes.get("href") or "")
        elif tag == "tr" and _is_row(node):
            rows += -1 if is_end else 1
            writer.end() if is_end else writer.begin("row")
        elif rows and (tag in CELLS or tag in PARTS or tag in PARTING):
            if is_end and tag in CELLS:
                writer.cell()
            else:
                writer.write(" ")
        else:
            _part(tag, is_end, writer)


def _alone(tag: str, node: "LexborNode", writer: Writer, in_row: bool) -> None:
    """Writes what holds nothing else: words, a line break, a picture's description."""
    if tag == "-text":
        writer.write(node.text_content or "")
    elif tag == "br":
        writer.line()
    else:
        _picture(node, writer, in_row)


def _part(tag: str, is_end: bool, writer: Writer) -> None:
    """Begins or ends a part of the text."""
    if is_end and (tag in HEADINGS or tag in PARTS or tag in PARTING):
        writer.begin("paragraph")
    elif tag in HEADINGS:
        writer.begin("heading", HEADINGS[tag])
    elif tag == "p":
        writer.end() if writer.is_inside_part() else writer.begin("paragraph")
    elif tag in PARTS:
        writer.begin(PARTS[tag])
    elif tag in PARTING:
        writer.end()


def _events(root: "LexborNode", left_out: Counter[str]) -> Iterator[tuple["LexborNode", bool]]:
    """Each node when it begins and when it ends; what is no part of the article is left out and counted."""
    doubts = Doubts(len(root.text(deep=True)))
    node: LexborNode | None = root
    is_new = True
    while node is not None:
        why = doubts.why_not(node) if is_new and node is not root else ""
        if why not in ("", SILENT_WHY):
            left_out[why] += 1
        if not why:
            yield node, not is_new
            if is_new and node.first_child is not None:
                node = node.first_child
                continue
            if is_new:
                yield node, True
        if node.mem_id == root.mem_id:
            return
        is_new = node.next is not None
        node = node.next if is_new else node.parent


class Doubts:
    """Tells what is no part of the article. It looks closer only so often, so that no page makes it slow."""

    def __init__(self, whole: int) -> None:
        """`whole`: how many characters the page has."""
        self._whole = whole
        self._left = MOST_CLOSER_LOOKS

    def why_not(self, node: "LexborNode") -> str:
        """What a node is that no reader of the article reads; "" for all others."""
        tag = node.tag or ""
        if tag == "-text":
            return ""
        if tag in SILENT or tag[0] in "-!":
            return SILENT_WHY
        told = node.attributes
        if "hidden" in told or told.get("aria-hidden") == "true" or HIDING.search(told.get("style") or ""):
            return "hidden parts"
        why = AROUND.get(tag, "") or ROLES.get((told.get("role") or "").lower(), "") or _named_like(told)
        if not why or (tag == "footer" and _stands_in_article(node)):
            return ""
        return "" if tag not in CONTROLS and self._holds_article(node) else why

    def _holds_article(self, node: "LexborNode") -> bool:
        """Whether a part that is named like a menu or a column holds the article all the same."""
        self._left -= 1
        return self._left > 0 and (node.css_first("h1, main, article") is not None or len(node.text(deep=True)) > self._whole / 2)


def _named_like(told: dict[str, str | None]) -> str:
    """What the names that a page gives a part tell of it."""
    if not told.get("class") and not told.get("id"):
        return ""
    words = WORDS.findall(f"{told.get('class') or ''} {told.get('id') or ''}".lower())
    return next((JUNK[word] for word in words if word in JUNK), "")


def _stands_in_article(node: "LexborNode") -> bool:
    """Whether it is the foot of an article, where authors and sources stand, not of the page."""
    above = node.parent
    for _ in range(MOST_ABOVE):
        if above is None:
            return False
        if above.tag in ("article", "main"):
            return True
        above = above.parent
    return False


def _is_row(node: "LexborNode") -> bool:
    """Whether a row is one of figures, not of a page laid out as a table."""
    return not any(cell.tag in CELLS and cell.css_first(INSIDE_A_CELL) for cell in node.iter())


def _picture(node: "LexborNode", writer: Writer, in_row: bool) -> None:
    """What a picture shows, where the page says it."""
    alt = " ".join((node.attributes.get("alt") or "").split())
    if not alt or FILE_NAME.match(alt):
        return
    if in_row:
        writer.write(f" {alt} ")
        return
    writer.aside("picture", alt)
