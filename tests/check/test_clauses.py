"""What one clause says holds for no other: where thoughts end, what a condition states, what a reason proves, whose denial it is."""

import pytest

from gillies.check.read import sentences


def test_a_clause_at_the_head_ends_at_its_comma(checker):
    sentence = sentences("Though it won't pay for the facelift, Medicare may pay for treating an infection.", checker.lexicon)[0]
    before = [word[0] for word, thought in zip(sentence.words, sentence.thought, strict=True) if thought == sentence.thought[0]]
    assert before[-1] == "facelift"


def test_a_relative_clause_between_commas_ends_where_the_sentence_goes_on(checker):
    sentence = sentences("Hyaluron pens, which need no needle, are sold as gentle.", checker.lexicon)[0]
    inner = [word[0] for word, thought in zip(sentence.words, sentence.thought, strict=True) if thought != sentence.thought[0]]
    assert inner == ["which", "need", "no", "needle"]


def test_a_condition_states_nothing(statements):
    assert not [s for s in statements("You would know at once if a silicone implant burst.") if s.frame == "breast-augmentation.rupture"]


def test_a_reason_proves_no_conclusion(verdict):
    assert verdict("Botox wears off after a few months, so you may take whatever you like.") != "supported"


def test_what_is_done_so_concludes_nothing(verdict):
    assert verdict("The parts that cosmetic surgery enhances are done so for aesthetic reasons and not for functional reasons.") == "supported"


def test_advice_drawn_from_a_fact_leaves_the_fact(verdict):
    assert verdict("Any licensed physician can call themselves a cosmetic surgeon, so you should ask about training.") == "supported"


def test_more_is_made_of_a_fact_than_it_can_bear(statements):
    found = statements("About 1 in 100 people regret gender-affirming surgery, and that is beyond argument.")
    assert [s.verdict for s in found] == ["misleading"]
    assert "more is made of it" in found[0].why


def test_a_later_clause_is_read_with_the_subject_before_it(statements):
    found = statements("Cosmetic procedures change how a person looks, and they are not covered by health insurance.")
    assert "insurance-covers-cosmetic-surgery" in [s.frame for s in found]
    found = statements("Cosmetic procedures are considered elective, and as a result, they are not covered by health insurance.")
    assert "not-covered-because-elective" in [s.frame for s in found]


def test_what_is_denied_of_one_thing_is_not_denied_of_another(verdict):
    assert verdict("Breast reconstruction isn't necessarily free, since deductibles and coinsurance may apply.") != "contradicted"


def test_two_denials_leave_it_open(statements):
    assert not [s for s in statements("It is not true that liposuction is not surgery.") if s.verdict == "contradicted" and s.frame == "liposuction.surgery"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("All fillers are temporary.", "contradicted"),  # one that is permanent proves it wrong
        ("A surgeon's privileges are always vetted by a hospital before cosmetic surgery.", "misleading"),  # the record says: hospitals check
        ("Plastic surgery is not just for the rich and famous.", "supported"),
        ("Cosmetic dermatology has little to no downtime.", "misleading"),  # nearly denied
    ],
)
def test_how_much_is_denied_or_said_of_all(text, wanted, verdict):
    assert verdict(text) == wanted


def test_a_title_law_of_one_country_does_not_answer_for_another(statements):
    found = statements('In Singapore any doctor may use the title "cosmetic surgeon".')
    assert not [s for s in found if s.place]


def test_what_holds_in_a_part_is_not_said_of_the_whole(verdict):
    assert verdict("The 2021 Act against Botox for under-18s applies throughout the United Kingdom.") != "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Our rhinoplasty patients are back at their desks after 2.3 days on average.",
        "Half of Hollywood's leading ladies over forty have had a secret facelift.",
        "By 2045 robots will be licensed to perform facelifts.",
        "Nobody has ever regretted a treatment at our clinic.",
        "Our implants feel more natural than anyone else's.",
        "Ours is the gentlest laser on the market.",
        "You will look ten years younger.",
    ],
)
def test_what_nobody_outside_can_know_is_unverifiable(text, verdict):
    assert verdict(text) == "unverifiable"


def test_a_field_is_not_said_to_be_for_one_purpose_alone(verdict):
    assert verdict("A plastic surgeon is specifically trained in reconstruction, trauma, and correcting deformities.") == "misleading"
    assert verdict("A plastic surgeon deals with both reconstructive and cosmetic work.") == "supported"


