"""What is packed into the 64 bits of a filed number, and how it is unpacked. The SQL that packs stands beside the code that unpacks."""

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from gillies.registry.search.filed import Numbers

NAMED = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|"
    "GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|"
    "MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|"
    "NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|"
    "SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|"
    "AS American Samoa|GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI Virgin Islands|FM Micronesia|MH Marshall Islands|PW Palau|"
    "AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific"
)
STATE_NAMES = dict(pair.split(" ", 1) for pair in NAMED.split("|"))
STATES = tuple(STATE_NAMES)
"""States, territories, freely associated states, military posts. A state's number is its place here, from 1; 0 is anywhere else."""

NPI, STATE, ZIP, FIRST = 34, 6, 17, 24
"""Bits. An NPI of ten digits fits into 34, a ZIP of five (with 100,000 for none) into 17."""

NO_ZIP = 100_000
_STATE_PLACES = {state: place for place, state in enumerate(STATES, 1)}
_NPI = np.uint64((1 << NPI) - 1)
_ZIP = np.uint64((1 << ZIP) - 1)
_STATE = np.uint64((1 << STATE) - 1)

PERSON = f"(CAST(first_place AS UBIGINT) << {STATE + NPI}) | (CAST(state_place AS UBIGINT) << {NPI}) | CAST(npi AS UBIGINT)"
"""Under a surname: first name (its place among the words `first`), state, NPI."""

FIRM = f"(CAST(npi AS UBIGINT) << {STATE}) | CAST(state_place AS UBIGINT)"
"""Under a word of a firm's name: NPI, state. By NPI, so that those that have two words are quick to find."""

SPECIALTY = f"(CAST(zip AS UBIGINT) << {STATE + NPI}) | (CAST(state_place AS UBIGINT) << {NPI}) | CAST(npi AS UBIGINT)"
"""Under a specialty: ZIP, state, NPI."""

TOWN = f"(CAST(state_place AS UBIGINT) << {NPI}) | CAST(npi AS UBIGINT)"
"""Under a town: state, NPI."""

PLACE = f"""
    (CAST(npi AS UBIGINT) << {2 + STATE + ZIP}) | (CAST(gone AS UBIGINT) << {1 + STATE + ZIP}) | (CAST(firm AS UBIGINT) << {STATE + ZIP})
    | (CAST(state_place AS UBIGINT) << {ZIP}) | CAST(zip AS UBIGINT)"""
"""Of every provider: NPI, whether it is deactivated, whether it is an organisation, state and ZIP of each place of practice."""

ZIP_SQL = f"""
    CASE WHEN state_place > 0 AND length(zip5) = 5 AND TRY_CAST(zip5 AS INTEGER) BETWEEN 0 AND 99999 THEN CAST(zip5 AS INTEGER) ELSE {NO_ZIP} END AS zip"""
"""Postal codes from abroad look like ZIPs: without a state of ours there is none."""


def state_place(state: str) -> int:
    """A state's number; 0 for anywhere else."""
    return _STATE_PLACES.get(state, 0)


def npi_of(numbers: Numbers) -> Numbers:
    """NPIs of persons, specialties and towns."""
    return numbers & _NPI


def state_of(numbers: Numbers) -> Numbers:
    """Their states."""
    return (numbers >> np.uint64(NPI)) & _STATE


def first_of(numbers: Numbers) -> npt.NDArray[np.int64]:
    """First names of persons."""
    return (numbers >> np.uint64(STATE + NPI)).astype(np.int64)


def zip_of(numbers: Numbers) -> Numbers:
    """ZIPs of specialties."""
    return numbers >> np.uint64(STATE + NPI)


def from_zip(code: npt.ArrayLike) -> Numbers:
    """The least number that a specialty can have in a ZIP."""
    return np.asarray(code, np.uint64) << np.uint64(STATE + NPI)


def firm_npi(numbers: Numbers) -> Numbers:
    """NPIs of firms."""
    return numbers >> np.uint64(STATE)


def firm_state(numbers: Numbers) -> Numbers:
    """Their states."""
    return numbers & _STATE


def from_npi(npi: Any) -> Numbers:
    """The least number that a provider's place can have."""
    return np.asarray(npi, np.uint64) << np.uint64(2 + STATE + ZIP)


class Place(msgspec.Struct, frozen=True):
    """Places of practice: whether the provider's number is deactivated, whether it is an organisation; state and ZIP."""

    gone: npt.NDArray[np.bool_]
    firm: npt.NDArray[np.bool_]
    state: Numbers
    zip: Numbers


def place_parts(numbers: Numbers) -> Place:
    """What is packed into places."""
    gone, firm = (((numbers >> np.uint64(bits + STATE + ZIP)) & np.uint64(1)).astype(bool) for bits in (1, 0))
    return Place(gone, firm, (numbers >> np.uint64(ZIP)) & _STATE, numbers & _ZIP)


def as_specialty(npi: Numbers, state: Numbers, code: Numbers) -> Numbers:
    """The number of a provider at a place under a specialty."""
    return (code << np.uint64(STATE + NPI)) | (state << np.uint64(NPI)) | npi
