"""Frames that follow from records: each keeps its fact and its sources, and says what its record says."""

import pytest

from gillies.check.derive import derive
from gillies.knowledge.load import read

KNOWLEDGE, _ = read()
DERIVED = {held.id: held for held in derive(KNOWLEDGE, lambda say: set())}


def test_every_frame_shows_its_fact_and_where_it_was_read():
    assert len(DERIVED) > 2000
    for held in DERIVED.values():
        assert held.why, held.id
        assert held.cites, held.id
        assert all(cite.partition(" @ ")[0] in KNOWLEDGE.sources for cite in held.cites), held.id


def test_boards_are_recognised_as_their_records_say():
    for key, board in KNOWLEDGE.boards.items():
        frame = DERIVED.get(f"{key}.abms")
        if frame:
            assert frame.verdict == ("supported" if board.kind == "abms" else "contradicted")


def test_surgery_is_called_surgery():
    for key, procedure in KNOWLEDGE.procedures.items():
        frame = DERIVED.get(f"{key}.surgery")
        if frame:
            assert (frame.verdict == "supported") == (procedure.invasiveness == "surgical")


def test_what_is_known_to_pass_is_not_called_permanent():
    assert DERIVED["botulinum-toxin-wrinkles.permanent"].verdict == "contradicted"
    assert DERIVED["rhinoplasty.permanent"].verdict == "supported"


def test_every_claim_is_found_again_with_its_own_verdict(statements, checker):
    """A derived claim, read as a text, is never answered with the opposite by its own frame."""
    wrong = []
    for held in checker.lexicon.held:
        if held.kind == "derived":
            own = [s.verdict for s in statements(held.claim) if s.frame == held.id]
            if own and own[0] not in {held.verdict, held.all, held.some}:
                wrong.append((held.id, held.claim, own[0]))
    assert wrong == []


def test_light_work_is_no_sport(statements):
    assert any(s.frame == "facelift.light" for s in statements("After a facelift people recover in two weeks."))
    assert not any(s.frame.endswith(".light") for s in statements("After a facelift people return to sport in two weeks."))


def test_that_somebody_does_it_says_nothing_of_the_only_one(statements):
    assert "supported" in [s.verdict for s in statements("Dermatologists perform dermal fillers.")]
    assert any(s.frame == "dermal-fillers.done-by-facial-plastic-surgery" for s in statements("Facial plastic surgeons perform dermal fillers."))
    assert not any(".done-by-" in s.frame for s in statements("A dermatologist is the only doctor who may legally inject fillers."))


def test_a_field_is_said_to_be_for_what_its_own_clause_says(statements):
    def aims(text):
        return {(one.frame, one.verdict) for one in statements(text) if ".only-" in one.frame}

    assert aims("Plastic surgery is done to repair damage after burns.") == {("plastic-surgery.only-repair", "misleading")}
    assert not aims("Cosmetic surgery changes a part of the body that has normal structure and function.")
    assert not aims("Much of cosmetic surgery, such as the correction of prominent ears, can help people.")
    assert not aims("It differs from cosmetic surgery because its aim is to repair damage after burns.")


@pytest.mark.parametrize("operation", ["a facelift", "a nose job", "eyelid surgery", "a tummy tuck", "liposuction"])
def test_days_off_work_are_not_days_until_all_has_healed(verdict, operation):
    assert verdict(f"You need two weeks off work after {operation}.") == "supported"
    assert verdict(f"You need six months off work after {operation}.") == "contradicted"
