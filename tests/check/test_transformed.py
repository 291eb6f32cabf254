"""Claims of our own, each said in another way, and what must follow: said within other words it has the same verdict; denied, forbidden or called a
myth, another; said of another person, board or treatment, with another number, it is not the same statement and no longer right.

Every tenth claim, told apart by its id. A share is asked for and not all, since some claims cannot be put so.
"""

import re
import zlib

import msgspec
import pytest

from gillies.door import open_records

TENTH = 10
PLAIN = ("supported", "contradicted")
LIKE_NAMES = re.compile(r"[A-Z]{2}|American|Australia|Botox|British|California|Canad|England|Florida|Gillies|Harold|Ireland|Kybella|Med|Ontario|Texas|Walter")
OTHERS = (
    ("plastic surgeons", "dermatologists", "dentists"), ("cosmetic surgeons", "dermatologists", "oral surgeons"), ("Dermatologists", "Plastic surgeons"),
    ("American Board of Plastic Surgery", "American Board of Dermatology"), ("Botox", "Liposuction", "Laser hair removal"), ("facelift", "chemical peel"),
    ("liposuction", "rhinoplasty"), ("Medicare", "The NHS"),
)  # fmt: skip
"""A thing that claims speak of, and others of its class."""


@pytest.fixture(scope="module")
def claims(checker, statements):
    """(frame, claim, verdict) of every tenth claim that is found again and is plainly right or wrong."""
    held = [held for held in checker.lexicon.held if held.kind == "statement" and zlib.crc32(held.id.encode()) % TENTH == 0]
    told = [(one.id, one.claim.rstrip("."), s.verdict) for one in held for s in statements(one.claim) if s.frame == one.id and s.verdict in PLAIN]
    assert len(told) > 100
    return told


@pytest.fixture(scope="module")
def of_frame(statements):
    """The verdict that a frame gives a text; None when it is not found."""
    return lambda frame, text: next((s.verdict for s in statements(text) if s.frame == frame), None)


def inside(claim):
    """A claim as it goes on inside a sentence."""
    return claim if LIKE_NAMES.match(claim) else claim[0].lower() + claim[1:]


def other_number(number):
    """Another number, much larger; of a year, an earlier one."""
    value = int(number[0].replace(",", ""))
    return str(value - 37 if value in range(1800, 2100) else value * 4)


@pytest.mark.parametrize(
    "around",
    [
        "However, {}.", "{}, which is why the choice matters.", "{}, and parking is free.", "While prices vary widely, {}.", "It is well known that {}.",
        "Contrary to popular belief, {}.", "Many people do not know that {}.", "Remember that {}.", "It should be noted that {}.", "Fact: {}.",
        "Choose with care, because {}.", "{} - this is what many patients ask first.", "The truth is that {}.",
    ],
)  # fmt: skip
def test_other_words_around_a_claim_leave_its_verdict(claims, of_frame, around):
    kept = [of_frame(frame, around.format(inside(claim))) == verdict for frame, claim, verdict in claims]
    assert sum(kept) >= 0.93 * len(kept)


@pytest.mark.parametrize(
    "around",
    [
        "It is a myth that {}.", "It is not true that {}.", "It is untrue that {}.", "It is wrong to say that {}.", "It is a common misconception that {}.",
        "Myth: {}.", "The idea that {} is false.", "Some claim that {}, but this is wrong.", "People think that {}, but that is not so.",
        "Despite claims that {}, this is untrue.", "{} - this is false.", "Fiction: {}.",
    ],
)  # fmt: skip
def test_what_is_called_untrue_never_keeps_its_verdict(claims, of_frame, around):
    kept = [(frame, claim) for frame, claim, verdict in claims if of_frame(frame, around.format(inside(claim))) == verdict]
    assert len(kept) <= 0.03 * len(claims), kept


