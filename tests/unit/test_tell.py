"""Facts in plain words: brackets that are shared, spans, risks in order, places, figures on which two readers differ."""

from datetime import date

import pytest

from gillies.knowledge.figures import Figure
from gillies.knowledge.schema import Confirmation, Rate, Risk
from gillies.tell import aside, copy_read, span, worst_first, worst_first_raw
from gillies.tell_figures import differing, places, tells_days


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("Brow lift", ("surgery",), "Brow lift (surgery)"),
        ("Brow lift (forehead lift)", ("surgery",), "Brow lift (forehead lift; surgery)"),
        ("Residency (integrated)", ("core training", "6 years", ""), "Residency (integrated; core training; 6 years)"),
        ("Doing nothing", ("",), "Doing nothing"),
    ],
)
def test_a_name_shares_its_brackets(name, more, told):
    assert aside(name, *more) == told


@pytest.mark.parametrize(
    ("pair", "unit", "told"),
    [
        ((3, 7), "days", "3 to 7 days"),
        ((7, 7), "days", "7 days"),
        ((0, 0), "days", "at once"),
        ((0, 1), "days", "within 1 day"),
        ((0, 2), "years", "0 to 2 years"),
        ((1.5, 4.0), "years", "1.5 to 4 years"),
        (("1", "1°"), "years", "1 year°"),
        ((5, "7‡"), "years", "5 to 7 years‡"),
    ],
)
def test_spans(pair, unit, told):
    assert span(pair, unit) == told


@pytest.mark.parametrize(
    ("say", "days", "tells"),
    [
        ("Many people are back at a desk in about a week.", (7, 7), True),
        ("Redness, swelling and scabs go in 7 to 10 days.", (7, 10), True),
        ("Hard effort waits four to six weeks.", (28, 42), True),
        ("New growth from three to four months, full result in 9 to 12 months.", (270, 365), True),
        ("Many people are back at work within a week.", (1, 7), True),
        ("It can take up to two weeks until the full effect shows.", (3, 14), False),
        ("Breathing is often better in one or two weeks, but the final result can take several months.", (30, 180), False),
        ("You can go on with your day.", (0, 1), False),
    ],
)
def test_whether_a_sentence_tells_the_days_itself(say, days, tells):
    assert tells_days(say, days) is tells


def test_serious_risks_come_first_then_the_frequent_ones_and_what_points_back_stays_behind():
    risks = [
        Risk(say="A scar"),
        Risk(say="Bruises, in 90 people", rate=Rate(count=9, of=90)),
        Risk(say="A pool of blood, in the same people", rate=Rate(count=3, of=90), serious=True),
        Risk(say="Swelling", rate=Rate(count=50, of=100)),
        Risk(say="Blindness", serious=True),
        Risk(say="Dead skin", rate=Rate(count=5, of=100), serious=True),
    ]
    order = ["Dead skin", "Bruises, in 90 people", "A pool of blood, in the same people", "Blindness", "Swelling", "A scar"]
    raw = [{"say": risk.say, "serious": risk.serious, "rate": {"count": risk.rate.count, "of": risk.rate.of} if risk.rate else None} for risk in risks]
    assert [risk.say for risk in worst_first(risks)] == order
    assert [risk["say"] for risk in worst_first_raw(raw)] == order


def test_the_whole_page_is_no_place_and_a_place_is_named_once():
    assert places(["Abstract", "whole page", "abstract", "Whole text", "Results"]) == ["abstract", "Results"]


def test_the_copy_that_was_read_is_named_where_it_is_another():
    assert copy_read("https://a.org", "https://b.org/copy") == "https://b.org/copy"
    assert copy_read("https://a.org", "") == copy_read("https://a.org", "https://a.org") == ""


@pytest.mark.parametrize(
    ("key", "asked", "values", "found", "say", "both"),
    [
        ("days", "▢ to ▢ days", ("28", "180"), (120.0, 180.0), "It fades slowly.", "It fades slowly: 28 to 180 days; a second reader found 120 to 180 days."),
        ("at_least", "at least ▢ months", ("3",), (6.0,), "It lasted 3 months", "It lasted 3 months: for “3” a second reader found 6."),
        ("say", "About ▢ hours", ("2",), (3.0,), "About two hours", "About two hours: for “two” a second reader found 3."),
        ("year", "the year ▢", ("1916",), (1917.0,), "founded", "Founded: the year 1916; a second reader found 1917."),
        ("in_force/from", "in force from ▢", ("2017-03-10",), ("1998-10-12",), "Pays.", "In force from 10 March 2017; a second reader found 12 October 1998."),
        ("say", "▢ and ▢", ("2", "3"), (6.0,), "2 and 3", "2 and 3: a second reader found 6."),
    ],
)
def test_where_two_readers_differ_both_figures_are_told(key, asked, values, found, say, both):
    figure = Figure(f"policy/p/{key}", "policy", "p.yaml", asked, values, say, ("s @ p",), ())
    entry = Confirmation(figure=figure.address, verdict="differs", looked_up=date(2026, 11, 21), found=found, cites=("t @ q",), note="A newer page.")
    agreed = Confirmation(figure=figure.address, verdict="agree", looked_up=date(2026, 11, 21), found=values)
    assert list(differing([figure], {"1": entry, "2": agreed})) == [(f"{both} A newer page.", entry)]
    assert [text for text, _ in differing([figure], {"1": entry, "2": entry})] == [f"{both} A newer page.", both]
