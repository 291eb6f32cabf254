"""A registry from made-up official files: what is kept, what is set aside, what stops a build, and that the old one stays until the new one is whole."""

import csv
import json
from datetime import date

import msgspec
import pytest

from gillies.errors import InputError
from gillies.registry import manifest
from gillies.registry.build import Allow
from gillies.registry.lookup import Registry
from gillies.registry.record import Provider
from gillies.registry.search import packing
from tests.registry.made import DAC, DAC_2021, LEIE, NPPES, NUCC, OTHERNAME, PL, PUF, ask, built, npi, nppes, person, plain, rows_of, zipped


def providers(root):
    """Every provider of the look-up file, by NPI."""
    return {str(number): msgspec.json.decode(record, type=Provider) for number, record in ask(root, "SELECT npi, record FROM provider")}


def specialties(root, number):
    """What the look-up file has of a provider's specialties."""
    with Registry(root) as registry:
        return registry.on_record(int(number)).taxonomies


def aside(root):
    """The rows that were set aside: (row, reason)."""
    (path,) = root.glob("registry-*/aside.csv")
    with path.open(newline="", encoding="utf-8") as file:
        return [(int(row["row"]), row["reason"]) for row in csv.DictReader(file)]


def test_a_provider_is_kept_as_it_stands(tmp_path):
    full = person(
        1, last="O'NEIL-MUÑIZ ", first=" Mary", former="SMITH", former_kind="1", zip="941100042", state="ca", primary="N", updated="02/28/2026",
        **{"Healthcare Provider Taxonomy Code_15": "207N00000X", "Provider License Number_15": "A1", "Provider License Number State Code_15": "ny",
           "Healthcare Provider Primary Taxonomy Switch_15": "Y", "Provider Sex Code": "F"},
    )  # fmt: skip
    built(tmp_path / "r", nppes(tmp_path, [full]))
    held = providers(tmp_path / "r")[npi(1)]
    assert (held.last, held.first, held.other_last, held.other_kind, held.state, held.zip5, held.zip4) == (
        "O'NEIL-MUÑIZ",
        "Mary",
        "SMITH",
        "1",
        "CA",
        "94110",
        "0042",
    )
    assert (held.updated, held.sex, held.active) == (date(2026, 2, 28), "F", True)
    assert [(t.slot, t.code, t.license, t.license_state, t.primary) for t in specialties(tmp_path / "r", npi(1))] == [
        ("1", "208200000X", None, None, "N"), ("15", "207N00000X", "A1", "NY", "Y"),
    ]  # fmt: skip


def test_views_show_fields_by_name(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    assert ask(tmp_path / "r", "SELECT npi, last, city FROM providers") == [(int(npi(1)), "ABERSON", "OAKLAND")]


def test_both_generations_of_the_header(tmp_path):
    old = [column.replace("Provider Sex Code", "Provider Gender Code") for column in NPPES if column != "Certification Date"]
    built(tmp_path / "r", nppes(tmp_path, [person(1, **{"Provider Gender Code": "M"})], old))
    assert providers(tmp_path / "r")[npi(1)].sex == "M"


def test_columns_may_stand_in_any_order_with_others_between(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1)], ["New Column", *reversed(NPPES)]))
    assert providers(tmp_path / "r")[npi(1)].last == "ABERSON"


def test_a_needed_column_that_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match=r"it has no column Entity Type Code, NPI Deactivation Date \(it begins with NPI"):
        built(tmp_path / "r", nppes(tmp_path, [], [column for column in NPPES if column not in ("Entity Type Code", "NPI Deactivation Date")]))
    assert not (tmp_path / "r").exists()


def test_deactivated_rows_hold_little_and_are_kept(tmp_path):
    rows = [
        {"npi": npi(1), "deactivated": "05/06/2020"},
        person(2, deactivated="05/06/2020", reactivated="05/07/2021"),
        person(3, deactivated="05/06/2022", reactivated="05/07/2021"),
    ]
    built(tmp_path / "r", nppes(tmp_path, rows))
    assert [providers(tmp_path / "r")[npi(n)].active for n in (1, 2, 3)] == [False, True, False]
    assert aside(tmp_path / "r") == []


