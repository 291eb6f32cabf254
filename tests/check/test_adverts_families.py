"""Claims of adverts as families of words: what is promised, made small or praised is found in words that no phrase holds whole; and what sets a claim
right: risks told beside it, a source beside a figure, a time that the record bears out."""

import pytest

from gillies.check.check import check
from gillies.check.door import open_check

ENGINE = open_check()
WANTING = {"misleading", "contradicted", "disputed"}


def marked(text, place=""):
    """The records that found a text wanting."""
    return [s.frame for s in check(text, ENGINE.lexicon, place) if s.verdict in WANTING]


@pytest.mark.parametrize("text", [
    "Our peel tremendously improves the tone of your face.",
    "Our clinic gives phenomenal outcomes.",
    "Our laser banishes age spots and saggy skin.",
    "Our treatment brings back a youthful face.",
    "With our device you slim down without the need to diet.",
    "Our threads lift the face with negligible bruising.",
    "Our laser works without causing any harm.",
    "Our treatment is so quick and safe.",
    "Our method is the most sophisticated treatment of all.",
    "Our injections are adored by celebrities.",
    "Our surgery will lift your self-esteem.",
    "Do you want to be camera ready? Our clinic is open on Sundays.",
    "Why wait: our filler makes the ideal birthday present for your wife.",
    "Our nurses are ideally placed to treat your face.",
    "Our threads leave you with a youthful jawline.",
    "Nobody will ever know that you saw our team.",
    "Rest assured that our team has done this before.",
    "Our laser treats every scar.",
    "Other clinics use outdated lasers.",
    "Who better than our nurses to inject your lips?",
    "Spider veins are a thing of the past at our clinic.",
    "Our filler can be undone in minutes.",
    "He is the only surgeon I would trust.",
    "She is one of Canada's most talented injectors.",
    "Our threads heal in half the time.",
    "He is certified by the American Board of Aesthetic Plastic Surgery.",
    "Our operation leaves your skin unmarked.",
    "Our implants do not affect your ability to feel touch.",
    "Our town is internationally regarded as a place for noses.",
    "No other laser does what ours does.",
    "Our doctors regularly appear on TV.",
    "Buy more, save more at our clinic.",
    "Our patients are at their desks again the very next morning.",
    "The hair that we plant will not fall out again.",
])  # fmt: skip
def test_a_family_finds_what_no_phrase_holds_whole(text):
    assert marked(text)


@pytest.mark.parametrize("text", [
    "Our peel may improve the tone of your face.",
    "Our clinic writes to your family doctor after each operation.",
    "Our laser was bought in 2019 and is serviced each year.",
    "Our surgeon removes skin and fat through a cut low on the belly.",
    "Our nurse tells you before the treatment what can go wrong.",
    "Our consultations cost 90 pounds and last an hour.",
    "Our patients go home the same day and need somebody with them.",
    "Our surgeon is a member of the British Association of Aesthetic Plastic Surgeons.",
    "Our clinic does not promise younger looks.",
    "Our surgeon is certified by the American Board of Plastic Surgery.",
    "Our threads aim at a youthful jawline, and results vary.",
    "Our clinic can tell you which other clinics use this laser.",
    "Our toxin softens lines that come with movement, not to erase them but to make them less deep.",
    "Our surgeon tries to give you the best result possible.",
    "Our laser does not treat every scar.",
    "Our peel lifts for ever. This is false.",
    "She was one of only four surgeons who did this in 2009, and she has been with us since.",
    "In one study raters took people after our kind of lift to look younger by three years.",
    "It can take months until the swelling goes away completely, and our nurses see you twice.",
    "Our surgeon is known for hiding the scars in a crease, but there is always scarring.",
])  # fmt: skip
def test_plain_and_careful_sentences_are_left_alone(text):
    assert not marked(text)


