"""Reading pieces of CSV: fast where all is well, row by row where it is not, the same cells by either way."""

import io

import pytest

from gillies.errors import InputError
from gillies.registry.chunks import chunks, header
from gillies.registry.rows import MASKS, parse


def read(data, size=1 << 20, wanted=None):
    """Every row that is kept (cells and number), every bad one (number and reason), odd lines and lost characters, and how many pieces there were."""
    source = io.BytesIO(data)
    columns = header(source, "a.csv")
    wanted = wanted or {column: place for place, column in enumerate(columns)}
    kept, bad, odd, lost, pieces = [], [], 0, 0, 0
    for chunk in chunks(source, "a.csv", size):
        rows = parse(chunk, columns, wanted)
        kept += [tuple(row.values()) for row in rows.table.to_pylist()]
        bad += [(each.row, each.reason) for each in rows.bad]
        odd, lost, pieces = odd + rows.foreign, lost + rows.lost, pieces + 1
    return kept, bad, odd, lost, pieces


def test_cells_are_texts_and_rows_know_their_number():
    assert read(b'"a","b"\n"007","x,y"\n"","z"\n')[0] == [("007", "x,y", 2), (None, "z", 3)]


def test_only_wanted_columns_in_their_own_order():
    assert read(b"a,b,c\n1,2,3\n", wanted={"third": 2, "first": 0})[0] == [("3", "1", 2)]


@pytest.mark.parametrize("mask", MASKS)
def test_masked_cells_are_empty(mask):
    assert read(f'"a","b"\n"{mask}","1"\n'.encode())[0] == [(None, "1", 2)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [16, 40, 100, 10_000])
def test_pieces_of_any_size_give_the_same_rows(end, size):
    rows = [f'"{n}","name {n}, of {n}"'.encode() for n in range(200)]
    kept, bad, *_, pieces = read(end.join([b'"a","b"', *rows, b""]), size)
    assert (len(kept), bad) == (200, [])
    assert kept[123] == ("123", "name 123, of 123", 125)
    assert (pieces > 2) == (size < 10_000)


BAD = {
    b'"1"\n': (3, "it holds 1 cells, the header has 2"),
    b'"1","2","3"\n': (3, "it holds 3 cells, the header has 2"),
    b'"1","2\n': (3, "a quote is opened and never closed"),
}


@pytest.mark.parametrize("row", BAD)
def test_a_bad_row_costs_itself_only(row):
    kept, bad, *_ = read(b'"a","b"\n"x","y"\n' + row + b'"z","w"\n')
    assert kept == [("x", "y", 2), ("z", "w", 4)]
    assert bad == [BAD[row]]


def test_a_line_break_inside_a_cell_is_kept():
    kept, bad, *_ = read(b'"a","b"\n"one\ntwo","y"\n"z","w"\n')
    assert [row[:2] for row in kept] == [("one\ntwo", "y"), ("z", "w")]
    assert bad == []


def test_blank_lines_are_no_rows():
    assert [row[:2] for row in read(b"a,b\n1,2\n\n3,4\n\n\n")[0]] == [("1", "2"), ("3", "4")]


def test_lines_are_utf8_or_windows_1252_and_counted():
    kept, _, odd, lost, _ = read('"a","b"\n"MUÑOZ","utf-8"\n'.encode() + '"PEÑA","1252"\n'.encode("cp1252") + b'"A\x81B","neither"\n')
    assert [row[0] for row in kept] == ["MUÑOZ", "PEÑA", "A\ufffdB"]
    assert (odd, lost) == (2, 1)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01\x02\n", b"no line end"])
def test_what_is_no_csv_is_refused(data):
    with pytest.raises(InputError, match=r"a\.csv"):
        read(data)


def test_a_row_without_end_does_not_fill_the_memory():
    with pytest.raises(InputError, match="more than 1,000 bytes"):
        read(b"a,b\n" + b"x" * 10_000, size=1000)
