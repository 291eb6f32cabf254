"""What an HTML page tells of itself: its title, authors, dates, publisher; from JSON-LD, meta tags and marked words, in this order."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from gillies.check.readers.document import Meta, is_address, seen

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

LONGEST, MOST_AUTHORS, MOST_LINKED, MOST_OBJECTS = 300, 20, 200_000, 2_000
TAGS = {
    "title": ("og:title", "citation_title", "dc.title"),
    "author": ("author", "article:author", "citation_author", "dc.creator", "parsely-author"),
    "published": ("article:published_time", "citation_publication_date", "date", "dc.date", "pubdate", "publish-date", "last-published"),
    "changed": ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "last-reviewed"),
    "publisher": ("og:site_name", "dc.publisher", "citation_publisher"),
}
ARTICLES = ("article", "newsarticle", "blogposting", "medicalwebpage", "webpage", "scholarlyarticle", "healthtopiccontent", "report")


def meta_of(page: "LexborHTMLParser") -> Meta:
    """What the page tells."""
    told = _tags(page)
    linked = _linked(page)
    titles = [*_names(linked.get("headline")), *told["title"], *_words(page, "title"), *_words(page, "h1")]
    authors = [*_names(linked.get("author")), *told["author"], *_words(page, "[itemprop=author], [rel=author]")]
    published = [*_names(linked.get("datePublished")), *told["published"], *_times(page)]
    changed = [*_names(linked.get("dateModified")), *_names(linked.get("lastReviewed")), *told["changed"]]
    publishers = [*_names(linked.get("publisher")), *told["publisher"]]
    address = page.css_first("link[rel=canonical]")
    return Meta(
        _first(titles), tuple(dict.fromkeys(_short(name) for name in authors if name.strip() and not is_address(name)))[:MOST_AUTHORS],
        _first(published), _first(changed), _first(publishers), _short((address.attributes.get("href") if address else "") or ""),
    )  # fmt: skip


def _short(value: str) -> str:
    return " ".join(seen(value).split())[:LONGEST]


def _first(values: list[str]) -> str:
    return next((_short(value) for value in values if value.strip()), "")


def _tags(page: "LexborHTMLParser") -> dict[str, list[str]]:
    """The contents of the meta tags that we know."""
    given: dict[str, list[str]] = {}
    for node in page.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        given.setdefault(name.lower(), []).append(node.attributes.get("content") or "")
    return {what: [value for name in names for value in given.get(name, [])] for what, names in TAGS.items()}


def _words(page: "LexborHTMLParser", selector: str) -> list[str]:
    return [node.text(deep=True) for node in islice(page.css(selector), MOST_AUTHORS)]


def _times(page: "LexborHTMLParser") -> list[str]:
    return [node.attributes.get("datetime") or "" for node in islice(page.css("time[datetime]"), 1)]


def _linked(page: "LexborHTMLParser") -> dict[str, Any]:
    """The first object of JSON-LD that describes an article; what cannot be read is passed over."""
    for node in page.css('script[type="application/ld+json"]'):
        raw = node.text(deep=True)
        if len(raw) > MOST_LINKED:
            continue
        try:
            held = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        for item in islice(_objects(held), MOST_OBJECTS):
            kinds = item.get("@type")
            if any(str(kind).lower() in ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return item
    return {}


def _objects(held: Any) -> Iterator[dict[str, Any]]:
    """Every object of the first levels."""
    waiting = [held]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.get("@graph", []) if isinstance(value, dict)] if isinstance(one.get("@graph"), list) else []
        elif isinstance(one, list):
            waiting += one[:MOST_OBJECTS]


def _names(value: Any) -> list[str]:
    """The names in a value of JSON-LD: a text, an object with a name, or a list of them."""
    listed = value if isinstance(value, list) else [value]
    found = [one.get("name") if isinstance(one, dict) else one for one in listed[:MOST_AUTHORS]]
    return [one for one in found if isinstance(one, str)]
