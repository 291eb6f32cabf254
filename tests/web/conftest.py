"""Servers for these tests (one with a registry of made-up people, one without), and a client for each."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.registry.vetted import made
from tests.web.served import served


@pytest.fixture(scope="session")
def aside():
    """Runs something in a thread of its own: where a browser was driven before, this one has a running loop, and asyncio.run would not start another."""

    def run(work):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()

    return run


@pytest.fixture(scope="session")
def registry(tmp_path_factory):
    return made(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="session")
def server(tmp_path_factory, registry):
    with served(tmp_path_factory.mktemp("server"), "--rate", "0", "--registry", str(registry)) as running:
        yield running


@pytest.fixture(scope="session")
def http(server):
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A server without a registry."""
    with served(tmp_path_factory.mktemp("bare"), "--rate", "0") as running, httpx.Client(base_url=running.url, timeout=60) as client:
        yield client
