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
    seen: str = ""
    """Where a page shows this word, it also shows what it means."""


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be said of doing nothing."""

    gains: tuple[str, ...]
    losses: tuple[str, ...]
    recovery: str
    lasts: str
    risks: str
    hands: str
    pays: str


class Speaks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for and against a treatment; {} stands for what is known of it."""

    done_for: str
    meant: dict[str, str]
    not_cut: dict[str, str]
    back_soon: str
    may_be_paid: str
    cut: dict[str, str]
    asleep: str
    long: str
    serious: str
    harms: str
    own_money: str
    open_pay: str


class ShortWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer in short."""

    decision: str
    procedure: str
    either: str
    options: str
    one: str
    none: str
    wait: str
    hands: str
    no_hands: str


class Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do next."""

    urgent: str
    first: str
    values: str
    find_out: str
    see: str
    ask: str
    plan: str
    price: str
    time: str
    read: str


class Unsure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is not sure."""

    rates: str
    no_rates: str
    only_way: str
    outcome: str
    intent: str
    pays: str
    once: str


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
    nothing: Nothing
    speaks: Speaks
    costs: dict[str, str]
    short: ShortWords
    steps: Steps
    unsure: Unsure
    for_whom: str
    how_to_read: str
    same_people: str
    paid_by: str
    kept_up: str
    unknown: dict[str, str]
    measured: dict[str, str]
    texts: tuple[Example, ...]


@cache
def words() -> Words:
    """The words of the pages."""
    import yaml

    return msgspec.convert(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")), Words)


def example_of(number: str, listed: tuple[Example, ...]) -> Example | None:
    """The example that a form names by its number, from 1; None where there is no such."""
    place = int(number) if number.isdecimal() and len(number) < 3 else 0
    return listed[place - 1] if 0 < place <= len(listed) else None
