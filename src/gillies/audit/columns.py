"""How directories call their columns, as data; and our own columns as SQL over theirs.

The SQL is DuckDB's and is turned into Spark's (screen/spark/words.py), so it keeps to what both can do.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gillies.errors import InputError
from gillies.screen import cells
from gillies.screen.cells import Cell
from gillies.screen.engine import name, text
from gillies.screen.layouts import found, lacking

CALLED = {
    "npi": "npi|npi number|npi no|provider npi|individual npi|practitioner npi|clinician npi|rendering npi|national provider identifier|npi id|type 1 npi",
    "name": "name|provider name|full name|practitioner name|doctor|doctor name|physician|physician name|clinician|clinician name|display name|provider",
    "last": "last name|last|surname|family name|provider last name|provider last name legal name|lname|lst nm|name last",
    "first": "first name|first|given name|provider first name|fname|frst nm|name first",
    "middle": "middle name|middle|middle initial|mi|provider middle name|mid nm|name middle",
    "suffix": "suffix|name suffix|suff|generation",
    "organization": "organization|organization name|organisation|organisation name|business name|legal business name|facility|facility name",
    "credential": "credential|credentials|degree|degrees|cred|licence type|license type|provider credential text",
    "kind": "entity type|entity type code|entity|entity kind|npi type|provider type",
    "specialty": "specialty|specialties|speciality|primary specialty|specialty 1|specialty description|advertised specialty|pri spec|taxonomy description",
    "title": "title|titles|advertised title|advertised titles|advertised as|headline|tagline",
    "procedures": "procedures|procedure|services|service|treatments|cpt|cpt code|cpt codes|hcpcs|hcpcs code",
    "address": "address|address 1|address line 1|street|street address|practice address|adr ln 1|line 1",
    "city": "city|town|city town|practice city",
    "state": "state|state code|practice state|st|state name|province",
    "zip": "zip|zip code|zip5|postal code|practice zip|zipcode|postcode",
}  # fmt: skip
"""Our column -> how directories call it, without case, blanks and punctuation. The first that is there counts."""

MORE = {
    "specialty": "secondary specialty|second specialty|specialty 2|specialty 3|specialty 4|specialty 5|subspecialty|sub specialty|sec spec all|other specialty",
    "title": "title 2|title 3",
    "procedures": "procedure 1|procedure 2|procedure 3|procedure 4|procedure 5|service 1|service 2|service 3",
}
"""Columns that hold more of the same: all that are there are read together."""

SAY = {
    "npi": "the NPI", "name": "the name", "last": "the surname", "first": "the first name", "middle": "the middle name", "suffix": "the suffix",
    "organization": "the organization", "credential": "the letters behind the name", "kind": "person or organization", "specialty": "the specialty",
    "title": "the title", "procedures": "the procedures", "address": "the street", "city": "the town", "state": "the state", "zip": "the ZIP code",
}  # fmt: skip

EXAMPLE = """npi: PROV_NO
last: FAMILY_NAME                    # or  name: DISPLAY_NAME
first: GIVEN_NAME
organization: CLINIC                 # only where the row is about the clinic itself
specialty: [SPEC_1, SPEC_2]          # one column, or several
title: HEADLINE                      # such as "board certified cosmetic surgeon"
procedures: SERVICES                 # our ids or names, or CPT codes, parted by ;
state: ST
zip: POSTAL
"""

NAMES = ("name", "last", "organization")
PEOPLE, FIRMS = ("1", "individual", "person", "i", "practitioner", "type 1"), ("2", "organization", "organisation", "group", "facility", "o", "type 2")
NO_ROW = "it has neither an NPI nor a name"


class Columns(msgspec.Struct, frozen=True):
    """Our columns -> the file's columns that fill them."""

    fills: dict[str, tuple[str, ...]]
    how: str


def recognise(columns: Sequence[str], file: str) -> Columns:
    """The file's columns by their names. Raises InputError where none could be an NPI or a name."""
    own: dict[str, tuple[str, ...]] = {}
    for ours, names in CALLED.items():
        first = found(names, columns)
        more = [column for each in MORE.get(ours, "").split("|") if each and (column := found(each, columns))]
        if held := tuple(dict.fromkeys(([first] if first else []) + more)):
            own[ours] = held
    if "npi" not in own and not any(each in own for each in NAMES):
        seen = ", ".join(columns[:8]) + (", …" if len(columns) > 8 else "")
        raise InputError(
            f"{file} has no column that could be an NPI or a name (its columns: {seen}): say with --mapping FILE which is which, in YAML such as\n\n{EXAMPLE}"
        )
    return Columns(own, "columns by their names")


