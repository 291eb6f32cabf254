"""What texts compare, answered from the records of both things; and what a frame is not answered by."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fillers last longer than Botox.", "supported"),
        ("Botox lasts longer than fillers.", "contradicted"),
        ("Botox does not last as long as fillers.", "supported"),
        ("A thread lift lasts as long as a facelift.", "contradicted"),
        ("Plastic surgeons train longer than dermatologists.", "supported"),
        ("Fat freezing has less downtime than liposuction.", "supported"),
        ("CoolSculpting lasts longer than Botox.", None),  # of the one it is only known when it shows
        ("A facelift is less invasive than a thread lift.", "contradicted"),
    ],
)
def test_one_thing_is_set_against_another(verdict, text, expected):
    assert verdict(text) == expected


def test_a_comparison_shows_both_facts_and_their_sources(statements):
    told = statements("Fillers last longer than Botox.")[0]
    assert "months" in told.why
    assert len(told.cites) >= 2


def test_what_is_safer_than_another_thing_is_not_called_safe_or_unsafe(statements):
    assert not [s for s in statements("Liposuction is safer than fat freezing.") if s.frame.endswith(".safe")]


def test_unlike_sets_the_other_thing_aside(verdict):
    assert verdict("Unlike facelifts, thread lifts give permanent results.") == "contradicted"


def test_an_exception_makes_an_only(verdict):
    assert verdict("No doctor other than a plastic surgeon is allowed to perform liposuction.") == "contradicted"
    assert verdict("Nobody but a plastic surgeon may perform cosmetic surgery.") in ("contradicted", None)


def test_a_share_is_not_answered_by_a_frame_without_one(verdict):
    assert verdict("One in ten people who have eyelid surgery go blind.") != "supported"


def test_a_condition_states_nothing(statements):
    assert not [s for s in statements("If filler makes you blind, call an ambulance.") if s.frame == "filler-can-blind"]


def test_one_of_the_most_common_is_not_the_most_common(verdict):
    assert verdict("A facelift is the most commonly performed cosmetic procedure.") == "contradicted"
    assert verdict("A facelift is one of the most commonly performed cosmetic procedures.") != "contradicted"
