"""The pages over HTTP: what they weigh, that they run nothing of what is typed, that they say what the API says."""

import json
import re

import pytest

from gillies.knowledge.grade import grade
from gillies.web.words import words

FORM = {"content-type": "application/x-www-form-urlencoded"}
HEAVIEST = 150_000
EXAMPLES = range(1, len(words().examples) + 1)
NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)> I want a nose job {{7*7}} </textarea>'
STEPS = ["/check", "/answer", "/letter"]


@pytest.fixture(scope="module")
def drawn_with(http):
    """How much style, script and icon weigh."""
    names = set(re.findall(r'/static/[^"]+', http.get("/").text))
    held = [http.get(name) for name in names]
    assert {answer.status_code for answer in held} == {200}
    assert all("max-age" in answer.headers["cache-control"] for answer in held)
    return sum(len(answer.content) for answer in held)


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_page_weighs_little_and_runs_nothing_of_its_own(http, drawn_with, example, path):
    page = http.post(path, data={"example": example})
    assert page.status_code == 200
    assert len(page.content) + drawn_with <= HEAVIEST
    assert_harmless(page.text)


def assert_harmless(html):
    """Nothing that a strict policy would have to stop: no script or style in the page, no handler, nothing from elsewhere."""
    assert re.findall(r"<script(?! src=\"/static/page\.js\?[0-9a-f]+\" defer></script>)", html) == []
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<iframe|<object|<embed", html)
    assert re.findall(r"(?:src|action|formaction)=\"(?!/)", html) == []
    assert re.findall(r"<link[^>]+href=\"(?!/static/)", html) == []


def test_the_start_page_too(http, drawn_with):
    page = http.get("/")
    assert len(page.content) + drawn_with <= HEAVIEST
    assert_harmless(page.text)


@pytest.mark.parametrize("path", STEPS)
def test_what_is_typed_is_shown_as_typed_and_nothing_of_it_runs(http, path):
    page = http.post(path, data={"text": NASTY})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&gt;&lt;img" in page.text
    assert "49" not in page.text.partition("</h1>")[2][:3000] or "{{7*7}}" in page.text
    assert_harmless(page.text.replace("onerror=alert", "").replace(" on", " "))


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"text": ""}, 422, "Tell in a few words"),
        ({"text": " ... "}, 422, "Tell in a few words"),
        ({"text": "nose " * 1500}, 422, "at most 5,000"),
        ({"text": "nose\0job"}, 422, "looks like a file"),
        ({"concern": "no-such-concern"}, 400, "no finding or concern is called"),
        ({"text": "nose job", "a.<b>": "yes"}, 400, "something that is not known here"),
        ({"text": "nose job", "payer": "nobody-we-know"}, 400, "no payer is called"),
        ({"text": "nose job", "state": "Utopia"}, 400, "two letters"),
        ({"example": "99"}, 400, "no such example"),
        ({"example": "x"}, 400, "no such example"),
        ({f"a.{n}": "yes" for n in range(1000)}, 400, "cannot be read"),
        ({"text": "x" * 70_000}, 413, "too big"),
    ],
)
def test_what_does_not_fit_gets_a_page_with_one_sentence(http, fields, status, says):
    page = http.post("/answer", data=fields)
    assert page.status_code == status
    assert says in page.text
    assert "<h1" in page.text
    assert_harmless(page.text)


@pytest.mark.parametrize("body", [b"text=%ff%fe", b"\xff\xfe", b"text=nose&%00=1&=&&=;", b"a" * 1000])
def test_a_form_that_is_none_gets_a_page(http, body):
    page = http.post("/check", content=body, headers=FORM)
    assert page.status_code in (200, 400, 422)
    assert page.text.startswith("<!DOCTYPE html>")


def test_a_file_is_not_taken(http):
    assert http.post("/check", files={"text": b"nose job"}).status_code == 415


@pytest.mark.parametrize("path", STEPS)
def test_a_page_behind_a_form_leads_to_the_start_when_it_is_opened_anew(http, path):
    page = http.get(path)
    assert (page.status_code, page.headers["location"]) == (303, "/")


def test_no_page_may_be_kept_by_the_browser(http):
    assert http.post("/answer", data={"example": 1}).headers["cache-control"] == "no-store"


