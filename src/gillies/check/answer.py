"""What a check answers, as plain data: the JSON of `gillies check`, and what every page and reader is given."""

from typing import Any

import msgspec

from gillies.assess.answer import SourceOut
from gillies.check.readers.document import Document
from gillies.check.score.held import Score, ScoreLine
from gillies.knowledge.schema_statements import Verdict


class Side(msgspec.Struct, frozen=True):
    """What one side of a dispute says."""

    who: str
    say: str
    cites: tuple[str, ...]


class AdvertRule(msgspec.Struct, frozen=True):
    """What a rule on adverts says, of which place and how firm (law, regulation, board-rule, guidance, self-regulation)."""

    place: str
    law: str
    level: str
    say: str
    cites: tuple[str, ...]


class Advert(msgspec.Struct, frozen=True):
    """What makes a statement a matter of advertising: its kind, what could fairly stand there, and the rules on it."""

    kind: str
    fairer: str
    rules: tuple[AdvertRule, ...]


class Statement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One statement found: its words and where they stand, our claim that it was held against, the verdict, why, and where that was read.

    `frame` is the record (or the fact of a record) that answered; `basis` keeps law, board rule, custom, evidence and opinion apart; `place`
    says where it holds, "" where it does not depend on one; `sides` stands where the verdict is disputed; `advert` where it is a claim that adverts make.
    """

    quote: str
    span: tuple[int, int]
    claim: str
    verdict: Verdict
    why: str
    cites: tuple[str, ...]
    frame: str
    basis: str
    place: str = ""
    sides: tuple[Side, ...] = ()
    advert: Advert | None = None

    @property
    def all_cites(self) -> tuple[str, ...]:
        """Every cite of it, of its sides and of its rules."""
        sides = [cite for side in self.sides for cite in side.cites]
        rules = [cite for rule in (self.advert.rules if self.advert else ()) for cite in rule.cites]
        return (*self.cites, *sides, *rules)


class Checked(msgspec.Struct, frozen=True):
    """The statements of a text, in order, and every source cited."""

    statements: tuple[Statement, ...]
    sources: dict[str, SourceOut]


class ScoreTold(msgspec.Struct, frozen=True):
    """The score; its sources stand with those of the statements."""

    automatic: bool
    note: str
    grade: float
    items: tuple[ScoreLine, ...]


class CheckAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole answer. `score`: of a text that is long enough for one; `document`: of what was no plain text, as it was read, since every place in
    the answer counts its characters."""

    id: Any
    statements: tuple[Statement, ...]
    sources: dict[str, SourceOut]
    score: ScoreTold | None = None
    document: Document | None = None


def as_json(checked: Checked, id: Any, score: Score | None = None, document: Document | None = None) -> bytes:
    """One line of JSON; the id may be whatever JSON holds."""
    told = ScoreTold(score.automatic, score.note, score.grade, score.items) if score else None
    sources = {**checked.sources, **score.sources} if score else checked.sources
    shown = document if document and document.kind != "text" else None
    return msgspec.json.encode(CheckAnswer(id, checked.statements, sources, told, shown))
