"""What adverts claim: found where it is claimed, left alone where it is not; what a procedure's own record says; the rules of a place; and our own
sentences, of which one half was held back while the rules were written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.check.adverts import adverts
from gillies.check.check import check
from gillies.check.door import open_check
from gillies.check.read import sentences
from gillies.knowledge.lint import _walk, records
from gillies.knowledge.load import read

CLAIMS = read()[0].advert_claims
EXAMPLES = [(key, example) for key, claim in CLAIMS.items() for example in claim.examples]
SENTENCES = [json.loads(line) for line in (Path(__file__).parent / "adverts.jsonl").read_text(encoding="utf-8").splitlines()]
PLAIN = (Path(__file__).parent / "plain.txt").read_text(encoding="utf-8").splitlines()
"""Sentences as articles make them: on fields, boards, training, treatments, reasons, insurance, how to choose. Of each 70 and 40 were written
before any was looked at."""
WANTING = {"misleading", "contradicted", "disputed"}
ENGINE = open_check()
ABSOLUTE = ["painless", "risk-free", "scarless", "100% safe", "fully reversible", "pain free"]
"""What may be said of no treatment."""


def found(text, place=""):
    return check(text, ENGINE.lexicon, place)


def flagged(text, place=""):
    return [s for s in found(text, place) if s.verdict in WANTING]


def touches(statement, text, phrase):
    start = text.index(phrase)
    return statement.span[0] < start + len(phrase) and start < statement.span[1]


@pytest.mark.parametrize(("claim", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", value)[:60])
def test_every_claim_is_found_and_left_alone_as_its_record_shows(claim, example):
    wanting = flagged(example.text, example.place)
    if example.finds:
        assert any(touches(s, example.text, example.finds) for s in wanting)
    else:
        assert not wanting


@pytest.mark.parametrize("half", ["seen", "held"])
def test_our_own_adverts_are_judged_as_well_as_we_ask(half):
    rows = [row for row in SENTENCES if row["half"] == half]
    bad, fine = [row for row in rows if row["misleading"]], [row for row in rows if not row["misleading"]]
    caught = [row for row in bad if any(touches(s, row["text"], row["misleading"]) for s in flagged(row["text"]))]
    quiet = [row for row in fine if not flagged(row["text"])]
    assert len(caught) >= 0.75 * len(bad)
    assert len(quiet) >= 0.92 * len(fine)


def test_our_own_facts_are_hardly_ever_marked():
    """Thousands of true sentences on the same things, read as if each were a piece of an advert: under one in a hundred is marked."""
    knowledge = read()[0]
    says = [value for file, _, record in records(knowledge) if not file.startswith("adverts/") for _, name, value in _walk(record, "") if name == "say"]
    told = [value for value in says if isinstance(value, str)]
    marked = [say for say in told if any(s.verdict in WANTING for s in adverts(say, sentences(say, ENGINE.lexicon), ENGINE.lexicon).statements)]
    assert len(told) > 4_000
    assert len(marked) < len(told) / 100


def test_plain_statements_of_articles_are_hardly_ever_marked():
    """Each read alone, which is short enough to be a piece of an advert: under one in thirty is marked by what adverts claim."""
    marked = [told for told in PLAIN if any(s.frame.startswith("advert.") for s in flagged(told))]
    assert len(PLAIN) >= 200
    assert len(marked) < len(PLAIN) / 30, marked


class TestLeftAlone:
    """The same words, said otherwise, claim nothing."""

    @given(word=st.sampled_from(ABSOLUTE), how=st.sampled_from([
        "Our laser is not {}.", "No treatment is {}.", "Nobody can say that a peel is {}.", "Is a peel {}?", "Beware of anyone who says that a peel is {}.",
        "It is a myth that a peel is {}.", "Some call this peel “{}”.", "Adverts must not say that a peel is {}.", "There is no such thing as a {} peel.",
        "While you may think that our peel is {}, it is not.",
        "Our peel is not quick, easy or {}.", "No peel, at home or in our clinic, is {}.", "Red flag: a clinic says that its peel is {}.",
    ]))  # fmt: skip
    def test_denied_asked_warned_of_or_quoted(self, word, how):
        assert not [s for s in flagged(how.format(word)) if s.advert]

    @given(
        word=st.sampled_from(ABSOLUTE),
        how=st.sampled_from(["Our peel is {}.", "Our {} peel!", "We offer peels. They are completely {}.", "A {} laser, and no waiting."]),
    )
    def test_and_found_where_it_is_claimed(self, word, how):
        assert flagged(how.format(word))

    def test_a_list_under_a_warning(self):
        assert not flagged("Be wary when a clinic says:\n- painless\n- scarless\n- risk-free\n")

    @pytest.mark.parametrize("text", ["Results may be permanent in some people.", "It is often painless."])
    def test_what_is_put_with_care(self, text):
        assert not [s for s in flagged(text) if s.advert]

    def test_a_long_text_that_sells_nothing(self):
        text = "The society lists surgeons by state. The best surgeon is hard to find. " + "People read about the history of the field in old books. " * 10
        assert not [s for s in flagged(text) if s.advert]
        assert [s for s in flagged("Our practice has the best surgeons. " + text) if s.advert]


class TestRecords:
    """A procedure that is named answers from its own record."""

    @pytest.mark.parametrize(("right", "wrong"), [
        ("Fat freezing is non-invasive.", "Liposuction is non-invasive."),
        ("The results of electrolysis are permanent.", "The results of Botox are permanent."),
        ("Ultherapy is here. In our clinic the look is kept for a year.", "Ultherapy is here. In our clinic the look is kept for five years."),
        ("After our fat freezing people are back at work the same day.", "After our facelift people are back at work the same day."),
        ("Our clinic does laser hair removal without incisions.", "Our clinic does tummy tucks without incisions."),
    ])  # fmt: skip
    def test_the_same_words_are_right_of_one_and_wrong_of_another(self, right, wrong):
        assert not flagged(right)
        assert flagged(wrong)

    def test_why_and_the_fairer_words_come_from_the_record(self):
        claim = next(s for s in found("Our non-invasive liposuction is here.") if s.advert)
        assert "surgery" in claim.why
        assert claim.why.partition(" Rules on it")[0] in claim.advert.fairer
        assert claim.cites

    def test_a_comparison_asks_the_one_that_is_praised(self):
        assert not flagged("Fat freezing is a non-invasive option.")


class TestPlaces:
    """Where a rule bites."""

    def test_botox_may_be_named_in_the_united_states_only(self):
        text = "Our Botox costs 200."
        assert flagged(text, "uk")
        assert flagged(text, "au")
        assert not flagged(text, "us")
        told = [s for s in found(text) if s.frame == "advert.toxin-advertised"]
        assert [s.verdict for s in told] == ["unverifiable"]
        assert "depends on the place" in told[0].why

    def test_a_state_has_its_own_rules_and_those_of_its_country(self):
        text = "Our results are guaranteed."
        laws = {place: {rule.place for s in found(text, place) if s.advert for rule in s.advert.rules} for place in ("us", "us-ny", "uk")}
        assert laws["us-ny"] == {"us", "us-ny"}
        assert laws["us"] > laws["us-ny"]
        assert laws["uk"] == {"uk"}

    def test_the_board_must_be_named_in_some_states(self):
        text = "Our board-certified plastic surgeon is here on Mondays."
        assert flagged(text, "us-md")
        assert not flagged(text, "us-wy")
        assert not flagged(text.replace("is here", "(American Board of Plastic Surgery) is here"), "us-md")


class TestProperties:
    @settings(max_examples=50)
    @given(rows=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    def test_the_same_text_has_the_same_findings_and_each_quotes_its_words(self, rows):
        text = " ".join(row["text"] for row in rows)
        assert found(text) == found(text)
        assert all(text[s.span[0] : s.span[1]] == s.quote for s in found(text))

    @settings(max_examples=60)
    @given(st.text(alphabet="guaranteed painless.,?!\n“”\"'no% ", max_size=300))
    def test_no_text_breaks_it(self, text):
        assert isinstance(found(text), list)

    @settings(max_examples=30)
    @given(row=st.sampled_from([row for row in SENTENCES if row["misleading"]]), place=st.sampled_from(["us", "us-ca", "uk", "au", "ca-on"]))
    def test_a_place_hides_no_claim_that_misleads_anywhere(self, row, place):
        anywhere = {s.span for s in flagged(row["text"])}
        assert anywhere <= {s.span for s in found(row["text"], place)}


class TestCommand:
    def run(self, *arguments, given="Our scarless facelift. Our Botox costs 200."):
        return subprocess.run([sys.executable, "-m", "gillies", "check", *arguments], input=given.encode(), capture_output=True, timeout=120)

    def test_the_rules_of_the_place_and_fairer_words_are_shown(self):
        page = self.run("-", "--country", "uk").stdout.decode()
        assert "Human Medicines Regulations" in page
        assert "Fairer: " in page
        assert "No place was told" not in page

    def test_without_a_place_it_says_so(self):
        assert "No place was told" in " ".join(self.run("-").stdout.decode().split())

    def test_json_holds_the_rules(self):
        answer = json.loads(self.run("-", "--json", "--country", "AU").stdout)
        rules = [rule for s in answer["statements"] if "advert" in s for rule in s["advert"]["rules"]]
        assert {rule["place"] for rule in rules} == {"au"}
        assert {cite.partition(" @ ")[0] for rule in rules for cite in rule["cites"]} <= set(answer["sources"])

    def test_an_unknown_place_is_refused(self):
        done = self.run("-", "--country", "mars")
        assert done.returncode == 2
        assert b"is no place that is known here" in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "is_wanting"),
    [
        ("Dermal fillers are considered safe, but side effects cannot be ruled out.", False),
        ("Dermal fillers are safe and can cause bruising.", False),
        ("Dermal fillers are considered safe.", True),
    ],
)
def test_what_can_go_wrong_sets_a_safe_treatment_right(text, is_wanting):
    assert bool(flagged(text)) is is_wanting


def test_that_many_feel_nothing_is_no_careful_word():
    assert flagged("Many of our treatments are painless.")
    assert not flagged("Some of our treatments are painless for some people.")


@pytest.mark.parametrize("text", ["Our fat freezing needs no downtime.", "Our facelift needs no downtime."])
def test_no_downtime_is_never_simply_right(text):
    """Back at work at once is not without swelling or bruises: what the record says of work does not vouch for it."""
    assert [s.verdict for s in found(text)] in (["misleading"], ["contradicted"])


class TestTroubleDenied:
    """That there is none of a known trouble, in whatever words."""

    @pytest.mark.parametrize("text", [
        "With our peel you will not bruise or swell.", "Our laser: there is neither pain nor swelling.", "Our peel never leads to infection.",
        "You will not feel any pain in our clinic.", "Our filler has never caused a lump.", "Our peel is here. Does it hurt? Nope!",
        "Should I be worried about the scars? Absolutely not.", "Many come to us as our drip does not have any risks.",
    ])  # fmt: skip
    def test_is_found(self, text):
        assert flagged(text)

    @pytest.mark.parametrize("text", [
        "Our clinic cannot promise that there will be no infection.", "We ask you to call us if a wound does not heal.",
        "Most people have no infection after our peel.",
        "Our peel is not without swelling.", "If you have no infection, we take the stitches out.", "Do not drive if you feel pain after our peel.",
    ])  # fmt: skip
    def test_is_left_alone_where_it_is_care_advice_or_half_of_it(self, text):
        assert not [s for s in flagged(text) if s.advert]
