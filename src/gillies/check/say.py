"""A verdict in words: one or two plain sentences made from the fact, with what turned it and where it holds."""

from gillies.check.claim import Manner
from gillies.check.held import Held
from gillies.knowledge.schema_statements import Verdict

PLACES = {
    "us": "the United States", "uk": "the United Kingdom", "uk-eng": "England", "uk-sct": "Scotland", "uk-wls": "Wales", "uk-nir": "Northern Ireland",
    "au": "Australia", "au-qld": "Queensland", "au-nsw": "New South Wales", "ca": "Canada", "ca-on": "Ontario", "ca-qc": "Quebec",
    "ca-bc": "British Columbia", "ca-ab": "Alberta", "us-ca": "California", "us-fl": "Florida", "us-ny": "New York", "us-tx": "Texas",
    "us-az": "Arizona", "us-ga": "Georgia", "us-il": "Illinois", "us-in": "Indiana", "us-la": "Louisiana", "us-md": "Maryland", "us-mo": "Missouri",
    "us-nc": "North Carolina", "us-nj": "New Jersey", "us-nv": "Nevada", "us-ok": "Oklahoma", "us-tn": "Tennessee", "us-ut": "Utah", "us-va": "Virginia",
}  # fmt: skip
BASES = {"law": "law in {}", "board-rule": "a board's rule in {}", "custom": "custom in {}", "evidence": "told of {}", "opinion": "a view in {}"}
CAUTION = (
    "On texts that nobody had tuned it on, eight to nine marks in ten were right, and only seven in ten where people were asked for common mistakes "
    "about who is trained and certified. It misses a fifth to two thirds of what is wrong. "
    "Read the source before you repeat a verdict."
)
"""How far a verdict can be trusted (docs/accuracy.md)."""
TOO_STRONG = "Put too strongly. "
CAREFUL = "Put with care, this holds. "
TOO_FAR = "The fact is right, but more is made of it here than it can bear. "
NOT_SO = "What stands before it may be right, but this does not follow from it. "
NOT_ALWAYS = "Right that it is not always so. "


def why(held: Held, how: Manner, given: Verdict, denied: bool, goes_too_far: bool = False) -> str:
    """Why a statement has its verdict."""
    lead = ""
    if goes_too_far:
        lead = TOO_FAR
    elif how.partly and given == "supported":
        lead = NOT_ALWAYS
    elif how.strength == "all" and not denied and held.all == given and held.verdict != given:
        lead = TOO_STRONG
    elif how.strength in ("some", "can", "most") and given == "supported" and not denied and held.verdict in ("misleading", "contradicted"):
        lead = CAREFUL
    where = f" ({BASES[held.basis].format(place(held.place))})" if held.place else ""
    return f"{lead}{held.why}{where}"


def place(code: str) -> str:
    """The name of a place."""
    return PLACES.get(code) or PLACES.get(code.partition("-")[0], "") + f" ({code.partition('-')[2].upper()})"
