"""A registry of people made up to be vetted, and questions about them."""

import json

import pytest

from tests.registry.made import ON, npi
from tests.registry.vetted import made, run


@pytest.fixture(scope="session")
def vet_root(tmp_path_factory):
    """Where that registry is."""
    return made(tmp_path_factory.mktemp("vet"))


@pytest.fixture
def vet(vet_root, capsys):
    """What `gillies vet … --json` answers."""

    def ask(who, *more, procedure="rhinoplasty", code=0):
        number = npi(who) if isinstance(who, int) else who
        assert run("vet", number, "--procedure", procedure, "--registry", vet_root, "--on", ON, "--json", *more) == code
        return json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def refused(vet_root, capsys):
    """The one sentence that a bad question gets."""

    def ask(*arguments, registry=True):
        assert run("vet", *arguments, *(("--registry", vet_root) if registry else ()), "--on", ON) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        return told.err

    return ask
