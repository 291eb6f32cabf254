"""The four questions, answered for real needs."""

from datetime import date

import msgspec
import pytest


def procedures(answer):
    return [named.procedure for named in answer.procedures]


def test_every_key_of_the_contract_is_there(ask):
    answer = msgspec.to_builtins(ask("I hate the bump on my nose, I have Aetna"))
    assert list(answer) == ("id as_of in_scope decline urgent care intent coverage procedures found parts readiness ask cannot_know sources".split())
    part = answer["parts"][0]
    assert set("concern intent care why options hands coverage".split()) <= set(part)
    assert set("procedure name invasiveness anaesthesia recovery lasts risks cites".split()) <= set(part["options"][0])
    assert set("pathway board fit why cites".split()) <= set(part["hands"][0])
    assert set("policy payer outcome met unmet missing documents would_change cites".split()) <= set(part["coverage"][0])


def test_every_source_cited_is_listed_with_publisher_address_and_date(ask):
    answer = msgspec.json.decode(msgspec.json.encode(ask("My upper lids hang so low that I cannot see when I drive. I have Medicare.")))

    def cited(value):
        if isinstance(value, dict):
            yield from (cite.partition(" @ ")[0] for cite in value.get("cites") or ())
            for inner in value.values():
                yield from cited(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from cited(inner)

    keys = set(cited(answer))
    assert keys
    assert keys <= set(answer["sources"])
    for source in answer["sources"].values():
        assert source["publisher"]
        assert source["url"].startswith("http")
        assert source["looked_up"]


def test_options_begin_with_doing_nothing_and_rise(ask):
    rank = {"non-invasive": 0, "minimally-invasive": 1, "surgical": 2}
    for part in ask("I want my eye bags gone").parts:
        assert part.options[0].procedure == "doing-nothing"
        ranks = [rank[option.invasiveness] for option in part.options]
        assert ranks == sorted(ranks)


def test_looks_alone_is_cosmetic_and_self_pay(ask):
    answer = ask("I breathe fine but I hate the bump on my nose")
    assert answer.intent == "cosmetic"
    assert answer.coverage == "likely-not-covered"


def test_two_needs_become_two_parts(ask):
    answer = ask("I want botox for my frown lines. Also my son was born with webbed fingers.")
    assert len(answer.parts) == 2
    assert answer.intent == "mixed"
    assert {part.intent for part in answer.parts} == {"cosmetic", "reconstructive"}


@pytest.mark.parametrize(
    "text", ["Get rid of my eye bags without surgery", "eye bags, but no surgery please", "fix the bags under my eyes, i don't want any surgery"]
)
def test_no_surgery_is_honoured(ask, engine, text):
    answer = ask(text)
    known = engine.compiled.knowledge.procedures
    offered = [option.procedure for part in answer.parts for option in part.options if option.procedure != "doing-nothing"]
    assert offered
    assert not [p for p in (*offered, *procedures(answer)) if "cutting" in known[p].uses]


def test_a_refused_procedure_is_not_offered(ask):
    assert "facelift" not in procedures(ask("My jowls sag. I don't want a facelift."))


def test_the_last_word_on_a_treatment_counts(ask):
    assert "facelift" not in procedures(ask("My neck sags. He said I should get a facelift and I don't want a full facelift."))


def test_what_is_only_turned_down_is_still_the_subject(ask):
    answer = ask("I don't need a full tummy tuck.")
    assert answer.intent == "cosmetic"
    assert "tummy-tuck" not in procedures(answer)


def test_who_leaves_all_as_it_is_turns_down_what_was_named_before(ask):
    assert "botulinum-toxin-wrinkles" not in procedures(ask("I thought hard about Botox, but I'm going to embrace my wrinkles instead."))


@pytest.mark.parametrize(
    "text",
    [
        "I want my tattoo removed. Could something go wrong that would give me a bad scar?",
        "Do nose jobs collapse with age? I want a smaller tip",
        "Does a lip lift always leave a visible scar?",
    ],
)
def test_talk_of_risk_is_no_harm_that_happened(ask, text):
    assert ask(text).intent == "cosmetic"


def test_a_botched_treatment_asked_about_is_harm(ask):
    assert "revision-rhinoplasty" in procedures(ask("Can a botched nose job be fixed?"))


def test_what_does_not_hurt_is_for_looks(ask):
    assert ask("I have varicose veins. My legs don't hurt, but I would like to be rid of them.").intent == "cosmetic"
    assert ask("My upper lids are droopy but I see fine, it's purely vanity").intent == "cosmetic"


def test_plastic_surgery_wished_for_in_general_is_ours(ask):
    answer = ask("My best friend wants to get plastic surgery and I am against it.")
    assert answer.in_scope
    assert answer.care[0] == "cosmetic-surgery"


def test_a_way_turned_down_by_what_is_wanted_instead(ask, engine):
    known = engine.compiled.knowledge.procedures
    assert not [p for p in procedures(ask("Mastectomy next month. I'd like to use my own tissue, nothing foreign in me.")) if "implants" in known[p].uses]
    assert not [p for p in procedures(ask("Hooded eyes, but I can't take time off work")) if known[p].invasiveness == "surgical"]


def test_what_is_feared_but_asked_for_by_name_is_offered(ask):
    assert procedures(ask("Terrified of needles but I really want Botox for my forehead lines"))[0] == "botulinum-toxin-wrinkles"


def test_what_went_wrong_is_mended_not_offered_again(ask):
    offered = procedures(ask("CoolSculpting on my stomach last year left a hard bulge, bigger than before"))
    assert "liposuction" in offered
    assert "cryolipolysis" not in offered


def test_a_scar_that_says_where_something_is_is_no_complaint(ask):
    assert ask("A roll of fat sits just above my c-section scar. I'm slim otherwise.").intent == "cosmetic"


def test_a_cause_told_in_an_earlier_sentence_carries_on(ask):
    assert ask("I was assaulted 15 years ago. It broke bones in my face. I have a sunken cheek.").intent == "reconstructive"


def test_a_general_name_means_the_form_that_answers_the_concern(ask):
    assert procedures(ask("Botox for my chronic migraine"))[0] == "botulinum-toxin-migraine"


def test_the_named_payer_decides_and_others_are_a_guide(ask):
    answer = ask("I have Aetna. My back has hurt for two years because of my large breasts and I want a reduction.")
    policies = [policy for part in answer.parts for policy in part.coverage]
    assert policies[0].payer == "Aetna"
    assert policies[0].decides
    assert all(policy.guide_only for policy in policies if policy.payer != "Aetna" and not policy.law)


def test_unknown_payer_shows_payers_side_by_side(ask):
    answer = ask("My back has hurt for two years because of my large breasts and I want a breast reduction.")
    assert len({policy.payer for part in answer.parts for policy in part.coverage}) >= 2
    assert answer.coverage == "depends"


def test_a_number_below_its_threshold_is_not_met_and_a_missing_one_is_asked_for(ask):
    told = (
        "Aetna. 35 years old, neck and shoulder pain for two years from large breasts, therapy failed for five months, photographs taken, "
        "5'4\" and 150 lbs, daily life is affected. "
    )
    short = ask(told + "The surgeon plans to remove 200 g per breast.")
    open_ = ask(told)
    assert short.coverage == "likely-not-covered"
    assert open_.coverage == "depends"
    assert any(question.about == "resection-weight" for question in open_.ask)


def test_a_mandate_beats_a_payers_numbers(ask):
    answer = ask("Her insured employer plan covers mastectomy. After mastectomy for cancer she wants the breast rebuilt.")
    assert answer.coverage == "likely-covered"


def test_no_rule_is_in_force_before_the_first_version(engine):
    text = "I have Aetna and want a breast reduction because my back hurts"
    early = engine.assess(text, date(1970, 1, 1))
    assert not [policy for part in early.parts for policy in part.coverage]


def test_undetermined_comes_with_the_question_that_settles_it(ask):
    answer = ask("Can you tell me about breast implant removal?")
    assert answer.intent == "undetermined"
    assert {question.about for question in answer.ask} >= {"lost-function", "abnormal-structure"}


@pytest.mark.parametrize(
    "text",
    ["my dog has a torn ear", "how do I whiten my teeth", "do I need a knee replacement", "the bumper of my car is dented", "what is the capital of France"],
)
def test_what_is_not_ours_is_declined_with_where_to_turn(ask, text):
    answer = ask(text)
    assert not answer.in_scope
    assert answer.decline
    assert not answer.parts


@pytest.mark.parametrize(
    "text",
    [
        "since the nose filler I can't see out of my left eye",
        "my throat is closing after the injection",
        "one week after my tummy tuck I suddenly can't breathe and my chest hurts",
        "I want to kill myself because of my face",
    ],
)
def test_warning_signs_come_first(ask, text):
    assert ask(text).urgent
    assert ask(text).urgent[0].act in ("call-emergency", "same-day")


def test_doing_nothing_is_no_option_while_a_warning_sign_cannot_wait(ask):
    white = ask("I had my lips filled two hours ago and half of the top lip has gone white and is very painful")
    assert all("Not an option today" in part.options[0].summary for part in white.parts)
    calm = ask("I would like fuller lips")
    assert all("Not an option" not in part.options[0].summary for part in calm.parts)


@pytest.mark.parametrize(
    "text",
    ["what are the warning signs of a blood clot after a tummy tuck?", "I had a blood clot in 2010", "I'm dying to have a nose job", "I want a nose job"],
)
def test_questions_history_and_idioms_stay_calm(ask, text):
    assert not [sign for sign in ask(text).urgent if sign.act != "soon"]


def test_a_minor_is_told_to_wait_or_be_assessed(ask):
    assert any(note.id == "under-eighteen" for note in ask("I am 15 and want a nose job").readiness)


def test_hands_name_pathway_board_and_how_firmly(ask, engine):
    hands = ask("I want a facelift").parts[0].hands
    assert hands
    assert hands[0].fit == "core"
    assert all(hand.cites for hand in hands)


def test_the_same_text_gives_the_same_answer(ask):
    text = "droopy lids, can't see to the side, Medicare, MRD 1.5 mm"
    assert msgspec.json.encode(ask(text)) == msgspec.json.encode(ask(text))


def test_what_is_only_told_of_as_done_is_not_offered_again(ask):
    answer = ask("I had laser hair removal on my face last year and it burned my cheeks. Now I have dark spots. What can I do?")
    assert "laser-hair-removal" not in [p.procedure for p in answer.procedures]
    assert answer.procedures


def test_a_chin_implant_is_no_breast_implant(ask):
    answer = ask("I've had my chin implant since March and want it removed.")
    assert not any(p.procedure.startswith("breast") for p in answer.procedures)


def test_what_was_found_is_told_once_and_without_what_only_serves_warning_signs(ask):
    calm = ask("How much is a tummy tuck? My son was born with webbed fingers.").found
    assert {f.id for f in calm if f.kind == "concern"} == {"joined-digits"}
    assert not [f for f in calm if f.id.startswith("recent-") or f.value is False]
    for one in calm:
        same = [f for f in calm if f is not one and (f.kind, f.id, f.value, f.negated) == (one.kind, one.id, one.value, one.negated)]
        assert not any(one.span[0] <= f.span[0] and f.span[1] <= one.span[1] for f in same)
    assert "recent-filler" in [f.id for f in ask("lip filler yesterday and now my lip is white and it hurts more and more").found]


@pytest.mark.parametrize(
    "text",
    [
        "I'm wearing the corset after my lipo and I can't breathe",
        "Laughed so hard last night, now my chest hurts and I can't breathe, lipo was Tuesday",
        "My son aged 5 can't breathe after his palate surgery",
        "I've read about filler blocking vessels. Mine was done today and my lip is white and mottled and the pain is awful",
    ],
)
def test_talk_around_it_silences_no_alarm(ask, text):
    assert "call-emergency" in {sign.act for sign in ask(text).urgent}


@pytest.mark.parametrize("text", ["Ich möchte meine Nase verkleinern lassen", "Me quiero operar la nariz", "Хочу сделать операцию на нос"])
def test_another_language_is_told_so(ask, text):
    assert "English" in ask(text).decline


def test_english_about_something_else_is_not_called_another_language(ask):
    assert "English" not in ask("how do I bake sourdough bread at home").decline


def test_a_refusal_takes_up_the_treatment_of_the_sentence_before(ask):
    assert "botulinum-toxin-wrinkles" not in procedures(ask("They offered me Botox for my frown lines. I just do not want that."))


def test_anothers_dislike_refuses_nothing(ask):
    assert "breast-augmentation" in procedures(ask("I would like to get breast implants. My boyfriend is completely against it."))


def test_a_bit_is_no_bite(ask):
    assert "thin-lips" in {found.id for found in ask("My lip is a bit thin").found}
    assert not ask("There is a small red lump under his lip, it is a bit sore").urgent


@pytest.mark.parametrize("place", ["nose", "ears", "lips", "chin", "breasts", "belly", "arms", "thighs", "hairline"])
@pytest.mark.parametrize("wish", ["I'd love to change my {}.", "I have always been self-conscious about my {}.", "I hate my {}."])
def test_a_place_that_somebody_wants_otherwise_is_ours(ask, place, wish):
    answer = ask(wish.format(place))
    assert answer.in_scope
    assert answer.intent == "cosmetic"


@pytest.mark.parametrize(
    "wish", ["I'd love to change my {}, no surgery.", "I want my {} fixed without surgery", "I hate my {} but surgery is out of the question."]
)
@pytest.mark.parametrize("place", ["nose", "ears", "jowls", "eyelids", "breasts", "loose belly skin", "double chin"])
def test_no_surgery_is_honoured_wherever_it_stands(ask, engine, place, wish):
    known = engine.compiled.knowledge.procedures
    assert not [p for p in procedures(ask(wish.format(place))) if known[p].invasiveness == "surgical"]


@pytest.mark.parametrize(
    "refusal",
    [
        "Botox? No thanks.", "Everything except Botox.", "They suggested Botox but I said no.", "My sister had Botox and I would never do that.",
        "Botox didn't work for me, so not that again.", "I was talked into Botox once and regret it.", "Botox scares me.", "I'm done with Botox.",
    ],
)  # fmt: skip
def test_a_treatment_is_refused_in_many_ways(ask, refusal):
    assert "botulinum-toxin-wrinkles" not in procedures(ask(f"I hate my frown lines. {refusal}"))


@pytest.mark.parametrize("cause", ["a car crash", "a dog bite", "a burn", "cancer surgery", "an infection", "a fire", "a shooting", "radiation"])
@pytest.mark.parametrize(
    "told", ["My {} was deformed by {} and I want it to look normal again.", "{1} left my {0} misshapen.", "I want my {} rebuilt after {}."]
)
@pytest.mark.parametrize("place", ["nose", "ear", "lip", "chin", "cheek", "eyelid", "breast", "hand"])
def test_what_befell_a_place_makes_its_repair_reconstructive(ask, place, told, cause):
    answer = ask(told.format(place, cause))
    assert answer.in_scope or answer.urgent
    assert answer.intent in ("reconstructive", "mixed")


@pytest.mark.parametrize(
    "text", ["My knee was never the same since a fall.", "I damaged my back in a car crash.", "My memory has not been the same since a stroke."]
)
def test_harm_that_is_anothers_to_mend_is_not_ours(ask, text):
    assert not ask(text).in_scope


def test_what_is_cosmetic_shows_the_payers_own_exclusion(ask):
    part = ask("Will Aetna pay for a tummy tuck?").parts[0]
    assert part.outcome == "likely-not-covered"
    assert [answer.outcome for answer in part.coverage if answer.payer == "Aetna"] == ["likely-not-covered"]


def test_what_cannot_apply_is_said_so(ask):
    answer = ask("I have a raised scar and want silicone sheets for it")
    sheet = next(option for part in answer.parts for option in part.options if option.procedure == "silicone-gel-sheeting")
    assert [said.say for said in sheet.recovery] == ["There is nothing to recover from. The sheet only lies on the skin."]
    assert sheet.recovery[0].cites
