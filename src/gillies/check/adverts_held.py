"""What the check of adverts reads with, as plain data: phrases, claims and rules. adverts_compile.py makes it from the records."""

from functools import cached_property

import msgspec

from gillies.knowledge.schema import Cite
from gillies.knowledge.schema_adverts import AdvertKind, Facet
from gillies.knowledge.schema_statements import Verdict
from gillies.reading.lexicon import Lexicon

OF_CLAIM = ("unless", "unless_near", "only_with")
"""Patterns of a claim that say when it stands (schema_adverts.AdvertClaim)."""


class ClaimHeld(msgspec.Struct, frozen=True, array_like=True):
    """One kind of thing that adverts say (schema_adverts.AdvertClaim), without its phrases."""

    id: str
    kind: AdvertKind
    name: str
    when: str
    verdict: Verdict
    by: Facet
    only_by_record: bool
    why: str
    cites: tuple[Cite, ...]
    fairer: str
    figure: str
    only_with: bool
    balanced: bool


class RuleHeld(msgspec.Struct, frozen=True, array_like=True):
    """What one law or code says of some claims: its name, level and place come from the law."""

    id: str
    law: str
    level: str
    place: str
    claims: tuple[str, ...]
    say: str
    cites: tuple[Cite, ...]


class AdvertLexicon(msgspec.Struct, frozen=True, dict=True):
    """All that is needed to look for what adverts claim. The concepts of `patterns` are of kind claim, context, or one of OF_CLAIM."""

    patterns: Lexicon
    claims: dict[str, ClaimHeld]
    rules: list[RuleHeld]
    procedures: frozenset[str]
    """Terms that name a procedure."""
    sellers: frozenset[str]
    """Words, as written, by which somebody speaks for their own work."""
    asks: frozenset[str]
    """Words with which a sentence begins that asks or warns."""
    questions: frozenset[str]
    """Words with which a real question begins."""

    @cached_property
    def alphabet(self) -> dict[str, str]:
        """Stem -> its letter in the patterns."""
        return {root: sign for root, _, sign in (row.partition("\t") for row in self.patterns.letters.split("\n")) if root}

    @cached_property
    def rules_by_claim(self) -> dict[str, tuple[RuleHeld, ...]]:
        """Claim -> the rules on it, in the order of the places."""
        return {key: tuple(rule for rule in self.rules if key in rule.claims) for key in self.claims}
