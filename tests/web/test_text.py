"""The pages that check a text, pasted or uploaded: every verdict beside its words, nothing that was given kept, stored or run, and no file that can do harm."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gillies.web.settings import MOST_TEXT, MOST_UPLOAD_BYTES
from tests.check.readers.made import pdf, word
from tests.web.test_pages import NASTY, assert_harmless

TEXT = "Who does it?\n\nCosmetic surgery is a medical specialty. Botox is permanent. All fillers can be dissolved. I like it."
WORDS = "Botox is permanent. All fillers can be dissolved."


def check(http, text="", place="", **more):
    """The page for a pasted text."""
    told = http.post("/text", files={"text": (None, text), "country": (None, place), "file": ("", b"")}, **more)
    assert_harmless(told.text)
    return told


def upload(http, raw, name, kind="application/octet-stream", path="/text"):
    """The page for a file."""
    return http.post(path, files={"file": (name, raw, kind)}, data={"text": "", "country": ""})


def page(*lines):
    """A page of a PDF."""
    return [(11, 14, line) for line in lines]


def verdicts(html):
    return [card.text().split(maxsplit=2)[2].strip() for card in LexborHTMLParser(html).css(".checked .card h3")]


def test_each_verdict_stands_beside_its_words_with_its_sources(http):
    told = check(http, TEXT)
    assert told.status_code == 200
    rows = [row for row in LexborHTMLParser(told.text).css(".checked .row") if row.css_first(".found")]
    assert len(rows) == 3
    for number, row in enumerate(rows, 1):
        assert row.css_first("mark a").attributes["href"] == f"#v{number}"
        assert row.css_first(".card").id == f"v{number}"
        assert row.css_first(".sources li a").attributes["href"].startswith("http")
    assert verdicts(told.text) == ["disputed", "contradicted", "contradicted"]
    assert "1 of 4 sentences carry no mark" in told.text


def test_the_place_decides_which_rules_on_adverts_count(http):
    advert = "Results guaranteed at our clinic. Book now."
    assert "by the rules on adverts of California" in check(http, advert, "us-ca").text
    assert "California" in check(http, advert, "us-ca").text
    assert "Australia" in check(http, advert, "au").text
    assert check(http, advert, "atlantis").status_code == 400


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (WORDS.encode(), "leaflet.txt"), (f"# A\n\n{WORDS}".encode(), "leaflet.md"), (f"<!doctype html><title>A</title><p>{WORDS}".encode(), "saved.html"),
        (pdf(page("Botox is permanent.", "All fillers can be dissolved.")), "leaflet.pdf"), (WORDS.encode("utf-16"), "leaflet.txt"),
        (word(lambda file: file.add_paragraph(WORDS)), "leaflet.docx"),
    ],
)  # fmt: skip
def test_files_of_every_kind_are_read(http, raw, name):
    told = upload(http, raw, name)
    assert told.status_code == 200, told.text
    assert verdicts(told.text) == ["contradicted", "contradicted"]
    assert name in told.text
    assert_harmless(told.text)


def bomb():
    """A Word file of some kilobytes that would unpack to a gigabyte."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        with made.open("word/document.xml", "w") as part:
            for _ in range(1000):
                part.write(b" " * 1_000_000)
        made.writestr("[Content_Types].xml", "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "status", "says"),
    [
        (bytes(range(256)) * 50, "notes.txt", 422, "looks like a binary file"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "notes.txt", 422, "is a picture"),
        (b"MZ\x90\0\3\0\0\0" + b"\0" * 900, "setup.txt", 422, "looks like a binary file"), (b"%PDF-1.7\nnonsense", "a.pdf", 422, "is broken"),
        (b"no pdf at all", "a.pdf", 422, "is no PDF"), (b"PK\x03\x04" + b"\0" * 90, "a.docx", 422, "cannot be read"), (b"", "a.txt", 422, "is empty"),
        (b"   \n", "a.txt", 422, "is empty"), (b"...", "a.txt", 422, "no text to check"), (bomb(), "a.docx", 422, "would unpack to far more"),
        (b"<!doctype html>" + b"<div>" * 200_000, "a.html", 422, "tags inside one another"), (b"x " * MOST_TEXT, "a.txt", 422, "at most 60,000"),
        (b"x " * 5_000_000, "a.txt", 413, "too large"), (pdf(*[page("One page of it.")] * 501), "a.pdf", 422, "at most 500"),
    ],
)  # fmt: skip
def test_files_made_to_do_harm_get_one_sentence(http, raw, name, status, says):
    told = upload(http, raw, name)
    assert told.status_code == status
    assert says in told.text
    assert_harmless(told.text)
    assert http.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "no text to check"), (" \n ", "no text to check"), ("???", "no text to check"), ("a\0b", "binary"), ("word " * 20_000, "at most 60,000")],
)
def test_a_text_that_cannot_be_checked_gets_one_sentence_and_is_not_lost(http, text, says):
    told = check(http, text)
    assert told.status_code == 422
    assert says in told.text
    assert 'aria-labelledby="ask"' in told.text


