"""Frames that follow from the records of the fields: what each is, what it is for, and that it is not for one purpose alone."""

from collections.abc import Iterator

from gillies.check.derive_frame import FIELD_TERM, frame, low
from gillies.check.held import Held
from gillies.knowledge.schema_hands import Field
from gillies.knowledge.schema_statements import Verdict

PURPOSES = {"form": ("looks",), "function": ("function",), "both": ("looks", "function")}
AIM_TERMS = {
    "repair": ("reconstructive-surgery", "function", "birth-defect", "injury", "disease", "-normal", "repair", "damag", "imperfect", "medically-necessary"),
    "looks": ("looks", "cosmetic-surgery", "ageing", "wrinkle"),
}
"""What a field may be said to be for -> the terms that say so."""
ALONE: dict[str, dict[str, Verdict]] = {
    "plastic-surgery": {"repair": "misleading", "looks": "misleading"}, "cosmetic-surgery": {"repair": "contradicted", "both": "misleading"},
    "reconstructive-surgery": {"looks": "misleading"},
}  # fmt: skip
"""Field -> what a text may take it to be for, and the verdict; said of "only" it is contradicted."""
SAID = {"repair": "for repair and no more", "looks": "for looks and no more", "both": "for repair as well as for looks"}


def purpose_frame(field: str, aim: str) -> str:
    """The id of the frame that answers what a field is said to be for."""
    return f"{field}.only-{aim}"


def aim_frame(field: str, aim: str) -> str:
    """The id of the frame that says one aim of a field and no more."""
    return f"{field}.{aim}"


def of_field(field: Field) -> Iterator[Held]:
    """What it is, and what it is for."""
    for aim, given in ALONE.get(field.id, {}).items():
        yield frame(
            purpose_frame(field.id, aim), f"{field.name} is {SAID[aim]}.", (field.id,), given, field.what, all="contradicted", denied="supported",
            kind="purpose",
        )  # fmt: skip
    yield frame(f"{field.id}.is", f"{field.name}: {low(field.what.say)}", (), "supported", field.what, denied="contradicted", kind="definition")
    if field.id in FIELD_TERM:
        for aim in PURPOSES[field.purpose]:
            how = "the way people look" if aim == "looks" else "how the body works"
            yield frame(
                aim_frame(field.id, aim), f"{field.name} improves {how}.", (FIELD_TERM[field.id], aim), "supported", field.what,
                all=None if field.purpose == "form" else "misleading", denied="contradicted", link="aim",
            )  # fmt: skip