def test_the_file_to_keep_is_the_answer_of_the_api(http):
    kept = http.post("/answer.json", data={"text": "upper lids droop", "a.mrd1": "1.5", "a.photographs": "yes", "payer": "aetna", "state": "CA"})
    asked = {"text": "upper lids droop", "facts": {"mrd1": 1.5, "photographs": True}, "payers": ["aetna"], "state": "CA"}
    assert kept.json() == http.post("/api/v1/assess", json=asked).json()
    assert "attachment" in kept.headers["content-disposition"]


def test_a_duration_has_its_unit_and_a_comma_in_a_number_is_no_fault(http):
    kept = http.post("/answer.json", data={"text": "breast reduction", "a.symptom-duration": "2", "u.symptom-duration": "years", "a.resection-weight": "1,200"})
    asked = {"text": "breast reduction", "facts": {"symptom-duration": 24, "resection-weight": 1200}}
    assert kept.json() == http.post("/api/v1/assess", json=asked).json()


def test_only_questions_whose_answer_changes_something_are_put(http):
    page = http.post("/check", data={"text": "I had lip filler a year ago and want it again"})
    asked = re.findall(r'name="a\.([^"]+)" value="yes"', page.text)

    def answer(finding, value):
        found = http.post("/answer.json", data={"text": "I had lip filler a year ago and want it again", f"a.{finding}": value}).json()
        return json.dumps([found["intent"], found["coverage"], [(c["policy"], c["outcome"]) for p in found["parts"] for c in p["coverage"]], found["urgent"]])

    assert all(answer(finding, "yes") != answer(finding, "no") for finding in asked)


def test_a_long_text_does_not_hold_everybody_up(http):
    for text in ("scar " * 999, "I want a facelift and my nose hurts since the accident. " * 89, "no not never " * 384, "breast reduction pain " * 227):
        assert http.post("/check", data={"text": text}).status_code == 200


def test_pages_read_easily(http):
    """What people read on an answer page, sources and names of rules aside: about eighth grade."""
    grades = []
    for example in EXAMPLES:
        html = http.post("/answer", data={"example": example}).text.partition('id="sources"')[0]
        said = re.findall(r"<(?:p|li|dd)(?: class=\"(?!muted|key|rung)[^\"]*\")?>(.*?)</(?:p|li|dd)>", html, re.S)
        sentences = [re.sub(r"<sup>.*?</sup>|<[^>]+>", "", text).strip() for text in said]
        grades.append(grade(" ".join(text if text.endswith((".", "?")) else f"{text}." for text in sentences if len(text.split()) >= 5)))
    assert max(grades) <= 9
    assert sum(grades) / len(grades) <= 8


@pytest.mark.parametrize("wanted", ["nose", "abps", "rinoplasty", "breast reduction", "blepharoplasty"])
def test_search_finds_pages_that_are_there(http, wanted):
    page = http.get("/learn", params={"q": wanted}).text
    links = re.findall(r'<a href="(/learn/[^"]+)"', page.partition('id="found"')[2].partition("</section>")[0])
    assert links
    assert http.get(links[0]).status_code == 200


def test_search_runs_nothing(http):
    page = http.get("/learn", params={"q": NASTY}).text
    assert "<script>alert" not in page
    assert "Nothing found" in http.get("/learn", params={"q": "qqqqqqqq"}).text


def test_every_link_of_some_pages_leads_somewhere(http):
    seen = {"/", "/learn/procedures/rhinoplasty", "/learn/fields/plastic-surgery", "/learn/boards/abps", "/learn/pathways/plastic-surgery-integrated"}
    links = {link for path in seen for link in re.findall(r'href="(/[^"#?]*)', http.get(path).text)}
    links |= set(re.findall(r'href="(/[^"#?]*)', http.post("/answer", data={"example": 1}).text))
    assert {link for link in links if http.get(link).status_code != 200} == set()
    assert len(links) > 20


def test_no_page_is_called_by_a_name_that_is_none(http):
    for path in ("/learn/procedures/nothing", "/learn/nothing/rhinoplasty", "/learn/procedures/", "/learn/sources/cms", "/static/../app.py", "/static/page.py"):
        assert http.get(path).status_code == 404