def test_the_report_of_deactivated_npis_is_applied(tmp_path):
    rows = [person(1), person(2, deactivated="01/01/2020", reactivated="01/01/2026"), person(3, deactivated="01/01/2020"), person(4)]
    listed = [{"NPI": npi(n), "NPPES Deactivation Date": day} for n, day in ((1, "11/02/2026"), (2, "01/01/2020"), (3, "01/01/2020"), (9, "01/01/2019"))]
    report = tmp_path / "NPPES Deactivated NPI Report 20261109.csv"
    report.write_bytes(plain(["NPI", "NPPES Deactivation Date"], listed))
    made = built(tmp_path / "r", nppes(tmp_path, rows), deactivated=report)
    held = providers(tmp_path / "r")
    assert [(held[npi(n)].active, held[npi(n)].deactivated_by) for n in (1, 2, 3, 4)] == [(False, "list"), (True, "nppes"), (False, "nppes"), (True, None)]
    assert made.counts["deactivation"] == 4


REASONS = {
    "check digit": ({"npi": "9000000011"}, "its NPI is no ten-digit number that fits its check digit"),
    "no number": ({"npi": "12345"}, "its NPI is no ten-digit number that fits its check digit"),
    "blank": ({"npi": ""}, "its NPI is no ten-digit number that fits its check digit"),
    "entity": ({"entity": "3"}, "its entity type is neither 1 (a person) nor 2 (an organisation)"),
    "nameless": ({"last": ""}, "it has neither a name nor a day on which it was deactivated"),
}


@pytest.mark.parametrize("what", REASONS)
def test_bad_rows_are_set_aside_with_row_reason_and_count(tmp_path, what):
    cells, reason = REASONS[what]
    made = built(tmp_path / "r", nppes(tmp_path, [person(1), person(2, **cells), person(3)]))
    assert aside(tmp_path / "r") == [(3, reason)]
    (source,) = made.sources
    assert (source.rows_in, source.rows_out, source.rows_aside, source.reasons) == (3, 2, 1, {reason: 1})
    assert set(providers(tmp_path / "r")) == {npi(1), npi(3)}


def test_a_torn_row_is_set_aside_and_its_text_is_harmless_in_a_spreadsheet(tmp_path):
    raw = rows_of(NPPES, [person(1), person(2)]) + b"=cmd()|torn\n" + rows_of(NPPES, [person(3)]).split(b"\n", 1)[1]
    made = built(tmp_path / "r", nppes(tmp_path, [], raw=raw))
    assert made.counts["provider"] == 3
    (path,) = (tmp_path / "r").glob("registry-*/aside.csv")
    assert '4,"it holds 1 cells, the header has 330",\'=cmd()|torn' in path.read_text()


def test_encodings_are_counted(tmp_path):
    raw = rows_of(NPPES, [person(1, last="MUÑOZ")]) + rows_of(NPPES, [person(2, last="PEÑA")]).split(b"\n", 1)[1].decode().encode("cp1252")
    made = built(tmp_path / "r", nppes(tmp_path, [], raw=raw))
    assert [held.last for held in providers(tmp_path / "r").values()] == ["MUÑOZ", "PEÑA"]
    assert (made.sources[0].foreign, made.sources[0].lost) == (1, 0)


def test_days_that_are_none_are_counted(tmp_path):
    made = built(tmp_path / "r", nppes(tmp_path, [person(1, updated="2026-01-01"), person(2, **{"Provider Enumeration Date": "02/30/2020"})]))
    assert made.sources[0].unread_days == {"updated": 1, "enumerated": 1}


def test_masked_cells_are_nothing(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1, parent="<UNAVAIL>", **{"Provider License Number_1": "$$$$$$$$$"})]))
    held = providers(tmp_path / "r")[npi(1)]
    assert (held.parent, specialties(tmp_path / "r", npi(1))[0].license) == (None, None)