def mapped(mapping: Path, raw: Any, columns: Sequence[str], file: str) -> Columns:
    """The columns that a mapping file names. Raises InputError."""
    if not isinstance(raw, dict):
        raise InputError(f"{mapping} holds no mapping: write one line for each of our columns, such as\n\n{EXAMPLE}")
    odd = [str(ours) for ours in raw if ours not in CALLED]
    if odd:
        raise InputError(f"{mapping} names {', '.join(odd)}, which is no column of ours: use {', '.join(CALLED)}.")
    own = {str(ours): tuple(map(str, given)) if isinstance(given, list) else (str(given),) for ours, given in raw.items()}
    if absent := lacking([column for given in own.values() for column in given], columns):
        raise InputError(f"{file} has no column {', '.join(absent)}, which {mapping} names: its columns are {', '.join(columns)}.")
    if "npi" not in own and not any(each in own for each in NAMES):
        raise InputError(f"{mapping} says neither which column is the NPI nor which is the name: a filled mapping looks like\n\n{EXAMPLE}")
    return Columns({ours: tuple(str(found(column, columns)) for column in given) for ours, given in own.items()}, f"columns by {mapping.name}")


def told(columns: Columns, given: Sequence[str]) -> str:
    """What was read from where, for people."""
    read = "; ".join(f"{SAY[ours]} from {', '.join(held)}" for ours, held in columns.fills.items())
    used = {column for held in columns.fills.values() for column in held}
    rest = [column for column in given if column not in used]
    left = ", ".join(rest[:8]) + (f" and {len(rest) - 8} more" if len(rest) > 8 else "")
    return f"Read: {read}." + (f" Not looked at: {left}." if rest else "")


def values(columns: Columns, types: Mapping[str, str]) -> dict[str, str]:
    """Our columns as SQL over the file's, each a text; NULL where the file has none."""
    own = {ours: [Cell(name(column), types[column]) for column in held if column in types] for ours, held in columns.fills.items()}
    made = {ours: _joined(own.get(ours, [])) if ours in MORE else _first(own.get(ours, [])) for ours in CALLED}
    # A number may come with blanks, dashes or the .0 of a spreadsheet.
    made["npi"] = f"nullif(regexp_replace(regexp_replace({made['npi']}, '[.]0+$', ''), '[^0-9A-Za-z]+', '', 'g'), '')"
    made["state"] = f"upper({made['state']})"
    kind = f"lower({made['kind']})"
    made["kind"] = f"CASE WHEN {kind} IN ({_texts(PEOPLE)}) THEN '1' WHEN {kind} IN ({_texts(FIRMS)}) THEN '2' END"
    made["zip"] = f"CASE WHEN length({made['zip']}) = 4 THEN '0' || {made['zip']} ELSE substr({made['zip']}, 1, 5) END"  # a spreadsheet drops the nought
    person = f"nullif(concat_ws(' ', {made['first']}, {made['middle']}, {made['last']}, {made['suffix']}), '')"
    return {ours: f"CAST({sql} AS VARCHAR)" for ours, sql in made.items()} | {"whole": f"coalesce({made['name']}, {person}, {made['organization']})"}


def no_row(made: Mapping[str, str]) -> str:
    """What is true of a row that cannot be looked at."""
    return f"{made['npi']} IS NULL AND {made['whole']} IS NULL"


def _first(held: Sequence[Cell]) -> str:
    return cells.first([cells.text(cell) for cell in held] or ["CAST(NULL AS VARCHAR)"])


def _joined(held: Sequence[Cell]) -> str:
    texts = [f"array_to_string({cell.sql}, '; ')" if cell.is_list else cells.text(cell) for cell in held]
    return f"nullif(concat_ws('; ', {', '.join(texts)}), '')" if texts else "CAST(NULL AS VARCHAR)"


def _texts(values: Sequence[str]) -> str:
    return ", ".join(map(text, values))
