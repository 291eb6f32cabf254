"""People made up to be vetted, and the files that tell of them."""

import pytest

from gillies.cli import main
from tests.registry.made import DAC, LEIE, PL, PUF, built, npi, nppes, person, plain, rows_of

EAR_NOSE_THROAT, FAMILY, PLASTIC, NURSE, JAW = "207Y00000X", "207Q00000X", "208200000X", "363LF0000X", "1223S0112X"


def slot(number: int, code: str, license: str = "", state: str = "", primary: str = "N") -> dict[str, str]:
    """A specialty in one of the 15 slots."""
    return {
        f"Healthcare Provider Taxonomy Code_{number}": code, f"Provider License Number_{number}": license,
        f"Provider License Number State Code_{number}": state, f"Healthcare Provider Primary Taxonomy Switch_{number}": primary,
    }  # fmt: skip


CREDENTIAL = "Provider Credential Text"
PEOPLE = [
    person(1, **slot(1, FAMILY, "111", "NV", "Y"), **slot(15, EAR_NOSE_THROAT, "A99", "CA"), **{CREDENTIAL: "M.D.", "former": "NEEBERSON", "former_kind": "1"}),
    person(2, last="BEBERSON", **slot(1, FAMILY, "222", "CA", "Y"), **{CREDENTIAL: "MD"}),
    person(3, last="CEBERSON", **slot(1, PLASTIC, "333", "FL", "Y"), **{CREDENTIAL: "D.O.", "state": "FL", "city": "MIAMI"}),
    person(4, last="DEBERSON", **slot(1, NURSE, "444", "CA", "Y"), **{CREDENTIAL: "DNP, FNP-C"}),
    person(5, last="EBERSON", **slot(1, JAW, "555", "TX", "Y"), **{CREDENTIAL: "DDS", "state": "TX"}),
    person(6, last="", first="", code="", primary="", entity="", deactivated="10/01/2020", updated="", state="", city="", zip=""),
    person(7, entity="2", last="", first="", organization="SAMPLE SURGERY CENTER, LLC", **slot(1, "261QA1903X", primary="Y")),
    person(8, last="HEBERSON", first="\x1b[31mANN\x07", **slot(1, "174400000X", primary="Y")),
    person(9, last="IBERSON", first="ANN", **slot(1, EAR_NOSE_THROAT, primary="Y")),
    person(10, last="IBERSON", first="ANN", city="RENO", state="NV", **slot(1, FAMILY, primary="Y")),
]


def excluded(last: str, number: str = "0000000000", **more: str) -> dict[str, str]:
    """A line of the list of the excluded."""
    return {"LASTNAME": last, "FIRSTNAME": "MARY", "NPI": number, "STATE": "CA", "EXCLTYPE": "1128a1", "EXCLDATE": "20261020", "DOB": "19600102"} | more


EXCLUDED = [
    excluded("NEEBERSON", npi(1), GENERAL="PHYSICIAN (MD, DO)"), excluded("BEBERSON"), excluded("OTHERSON", npi(3)),
    excluded("EBERSON", npi(5), REINDATE="20261101"), excluded("CEBERSON", npi(99)),
]  # fmt: skip
VOLUME = {"Rndrng_NPI": npi(1), "Place_Of_Srvc": "F", "Tot_Benes": "14", "Tot_Srvcs": "31"}


def made(folder):
    """A registry of them all."""
    full = nppes(folder, PEOPLE, **{"pl_pfile_20050523_TO_20261109__csv": rows_of(PL, [{"NPI": npi(1), PL[3]: "BERKELEY", PL[4]: "CA"}])})
    files = {
        "UPDATED.csv": rows_of(LEIE, EXCLUDED),
        "dac.csv": plain(DAC, [{"NPI": npi(1), "Grd_yr": "1999", "Med_sch": "SAMPLE SCHOOL", "pri_spec": "OTOLARYNGOLOGY"}]),
        "MUP_PHY_R26_P05_V10_D24_Prov_Svc.csv": plain(PUF, [VOLUME | {"HCPCS_Cd": "30420"}, VOLUME | {"HCPCS_Cd": "99213"}]),
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    leie, dac, puf = (folder / name for name in files)
    built(folder / "r", full, leie=leie, dac=dac, puf=puf)
    return folder / "r"


def run(*arguments):
    """The exit code of a command."""
    with pytest.raises(SystemExit) as ending:
        main([*map(str, arguments)])
    return ending.value.code


def about(told, what):
    """(answer, sentence) of all facts about one thing."""
    return [(fact["answer"], fact["say"]) for fact in told["on_record"] if fact["about"] == what]


def flagged(told):
    """Flag -> how heavy."""
    return {flag["id"]: flag["level"] for flag in told["flags"]}
