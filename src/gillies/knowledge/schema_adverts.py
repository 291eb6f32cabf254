"""What adverts claim, and which rule of which place forbids it. Strict, as in schema.py."""

from typing import Literal

from gillies.knowledge.schema import Record, Said

AdvertKind = Literal[
    "credential", "superlative", "comparison", "outcome", "permanence", "scars", "risk", "safety", "comfort", "downtime", "invasiveness", "science",
    "ease", "pressure", "testimonial", "pictures", "looks", "medicine", "fear", "silence",
]  # fmt: skip
Facet = Literal["", "invasiveness", "surgery", "downtime", "work", "permanence", "scars", "risk", "anaesthesia"]
"""What a procedure's own record can say about a claim."""


class AdvertExample(Record, frozen=True):
    """A text, and the words in it that must be found; none: it must be left alone. `place`: where it is told to stand."""

    text: str
    finds: str = ""
    place: str = ""


class AdvertClaim(Record, frozen=True):
    """One kind of thing that adverts say. `when`: `always` (it misleads wherever it is stated), `selling` (only where somebody speaks for their own
    work), `place` (true or not, it is a rule that forbids it). `by`: a procedure that is named answers from its own record, and may say that the
    claim is right; `only_by_record`: nobody else can tell. `figure`: it is made with a number, a share of people or of the change, or a time that is
    shorter or longer than the record's. `unless`: the words that set it right, in the same text; `unless_near`: in the same sentence; `only_with`: words of the
    same text without which it is none; `balanced`: it is set right where the sentence, or one beside it, says what can go wrong. `fairer` is what could
    stand there."""

    id: str
    kind: AdvertKind
    name: str
    says: tuple[str, ...]
    why: Said
    fairer: str
    examples: tuple[AdvertExample, ...]
    when: Literal["always", "selling", "place"] = "selling"
    verdict: Literal["misleading", "contradicted"] = "misleading"
    by: Facet = ""
    only_by_record: bool = False
    figure: Literal["", "share", "short-time", "long-time"] = ""
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    balanced: bool = False


class AdvertRule(Said, frozen=True, kw_only=True):
    """What one law or code says of some claims in adverts. `law`: the title law it belongs to, whose place and level it shares."""

    id: str
    law: str
    claims: tuple[str, ...]
