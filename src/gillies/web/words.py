"""The pages' own words (words.yaml), read once and strictly."""

from functools import cache
from pathlib import Path

import msgspec


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A need, or a text, to try it with."""

    label: str
    text: str


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that may matter to a person, and the two ends of it."""

    id: str
    ask: str
    less: str
    more: str


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of these pages and how they use it."""

    term: str
    says: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See words.yaml."""

    care: dict[str, str]
    open_care: str
    intent: dict[str, str]
    pays: dict[str, str]
    pays_more: dict[str, str]
    outcome: dict[str, str]
    act: dict[str, str]
    call_emergency: str
    fit: dict[str, str]
    invasive: dict[str, str]
    examples: tuple[Example, ...]
    aim_why: str
    payer_question: str
    payer_why: str
    state_question: str
    state_why: str
    values: tuple[Value, ...]
    limits: tuple[str, ...]
    glossary: tuple[Term, ...]
    texts: tuple[Example, ...]


@cache
def words() -> Words:
    """The words of the pages."""
    import yaml

    return msgspec.convert(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")), Words)