class TestSetRight:
    def test_risks_told_beside_a_claim_balance_it(self):
        assert "advert.safe-and-no-more" in marked("Our method is safe and simple. The clinic is near the station.")
        told = marked("Our method is safe and simple. Bruises and lumps are common, infection is rare.")
        assert "advert.safe-and-no-more" not in told

    def test_a_risk_that_is_made_small_balances_nothing(self):
        assert "advert.safe-and-no-more" in marked("Our method is safe and simple. There is a minimal risk of scarring.")
        assert "advert.safe-and-no-more" not in marked("Our method is safe and simple. Side effects such as bruising are common.")

    def test_risks_that_are_denied_balance_nothing(self):
        assert [frame for frame in marked("Our method is safe and simple. There is no infection and no bruising.") if frame.startswith("advert.safe")]

    def test_a_figure_needs_its_source(self):
        assert "advert.best-case-figure" in marked("Our device firms the belly: improvement of up to 40%.")
        assert "advert.best-case-figure" not in marked("In a published study of our device, improvement was 55% on average.")

    def test_a_small_share_of_something_else_is_no_figure_that_sells(self):
        assert not marked("Our clinic saw a reduction of 5% in missed visits.")

    def test_a_recovery_is_held_against_the_record(self):
        assert marked("Recovery from our facelift takes 24 hrs.")
        assert not marked("Recovery from our facelift takes three weeks.")

    def test_board_certified_is_no_word_for_a_british_surgeon(self):
        claim = "advert.board-where-there-is-none"
        assert claim in marked("Our board-certified plastic surgeon sees you in Manchester.")
        assert claim not in marked("Our board-certified plastic surgeon sees you in Houston.")


class TestDenied:
    def test_a_not_ends_where_something_new_is_said_of_the_subject(self):
        assert marked("Our treatment does not take long and is painless.")
        assert not marked("Our treatment is not quick or painless.")

    def test_a_no_that_belongs_to_the_claim_before_denies_nothing(self):
        assert {"advert.no-downtime", "advert.no-risk"} <= set(marked("After our shots there is no healing time as there is no damage to the skin."))

    def test_a_claim_that_is_denied_hides_none_that_is_made(self):
        assert marked("Nothing works better than our laser.")

    def test_a_not_ends_where_a_new_subject_begins(self):
        assert "painless-treatment" in marked("Our laser does not work on grey hair and it's a quick and painless procedure.")

    def test_what_a_question_holds_out_is_promised(self):
        assert marked("What if you could have a facelift result without surgery? Our clinic is open on Sundays.")
        assert not [frame for frame in marked("Is there a facelift result without surgery? Our clinic says no.") if frame.startswith("advert.")]

    def test_so_is_what_a_question_after_a_wish_holds_out(self):
        assert "advert.no-cut" in marked("Are you dreaming of a fresher look without going under the knife? Our facelift is done on Mondays.")

    def test_what_is_asked_and_answered_with_a_yes_is_claimed(self):
        assert "advert.flaw-removed" in marked("Can our laser permanently remove stretch marks? Yes.")
        assert "advert.flaw-removed" not in marked("Can our laser permanently remove stretch marks? It depends on their age.")

    def test_a_fair_question_that_is_waved_away(self):
        assert "advert.waved-away" in marked("Should I be worried about the scars of our eyelid surgery? Absolutely not. They fade.")
        assert "advert.waved-away" not in marked("You should absolutely not smoke before our surgery: scars heal worse.")

    def test_what_one_knows_and_the_many_are_no_careful_words(self):
        assert "advert.no-pain" in marked("You should know that our peel is a painless procedure.")
        assert "advert.risk-made-small" in marked("Our laser eliminates the many risks of traditional procedures.")

    def test_to_feel_that_our_own_skill_is_best_is_praise(self):
        assert [frame for frame in marked("I feel that our skill is second to none.") if frame.startswith("advert.best")]

    def test_that_most_people_are_back_at_once_is_the_promise_itself(self):
        assert "advert.back-at-once" in marked("With our facelift most people resume their normal activities immediately.")
        assert not marked("With our facelift most people stay at home for two weeks.")

    def test_a_no_that_has_its_object_behind_it_is_not_joined_to_words_of_another_thought(self):
        assert "advert.harm-denied" in marked("Our device targets fat cells only - it doesn't damage skin, nerve fibers, or other parts.")

    def test_what_stays_outside_the_skin_goes_without_numbing(self):
        assert "advert.no-anaesthetic" not in marked("Our cryolipolysis is done without anaesthesia.")
        assert marked("Our breast lift is done without anaesthesia.")

    def test_non_denies_its_own_word_only(self):
        assert "advert.treats-all" in marked("Our non-surgical method treats all skin types.")

    def test_a_question_that_plays_on_looks_plays_on_them_as_a_question_too(self):
        assert marked("Do you want our surgeons to get you beach ready?")
        assert not [frame for frame in marked("Is our peel risk-free?") if frame.startswith("advert.")]

    def test_that_most_people_feel_nothing_is_no_careful_word_on_pain(self):
        assert marked("Most people do not feel anything when our nurse injects.")

    def test_a_run_of_words_does_not_reach_over_a_comma(self):
        assert not marked("Our surgeons treat burns, fat necrosis and scars.")


