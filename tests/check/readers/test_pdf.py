"""A PDF is read as paragraphs, not as lines."""

import pytest

from gillies.check.readers.open import read_bytes
from gillies.check.readers.pdf import mended
from gillies.errors import InputError
from tests.check.readers.made import locked, pdf

TEXT = [
    (20, 20, "Nose surgery"),
    (11, 30, "A nose job changes the shape of the nose. It is sur-"),
    (11, 14, "gery under general anaesthesia. A non-"),
    (11, 14, "invasive way is filler."),
    (11, 30, "A paragraph of its own begins here (so it does)."),
    (11, 14, "• Swelling"),
    (11, 14, "• Bleeding"),
]
FILE = pdf(TEXT, info=b"/Title (Noses) /Author (Dr A. Lee) /CreationDate (D:20240312101010Z)", links=["https://example.org/a"])


def read(raw):
    return read_bytes(raw, ".pdf", "leaflet.pdf")


def parts(document):
    return [(piece.part, document.text[piece.start : piece.end]) for piece in document.stretches]


def test_lines_become_headings_paragraphs_and_items():
    assert parts(read(FILE)) == [
        ("heading", "Nose surgery"),
        ("paragraph", "A nose job changes the shape of the nose. It is surgery under general anaesthesia. A non-invasive way is filler."),
        ("paragraph", "A paragraph of its own begins here (so it does)."),
        ("item", "Swelling"),
        ("item", "Bleeding"),
    ]


def test_rows_and_items_without_signs_are_not_run_together():
    lines = ["A full line of text shows how wide the page is, so that short ones stand out", "and go on.", "Step Weeks", "Splint off 1", "Sport 6"]
    assert [words for _, words in parts(read(pdf([(11, 14, line) for line in lines])))] == [f"{lines[0]} {lines[1]}", *lines[2:]]


def test_what_the_file_tells_of_itself():
    document = read(FILE)
    assert (document.meta.title, document.meta.authors, document.meta.published) == ("Noses", ("Dr A. Lee",), "2024-03-12")
    assert [(link.target, link.start) for link in document.links] == [("https://example.org/a", 0)]


def test_running_heads_are_left_out_and_pages_are_told():
    pages = [
        [(9, 10, "A clinic's leaflet"), *[(11, 14, f"Sentence {n}.{m} of the text stands here.") for m in range(5)], (9, 300, f"Page {n} of 4")] for n in "1234"
    ]
    document = read(pdf(*pages))
    assert "leaflet" not in document.text
    assert "Page" not in document.text
    assert document.pages == 4
    assert {piece.page for piece in document.stretches} == {1, 2, 3, 4}
    assert document.left_out == ("running heads and page numbers",)


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("rhino-", "plasty is", "rhinoplasty is"),
        ("a self-", "pay patient", "a self-pay patient"),
        ("skin-", "tightening works", "skin-tightening works"),
        ("in Stratford-", "Upon", "in Stratford- Upon"),
        ("one", "two", "one two"),
    ],
)
def test_parted_words_are_made_whole(above, below, whole):
    assert mended(above, below, frozenset(["skin-tightening"])) == whole


def test_a_file_locked_only_against_changes_is_read():
    assert "nose job" in read(locked(FILE, "")).text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (locked(FILE, "secret"), "locked with a password"),
        (pdf([], []), "a scan"),
        (FILE[:400], "broken"),
        (b"%PDF-1.7\nnothing", "broken"),
        (b"just words", "is no PDF"),
        (pdf(*[[(11, 10, "Words.")]] * 501), "501 pages"),
    ],
    ids=["locked", "scan", "cut", "empty", "other", "long"],
)
def test_what_cannot_be_read_is_one_sentence(raw, says):
    with pytest.raises(InputError, match=says):
        read(raw)
