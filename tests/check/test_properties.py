"""What holds of every text: nothing raises, spans are true, the same text gives the same verdicts, sentences do not disturb one another."""

import runpy
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.check.check import check
from gillies.check.door import open_check

LEXICON = open_check().lexicon
HELD = [held for held in LEXICON.held if held.kind == "statement"]
WORDS = st.sampled_from(
    "botox filler plastic surgery surgeon cosmetic not no never all every any may can is are lasts permanent years 6 three in the UK ABMS board certified "
    "recognized ( ) , ; : — - . ! ? \n # * [ ] but which while because myth than insurance covers risk of a without only".split(" ")
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join))
UNRELATED = st.sampled_from(["The train was late again.", "My neighbour keeps three bees.", "Prices of coffee rose in spring."])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_raises_and_every_span_is_true(text):
    for statement in check(text, LEXICON):
        start, end = statement.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == statement.quote
        assert statement.why
        assert statement.cites


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_verdicts(text):
    assert check(text, LEXICON) == check(text, LEXICON)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(HELD), UNRELATED, st.booleans())
def test_an_unrelated_sentence_changes_no_other_verdict(held, other, first):
    alone = [(s.quote, s.verdict, s.frame) for s in check(held.claim, LEXICON)]
    text = f"{other}\n\n{held.claim}" if first else f"{held.claim}\n\n{other}"
    assert [(s.quote, s.verdict, s.frame) for s in check(text, LEXICON)] == alone


@pytest.mark.parametrize("held", HELD, ids=[held.id for held in HELD])
def test_a_claim_of_ours_has_the_verdict_of_its_record(held):
    """Each claim, read as a text, is found again with one of its own verdicts; where another record answers first, it does not say the opposite."""
    found = check(held.claim, LEXICON)
    own = [statement.verdict for statement in found if statement.frame == held.id]
    if own:
        assert own[0] in {held.verdict, held.all, held.some}


NEGATABLE = [held for held in HELD if held.verdict == "supported" and " is " in held.claim and not held.denials and held.denied == "contradicted"]


@pytest.mark.parametrize("held", NEGATABLE, ids=[held.id for held in NEGATABLE])
def test_a_supported_statement_does_not_stay_supported_when_denied(held):
    denied = [s.verdict for s in check(held.claim.replace(" is ", " is not ", 1), LEXICON) if s.frame == held.id]
    assert "supported" not in denied


HOSTILE = runpy.run_path(str(Path(__file__).parents[2] / "bench/hostile.py"))


@pytest.mark.parametrize("shape", HOSTILE["SHAPES"])
@pytest.mark.parametrize("length", [50, 6_000])
def test_texts_made_to_be_slow_are_answered(shape, length):
    """What is found stands where it says, and a claim before it is found as ever; bench/check.py tells how long it takes."""
    text = HOSTILE["of_length"](shape, length)
    found = check(text, LEXICON)
    assert [statement.quote for statement in found] == [text[slice(*statement.span)] for statement in found]
    assert [statement.span for statement in found] == sorted(statement.span for statement in found)
    claim = HELD[0].claim
    assert [s.frame for s in check(f"{claim}\n\n{text}", LEXICON) if s.span[0] < len(claim)] == [s.frame for s in check(claim, LEXICON)]


def test_time_grows_no_faster_than_the_text():
    """Forty times the text takes about forty times the time: no pattern runs away. The bound is loose, so that a busy machine passes."""
    unit = " ".join(held.claim for held in HELD[:60]) + "\n"

    def seconds(text):
        begun = time.process_time()
        check(text, LEXICON)
        return time.process_time() - begun

    seconds(unit)
    small = min(seconds(unit * 2) for _ in range(3))
    assert seconds(unit * 40) < 20 * small * 4


@pytest.mark.parametrize(
    "text", ["](" * 50_000, "<!--" * 50_000, "`" * 100_000, "1," * 50_000, "(" * 100_000, "a" * 300_000, "not " * 50_000, "\n#" * 50_000, "one in " * 30_000]
)
def test_no_text_is_a_trap(text):
    begun = time.process_time()
    check(text, LEXICON)
    assert time.process_time() - begun < 30