def test_of_an_npi_that_stands_twice_the_last_row_is_kept(tmp_path):
    made = built(tmp_path / "r", nppes(tmp_path, [person(1, last="OLD"), person(2), person(1, last="NEW")]))
    assert providers(tmp_path / "r")[npi(1)].last == "NEW"
    assert aside(tmp_path / "r") == [(2, "its NPI stands again in row 4, which is kept")]
    assert (made.counts["provider"], made.counts["name"], made.counts["person"]) == (2, 2, 2)


def test_weekly_files_win_newest_first(tmp_path):
    place = {f"{part}": "" for part in PL}
    full = nppes(
        tmp_path, [person(n, last="MONTH") for n in (1, 2, 3)],
        **{"pl_pfile_20050523_TO_20261109__csv": rows_of(PL, [place | {"NPI": npi(n), PL[3]: "OLD TOWN"} for n in (1, 2)])},
    )  # fmt: skip
    first = nppes(tmp_path, [person(n, last="FIRST") for n in (2, 3)], span="20261110_TO_20261116")
    second = nppes(tmp_path, [person(n, last="SECOND") for n in (3, 4)], span="20261117_TO_20261123")
    before = nppes(tmp_path, [person(1, last="LONG AGO")], span="20261101_TO_20261108")
    for order in ((full, first, second, before), (before, second, full, first)):
        made = built(tmp_path / "r", *order)
        assert [providers(tmp_path / "r")[npi(n)].last for n in (1, 2, 3, 4)] == ["MONTH", "FIRST", "SECOND", "SECOND"]
        assert ask(tmp_path / "r", "SELECT npi, city FROM places") == [(int(npi(1)), "OLD TOWN")]
        assert {s.inside: s.superseded for s in made.sources if s.superseded} == {
            "npidata_pfile_20261110-20261116.csv": 1, "npidata_pfile_20050523-20261109.csv": 2, "pl_pfile_20050523-20261109.csv": 1,
        }  # fmt: skip


def test_weekly_files_alone_or_two_full_ones_are_refused(tmp_path):
    with pytest.raises(InputError, match="give the full monthly file"):
        built(tmp_path / "r", nppes(tmp_path, [person()], span="20261110_TO_20261116"))
    with pytest.raises(InputError, match="both full files"):
        built(tmp_path / "r", nppes(tmp_path, [person()]), nppes(tmp_path, [person()], span="20050523_TO_20261012"))


def others(folder):
    """One file of each other kind."""
    files = {
        "leie": rows_of(LEIE, [
            {"LASTNAME": "ABERSON", "FIRSTNAME": "MARY", "NPI": npi(1), "STATE": "CA", "EXCLTYPE": "1128a1", "EXCLDATE": "20261020", "REINDATE": "00000000"},
            {"BUSNAME": "Sample & Sons, Inc.", "NPI": "0000000000", "STATE": "NY", "EXCLTYPE": "1128b8", "EXCLDATE": "20200102"},
            {"NPI": "0000000000", "EXCLDATE": "20200102"}, {"LASTNAME": "NODAY", "NPI": "0000000000", "EXCLDATE": "00000000"},
        ], "\r\n"),
        "dac": plain(DAC, [{"NPI": npi(1), "Provider Last Name": "ABERSON", "Grd_yr": "1999", "State": "CA", "ZIP Code": "04110", "sec_spec_all": "A, B"}]),
        "puf": plain(PUF, [{"Rndrng_NPI": npi(1), "HCPCS_Cd": code, "Tot_Srvcs": "1,234.5", "Tot_Benes": "*", "Rndrng_Prvdr_RUCA_Desc": 'a "b", c'}
                           for code in ("30520", "15823")]),
        "nucc": plain(NUCC, [{"Code": "208200000X", "Classification": "a\nb, c", "Definition": 'with "quotes"'}]),
    }  # fmt: skip
    for name, raw in files.items():
        (folder / f"{name}.csv").write_bytes(raw)
    return {name: folder / f"{name}.csv" for name in files}


