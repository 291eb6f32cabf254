"""Plain sentences on boards, payers, laws and treatments: what is right is not marked, what is wrong is."""

from pathlib import Path

import pytest
import yaml

MARKED = {"misleading", "contradicted", "disputed"}
SENTENCES = yaml.safe_load(Path(__file__).with_name("plain_sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", SENTENCES["right"])
def test_what_is_right_is_not_marked(text, statements):
    assert MARKED.isdisjoint(one.verdict for one in statements(text))


@pytest.mark.parametrize("text", SENTENCES["wrong"])
def test_what_is_wrong_is_marked(text, statements):
    assert not MARKED.isdisjoint(one.verdict for one in statements(text))
