"""A made-up directory beside a made-up registry: what was put into it is found, and what only looks odd is not."""

import csv
import shlex

import pytest

from gillies.cli import main

CERTAIN = ("npi-check-digit", "npi-unknown", "npi-missing", "npi-deactivated", "excluded", "person-or-organization", "place-not-on-record")
"""Kinds that follow from numbers alone: all are to be found, and no others."""


def run(*arguments, ends=0):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), "--on", "2026-11-21"])
    assert ended.value.code == ends


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """(faults put in, findings, what looks odd) of each row."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("gillies.cli._write", said.append)
        run("registry", "sample", "-o", folder, "--rows", 4000, "--directory", 4000)
        build, audit = (shlex.split(line)[1:] for line in "".join(said).splitlines() if line.startswith("  gillies "))
        run(*build)
        run(*audit)
    with (folder / "directory-faults.csv").open(newline="") as faults, (folder / "findings.csv").open(newline="") as findings:
        pairs = list(zip(csv.DictReader(faults), csv.DictReader(findings), strict=True))
    return [(_set(fault["Faults"]), _set(found["findings"]), _set(fault["Looks odd and is fine"])) for fault, found in pairs]


def _set(cell):
    return set(filter(None, cell.split("; ")))


@pytest.mark.parametrize("kind", CERTAIN)
def test_what_follows_from_numbers_is_found_and_nothing_else(rows, kind):
    assert [kind in found for _, found, _ in rows] == [kind in faults for faults, _, _ in rows]
    assert any(kind in faults for faults, _, _ in rows)


def test_most_of_the_rest_is_found(rows):
    put_in = [(kind, kind in found) for faults, found, _ in rows for kind in faults]
    assert sum(found for _, found in put_in) / len(put_in) > 0.9


@pytest.mark.parametrize("oddity", ["former surname", "second specialty", "second place", "number that came back"])
def test_what_only_looks_odd_sets_nothing_off(rows, oddity):
    odd = [found - faults - {"maybe-excluded"} for faults, found, odds in rows if oddity in odds and not odds & {"slip of the pen", "nickname", "initial"}]
    assert odd
    assert not any(odd)
