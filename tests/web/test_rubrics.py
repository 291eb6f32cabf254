"""Our own pages by DISCERN, PEMAT-P and IPDAS: what is reached stays reached, what is published is current, and no sign is there on a page that lacks it."""

import importlib.util
from pathlib import Path
from typing import get_args

import pytest

from gillies.door import open_records
from gillies.knowledge.lint import lint
from gillies.knowledge.load import read
from gillies.knowledge.schema_rubrics import RubricItem, Shown, faults
from gillies.web.figures import figures
from gillies.web.rubrics.page import Page
from gillies.web.rubrics.score import marks, points
from gillies.web.rubrics.signs import SIGNS, reading_grade

ROOT = Path(__file__).parents[2]
BARE = "<html><body><main><h1>Lip filler</h1><p>Lip filler is great. Our doctors love it. Up to 97 % of people are happy. Book now!</p></main></body></html>"
NOT_THERE_EITHER = {"reads-at-grade-8", "active-voice", "no-sums", "short-sections", "sections-headed"}
"""Signs of a text's manner, which a short advert can have too."""


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("rubrics", ROOT / "tools/rubrics.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def items():
    return list(open_records().rubric_items.values())


@pytest.fixture(scope="module")
def judged(tool, items, aside):
    answers, procedures = aside(lambda: tool.judged(items))
    return {need: row for needs in answers.values() for need, row in needs.items()}, procedures


def test_every_answer_has_what_was_reached(judged):
    answers, _ = judged
    assert len(answers) >= 40
    low = {need: row.lacking() for need, row in answers.items() if (row.discern, row.understandability, row.actionability) < (68, 100, 100)}
    assert low == {}, "mend the page or the knowledge; see docs/rubrics.md"
    assert [need for need, row in answers.items() if row.qualifying < 5 or row.certification < 5] == []
    assert sum(row.qualifying + row.certification == 12 for row in answers.values()) >= len(answers) - 3
    assert max(row.grade for row in answers.values()) <= 6.5


def test_every_procedure_has_what_was_reached(judged):
    _, procedures = judged
    low = {key: row.lacking() for key, row in procedures.items() if (row.discern, row.understandability, row.actionability) < (66, 100, 100)}
    assert low == {}, "mend the page or the knowledge; see docs/rubrics.md"
    assert [key for key, row in procedures.items() if row.qualifying < 4 or row.certification < 5] == []
    assert sum(not row.lacking() for row in procedures.values()) >= 0.85 * len(procedures)
    assert max(row.grade for row in procedures.values()) <= 7


def test_what_is_asked_is_reached(judged, tool):
    for found in judged:
        row = tool.lowest(found.values())
        assert row.discern >= tool.WANTED.discern
        assert row.understandability >= tool.WANTED.understandability
        assert row.actionability >= tool.WANTED.actionability
        assert row.grade <= tool.WANTED.grade


def test_what_is_published_is_current(tool, judged, monkeypatch, aside):
    answers, procedures = judged
    fields = tool.yaml.safe_load(tool.NEEDS.read_text("utf-8"))
    monkeypatch.setattr(tool, "judged", lambda _: ({field: {need: answers[need] for need in fields[field]} for field in fields}, procedures))
    for path, text in aside(lambda: tool.written(open_records())).items():
        assert path.read_text("utf-8") == text, f"{path.name} is stale: run `make rubrics`"


def test_a_page_that_tells_nothing_gets_nothing(items):
    page = Page(BARE)
    assert {sign for sign, look in SIGNS.items() if look(page)} <= NOT_THERE_EITHER
    bare = marks(BARE, items)
    assert bare.discern == 16, "one point for each question"
    assert bare.qualifying == bare.certification == bare.actionability == 0


@pytest.mark.parametrize(
    ("taken", "sign"),
    [
        (".aim-list", "aims-told"), ('[aria-labelledby="unsure"]', "unsure-told"), (".paid-by", "funding-told"),
        (".kept-up", "kept-up"), (".dated", "page-dated"), (".option .gains", "gains-told"),
        (".option .losses", "losses-told"), (".option.nothing", "doing-nothing-told"), (".daily", "daily-life-told"),
        (".harms", "harms-told"), (".rate-picture svg", "rates-pictured"), (".track", "recovery-pictured"),
        ("figcaption", "pictures-captioned"), (".sources li:first-child", "marks-lead"), (".harms sup", "facts-cited"),
        (".steps", "steps-told"), (".values", "values-asked"), (".questions", "questions-listed"),
        (".short", "summary-told"), (".terms", "terms-defined"), (".spared", "both-ways"),
        (".decision", "decision-told"), (".how-to-read", "pictures-explained"),
    ],
)  # fmt: skip
def test_what_is_taken_away_is_missed(http, taken, sign):
    html = http.post("/answer", data={"text": "I broke my nose two years ago and I don't like the bump on it. We have Aetna."}).text
    assert SIGNS[sign](Page(html))
    page = Page(html)
    for node in page.all(taken):
        if node.parent is not None:
            node.decompose()
    assert not SIGNS[sign](Page(page.tree.html))


def test_points_run_from_one_to_five(items, judged):
    for row in (*judged[0].values(), *judged[1].values()):
        given = [points(one) for one in row.judged if one.item.instrument == "DISCERN"]
        assert len(given) == 16
        assert set(given) <= {1, 2, 3, 4, 5}
        assert [points(one) for one in row.judged if one.item.instrument == "DISCERN" and not one.item.signs] == [1, 1, 1], "left to people: the least"


def test_every_sign_is_looked_for_and_every_number_is_there(items):
    assert set(SIGNS) == set(get_args(Shown)) == {sign for item in items for sign in item.signs}
    numbers = {name: sorted(item.number for item in items if item.instrument == name) for name in {item.instrument for item in items}}
    assert numbers["DISCERN"] == list(range(1, 17))
    assert numbers["PEMAT-P understandability"] == [*range(1, 13), *range(15, 20)]
    assert numbers["PEMAT-P actionability"] == list(range(20, 27))
    assert numbers["IPDAS qualifying"] == list(range(1, 7))
    assert numbers["IPDAS certification"] == list(range(1, 8))


def test_items_that_do_not_fit_together_are_found():
    knowledge, problems = read()
    assert [str(problem) for problem in (*problems, *lint(knowledge)) if "rubrics" in problem.file or "daily-life" in problem.file] == []

    def wrong(**given):
        return {key for key, _, _ in faults(RubricItem("DISCERN", 1, "x", **given), knowledge.score_items)}

    assert wrong(asks="A?", score="aims", signs=("aims-told",), cites=("discern-1999 @ Abstract",)) == {"asks"}
    assert wrong(score="none", signs=("aims-told",)) == {"score"}
    assert wrong(asks="A?", signs=("aims-told",)) == {"cites"}
    assert wrong(score="aims", signs=("aims-told",), cannot="People.") == {"signs"}
    assert wrong(score="aims") == {"signs"}
    assert wrong(score="aims", signs=("aims-told", "aims-told")) == {"signs"}


def test_grades_are_of_running_text_only(http):
    page = Page(
        "<main><h2>Otorhinolaryngological considerations</h2><p>The cat sat on the mat. It was a very good mat.</p><dl><dt>Rehabilitation</dt></dl></main>"
    )
    assert page.sentences == ["The cat sat on the mat.", "It was a very good mat."]
    assert reading_grade(page) < 2


def test_the_page_about_shows_the_figures_that_the_documents_hold(http):
    told = " ".join(Page(http.get("/about").text).text.split())
    document = (ROOT / "docs/accuracy.md").read_text("utf-8")
    for row in figures().accuracy:
        assert row.newest in told
        assert row.newest in " ".join(document.split())
    assert f"{figures().of_answers.discern} or more" in told
