"""Cells -> values by Arrow's kernels: the same as one by one, whatever stands in the cells."""

import json
from datetime import date

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.registry import clean
from gillies.registry.npi import check_digit, is_npi

TEXTS = st.lists(st.one_of(st.none(), st.text(), st.text("AbZ09 '’-.,áÑøßıſĆ\t\x01\"\\"), st.text("ab ")), min_size=1, max_size=20)


def column(texts):
    """Cells as they come: an empty one is none."""
    return pa.array([text or None for text in texts], pa.string())


def parts(texts):
    """The same column whole, and as part of a larger one."""
    whole = column(texts)
    return [whole, pa.concat_arrays([column(["LEFT OUT, É'S"]), whole])[1:]]


@settings(deadline=None)  # an engine is started
@given(TEXTS)
def test_keys_of_names_are_those_of_sql(texts):
    texts = [text and text.replace("\0", "") for text in texts]  # where SQL takes a text to end
    con = duckdb.connect()
    con.register("t", pa.table({"t": column(texts)}))
    told = [key for (key,) in con.execute(f"SELECT {clean.key('t')} FROM t").fetchall()]
    for held in parts(texts):
        assert clean.keys(held).to_pylist() == told


@pytest.mark.parametrize(
    ("name", "key"),
    [("O'Neil-Muñiz", "ONEIL MUNIZ"), ("  DE  LA   CRUZ ", "DE LA CRUZ"), ("D’ANGELO, JR.", "DANGELO JR"), ("--", None), ("ŁUKASZ", "UKASZ"), (None, None)],
)
def test_a_name_as_it_is_compared(name, key):
    assert clean.keys(column([name])).to_pylist() == [key]


@given(TEXTS)
def test_cells_have_no_blanks_at_their_ends(texts):
    for held in parts(texts):
        assert clean.cells(held).to_pylist() == [(text or "").strip(" \t\n\v\f\r") or None for text in texts]


@given(TEXTS, TEXTS, st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=20))
def test_a_record_is_the_json_of_its_columns(first, second, numbers):
    rows = min(len(first), len(second), len(numbers))
    columns = [column(first[:rows]), column(second[:rows]), pa.array(numbers[:rows], pa.float64()), pa.nulls(rows, pa.string())]
    told = [json.loads(record) for record in clean.record(columns, rows).to_pylist()]
    assert told == [[a or None, b or None, number, None] for a, b, number in zip(first, second, numbers, strict=False)][:rows]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("02/29/2024", date(2024, 2, 29)), ("02/30/2024", None), ("2024-02-01", None), ("13/01/2024", None), ("00000000", None), ("2/3/2024", date(2024, 2, 3))],
)
def test_days(cell, day):
    assert clean.days(column([cell, None]), "%m/%d/%Y").to_pylist() == [day, None]


def test_unread_days_are_cells_with_something_else():
    cells = column(["02/29/2024", "soon", None, "00000000"])
    assert clean.unread_days(cells, clean.days(cells, "%m/%d/%Y")) == 1


def test_numbers_with_commas_and_what_is_none():
    cells = ["1,234.5", "11", "-2", "1e3", "*", "#", "NaN", "inf", "1.2.3", None]
    assert clean.numbers(column(cells)).to_pylist() == [1234.5, 11, -2, 1000, None, None, None, None, None, None]
    assert clean.numbers(column(["1", "2.5", None])).to_pylist() == [1, 2.5, None]


@given(
    st.lists(st.one_of(st.integers(0, 999_999_999).map(lambda n: f"{n:09}{check_digit(f'{n:09}')}"), st.from_regex(r"[0-9]{9,11}", fullmatch=True), st.text()))
)
def test_check_digits_by_column_are_those_one_by_one(texts):
    numbers = clean.npis(column(texts))
    assert [bool(fits) for fits in clean.fits(numbers).to_pylist()] == [is_npi(text) for text in texts]


def test_codes_of_places_at_home_and_abroad():
    cells = column(["941100042", "94110-0042", "94110", "SW1A 1AA", None])
    assert clean.zip5(cells).to_pylist() == ["94110", "94110", "94110", "SW1A ", None]
    assert clean.zip4(cells).to_pylist() == ["0042", "0042", None, "1AA", None]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers()), max_size=30))
def test_records_of_a_key_stay_in_their_order(pairs):
    found, records = clean.grouped(pa.array([key for key, _ in pairs], pa.int64()), pa.array([f"[{value}]" for _, value in pairs], pa.string()))
    keys = sorted({key for key, _ in pairs})
    assert dict(zip(found.to_pylist(), map(json.loads, records.to_pylist()), strict=True)) == {key: [[v] for k, v in pairs if k == key] for key in keys}