def test_every_other_file_by_provider(tmp_path):
    made = built(tmp_path / "r", nppes(tmp_path, [person(1)]), **others(tmp_path))
    root, number = tmp_path / "r", int(npi(1))
    assert ask(root, "SELECT npi, last_key, business_key FROM exclusion") == [(number, "ABERSON", None), (None, None, "SAMPLE SONS INC")]
    assert ask(root, "SELECT npi, last, day, reinstated FROM exclusions WHERE npi IS NOT NULL") == [(number, "ABERSON", "2026-10-20", None)]
    assert ask(root, "SELECT npi, graduated, zip, second_specialties FROM clinicians") == [(number, 1999.0, "04110", "A, B")]
    assert ask(root, "SELECT npi, hcpcs, services, people FROM services") == [(number, "30520", 1234.5, None), (number, "15823", 1234.5, None)]
    assert ask(root, "SELECT code, classification FROM codes") == [("208200000X", "a\nb, c")]
    assert sorted(aside(root)) == [(4, "it has neither a name nor a firm"), (5, "its day of exclusion is no day")]
    assert {source.kind: source.told_by for source in made.sources}["leie"] == "the newest day in its rows"


def test_the_older_header_of_doctors_and_clinicians(tmp_path):
    (tmp_path / "dac.csv").write_bytes(plain(DAC_2021, [{"NPI": npi(1), "lst_nm": "ABERSON", "Grd_yr": "1999", "st": "CA", "cty": "OAKLAND"}]))
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), dac=tmp_path / "dac.csv")
    assert ask(tmp_path / "r", "SELECT last, city FROM clinicians") == [("ABERSON", "OAKLAND")]


def test_further_names_and_places(tmp_path):
    more = {
        "othername_pfile_20050523_TO_20261109__csv": rows_of(OTHERNAME, [{"NPI": npi(1), OTHERNAME[1]: "FACES", OTHERNAME[2]: "3"}, {"NPI": npi(1)}]),
        "pl_pfile_20050523_TO_20261109__csv": rows_of(PL, [{"NPI": npi(1), PL[1]: "1 SAMPLE ST", PL[2]: "STE 2", PL[5]: "941100001", PL[3]: "SAN FRANCISCO"}]),
    }
    built(tmp_path / "r", nppes(tmp_path, [person(1)], **more))
    assert ask(tmp_path / "r", "SELECT organization, kind FROM other_names") == [("FACES", "3")]
    with Registry(tmp_path / "r") as registry:
        assert registry.index.words.words == ["FACES"]
        assert packing.firm_npi(registry.index.words.of(0)).tolist() == [int(npi(1))] * 2  # in CA, and where a place tells no state
        assert registry.index.town("SAN FRANCISCO", "").tolist() == [int(npi(1))]
    assert ask(tmp_path / "r", "SELECT address, address2, city, zip5, zip4 FROM places") == [("1 SAMPLE ST", "STE 2", "SAN FRANCISCO", "94110", "0001")]


def test_names_and_specialties_can_be_searched(tmp_path):
    rows = [
        person(1, last="DE LA O'NEIL", former="MUÑOZ-DÍAZ"),
        {"npi": npi(2), "entity": "2", "organization": "Face & Co., Inc.", "code": "261QM2500X", "state": "NY"},
    ]
    built(tmp_path / "r", nppes(tmp_path, rows))
    with Registry(tmp_path / "r") as registry:
        index = registry.index
    assert index.surnames.words == ["DE", "LA", "DIAZ", "MUNOZ", "ONEIL", "DELAONEIL", "MUNOZDIAZ"]
    assert index.firsts.words == ["", "MARY"]
    assert index.words.words == ["FACE"]
    (number,) = index.surnames.of(index.surnames.place("ONEIL"))
    assert (packing.npi_of(number), packing.STATES[packing.state_of(number) - 1], index.firsts.words[packing.first_of(number)]) == (int(npi(1)), "CA", "MARY")
    ((clinic,), (surgeon,)) = index.specialty("261QM2500X"), index.specialty("208200000X")
    assert (packing.npi_of(surgeon), packing.zip_of(surgeon)) == (int(npi(1)), 94609)
    assert (packing.npi_of(clinic), packing.zip_of(clinic)) == (int(npi(2)), packing.NO_ZIP)


