"""One engine for all tests."""

import os
from datetime import date

import pytest

os.environ.pop("GILLIES_DEBUG", None)


@pytest.fixture(scope="session")
def engine():
    from gillies.door import open_engine

    return open_engine()


@pytest.fixture(scope="session")
def on():
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def ask(engine, on):
    """Assess a text on a fixed day."""
    return lambda text: engine.assess(text, on)