def test_what_a_frame_is_not_meant_with_may_be_an_opposite(statements):
    """`unless: -normal`: looks and deformities in one breath are both purposes of the field."""
    found = statements("Plastic surgery is intended to improve looks and mend deformities.")
    assert "plastic-surgery.only-looks" not in [s.frame for s in found]


def test_a_code_is_held_against_the_list(verdict):
    assert verdict("Taxonomy code 207N00000X is dermatology.") == "supported"
    assert verdict("Taxonomy 2086P0122X is a plastic surgery code.") == "contradicted"
    assert verdict("Whoever has taxonomy 2086S0122X is a plastic surgeon.") != "supported", "a code is chosen by its owner"


def test_two_frames_may_stand_in_one_clause(statements):
    text = "Reconstructive surgery is covered by most health insurance policies, although coverage for specific procedures and levels of coverage vary."
    assert len({s.frame for s in statements(text)}) > 1


def test_a_statement_is_shown_by_its_own_words(statements):
    found = statements("In short, and as everybody in the trade will tell you, Botox wears off after about three months, they say.")
    assert [s.quote for s in found]
    assert not found[0].quote.startswith("In short")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Botox never wears off.", "contradicted"), ("Botox lasts forever.", "contradicted"), ("Botox does not last forever.", "supported"),
        ("Botox is not permanent.", "supported"), ("Fillers do not last forever.", "supported"),
    ],
)  # fmt: skip
def test_what_never_wears_off_lasts_forever(text, wanted, verdict):
    assert verdict(text) == wanted


def test_what_another_thing_is_set_apart_from_is_not_spoken_of(statements):
    assert "toxin-wears-off-in-months" not in [s.frame for s in statements("Unlike Botox, this new cream usually wears off after two days.")]


def test_that_only_they_may_is_as_wrong_as_that_they_may(verdict):
    assert verdict("Only medical assistants may inject Botox.") == "contradicted"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("There is no magic wand that will remove a scar completely.", {None, "supported"}),
        ("No laser can remove every tattoo completely.", {"supported"}),
        ("PDO threads carry no risk of infection or dimpling.", {"contradicted"}),  # the "no" is the claim's own, a kind of risk takes nothing back
        ("Keloids only occur in white people.", {"contradicted"}),
        ("The title plastic surgeon isn't earned through a residency; it can be obtained with a weekend course.", {"contradicted"}),
        ("FACS means that the surgeon is a Fellow of the American College of Surgeons, not that he or she is a plastic surgeon.", {"supported"}),
        ("Hand surgery has nothing to do with plastic surgery and is practised only by orthopedic surgeons.", {"contradicted"}),
        ("Physician assistants must practice under supervision in every state.", {"contradicted", "misleading"}),
        ("A surgeon must complete a plastic surgery residency before he can be certified by the American Board of Cosmetic Surgery.", {"contradicted"}),
    ],
)
def test_what_a_denial_an_only_and_a_may_bear_on(text, wanted, verdict):
    assert verdict(text) in wanted


@pytest.mark.parametrize(
    "text",
    [
        "Melasma will never return after laser.", "Microneedling at home has no risk.", "After a facelift you will never need another one.",
        "Retinoids pose no risk to the baby.", "Keloids go away without treatment.",
    ],
)  # fmt: skip
def test_a_denial_that_a_pattern_has_for_a_claim_without_one_says_the_claim(text, verdict):
    """ "Never return" is how people say "cured": the same words without the "never" stand in no pattern of that record."""
    assert verdict(text) == "contradicted"


def test_a_denial_beside_the_same_words_without_it_denies_the_claim(verdict):
    assert verdict("Liposuction tightens loose skin.") != verdict("Liposuction does not tighten loose skin.")


def test_what_stands_behind_a_semicolon_is_told_of_something_else(statements):
    """ "Full results take many months" is no "It takes a day; what you see takes many months"."""
    found = statements("The procedure takes a day; what you see in the mirror takes many months.")
    assert "hair-transplant-year" not in [one.frame for one in found]


def test_a_half_behind_a_semicolon_goes_on_with_a_pronoun(verdict):
    assert verdict("Do not judge your Botox the next morning; it starts to show after a few days.") == "supported"


def test_what_follows_from_a_denial_is_not_denied(verdict):
    assert verdict("Health plans do not pay for looks, so people mostly pay for cosmetic surgery themselves.") in ("supported", None)


def test_what_a_relative_clause_denies_is_only_its_own(verdict):
    assert verdict("Implants after a mastectomy or for a breast that did not form are reconstructive.") == "supported"
