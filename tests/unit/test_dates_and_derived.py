"""Time and formulas, each against published or hand-worked values."""

from datetime import date

import msgspec
import pytest

from gillies.dates import Window, age_years, months, told
from gillies.rules.derived import body_mass_index, derive, du_bois, mosteller


def test_window_ends_are_exclusive():
    window = Window(date(2024, 1, 1), date(2025, 1, 1))
    assert window.holds(date(2024, 1, 1))
    assert window.holds(date(2024, 12, 31))
    assert not window.holds(date(2025, 1, 1))
    assert not window.overlaps(Window(date(2025, 1, 1)))
    assert window.overlaps(Window(date(2024, 12, 31)))


def test_a_window_that_was_only_seen_holds_from_that_day_on():
    window = msgspec.convert({"seen": "2015-01-01"}, Window, strict=False)
    assert window.start == date(2015, 1, 1)
    assert not window.holds(date(2014, 12, 31))
    assert window.holds(date(2015, 1, 1))
    assert msgspec.to_builtins(window) == {"seen": "2015-01-01"}


@pytest.mark.parametrize("window", [{}, {"until": "2020-01-01"}, {"from": "2015-01-01", "seen": "2015-01-01"}])
def test_a_window_has_a_first_day_or_one_on_which_it_was_seen(window):
    with pytest.raises(msgspec.ValidationError, match="one of `from` and `seen`"):
        msgspec.convert(window, Window)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"from": "2015-01-01"}, "from 1 January 2015"),
        ({"from": "2015-01-01°", "until": "2020-12-31"}, "from 1 January 2015° until 31 December 2020"),
        ({"seen": "2015-01-01"}, "on 1 January 2015 or before; the first day was not found"),
        ({"seen": "2015-01-01", "until": None}, "on 1 January 2015 or before; the first day was not found"),
    ],
)
def test_a_window_in_words(window, words):
    assert told(window) == words


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 0),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 2, 29), date(2004, 2, 29), 4),
        (date(1999, 12, 31), date(2000, 1, 1), 0),
        (date(2008, 11, 21), date(2026, 11, 21), 18),
        (date(2008, 11, 22), date(2026, 11, 21), 17),
    ],
)
def test_age_in_completed_years(born, on, years):
    assert age_years(born, on) == years


def test_a_year_is_twelve_months_and_weeks_go_by_days():
    assert months(1, "year") == 12
    assert months(14, "week") > 3
    assert months(12, "week") < 3


def test_body_surface_area_by_both_formulas():
    """170 cm, 70 kg: Mosteller 1.818 m², Du Bois 1.810 m² (worked by hand from the published formulas)."""
    assert mosteller(170, 70) == pytest.approx(1.8181, abs=5e-4)
    assert du_bois(170, 70) == pytest.approx(1.8097, abs=5e-4)
    assert body_mass_index(170, 70) == pytest.approx(24.22, abs=5e-3)


def test_derived_findings_need_all_their_inputs_and_keep_what_was_said():
    recipes = {"bmi": ("body-mass-index", ("height", "weight"))}
    assert derive({"height": 170.0}, recipes) == {"height": 170.0}
    assert derive({"height": 170.0, "weight": 70.0}, recipes)["bmi"] == pytest.approx(24.22, abs=5e-3)
    assert derive({"height": 170.0, "weight": 70.0, "bmi": 30.0}, recipes)["bmi"] == 30.0
