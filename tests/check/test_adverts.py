"""What adverts claim: found where it is claimed, left alone where it is not; the rules of a place; the half of our own sentences held back while
the rules were written."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gillies.check.check import check
from gillies.check.door import open_check
from gillies.knowledge.load import read

CLAIMS = read()[0].advert_claims
EXAMPLES = [(key, example) for key, claim in CLAIMS.items() for example in claim.examples]
SENTENCES = [json.loads(line) for line in (Path(__file__).parent / "adverts.jsonl").read_text(encoding="utf-8").splitlines()]
WANTING = {"misleading", "contradicted", "disputed"}
ENGINE = open_check()


def flagged(text, place=""):
    return [s for s in check(text, ENGINE.lexicon, place) if s.verdict in WANTING]


def touches(statement, text, phrase):
    start = text.index(phrase)
    return statement.span[0] < start + len(phrase) and start < statement.span[1]


@pytest.mark.parametrize(("claim", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", value))
def test_every_claim_is_found_and_left_alone_as_its_record_shows(claim, example):
    found = flagged(example.text, example.place)
    if example.finds:
        assert any(touches(s, example.text, example.finds) for s in found)
    else:
        assert not found
