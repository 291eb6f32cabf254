"""Each layout fills our columns; what it cannot fill stays unknown, and its notes say so."""

from datetime import date

import pytest

from gillies.dates import age_years
from gillies.errors import InputError
from gillies.screen import cells, engine
from tests.screen import made

EXPECTED = {
    "claim_id": "0007", "line": "2", "person": "p1", "code": "19318", "modifiers": ["50"], "diagnoses": ["N62", "M546"], "operations": ["0HBV0ZZ"],
    "icd9": False, "place": "02", "revenue": "0360", "day": date(2024, 3, 1), "npi": "1234567893", "payer": "Acme", "charge": 1234.5, "paid": -3.0,
}  # fmt: skip


def tuva_line(**changes):
    line = {
        "claim_id": "0007", "claim_line_number": "2", "person_id": "p1", "payer": "Acme", "claim_start_date": "2024-02-28",
        "claim_line_start_date": "2024-03-01", "place_of_service_code": "2", "revenue_center_code": "360", "hcpcs_code": " 19318 ",
        "hcpcs_modifier_1": "50", "rendering_npi": "1234567893", "paid_amount": "-3", "charge_amount": "$1,234.50", "diagnosis_code_type": "icd-10-cm",
        "diagnosis_code_1": "n62", "diagnosis_code_2": " ", "diagnosis_code_3": "M54.6", "procedure_code_type": "icd-10-pcs", "procedure_code_1": "0hbv0zz",
        "procedure_code_2": "8543",
    }  # fmt: skip
    return line | changes


def test_tuva(read, tmp_path):
    claims, (line,) = read(made.table(tmp_path / "t.csv", made.TUVA, tuva_line()))
    assert {name: line[name] for name in EXPECTED} == EXPECTED
    assert (line["age"], line["sex"], line["specialty"], line["state"]) == (None, None, None, None)
    assert "Tuva" in claims.layout
    assert any("eligibility" in note for note in claims.notes)
    assert tuple(claims.columns) == tuple(made.TUVA)


def test_tuva_takes_age_and_sex_from_eligibility_beside_it(read, tmp_path):
    made.table(tmp_path / "t.csv", made.TUVA, tuva_line())
    people = ["person_id", "birth_date", "gender", "state"]
    same = {"person_id": "p1", "birth_date": "1980-03-01", "gender": "female", "state": "CA"}
    made.table(tmp_path / "eligibility.csv", people, same, same | {"birth_date": "1980-03-02"})
    _, (line,) = read(tmp_path)
    assert (line["age"], line["sex"], line["state"]) == (44, "female", "CA")


def test_tuva_lines_in_icd9_say_so_and_give_no_diagnoses(read, tmp_path):
    old = tuva_line(diagnosis_code_type="icd-9-cm", procedure_code_type="icd-9-pcs")
    _, (line,) = read(made.table(tmp_path / "t.csv", made.TUVA, old))
    assert (line["icd9"], line["diagnoses"], line["operations"]) == (True, [], [])


def test_columns_are_told_by_name_whatever_their_case_blanks_and_order(read, tmp_path):
    header = [name.upper().replace("_", " ") for name in reversed(made.TUVA)]
    line = {name.upper().replace("_", " "): value for name, value in tuva_line().items()}
    claims, (got,) = read(made.table(tmp_path / "t.csv", header, line))
    assert {name: got[name] for name in EXPECTED} == EXPECTED
    assert tuple(claims.columns) == tuple(header)


def synthea(folder):
    charge = {
        "CLAIMID": "c1",
        "CHARGEID": "1",
        "PATIENTID": "pat",
        "TYPE": "CHARGE",
        "AMOUNT": "99.50",
        "FROMDATE": "2020-05-06T07:08:09Z",
        "PROVIDERID": "doc",
    }
    made.table(
        folder / "claims_transactions.csv",
        made.SYNTHEA,
        charge | {"PROCEDURECODE": "19318"},
        charge | {"PROCEDURECODE": "19318", "TYPE": "PAYMENT", "CHARGEID": "2", "AMOUNT": ""},
        charge | {"PROCEDURECODE": "430193006", "CHARGEID": "3"},
    )
    made.table(folder / "claims.csv", made.SYNTHEA_CLAIMS, {"Id": "c1", "PATIENTID": "pat", "PRIMARYPATIENTINSURANCEID": "pay", "DIAGNOSIS1": "59621000"})
    made.table(folder / "patients.csv", made.SYNTHEA_PATIENTS, {"Id": "pat", "BIRTHDATE": "1990-05-07", "GENDER": "F", "STATE": "Massachusetts"})
    made.table(folder / "providers.csv", made.SYNTHEA_PROVIDERS, {"Id": "doc", "NPI": "9999", "STATE": "MA"})
    made.table(folder / "procedures.csv", made.SYNTHEA_PROCEDURES, {"PATIENT": "pat", "CODE": "430193006"})


def test_synthea_takes_only_what_looks_like_cpt_and_only_from_charges(read, tmp_path):
    synthea(tmp_path)
    claims, lines = read(tmp_path)
    assert [line["code"] for line in lines] == ["19318", None, None]
    assert lines[0] | {"row": 1} == lines[0]
    expected = {"claim_id": "c1", "age": 29, "sex": "female", "npi": "9999", "state": "MA", "payer": "pay", "charge": 99.5, "diagnoses": [], "icd9": False}
    assert {name: lines[0][name] for name in expected} == expected
    said = " ".join(claims.notes)
    assert "1 lines carry a code of another system" in said
    assert "1 rows are payments" in said
    assert "procedures.csv" in said


