"""The check digit, in Python and as SQL."""

import duckdb
import pytest

from gillies.registry.npi import check_digit, is_made_up, is_npi, is_npi_sql


def test_the_example_of_the_standard():
    assert check_digit("123456789") == 3
    assert is_npi("1234567893")


@pytest.mark.parametrize("text", ["", "123456789", "12345678930", "1234567890", "123456789x", "１２３４５６７８９３", " 1234567893"])
def test_what_is_no_npi(text):
    assert not is_npi(text)


def test_every_wrong_last_digit_and_swap_of_neighbours_is_caught():
    good = "1234567893"
    assert sum(is_npi(good[:9] + str(last)) for last in range(10)) == 1
    swaps = [good[:at] + good[at + 1] + good[at] + good[at + 2 :] for at in range(9) if good[at] != good[at + 1]]
    assert not any(map(is_npi, swaps))


def test_sql_agrees():
    texts = [*(f"{n:010}" for n in range(1_000_000_000, 9_999_999_999, 37_777_771)), "1234567893", "12345", "", "x234567893", "12345678931", "-234567893"]
    con = duckdb.connect()
    con.execute("CREATE TABLE t (t VARCHAR)")
    con.executemany("INSERT INTO t VALUES (?)", [[text] for text in texts])
    told = dict(con.execute(f"SELECT t, {is_npi_sql('t', 'n')} FROM (SELECT t, TRY_CAST(t AS BIGINT) AS n FROM t)").fetchall())
    assert told == {text: is_npi(text) for text in texts}
    assert any(told.values())


def test_made_up_numbers_begin_with_9():
    assert is_made_up("9000000015")
    assert is_made_up(9000000015)
    assert not is_made_up("1234567893")
