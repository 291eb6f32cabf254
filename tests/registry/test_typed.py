"""What was typed, and the ways to read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gillies.errors import InputError
from gillies.registry.search.typed import LONGEST, read


@pytest.mark.parametrize(
    ("text", "last", "first", "left_out"),
    [
        ("Jane Doe", "DOE", "JANE", ()),
        ("DOE, JANE", "DOE", "JANE", ()),
        ("Dr. Jane Doe, M.D., Ph.D.", "DOE", "JANE", ("DR", "PHD", "MD")),
        ("Doe, Jane, PA-C", "DOE", "JANE", ("PAC",)),
        ("Jane Doe PA-C", "DOE", "JANE", ("PAC",)),
        ("Jane Doe FNP-BC", "DOE", "JANE", ("FNPBC",)),
        ("Jane Doe Jr.", "DOE", "JANE", ("JR",)),
        ("Doe MD", "DOE", "", ("MD",)),
        ("Doe, M.D.", "DOE", "", ("MD",)),
        ("Prof. Dr. Doe", "DOE", "", ("PROF", "DR")),
        (", Jane Doe", "DOE", "JANE", ()),
        ("J.R. Doe", "DOE", "J", ()),
        ("Anh Do", "DO", "ANH", ()),
        ("Do, Anh", "DO", "ANH", ()),
        ("Anh Do D.O.", "DO", "ANH", ("DO",)),
        ("Ma", "MA", "", ()),
        ("Maria de la Cruz", "DELACRUZ", "MARIA", ()),
        ("Ludwig van der Berg MD", "VANDERBERG", "LUDWIG", ("MD",)),
        ("O’Neil-García, José", "ONEILGARCIA", "JOSE", ()),
    ],
)
def test_the_likeliest_way_to_read_a_name(text, last, first, left_out):
    told = read(text)
    assert (told.readings[0].last, told.readings[0].first, told.left_out) == (last, first, left_out)


def test_other_ways_to_read_it():
    ways = {(way.last, way.first): way.how for way in read("Doe Jane Ann").readings}
    assert ways["ANN", "DOE"] == ""
    assert ways["DOE", "JANE"] == "swapped"
    assert ways["JANEANN", "DOE"] == "joined"
    assert ("MA", "YO") in {(way.last, way.first) for way in read("Yo-Yo Ma").readings}  # no master of arts


@pytest.mark.parametrize("text", ["9000000015", "NPI 9000000015", "npi: 9000-000-015", " 9000 000 015 "])
def test_a_number(text):
    assert read(text).number == "9000000015"


@given(st.text(max_size=LONGEST + 20))
def test_anything_is_read_or_refused(text):
    refused = ""
    try:
        told = read(text)
    except InputError as fault:
        refused = str(fault)
    assert "\n" not in refused
    if not refused:
        assert told.number or told.readings
        assert all(way.last.isascii() and way.first.isascii() for way in told.readings)