def synpuf(folder):
    first = {"DESYNPUF_ID": "A", "CLM_ID": "77", "CLM_FROM_DT": "20090228", "ICD9_DGNS_CD_1": "6111", "HCPCS_CD_1": "19318", "HCPCS_CD_13": "99213"}
    first |= {"LINE_ALOWD_CHRG_AMT_13": "80.00", "LINE_NCH_PMT_AMT_13": "60.00", "PRF_PHYSN_NPI_13": "13"}
    made.table(folder / "carrier.csv", made.SYNPUF, first, {"DESYNPUF_ID": "B", "CLM_ID": "78"}, first | {"CLM_ID": "79", "HCPCS_CD_1": ""})
    made.table(folder / "people.csv", made.SYNPUF_PEOPLE, {"DESYNPUF_ID": "A", "BENE_BIRTH_DT": "19400229", "BENE_SEX_IDENT_CD": "2", "SP_STATE_CODE": "05"})


def test_synpuf_lines_side_by_side_become_lines(read, tmp_path, aside):
    synpuf(tmp_path)
    claims, lines = read(tmp_path)
    assert [(line["claim_id"], line["line"], line["code"]) for line in lines] == [("77", "1", "19318"), ("77", "13", "99213"), ("79", "13", "99213")]
    expected = {
        "npi": "13",
        "charge": 80.0,
        "paid": 60.0,
        "age": 68,
        "sex": "female",
        "state": "CA",
        "icd9": True,
        "diagnoses": [],
        "payer": "Original Medicare",
    }
    assert {name: lines[1][name] for name in expected} == expected
    assert [row[:3] for row in aside()] == [("carrier.csv", 3, "none of its lines has a procedure code")]
    assert claims.rows_in == 4
    assert any("ICD-9" in note and "unknown" in note for note in claims.notes)


MAPPING = """
claim_id: No
code: CPT
modifiers: M
diagnoses: [DX1, DX2]
day: When
birth: Born
formats: {day: "%d.%m.%Y"}
"""


def test_plain_columns_by_a_mapping_file(read, tmp_path):
    (tmp_path / "map.yaml").write_text(MAPPING)
    row = {"No": "1", "CPT": "J0585", "M": "lt, 59", "DX1": "l90.5", "When": "05.04.2024", "Born": "2000-04-06", "Else": "x"}
    claims, (line,) = read(made.table(tmp_path / "a.csv", [*row, "DX2"], row), mapping=tmp_path / "map.yaml")
    expected = {"code": "J0585", "modifiers": ["LT", "59"], "diagnoses": ["L905"], "day": date(2024, 4, 5), "age": 23}
    assert {name: line[name] for name in expected} == expected
    assert "map.yaml" in claims.layout


def test_our_own_names_need_no_mapping(read, tmp_path):
    row = {"claim_id": "1", "code": "19318", "diagnoses": "N62;M54.6", "age": "44", "sex": "M", "icd9": ""}
    _, (line,) = read(made.table(tmp_path / "a.csv", list(row), row))
    assert (line["diagnoses"], line["age"], line["sex"], line["icd9"]) == (["N62", "M546"], 44.0, "male", False)


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("code: CPT", "does not say which column is claim_id"),
        ("claim_id: Nope\ncode: CPT", "has no column Nope"),
        ("claim_id: No\ncode: CPT\ncolour: No", "names colour, which is no column of ours"),
        ("- a", "holds no mapping"),
        ("claim_id: [", "not readable YAML"),
        ("claim_id: No\ncode: CPT\nformats: 3", "formats says how"),
    ],
)
def test_a_mapping_that_does_not_fit_says_what_and_how(read, tmp_path, mapping, says):
    (tmp_path / "map.yaml").write_text(mapping)
    with pytest.raises(InputError, match=says):
        read(made.table(tmp_path / "a.csv", ["No", "CPT"], {"No": "1", "CPT": "1"}), mapping=tmp_path / "map.yaml")


def test_an_unknown_layout_shows_a_filled_mapping(read, tmp_path):
    with pytest.raises(InputError, match=r"(?s)known: .*--mapping.*claim_id: CLAIM_NO"):
        read(made.table(tmp_path / "a.csv", ["x", "y"], {"x": "1"}))


def test_a_layout_with_one_column_too_few_names_it(read, tmp_path):
    with pytest.raises(InputError, match="looks like the Tuva input layer, medical claim, but has no column hcpcs_code"):
        read(made.table(tmp_path / "a.csv", [name for name in made.TUVA if name != "hcpcs_code"], {"claim_id": "1"}))


def test_ages_are_counted_as_gillies_dates_counts_them(con):
    """Every day of five years (a leap year among them) against birthdays at the edges, among them 29 February."""
    born = [date(2000, 2, 29), date(2000, 2, 28), date(2000, 3, 1), date(1999, 12, 31), date(2000, 1, 1), date(1996, 2, 29), date(1987, 7, 15)]
    years = cells.age("b", "d")
    days = "SELECT CAST(d AS DATE) AS d FROM range(DATE '2000-03-01', DATE '2005-03-02', INTERVAL 1 DAY) AS r(d)"
    rows = engine.ask(con, f"SELECT b, d, {years} FROM ({days}), (SELECT unnest([{', '.join(repr(str(b)) + '::DATE' for b in born)}]) AS b)")
    assert len(rows) > 10_000
    assert [(b, d, n) for b, d, n in rows if n != age_years(b, d)] == []


def test_before_birth_there_is_no_age(con):
    younger = cells.age("DATE '2020-01-02'", "DATE '2020-01-01'")
    assert engine.ask(con, f"SELECT {younger}") == [(None,)]
