"""A bad rule never runs: it is refused when built, with file, key path and mend."""

import pytest

from gillies.errors import KnowledgeError
from gillies.rules.parse import Place, parse_rule
from tests.spec.test_nodes import KINDS, TABLES

BAD = [
    # raw rule, key path named, a word of the mend
    ("pain", "r", "Write `finding:`"),
    ({"say": "It holds"}, "r", "Add `finding"),
    ({"finding": "pain"}, "r", "Add `say"),
    ({"say": "x", "finding": "nose-length"}, "r", "Correct the id"),
    ({"say": "x", "finding": "pain", "maybe": 1}, "r", "A leaf takes"),
    ({"say": "x", "finding": "pain", "is": "yes"}, "r", "is: true"),
    ({"say": "x", "finding": "pain", "at_least": 3}, "r", "Use `is`"),
    ({"say": "x", "finding": "width", "is": True}, "r", "Use at_least"),
    ({"say": "x", "finding": "width", "at_least": "2 cm"}, "r.at_least", "unit"),
    ({"say": "x", "finding": "since", "at_least": 12}, "r.at_least", "unit"),
    ({"say": "x", "finding": "width", "at_least": 1, "at_most": 2}, "r", "join two with `all`"),
    ({"say": "x", "finding": "level", "is": "middling"}, "r", "Choose among low, high"),
    ({"say": "x", "finding": "weight", "at_least": {"table": "none", "by": "size"}}, "r.at_least", "Tables: sliding"),
    ({"say": "x", "finding": "width", "at_least": {"table": "sliding", "by": "size"}}, "r.at_least", "units equal"),
    ({"all": []}, "r.all", "list items"),
    ({"all": [{"say": "x", "finding": "pain"}], "any": []}, "r", "one key only"),
    ({"any": [{"say": "x", "finding": "pain"}, {"say": "y", "finding": "gone"}]}, "r.any[1]", "Correct the id"),
    ({"at_least_of": {"count": 3, "of": [{"say": "x", "finding": "pain"}]}}, "r.at_least_of", "from 1 to 1"),
    ({"at_least_of": [1, 2]}, "r.at_least_of", "count: 2"),
]


@pytest.mark.parametrize(("raw", "path", "mend"), BAD)
def test_bad_rule_is_refused_with_place_and_mend(raw, path, mend):
    with pytest.raises(KnowledgeError) as caught:
        parse_rule(raw, KINDS, TABLES, Place("rule.yaml", "r"))
    assert caught.value.file == "rule.yaml"
    assert caught.value.path == path
    assert mend in str(caught.value)
