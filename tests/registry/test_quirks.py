"""What the official files are known to do that one would not expect, one test each."""

import csv

import pyarrow.parquet as pq
import pytest

from gillies.cli import main
from gillies.errors import InputError
from gillies.registry import manifest
from tests.registry.made import DAC, LEIE, NPPES, NUCC, OTHERNAME, PL, PUF, ask, built, npi, nppes, person, plain, rows_of, zipped

SPAN = "20050523-20261109"


def table(root, name):
    """A table for analysis, as rows."""
    (folder,) = root.glob(f"registry-*/tables/{name}")
    return pq.read_table(folder).to_pylist()


def given(folder, name, data):
    """A file on disk."""
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("ending", ["_fileheader", "_FileHeader"])
def test_lists_of_columns_and_documents_in_the_zip_are_no_data(tmp_path, ending, capsys):
    members = {f"{part}_pfile_{SPAN}{end}.csv": rows_of(columns, rows if not end else []) for part, columns, rows in (
        ("npidata", NPPES, [person(1)]), ("othername", OTHERNAME, [{"NPI": npi(1), OTHERNAME[1]: "FACES"}]),
        ("pl", PL, [{"NPI": npi(1), PL[3]: "OAKLAND"}]), ("endpoint", ["NPI", "Endpoint"], [{"NPI": npi(1), "Endpoint": "x@example.org"}]),
    ) for end in ("", ending)}  # fmt: skip
    path = zipped(tmp_path / "a.zip", **members, **{"NPPES_Data_Dissemination_Readme_v.2.pdf": b"%PDF-1.7"})
    made = built(tmp_path / "r", path)
    assert [(source.kind, source.rows_in) for source in made.sources] == [("nppes", 1), ("nppes-othername", 1), ("nppes-pl", 1)]
    assert made.sources[0].ignored == ("NPPES_Data_Dissemination_Readme_v.2.pdf", f"endpoint_pfile_{SPAN}.csv")
    with pytest.raises(SystemExit):
        main(["registry", "info", str(tmp_path / "r"), "--on", "2026-11-21"])
    assert f"passed over in the same ZIP: NPPES_Data_Dissemination_Readme_v.2.pdf, endpoint_pfile_{SPAN}.csv" in capsys.readouterr().out


def test_a_quote_inside_a_cell_costs_no_row_though_the_readme_says_there_is_none(tmp_path):
    made = built(tmp_path / "r", nppes(tmp_path, [person(1), person(2, last='O"NEIL'), person(3, first='MARY "SAM"'), person(4)]))
    assert made.counts["provider"] == 4
    assert ["".join(filter(str.isalpha, name)) for (name,) in ask(tmp_path / "r", "SELECT last FROM providers")] == ["ABERSON", "ONEIL", "ABERSON", "ABERSON"]


def test_rows_of_the_deactivated_hold_a_number_and_a_day(tmp_path):
    rows = [dict.fromkeys(NPPES, "") | {"NPI": npi(1), "NPI Deactivation Date": "05/06/2020"}]
    built(tmp_path / "r", nppes(tmp_path, rows))
    (row,) = table(tmp_path / "r", "provider")
    assert (str(row["npi"]), row["entity"], row["state"], row["active"], str(row["deactivated"])) == (npi(1), None, None, False, "2020-05-06")


@pytest.mark.parametrize("columns", [[c for c in NPPES if c != "Certification Date"], [c.replace("Sex", "Gender") for c in NPPES]], ids=["329", "gender"])
def test_headers_of_other_years(tmp_path, columns):
    sex = next(column for column in columns if column in ("Provider Sex Code", "Provider Gender Code"))
    built(tmp_path / "r", nppes(tmp_path, [person(1, **{sex: "F"})], columns))
    assert table(tmp_path / "r", "provider")[0]["sex"] == "F"


def test_all_fifteen_slots_and_each_answer_to_which_is_the_primary(tmp_path):
    slots = {
        f"{part}_{slot}": value
        for slot in range(1, 16)
        for part, value in (("Healthcare Provider Taxonomy Code", f"{slot:03}00000X"), ("Provider License Number", f"L{slot}"),
                            ("Provider License Number State Code", "ny"), ("Healthcare Provider Primary Taxonomy Switch", "NYX"[slot % 3]))
    }  # fmt: skip
    built(tmp_path / "r", nppes(tmp_path, [person(1) | slots]))
    held = sorted(table(tmp_path / "r", "taxonomy"), key=lambda row: row["slot"])
    assert [(row["slot"], row["code"], row["license"], row["license_state"], row["primary_switch"]) for row in held] == [
        (slot, f"{slot:03}00000X", f"L{slot}", "NY", "NYX"[slot % 3]) for slot in range(1, 16)
    ]


