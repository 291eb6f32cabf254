"""What the check answers, relation by relation: right, wrong, too strong, disputed. Read it as the list of what can be checked."""

import pytest

SUPPORTED, CONTRADICTED, MISLEADING, DISPUTED, UNVERIFIABLE = "supported", "contradicted", "misleading", "disputed", "unverifiable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plastic surgery takes in both reconstructive and cosmetic surgery.", SUPPORTED),
        ("Plastic surgery is only about reconstruction.", CONTRADICTED),
        ("Plastic surgery and cosmetic surgery are the same thing.", CONTRADICTED),
        ("Cosmetic surgery is a medical specialty.", DISPUTED),
        ("Cosmetic dermatology is a branch of dermatology.", SUPPORTED),
        ("A panniculectomy is the same operation as a tummy tuck.", CONTRADICTED),
        ("BIA-ALCL is a kind of breast cancer.", CONTRADICTED),
    ],
)
def test_what_a_field_or_a_thing_is(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Integrated plastic surgery residency lasts six years.", SUPPORTED),
        ("Integrated plastic surgery residency lasts two years.", CONTRADICTED),
        ("An ENT residency takes five years.", SUPPORTED),
        ("A dermatology residency takes eight years.", CONTRADICTED),
        ("There is no residency in cosmetic surgery.", SUPPORTED),
        ("Plastic surgeons are trained in cosmetic surgery.", SUPPORTED),
        ("Plastic surgeons are not trained in cosmetic surgery.", CONTRADICTED),
        ("Facial plastic surgeons do tummy tucks as part of their training.", CONTRADICTED),
    ],
)
def test_who_trains_and_how_long(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The American Board of Cosmetic Surgery is recognized by ABMS.", CONTRADICTED),
        ("The American Board of Cosmetic Surgery is not a member of ABMS.", SUPPORTED),
        ("The American Board of Dermatology is an ABMS member board.", SUPPORTED),
        ("The American Board of Hair Restoration Surgery belongs to ABMS.", CONTRADICTED),
        ("The American Board of Plastic Surgery was founded in 1937.", SUPPORTED),
        ("The American Board of Plastic Surgery was founded in 1985.", CONTRADICTED),
        ("Board certification is voluntary.", SUPPORTED),
    ],
)
def test_who_recognises_and_certifies(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Any licensed doctor may legally perform cosmetic surgery.", SUPPORTED),
        ("Only plastic surgeons may perform cosmetic surgery by law.", CONTRADICTED),
        ("In Australia any doctor may call themselves a cosmetic surgeon.", CONTRADICTED),
        ("In the UK Botox needs a prescription.", SUPPORTED),
        ("Estheticians may inject Botox in the United States.", CONTRADICTED),
        ("UK clinics may advertise Botox to the public.", CONTRADICTED),
    ],
)
def test_who_may_do_or_say_what_and_where(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Health insurance covers cosmetic surgery.", CONTRADICTED),
        ("Insurance never covers breast reduction.", CONTRADICTED),
        ("Insurance may cover breast reduction.", SUPPORTED),
        ("Medicare does not cover cosmetic surgery.", SUPPORTED),
        ("US plans that cover mastectomy must cover breast reconstruction.", SUPPORTED),
    ],
)
def test_who_pays(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Botox is permanent.", CONTRADICTED),
        ("Botox is temporary.", SUPPORTED),
        ("The effect of Botox wears off after three to four months.", SUPPORTED),
        ("The effect of Botox wears off after ten years.", CONTRADICTED),
        ("The result of a rhinoplasty is permanent.", SUPPORTED),
        ("Breast implants last a lifetime.", CONTRADICTED),
        ("Breast implants are not lifetime devices.", SUPPORTED),
    ],
)
def test_how_long_it_lasts(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A tummy tuck is surgery.", SUPPORTED),
        ("A tummy tuck is non-invasive.", CONTRADICTED),
        ("Fat freezing is non-surgical.", SUPPORTED),
        ("A rhinoplasty is done under general anaesthesia.", SUPPORTED),
        ("A tummy tuck leaves no scar.", CONTRADICTED),
        ("Recovery from a tummy tuck takes two days.", CONTRADICTED),
        ("You need two to four weeks to recover from a tummy tuck.", SUPPORTED),
        ("A facelift needs no recovery time.", CONTRADICTED),
    ],
)
def test_what_it_takes(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Filler can cause blindness.", SUPPORTED),
        ("Filler cannot cause blindness.", CONTRADICTED),
        ("Chemical peels have no risks.", CONTRADICTED),
        ("Cosmetic surgery is risk-free.", CONTRADICTED),
        ("No surgery comes without risks.", SUPPORTED),
        ("A facelift can cause nerve damage.", SUPPORTED),
        ("Fillers are FDA-approved for enlarging breasts.", CONTRADICTED),
        ("Our surgeon is the best in the country.", UNVERIFIABLE),
    ],
)
def test_what_can_go_wrong_and_what_nobody_can_check(verdict, text, expected):
    assert verdict(text) == expected
