"""What can be worth a look in a row of a directory: each kind of finding, in the order in which to look at them, and how sure we can be of it."""

from typing import Literal

import msgspec

Confidence = Literal["firm", "fair", "weak"]
CONFIDENCE: dict[Confidence, str] = {
    "firm": "The files themselves say so of this very number (or no number like it can exist).",
    "fair": "Two things disagree that seldom do in a good row, or nothing on record comes near.",
    "weak": "It often has an innocent reason: a list that is behind, a name shared by two people, a word that can mean more than one thing.",
}
"""How sure a finding is -> what that means. A stated rule for each finding, no probability."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of finding. `id`: as it stands in the results; `says`: what it means; `look`: what to do about it."""

    id: str
    title: str
    says: str
    look: str


KINDS = (
    Kind(
        "excluded",
        "On the exclusion list",
        "The list of people whom federal health programs do not pay (OIG's LEIE) has this NPI, and a name that agrees.",
        "Check the entry at exclusions.oig.hhs.gov, with the Social Security number, before anything is decided.",
    ),
    Kind(
        "maybe-excluded",
        "Perhaps on the exclusion list",
        "The exclusion list has this NPI under another name, or this name without an NPI. Many people share a name: by itself it says nothing of this person.",
        "Check at exclusions.oig.hhs.gov, which can confirm a person by the Social Security number.",
    ),
    Kind(
        "npi-deactivated",
        "Number no longer active",
        "NPPES has deactivated this NPI. That happens when somebody retires, dies, asks for it, or got a second number by mistake.",
        "Ask whether the person still practices, and under which number.",
    ),
    Kind(
        "npi-check-digit",
        "No possible number",
        "An NPI has ten digits, and the last one follows from the other nine. This one does not: it was mistyped, or is another kind of number.",
        "Compare it with the source that it was copied from.",
    ),
    Kind(
        "npi-unknown",
        "Number not in NPPES",
        "The digits fit, but the registry's files do not have the number. A number that is newer than they are would be missing too.",
        "Look it up at npiregistry.cms.hhs.gov.",
    ),
    Kind(
        "person-or-organization",
        "Person and organization mixed up",
        "The row is about a person and the number belongs to an organization, or the reverse. Group numbers often slip into a doctor's row.",
        "Ask for the person's own number.",
    ),
    Kind(
        "name-differs",
        "Another name than on record",
        "The name in the row agrees with none that NPPES has for this number: not the legal one, a former one or another one. "
        "Nicknames, accents, initials, word order and small slips do not count as a difference.",
        "It may be a new name after a wedding, or a number in the wrong row.",
    ),
    Kind(
        "specialty-not-on-record",
        "Specialty not on record",
        "None of the up to 15 specialties that the provider reported to NPPES has to do with what the row advertises. Nobody checks what is reported there.",
        "Ask for the training and the certificate, and check it with the board.",
    ),
    Kind(
        "procedure-outside",
        "Procedure outside the training",
        "None of the training paths that the reported specialties suggest teaches this procedure. It says nothing about one person's skill.",
        "Ask where it was learned.",
    ),
    Kind(
        "title-restricted",
        "Title that a rule speaks of",
        "A law or rule on file for this state says who may use these words in an advert, or what has to stand beside them.",
        "Read the rule, and ask for what it asks for. A directory line is short: what is missing here may stand in the advert itself.",
    ),
    Kind(
        "place-not-on-record",
        "Place far from any on record",
        "The row's state or ZIP code is far from every place of practice on record for this number. Records are often behind when somebody moves.",
        "Ask for the present address, and for a license in that state.",
    ),
    Kind("npi-missing", "No number given", "The row has no NPI, so that only its name could be looked at.", "Ask for the number."),
)  # fmt: skip
ORDER = tuple(kind.id for kind in KINDS)
OF = {kind.id: kind for kind in KINDS}
