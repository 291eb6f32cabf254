"""Plain text stays as it is; Markdown becomes what it looks like; what is neither is refused in one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.check.readers import open as opening
from gillies.check.readers.document import Writer
from gillies.check.readers.open import open_document, read_bytes
from gillies.errors import InputError
from tests.check.readers.test_html import PAGE
from tests.check.readers.test_pdf import FILE as PDF
from tests.check.readers.test_word import FILE as WORD


def read(raw, ending=".txt"):
    return read_bytes(raw if isinstance(raw, bytes) else raw.encode(), ending, "a file")


def test_plain_text_stays_as_it_is():
    text = "What Botox does\r\n\r\nIt relaxes muscles,\nsee https://example.org/a.\n\n\tIt fades.  \n"
    document = read(text)
    assert document.text == text
    assert [(piece.part, text[piece.start : piece.end]) for piece in document.stretches] == [
        ("heading", "What Botox does"),
        ("paragraph", "It relaxes muscles,\nsee https://example.org/a."),
        ("paragraph", "It fades."),
    ]
    assert [link.target for link in document.links] == ["https://example.org/a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding):
    assert read("It’s naïve.".encode(encoding)).text == "It’s naïve."


def test_markdown_becomes_what_it_looks_like():
    front = "---\ntitle: Noses\nauthor: A. Lee, B. Poe\ndate: 2024-03-12\n---\n"
    text = front + "# Nose *surgery*\n\n- It [hurts](https://a.org/).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>\n"
    document = read(text, ".md")
    assert document.text == "Nose surgery\n\nIt hurts.\n\na | b\n\n1 | 2"
    assert (document.kind, document.meta.title, document.meta.authors, document.meta.published) == ("markdown", "Noses", ("A. Lee", "B. Poe"), "2024-03-12")
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [("hurts", "https://a.org/")]


@pytest.mark.parametrize(
    ("raw", "ending", "says"),
    [
        (b"", ".txt", "is empty"),
        (b" \n ", ".txt", "is empty"),
        (b"?!", ".txt", "no text to check"),
        (b"MZ\0\1\2", ".txt", "binary"),
        (b"caf\x81", ".txt", "is not text in"),
        (b"\x89PNG\r\n", ".png", "is a picture"),
        (b"{\\rtf1 x}", ".rtf", "Rich Text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\ntext/html", ".txt", "web archive"),
        (b"PK\x03\x04 xl/workbook.xml", ".xlsx", "packed file"),
        (b"a " * 2_600_000, ".txt", "5,200,000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(raw, ending, says):
    with pytest.raises(InputError, match=says):
        read(raw, ending)


def test_a_file_too_large_is_not_read_whole(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    path = tmp_path / "large.txt"
    path.write_text("word " * 100)
    with pytest.raises(InputError, match="is larger than"):
        open_document(str(path))


@pytest.mark.parametrize("address", ["https://example.org/a.html", "http://x", "ftp://x/y.pdf", "www.example.org"])
def test_an_address_is_never_fetched(address):
    with pytest.raises(InputError, match="nothing is fetched from the net: save the page"):
        open_document(address)


@given(st.lists(st.tuples(st.sampled_from(["write", "begin", "line", "cell", "open", "close", "end"]), st.text(max_size=8)), max_size=40))
def test_every_place_a_writer_tells_is_in_its_text(steps):
    writer = Writer()
    for what, words in steps:
        match what:
            case "write":
                writer.write(words)
            case "begin":
                writer.begin("paragraph")
            case "open":
                writer.open_link("https://a.org")
            case _:
                getattr(writer, {"line": "line", "cell": "cell", "close": "close_link", "end": "end"}[what])()
    document = writer.document("html", opening.read_plain("").meta)
    assert "\n\n".join(document.text[piece.start : piece.end] for piece in document.stretches) == document.text
    for link in document.links:
        assert 0 <= link.start <= link.end <= len(document.text)
        assert link.start == link.end or not document.text[link.start].isspace()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(PDF, ".pdf"), (WORD, ".docx"), (PAGE.encode(), ".html")]), st.lists(st.tuples(st.integers(0), st.binary(max_size=12)), max_size=12))
def test_a_file_with_some_bytes_changed_is_read_or_refused(file, changes):
    raw, ending = file
    for at, put in changes:
        raw = raw[: at % len(raw)] + put + raw[at % len(raw) + len(put) :]
    try:
        assert read_bytes(raw, ending, "a file").text.strip()
    except InputError as refused:
        assert "\n" not in str(refused)  # noqa: PT017  # either is right


@given(st.binary(max_size=300), st.sampled_from(["", ".txt", ".md", ".html", ".pdf", ".docx"]))
def test_whatever_bytes_are_given_there_is_text_or_one_sentence(raw, ending):
    try:
        assert read_bytes(raw, ending, "a file").text.strip()
    except InputError as refused:
        assert "\n" not in str(refused)  # noqa: PT017  # either is right
