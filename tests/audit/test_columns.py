"""What columns of a directory are called, and one sentence where nothing fits."""

import csv
from pathlib import Path

import pytest

from gillies.audit import columns
from gillies.audit.columns import CALLED, mapped, recognise
from gillies.errors import InputError


@pytest.mark.parametrize(
    ("header", "fills"),
    [
        ("NPI,Name,State", {"npi": ("NPI",), "name": ("Name",), "state": ("State",)}),
        ("npi_number;LAST_NAME;first-name".replace(";", ","), {"npi": ("npi_number",), "last": ("LAST_NAME",), "first": ("first-name",)}),
        ("Provider NPI,Specialty,Specialty 2", {"npi": ("Provider NPI",), "specialty": ("Specialty", "Specialty 2")}),
        ("frst_nm,lst_nm,pri_spec,sec_spec_all", {"last": ("lst_nm",), "first": ("frst_nm",), "specialty": ("pri_spec", "sec_spec_all")}),
        ("Facility Name,City/Town,ZIP Code", {"organization": ("Facility Name",), "city": ("City/Town",), "zip": ("ZIP Code",)}),
    ],
)  # fmt: skip
def test_columns_by_their_names(header, fills):
    assert recognise(header.split(","), "a.csv").fills == fills


def test_no_name_is_claimed_by_two_columns():
    seen: dict[str, str] = {}
    for ours, names in CALLED.items():
        for name in filter(None, (*names.split("|"), *columns.MORE.get(ours, "").split("|"))):
            assert seen.setdefault(name, ours) == ours


def test_the_header_of_the_official_doctors_file_is_understood():
    with (Path(__file__).parent.parent / "registry/headers/cms_dac_national.csv").open(newline="") as file:
        header = next(csv.reader(file))
    assert {"npi", "last", "first", "middle", "credential", "specialty", "address", "city", "state", "zip"} <= set(recognise(header, "a.csv").fills)


def test_nothing_fits_is_one_sentence_with_an_example():
    with pytest.raises(InputError, match=r"no column that could be an NPI or a name \(its columns: a, b\): say with --mapping"):
        recognise(["a", "b"], "a.csv")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([], "holds no mapping"),
        ({"npi": "no", "color": "b"}, "names color, which is no column of ours"),
        ({"npi": "elsewhere"}, "a.csv has no column elsewhere, which map.yaml names"),
        ({"state": "b"}, "neither which column is the NPI nor which is the name"),
    ],
)
def test_a_mapping_that_does_not_fit(raw, says):
    with pytest.raises(InputError, match=says):
        mapped(Path("map.yaml"), raw, ["no", "b"], "a.csv")


def test_a_mapping_of_several_columns():
    assert mapped(Path("map.yaml"), {"npi": "No", "specialty": ["s 1", "s_2"]}, ["NO", "S1", "S2"], "a.csv").fills == {
        "npi": ("NO",),
        "specialty": ("S1", "S2"),
    }


def test_the_example_is_a_mapping_that_can_be_read():
    import yaml

    held = yaml.safe_load(columns.EXAMPLE)
    given = [column for value in held.values() for column in (value if isinstance(value, list) else [value])]
    assert mapped(Path("map.yaml"), held, given, "a.csv").fills["specialty"] == ("SPEC_1", "SPEC_2")
