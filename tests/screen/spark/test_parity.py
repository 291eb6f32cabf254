"""A vignette put through `assess` and through Spark gets the same verdict (tests/parity has the other doors)."""

import pytest

from gillies.door import open_records
from gillies.knowledge.load import read
from gillies.screen.rulebook import rulebook
from tests.parity.doors import by_terminal, worked_cases
from tests.parity.test_parity import compare
from tests.screen.test_parity import VIGNETTES, assert_same_verdicts

SHARE = 25
"""Spark has one in so many of the worked cases; DuckDB has them all."""


@pytest.fixture(scope="module")
def book(engine):
    return rulebook(engine.compiled, open_records())


def test_the_same_verdicts_in_spark(session, engine, book):
    assert_same_verdicts(session, engine, book, VIGNETTES)


def test_worked_cases_get_the_same_verdict_from_the_terminal_and_spark(session, engine, book, tmp_path):
    asked = [one for one, _, _ in worked_cases(read()[0])][::SHARE]
    compare(list(zip(asked, by_terminal(asked, tmp_path), strict=True)), 0.9, session, engine, book)
