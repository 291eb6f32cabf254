"""What a procedure's own record says of a claim in an advert: (claim, procedure named) -> the fact that answers, and whether it finds the claim right."""

from collections.abc import Callable

import msgspec

from gillies.check.adverts_found import Found
from gillies.check.adverts_held import ClaimHeld
from gillies.check.derive import ROOM
from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon
from gillies.knowledge.schema_adverts import Facet

FRAMES: dict[Facet, tuple[tuple[str, bool, tuple[str, ...]], ...]] = {
    "invasiveness": (("invasive", True, ("supported",)),),
    "surgery": (("surgery", True, ("supported",)),),
    "downtime": (("recovery", False, ("contradicted",)),),
    "work": (("recovery", False, ("contradicted", "misleading")),),
    "permanence": (("permanent", False, ("supported",)),),
    "scars": (("scar", True, ("supported",)),),
    "risk": (("danger", True, ("supported",)),),
    "anaesthesia": (("anaesthesia", True, ("supported",)), ("numbed", True, ("supported",)), ("asleep", True, ("supported",))),
}
"""What a claim speaks of -> the derived frames (derive.py) of a procedure that can answer, whether the claim is their denial, and the verdicts on
them that make the claim right."""
TIMES = ("downtime", "work")
"""Of these a claim that its record calls right answers for all that its words share; other right claims leave their words to the next."""
OUTSIDE = ("scars", "anaesthesia")
"""What a treatment that stays outside the skin may be said to go without."""


class Record(msgspec.Struct, frozen=True, gc=False):
    """What a procedure's own record says of a claim: the frame that answers, if one does, and whether it finds the claim right."""

    fact: Held | None
    is_right: bool


UNTOLD = Record(None, False)


def record_of(found: Found, procedure: str, lexicon: CheckLexicon) -> Record:
    """What a procedure's own record says of a claim."""
    timed = BY_TIME.get(found.claim.figure)
    return timed(found, procedure, lexicon) if timed else _fact(found.claim.by, procedure, lexicon)


def is_of_time(claim: ClaimHeld) -> bool:
    """Whether a record answers a claim with the usual time, so that a "usually" is no care but the claim itself."""
    return claim.by in TIMES or claim.figure in BY_TIME


def _fact(facet: Facet, procedure: str, lexicon: CheckLexicon) -> Record:
    """What it says of one aspect."""
    for name, is_denial, right in FRAMES.get(facet, ()) if procedure else ():
        at = lexicon.by_id.get(f"{procedure}.{name}")
        if at is not None:
            frame = lexicon.held[at]
            return Record(frame, (frame.denied if is_denial else frame.verdict) in right)
    if facet in OUTSIDE and procedure:  # no scar among its known risks, nothing told of numbing: right of what stays outside the skin
        at = lexicon.by_id.get(f"{procedure}.invasive")
        return Record(None, at is not None and lexicon.held[at].verdict == "contradicted")
    return UNTOLD


def _recovery(found: Found, procedure: str, lexicon: CheckLexicon) -> Record:
    """What it says of the time until people are back at light work, of which the time that is told may be long enough."""
    at = lexicon.by_id.get(f"{procedure}.light")
    frame = lexicon.held[at] if at is not None else None
    if frame is None or frame.amount is None or found.amount is None:
        return UNTOLD
    return Record(frame, found.amount.high >= frame.amount.least)


def _lasting(found: Found, procedure: str, lexicon: CheckLexicon) -> Record:
    """What is known of how long its result lasts, of which the time that is told may be near enough."""
    known = lexicon.measures["lasts"].get(procedure)
    if known is None or found.amount is None:
        return UNTOLD
    return Record(known.held, found.amount.low <= known.high * ROOM[1])


BY_TIME: dict[str, Callable[[Found, str, CheckLexicon], Record]] = {"short-time": _recovery, "long-time": _lasting}
"""Figure of a claim -> how a record answers it."""
