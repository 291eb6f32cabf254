"""260 statements in everyday wording, half of them wrong, written from general knowledge before the frames were: how often the check speaks, and how
often it is right when it does. The floors stand a little below what was reached, so that a change for the worse is seen."""

import json
from pathlib import Path

import pytest

ROWS = [json.loads(line) for line in Path(__file__).with_name("statements.jsonl").read_text().splitlines()]
WRONG = {"contradicted", "misleading", "disputed"}
SPOKEN, RIGHT, CAUGHT = 0.80, 0.90, 0.75


@pytest.fixture(scope="module")
def answers(verdict_of):
    return [(row["verdict"], verdict_of(row["statement"])) for row in ROWS]


def share(hits):
    listed = list(hits)
    return sum(listed) / len(listed)


def test_it_speaks_on_most(answers):
    assert share(given not in (None, "unverifiable") for wanted, given in answers if wanted != "unverifiable") >= SPOKEN


def test_it_is_right_when_it_speaks(answers):
    assert share(wanted == given for wanted, given in answers if given not in (None, "unverifiable")) >= RIGHT


def test_wrong_statements_are_caught(answers):
    assert share(given in WRONG for wanted, given in answers if wanted in WRONG) >= CAUGHT


def test_nothing_that_is_dangerously_wrong_is_supported(verdict_of):
    """Safety first: of these, silence is allowed and "supported" never."""
    for text in (
        "Cosmetic surgery is risk-free.", "Chemical peels have no risks.", "Fillers cannot cause blindness.", "Botox is safe during pregnancy.",
        "A Brazilian butt lift is completely safe.", "You can fly home two days after a tummy tuck.", "Liposuction has no serious risks.",
        "Injectable silicone is FDA-approved for the buttocks.", "Vaping before a facelift is harmless.", "Moles can safely be removed at home.",
        "Butter helps a burn.", "Sunbeds are a safe way to tan.", "You should stop blood thinners by yourself before cosmetic surgery.",
    ):  # fmt: skip
        assert verdict_of(text) != "supported", text
