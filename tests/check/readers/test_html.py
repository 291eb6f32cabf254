"""HTML is read as its reader sees it."""

import pytest

from gillies.check.readers.open import read_bytes
from gillies.errors import InputError

PAGE = """<!doctype html><html lang="en"><head><title>Nose surgery | A Clinic</title>
<meta name="author" content="Dr Ann Lee, MD"><meta property="article:modified_time" content="2025-02-03">
<script type="application/ld+json">{"@graph": [{"@type": "Article", "datePublished": "2024-03-01", "publisher": {"name": "A Clinic"}}]}</script>
<style>p { color: red }</style></head>
<body><div id="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>
<header><nav><a href="/">Home</a></nav></header>
<main><h1>Nose surgery</h1>
<p>A nose job <a href="https://example.org/study"> (a study)</a> can help you&nbsp;breathe.<br>It <b>hurt</b>s.</p>
<figure><img src="a.jpg" alt="A nose from the side"><figcaption>Before</figcaption></figure><img src="b.jpg" alt="IMG_1234.jpg">
<h2>Risks</h2><ul><li>Swelling</li><li><p>Bleeding</p></li></ul>
<table><caption>Recovery</caption><tr><th>Step</th><th>Weeks</th></tr><tr><td><p>Splint</p></td><td>1</td></tr></table>
<p>of\u00adfice \ufb01rst</p><p hidden>hidden words</p><p style="display: none">more of them</p><script>alert("x")</script><!-- a note -->
<footer>Sources: Lee 2024.</footer></main>
<div class="newsletter"><p>Sign up!</p></div><footer>All rights reserved</footer></body></html>"""


def read(text, ending=".html"):
    return read_bytes(text.encode() if isinstance(text, str) else text, ending, "page.html")


def parts(document):
    return [(piece.part, document.text[piece.start : piece.end]) for piece in document.stretches]


def test_headings_and_body_in_order_and_nothing_else():
    assert parts(read(PAGE)) == [
        ("heading", "Nose surgery"),
        ("paragraph", "A nose job (a study) can help you breathe.\nIt hurts."),
        ("picture", "A nose from the side"),
        ("caption", "Before"),
        ("heading", "Risks"),
        ("item", "Swelling"),
        ("item", "Bleeding"),
        ("caption", "Recovery"),
        ("row", "Step | Weeks"),
        ("row", "Splint | 1"),
        ("paragraph", "office first"),
        ("paragraph", "Sources: Lee 2024."),
    ]


def test_what_was_left_out_is_said():
    assert read(PAGE.replace("<main>", "<div>").replace("</main>", "</div>")).left_out == (
        "cookie notices", "hidden parts", "menus", "page footers", "sign-up boxes",
    )  # fmt: skip


def test_what_the_page_tells_of_itself():
    meta = read(PAGE).meta
    assert (meta.title, meta.authors, meta.published, meta.changed, meta.publisher) == (
        "Nose surgery | A Clinic", ("Dr Ann Lee, MD",), "2024-03-01", "2025-02-03", "A Clinic",
    )  # fmt: skip


def test_links_stand_at_their_words():
    document = read(PAGE)
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [("(a study)", "https://example.org/study")]


def test_a_column_that_holds_the_article_is_kept():
    assert "Botox fades" in read('<div class="has-sidebar menu"><h1>Botox</h1><p>Botox fades.</p></div>').text


def test_a_page_laid_out_as_a_table_is_no_table():
    document = read("<table><tr><td><h1>Fillers</h1><p>One.</p><p>Two.</p></td></tr></table>")
    assert parts(document) == [("heading", "Fillers"), ("paragraph", "One."), ("paragraph", "Two.")]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("<p>na\u00efve</p>".encode("cp1252"), "naïve"),
        ('<meta charset="iso-8859-1"><p>na\u00efve \u201cyes\u201d</p>'.encode("cp1252"), "naïve “yes”"),
        ('<meta charset="utf-16"><p>na\u00efve</p>'.encode(), "naïve"),
        ("<p>na\u00efve</p>".encode("utf-16"), "naïve"),
        ('<meta http-equiv="content-type" content="text/html; charset=shift_jis"><p>\u9f3b</p>'.encode("shift_jis"), "鼻"),
    ],
)
def test_encodings(raw, told):
    assert read(raw).text == told


def test_a_page_is_known_by_its_content():
    assert read("<!-- saved from url -->\n<html><p>Botox fades.</p></html>", ".txt").kind == "html"
    assert read("a < b and <b> is bold", ".txt").kind == "text"


@pytest.mark.parametrize(
    "raw",
    ["<div>" * 100_000 + "x", "<main>" + "<div class=menu>" * 5_000 + "x", "<table><tr><td>" * 5_000 + "x"],
    ids=["divs", "menus", "tables"],
)
def test_a_page_nested_too_deep_is_refused(raw):
    with pytest.raises(InputError, match="inside one another"):
        read(raw)


@pytest.mark.parametrize("piece", ["<script>", "<!--", "<a href=https://a.org>x</a>", "<p><b>x</b>", "<li>x", '<img alt="x y">'])
def test_a_page_of_one_piece_many_times_is_read_or_refused(piece):
    try:
        assert read(piece * 20_000).text
    except InputError as refused:
        assert "there is no text" in str(refused) or "inside one another" in str(refused)  # noqa: PT017  # both are right


def test_a_page_without_words_is_refused():
    with pytest.raises(InputError, match="there is no text to check"):
        read("<html><body><script>alert(1)</script></body></html>")
