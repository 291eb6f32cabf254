"""Plain words as people type them -> what is understood, with spans."""

import pytest

from gillies.phrases.words import parts, phrase_stems
from gillies.reading.person import find_age, find_state
from gillies.reading.quantities import find_quantities, find_since, in_unit
from gillies.reading.read import read


@pytest.fixture(scope="module")
def understand(engine, on):
    return lambda text: read(text, engine.lexicon, engine.compiled.knowledge.findings, on)


def ids(reading, kind):
    return {m.id for m in reading.mentions if m.kind == kind}


def mention(reading, kind, wanted):
    return next(m for m in reading.mentions if m.kind == kind and m.id == wanted)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("can't", ["can", "not"]),
        ("cant", ["can", "not"]),
        ("Cannot", ["can", "not"]),
        ("don’t", ["do", "not"]),
        ("isnt", ["is", "not"]),
        ("lid's", ["lid"]),
        ("I'm", ["i"]),
        ("naïve", ["naive"]),
        ("haemorrhage", ["haemorrhage"]),
    ],
)
def test_a_token_becomes_words(token, words):
    assert [raw for raw, _ in parts(token)] == words


def test_plural_tense_and_small_words_do_not_matter():
    assert phrase_stems("drooping of the eyelids") == phrase_stems("droopy eyelid")


@pytest.mark.parametrize(
    "text",
    ["I want a nose job", "id like a NOSE JOB", "thinking about rhinoplasty", "considering a rinoplasty", "can you do my rhinoplsty?", "getting my nose done"],
)
def test_one_procedure_in_many_spellings(understand, text):
    assert "rhinoplasty" in ids(understand(text), "procedure")


def test_a_real_word_is_not_mended_into_ours(understand):
    assert not ids(understand("a beast of a day, I need to breathe and rest"), "concern")


def test_spans_point_into_the_text(understand):
    text = "Hello. I hate the bump on my nose!"
    found = mention(understand(text), "concern", "dorsal-hump")
    assert "bump on my nose" in text[slice(*found.span)]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I have no hump on my nose", True),
        ("there is not a bump on my nose", True),
        ("there is a bump on my nose", False),
        ("not only a bump on my nose", False),
        ("I can't stand the bump on my nose", False),
        ("no pain but a bump on my nose", False),
    ],
)
def test_denial(understand, text, denied):
    assert mention(understand(text), "concern", "dorsal-hump").context.negated is denied


def test_a_denial_goes_on_behind_or(understand):
    assert mention(understand("I have no back pain or neck pain"), "finding", "breast-neck-pain").context.negated


@pytest.mark.parametrize(
    "text", ["I don't want a facelift", "no facelift please", "anything but a facelift", "I'm terrified of a facelift", "lift my jowls without a facelift"]
)
def test_refusal(understand, text):
    context = mention(understand(text), "procedure", "facelift").context
    assert context.refused or context.negated


def test_what_is_to_be_undone_is_not_wished_for(understand):
    assert mention(understand("I want my calf implants removed"), "procedure", "calf-implants").context.refused
    assert not mention(understand("I want calf implants"), "procedure", "calf-implants").context.refused


@pytest.mark.parametrize("text", ["filler? so not for me", "Had filler once, it went lumpy, won't do that again", "surgery is fine but filler scares me"])
def test_an_attitude_told_afterwards_turns_it_down(understand, text):
    assert mention(understand(text), "procedure", "dermal-fillers").context.refused


def test_a_refusal_ends_where_a_new_thought_begins(understand):
    assert not mention(understand("I hate needles, would a facelift help"), "procedure", "facelift").context.refused
    assert not mention(understand("I want a facelift, filler is not for me"), "procedure", "facelift").context.refused


def test_a_mark_that_says_where_something_is_is_a_landmark(understand):
    assert mention(understand("a roll of fat above my c-section scar"), "concern", "scar").context.landmark
    assert not mention(understand("the scar above my eyebrow is red"), "concern", "scar").context.landmark


def test_somebody_else_until_the_talk_returns_to_the_speaker(understand):
    reading = understand("My sister had a facelift. My aunt had a tummy tuck and I want a breast lift.")
    assert mention(reading, "procedure", "facelift").context.other
    assert mention(reading, "procedure", "tummy-tuck").context.other
    assert not mention(reading, "procedure", "breast-lift").context.other


def test_the_past_is_told_from_the_wish(understand):
    assert mention(understand("I had a facelift in 2015"), "procedure", "facelift").context.past
    assert not mention(understand("I want a facelift"), "procedure", "facelift").context.past


