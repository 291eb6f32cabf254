"""A server, the rule book, and what is asked."""

import httpx
import pytest

from gillies.door import open_records
from gillies.screen.rulebook import rulebook
from tests.web.served import served


@pytest.fixture(scope="session")
def http(tmp_path_factory):
    with served(tmp_path_factory.mktemp("server"), "--rate", "0") as running, httpx.Client(base_url=running.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def book(engine):
    return rulebook(engine.compiled, open_records())
