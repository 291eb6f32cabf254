"""Each kind of finding: what sets it off, and what looks odd and does not."""

import pytest

from gillies.audit.kinds import ORDER
from tests.audit.conftest import FIRM, GONE, HEALER, LISTED, MOVED, NURSE, SKIN, SURGEON, UNKNOWN, WED, WED_TOO
from tests.registry.made import npi


def row(who, name, **cells):
    return {"NPI": npi(who), "Name": name, "State": "CA"} | cells


@pytest.mark.parametrize(
    ("number", "finding"),
    [
        ("", "npi-missing"), ("12345", "npi-check-digit"), ("abcdefghij", "npi-check-digit"), ("9000000012", "npi-check-digit"), (npi(UNKNOWN), "npi-unknown"),
        (npi(GONE), "npi-deactivated"),
    ],
)  # fmt: skip
def test_the_number_itself(look, number, finding):
    (found,) = look({"NPI": number, "Name": "Zoe Nobody"})
    assert list(found) == [finding]


@pytest.mark.parametrize("number", [f" {npi(SURGEON)} ", f"{npi(SURGEON)}.0", f"{npi(SURGEON)[:4]}-{npi(SURGEON)[4:]}"])
def test_a_number_may_be_written_in_odd_ways(look, number):
    assert look({"NPI": number, "Name": "Robert Penaran"}) == [{}]


@pytest.mark.parametrize(
    "name",
    [
        "Robert Peñaran", "PENARAN, ROBERT", "Dr. Bob Penaran, M.D., FACS", "R Penaran", "Robert Pemaran", "Rob Penaran", "Robert Oldname", "Penaran Robert",
        "ROBERT  PEÑARAN JR.",
    ],
)  # fmt: skip
def test_a_name_that_agrees(look, name):
    assert "name-differs" not in look(row(SURGEON, name))[0]


@pytest.mark.parametrize(
    ("name", "sure"), [("Robert Smith", "weak"), ("Alice Penaran", "weak"), ("Alice Smith", "fair")]
)  # fmt: skip
def test_a_name_that_does_not(look, name, sure):
    (found,) = look(row(SURGEON, name))
    assert list(found) == ["name-differs"]
    assert look.rows[0]["confidence"] == sure
    assert 0 <= look.rows[0]["name_score"] < 0.85


def test_one_part_of_a_double_surname_agrees(look):
    assert look(row(NURSE, "Maria Garcia", State="GA")) == [{}]


@pytest.mark.parametrize("name", ["Bay Surgery Center (Sample)", "BAY SURGERY CENTER (SAMPLE), INC", "Bay Center"])
def test_names_of_organizations(look, name):
    assert look(row(FIRM, name)) == [{}]


def test_another_organization(look):
    assert list(look(row(FIRM, "Desert Skin Clinic LLC"))[0]) == ["name-differs"]


@pytest.mark.parametrize(
    ("cells", "mixed"),
    [
        ({"NPI": npi(FIRM), "First Name": "Robert", "Last Name": "Penaran", "Organization": ""}, True),
        ({"NPI": npi(SURGEON), "First Name": "", "Last Name": "", "Organization": "Penaran Surgery Center LLC"}, True),
        ({"NPI": npi(SURGEON), "First Name": "Robert", "Last Name": "Penaran", "Organization": "Bay Surgery Center"}, False),
    ],
)
def test_person_and_organization(look, cells, mixed):
    (found,) = look(cells)
    assert ("person-or-organization" in found) is mixed
    assert "name-differs" not in found


def test_excluded_by_number_and_name_with_a_nickname(look):
    (found,) = look(row(LISTED, "Thomas Badlisted"))
    assert list(found) == ["excluded"]
    assert "excluded since 2020-01-02 under section 1128a1" in found["excluded"]
    assert look.rows[0]["confidence"] == "firm"


def test_the_number_is_listed_under_another_name(look):
    (found,) = look(row(LISTED, "Alice Else"))
    assert list(found) == ["maybe-excluded", "name-differs"]
    assert "under another name" in found["maybe-excluded"]


def test_a_row_with_nothing_but_the_number_is_judged_by_the_name_on_record(look):
    assert [list(found) for found in look({"NPI": npi(LISTED)}, {"NPI": npi(SKIN)})] == [["excluded"], []]


@pytest.mark.parametrize(
    ("given", "sure"),
    [
        (row(MOVED, "Juan Mover"), "fair"), (row(MOVED, "MOVER, JUAN", State=""), "fair"), ({"NPI": "", "Name": "Juan Mover", "State": "TX"}, "weak"),
    ],
)  # fmt: skip
def test_a_name_alone_is_only_perhaps_excluded(look, given, sure):
    (found,) = look(given)
    assert "maybe-excluded" in found
    assert "excluded" not in found
    (counted,) = (kind for kind in look.summary.kinds if kind.kind == "maybe-excluded")
    assert [row.confidence for row in counted.sample] == [sure]


def test_a_waiver_is_told(look):
    (found,) = look(row(MOVED, "Juan Mover"))
    assert found["maybe-excluded"].endswith("excluded since 2020-01-02 under section 1128a1. The exclusion is waived for TX.")


