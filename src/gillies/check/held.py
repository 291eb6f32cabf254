"""What the knowledge holds a statement against, as plain data; compile.py makes it from the records, match.py and judge.py read it."""

import msgspec

from gillies.knowledge.schema import Cite
from gillies.knowledge.schema_statements import Verdict

Term = tuple[str, int]
"""A term of the lexicon (terms.yaml, a procedure, a board) and +1, or -1 where its opposite is said."""


class Range(msgspec.Struct, frozen=True, array_like=True):
    """A number that a statement names, in a unit: right from `least` to `most`."""

    unit: str
    least: float
    most: float


class Held(msgspec.Struct, frozen=True, array_like=True):
    """One frame that the knowledge holds (a statement record), or that follows from a record (derive.py).

    `claim` is read by the same reader as the text: `terms`, `denials` and `strength` come from it. The verdicts are for the claim as it
    stands, said of all, of some, and denied.
    """

    id: str
    claim: str
    verdict: Verdict
    all: Verdict | None
    some: Verdict | None
    denied: Verdict | None
    why: str
    cites: tuple[Cite, ...]
    basis: str
    place: str
    amount: Range | None
    sides: tuple[tuple[str, str, tuple[Cite, ...]], ...]
    terms: tuple[Term, ...]
    denials: tuple[tuple[str, ...], ...]
    """Each "not" of the claim, as the terms that it denies."""
    strength: str
    relation: str
    """How the thing stands to what is said of it (schema_statements.py); "" for derived frames."""
    kind: str
    """statement (a record of its own), derived (follows from another record: every term of `terms` must stand in the text; `a|b` asks for one
    of them), definition (what a record says a thing is: enough of the text must be in it),
    purpose (found by purposes.py)."""
    link: str = ""
    """What else the text must have: "is" (a word that equates, between the two), "aim" (a word that says what something is
    for), "amount" (a number of that unit), "whole" (little else may be said), "need" (a word that says what something needs or has), "site" (words that
    say it is an operation on a part)."""
    marks: tuple[str, ...] = ()
    """What the claim speaks of besides facts: belief (what people think), compares, ought."""
    unless: tuple[str, ...] = ()
    """Terms with which a sentence says something else; `-normal` where only its opposite does."""

    @property
    def denies(self) -> bool:
        """Whether the claim denies something, or says a term by its opposite; only one that does not has patterns that say its opposite."""
        return bool(self.denials) or any(sign < 0 for _, sign in self.terms)

    @property
    def is_comparison(self) -> bool:
        """Whether the claim sets one thing against another."""
        return self.relation == "compares" or "compares" in self.marks

    @property
    def tells_figure(self) -> bool:
        """Whether the claim has a figure in it."""
        return any(char.isdigit() for char in self.claim)

    @property
    def facet(self) -> str:
        """What a derived frame tells of the thing it is about, the end of its name ("lasts" of "facelift.lasts"); "" for a record of its own."""
        return self.id.partition(".")[2]
