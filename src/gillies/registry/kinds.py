"""The official files, as data: how each is called, and which of its columns fill ours. Columns go by name, in any order and spelling that was ever used."""

import re
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from gillies.errors import InputError
from gillies.registry.archive import Member
from gillies.screen.layouts import found

FIRST_NPI = "20050523"
"""The day from which a full NPPES file counts; a weekly one counts from a day of its own."""

MOST_NAMED = 4
"""Missing columns that are named; with more, it is another file anyway."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of file. `id`: also its shelf life's; `name`: how the file is called (a pattern); `columns`: ours -> the official ones (`a|b`: either);
    `needed`: what it cannot be read without; `days`, `numbers`: which of ours are days (and how they are written) or numbers; `key`: the column
    that names the provider."""

    id: str
    title: str
    name: str
    columns: dict[str, str]
    needed: tuple[str, ...]
    days: dict[str, str] = {}
    numbers: tuple[str, ...] = ()
    key: str = "npi"


PLACE, NAMES = "Provider Business Practice Location Address", "Provider Other"

SLOTS = {
    f"{ours}_{slot}": f"{official}_{slot}"
    for slot in range(1, 16)
    for ours, official in (
        ("code", "Healthcare Provider Taxonomy Code"),
        ("license", "Provider License Number"),
        ("license_state", "Provider License Number State Code"),
        ("primary", "Healthcare Provider Primary Taxonomy Switch"),
    )
}

PROVIDER = {
    "npi": "NPI", "entity": "Entity Type Code", "organization": "Provider Organization Name (Legal Business Name)",
    "last": "Provider Last Name (Legal Name)", "first": "Provider First Name", "middle": "Provider Middle Name",
    "prefix": "Provider Name Prefix Text", "suffix": "Provider Name Suffix Text", "credential": "Provider Credential Text",
    "other_organization": "Provider Other Organization Name", "other_organization_kind": "Provider Other Organization Name Type Code",
    "other_last": "Provider Other Last Name", "other_first": "Provider Other First Name", "other_middle": "Provider Other Middle Name",
    "other_kind": "Provider Other Last Name Type Code",
    "address": "Provider First Line Business Practice Location Address", "address2": "Provider Second Line Business Practice Location Address",
    "city": f"{PLACE} City Name", "state": f"{PLACE} State Name", "zip": f"{PLACE} Postal Code",
    "country": f"{PLACE} Country Code (If outside U.S.)", "phone": f"{PLACE} Telephone Number",
    "enumerated": "Provider Enumeration Date", "updated": "Last Update Date", "certified": "Certification Date",
    "deactivated": "NPI Deactivation Date", "reason": "NPI Deactivation Reason Code", "reactivated": "NPI Reactivation Date",
    "replacement": "Replacement NPI", "sex": "Provider Sex Code|Provider Gender Code", "sole": "Is Sole Proprietor",
    "subpart": "Is Organization Subpart", "parent": "Parent Organization LBN",
}  # fmt: skip

