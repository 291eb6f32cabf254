"""One engine for all tests of the check, and short ways to ask it."""

import pytest

from gillies.check.check import check
from gillies.check.door import open_check


@pytest.fixture(scope="session")
def checker():
    return open_check()


@pytest.fixture(scope="session")
def statements(checker):
    """The statements of a text."""
    return lambda text: check(text, checker.lexicon)


@pytest.fixture(scope="session")
def verdict_of(statements):
    """The verdict on a text of one statement; None when nothing is said of it."""

    def ask(text):
        found = statements(text)
        return found[0].verdict if found else None

    return ask


@pytest.fixture
def verdict(verdict_of):
    """The same, by the name that reads best."""
    return verdict_of
