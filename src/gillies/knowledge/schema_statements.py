"""Checkable statements: what people and adverts claim, the verdict, and why. Strict, as in schema.py."""

from typing import Literal

from gillies.knowledge.schema import Record, Said
from gillies.knowledge.schema_hands import Position

Verdict = Literal["supported", "contradicted", "misleading", "disputed", "unverifiable"]


class Amount(Record, frozen=True):
    """The number that a statement names, in `unit`: right from `least` to `most`, both included."""

    unit: str
    least: float
    most: float


class Statement(Record, frozen=True):
    """A statement as a frame (`about`, `relation`, `to`) and as it is commonly said.

    `verdict` is for the statement said plainly, of things in general. The others are for the same statement with another strength, where
    that changes the verdict: of `all` ("always", "every"), of `some` ("may", "some"), or `denied`. With an `amount`, a number outside it is
    contradicted. A pattern of `says` says the claim, whatever "not" stands in its own words ("never fades"), and one of `says_not` its opposite; only a
    claim without a denial has the latter. `unless`: terms of the lexicon, or words, of which none may stand in the sentence, since with them something else is
    said. `basis` keeps law, board rule, custom, evidence and opinion apart; `place`: us, us-ca, uk, au, ca … where it depends on one.
    """

    id: str
    claim: str
    about: tuple[str, ...]
    relation: Literal[
        "is", "is-part-of", "needs", "may", "trains", "certifies", "recognises", "pays", "lasts", "recovers", "treats", "causes", "prevents", "removes",
        "is-safe", "is-approved", "compares", "counts", "costs", "advertises",
    ]  # fmt: skip
    to: tuple[str, ...]
    says: tuple[str, ...]
    verdict: Verdict
    why: Said
    basis: Literal["law", "board-rule", "custom", "evidence", "opinion"]
    all: Verdict | None = None
    some: Verdict | None = None
    denied: Verdict | None = None
    amount: Amount | None = None
    place: str = ""
    says_not: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sides: tuple[Position, ...] = ()
