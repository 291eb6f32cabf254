"""Every row of a file is kept or set aside with its number and reason; the counts are exact whatever the file holds."""

import csv
import gzip
import io
import random
from datetime import date

import pytest

from gillies.errors import InputError
from gillies.screen import csvfile, engine, inputs, outputs
from tests.screen import made

HEADER = "claim_id,code,day,charge\n"


def plain(folder, text, name="a.csv"):
    path = folder / name
    path.write_bytes((HEADER + text).encode() if isinstance(text, str) else HEADER.encode() + text)
    return path


def test_rows_that_do_not_parse_are_set_aside_with_row_and_reason(read, tmp_path, aside):
    rows = "01,19318,2024-01-01,5\n02,19318\n03,19318,2024-13-01,5\n,19318,2024-01-01,x\n05,19318,20240101,1e3,extra\n06,19318,12/31/2024,-1.5\n"
    _, lines = read(plain(tmp_path, rows))
    assert [(line["row"], line["claim_id"], line["charge"]) for line in lines] == [(1, "01", 5.0), (4, "06", -1.5)]
    assert sorted(aside(), key=lambda row: row[1]) == [
        ("a.csv", 3, "it holds 2 cells, the header has 4", "02,19318"),
        ("a.csv", 4, "its day is no day", "03,19318,2024-13-01,5"),
        ("a.csv", 5, "the claim has no number; its charge is no number", ",19318,2024-01-01,x"),
        ("a.csv", 6, "it holds 5 cells, the header has 4", "05,19318,20240101,1e3,extra"),
    ]


@pytest.mark.parametrize("written", ["2024-02-30", "infinity", "epoch", "31.12.2024", "2024-01-01x", "20240230"])
def test_what_is_no_day_is_set_aside(read, tmp_path, aside, written):
    read(plain(tmp_path, f"1,19318,{written},1\n"))
    assert [reason for _, _, reason, _ in aside()] == ["its day is no day"]


def test_a_reason_is_told_once_though_several_columns_tell_the_day(read, tmp_path, aside):
    columns = "claim_id,claim_line_number,person_id,hcpcs_code,diagnosis_code_1,claim_start_date,claim_line_start_date"
    (tmp_path / "a.csv").write_text(f"{columns}\n1,1,p,19318,N62,nil,nil\n")
    read(tmp_path / "a.csv")
    assert [reason for _, _, reason, _ in aside()] == ["its day is no day"]


@pytest.mark.parametrize("written", ["2024-03-01", "20240301", "03/01/2024", "2024-03-01T23:59:59Z", "2024-03-01 00:00:00", " 2024-03-01 "])
def test_days_in_the_usual_ways(read, tmp_path, written):
    _, (line,) = read(plain(tmp_path, f"1,19318,{written},1\n"))
    assert line["day"] == date(2024, 3, 1)


@pytest.mark.parametrize(("written", "value"), [("$1,234.50", 1234.5), (".5", 0.5), ("-7", -7.0), ("", None), ("1e2", 100.0)])
def test_numbers(read, tmp_path, written, value):
    _, (line,) = read(plain(tmp_path, f'1,19318,2024-01-01,"{written}"\n'))
    assert line["charge"] == value


@pytest.mark.parametrize("written", ["nan", "inf", "1_000", "12,34", "-", "1-2", "five"])
def test_what_is_no_number_is_set_aside(read, tmp_path, aside, written):
    read(plain(tmp_path, f'1,19318,2024-01-01,"{written}"\n'))
    assert [reason for _, _, reason, _ in aside()] == ["its charge is no number"]


def test_a_quote_that_never_closes_costs_its_own_row_only(read, tmp_path, aside):
    rows = [f"{number},19318,2024-01-01,1\n" for number in range(40_000)]
    rows[7] = '7,"19318,2024-01-01,1\n'
    claims, lines = read(plain(tmp_path, "".join(rows)))
    assert claims.rows_in == 40_000
    assert len(lines) == 39_999
    assert aside() == [("a.csv", 9, "a quote is opened and never closed", '7,"19318,2024-01-01,1')]


def test_quotes_that_do_not_match(read, tmp_path, aside):
    read(plain(tmp_path, '1,"19"318,2024-01-01,1\n2,"19318",2024-01-01,1\n'))
    assert [row[1:3] for row in aside()] == [(2, "its quotes do not match")]


def test_rows_in_windows_1252_are_read_and_counted(read, tmp_path):
    claims, lines = read(plain(tmp_path, b"1,caf\xe9,,\n2,caf\xc3\xa9,,\n3,\x81,,\n"))
    assert [line["code"] for line in lines] == ["CAFÉ", "CAFÉ", "\ufffd"]
    assert "a.csv: 2 lines were not UTF-8 and were read as Windows-1252." in claims.notes
    assert "a.csv: 1 characters could not be read and are shown as \ufffd." in claims.notes


