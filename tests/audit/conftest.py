"""A small registry of people who do not exist, and a short way to audit rows against it."""

import csv
import json
from datetime import date

import pytest

from gillies.audit.job import Job, run_in_duckdb
from gillies.door import open_records
from tests.registry import made
from tests.registry.made import npi

ON = date(2026, 11, 21)
SURGEON, NURSE, FIRM, GONE, LISTED, SKIN, MOVED, UNKNOWN, WED, WED_TOO, HEALER = range(1, 12)
"""Who is who: numbers for made.npi."""

SLOT_7 = {"Healthcare Provider Taxonomy Code_7": "208200000X"}


def providers():
    """Rows of NPPES."""
    surgeon = {"last": "PEÑARAN", "first": "ROBERT", "former": "OLDNAME", "former_kind": "1", "code": "208200000X", "city": "OAKLAND"}
    return [
        made.person(SURGEON, **surgeon),
        made.person(NURSE, last="GARCIA LOPEZ", first="MARIA", code="163W00000X", state="GA", city="ATLANTA", zip="303090000"),
        {"npi": npi(FIRM), "entity": "2", "organization": "BAY SURGERY CENTER (SAMPLE), INC", "state": "CA", "city": "OAKLAND", "zip": "94609",
         "updated": "11/01/2026", "code": "261QA1903X", "primary": "Y"},
        {"npi": npi(GONE), "deactivated": "03/04/2024", "updated": "03/04/2024"},
        made.person(LISTED, last="BADLISTED", first="THOMAS"),
        made.person(SKIN, last="DERMA", first="ANNE", code="207N00000X", **SLOT_7),
        made.person(WED, last="NEWNAME", first="ROBERTA", former="LISTEDNAME", former_kind="1"),
        made.person(WED_TOO, last="MARRIED", first="NORA", former="MAIDEN", former_kind="1"),
        made.person(HEALER, last="HEALER", first="CARL", code="111N00000X"),
        made.person(MOVED, last="MOVER", first="JUAN", code="207Q00000X"),
    ]  # fmt: skip


def excluded(**cells):
    """A line of the LEIE."""
    nothing = {"NPI": "0000000000", "EXCLDATE": "20200102", "REINDATE": "00000000", "WAIVERDATE": "00000000", "EXCLTYPE": "1128a1", "STATE": "CA"}
    return nothing | cells


@pytest.fixture(scope="session")
def registry(tmp_path_factory):
    """A registry of them, with lines of the exclusion list."""
    root = tmp_path_factory.mktemp("registry")
    leie = root / "UPDATED.csv"
    lines = [
        excluded(LASTNAME="BADLISTED", FIRSTNAME="TOM", NPI=npi(LISTED)),
        excluded(LASTNAME="LISTEDNAME", FIRSTNAME="ROBERTA", STATE="NV"),
        excluded(LASTNAME="MAIDEN", FIRSTNAME="NORA", NPI=npi(WED_TOO)),
        excluded(LASTNAME="MOVER", FIRSTNAME="JUAN", WAIVERDATE="20230101", WVRSTATE="TX"),
        excluded(LASTNAME="DERMA", FIRSTNAME="ANNE", NPI=npi(99)),  # another person: another number
        excluded(LASTNAME="DERMA", FIRSTNAME="ANNE", REINDATE="20240101"),
        excluded(BUSNAME="NO GOOD CARE LLC", EXCLDATE="20261110"),  # what tells that the list is new
    ]
    leie.write_bytes(made.plain(made.LEIE, lines))
    other = made.rows_of(
        made.OTHERNAME, [{"npi": npi(FIRM), "Provider Other Organization Name": "BAY CENTER", "Provider Other Organization Name Type Code": "3"}]
    )
    more = {"othername_pfile_20050523_TO_20261109__csv": other}
    made.built(root / "registry", made.nppes(root, providers(), **more), leie=leie)
    return root / "registry"


@pytest.fixture(scope="session")
def knowledge():
    return open_records()


@pytest.fixture
def look(registry, knowledge, tmp_path):
    """Audits rows (dicts with the same keys); hands back each row's findings as id -> (sentence), and keeps the summary."""

    def go(*rows, **more):
        directory, out = tmp_path / "directory.csv", tmp_path / "findings.jsonl"
        with directory.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        go.summary = run_in_duckdb(Job((str(directory),), registry, out, **more), knowledge, ON)
        go.rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        return [dict(zip(row["findings"] or (), row["why"] or (), strict=True)) for row in go.rows]

    return go
