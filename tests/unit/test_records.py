"""Records that stay packed until they are asked for read like any dict."""

import msgspec
import pytest

from gillies.knowledge.records import Records
from gillies.knowledge.schema import Site

SITES = {"nose": Site("nose", "nose"), "lid": Site("lid", "eyelid")}


@pytest.fixture
def records():
    return Records(msgspec.Raw(msgspec.msgpack.encode(SITES)), Site)


def test_only_what_is_asked_for_is_unpacked(records):
    assert records["lid"] == SITES["lid"]
    assert dict.__len__(records) == 1
    assert records["lid"] is records["lid"]


def test_the_order_is_that_of_the_pack_whatever_was_asked_for_first(records):
    records["lid"]
    assert list(records) == list(records.keys()) == ["nose", "lid"]
    assert list(records.items()) == list(SITES.items())
    assert list(records.values()) == list(SITES.values())


def test_what_is_not_there_is_not_there(records):
    assert "ear" not in records
    assert "nose" in records
    assert records.get("ear") is None
    assert len(records) == 2
    with pytest.raises(KeyError):
        records["ear"]
