"""The page: whole, readable without a script, and harmless whatever the document holds."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gillies.check.page.chunks import chunks, unmarked_sentences
from gillies.check.page.page import as_page
from gillies.check.readers.document import Document, Link, Meta
from gillies.check.readers.open import read_bytes
from gillies.check.readers.plain import read_plain

ON = date(2026, 11, 21)
TEXT = """What people say

Cosmetic surgery is a medical specialty. Botox is permanent (so they say). I like it. Is it safe?

Botox is permanent. Nothing more is said here."""
TAGS = frozenset(
    """html head meta title style body main header p h1 h2 h3 h4 ul ol li b small span section div mark a article details summary cite footer blockquote q
    -text""".split()
)


@pytest.fixture(scope="module")
def page(checker):
    """The page of a document, or of a plain text."""

    def make(given, file="article.txt"):
        document = given if isinstance(given, Document) else read_plain(given)
        return as_page(document, checker.check(document.text, ON), checker.score(document, ON), file, ON)

    return make


def test_each_verdict_stands_beside_its_words(page):
    made = LexborHTMLParser(page(TEXT))
    rows = [row for row in made.css(".row") if row.css_first(".found")]
    assert len(rows) == 3
    for number, row in enumerate(rows, 1):
        mark, card = row.css_first("mark"), row.css_first(".card")
        assert card.id == f"v{number}"
        assert mark.css_first("a").attributes["href"] == f"#v{number}"
        assert card.css_first("a").attributes["href"] == f"#t{number}"
        assert mark.attributes["class"] in card.attributes["class"]
        assert card.css_first(".sources li .address").attributes["href"].startswith("http")
        assert re.search(r"read \d{4}-\d\d-\d\d", card.css_first(".sources").text())


def test_a_verdict_is_never_told_by_colour_alone(page):
    for card in LexborHTMLParser(page(TEXT)).css(".card h3"):
        assert re.fullmatch(r"[✓✗≈⇄?] \d+ (supported|contradicted|misleading|disputed|nobody can check it)", card.text())


def test_counts_what_was_left_alone_and_how_it_was_made_are_told(page):
    made = LexborHTMLParser(page(TEXT)).body.text()
    assert "3 statements could be held" in made
    assert "3 of 6 sentences carry no mark" in made
    assert "held each sentence against facts" in made
    assert "as they stood on 2026-11-21" in made


def test_the_whole_text_is_there_in_order(page):
    shown = LexborHTMLParser(page(TEXT))
    for link in shown.css("a.to"):
        link.decompose()
    assert "".join("".join(piece.text() for piece in shown.css(".said")).split()) == "".join(TEXT.split())


def test_a_text_of_which_nothing_is_known_has_a_page(page):
    assert "No statement was found" in page("The weather was fine.")


def test_the_score_is_there_whole(page):
    made = LexborHTMLParser(page("Botox is a toxin. " + "The risk is small, they say, and nobody has told us more. " * 15))
    assert len(made.css(".items li")) == 19
    assert "nobody has read the text" in made.css_first(".score").text()


HOSTILE = (
    '<script>alert(1)</script> Botox is permanent. <img src=x onerror=alert(1)> "><svg onload=alert(1)> \'"&lt;/title></style><style>@import url(//evil) '
    "<a href=javascript:alert(1)>x</a> <meta http-equiv=refresh content=0> \u202egnihton\u202c \x1b[31m </mark></main>"
)


def is_harmless(made):
    tree = LexborHTMLParser(made)
    assert {node.tag for node in tree.root.traverse(include_text=True)} <= TAGS | {"!doctype", "-doctype"}
    for node in tree.root.traverse():
        assert not {name for name in node.attributes if name.startswith("on") or name in ("style", "src", "srcset", "action", "formaction")}
        assert (node.attributes.get("href") or "#").startswith(("#", "https://", "http://"))
    assert len(tree.css("style")) == len(tree.css("title")) == len(tree.css("meta[http-equiv]")) == 1
    policy = tree.css_first("meta[http-equiv]").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not {"\u202e", "\x1b"} & set(made)


def test_a_hostile_document_can_run_and_load_nothing(page):
    meta = Meta(title=HOSTILE, authors=(HOSTILE,), published=HOSTILE, publisher=HOSTILE, address="javascript:alert(1)")
    text = f"{HOSTILE}\n\nWritten by {HOSTILE}\n\n" + "Rhinoplasty has risks. " * 60
    plain = read_plain(text)
    is_harmless(page(Document("html", plain.text, plain.stretches, (Link(0, 9, "javascript:alert(1)"),), meta, (HOSTILE,)), HOSTILE))


def test_a_hostile_page_of_the_net_can_run_and_load_nothing(page):
    is_harmless(page(read_bytes(f"<!doctype html><title>{HOSTILE}</title><h1>{HOSTILE}</h1><p>{HOSTILE}</p>".encode(), ".html", "x")))


@given(st.text(alphabet=st.sampled_from("aB .!?\n\"<>&'\u202e…)") | st.characters(), max_size=200))
def test_rows_are_the_text_cut_into_pieces(text):
    document = read_plain(f"Botox. {text}")
    made = list(chunks(document, ()))
    assert "".join("".join(document.text[chunk.start : chunk.end] for chunk in made).split()) == "".join(document.text.split())


def test_statements_in_one_sentence_share_its_row(checker):
    document = read_plain(TEXT)
    found = checker.check(TEXT, ON).statements
    rows = list(chunks(document, found))
    assert [mark.number for row in rows for mark in row.marks] == list(range(1, len(found) + 1))
    for row in rows:
        assert all(row.start <= mark.statement.span[0] < row.end for mark in row.marks)
    assert unmarked_sentences(document, found) == (3, 6)