def test_a_pronoun_points_back(understand):
    assert "dorsal-hump" in ids(understand("My nose is fine from the front. I hate the bump on it."), "concern")
    assert "prominent-ears" in ids(understand("They tease my son about his ears. They stick out."), "concern")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("450 g", 450, "g"),
        ("1 lb", 453.59237, "g"),
        ("1.5 kg", 1500, "g"),
        ("2.4mm", 2.4, "mm"),
        ("26 cm", 26, "cm"),
        ("4 inches", 10.16, "cm"),
        ("5'4\"", 162.56, "cm"),
        ("5 ft 4 in", 162.56, "cm"),
        ("two years", 24, "months"),
        ("half a year", 6, "months"),
        ("14 weeks", 14 * 7 / (365.25 / 12), "months"),
        ("a year and a half", 12, "months"),
        ("seven straight months", 7, "months"),
        ("20-30 mmhg", 20, "mmHg"),
        ("30 degrees", 30, "degrees"),
        ("500 ms", 500, "ms"),
        ("0.5 seconds", 500, "ms"),
        ("three tenths of a second", 300, "ms"),
        ("1,200 ml", 1200, "ml"),
        ("40 %", 40, "percent"),
        ("bmi of 31", 31, "count"),
        ("baker iii", 3, "count"),
        ("five sinus infections", 5, "count"),
        ("twenty-six cm", 26, "cm"),
    ],
)
def test_quantities_in_any_unit(text, value, unit):
    values = [in_unit(quantity, unit) for quantity in find_quantities(text, range(len(text)))]
    assert any(found == pytest.approx(value, rel=1e-3) for found in values if found is not None), values


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("i am a 51 year old male", 51),
        ("i'm 28 and", 28),
        ("my 14-year-old daughter", 14),
        ("22yo guy", 22),
        ("aged 67", 67),
        ("four-year-old", 4),
        ("my 6 month old", 0.5),
        ("she was burned when she was 4 years old and is 14 years old now", 14),
        ("45/f with", 45),
        ("my daughter, 9, has", 9),
        ("my implants are 16 years old and i am 41 years old", 41),
    ],
)
def test_age_now(text, years):
    found = find_age(text)
    assert found is not None
    assert found[0] == pytest.approx(years)


def test_no_age_where_none_is_told():
    assert find_age("i lost 50 lbs in 2 years") is None


def test_state():
    found = find_state("i live in west virginia")
    assert found is not None
    assert found[0] == "WV"


def test_numbers_go_to_the_nearest_cue(understand):
    reading = understand("MRD 1.5 mm. The surgeon expects to remove 450 g per breast. I am 5'4\" and 150 lbs.")
    values = {m.finding: m.value for m in reading.measures}
    assert values["mrd1"] == pytest.approx(1.5)
    assert values["resection-weight"] == pytest.approx(450)
    assert values["height"] == pytest.approx(162.56)
    assert values["weight"] == pytest.approx(68.04, abs=0.01)


def test_a_number_without_its_unit_is_read_in_the_findings_own(understand):
    assert {m.finding: m.value for m in understand("my MRD1 is 1.5 on the right").measures} == {"mrd1": 1.5}


def test_a_number_goes_to_the_cue_on_its_side_of_the_comma(understand):
    reading = understand("my sinus infections came back to me 4 times, nosebleeds rarely")
    assert {m.finding: m.value for m in reading.measures} == {"sinusitis-per-year": 4}


@pytest.mark.parametrize(
    ("text", "months_told"),
    [("since 2024", 23), ("since march", 8), ("since last december", 11), ("since june 2025", 17), ("since november", 12), ("since then", None)],
)
def test_time_since_it_began(text, months_told, on):
    told = [quantity.value for quantity in find_since(text, on)]
    assert told == ([months_told] if months_told else [])


@pytest.mark.parametrize("text", ["Botox? never again. Only a peel.", "I had filler and it is not for me", "there is no way anyone is cutting me"])
def test_a_refusal_may_follow_what_it_turns_down(understand, text):
    assert any(m.context.refused for m in understand(text).mentions if m.kind in ("procedure", "means"))


@pytest.mark.parametrize(
    "text", ["", "!!!", "é" * 2000, "nose " * 5000, "不需要手术", "\u202e\u0000nose job", "a" * 10000, "((((" * 500, "nose ~ .. [a|b] <x>"]
)
def test_no_text_breaks_the_reader(understand, text):
    understand(text)


def test_what_rules_out_is_turned_round_by_a_no_right_before_it(ask):
    assert "nasal-obstruction" in [f.id for f in ask("I can't breathe well through my nose since I broke it").found if f.kind == "concern"]


def test_a_sentence_without_an_end_is_cut_at_a_word(understand):
    """What lies beyond the longest sentence anybody writes is read by itself: all of it is read, and a denial does not bear on it."""
    filler = "and then I went home " * 40
    reading = understand(f"I do not want botox {filler} I want a nose job {filler} I want a facelift")
    told = {m.id: m for m in reading.mentions if m.kind == "procedure"}
    assert {"rhinoplasty", "facelift"} <= told.keys()
    assert not told["rhinoplasty"].context.refused
    assert len({m.sentence for m in told.values()}) == len(told)
    assert all(0 <= m.span[0] < m.span[1] <= len(reading.text) for m in reading.mentions)