class TestOfMany:
    """What a whole profession or a body is and does is no self-praise; what one of them does is."""

    @pytest.mark.parametrize("text", [
        "A dermatologist can diagnose and treat all types of problems of the skin.",
        "Cosmetic dermatologists offer a variety of procedures to rejuvenate and revitalize the skin.",
        "Facial plastic surgeons focus on the face and neck, which sets them apart.",
        "Real plastic surgeons are trained in cosmetic surgery.",
        "Plastic surgeons have pioneered transplants of the hand.",
        "The British Association of Aesthetic Plastic Surgeons sets the standards of surgery.",
        "This field focuses on treatments that revitalize the skin.",
    ])  # fmt: skip
    def test_plain_sentences(self, text):
        assert not [frame for frame in marked(text) if frame.startswith("advert.")]

    @pytest.mark.parametrize("text", [
        "A surgeon who has done all procedures on all skin types.",
        "Our surgeons focus on the face, which sets them apart.",
        "Dr Lee is a surgeon who can treat all types of problems.",
        "The board-certified surgeon gives you the best results.",
        "A practitioner is able to correct bumps, making your nose appear just how you want it.",
    ])  # fmt: skip
    def test_praise(self, text):
        assert [frame for frame in marked(text) if frame.startswith("advert.")]


def test_safe_under_a_condition_is_said_over_the_turn_of_the_thought():
    assert "advert.safe-and-no-more" in marked("It is very safe when injected by trained hands.")


def test_the_time_of_a_redness_is_not_that_of_the_result():
    assert not [frame for frame in marked("The peels are superficial, and redness fades in a day or two.") if frame.endswith(".lasts")]
    assert [frame for frame in marked("A chemical peel lasts a day or two.") if frame.endswith(".lasts")]


def test_a_passage_on_a_treatment_may_be_a_piece_of_an_advert_and_an_article_is_none():
    passage = "This laser is the most important method of treating the face. " + "People lie on a couch and wear dark glasses. " * 8
    article = passage + "The society was founded long ago and keeps its books in an old house by the river. " * 12
    assert marked(passage)
    assert not marked(article)


def test_a_claim_that_its_record_calls_right_leaves_its_words_to_the_next():
    """That fat freezing is non-invasive is right; that it is approved, told over the same words, is still marked."""
    frames = marked("Our CoolSculpting is a non-invasive procedure, approved by the FDA.")
    assert {"advert.device-called-approved", "advert.approval-where-there-is-none", "device-fda-approved"} & set(frames)
    assert "advert.called-non-invasive" not in frames


@pytest.mark.parametrize(("text", "claims"), [
    ("Book your facelift with us. Any scars? None whatsoever.", ["advert.no-scar"]),
    ("Book your lip filler with us. Does it hurt? Not at all.", ["advert.no-pain"]),
    ("Book your filler with us. Is there any downtime after the treatment? No, you can go straight back to work.", ["advert.no-downtime"]),
    ("Book your tummy tuck with us. Are there any side effects? No.", ["advert.no-risk"]),
    ("Book with us. Is there any downtime? No. Are there scars? No. We have treated room No. 5 with care.", ["advert.no-downtime", "advert.no-scar"]),
])  # fmt: skip
def test_a_flat_no_to_the_question_whether_there_is_trouble_denies_it(text, claims):
    assert marked(text) == claims


@pytest.mark.parametrize("text", [
    "Book with us. Is there any downtime? No, but you may feel sore.",
    "Book with us. Is there any downtime? Not necessarily.",
    "Book with us. Is severe pain normal? No.",
    "Book with us. Does it treat scars? No.",
    "Book with us. Will I have pain? Yes.",
    "Book with us. Will I have scars after a facelift? No one can say.",
])  # fmt: skip
def test_a_no_to_another_question_or_with_a_but_denies_no_trouble(text):
    assert marked(text) == []