@pytest.mark.parametrize("mask", ["<UNAVAIL>", "$$$$$$$$$", "********", "_________"])
def test_masks_are_no_values(tmp_path, mask):
    built(tmp_path / "r", nppes(tmp_path, [person(1, parent=mask)]))
    assert [row["parent"] for row in table(tmp_path / "r", "provider")] == [None]
    assert {row["kind"] for row in table(tmp_path / "r", "name")} == {"legal"}


@pytest.mark.parametrize("blanks", ["  ", " "])
def test_the_second_line_of_a_further_place_has_two_blanks_in_its_title_or_one(tmp_path, blanks):
    columns = [column.replace("-  Address Line 2", f"-{blanks}Address Line 2") for column in PL]
    more = {f"pl_pfile_{SPAN}__csv": rows_of(columns, [{"NPI": npi(1), columns[2]: "STE 2", columns[3]: "OAKLAND"}])}
    built(tmp_path / "r", nppes(tmp_path, [person(1)], **more))
    assert ask(tmp_path / "r", "SELECT address2, city FROM places") == [("STE 2", "OAKLAND")]


@pytest.mark.parametrize("waiver", ["WVRSTATE", "WAIVERSTATE"])
def test_the_leie_has_zeros_for_none_a_bare_header_and_a_last_column_of_two_names(tmp_path, waiver):
    columns = [*LEIE[:-1], waiver]
    cells = {"LASTNAME": "ABERSON", "NPI": "0000000000", "DOB": "", "EXCLTYPE": "1128a1", "EXCLDATE": "20200102", "REINDATE": "00000000", waiver: "TX"}
    data = rows_of(columns, [cells, cells | {"NPI": npi(1), "DOB": "19700102"}, cells | {"NPI": "1234567890"}], "\r\n")
    data = data.replace(b'"', b"", 2 * len(columns))  # the header has no quotes, the rows have
    made = built(tmp_path / "r", nppes(tmp_path, [person(1)]), leie=given(tmp_path, "UPDATED.csv", data))
    assert ask(tmp_path / "r", "SELECT npi, reinstated, waiver_state, born FROM exclusions") == [
        (None, None, "TX", None), (int(npi(1)), None, "TX", "1970-01-02"), (None, None, "TX", None),  # a number that cannot be is none, the line stays
    ]  # fmt: skip
    assert made.sources[1].unread_days == {}


def test_titles_of_doctors_and_clinicians_as_its_interface_spells_them(tmp_path):
    spelt = {"Provider Last Name": "provider_last_name", "Provider First Name": "provider_first_name", "City/Town": "citytown", "State": "state",
             "ZIP Code": "zip_code", "Telephone Number": "telephone_number", "Facility Name": "facility_name"}  # fmt: skip
    columns = [spelt.get(column, column.lower()) for column in DAC]
    row = {"npi": npi(1), "provider_last_name": "ABERSON", "grd_yr": "1999", "citytown": "OAKLAND", "state": "CA", "zip_code": "04110", "sec_spec_all": "A, B"}
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), dac=given(tmp_path, "dac.csv", plain(columns, [row, row | {"zip_code": "041101234"}])))
    assert ask(tmp_path / "r", "SELECT last, graduated, city, zip, second_specialties FROM clinicians") == [
        ("ABERSON", 1999, "OAKLAND", zip_, "A, B") for zip_ in ("04110", "041101234")
    ]


def test_the_older_titles_have_a_blank_after_each_comma(tmp_path):
    data = plain(DAC, [{"NPI": npi(1), "Grd_yr": "1999"}]).replace(b",", b", ", len(DAC) - 1)
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), dac=given(tmp_path, "dac.csv", data))
    assert ask(tmp_path / "r", "SELECT graduated FROM clinicians") == [(1999,)]


@pytest.mark.parametrize("withheld", ["", "*", "#"])
def test_counts_of_few_are_withheld_not_zero(tmp_path, withheld):
    row = {
        "Rndrng_NPI": npi(1),
        "HCPCS_Cd": "30520",
        "Tot_Benes": withheld,
        "Tot_Srvcs": "14",
        "HCPCS_Desc": 'Words, "of others"',
        "Rndrng_Prvdr_RUCA_Desc": "x",
    }
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), puf=given(tmp_path, "puf.csv", plain(PUF, [row])))
    assert ask(tmp_path / "r", "SELECT hcpcs, services, people FROM services") == [("30520", 14, None)]


