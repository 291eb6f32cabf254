"""Frames that follow from the records of the fields: what each is, what it is for, and that it is not for one purpose alone."""

from collections.abc import Iterator

from gillies.check.derive_frame import FIELD_TERM, frame, low
from gillies.check.held import Held
from gillies.knowledge.schema_hands import Field
from gillies.knowledge.schema_statements import Verdict

PURPOSES = {"form": ("looks",), "function": ("function",), "both": ("looks", "function")}


REPAIR_TERMS = ("reconstructive-surgery", "function", "birth-defect", "injury", "disease", "-normal")
LOOKS_TERMS = ("looks", "cosmetic-surgery", "ageing", "wrinkle")
SCOPES: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...], Verdict, Verdict], ...]] = {
    "plastic-surgery": (
        ("repair", REPAIR_TERMS, LOOKS_TERMS, "misleading", "contradicted"), ("looks", LOOKS_TERMS, REPAIR_TERMS, "misleading", "contradicted"),
    ),
    "cosmetic-surgery": (("repair", REPAIR_TERMS, (*LOOKS_TERMS[:1], *LOOKS_TERMS[2:]), "contradicted", "contradicted"),),
    "reconstructive-surgery": (("looks", LOOKS_TERMS, REPAIR_TERMS[1:], "misleading", "contradicted"),),
}  # fmt: skip
"""Field -> what a text may take it to be for alone: its name, its terms, the terms that show that it does not, and the verdict, plainly said and said
of "only"."""


def of_field(field: Field) -> Iterator[Held]:
    """What it is, and what it is for."""
    for name, terms, others, given, alone in SCOPES.get(field.id, ()):
        yield frame(
            f"{field.id}.only-{name}", f"{field.name} is for {'repair' if name == 'repair' else 'looks'} and no more.", (field.id, "|".join(terms)), given,
            field.what, all=alone, denied="supported", link="scope", unless=others,
        )  # fmt: skip
    yield frame(f"{field.id}.is", f"{field.name}: {low(field.what.say)}", (), "supported", field.what, denied="contradicted", kind="definition")
    if field.id in FIELD_TERM:
        for aim in PURPOSES[field.purpose]:
            how = "the way people look" if aim == "looks" else "how the body works"
            yield frame(
                f"{field.id}.{aim}", f"{field.name} improves {how}.", (FIELD_TERM[field.id], aim), "supported", field.what,
                all=None if field.purpose == "form" else "misleading", denied="contradicted", link="aim",
            )  # fmt: skip
