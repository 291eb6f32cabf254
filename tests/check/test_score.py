"""The score: what a text tells its readers, each answer with the words that decided it."""

from datetime import date

import pytest

from gillies.check.readers.document import Document
from gillies.check.readers.open import read_bytes
from gillies.check.readers.plain import read_plain
from gillies.check.score.score import FEWEST_WORDS
from gillies.knowledge.lint import lint
from gillies.knowledge.load import read
from gillies.knowledge.schema_score import ScoreItem, ScoreSign, faults

ON = date(2026, 11, 21)
FILLING = "Rhinoplasty changes the shape of the nose. " + "The nose stands in the middle of the face and is seen by all who look. " * 8
GOOD = f"""What to know about rhinoplasty

By Ann Lee, MD

In this article we tell adults who think of a nose job what it can and cannot do. Medically reviewed on March 3, 2025.

{FILLING} During surgery the bone is cut and moved. It can improve breathing. Infection and bleeding are possible.
If you do nothing, the nose stays as it is. Most people are back to work in ten days. Alternatives include fillers.
It is not known whether one way is better than the other (Smith, 2019). Talk to your surgeon and weigh the benefits. For more information, see
https://example.org/noses. This page was funded by nobody but its author, who has no financial interest.
"""


@pytest.fixture(scope="module")
def answers(checker):
    """The lines of a text's score, by their ids."""

    def ask(text):
        score = checker.score(text if isinstance(text, Document) else read_plain(text), ON)
        return {line.id: line for line in score.items} if score else None

    return ask


JUDGED = (
    "aims", "sources", "dates", "author", "disclosure", "more-help", "uncertainty", "how-it-works", "benefits", "risks", "no-treatment", "quality-of-life",
    "alternatives", "shared-decision",
)  # fmt: skip


@pytest.mark.parametrize("item", JUDGED)
def test_a_text_that_tells_all_is_told_so(answers, item):
    assert answers(GOOD)[item].answer == "yes"


@pytest.mark.parametrize("item", [item for item in JUDGED if item != "benefits"])
def test_a_text_that_tells_nothing_is_told_so(answers, item):
    assert answers(FILLING)[item].answer == "no"
    assert answers(FILLING)[item].quote == ""


def test_every_answer_stands_on_words_of_the_text(answers):
    for line in answers(GOOD).values():
        assert line.why
        if line.span:
            assert GOOD[slice(*line.span)] == line.quote


@pytest.mark.parametrize(
    ("words", "item", "answer"),
    [
        ("There are risks.", "risks", "partly"),
        ("It can bleed, and infections happen. Numbness may stay.", "risks", "yes"),
        ("There are no risks.", "risks", "no"),
        ("It comes without complications.", "risks", "no"),
        ("Results vary from person to person.", "uncertainty", "partly"),
        ("According to our team it is lovely.", "sources", "partly"),
        ("References\n\n1. A study of noses.", "sources", "yes"),
        ("Lee et al., 2019, found so.", "sources", "yes"),
        ("Written by Ann Lee.", "author", "partly"),
        ("Reviewed by Ann B. Lee, FACS", "author", "yes"),
        ("In 2019 it was done often.", "dates", "partly"),
        ("Last updated: 3 March 2025", "dates", "yes"),
        ("Our clinic is the best. Schedule your consultation.", "disclosure", "partly"),
        ("This post is sponsored by a maker of fillers.", "disclosure", "yes"),
    ],
)
def test_what_decides(answers, words, item, answer):
    assert answers(f"{FILLING}\n\n{words}\n\n{FILLING}")[item].answer == answer


def test_what_the_file_tells_counts_where_its_text_is_silent(answers):
    page = f'<html><head><meta name="author" content="Dr Ann Lee"><meta property="article:published_time" content="2024-05-06"></head><p>{FILLING}</p></html>'
    lines = answers(read_bytes(page.encode(), ".html", "page"))
    assert (lines["author"].answer, lines["author"].quote, lines["author"].span) == ("yes", "Dr Ann Lee", None)
    assert (lines["dates"].answer, lines["dates"].quote) == ("yes", "2024-05-06")


def test_what_only_a_person_can_judge_is_left_to_one(answers):
    lines = answers(GOOD)
    assert {key for key, line in lines.items() if line.answer == "cannot be judged"} == {"achieves-aims", "relevant", "balance", "overall"}


def test_where_no_treatment_is_named_nothing_of_it_is_missed(answers):
    lines = answers("The board holds an examination each year for all who have done their training in a hospital. " * 10)
    assert lines["risks"].answer == "cannot be judged"
    assert lines["sources"].answer == "no"


def test_a_short_text_has_no_score(answers):
    assert answers("Botox is permanent. " * (FEWEST_WORDS // 3 - 1)) is None


def test_the_same_document_has_the_same_score(checker):
    assert checker.score(read_plain(GOOD), ON) == checker.score(read_plain(GOOD), ON)


def test_it_is_said_that_no_person_has_looked(checker):
    score = checker.score(read_plain(GOOD), ON)
    assert score.automatic
    assert "nobody has read" in score.note
    assert all(cite.partition(" @ ")[0] in score.sources for line in score.items for cite in line.cites)


def test_the_items_are_sound():
    knowledge, problems = read()
    assert [str(problem) for problem in (*problems, *lint(knowledge)) if "score" in problem.file] == []
    assert {f"DISCERN {number}" for number in range(1, 17)} <= {name for item in knowledge.score_items.values() for name in item.instruments}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"signs": (), "no": "It does not."}, "needs signs and a `no`"),
        ({"cannot": "It takes a person."}, "needs signs and a `no`"),
        ({"signs": (ScoreSign(level="yes", tell="x"),)}, "either `says` or a `shape`"),
        ({"signs": (ScoreSign(level="yes", tell="x", says=("a b",), least=2),)}, "asks for 2 of 1"),
        ({"signs": (ScoreSign(level="yes", tell="x", says=("a ~ b",)),)}, "is a pattern"),
        ({"signs": (ScoreSign(level="yes", tell="x", says=("a b",)), ScoreSign(level="yes", tell="y", says=("A b",)))}, "stands twice"),
    ],
)
def test_the_lint_catches(changed, says):
    whole = {
        "id": "x", "asks": "x?", "matters": "x", "instruments": ("x",), "of": "text", "cites": ("x @ y",), "no": "No.",
        "signs": (ScoreSign(level="yes", tell="x", says=("a b",)),),
    }  # fmt: skip
    assert faults(ScoreItem(**whole)) == []
    assert any(says in problem for _, problem, _ in faults(ScoreItem(**{**whole, **changed})))
