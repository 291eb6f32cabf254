"""When two names can be the same person's, and when not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.registry.agreement import ENOUGH, Person, agree, first_names_like, organizations_agree

SMITH = Person("SMITH", "ROBERT", "ALAN")


@pytest.mark.parametrize(
    "name",
    [
        "Robert Smith", "SMITH, ROBERT A", "Bob Smith, MD", "R. Smith", "R A Smith", "Robbert Smith", "Robert Smyth", "Smith Robert",
        "Dr. Robert Alan Smith PhD", "Alan Smith", Person("Smith", "Robert"), Person("Smith", "Bob", "A."), Person("SMITH"), "Robert Smith Jr.", "ROBERT SMIHT",
    ],
)  # fmt: skip
def test_names_that_agree(name):
    assert agree(name, SMITH).enough


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Alice Smith", "The surname agrees, the first name does not."), ("Robert Jones", "The first name agrees, the surname does not."),
        ("Alice Jones", "Neither surname nor first name agrees."), (Person("Jones", "Alice"), "Neither surname nor first name agrees."),
        ("", "No name is given."), ("?!", "No name is given."), ("李明", "No name is given."),
    ],
)  # fmt: skip
def test_names_that_do_not(name, says):
    held = agree(name, SMITH)
    assert (held.enough, held.say) == (False, says)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("Maria Lopez", Person("LÓPEZ GARCÍA", "MARÍA")), ("Anne Taylor-Burton", Person("TAYLOR", "ANNE")), ("Jane de la Cruz", Person("DE LA CRUZ", "JANE")),
        ("Kate O'Brien RN", Person("OBRIEN", "KATHERINE")), ("John Do", Person("DO", "JOHN")), (Person("Nguyễn", "Văn"), Person("NGUYEN", "VAN")),
    ],
)  # fmt: skip
def test_double_surnames_accents_and_apostrophes(name, record):
    assert agree(name, record).enough


words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12)


@settings(deadline=None)  # the first nickname asked for loads their list
@given(words, words)
def test_a_name_agrees_with_itself(last, first):
    assert agree(Person(last, first), Person(last, first)).score == 1


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_a_score_lies_between_nought_and_one_for_any_text(given_name, last, first):
    assert 0 <= agree(given_name, Person(last, first)).score <= 1
    assert 0 <= organizations_agree(given_name, last).score <= 1


def test_forms_of_a_first_name():
    assert {"ROBERT", "BOB", "ROB"} <= first_names_like("ROBERT")
    assert first_names_like("ZZYZX") == {"ZZYZX"}


@pytest.mark.parametrize(
    ("given_name", "record", "same"),
    [
        ("Acme Medical Group LLC", "ACME MEDICAL GROUP", True), ("Bay Surgery Ctr", "BAY SURGERY CENTER, INC", True), ("Beta Clinic", "ACME CLINIC", False),
        ("Acme", "ACME DERMATOLOGY OF OAKLAND", False), ("", "ACME", False),
    ],
)  # fmt: skip
def test_organizations(given_name, record, same):
    assert (organizations_agree(given_name, record).score >= ENOUGH) is same