def test_a_former_name_on_record_is_looked_up_too(look):
    (found,) = look(row(WED, "Roberta Newname"))
    assert list(found) == ["maybe-excluded"]
    assert look.rows[0]["confidence"] == "weak"
    assert "It is a name on record for this number." in found["maybe-excluded"]


def test_names_on_record_do_not_count_where_the_row_has_another_name(look):
    assert list(look(row(WED, "Alice Smith"))[0]) == ["name-differs"]


def test_nobody_is_taken_for_a_line_with_another_number_or_a_reinstated_one(look):
    assert look(row(SKIN, "Anne Derma")) == [{}]


def test_a_line_with_a_number_counts_where_the_row_has_none(look):
    found = look({"NPI": "", "Name": "Thomas Badlisted"}, {"NPI": npi(UNKNOWN), "Name": "Thomas Badlisted"})
    assert ["under another NPI" in each["maybe-excluded"] for each in found] == [True, True]


def test_excluded_under_a_former_name_on_record(look):
    (found,) = look(row(WED_TOO, "Nora Married"))
    assert list(found) == ["excluded"]


def test_an_organization_by_its_name(look):
    (found,) = look({"NPI": "", "Name": "No Good Care, LLC", "State": "CA"})
    assert "maybe-excluded" in found


@pytest.mark.parametrize(
    "specialty", ["Plastic Surgery", "dermatologist", "Dermatology; Plastic & Reconstructive Surgery", "207N00000X", "Underwater basket weaving", ""]
)
def test_a_specialty_that_any_of_the_15_slots_shows(look, specialty):
    assert look(row(SKIN, "Anne Derma", Specialty=specialty)) == [{}]


def test_a_specialty_that_none_shows(look):
    (found,) = look(row(NURSE, "Maria Garcia Lopez", State="NY", Specialty="Plastic Surgeon") | {"State": ""})
    assert found == {"specialty-not-on-record": "Advertised: plastic surgeon. Reported to NPPES: Registered nurse."}


def test_words_that_are_not_understood_are_told(look):
    look(row(SKIN, "Anne Derma", Specialty="Underwater basket weaving"))
    assert [(each.words, each.rows) for each in look.summary.unread] == [("Underwater basket weaving", 1)]
    assert look.summary.checked["specialty"] == 0


def test_a_title_that_the_state_keeps_for_others(look):
    (found,) = look(row(NURSE, "Maria Garcia Lopez", State="GA", Title="Dermatologist", Credentials="RN"))
    assert "It keeps the word for others." in found["title-restricted"]


def test_a_title_on_conditions_and_one_in_a_state_without_a_rule(look):
    found = look(row(SKIN, "Anne Derma", Title="Board certified"), row(SKIN, "Anne Derma", Title="Board certified", State=""))
    assert [list(each) for each in found] == [["title-restricted"], []]


@pytest.mark.parametrize(("procedures", "outside"), [("Rhinoplasty", True), ("30400", True), ("Botulinum toxin", False), ("haircut", False), ("", False)])
def test_procedures_outside_the_training(look, procedures, outside):
    family_doctor, nurse = look(row(MOVED, "Juan Mover", Procedures=procedures), row(NURSE, "Maria Garcia Lopez", State="GA", Procedures=procedures))
    assert ("procedure-outside" in family_doctor) is outside
    assert "procedure-outside" not in nurse  # what this training holds is not on file: nothing can be said


def test_surgery_by_another_profession(look):
    found = look(*(row(HEALER, "Carl Healer", Procedures=what) for what in ("Rhinoplasty", "Chemical peel")))
    assert [list(each) for each in found] == [["procedure-outside"], []]
    assert "neither physician nor dentist nor nurse is reported: Chiropractor" in found[0]["procedure-outside"]


@pytest.mark.parametrize(
    ("cells", "far"),
    [
        ({"State": "CA", "ZIP": "94110"}, False), ({"State": "", "ZIP": "10001"}, True), ({"State": "NY", "ZIP": ""}, True),
        ({"State": "CA", "ZIP": "90012"}, True), ({"State": "CA", "ZIP": "94609-1234"}, False), ({"State": "", "ZIP": ""}, False),
        ({"State": "CA", "ZIP": "no zip"}, False),
    ],
)  # fmt: skip
def test_places(look, cells, far):
    (found,) = look({"NPI": npi(SKIN), "Name": "Anne Derma"} | cells)
    assert list(found) == (["place-not-on-record"] if far else [])


def test_findings_stand_in_the_order_in_which_to_look_at_them(look):
    (found,) = look(row(LISTED, "Alice Else", State="NY", Specialty="Dermatology", Title="doctor", Procedures="Rhinoplasty"))
    assert list(found) == [kind for kind in ORDER if kind in found]
    assert len(found) >= 3


def test_what_stands_in_a_cell_is_never_run_as_sql(look):
    evil = "x'); DROP TABLE g_rows; --"
    found = look(
        {"NPI": evil, "Name": evil, "State": evil, "Specialty": evil, "Title": evil, "Procedures": evil},
        row(SKIN, "Anne Derma", Specialty="", Title="", Procedures=""),
    )
    assert list(found[0]) == ["npi-check-digit"]
    assert found[1] == {}