def test_not_turns_a_claim(claims, of_frame):
    put = [(frame, verdict, re.sub(r"\b(is|are|may|can|must)\b", r"\1 not", claim, count=1), claim) for frame, claim, verdict in claims if " not " not in claim]
    kept = [text for frame, verdict, text, claim in put if text != claim and of_frame(frame, text) == verdict]
    assert len(kept) <= 0.03 * len(put), kept


def test_against_the_law_turns_what_somebody_may_do(of_frame, checker):
    may = [held for held in checker.lexicon.held if held.kind == "statement" and held.relation == "may" and " may " in held.claim and "," not in held.claim]
    kept = []
    for held in may:
        who, what = held.claim.split(" may ", 1)
        plain = of_frame(held.id, held.claim)
        if plain in PLAIN and "legal" not in what and of_frame(held.id, f"It is illegal for {inside(who)} to {what}") == plain:
            kept.append(held.claim)
    assert len(may) > 40
    assert len(kept) <= 0.1 * len(may), kept


def test_of_another_of_its_class_a_right_claim_is_not_right(checker, of_frame):
    put = [
        (held.id, held.claim.replace(thing, other, 1)) for held in checker.lexicon.held if held.kind == "statement" and held.verdict == "supported"
        for thing, *others in OTHERS if thing in held.claim for other in others
    ]  # fmt: skip
    kept = [text for frame, text in put if of_frame(frame, text) == "supported"]
    assert len(put) > 150
    assert len(kept) <= 0.1 * len(put), kept


def test_with_another_number_a_right_claim_is_not_right(checker, of_frame):
    put = [
        (held.id, re.sub(r"\b(\d[\d,]*)\b", other_number, held.claim, count=1))
        for held in checker.lexicon.held
        if held.kind == "statement" and held.verdict == "supported" and re.search(r"\b\d[\d,]*\b(?! (?:to|or|and) )", held.claim)
    ]  # fmt: skip
    kept = [text for frame, text in put if of_frame(frame, text) == "supported"]
    assert len(put) > 80
    assert len(kept) <= 0.25 * len(put), kept


def test_our_own_claims_are_not_answered_the_other_way_by_another_record(checker, statements):
    wrong = {"supported": ("contradicted", "misleading"), "contradicted": ("supported",), "misleading": ("supported",)}
    found = [
        (held.id, s.frame) for held in checker.lexicon.held if held.kind == "statement"
        for s in statements(held.claim) if s.frame != held.id and not s.frame.startswith("advert.") and s.verdict in wrong.get(held.verdict, ())
    ]  # fmt: skip
    assert len(found) <= 12, found


def test_our_own_facts_are_hardly_ever_called_wrong(statements):
    """Every fact that the knowledge states elsewhere is true: a mark on it is a pattern that is too loose. Fragments make up most of what is left."""
    said = [(path, say) for path, say in facts() if len(say.split()) > 4]
    wrong = [
        (s.frame, say) for path, say in said for s in statements(say)
        if s.verdict in ("contradicted", "misleading") and not s.frame.startswith("advert.") and path.split("/")[1] not in (s.frame, s.frame.partition(".")[0])
    ]  # fmt: skip
    assert len(said) > 7000
    assert len(wrong) <= 0.01 * len(said), wrong


def facts():
    """(kind/id/..., what is said) of every record of these kinds."""
    knowledge = open_records()
    kinds = ("procedures", "boards", "fields", "pathways", "policies", "facilities", "statements", "payers")
    return [told for kind in kinds for key, record in getattr(knowledge, kind).items() for told in said_in(msgspec.to_builtins(record), f"{kind}/{key}")]


def said_in(value, path):
    if isinstance(value, dict):
        return [told for key, part in value.items() for told in said_in(part, f"{path}/{key}")]
    if isinstance(value, (list, tuple)):
        return [told for part in value for told in said_in(part, path)]
    return [(path, value)] if isinstance(value, str) and path.endswith("/say") else []
