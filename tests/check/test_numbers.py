"""Numbers with units, as articles write them."""

import pytest

from gillies.check.numbers import find_amounts, fits, of_unit


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("three to four months", "time", 91.2, 121.6),
        ("a 6-year residency", "time", 2191.5, 2191.5),
        ("1,000 recent hours", "work", 1000, 1000),
        ("two thousand hours of practice", "work", 2000, 2000),
        ("24 hours of rest", "time", 1, 1),
        ("a two-week wait", "time", 14, 14),
        ("within a year", "time", 365.25, 365.25),
        ("one in 3,000 patients", "share", 0.0333, 0.0333),
        ("4 in 100 people", "share", 4, 4),
        ("99 % of clients", "share", 99, 99),
        ("founded in 1937", "year", 1937, 1937),
        ("25 million operations in 2023", "count", 25e6, 25e6),
        ("four litres of fat", "volume", 4000, 4000),
        ("$60,000", "money", 60000, 60000),
        ("24 member boards", "count", 24, 24),
        ("in a single session", "count", 1, 1),
        ("about half of all patients", "share", 50, 50),
        ("two thirds of the women", "share", 66.7, 66.7),
        ("every tenth operation", "share", 10, 10),
    ],
)
def test_an_amount_is_read(text, kind, low, high):
    found = find_amounts(text)[0]
    assert (found.kind, pytest.approx(found.low, rel=0.01), pytest.approx(found.high, rel=0.01)) == (kind, low, high)


@pytest.mark.parametrize("text", ["a doctor", "one of them", "half the truth", "a day case", "a day care procedure", ""])
def test_little_words_are_no_numbers(text):
    assert find_amounts(text) == []


def told(text, unit, least, most):
    return fits(of_unit(find_amounts(text), unit), unit, least, most)


def test_a_range_fits_where_it_overlaps():
    assert told("five to six years", "years", 6, 6)
    assert not told("two years", "years", 6, 6)


def test_years_one_after_another_add_up():
    assert told("three years of general surgery and three years of plastic surgery", "years", 6, 6)


def test_at_least_is_a_lower_bound_and_at_most_an_upper_one():
    assert told("at least six years", "years", 6, 10)
    assert told("less than ten years", "years", 5, 15)


def test_up_to_is_said_to_be_reached():
    assert told("up to ten years", "years", 5, 15)
    assert not told("up to a year", "months", 2, 6)
    assert told("less than a year", "months", 2, 6)


def test_a_share_may_be_said_as_one_in_so_many():
    assert told("1 in 3,000", "one-in", 2000, 20000)
    assert not told("1 in 20,000", "one-in", 50, 4000)


def test_a_number_in_words_behind_an_article_is_the_number(verdict):
    assert verdict("French law requires a fifteen day wait before cosmetic surgery.") == "supported"
    assert verdict("French law requires a thirty day wait before cosmetic surgery.") == "contradicted"


def test_years_of_school_are_none_of_a_residency(verdict):
    assert verdict("Plastic surgeons complete four years of medical school and two years of residency.") == "contradicted"
    assert verdict("Plastic surgeons complete four years of medical school and six years of residency.") == "supported"
    assert verdict("A dermatologist has completed four years of college and two years of residency.") == "contradicted"


def test_last_is_a_verb_behind_what_lasts(verdict):
    assert verdict("Thread lifts last ten years.") == "contradicted"


def test_how_long_a_swelling_lasts_says_nothing_of_the_result(verdict):
    assert verdict("After dermal fillers the swelling lasts two days.") != "contradicted"


def test_over_a_range_of_time_is_in_its_course(verdict):
    assert told("over two to six months", "months", 2, 6)
    assert not told("over two months", "months", 0.5, 1)


def test_a_few_days_are_a_time_and_no_some_of_them(verdict):
    assert verdict("Botox lasts a few days.") == "contradicted"


def test_only_before_a_time_makes_it_small(verdict):
    assert verdict("Botox lasts only three months.") == "supported"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dermatology residency takes 5 years.", "contradicted"),
        ("A dermatologist adds one year after the dermatology residency.", None),
        ("An eye surgeon has a medical degree, a residency in eye surgery and mostly a two-year fellowship.", None),
        ("A board-certified dermatologist has spent six years after medical school in a dermatology residency.", "contradicted"),
    ],
)
def test_the_years_of_a_later_step_are_not_those_of_the_residency(statements, text, expected):
    found = [one.verdict for one in statements(text) if one.verdict == "contradicted"]
    assert found == ([expected] if expected else [])


def test_a_claim_that_lives_by_a_number_is_not_made_without_one(statements):
    assert not [one for one in statements("In the UK not all plastic surgeons do cosmetic operations.") if one.frame == "uk-operations-2024"]
