"""What the pages show, as plain data: pictures that tell the same as their words, texts that are shown whole, sources for all that is said."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gillies.assess.answer import Found
from gillies.door import open_records
from gillies.knowledge.grade import grade
from gillies.web import learn
from gillies.web.draw import LONGEST_DAYS, WIDTH, in_days, place, track
from gillies.web.letter import letter
from gillies.web.places import places
from gillies.web.present import view
from gillies.web.rungs import rate_of
from gillies.web.words import words

EXAMPLES = [example.text for example in words().examples]
days = st.integers(0, 2000)


@pytest.fixture(scope="module")
def records():
    return open_records()


@pytest.fixture(scope="module")
def shown(engine, on):
    return lambda text: view(engine.assess(text, on), text, engine.compiled)


@pytest.mark.parametrize(
    ("stretch", "says"),
    [
        ((0, 0), "at once"), ((0, 2), "up to 2 days"), ((1, 1), "1 day"), ((5, 7), "5 to 7 days"), ((10, 14), "10 days to 2 weeks"), ((14, 21), "2 to 3 weeks"),
        ((42, 56), "6 to 8 weeks"), ((56, 365), "8 weeks to 1 year"), ((180, 365), "6 months to 1 year"), ((365, 730), "1 to 2 years"),
        ((0, 14), "up to 2 weeks"),
    ],
)  # fmt: skip
def test_days_are_told_as_people_say_them(stretch, says):
    assert in_days(stretch) == says


@given(days, days)
def test_a_time_line_runs_forward_and_stays_on_the_page(one, other):
    least, most = sorted((one, other))
    assert 0 <= place(least) <= place(most) <= WIDTH
    bar = track((least, most), None).light
    assert bar.x + bar.width <= WIDTH + 4
    assert place(LONGEST_DAYS) == WIDTH


@given(st.integers(0, 5000), st.integers(1, 100_000), st.sampled_from([100, 1000]))
def test_a_rate_is_told_both_ways_and_its_picture_shows_it(count, of, people):
    told = rate_of(f"{count} in {of:,} people within a year", people)
    if told is None:
        assert count > of
        return
    assert told.within == "within a year"
    if told.crowd is None:
        assert count / of <= 0.5 / people
        assert "fewer than 1" in told.of_people
        return
    assert abs(told.crowd.filled / people - count / of) <= 0.5 / people + 1e-9
    assert told.of_people.removeprefix("about ") == f"{told.crowd.filled} of {people:,} people"
    assert told.spared.removeprefix("about ").startswith(f"{people - told.crowd.filled} ")
    assert told.of_people.startswith("about ") == ((count * people) % of != 0)


@pytest.mark.parametrize("text", EXAMPLES)
def test_rates_of_one_ladder_are_of_the_same_number_of_people(shown, text):
    for part in shown(text).parts:
        rates = [risk.rate for rung in part.rungs for risk in (*rung.risks, *rung.more_risks) if risk.rate]
        assert len({rate.of_people.rpartition(" of ")[2] for rate in rates}) <= 1


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_option_has_both_sides(shown, text):
    page = shown(text)
    for part in page.parts:
        for rung in part.rungs:
            open_today = rung.level or not page.waits
            assert (len(rung.gains) >= 1 and len(rung.losses) >= 1) == bool(open_today), rung.name


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_text_is_shown_whole_with_what_was_understood_marked(shown, text):
    page = shown(text)
    assert "".join(piece.text for piece in page.pieces) == text
    named = {name.removeprefix("not: ") for piece in page.pieces for name in piece.names}
    assert named == {one.name for one in page.understood}


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_ladder_starts_with_doing_nothing_and_goes_up(shown, text):
    for part in shown(text).parts:
        levels = [rung.level for rung in part.rungs]
        assert levels[0] == 0
        assert levels == sorted(levels)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_number_of_a_source_leads_to_a_source(shown, text):
    page = shown(text)
    numbers = {number for number, _ in page.sources}
    lines = [line for part in page.parts for line in part.why] + [rung.summary for part in page.parts for rung in part.rungs]
    lines += [risk.line for part in page.parts for rung in part.rungs for risk in (*rung.risks, *rung.more_risks)]
    assert all(set(line.marks) <= numbers for line in lines)
    assert numbers == set(range(1, len(numbers) + 1))


def test_what_one_phrase_rules_out_is_not_understood_by_another(engine, on):
    told = engine.assess("a blocked nose", on)
    yes, no = Found("finding", "photographs", True, (0, 1), "a"), Found("finding", "photographs", False, (2, 9), "blocked")
    assert "photographs" in {one.id for one in view(msgspec.structs.replace(told, found=(yes,)), "a blocked nose", engine.compiled).understood}
    assert view(msgspec.structs.replace(told, found=(yes, no)), "a blocked nose", engine.compiled).understood == ()


def test_a_letter_has_facts_where_they_are_known_and_blanks_where_not(engine, on):
    told = engine.assess("I have Aetna. My upper lids droop over my pupils, MRD1 is 1.5 mm. I want upper eyelid surgery.", on)
    bits = letter(told, engine.compiled)
    whole = "".join(bit.text for bit in bits)
    assert "Aetna" in whole
    assert "The rule I go by is: Aetna Clinical Policy Bulletin" in whole
    assert "Enclosed: photographs of the problem" in whole
    assert all(bit.text.startswith("[") for bit in bits if bit.blank)
    assert sum(bit.blank for bit in bits) >= 8


@pytest.mark.parametrize("text", ["I want a facelift", "my cat needs a vet"])
def test_there_is_no_letter_where_there_is_nothing_to_ask_for(engine, on, text):
    assert letter(engine.assess(text, on), engine.compiled) is None


def test_every_record_has_its_page(records, engine, on):
    listed = learn.entries(records)
    assert sum(map(len, listed.values())) > 500
    for pages in listed.values():
        for href, name in pages:
            _, _, kind, key = href.split("/")
            page = learn.record(kind, key, records, engine.compiled.is_confirmed, on)
            assert page is not None, href
            assert page.title == name
            assert page.sections


def test_every_concern_stands_at_one_place(records):
    offered = [key for found in places(records) for key, _ in found.concerns]
    assert len(offered) == len(set(offered))
    assert set(offered) == {key for key, concern in records.concerns.items() if not concern.general}


def test_there_are_words_for_everything_an_answer_can_be():
    from typing import get_args

    from gillies.knowledge.schema import Act, Care, Fit, Intent, Invasiveness

    said = words()
    for kind, held in ((Care, said.care), (Act, said.act), (Fit, said.fit), (Intent, said.intent), (Invasiveness, said.invasive)):
        assert set(held) == set(get_args(kind))


def test_the_glossary_reads_easily():
    for one in words().glossary:
        assert grade(one.says) <= 12, one.term
    assert grade(" ".join(one.says for one in words().glossary)) <= 8
