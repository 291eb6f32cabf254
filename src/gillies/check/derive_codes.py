"""Frames that follow from the list of NUCC codes: which field a code stands for. A code is chosen by whoever registers, and proves nothing."""

from collections.abc import Iterator

from gillies.check.derive_frame import FIELD_TERM, TermsOf, frame
from gillies.check.held import Held
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Said
from gillies.knowledge.schema_hands import Specialty

OF_CODE = "nucc-"
"""How the term of a code begins."""


def code_term(code: str) -> str:
    """The term of a NUCC code."""
    return f"{OF_CODE}{code.lower()}"


PEOPLE = ("surgeon", "doctor", "specialist")
"""Where people are named, a code would be taken for what they are, which no code tells."""
PARTS = frozenset(("neck", "hand-surgery", "mohs-surgery", "eyelid"))
"""Terms of parts of fields that have codes of their own."""
OTHER_CODE = code_term("other")
"""The term of any code that is not held."""


def codes(knowledge: Knowledge, terms_of: TermsOf) -> Iterator[Held]:
    """Every frame on codes."""
    parts = {code: _parts(specialty, terms_of) for code, specialty in knowledge.specialties.items()}
    held = set().union(*parts.values())
    for specialty in knowledge.specialties.values():
        own = parts[specialty.code]
        others = sorted(held - own) if own else []
        if others:
            yield _other_part(specialty, others)
        trained_in = {FIELD_TERM.get(field, "") for field in (knowledge.pathways[name].field for name in specialty.pathways)}
        yield from _code(specialty, trained_in - {""}, terms_of, tuple(others))
    yield from _no_code(knowledge, terms_of)


def _code(specialty: Specialty, trained_in: set[str], terms_of: TermsOf, other_parts: tuple[str, ...]) -> Iterator[Held]:
    """Which field a NUCC code stands for, and that it stands for no other. `trained_in`: the fields of the training it suggests, of which it is one
    where its own name tells no field ("Eye medicine and surgery"); `other_parts`: terms of parts of fields that have codes of their own."""
    own = {term for term, _ in terms_of(specialty.name)}
    own |= trained_in if own.isdisjoint(FIELD_TERM.values()) else set()
    fact = _stands_for(specialty)
    code, fields = code_term(specialty.code), sorted(own & set(FIELD_TERM.values()))
    others = [term for term in FIELD_TERM.values() if term not in own | trained_in]
    for field in fields:
        claim = f"The NUCC code {specialty.code} is one of {field.replace('-', ' ')}."
        yield frame(
            f"{code}.{field}", claim, (code, field), "supported", fact, denied="contradicted", place="us", basis="board-rule", unless=(*PEOPLE, *other_parts)
        )
    claim = f"The NUCC code {specialty.code} is one of another field."
    yield frame(
        f"{code}.other", claim, (code, "|".join(others)), "contradicted", fact, denied="supported", place="us", basis="board-rule",
        unless=tuple(fields),
    )  # fmt: skip


def _stands_for(specialty: Specialty) -> Said:
    """What a code is, and what it does not prove."""
    return Said(say=f"The NUCC code {specialty.code} stands for: {specialty.name}. Doctors choose their codes themselves.", cites=specialty.cites)


def _parts(specialty: Specialty, terms_of: TermsOf) -> frozenset[str]:
    """The part of a field that a code stands for: the head and neck, the hand, the lids, skin cancer; nothing where it is all of one."""
    return PARTS.intersection(term for term, _ in terms_of(specialty.name))


def _other_part(specialty: Specialty, others: list[str]) -> Held:
    """That a code of one part of a field is none of another."""
    return frame(
        f"{code_term(specialty.code)}.part", f"The NUCC code {specialty.code} is one of another part of the field.",
        (code_term(specialty.code), "|".join(others)), "contradicted", _stands_for(specialty), denied="supported", place="us", basis="board-rule",
    )  # fmt: skip


def _no_code(knowledge: Knowledge, terms_of: TermsOf) -> Iterator[Held]:
    """That a code which is not among those of plastic surgery is none of them."""
    own = [one for one in knowledge.specialties.values() if ("plastic-surgery", 1) in terms_of(one.name)]
    if own:
        cites = tuple(dict.fromkeys(cite for one in own for cite in one.cites))
        fact = Said(say=f"The NUCC codes of plastic surgery are {', '.join(one.code for one in own)}.", cites=cites)
        claim, terms = "A NUCC code that is not among them is one of plastic surgery.", (OTHER_CODE, "plastic-surgery")
        yield frame(f"{OTHER_CODE}.plastic-surgery", claim, terms, "contradicted", fact, denied="supported", place="us", basis="board-rule")
