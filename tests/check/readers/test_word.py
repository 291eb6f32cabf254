"""A Word file is read in order, with its lists, tables and notes."""

from datetime import datetime

import pytest

from gillies.check.readers.open import read_bytes
from gillies.errors import InputError
from tests.check.readers.made import rezipped, word

XML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def fill(file):
    file.core_properties.author = "A. Lee; B. Poe"
    file.core_properties.title = "Noses"
    file.core_properties.created = datetime(2024, 3, 12)  # Word keeps no time zone
    file.add_heading("Nose surgery", 0)
    file.add_heading("Risks", 2)
    paragraph = file.add_paragraph("It can ")
    paragraph.add_run("ble").bold = True
    paragraph.add_run("ed.")
    file.add_paragraph("Swelling", style="List Bullet")
    table = file.add_table(2, 2)
    for cell, words in zip(table._cells, ["Step", "Weeks", "Splint", "1"], strict=True):
        cell.text = words
    file.add_paragraph("Afterwards.")


FILE = word(fill)


def read(raw):
    return read_bytes(raw, ".docx", "leaflet.docx")


def parts(document):
    return [(piece.part, document.text[piece.start : piece.end]) for piece in document.stretches]


def test_paragraphs_lists_and_tables_in_order():
    assert parts(read(FILE)) == [
        ("heading", "Nose surgery"), ("heading", "Risks"), ("paragraph", "It can bleed."), ("item", "Swelling"), ("row", "Step | Weeks"),
        ("row", "Splint | 1"), ("paragraph", "Afterwards."),
    ]  # fmt: skip


def test_what_the_file_tells_of_itself():
    meta = read(FILE).meta
    assert (meta.title, meta.authors, meta.published) == ("Noses", ("A. Lee", "B. Poe"), "2024-03-12")


def test_struck_out_words_are_not_read_and_links_are():
    body = (
        f'<w:document {XML} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>It is </w:t></w:r>'
        "<w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:ins><w:r><w:t>safe</w:t></w:r></w:ins>"
        '<w:hyperlink r:id="rId99"><w:r><w:t xml:space="preserve"> (see)</w:t></w:r></w:hyperlink></w:p></w:body></w:document>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId99" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/"/></Relationships>'
    )
    document = read(rezipped(FILE, {"word/document.xml": body, "word/_rels/document.xml.rels": rels}))
    assert document.text == "It is safe (see)"
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [("(see)", "https://example.org/")]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (FILE[:-500], "broken"),
        (rezipped(FILE, {"word/document.xml": b"<w:document"}), "broken"),
        (rezipped(FILE, {"word/media/bomb.bin": b"\0" * 20_000_000}), "far more than a text"),
        (rezipped(FILE, {f"word/media/{n}": b"" for n in range(5_001)}), "far more than a text"),
        (b"PK\x03\x04 something else", "broken"),
        (b"\xd0\xcf\x11\xe0 old", "old Office program"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    ],
    ids=["cut", "bad XML", "bomb", "many", "no zip", "old", "locked"],
)
def test_what_cannot_be_read_is_one_sentence(raw, says):
    with pytest.raises(InputError, match=says):
        read(raw)


def test_entities_are_not_unfolded():
    bomb = f'<!DOCTYPE d [<!ENTITY a "{"ha" * 100}"><!ENTITY b "{"&a;" * 100}"><!ENTITY c "{"&b;" * 100}">]>'
    body = f"<w:document {XML}><w:body><w:p><w:r><w:t>Words &c;</w:t></w:r></w:p></w:body></w:document>"
    try:
        assert len(read(rezipped(FILE, {"word/document.xml": bomb + body})).text) < 1_000
    except InputError as refused:
        assert "broken" in str(refused)  # noqa: PT017  # either is right
