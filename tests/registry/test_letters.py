"""How names are compared: the same in Python and in SQL, and never so fast that somebody is missed."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.registry import clean
from gillies.registry.search import letters
from gillies.registry.search.filed import Words, Writer
from gillies.registry.search.files import opened

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORDS = st.text(CAPITALS, min_size=1, max_size=12)
FEW = st.text("ABC", min_size=1, max_size=7)
"""Few letters: many of these are near each other."""


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as opened:
        yield opened


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_typed_name_is_compared_as_the_registry_files_it(con, text):
    (filed,) = con.execute(f"SELECT {clean.key('?::VARCHAR')}", [text]).fetchone()
    assert letters.key(text) == (filed or "")


def edits(word):
    """All words one edit away."""
    for place in range(len(word) + 1):
        yield from (word[:place] + letter + word[place:] for letter in CAPITALS)
        if place < len(word):
            yield word[:place] + word[place + 1 :]
            yield from (word[:place] + letter + word[place + 1 :] for letter in CAPITALS)
        if place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@given(word=WORDS, data=st.data())
def test_two_edits_are_two_edits(word, data):
    once = data.draw(st.sampled_from(sorted(set(edits(word)))))
    twice = data.draw(st.sampled_from(sorted(set(edits(once)))))
    assert letters.distance(word, once) <= 1
    assert letters.distance(word, twice) <= 2
    assert letters.distances(word, [once, twice], 2).tolist() == [letters.distance(word, once), letters.distance(word, twice)]


@given(word=WORDS, data=st.data())
def test_signatures_differ_in_two_bits_an_edit_at_most(word, data):
    other = data.draw(st.sampled_from(sorted(set(edits(word)))))
    apart = (letters.signature(word) ^ letters.signature(other)).bit_count()
    assert apart <= 2 - abs(len(word) - len(other))


@given(words=st.lists(st.text(CAPITALS + "0123456789", min_size=0, max_size=9), max_size=30))
def test_signatures_of_many_are_those_of_each(words):
    assert letters.signatures(words).tolist() == [letters.signature(word) for word in words]


@given(words=st.sets(FEW, min_size=1), word=FEW, most=st.integers(1, 2))
@settings(deadline=None)
def test_looking_for_near_words_misses_none(tmp_path_factory, words, word, most):
    folder = tmp_path_factory.mktemp("words")
    ordered = sorted(words, key=lambda each: (len(each), each))
    Writer(folder, "w").words(ordered)
    held = Words(opened(folder), "w")
    places, found = held.near(word, most)
    assert {held.words[place]: edits for place, edits in zip(places.tolist(), found.tolist(), strict=True)} == {
        each: letters.distance(word, each) for each in words if letters.distance(word, each) <= most
    }
    assert [held.place(each) for each in ordered] == list(range(len(ordered)))
    begun = [each for low, high in held.beginning(word) for each in held.words[low:high]]
    assert sorted(begun) == sorted(each for each in words if each.startswith(word))