def test_words_or_a_file_but_not_both(http):
    told = http.post("/text", files={"file": ("a.txt", b"Botox is permanent.")}, data={"text": "Botox is permanent."})
    assert (told.status_code, "one of the two" in told.text) == (422, True)


def test_ten_megabytes_are_turned_away(http):
    assert check(http, "x" * 10_000_000).status_code == 413
    assert http.post("/text", data={"text": "x" * 10_000_000}).status_code == 415


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"Botox is permanent.", "text/plain", 415), (b"{}", "application/json", 415), (b"x", "", 415), (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=", 400), (b"nothing of it", "multipart/form-data; boundary=b", 400),
        (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b", 400), (b"\r\n" * 500_000, "multipart/form-data; boundary=b", 422),
        (b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b--', "multipart/form-data; boundary=b; charset=punycode", 400),
        (b"".join(b'--b\r\nContent-Disposition: form-data; name="%d"\r\n\r\nx\r\n' % n for n in range(999)), "multipart/form-data; boundary=b", 400),
        (b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n' * 9, "multipart/form-data; boundary=b", 400),
    ],
)  # fmt: skip
def test_a_form_that_is_none_is_refused(http, body, kind, status):
    told = http.post("/text", content=body, headers={"content-type": kind})
    assert told.status_code == status
    assert told.text.startswith("<!DOCTYPE html>")


def test_what_is_given_is_shown_as_given_and_nothing_of_it_runs(http):
    text = NASTY + " Botox is permanent."
    sent = {"text": (None, text), "file": ("", b"")}
    saved = f"<!doctype html><title>{NASTY}</title><p>{text} \u202egnihton</p>".encode()
    pages = [http.post("/text", files=sent), upload(http, text.encode(), '"><script>alert(1)</script>.txt'), upload(http, saved, "a.html")]
    for shown in (told.text for told in pages):
        assert "Botox is permanent" in shown
        tree = LexborHTMLParser(shown)
        assert len(tree.css("script")) == len(tree.css("script[src^='/static/page.js?']")) == 1, "our own script only"
        assert tree.css("img, iframe, object, embed, style, meta[http-equiv]") == []
        assert not [name for node in tree.root.traverse() for name in node.attributes if name.startswith("on") or name == "style"]
        assert "\u202e" not in shown


def test_a_file_name_tells_no_folder(http):
    told = upload(http, b"Botox is permanent.", "C:\\Users\\jane\\leaflet.txt").text
    assert "leaflet.txt" in told
    assert "jane" not in told


def test_nothing_that_is_given_is_logged_or_written_anywhere(server, http, tmp_path):
    secret = "zanzibarquux"  # noqa: S105
    before = open_files(server)
    check(http, f"Botox is permanent, said {secret}.")
    upload(http, f"Botox is permanent, said {secret}.".encode() * 30_000, f"{secret}.txt")
    upload(http, pdf(page(f"Botox is permanent, said {secret}.")), f"{secret}.pdf")
    http.post("/text", content=f"--{secret}".encode(), headers={"content-type": f"multipart/form-data; boundary={secret}"})
    assert secret not in server.log
    assert open_files(server) - before == set()
    lines = [json.loads(line) for line in server.log.splitlines()]
    assert {line["event"] for line in lines} <= {"start", "request", "server"}


def open_files(server):
    """The files that the server has open, apart from pipes and sockets."""
    held = Path(f"/proc/{server.process.pid}/fd")
    return {str(name.readlink()) for name in held.iterdir() if name.exists() and str(name.readlink()).startswith("/")} if held.is_dir() else set()


def test_an_upload_is_never_spooled_to_disk():
    from tempfile import SpooledTemporaryFile

    from gillies.web.body import InMemory

    with SpooledTemporaryFile(max_size=InMemory.spool_max_size) as held:
        held.write(b"x" * MOST_UPLOAD_BYTES)
        assert not held._rolled


def test_the_way_back_keeps_the_text(http):
    told = check(http, TEXT, "us-ca").text
    form = LexborHTMLParser(told).css_first("form.back")
    fields = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")}
    again = http.post("/text", files={name: (None, value) for name, value in {**fields, "change": "1"}.items()})
    assert again.status_code == 200
    assert TEXT in again.text
    assert re.search(r'value="us-ca" selected', again.text)


def test_the_file_to_keep_is_what_the_command_prints(http):
    kept = http.post("/text.json", files={"text": (None, TEXT.replace("\n", "\r\n"))})
    assert "attachment" in kept.headers["content-disposition"]
    assert [statement["quote"] for statement in kept.json()["statements"]][1] == "Botox is permanent"
    assert http.get("/text.json").headers["location"] == "/text"


@pytest.mark.parametrize("example", ["1", "2"])
def test_examples_show_what_it_does(http, example):
    told = http.post("/text", files={"example": (None, example), "text": (None, "")})
    assert len(verdicts(told.text)) >= 4
    assert http.post("/text", files={"example": (None, "99")}).status_code == 400
