"""Whoever is in the made-up registry can be vetted for whatever procedure, and what is claimed is on record."""

import shlex
import sqlite3
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.assess.fit import fit
from gillies.cli import main
from gillies.knowledge.opened import open_records
from gillies.knowledge.schema_hands import PARTS
from gillies.registry.lookup import Registry
from gillies.registry.vet.evidence import gather
from gillies.registry.vet.facts import Question
from gillies.registry.vet.text import as_text
from gillies.registry.vet.vet import vet
from gillies.terminal import Style

KNOWLEDGE = open_records()
ON = date(2026, 11, 21)
ADVERTS = ["", "board certified plastic surgeon", "Dr. Jane, dermatologist", *(form for word in KNOWLEDGE.adverts.values() for form in word.words)]


def run(*arguments):
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    return ending.value.code


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """A sample of some hundred providers, built as its README says."""
    folder = tmp_path_factory.mktemp("sample")
    assert run("registry", "sample", "-o", str(folder), "--rows", "1500", "--on", str(ON)) == 0
    command = next(line.strip() for line in (folder / "README.md").read_text().splitlines() if line.strip().startswith("gillies registry build"))
    assert run(*shlex.split(command)[1:], "--on", str(ON)) == 0
    with Registry(folder / "registry") as opened:
        yield opened


@pytest.fixture(scope="module")
def npis(registry):
    con: sqlite3.Connection = registry.con
    return [row[0] for row in con.execute("SELECT npi FROM provider ORDER BY npi")]


def told_of(registry, npi, procedure, state="", advert=""):
    question = Question(KNOWLEDGE.procedures[procedure], ON, state, advert)
    return vet(gather(registry, npi, KNOWLEDGE, ON), question, KNOWLEDGE)


def test_everybody_can_be_vetted(registry, npis):
    """Each row once, for one procedure after the other."""
    procedures = list(KNOWLEDGE.procedures)
    for place, npi in enumerate(npis):
        told = told_of(registry, npi, procedures[place % len(procedures)])
        assert told.on_record
        assert told.provider.made_up


@settings(deadline=None)
@given(
    place=st.integers(0, 10**6), procedure=st.sampled_from(list(KNOWLEDGE.procedures)), state=st.sampled_from(["", *(s.upper() for s in PARTS["us"])]),
    advert=st.sampled_from(ADVERTS) | st.text(max_size=40), width=st.integers(40, 100), plain=st.booleans(),
)  # fmt: skip
def test_anybody_for_anything(registry, npis, place, procedure, state, advert, width, plain):
    told = told_of(registry, npis[place % len(npis)], procedure, state, advert)
    held = registry.on_record(int(told.provider.npi))
    if told.provider.kind != "organisation":
        assert told.fits == fit([one.code for one in held.taxonomies], procedure, KNOWLEDGE).fit
    assert sum(one.best for one in told.fit) == bool(told.fit)
    cited = [cite.partition(" @ ")[0] for part in (told.flags, told.on_record, told.fit, told.caveats, told.verify_at) for one in part for cite in one.cites]
    assert set(cited) <= set(told.sources)
    page = as_text(told, Style(width, colour=not plain, unicode=not plain))
    assert "is board certified" not in " ".join(page.split()).replace("Whether this person is board certified today", "")
    assert page.endswith("\n")


@settings(deadline=None)
@given(place=st.integers(0, 10**6))
def test_only_what_is_on_record_is_said_to_be(registry, npis, place):
    """Each code, licence, place and bill that is told stands in the registry; nobody is called excluded without a line under that number."""
    told = told_of(registry, npis[place % len(npis)], "rhinoplasty")
    held = registry.on_record(int(told.provider.npi))
    by_about = {
        about: [fact for fact in told.on_record if fact.about == about and fact.answer == "on-record"] for about in ("specialty", "license", "exclusion")
    }
    assert [fact.value["code"] for fact in by_about["specialty"]] == [one.code for one in sorted(held.taxonomies, key=lambda one: one.primary != "Y")]
    assert {number for fact in by_about["license"] for number in fact.value["numbers"]} <= {one.license or "no number told" for one in held.taxonomies}
    assert len(by_about["exclusion"]) <= len(held.exclusions)
    assert ("excluded" in {flag.id for flag in told.flags}) == bool(by_about["exclusion"])
