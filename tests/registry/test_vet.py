"""One provider against one procedure: people made up, the real knowledge, a real registry."""

import json
import re
import shutil

import pytest

from tests.registry.made import LEIE, ON, built, npi, nppes, person, rows_of
from tests.registry.vetted import about, excluded, flagged, run


def test_the_contract(vet):
    told = vet(1)
    assert {"provider", "on_record", "fit", "flags", "cannot_know", "verify_at"} <= set(told)
    assert {fact["answer"] for who in (1, 2, 6) for fact in vet(who)["on_record"]} == {"on-record", "contrary", "no-record"}
    assert all(set(told["sources"]) >= {cite.partition(" @ ")[0] for cite in each["cites"]} for key in ("fit", "flags", "verify_at") for each in told[key])


def test_the_best_of_all_fifteen_slots_decides_and_says_which(vet):
    told = vet(1)
    assert (told["fits"], told["why"].partition(":")[0]) == ("core", "Ear, nose and throat surgery")
    best, other = told["fit"]
    assert (best["slot"], best["primary"], best["best"], best["hand"]["board"]) == (15, False, True, "ABOHNS, AOBOO-HNS")
    assert (other["slot"], other["primary"], other["fit"]) == (1, True, "outside")
    assert best["self_reported"]
    assert best["hand"]["years"] == [5, 5]


def test_what_is_on_record(vet):
    told = vet(1)
    assert ("on-record", "formerly NEEBERSON.") in about(told, "name")
    assert about(told, "number")[0] == ("on-record", f"NPI {npi(1)} is active.")
    assert about(told, "license") == [
        ("on-record", "Licence in NV: 111 (self-reported; nobody checked it)."), ("on-record", "Licence in CA: A99 (self-reported; nobody checked it)."),
    ]  # fmt: skip
    assert about(told, "graduation") == [("on-record", "Graduated in 1999 from SAMPLE SCHOOL, 27 years ago.")]
    assert about(told, "enrolment") == [("on-record", "Enrolled with Medicare as: otolaryngology.")]
    assert [say for _, say in about(told, "place")] == ["OAKLAND CA 94609.", "BERKELEY CA."]
    assert about(told, "medicare") == [("on-record", "Original Medicare paid for code 30420 31 times for 14 people in 2024, in a hospital or surgery center.")]


def test_no_volume_is_no_record_and_the_file_says_what_it_cannot_tell(vet):
    told = vet(2)
    assert about(told, "medicare")[0][0] == "no-record"
    said = " ".join(caveat["say"] for caveat in told["caveats"])
    assert "Lines for ten people or fewer are left out: no line is no zero." in said
    assert "they prove no licence and no board certificate" in said


def test_exclusions_need_number_and_name(vet):
    hit = vet(1)  # under the former name
    assert about(hit, "exclusion")[0][0] == "on-record"
    assert "NPI and name agree" in about(hit, "exclusion")[0][1]
    assert flagged(hit)["excluded"] == "alert"
    by_name = vet(2)
    assert {answer for answer, _ in about(by_name, "exclusion")} == {"no-record"}
    assert "A name alone is no identity" in about(by_name, "exclusion")[0][1]
    assert flagged(by_name)["exclusion-possible"] == "check"
    by_number = vet(3)  # CEBERSON too is on the list, with somebody else's number: not even possible
    assert "under another name, MARY OTHERSON" in about(by_number, "exclusion")[0][1]
    assert {"exclusion-other-name"} == {flag for flag in flagged(by_number) if "exclusion" in flag}
    assert about(vet(5), "exclusion") == [("contrary", "Excluded from 2026-10-20, section 1128a1, and reinstated since: MARY EBERSON (CA).")]
    assert about(vet(9), "exclusion") == [("no-record", "No exclusion from federal health programmes is on record under this NPI and name.")]


def test_namesakes_are_told_with_what_speaks_against_them_and_never_by_the_dozen(tmp_path, capsys):
    rows = [excluded("ABERSON", STATE="CA"), excluded("ABERSON", STATE="NY", MIDNAME="Q"), *(excluded("ABERSON", STATE=state) for state in ("TX", "OH", "FL"))]
    (tmp_path / "UPDATED.csv").write_bytes(rows_of(LEIE, rows))
    built(tmp_path / "r", nppes(tmp_path, [person(1, **{"Provider Middle Name": "SAMPLE"})]), leie=tmp_path / "UPDATED.csv")
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", tmp_path / "r", "--on", ON, "--json") == 0
    says = [say for _, say in about(json.loads(capsys.readouterr().out), "exclusion")]
    assert says[0] == "Somebody of this name is on the list, without an NPI: MARY ABERSON (CA), since 2026-10-20. A name alone is no identity."
    assert "(another state than on record here)" in says[1]
    assert says[3] == "And 2 more of this name on the list, without an NPI."


