"""What all that is derived is made with: one frame from one fact, and the terms of the fields."""

from collections.abc import Callable

from gillies.check.held import Held, Range
from gillies.knowledge.schema import Hand, Said
from gillies.knowledge.schema_statements import Verdict

TermsOf = Callable[[str], set[tuple[str, int]]]
"""The terms that a sentence of ours names."""
FIELD_TERM = {
    "plastic-surgery": "plastic-surgery", "cosmetic-surgery": "cosmetic-surgery", "reconstructive-surgery": "reconstructive-surgery",
    "dermatology": "dermatology", "otolaryngology": "ent", "facial-plastic-surgery": "facial-plastic-surgery", "oculoplastic-surgery": "oculoplastic-surgery",
    "ophthalmology": "ophthalmology", "oral-maxillofacial-surgery": "oral-surgery", "hand-surgery": "hand-surgery",
}  # fmt: skip
"""Field -> its term."""


def frame(
    id: str, claim: str, terms: tuple[str, ...], verdict: Verdict, fact: Said | Hand, *, denied: Verdict | None = None, all: Verdict | None = None,
    some: Verdict | None = None, amount: Range | None = None, place: str = "", link: str = "", basis: str = "evidence", kind: str = "derived",
    relation: str = "", unless: tuple[str, ...] = (),
) -> Held:  # fmt: skip
    """One derived frame: its claim, the terms that a text must have, the verdict, and the fact that answers."""
    say = fact.why if isinstance(fact, Hand) else fact.say
    return Held(
        id, claim, verdict, all, some, denied, say, fact.cites, basis, place, amount, (), tuple((term, 1) for term in terms), (), "", relation, kind, link,
        (), unless,
    )  # fmt: skip


def low(say: str) -> str:
    """A sentence, to go on with behind a colon."""
    return say[:1].lower() + say[1:] if say[1:2].islower() or say[1:2] == " " else say
