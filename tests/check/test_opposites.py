"""Whose the "not" in a pattern is: a pattern of `says` says the claim with all its own words, and one of `says_not` says the opposite."""

import re

import pytest

from gillies.check.check import NOBODY
from gillies.check.match import matches
from gillies.check.read import sentences
from gillies.knowledge.load import read

DENYING = frozenset("no not never without none nobody zero neither nothing nor cannot lack lacks lacking hardly rarely seldom".split())
SLOT = re.compile(r"\[[^\]]*\]|<[^>]*>|~|\.\.|[^\s\[\]<>]+")
ONLY = "exclusively"
BARE, OPEN = frozenset(("not", "never", "cannot", "can not")), frozenset(("", "can", "may", "will", "also"))


def denies(choice):
    return not choice.startswith("<") and not DENYING.isdisjoint(choice.split())


def choices(slot):
    return [choice.strip() for choice in slot[1:-1].split("|")] if slot.startswith("[") else [slot]


def made(pattern, words):
    """Sentences that a pattern finds, one for each denying word in it."""
    slots = [choices(slot) for slot in SLOT.findall(pattern) if slot not in ("~", "..")]
    plain = [next((one for one in slot if one and not denies(one)), next(filter(None, slot), "")) for slot in slots]
    rows = [[*plain[:at], one, *plain[at + 1 :]] for at, slot in enumerate(slots) for one in slot if denies(one)]
    return [re.sub(r"<([^>]+)>", lambda name: words[name[1]][0], " ".join(filter(None, row))).capitalize() + "." for row in rows]


def is_plain(held):
    """Whether a claim says something without a denial, and without an "only", which reads its own "not only"."""
    return not held.denies and all(name != ONLY for name, _ in held.terms)


def test_the_denial_in_a_pattern_is_its_own(checker):
    knowledge, _ = read()
    lexicon, wrong, seen = checker.lexicon, [], 0
    for record in knowledge.statements.values():
        held = lexicon.held[lexicon.by_id[record.id]]
        for patterns, is_opposite in ((record.says, False), (record.says_not, True)):
            for text in [text for pattern in patterns for text in made(pattern, knowledge.words)] if is_plain(held) else []:
                found = [one for one in matches(sentences(text, lexicon)[0], NOBODY, set(), lexicon) if one.held.id == record.id and one.by_pattern]
                seen += bool(found)
                if found and found[0].denied != is_opposite:
                    wrong.append((record.id, text))
    assert wrong == []
    assert seen > 800


def test_only_a_claim_without_a_denial_has_an_opposite(checker):
    knowledge, _ = read()
    lexicon = checker.lexicon
    with_opposite = [lexicon.held[lexicon.by_id[record.id]] for record in knowledge.statements.values() if record.says_not]
    assert len(with_opposite) > 100
    assert [held.id for held in with_opposite if held.denies] == []


def test_no_slot_holds_a_denial_beside_what_it_denies(checker):
    knowledge, _ = read()
    lexicon, wrong = checker.lexicon, []
    for record in knowledge.statements.values():
        for pattern in record.says if not lexicon.held[lexicon.by_id[record.id]].denies else ():
            for slot in map(choices, SLOT.findall(pattern)):
                if not BARE.isdisjoint(slot) and not OPEN.isdisjoint(slot):
                    wrong.append((record.id, slot))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "In the UK a doctor may practise without GMC registration.",
        "There is no way to check whether a surgeon is board certified.",
        "There is no law on cosmetic surgery.",
        "A med spa can operate without a medical director.",
        "You cannot get a medical license without board certification.",
        "Acne is caused by a lack of hygiene.",
        "After Botox you never need it again.",
        "A thread lift never fades.",
        "Smooth implants never rupture.",
        "No new veins appear after sclerotherapy.",
        "Botox at home is no riskier than in a clinic.",
        "Plastic surgery has nothing to do with medicine.",
        "Dermatologists have little training in surgery.",
        "You can pay for surgery abroad without ever having met the surgeon.",
    ],
)
def test_what_is_wrong_by_its_own_denial_is_not_called_right(text, verdict):
    assert verdict(text) in ("contradicted", "misleading")


@pytest.mark.parametrize(
    "text",
    [
        "No chemical peel is approved by the FDA.",
        "A cosmetic dermatologist is not a plastic surgeon.",
        "Microneedling is not for active acne.",
        "The NHS rarely pays for cosmetic surgery.",
        "Surgery is never completely risk free.",
        "Patients rarely wake up during a general anaesthetic.",
        "After a mastectomy many women have no feeling in the chest.",
        "Dark spots come back without sunscreen.",
        "Teenagers should rarely have cosmetic surgery.",
        "Do not book the operation until you have seen the surgeon.",
    ],
)
def test_what_is_right_by_its_own_denial_is_called_right(text, verdict):
    assert verdict(text) == "supported"