NPPES = Kind(
    id="nppes",
    title="NPPES, the list of all NPIs",
    name=r"npidata_pfile_(?P<start>\d{8})-(?P<end>\d{8})\.csv",
    columns=PROVIDER | SLOTS,
    needed=("npi", "entity", "organization", "last", "first", "city", "state", "zip", "deactivated", "reactivated", "updated", "code_1", "primary_1"),
    days=dict.fromkeys(("enumerated", "updated", "certified", "deactivated", "reactivated"), "%m/%d/%Y"),
)
OTHER_NAME = Kind(
    id="nppes-othername",
    title="NPPES, other names of organisations",
    name=r"othername_pfile_(?P<start>\d{8})-(?P<end>\d{8})\.csv",
    columns={"npi": "NPI", "organization": "Provider Other Organization Name", "kind": "Provider Other Organization Name Type Code"},
    needed=("npi", "organization"),
)
SECOND = "Provider Secondary Practice Location Address"
PLACES = Kind(
    id="nppes-pl",
    title="NPPES, further practice places",
    name=r"pl_pfile_(?P<start>\d{8})-(?P<end>\d{8})\.csv",
    columns={
        "npi": "NPI", "address": f"{SECOND}- Address Line 1", "address2": f"{SECOND}-  Address Line 2", "city": f"{SECOND} - City Name",
        "state": f"{SECOND} - State Name", "zip": f"{SECOND} - Postal Code", "country": f"{SECOND} - Country Code (If outside U.S.)",
        "phone": f"{SECOND} - Telephone Number",
    },
    needed=("npi", "city", "state", "zip"),
)  # fmt: skip
DEACTIVATED = Kind(
    id="deactivated",
    title="NPPES, deactivated NPIs",
    name=r"NPPES[ _]Deactivated[ _]NPI[ _]Report[ _](?P<end>\d{8}|\d{6})(_V2)?\.(xlsx|csv)",
    columns={"npi": "NPI", "day": "NPPES Deactivation Date|NPI Deactivation Date|Deactivation Date"},
    needed=("npi", "day"),
    days={"day": "%m/%d/%Y"},
)
LEIE = Kind(
    id="leie",
    title="OIG LEIE, people and firms excluded from federal programmes",
    name=r"(UPDATED|LEIE.*)\.csv",
    columns={
        "last": "LASTNAME", "first": "FIRSTNAME", "middle": "MIDNAME", "business": "BUSNAME", "general": "GENERAL", "specialty": "SPECIALTY", "npi": "NPI",
        "born": "DOB", "address": "ADDRESS", "city": "CITY", "state": "STATE", "zip": "ZIP", "basis": "EXCLTYPE", "day": "EXCLDATE",
        "reinstated": "REINDATE", "waived": "WAIVERDATE", "waiver_state": "WVRSTATE|WAIVERSTATE",
    },
    needed=("last", "first", "business", "npi", "state", "basis", "day"),
    days=dict.fromkeys(("born", "day", "reinstated", "waived"), "%Y%m%d"),
    key="",
)  # fmt: skip
DAC = Kind(
    id="dac",
    title="CMS Doctors and Clinicians, national file",
    name=r"DAC_NationalDownloadableFile.*\.csv",
    columns={
        "npi": "NPI", "last": "Provider Last Name|lst_nm", "first": "Provider First Name|frst_nm", "middle": "Provider Middle Name|mid_nm", "suffix": "suff",
        "credential": "Cred", "school": "Med_sch", "graduated": "Grd_yr", "specialty": "pri_spec", "second_specialties": "sec_spec_all",
        "organization": "Facility Name|org_nm", "group": "org_pac_id", "members": "num_org_mem", "address": "adr_ln_1", "address2": "adr_ln_2",
        "city": "City/Town|cty|citytown", "state": "State|st", "zip": "ZIP Code|zip", "phone": "Telephone Number|phn_numbr",
    },
    needed=("npi", "last", "first", "graduated", "specialty", "state"),
    numbers=("graduated", "members"),
)  # fmt: skip
PUF = Kind(
    id="puf",
    title="CMS Medicare Physician & Other Practitioners, by provider and service",
    name=r"(MUP_PHY_R\d+_P\d+_V\d+_D(?P<year>\d\d)_Prov_Svc|Medicare_Physician_Other_Practitioners_by_Provider_and_Service_(?P<year4>\d{4}))\.csv",
    columns={
        "npi": "Rndrng_NPI", "hcpcs": "HCPCS_Cd", "place": "Place_Of_Srvc", "people": "Tot_Benes", "services": "Tot_Srvcs", "days": "Tot_Bene_Day_Srvcs",
        "allowed": "Avg_Mdcr_Alowd_Amt", "charged": "Avg_Sbmtd_Chrg",
    },
    needed=("npi", "hcpcs", "services", "people"),
    numbers=("people", "services", "days", "allowed", "charged"),
)  # fmt: skip
NUCC = Kind(
    id="nucc",
    title="NUCC provider taxonomy",
    name=r"nucc_taxonomy_(?P<version>\d{2,3})\.csv",
    columns={"code": "Code", "grouping": "Grouping", "classification": "Classification", "specialization": "Specialization", "display": "Display Name"},
    needed=("code", "classification"),
    key="",
)