def test_a_damaged_registry(vet_root, tmp_path, capsys):
    shutil.copytree(vet_root, tmp_path / "r")
    (file,) = (tmp_path / "r").glob("registry-*/registry.sqlite")
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 50_000)
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", tmp_path / "r") == 2
    assert "is damaged" in capsys.readouterr().err


def test_what_the_list_holds_besides_is_not_told(vet):
    assert "1960" not in json.dumps(vet(1))


def test_files_that_were_not_there_were_not_looked_into(tmp_path, capsys):
    built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", tmp_path / "r", "--on", ON, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert about(told, "exclusion") == [("no-record", "The list of people excluded from federal programmes (LEIE) was not looked into.")]
    assert about(told, "medicare") == about(told, "graduation") == []


def test_outside_is_a_question_never_an_accusation(vet):
    told = vet(2)
    assert told["fits"] == "outside"
    assert "Training that has no code may fit" in told["flags"][1]["say"]
    assert [hand["pathway"] for hand in told["unseen"]] == ["aesthetic-surgery-fellowship", "cosmetic-surgery-fellowship"]


def test_a_code_that_tells_no_field(vet):
    told = vet(8)
    assert told["fits"] == "unknown"
    assert flagged(told)["training-unknown"] == "check"


def test_where_to_verify_a_surgeon(vet):
    places = vet(1)["verify_at"]
    by_what = {what: [place["url"] for place in places if place["what"] == what] for what in ("certificate", "license", "place", "exclusion", "record")}
    assert by_what["certificate"] == ["https://www.certificationmatters.org", "https://certification.osteopathic.org"]
    assert by_what["license"] == ["https://www.mbc.ca.gov/", "https://medboard.nv.gov/", "https://www.docinfo.org"]  # by the letters MD, of both states
    assert "https://mbc.ca.gov/Licensing/Outpatient-Surgery" in by_what["place"]
    assert by_what["exclusion"] == ["https://exclusions.oig.hhs.gov"]
    assert by_what["record"] == ["https://npiregistry.cms.hhs.gov"]


def test_where_to_verify_others(vet):
    def licenses(who, **more):
        return [place["url"] for place in vet(who, **more)["verify_at"] if place["what"] == "license"]

    assert licenses(3)[0] == "https://www.floridasosteopathicmedicine.gov"
    assert licenses(4) == ["https://www.nursys.com"]
    assert licenses(5) == ["https://www.dentallicensure.org/licensure-map"]
    assert not [place for place in vet(4, procedure="dermal-fillers")["verify_at"] if place["what"] == "place"]  # no operation, no operating room


def test_who_is_no_physician(vet):
    nurse = vet(4)
    assert nurse["provider"]["professions"] == ["nurse"]
    assert flagged(nurse)["not-a-physician"] == "check"
    assert flagged(vet(4, procedure="botox"))["not-a-physician"] == "note"
    surgeon = vet(5, procedure="orthognathic surgery")
    assert (surgeon["fits"], surgeon["fit"][0]["hand"]["pathway"]) == ("core", "oral-maxillofacial-surgery")
    assert "not-a-physician" not in flagged(surgeon)


def test_an_organisation_is_not_trained(vet):
    told = vet(7)
    assert (told["provider"]["kind"], told["fit"], told["why"]) == (
        "organisation", [], "An organisation is not trained. Ask who would do it, and vet that person.",
    )  # fmt: skip
    assert flagged(told) == {"organisation": "check"}
    assert not [place for place in told["verify_at"] if place["what"] in ("certificate", "license")]


def test_a_deactivated_number(vet):
    told = vet(6)
    assert about(told, "number") == [("contrary", f"NPI {npi(6)} was deactivated on 2020-10-01: it may not be used any more.")]
    assert flagged(told) == {"deactivated": "alert"}


def test_an_unknown_number(vet):
    told = vet("1234567893")
    assert about(told, "number")[0] == ("no-record", "No provider with the NPI 1234567893 is in the NPPES files here. That is no proof that there is none.")
    assert flagged(told) == {"not-on-record": "check"}


