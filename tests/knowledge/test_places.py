"""Records stand where the guide says (docs/how-to/write-knowledge.md), so that whoever looks for one finds it by its file's name."""

import unicodedata
from itertools import chain

import pytest
import yaml

from gillies.knowledge.load import DATA

ARTICLES = ("the ", "le ", "la ", "les ", "der ", "die ", "das ")


def records(path):
    return yaml.load(path.read_text(), yaml.CSafeLoader)


def letter(publisher):
    """The first letter of a publisher's name without its article, "0-9" for a figure."""
    name = publisher.lower()
    name = next((name.removeprefix(article) for article in ARTICLES if name.startswith(article)), name)
    first = unicodedata.normalize("NFKD", next(one for one in name if one.isalnum()))[0]
    return "0-9" if first.isdigit() else first


@pytest.mark.parametrize("folder", sorted(path.name for path in (DATA / "sources").iterdir()))
def test_a_source_stands_by_its_kind_and_publisher(folder):
    files = (DATA / "sources" / folder).glob("*.yaml")
    astray = [source["id"] for path in files for source in records(path) if (source["kind"], letter(source["publisher"])) != (folder, path.stem)]
    assert not astray


def test_what_is_claimed_of_a_procedure_stands_beside_it():
    procedures = {path.parent.name for path in DATA.glob("procedures/*/procedure.yaml")}
    beside = [(path.parent.name, one) for path in DATA.glob("procedures/*/statements.yaml") for one in records(path)]
    by_topic = chain.from_iterable(map(records, DATA.glob("statements/*.yaml")))
    assert not [one["id"] for slug, one in beside if one["about"][:1] not in ([], [slug])]
    assert not [one["id"] for one in by_topic if one["about"] and one["about"][0] in procedures]