KINDS = (NPPES, OTHER_NAME, PLACES, DEACTIVATED, LEIE, DAC, PUF, NUCC)


def places(kind: Kind, header: Sequence[str], name: str) -> dict[str, int]:
    """Our columns -> their places in a file's header, those that it has. Raises InputError that names each needed column that is missing."""
    own = {ours: found(official, header) for ours, official in kind.columns.items()}
    missing = [kind.columns[ours].split("|")[0] for ours in kind.needed if own[ours] is None]
    if missing:
        seen = ", ".join(header[:6]) + (", …" if len(header) > 6 else "")
        lacks = ", ".join(missing[:MOST_NAMED]) + (f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else "")
        raise InputError(f"{name} is no file of {kind.title}: it has no column {lacks} (it begins with {seen}). Give the file as it is published.")
    return {ours: header.index(column) for ours, column in own.items() if column is not None}


def is_header_only(name: str) -> bool:
    """Whether a file's name is that of a list of columns, which stands beside the data of NPPES and looks like it."""
    return re.search(r"_fileheader\.csv$", name, re.I) is not None


def pick(kind: Kind, inside: Sequence[Member]) -> Member | None:
    """The one file of a kind in what was given; a bare file is taken by any name. Raises InputError where a ZIP holds two."""
    if len(inside) == 1 and not inside[0].inside and not is_header_only(inside[0].name):
        return inside[0]
    fitting = [member for member in inside if re.fullmatch(kind.name, member.name, re.I)]
    if not fitting and kind.id not in (OTHER_NAME.id, PLACES.id):  # a ZIP of one data file may call it as it likes
        data = [member for member in inside if member.name.lower().endswith((".csv", ".xlsx")) and not is_header_only(member.name)]
        fitting = data if len(data) == 1 else []
    if len(fitting) > 1:
        raise InputError(f"{fitting[0].path} holds {len(fitting)} files of {kind.title}: {', '.join(m.name for m in fitting)}. Give a ZIP with one.")
    return fitting[0] if fitting else None


def is_full(kind: Kind, name: str) -> bool:
    """Whether a file of NPPES holds everything, not only a week's changes. (A file with a name of its own is taken for a full one.)"""
    told = re.fullmatch(kind.name, name, re.I)
    return not told or told["start"] == FIRST_NPI


def begins(kind: Kind, name: str) -> date | None:
    """The first day that a file's name tells: of a week's changes, their Monday."""
    told = re.fullmatch(kind.name, name, re.I)
    return _day(told["start"], "%Y%m%d") if told else None


def released(kind: Kind, *names: str) -> date | None:
    """The day that a file's name tells; else that of the ZIP around it. None where no name tells it."""
    for name in names:
        if told := re.fullmatch(kind.name, name, re.I):
            parts = told.groupdict()
            if parts.get("end"):
                return _day(parts["end"], "%Y%m%d" if len(parts["end"]) == 8 else "%m%d%y")
            if year := parts.get("year4") or (parts.get("year") and f"20{parts['year']}"):
                return date(int(year), 12, 31)  # the last day that its figures count
            if version := parts.get("version"):  # 26.0 is of January 2026, 26.1 of July
                return date(2000 + int(version[:2]), 7 if version[2:] == "1" else 1, 1)
    return None


def _day(digits: str, form: str) -> date | None:
    try:
        return datetime.strptime(digits, form).date()  # a calendar day has no zone
    except ValueError:
        return None