def test_words_of_others_about_codes_are_not_kept(tmp_path):
    """HCPCS_Desc holds the AMA's text, Definition the NUCC's."""
    row = {"Rndrng_NPI": npi(1), "HCPCS_Cd": "30520", "Tot_Benes": "12", "Tot_Srvcs": "14", "HCPCS_Desc": "WORDSOFAMA"}
    files = {
        "puf": given(tmp_path, "puf.csv", plain(PUF, [row])),
        "nucc": given(tmp_path, "nucc.csv", plain(NUCC, [{"Code": "1", "Definition": "WORDSOFNUCC"}])),
    }
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), **files)
    written = b"".join(path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file())
    assert b"30520" in written
    assert b"WORDSOF" not in written


def test_a_column_that_later_years_dropped_is_not_needed(tmp_path):
    columns = [column for column in PUF if column != "Rndrng_Prvdr_Gndr"]
    row = {"Rndrng_NPI": npi(1), "HCPCS_Cd": "30520", "Tot_Benes": "12", "Tot_Srvcs": "14"}
    assert built(tmp_path / "r", nppes(tmp_path, [person(1)]), puf=given(tmp_path, "puf.csv", plain(columns, [row]))).counts["service"] == 1


def test_volumes_of_years_with_another_layout_are_refused_in_one_sentence(tmp_path):
    data = b"npi\tnppes_provider_last_org_name\thcpcs_code\tline_srvc_cnt\nCopyright AMA\t\t\t\n"
    with pytest.raises(InputError, match=r"puf\.txt is no file of CMS Medicare .*: it has no column Rndrng_NPI"):
        built(tmp_path / "r", nppes(tmp_path, [person(1)]), puf=given(tmp_path, "puf.txt", data))


def test_the_list_of_specialties_has_line_breaks_markup_and_windows_1252(tmp_path):
    rows = [{"Code": "1", "Classification": "Café", "Definition": "a\nb <br/> c, d"}, {"Code": "2", "Classification": "Other", "Notes": 'x "y"'}]
    built(tmp_path / "r", nppes(tmp_path, [person(1)]), nucc=given(tmp_path, "nucc.csv", plain(NUCC, rows).decode().encode("cp1252")))
    assert ask(tmp_path / "r", "SELECT code, classification FROM codes") == [("1", "Café"), ("2", "Other")]


def test_a_byte_order_mark_and_a_missing_end_of_line(tmp_path):
    data = b"\xef\xbb\xbf" + rows_of(NPPES, [person(1), person(2)]).rstrip(b"\n")
    assert built(tmp_path / "r", nppes(tmp_path, [], raw=data)).counts["provider"] == 2


HARMFUL = ("=1+1", "+1+cmd()", "-1+cmd()", "@SUM(A1)", "\t=1", "＝1+1")


@pytest.mark.parametrize("cell", HARMFUL)
def test_no_cell_of_what_was_set_aside_is_a_formula(tmp_path, cell):
    """Texts of rows, names of files in a ZIP: whatever comes from outside."""
    torn = f"{cell}\n".encode()
    name = f"{cell.strip().replace('/', '')}.csv"
    path = zipped(tmp_path / "a.zip", **{name.replace(".", "__"): rows_of(NPPES, [person(1)]) + torn})
    built(tmp_path / "r", path)
    (aside,) = (tmp_path / "r").glob("registry-*/aside.csv")
    with aside.open(newline="", encoding="utf-8") as file:
        _, row = csv.reader(file)
    assert [cell[0] for cell in row if cell[0] in "=+-@\t\r\n＝＋－＠"] == []
    assert row[3] == f"'{cell}"


def test_names_in_a_zip_do_nothing_to_a_terminal(tmp_path, capsys):
    path = zipped(tmp_path / "a.zip", **{"\x1b[2J\x07npidata__csv": rows_of(NPPES, [person(1)])})
    built(tmp_path / "r", path)
    with pytest.raises(SystemExit):
        main(["registry", "info", str(tmp_path / "r"), "--on", "2026-11-21"])
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().out)
    assert manifest.read(tmp_path / "r").sources[0].inside == "\ufffd[2J\ufffdnpidata.csv"