def test_a_wrong_number_says_what_is_wrong_and_who_is_nearly_so(refused):
    wrong = npi(1)[:9] + str((int(npi(1)[9]) + 1) % 10)
    assert f"{wrong} is no NPI: its last digit should be {npi(1)[9]}" in refused(wrong, "--procedure", "rhinoplasty")
    assert re.search(rf"On record is .*{npi(1)}.*, which differs from it in little\.", refused(wrong, "--procedure", "rhinoplasty"))
    assert "it has 9 digits" in refused("123456789", "--procedure", "rhinoplasty")


def test_by_name(vet):
    told = vet("Mary Beberson")
    assert told["provider"]["npi"] == npi(2)
    assert flagged(told)["found-by-name"] == "note"
    assert vet("beberson, mary")["provider"]["npi"] == npi(2)


def test_several_of_a_name_are_listed(vet, vet_root, capsys):
    told = vet("Ann Iberson", code=2)
    assert {result["npi"] for result in told["candidates"]["results"][:2]} == {int(npi(9)), int(npi(10))}
    assert run("vet", "Ann Iberson", "--procedure", "rhinoplasty", "--registry", vet_root, "--on", ON) == 2
    out = capsys.readouterr().out
    assert "Choose one by its number: gillies vet NPI --procedure …" in out
    assert "RENO, NV" in out or "RENO NV" in out
    assert vet("Ann Iberson", "--state", "NV")["provider"]["npi"] == npi(10)


def test_nobody_of_a_name(vet):
    told = vet("Xqzv Wkjhgf", code=2)
    assert told["candidates"]["results"] == []
    assert "no proof that there is nobody" in told["candidates"]["notes"][0]


def test_what_an_advert_may_say(vet):
    told = vet(1, "--advert", "Cosmetic surgeon, board certified; plastic surgeon", "--state", "ca")
    assert told["advert"]["words"] == ["cosmetic-surgeon", "board-certified", "plastic-surgeon"]
    law = told["advert"]["laws"][0]
    assert (law["law"], law["words"]) == ("us-ca-board-certified", {"board certified": "on-conditions"})
    assert {board["board"]: board["counts"] for board in law["boards"]} == {"abohns": "counts", "aoboo-hns": "unknown"}
    assert {"advert-field", "board-claim", "advert-word"} <= set(flagged(told))


def test_an_advert_of_a_nurse(vet):
    told = vet(4, "--advert", "Dr. Mary, your injector", procedure="botox")
    assert flagged(told)["title-kept"] == "check"
    assert "keeps “Dr.” for other professions than are on record here" in next(flag["say"] for flag in told["flags"] if flag["id"] == "title-kept")


def test_a_state_without_a_law_on_file_is_said_so(vet_root, capsys):
    assert run("vet", npi(2), "--procedure", "rhinoplasty", "--registry", vet_root, "--state", "WY", "--on", ON) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "No law of this state on titles for this profession is on file here, which does not mean that there is none" in out
    assert "No licence in WY is on record here" in out


def test_stale_files_come_first_and_end_with_two(vet_root, capsys):
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", vet_root, "--on", "2027-03-01") == 2
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("STALE: npidata_pfile_20050523-20261109.csv (NPPES, the list of all NPIs) is of 2026-11-09, 112 days old")
    assert "On record" in out
    assert "Where to verify it" in out


@pytest.mark.parametrize(
    ("arguments", "say"),
    [(["--procedure", "rhinoplasty"], "say whom"), ([npi(1)], "say for what"), ([npi(1), "--procedure", "rinoplasty"], "Did you mean rhinoplasty"),
     ([npi(1), "--procedure", "rhinoplasty", "--state", "ZZ"], "is no state of the United States"),
     ([npi(1), "--procedure", "rhinoplasty", "--live"], "not both"),
     ([npi(1), "--procedure", "rhinoplasty", "--advert", "x" * 6000], "at most 5,000 are read"), (["???", "--procedure", "rhinoplasty"], "holds no letter")],
)  # fmt: skip
def test_bad_questions(refused, arguments, say):
    assert say in refused(*arguments)


def test_without_a_registry(refused):
    assert "say where to look: --registry FOLDER" in refused(npi(1), "--procedure", "rhinoplasty", registry=False)


def test_a_folder_without_a_registry(tmp_path, capsys):
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", tmp_path) == 2
    assert "holds no registry" in capsys.readouterr().err
