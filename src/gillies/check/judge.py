"""The verdict: what a text says, compared with a held frame. Pure."""

from gillies.check.claim import Manner
from gillies.check.held import Held
from gillies.check.numbers import Amount, fits
from gillies.knowledge.schema_statements import Verdict

FLIP: dict[Verdict, Verdict] = {
    "supported": "contradicted", "contradicted": "supported", "misleading": "misleading", "disputed": "disputed", "unverifiable": "unverifiable",
}  # fmt: skip


RULES = frozenset(("law", "board-rule"))
"""What a frame rests on that binds: its "may not" forbids, and it is one for all."""
NOT_FOR_LOOKS = frozenset(("reconstructive-surgery", "medically-necessary"))
"""Terms of what nothing is that is done for looks alone."""
US = "us"
"""The country whose states make the rules: what holds in one of them says nothing of the others."""
OF_SUBJECT = ("trains", "certifies", "is", "needs", "recognises")
"""Relations whose "all" is said of who or what, not of to what."""


def verdict(held: Held, how: Manner, denied: bool, amounts: list[Amount]) -> Verdict:
    """What the knowledge says of a held frame that is put so: `denied` where the text says its opposite."""
    is_of_only = any(name == "exclusively" for name, _ in held.terms)
    if how.only and held.relation == "may" and not is_of_only:
        denied = not denied  # "may only … if" says that not everybody may
    if how.is_any and not how.only and held.verdict == "supported" and is_of_only:
        denied = not denied  # "any doctor may" against "only doctors … may"
    if held.relation == "pays" and not denied and how.only and held.some:
        return held.some  # "pays only for …"
    if held.relation == "pays" and not denied and how.conditional and how.strength == "can" and held.verdict == "contradicted":
        return "supported"  # "may pay where it is medically necessary"
    if how.for_looks and held.verdict == "misleading" and held.some and (held.relation == "pays" or any(name in NOT_FOR_LOOKS for name, _ in held.terms)):
        return "supported" if denied else "contradicted"  # "done for looks alone it is not reconstructive"
    if how.partly and "not-all" not in held.marks:
        return _not_always(held, denied)
    if held.amount and amounts and not fits(amounts, held.amount.unit, held.amount.least, held.amount.most):
        return "supported" if denied else "contradicted"
    is_of_all = how.strength == "all" and not (how.is_any and held.relation == "causes")
    if denied and how.perhaps_not and held.basis not in RULES and held.verdict == "misleading":
        return "supported"  # what is so of some only may not be so
    if denied and how.hardly:
        given = _denied(held, never=False)
        return "misleading" if given == "contradicted" else given
    if denied:
        return _denied(held, how.never or (is_of_all and how.quantified and not how.of_object and held.strength != "all"))
    if is_of_all and held.verdict == "disputed" and not how.quantified:
        return held.verdict  # "completely gone" is a degree, not every case
    is_of_plans = "pays" in (held.relation, held.facet) and how.conditional and not how.always and not how.is_any
    if is_of_all and is_of_plans and (held.verdict == "misleading" or (held.verdict == "supported" and held.all == "contradicted")):
        return "misleading"  # "all must pay for it if …"
    if is_of_all and not (how.of_object and held.relation in OF_SUBJECT):
        is_too_strong = held.verdict == "misleading" and held.some == "supported" and held.strength != "all"
        if how.always and held.all is None and held.verdict == "supported" and held.strength != "all" and not held.amount:
            return "misleading"
        return held.all or ("contradicted" if is_too_strong else held.verdict)
    if how.strength == "some" or (how.strength == "can" and held.strength not in ("can", "some")):
        return held.some or held.verdict
    if how.conditional and held.verdict == "misleading" and held.relation == "pays" and (how.strength or how.is_needed):
        return held.some or held.verdict  # "pays if the lids droop" is too much: one symptom is not enough
    if how.conditional and held.verdict == "misleading" and held.link == "is" and held.some:
        return held.some
    if how.strength == "most" and held.relation != "pays" and held.verdict == "misleading" and held.some == "supported":
        return "supported"
    return held.verdict


def _denied(held: Held, never: bool) -> Verdict:
    """`never`: it is denied of all, so that one of them is enough to prove it wrong."""
    if never and "supported" in (held.some, held.verdict):
        return "contradicted"
    if never and held.some == "misleading":
        return "misleading"
    return held.denied or FLIP[held.verdict]


def _not_always(held: Held, denied: bool) -> Verdict:
    """Said that it is not always so: right where the frame said of all is wrong, and where the denied frame holds of some."""
    if held.strength == "all" and held.verdict == "supported":
        return "contradicted"
    if denied and held.strength == "all":
        return held.denied or FLIP[held.verdict]  # the "all" is the claim's own
    if denied:
        return held.some or held.verdict
    if held.all in ("contradicted", "misleading"):
        return "supported"
    return FLIP[held.verdict] if held.verdict != "misleading" else "supported"


def fits_place(held: Held, named: tuple[str, ...]) -> bool:
    """Whether a frame of one place can answer for the places that a text names."""
    if not held.place or not named:
        return True
    return any(held.place == place or (held.place.startswith(f"{place}-") and place != US) or place.startswith(f"{held.place}-") for place in named)
