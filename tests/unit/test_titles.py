"""What an advert may call a person, by the title laws on file."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.assess.titles import advertised, is_state, letters_in, professions, title_rules
from gillies.door import open_records
from gillies.knowledge.schema_hands import PARTS

KNOWLEDGE = open_records()
ON = date(2026, 11, 21)


def rules(state, credentials="", text="", codes=(), boards=(), on=ON):
    who = professions(credentials, codes, KNOWLEDGE)
    return {rule.law: rule for rule in title_rules(state, who, KNOWLEDGE, on, text=text, credentials=credentials, boards=boards)}


@pytest.mark.parametrize(
    ("credentials", "codes", "told"),
    [("M.D.", [], ["physician"]), ("DDS, M.D.", [], ["physician", "dentist"]), ("DNP, FNP-C", [], ["nurse"]), ("PA-C", [], ["physician-assistant"]),
     ("", ["363AM0700X"], ["physician-assistant"]), ("PH.D.", [], []), ("", [], []), ("MD", ["1223S0112X"], ["physician", "dentist"])],
)  # fmt: skip
def test_professions(credentials, codes, told):
    assert [held.id for held in professions(credentials, codes, KNOWLEDGE)] == told


def test_letters_are_read_with_and_without_dots_and_words_are_none():
    assert letters_in("Mary Aberson, M.D., PA-C") == ("MD", "PAC")
    assert letters_in("Dr. Mary") == ()


def test_of_words_inside_one_another_the_longest_counts():
    text = "Facial Plastic Surgeon & cosmetic surgeon, board-certified; ENT doctor"
    assert [word.id for word in advertised(text, KNOWLEDGE)] == ["facial-plastic-surgeon", "cosmetic-surgeon", "board-certified", "ear-nose-throat-surgeon"]


def test_which_boards_count_in_california():
    rule = rules("CA", "M.D.", "cosmetic surgeon, board certified", boards=("abps", "abcs", "aobs"))["us-ca-board-certified"]
    assert rule.words == {"board certified": "on-conditions"}
    assert {board.board: board.counts for board in rule.boards} == {"abps": "counts", "abcs": "does-not-count", "aobs": "unknown"}


def test_a_title_kept_for_physicians():
    law = "us-ca-doctor-title"
    assert rules("CA", "DNP", "Dr. Jane")[law].words == {"Dr.": "kept-for-others"}
    assert rules("CA", "DDS", "Dr. Jane")[law].words == {"Dr.": "on-conditions"}  # the law is about the word in a physician's sense
    assert rules("CA", "MD", "your physician")[law].words == {"physician": "kept-for-you"}
    assert rules("CA", "", "your physician")[law].words == {"physician": "on-conditions"}  # nobody knows what this person is


def test_the_name_of_ones_own_profession_is_no_title_of_another():
    assert rules("IN", "PA-C", "physician assistant")["us-in-specialty-titles"].words == {}
    assert rules("IN", "PA-C", "physician assistant and skin surgeon")["us-in-specialty-titles"].words == {"surgeon": "kept-for-others"}


def test_words_for_a_specialty():
    assert rules("IN", "RN", "nurse dermatologist")["us-in-specialty-titles"].words == {"dermatologist": "kept-for-others"}
    assert rules("IN", "MD", "dermatologist")["us-in-specialty-titles"].words == {"dermatologist": "kept-for-you"}


def test_some_laws_are_about_one_kind_of_doctors():
    assert "us-fl-adverts-osteopathic" not in rules("FL", "MD")
    assert "us-fl-adverts" not in rules("FL", "D.O.")
    assert {"us-fl-adverts-osteopathic", "us-fl-adverts"} <= set(rules("FL", codes=["208200000X"]))


def test_laws_count_from_their_day():
    assert "us-tx-board-certified" not in rules("TX", "MD", on=date(2025, 1, 8))
    assert "us-tx-board-certified" in rules("TX", "MD", on=date(2025, 1, 9))


def test_without_an_advert_all_governed_words_are_told():
    assert set(rules("TX", "MD")["us-tx-board-certified"].words) == {"board certified", "board eligible", "board qualified"}


def test_a_state_without_a_law_on_file():
    assert rules("WY", "MD", "board certified") == {}
    assert is_state("wy")
    assert not is_state("ON")


@settings(deadline=None)
@given(
    state=st.sampled_from(PARTS["us"]), text=st.text(max_size=60) | st.sampled_from([form for word in KNOWLEDGE.adverts.values() for form in word.words]),
    credentials=st.sampled_from(["", "MD", "D.O.", "RN", "PA-C", "DDS", "nobody"]),
)  # fmt: skip
def test_any_advert_in_any_state(state, text, credentials):
    for rule in rules(state, credentials, text).values():
        assert rule.says or rule.forbids
        if not credentials:
            assert set(rule.words.values()) <= {"on-conditions"}