@pytest.mark.parametrize("name", ["'; DROP TABLE provider; --", "Robert'); DELETE FROM name", "x UNION SELECT 1", "\\", "%", "$[0]", "{}", "‮evil"])
def test_sql_in_names_is_a_name(tmp_path, name):
    built(tmp_path / "r", nppes(tmp_path, [person(1, last=name, first=name), person(2)]))
    assert providers(tmp_path / "r")[npi(1)].last == name
    assert len(providers(tmp_path / "r")) == 2


def test_a_path_with_quotes_is_a_path(tmp_path):
    odd = tmp_path / 'o\'dd "folder" [x] {y}'
    odd.mkdir()
    assert built(odd / "r", nppes(odd, [person(1)])).counts["provider"] == 1


def test_the_same_files_give_the_same_registry(tmp_path):
    path = nppes(tmp_path, [person(n, last=f"NAME{n % 7}") for n in range(1, 500)])
    contents = []
    for root in (tmp_path / "a", tmp_path / "b"):
        built(root, path)
        arrays = {path.name: path.read_bytes() for path in root.glob("registry-*/search/*")}
        contents.append([sorted(ask(root, "SELECT * FROM provider")), arrays])
        contents[-1] += [sorted(file.read_bytes() for file in root.glob("registry-*/tables/**/*.parquet"))]
    assert contents[0] == contents[1]


def test_the_manifest_tells_of_every_file(tmp_path):
    made = built(tmp_path / "r", nppes(tmp_path, [person(1)]), **others(tmp_path))
    told = json.loads((tmp_path / "r" / "manifest.json").read_text())
    assert [source["kind"] for source in told["sources"]] == ["nppes", "leie", "dac", "puf", "nucc"]
    assert (told["made_up"], told["counts"]["provider"], told["sources"][0]["released"]) == ("all", 1, "2026-11-09")
    assert all(len(source["sha256"]) == 64 for source in told["sources"])
    assert manifest.read(tmp_path / "r") == made


def test_fewer_providers_than_before_stop_a_build(tmp_path):
    many, few, nearly = ([person(n) for n in range(1, upto)] for upto in (201, 190, 198))
    built(tmp_path / "r", nppes(tmp_path, many))
    with pytest.raises(InputError, match="would hold 189 providers, the one that is there holds 200: 6% would be lost"):
        built(tmp_path / "r", nppes(tmp_path, few))
    assert len(providers(tmp_path / "r")) == 200
    assert built(tmp_path / "r", nppes(tmp_path, nearly)).counts["provider"] == 197
    assert built(tmp_path / "r", nppes(tmp_path, few), allow=Allow(loss=True)).counts["provider"] == 189


def test_a_column_that_was_there_before_stops_a_build(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    without = nppes(tmp_path, [person(1)], [column for column in NPPES if column != "Provider Sex Code"])
    with pytest.raises(InputError, match="has lost the column Provider Sex Code"):
        built(tmp_path / "r", without)
    built(tmp_path / "r", without, allow=Allow(loss=True))


def test_a_file_of_mostly_bad_rows_stops_a_build(tmp_path):
    with pytest.raises(InputError, match="1,499 of the first 1,499 rows of npidata"):
        built(tmp_path / "r", nppes(tmp_path, [person(n) | {"npi": str(n)} for n in range(1500)]))
    assert list((tmp_path / "r").iterdir()) == []


def test_no_provider_at_all_is_no_registry(tmp_path):
    with pytest.raises(InputError, match="None of the rows is a provider"):
        built(tmp_path / "r", nppes(tmp_path, []))


def test_something_else_given_as_nppes(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no file of NPPES"):
        built(tmp_path / "r", tmp_path / "x.csv")
    with pytest.raises(InputError, match="no file of NPPES"):
        built(tmp_path / "r", zipped(tmp_path / "x.zip", **{"x__csv": b"a,b\n1,2\n"}))
