"""What the look-up file holds of a provider: one row of JSON each. The order of the fields below is the order in which they are written."""

from datetime import date

import msgspec


class Taxonomy(msgspec.Struct, frozen=True, array_like=True):
    """One of up to 15 specialties that a provider reported, with the licence given for it. `slot`: 1 to 15; `primary`: Y, N, or X (not answered)."""

    slot: str
    code: str
    license: str | None = None
    license_state: str | None = None
    primary: str | None = None


class Provider(msgspec.Struct, frozen=True, array_like=True):
    """One NPI as NPPES has it, its specialties aside.

    `entity`: 1 a person, 2 an organisation, None deactivated; `deactivated_by`: nppes, or list (the report of deactivated NPIs); kinds of other names:
    1 former, 2 professional, 3 doing business as, 4 former legal business name, 5 other.
    """

    entity: str | None = None
    organization: str | None = None
    last: str | None = None
    first: str | None = None
    middle: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    credential: str | None = None
    other_organization: str | None = None
    other_organization_kind: str | None = None
    other_last: str | None = None
    other_first: str | None = None
    other_middle: str | None = None
    other_kind: str | None = None
    address: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    zip5: str | None = None
    zip4: str | None = None
    country: str | None = None
    phone: str | None = None
    enumerated: date | None = None
    updated: date | None = None
    certified: date | None = None
    deactivated: date | None = None
    reason: str | None = None
    reactivated: date | None = None
    deactivated_by: str | None = None
    replacement: str | None = None
    sex: str | None = None
    sole: str | None = None
    subpart: str | None = None
    parent: str | None = None

    @property
    def active(self) -> bool:
        """Whether the NPI may be used: never deactivated, or reactivated since."""
        return self.deactivated is None or (self.reactivated is not None and self.reactivated >= self.deactivated)


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A further place of practice."""

    address: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    zip5: str | None = None
    zip4: str | None = None
    country: str | None = None
    phone: str | None = None


class OtherName(msgspec.Struct, frozen=True, array_like=True):
    """A further name of an organisation."""

    organization: str | None = None
    kind: str | None = None


class Deactivation(msgspec.Struct, frozen=True, array_like=True):
    """A line of the report of deactivated NPIs."""

    day: date | None = None


class Exclusion(msgspec.Struct, frozen=True, array_like=True):
    """A line of the LEIE. `basis`: the section of the law, as the file writes it; `npi` is missing on nine lines of ten."""

    npi: str | None = None
    last: str | None = None
    first: str | None = None
    middle: str | None = None
    business: str | None = None
    general: str | None = None
    specialty: str | None = None
    born: date | None = None
    address: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    basis: str | None = None
    day: date | None = None
    reinstated: date | None = None
    waived: date | None = None
    waiver_state: str | None = None


class Clinician(msgspec.Struct, frozen=True, array_like=True):
    """A line of the Doctors and Clinicians file: a person at a group and an address. `graduated`: the year."""

    last: str | None = None
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    credential: str | None = None
    school: str | None = None
    graduated: float | None = None
    specialty: str | None = None
    second_specialties: str | None = None
    organization: str | None = None
    group: str | None = None
    members: float | None = None
    address: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    phone: str | None = None


class Service(msgspec.Struct, frozen=True, array_like=True):
    """How often Medicare paid a provider for a code in a year, in an office (O) or a facility (F). Amounts are averages in dollars."""

    hcpcs: str
    place: str | None = None
    people: float | None = None
    services: float | None = None
    days: float | None = None
    allowed: float | None = None
    charged: float | None = None


class Code(msgspec.Struct, frozen=True, array_like=True):
    """A specialty as the user's own copy of the NUCC list words it. Its words are NUCC's: gillies ships none of them."""

    code: str
    grouping: str | None = None
    classification: str | None = None
    specialization: str | None = None
    display: str | None = None
