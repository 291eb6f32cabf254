"""One fact, said in all the plain ways in which people say it: who does what, how long they train, whom a board certifies, who pays. The verdict must not
hang on the way."""

import pytest

DOES = ("{who} can do {what}.", "{who} can perform {what}.", "{who} perform {what}.", "{what} can be done by {whom}.")
TRAINS = (
    "{who} train for {years} years.",
    "{who} need {years} years of training.",
    "It takes {years} years to train as {one}.",
    "{who} complete {years} years of residency.",
    "Residency for {who} lasts {years} years.",
    "After medical school, {who} train for {years} years.",
)
CERTIFIES = ("The {board} certifies {who}.", "{who} are certified by the {board}.")


def said(ways, **words):
    """Each way with these words, a capital at its head."""
    words["whom"] = words.get("who", "").lower()
    return [sentence[0].upper() + sentence[1:] for sentence in (way.format(**words) for way in ways)]


@pytest.mark.parametrize(
    "what", ["Botox", "chemical peels", "facelifts", "liposuction", "breast reconstruction", "scar revision", "burn reconstruction", "hand surgery"]
)
def test_what_plastic_surgeons_do(verdict, what):
    assert {sentence: verdict(sentence) for sentence in said(DOES, who="Plastic surgeons", what=what)} == dict.fromkeys(
        said(DOES, who="Plastic surgeons", what=what), "supported"
    )


@pytest.mark.parametrize("what", ["Botox", "fillers", "chemical peels", "laser hair removal", "skin cancer removal"])
def test_what_dermatologists_do(verdict, what):
    sentences = said(DOES, who="Dermatologists", what=what)
    assert {sentence: verdict(sentence) for sentence in sentences} == dict.fromkeys(sentences, "supported")


@pytest.mark.parametrize("what", ["facelifts", "rhinoplasty", "breast augmentation", "tummy tucks"])
def test_large_operations_are_no_dermatologists_work(verdict, what):
    sentences = said(DOES, who="Dermatologists", what=what)
    assert {sentence: verdict(sentence) for sentence in sentences} == dict.fromkeys(sentences, "misleading")


@pytest.mark.parametrize(
    ("who", "one", "right", "wrong"),
    [
        ("plastic surgeons", "a plastic surgeon", "six to eight", ("two", "five")), ("dermatologists", "a dermatologist", "four", ("two", "eight")),
        ("ENT surgeons", "an ENT surgeon", "five", ("three",)), ("general surgeons", "a general surgeon", "five", ("three",)),
        ("ophthalmologists", "an ophthalmologist", "four", ("two",)),
    ],
)  # fmt: skip
def test_how_long_they_train(verdict, who, one, right, wrong):
    for years, expected in ((right, "supported"), *((number, "contradicted") for number in wrong)):
        sentences = said(TRAINS, who=who, one=one, years=years)
        assert {sentence: verdict(sentence) for sentence in sentences} == dict.fromkeys(sentences, expected)


@pytest.mark.parametrize(
    "claim",
    [
        "The {} is a government agency.", "The {} licenses doctors.", "The {} accredits hospitals.",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "board", ["American Board of Plastic Surgery", "American Board of Cosmetic Surgery", "American Board of Dermatology", "American Board of Surgery"]
)
def test_what_no_board_is(verdict, claim, board):
    assert verdict(claim.format(board)) == "contradicted"


@pytest.mark.parametrize("board", ["American Board of Ophthalmology", "American Board of Surgery", "American Board of Obstetrics and Gynecology"])
def test_boards_that_certify_no_plastic_surgeons(verdict, board):
    assert verdict(f"The {board} certifies plastic surgeons.") == "contradicted"


def test_botox_for_migraine_is_not_botox_for_looks(verdict):
    assert verdict("Medicare covers Botox for migraine.") == "supported"
    assert verdict("Medicare covers Botox for wrinkles.") == "contradicted"


def test_a_not_on_what_somebody_likes_denies_no_more(verdict):
    assert verdict("The NHS will pay to put right cosmetic surgery abroad that you do not like.") == "contradicted"


def test_an_only_before_a_verb_of_treating_bears_on_what_is_treated(verdict):
    assert verdict("Facial plastic surgeons only treat the face.") == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "Reconstructive surgery and cosmetic surgery are the same.", "Cosmetic dermatology is the same as cosmetic surgery.",
        "Cosmetic surgery is non-surgical.",
        "Cosmetic surgery includes reconstructive surgery.", "Cosmetic dermatology is medically necessary.", "Dermatology is part of plastic surgery.",
    ],
)  # fmt: skip
def test_what_the_fields_are_not(verdict, claim):
    assert verdict(claim) == "contradicted"


def test_a_country_s_own_payer_names_the_country(statements):
    found = statements("The NHS pays for cosmetic surgery. Medicare covers Botox for migraine.")
    assert ("Medicare covers Botox for migraine", "supported") in [(one.quote, one.verdict) for one in found]


@pytest.mark.parametrize("place", ["the United States", "the US", "the U.S.", "the USA", "America"])
def test_a_country_in_all_its_names(verdict, place):
    assert verdict(f"In {place}, Botox may be advertised to the public.") == "supported"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("A facelift lasts three months.", "contradicted"), ("A facelift lasts five years.", "supported"),
        ("Botox needs to be repeated every two years.", "contradicted"), ("Botox needs to be repeated every four months.", "supported"),
        ("Lip fillers need to be repeated every six months.", "supported"), ("Fillers have to be repeated every month.", "contradicted"),
    ],
)  # fmt: skip
def test_how_long_it_lasts(verdict, claim, expected):
    assert verdict(claim) == expected
