"""How a thing is said decides with what is said: strength, denial, number, place, and whether anything is stated at all."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Insurance often covers reconstructive surgery.", "supported"),
        ("Insurance always covers reconstructive surgery.", "contradicted"),
        ("Not all fillers can be dissolved.", "supported"),
        ("All fillers can be dissolved.", "contradicted"),
        ("Cosmetic dermatology is mostly non-invasive.", "supported"),
        ("Cosmetic dermatology is non-invasive.", "misleading"),
    ],
)
def test_some_most_and_all_get_verdicts_of_their_own(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Botox is permanent.", "Botox is not permanent."),
        ("Plastic surgery includes cosmetic surgery.", "Plastic surgery does not include cosmetic surgery."),
        ("Board certification is voluntary.", "Board certification is compulsory."),
        ("A tummy tuck is surgery.", "A tummy tuck is non-surgical."),
        ("Women with breast implants can have mammograms.", "Women with breast implants cannot have mammograms."),
    ],
)
def test_a_statement_and_its_denial_differ(verdict, said, denied):
    assert verdict(said) is not None
    assert verdict(said) != verdict(denied)


def test_two_denials_cancel_out(verdict):
    assert verdict("No surgery comes without risks.") == "supported"
    assert verdict("It is not true that surgery has no risk.") in ("supported", None)


@pytest.mark.parametrize("text", ["Myth: Botox is permanent.", "Botox is permanent. This is a myth."])
def test_what_is_told_as_a_myth_is_denied(verdict, text):
    assert verdict(text) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Is Botox permanent?",
        "I think Botox is permanent.",
        "Many people think that Botox is permanent.",
        "Most American women think a doctor must be board certified to operate.",
        "Ask whether Botox is permanent.",
        "Choosing a plastic surgeon is a very personal decision.",
        "Thank you for reading.",
        "The weather was fine and the food was good.",
    ],
)
def test_questions_opinion_advice_and_small_talk_are_no_statements(statements, text):
    assert statements(text) == []


def test_a_without_denies_all_that_is_done_and_its_examples(verdict):
    assert verdict("Cosmetic surgery is a form of plastic surgery that treats looks without addressing any disease, such as burns or clefts.") != "contradicted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ontario doctors cannot use the title surgeon unless they are certified in surgery.", "supported"),
        ("Insurance need not cover breast reconstruction after mastectomy.", "contradicted"),
        ("Plastic surgery restores form and function.", "supported"),
        ("You may not be able to breastfeed after a breast reduction.", "supported"),
        ("Liposuction carries no risk of death.", "contradicted"),
        ("Liposuction for cosmetic reasons is not normally available on the NHS.", "supported"),
    ],
)
def test_what_is_denied_on_a_condition_in_part_or_perhaps(verdict, text, expected):
    assert verdict(text) == expected


def test_what_cannot_happen_is_judged_though_an_advert_may_not_say_that_it_can(verdict):
    assert verdict("Cosmetic dermatology cannot cause complications.") == "contradicted"


def test_what_is_right_of_some_is_not_said_of_every_one(verdict):
    assert verdict("Every woman has breast reconstruction after a mastectomy.") != "supported"


@pytest.mark.parametrize("text", ["Botox does not remove all wrinkles.", "Laser hair removal does not work on all hair colors."])
def test_a_wrong_claim_of_all_is_right_when_it_is_denied(verdict, text):
    assert verdict(text) == "supported"


def test_what_ranks_a_thing_is_not_said_by_what_it_is(verdict):
    assert verdict("Cleft repair is a form of reconstructive surgery.") == "supported"
    assert verdict("The most common form of reconstructive surgery is cleft repair.") is None


def test_what_was_so_once_is_not_judged_by_what_is_so_now(verdict):
    assert verdict("In Australia any doctor could previously call themselves a cosmetic surgeon.") == "supported"
    assert verdict("In Australia any doctor may call themselves a cosmetic surgeon.") == "contradicted"


def test_the_place_decides(verdict):
    assert verdict("In the United States any doctor may call themselves a cosmetic surgeon.") == "supported"
    assert verdict("In Australia any doctor may call themselves a cosmetic surgeon.") == "contradicted"


def test_a_verdict_that_depends_on_place_says_so(statements):
    told = statements("In Australia any doctor may call themselves a cosmetic surgeon.")[0]
    assert (told.place, told.basis) == ("au", "law")
    assert "Australia" in told.why


def test_it_takes_up_what_the_sentence_before_spoke_of(statements):
    found = statements("A tummy tuck removes loose skin. It is non-invasive.")
    assert found[-1].frame.startswith("tummy-tuck")
    assert found[-1].verdict == "contradicted"


def test_a_number_belongs_to_what_is_named_nearest(statements):
    text = "Plastic surgeons train six years in plastic surgery and dermatologists three years in dermatology."
    assert "contradicted" not in [statement.verdict for statement in statements(text)]


def test_what_a_pattern_took_does_not_draw_its_number_away(verdict):
    """The GMC stands nearer to the two weeks than cosmetic surgery does, but the record is on its rule."""
    assert verdict("The GMC sets a fixed two-week cooling-off period for cosmetic procedures.") == "contradicted"


def test_a_disputed_statement_shows_both_sides(statements):
    told = statements("Cosmetic surgery is a medical specialty.")[0]
    assert told.verdict == "disputed"
    assert len(told.sides) >= 2
    assert all(side.cites for side in told.sides)


def test_what_only_opens_a_sentence_is_no_overreach(verdict):
    assert verdict("No matter which method is used, keloids often come back after they are cut out.") == "supported"
    assert verdict("Keloids often come back after they are cut out, no matter what.") == "misleading"


def test_a_myth_that_is_called_untrue_again_is_still_one(verdict):
    assert verdict("It is a common myth that Botox is permanent. This is not true.") == "supported"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are no fellowships in cosmetic surgery.", "contradicted"),
        ("Residencies are accredited by the Council, while fellowships in cosmetic surgery are not.", None),  # not accredited; that they are is not denied
        ("Plastic surgeons and dermatologists do not give Botox.", "contradicted"),
        ("You do not have to go to a plastic surgeon or dermatologist to get Botox.", None),  # a need is denied, and not what they do
        ("A non-surgical nose job is surgery.", "contradicted"),
        ("Non-surgical nose jobs are limited as an alternative to surgery.", None),
        ("A breast lift does not lift the breasts.", "contradicted"),
        ("This is no substitute for a breast lift.", None),
        ("These are body contouring procedures, not weight loss procedures.", "supported"),
    ],
)
def test_only_what_a_no_bears_on_is_denied(verdict, text, expected):
    assert verdict(text) == expected


def test_what_is_an_aim_of_some_is_right_under_a_condition(verdict):
    assert verdict("Eyelid surgery is reconstructive.") == "misleading"
    assert verdict("Eyelid surgery is considered reconstructive if the drooping skin blocks the view.") == "supported"


def test_have_to_is_a_must(verdict):
    assert verdict("Surgeons in Britain must be members of BAAPS.") == verdict("Surgeons in Britain have to be members of BAAPS.") == "contradicted"


def test_a_comparison_of_how_many_is_no_statement_of_one(statements):
    assert [one.verdict for one in statements("Family doctors also do liposuction.")] == ["supported"]
    assert "supported" not in [one.verdict for one in statements("More liposuction is done by family doctors than by plastic surgeons.")]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Laser hair removal is painless and it leaves no trace.", ["painless", "leaves no trace"]),
        ("Liposuction at our clinic is painless with little swelling.", ["painless"]),
    ],
)
def test_a_mark_ends_where_something_else_is_said(statements, text, marked):
    assert [one.quote for one in statements(text)] == marked


@pytest.mark.parametrize(
    "text",
    [
        "Plastic surgery is sometimes considered, incorrectly, to be synonymous with cosmetic surgery.",
        "Plastic surgery is erroneously called cosmetic surgery.",
    ],
)
def test_what_is_said_incorrectly_is_denied(verdict, text):
    assert verdict(text) in ("supported", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rhinoplasty performed for cosmetic reasons isn't reconstructive.", "supported"),
        ("Rhinoplasty done for cosmetic purposes is reconstructive surgery.", "contradicted"),
        ("Rhinoplasty is reconstructive surgery.", "misleading"),
        ("Insurance does not pay for gynecomastia surgery done purely for cosmetic reasons.", "supported"),
        ("Insurance covers breast reduction for cosmetic reasons.", "contradicted"),
    ],
)
def test_done_for_looks_alone_is_neither_repair_nor_paid_for(verdict, text, expected):
    assert verdict(text) == expected


def test_that_all_must_pay_on_a_condition_is_not_simply_wrong(verdict):
    assert verdict("All health plans must cover gynecomastia surgery if it is medically necessary.") == "misleading"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("People mostly pay for cosmetic surgery themselves.", "supported"),
        ("You will have to pay for a hair transplant yourself.", "supported"),
        ("With Medicare you pay the full cost of cosmetic surgery yourself.", "supported"),
    ],
)
def test_who_pays_themselves_has_no_payer(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hence the need for creating a specialist register for cosmetic surgeons in the UK.",
        "You want a doctor who is certified by the American Board of Plastic Surgery.",
    ],
)
def test_what_is_called_for_or_wished_for_is_not_stated(verdict, text):
    assert verdict(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No surgeon can give a guarantee about the result.", "supported"),
        ("Since each patient's tissue responds differently to surgery, no surgeon can give a guarantee about the result.", "supported"),
        ("It will not give the same results as a surgical facelift and is not as permanent as a surgical facelift.", None),
        ("ABCS certification is better proof of cosmetic surgery skill than ABPS certification.", None),
        ("Cosmetic surgery is elective, while plastic surgery is medically necessary.", "misleading"),
        ("Cosmetic surgery fellows do twice as many cosmetic operations as plastic surgery residents.", None),
        ("A doctor needs hospital privileges before operating in his own office in every US state.", None),
    ],
)
def test_what_is_said_of_nobody_of_less_and_of_more_is_not_said_of_all(verdict, text, expected):
    assert verdict(text) == expected


def test_a_state_is_answered_by_its_own_record(statements):
    found = statements("In Texas a nurse practitioner can prescribe Botox without any agreement with a doctor.")
    assert [(one.verdict, one.place) for one in found] == [("contradicted", "us-tx")]


@pytest.mark.parametrize(
    "text",
    [
        "A clinic registered with the Care Quality Commission has been inspected for all the cosmetic treatments it offers.",
        "Any nurse with 1,000 hours in a medical spa qualifies for the CANS exam.",
        "A newly qualified UK plastic surgeon has been fully trained in every kind of cosmetic operation.",
    ],
)
def test_what_is_right_is_not_right_of_any_and_every(verdict, text):
    assert verdict(text) != "supported"


def test_a_rule_is_one_for_all_whom_it_is_for(verdict):
    assert verdict("All plastic surgeons are trained in cosmetic surgery.") == "supported"


def test_any_doctor_denies_that_only_some_may(verdict):
    assert verdict("In Florida only doctors of an approved board may advertise as a board certified specialist.") == "supported"
    assert verdict("In Florida any licensed physician may advertise as a board certified specialist.") == "contradicted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If your eyelids droop, insurance pays for eyelid surgery.", "misleading"),
        ("Insurance may pay for eyelid surgery if the lids block the sight.", "supported"),
        ("Insurance covers rhinoplasty when it is medically necessary.", "supported"),
    ],
)
def test_one_symptom_does_not_make_a_plan_pay(verdict, text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cosmetic surgeons need not be board certified.", "supported"),
        ("It is wrong that any doctor may call themselves a surgeon in Australia.", "supported"),
        ("Most women know that a doctor need not be certified to do cosmetic operations.", "contradicted"),
    ],
)
def test_need_not_and_it_is_wrong_that_deny(verdict, text, expected):
    assert verdict(text) == expected


def test_what_is_told_across_a_so_is_no_fact_by_itself(verdict):
    assert verdict("Nurses in Australia can legally inject Botox and fillers, so a prescriber does not come into it.") != "supported"


def test_of_two_frames_that_fit_as_well_the_one_that_calls_it_wrong_answers(verdict):
    assert verdict("Dermatologists learn Mohs surgery in residency, so any of them is a fully trained Mohs surgeon.") != "supported"


def test_what_is_set_apart_besides_makes_it_another_statement(verdict):
    assert verdict("Dermatologists are doctors for skin, hair and nails.") == "supported"
    assert verdict("Dermatologists are skin doctors and not surgeons.") != "supported"


def test_a_than_before_a_number_compares_nothing(verdict):
    assert verdict("A provider can list more than one taxonomy code on an NPI record.") == "supported"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("None of the ABCS diplomates is certified by an ABMS board.", "contradicted"),  # some are
        ("The CANS exam asks for two years of experience.", "supported"),  # and for 1,000 hours, which are no two years
        ("The CANS exam asks for 200 hours of experience.", "contradicted"),
    ],
)
def test_none_is_said_of_all_and_hours_of_work_are_no_years(verdict, text, expected):
    assert verdict(text) == expected


def test_a_short_sentence_on_who_may_do_what_is_not_right_by_a_record_on_something_else(verdict):
    """The rule of Ontario is on the title; nothing is held on who may open a clinic."""
    assert verdict("In Ontario only a certified plastic surgeon may use the title plastic surgeon.") == "supported"
    assert verdict("In Ontario only certified plastic surgeons may own a cosmetic surgery clinic.") != "supported"


def test_one_state_does_not_answer_for_the_country(verdict):
    assert verdict("In Arizona nurse practitioners may own medical spas.") == "supported"
    assert verdict("Nurse practitioners can own medical spas in the United States.") == "misleading"


def test_what_may_also_be_repair_is_not_always_cosmetic(verdict):
    assert verdict("A rhinoplasty is cosmetic.") == "supported"
    assert verdict("A rhinoplasty is always cosmetic.") == "contradicted"