@pytest.mark.parametrize("text", ["1,a,,\r\n2,b,,\n3,c,,\r\n", "1,a,,\r2,b,,\r3,c,,\r", "1,a,,\n\n\n2,b,,\n3,c,,\n\n\n", '1,a,,\n2,"b",,\n3,c,,'])
def test_line_ends_of_every_kind_and_blank_lines(read, tmp_path, text):
    claims, lines = read(plain(tmp_path, text))
    assert [line["code"] for line in lines] == ["A", "B", "C"]
    assert claims.rows_aside == 0


def test_blank_lines_and_breaks_in_cells_do_not_shift_row_numbers(read, tmp_path, aside):
    read(plain(tmp_path, '1,a,,\n\n2,"b\n\nb",,\n3,c,bad,\n4\n5,e,bad,\n'))
    assert sorted(row[1] for row in aside()) == [5, 6, 7]


def test_a_byte_order_mark_semicolons_and_tabs(read, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + b"claim_id;code\n01;a\n")
    (tmp_path / "b.tsv").write_bytes(b"claim_id\tcode\n02\tb\n")
    _, lines = read(tmp_path / "a.csv", tmp_path / "b.tsv")
    assert [(line["row"], line["claim_id"], line["code"]) for line in lines] == [(1, "01", "A"), (2, "02", "B")]


def messy(rng, rows):
    """A random CSV, and what must come of it: claim ids kept, row numbers set aside."""
    out, kept, bad = io.StringIO(), [], []
    writer = csv.writer(out, lineterminator=rng.choice(["\n", "\r\n"]))
    for row in range(2, rows + 2):
        match rng.randrange(30):
            case 0:
                writer.writerow([row, "short"])
                bad.append(row)
            case 1:
                writer.writerow([row, "a", "", "", "long"])
                bad.append(row)
            case 2:
                writer.writerow([row, "a", "2024-02-31", "1"])
                bad.append(row)
            case 3:
                writer.writerow([row, 'cell, "quoted"\nover lines', "", ""])
                kept.append(str(row))
            case 4 if rows % 2:
                out.write(f'{row},"bad"quote,,\n')
                bad.append(row)
            case _:
                writer.writerow([row, "x" * rng.randrange(50), "2024-02-29", "1.5"])
                kept.append(str(row))
    return out.getvalue(), kept, bad


@pytest.mark.parametrize("seed", range(12))
def test_random_files_lose_nothing(read, tmp_path, aside, seed):
    text, kept, bad = messy(random.Random(seed), 300 + seed)  # a seed, no secret
    claims, lines = read(plain(tmp_path, text))
    assert [line["claim_id"] for line in lines] == kept
    assert sorted(row[1] for row in aside()) == bad
    assert claims.rows_in == len(kept) + len(bad)


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_way_and_the_careful_way_agree(con, tmp_path, seed, monkeypatch):
    text, _, _ = messy(random.Random(seed), 400)  # a seed, no secret
    path = plain(tmp_path, text)

    def outcome():
        claims = inputs.open_claims(con, [str(path)], None)
        kept, aside = engine.ask(con, "SELECT claim_id, code FROM claims ORDER BY g_row"), engine.ask(con, 'SELECT "row", reason FROM claims_aside ORDER BY 1')
        return kept, aside, claims.rows_in, claims.rows_aside, claims.notes, claims.columns

    fast = outcome()
    monkeypatch.setattr(csvfile, "_fast", lambda *_: None)
    careful = outcome()
    assert fast == careful


def test_gzipped_csv_folders_and_patterns_are_read_in_order(read, tmp_path):
    for name in ("b", "a"):
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt") as file:
            file.write(f"claim_id,code\n{name},1\n")
    (tmp_path / "_SUCCESS").write_text("")
    (tmp_path / ".a.crc").write_text("x")
    assert [line["claim_id"] for line in read(tmp_path)[1]] == ["a", "b"]
    assert [line["claim_id"] for line in read(tmp_path / "*.csv.gz")[1]] == ["a", "b"]
    assert [line["claim_id"] for line in read(tmp_path / "b.csv.gz", tmp_path)[1]] == ["b", "a"]


def parquet(con, path, select):
    engine.ask(con, f"COPY ({select}) TO '{path}'")
    return path


LINES = "SELECT range AS claim_id, '19318' AS code, DATE '2024-01-01' AS day, 1.5 AS charge FROM range({})"


