"""What a form gives is judged like what a text tells; what does not fit is refused by name."""

import math

import pytest

from gillies.assess.given import NOTHING_GIVEN, Given
from gillies.errors import InputError


@pytest.fixture(scope="module")
def give(engine, on):
    return lambda text="", **given: engine.assess(text, on, given=Given(**given))


def test_nothing_given_changes_nothing(engine, on):
    text = "I broke my nose and can't breathe through it. We have Aetna."
    assert engine.assess(text, on, given=NOTHING_GIVEN) == engine.assess(text, on)


def test_a_procedure_and_a_payer_are_answered_as_if_told(give, ask):
    given, told = give(procedures=("liposuction",), payers=("aetna",)), ask("I want liposuction. I have Aetna.")
    assert (given.intent, given.coverage, given.care) == (told.intent, told.coverage, told.care)
    assert [c.policy for c in given.parts[0].coverage] == [c.policy for c in told.parts[0].coverage]


def test_concerns_given_are_parts_as_if_told(give):
    answer = give(facts={"nasal-obstruction": True, "dorsal-hump": True})
    assert answer.intent == "mixed"
    assert answer.found == ()


def test_a_cause_given_tells_the_aim(give):
    assert give("I want otoplasty").intent == "cosmetic"
    assert "reconstructive" in give("I want otoplasty", facts={"cause-injury": True}).intent


def test_a_cause_given_means_the_parts_that_are_not_plainly_for_looks(give):
    told = "I am thinking about masseter botox. I also want liposuction of my thighs."
    intents = [{part.procedures[0]: part.intent for part in give(told, facts=facts).parts} for facts in ({}, {"cause-injury": True})]
    assert intents[0] == {"botulinum-toxin-masseter": "undetermined", "liposuction": "cosmetic"}
    assert intents[1] == {"botulinum-toxin-masseter": "reconstructive", "liposuction": "cosmetic"}


def test_a_no_takes_back_what_was_read(give):
    told = "I broke my nose. I want a nose job."
    assert give(told).intent == "reconstructive"
    assert give(told, facts={"broken-nose": False, "cause-injury": False}).intent == "cosmetic"


def test_an_open_aim_is_asked_for_and_settled_by_the_answers(give):
    told = "I am thinking about a body lift"
    assert [ask.about for ask in give(told).ask if ask.to == "you"] == ["lost-function", "abnormal-structure"]
    assert give(told, facts={"lost-function": True}).intent == "reconstructive"
    neither = give(told, facts={"lost-function": False, "abnormal-structure": False})
    assert neither.intent == "cosmetic"
    assert not {"lost-function", "abnormal-structure"} & {ask.about for ask in neither.ask}


def test_neither_abnormal_nor_hindered_is_for_looks(give):
    assert give("scar revision for my scar", facts={"lost-function": False, "abnormal-structure": False}).intent == "cosmetic"
    assert give("I want a facelift", facts={"lost-function": True}).intent == "reconstructive"


def test_numbers_may_have_their_unit(engine, on):
    answers = [engine.assess("breast reduction", on, given=Given(facts={"symptom-duration": value})) for value in (24.0, "2 years", "24 months")]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (Given(facts={"cause-injry": True}), "Did you mean cause-injury"),
        (Given(facts={"x" * 500: True}), "no finding or concern is called"),
        (Given(facts={"cause-injury": "yes"}), "give true or false"),
        (Given(facts={"cause-injury": 1.0}), "give true or false"),
        (Given(facts={"sex": "woman"}), "give one of female, male"),
        (Given(facts={"weight": "heavy"}), "give a number of kg"),
        (Given(facts={"weight": "70 miles"}), "give a number of kg"),
        (Given(facts={"weight": True}), "give a number of kg"),
        (Given(facts={"weight": 5000.0}), "cannot be right"),
        (Given(facts={"weight": math.nan}), "cannot be right"),
        (Given(facts={"body-mass-index": True}), "give a number of kg/m2"),
        (Given(facts={"body-mass-index": math.inf}), "cannot be right"),
        (Given(procedures=("rhinoplasti",)), "Did you mean rhinoplasty"),
        (Given(payers=("etna",)), "Did you mean aetna"),
        (Given(state="California"), "two letters"),
        (Given(facts={f"f{n}": True for n in range(300)}), "too much is given"),
        (Given(not_meant=tuple(map(str, range(60)))), "too much is given"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(engine, on, given, says):
    with pytest.raises(InputError) as refused:
        engine.assess("", on, given=given)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 300


def test_every_concern_that_a_form_can_give_is_answered(engine, on):
    assert [key for key in engine.compiled.knowledge.concerns if not engine.assess("", on, given=Given(facts={key: True})).parts] == []


def test_every_procedure_that_is_asked_for_is_offered(engine, on):
    def offered(key):
        return [named.procedure for named in engine.assess("", on, given=Given(procedures=(key,))).procedures]

    assert [key for key in engine.compiled.knowledge.procedures if key not in offered(key)] == []
