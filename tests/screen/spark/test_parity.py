"""A vignette put through `assess` and through Spark gets the same verdict."""

import pytest

from gillies.door import open_records
from gillies.screen.rulebook import rulebook
from tests.screen.test_parity import VIGNETTES, assert_same_verdicts


@pytest.fixture(scope="module")
def book(engine):
    return rulebook(engine.compiled, open_records())


def test_the_same_verdicts_in_spark(session, engine, book):
    assert_same_verdicts(session, engine, book, VIGNETTES)