def test_parquet_is_read_in_place_in_input_order(con, read, tmp_path):
    one, two = parquet(con, tmp_path / "[1].parquet", LINES.format(3)), parquet(con, tmp_path / "2.parquet", LINES.format(2))
    claims, lines = read(one, two)
    assert [(line["row"], line["claim_id"]) for line in lines] == [(1, "0"), (2, "1"), (3, "2"), (4, "0"), (5, "1")]
    sql = engine.ask(con, f"SELECT sql FROM duckdb_views() WHERE view_name = '{claims.relation}'")[0][0]
    assert "2.parquet" in sql
    plan = engine.ask(con, f"EXPLAIN SELECT g_code FROM {claims.relation}")[0][1]
    assert "charge" not in plan, "only the columns that are asked for are read"


def test_parquet_rows_without_a_claim_are_set_aside(con, read, tmp_path, aside):
    path = parquet(con, tmp_path / "a.parquet", "SELECT CASE WHEN range <> 1 THEN range END AS claim_id, '1' AS code FROM range(3)")
    _, lines = read(path)
    assert [line["claim_id"] for line in lines] == ["0", "2"]
    assert aside() == [("a.parquet", 2, "the claim has no number", ",1")]


@pytest.mark.parametrize("blank", ["''", "' '", "NULL"])
def test_an_empty_claim_number_among_many_is_found(con, read, tmp_path, aside, blank):
    read(parquet(con, tmp_path / "a.parquet", f"SELECT CASE WHEN range = 7000 THEN {blank} ELSE 'c' || range END AS claim_id, '1' AS code FROM range(9000)"))
    assert [row[1] for row in aside()] == [7001]


def test_numbers_for_codes_get_their_leading_zeros_back(con, read, tmp_path):
    path = parquet(con, tmp_path / "a.parquet", "SELECT 1 AS claim_id, 100 AS code, 2 AS place, 360 AS revenue, 'nan'::DOUBLE AS charge")
    _, (line,) = read(path)
    assert (line["code"], line["place"], line["revenue"], line["charge"]) == ("00100", "02", "0360", None)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", HEADER.encode(), "holds no rows below its header"),
        ("a.csv", "claim_id,code\n1,2\n".encode("utf-16"), "save or unpack it as CSV in UTF-8"),
        ("a.parquet", b"PAR1 cut short", "is not readable Parquet"),
        ("a.csv", b"claim_id,code,g_code\n1,2,3\n", "has a column g_code"),
        ("a.csv.gz", b"\x1f\x8b\x08cut", "cannot be read"),
    ],
)
def test_files_that_cannot_be_used_say_why(read, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=says):
        read(tmp_path / name)


def test_missing_files_empty_folders_and_odd_neighbours(read, tmp_path):
    with pytest.raises(InputError, match="is not there"):
        read(tmp_path / "none.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no claims"):
        read(tmp_path / "empty")
    with pytest.raises(InputError, match="No file"):
        read()
    made.table(tmp_path / "a.csv", ["claim_id", "code"], {"claim_id": "1"})
    made.table(tmp_path / "b.csv", ["claim_id", "kode"], {"claim_id": "1"})
    with pytest.raises(InputError, match=r"b\.csv lacks the column code"):
        read(tmp_path / "a.csv", tmp_path / "b.csv")


def test_memory_is_an_amount():
    with pytest.raises(InputError, match="such as 2GB"):
        engine.connect("lots")
    with engine.connect("300MB") as con:
        assert engine.ask(con, "SELECT current_setting('memory_limit')") == [("286.1 MiB",)]


def test_a_join_that_spills_keeps_the_order(tmp_path):
    with engine.connect("180MB") as con:
        people = "SELECT md5(range::VARCHAR) AS person_id, DATE '1980-01-01' AS birth_date, 'f' AS sex FROM range(400000)"
        lines = "SELECT range AS claim_id, 1 AS claim_line_number, md5(((range * 7919) % 400000)::VARCHAR) AS person_id, '1' AS hcpcs_code, "
        folder = tmp_path / "in"
        folder.mkdir()
        parquet(con, folder / "people.parquet", people)
        parquet(con, folder / "lines.parquet", lines + "'N62' AS diagnosis_code_1, DATE '2024-01-01' AS claim_start_date FROM range(400000)")
        claims = inputs.open_claims(con, [str(folder)], None)
        outputs.write(con, f"SELECT g_row, g_age FROM {claims.relation} ORDER BY g_row", tmp_path / "out.parquet")
        found = engine.ask(con, f"SELECT count(g_age), bool_and(g_row = file_row_number + 1) FROM '{tmp_path / 'out.parquet'}'")
    assert found == [(400_000, True)]


def test_too_little_memory_is_said_in_one_sentence(tmp_path):
    with engine.connect("5MB") as con, pytest.raises(InputError, match="--memory"):
        engine.ask(con, "SELECT string_agg(md5(range::VARCHAR), '') FROM range(2000000)")
