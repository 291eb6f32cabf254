"""Official files by their names and headers."""

from datetime import date
from pathlib import Path

import pytest

from gillies.errors import InputError
from gillies.registry.archive import Member
from gillies.registry.kinds import DAC, DEACTIVATED, KINDS, LEIE, NPPES, NUCC, OTHER_NAME, PLACES, PUF, is_full, is_header_only, pick, places, released
from tests.registry import made

HEADERS = {
    NPPES.id: made.NPPES, OTHER_NAME.id: made.OTHERNAME, PLACES.id: made.PL, LEIE.id: made.LEIE, DAC.id: made.DAC, PUF.id: made.PUF, NUCC.id: made.NUCC,
    DEACTIVATED.id: ["NPI", "NPPES Deactivation Date"],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_column_of_ours_is_in_the_official_header(kind):
    assert set(places(kind, HEADERS[kind.id], "a.csv")) == set(kind.columns)


def test_case_blanks_and_punctuation_do_not_matter():
    assert places(DAC, ["npi", "PROVIDER_LAST_NAME", "provider_first_name", "grd_yr", "Pri Spec", "state"], "a.csv")["last"] == 1


@pytest.mark.parametrize(
    ("kind", "names", "day"),
    [
        (NPPES, ["npidata_pfile_20050523-20261109.csv"], date(2026, 11, 9)),
        (NPPES, ["x.csv", "NPPES_Data_Dissemination_November_2026.zip"], None),
        (DEACTIVATED, ["NPPES Deactivated NPI Report 20261109.xlsx", "NPPES_Deactivated_NPI_Report_110926.zip"], date(2026, 11, 9)),
        (PUF, ["MUP_PHY_R26_P05_V10_D24_Prov_Svc.csv"], date(2024, 12, 31)),
        (NUCC, ["nucc_taxonomy_261.csv"], date(2026, 7, 1)),
        (NUCC, ["nucc_taxonomy_260.csv"], date(2026, 1, 1)),
        (NPPES, ["npidata_pfile_20050523-20261399.csv"], None),
        (LEIE, ["UPDATED.csv"], None),
    ],
)
def test_the_day_that_a_name_tells(kind, names, day):
    assert released(kind, *names) == day


def test_full_and_weekly_files():
    assert is_full(NPPES, "npidata_pfile_20050523-20261109.csv")
    assert is_full(NPPES, "mine.csv")
    assert not is_full(NPPES, "npidata_pfile_20261110-20261116.csv")


@pytest.mark.parametrize("name", ["npidata_pfile_20050523-20261109_FileHeader.csv", "pl_pfile_20050523-20261109_fileheader.csv"])
def test_headers_that_stand_beside_the_data_are_no_data(name):
    assert is_header_only(name)


def member(name, inside=True):
    return Member(Path("a.zip"), name, 1, name if inside else "")


def test_the_one_file_of_a_kind_is_picked():
    bundle = [member(f"{part}_pfile_20050523-20261109{end}.csv") for part in ("npidata", "pl", "othername") for end in ("", "_fileheader")]
    assert pick(NPPES, bundle) == bundle[0]
    assert pick(PLACES, bundle) == bundle[2]
    assert pick(LEIE, [member("leie_download.csv"), member("readme.pdf")]) == member("leie_download.csv")
    assert pick(LEIE, [member("whatever.csv", inside=False)]) == member("whatever.csv", inside=False)
    assert pick(OTHER_NAME, [member("npidata_pfile_20050523-20261109.csv")]) is None
    with pytest.raises(InputError, match="holds 2 files of NPPES"):
        pick(NPPES, [bundle[0], member("npidata_pfile_20261110-20261116.csv")])
