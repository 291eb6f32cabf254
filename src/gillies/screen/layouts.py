"""How files of claims are laid out, as data: which columns tell a layout, and which of them fill our own.

A layout gives one SELECT over its source: the file's own columns, then ours with `g_` before the name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from gillies.errors import InputError
from gillies.screen import cells
from gillies.screen.cells import Cell

CANONICAL = {
    "claim_id": "VARCHAR", "line": "VARCHAR", "person": "VARCHAR", "code": "VARCHAR", "modifiers": "VARCHAR[]", "diagnoses": "VARCHAR[]",
    "operations": "VARCHAR[]", "icd9": "BOOLEAN", "place": "VARCHAR", "revenue": "VARCHAR", "day": "DATE", "age": "DOUBLE", "sex": "VARCHAR",
    "specialty": "VARCHAR", "npi": "VARCHAR", "payer": "VARCHAR", "state": "VARCHAR", "charge": "DOUBLE", "paid": "DOUBLE",
}  # fmt: skip
"""Our columns of a claim line, in order, with their types."""

LISTS = ("modifiers", "diagnoses", "operations")
HELPERS = ("birth", "diagnosis_system", "operation_system")
"""What a layout may fill besides: the birth date that the age is counted from, and the columns that name a code's system."""

Fills = Mapping[str, str | tuple[str, ...]]
"""Our column -> the file's column; or several: the items of a list, else the first that is filled."""


class Companion(msgspec.Struct, frozen=True):
    """A second file that tells more about a line: found by its columns, joined where `own` of the lines equals `key` of it."""

    title: str
    needs: tuple[str, ...]
    own: str
    key: str
    fills: dict[str, str]

    def not_given(self, gives: Sequence[str]) -> str:
        """What to say where no such file was given: what stays unknown (`gives`: our columns that it would fill)."""
        told = ", ".join("age" if ours == "birth" else ours for ours in gives)
        return f"No file of {self.title} was given (columns {', '.join(self.needs)}): {told} stay unknown."


class Layout(msgspec.Struct, frozen=True):
    """One layout. `{n}` in a column stands for 1 to `side_by_side`: lines that lie side by side in one row."""

    id: str
    title: str
    needs: tuple[str, ...]
    fills: Fills
    notes: tuple[str, ...] = ()
    icd9: bool = False
    side_by_side: int = 0
    code_like_only: bool = False
    lines_are: tuple[str, str] = ("", "")
    companions: tuple[Companion, ...] = ()
    formats: dict[str, str] = {}
    others_ignored: bool = False
    payer: str = ""


def _numbered(column: str, upto: int) -> tuple[str, ...]:
    return tuple(f"{column}{number}" for number in range(1, upto + 1))


TUVA = Layout(
    id="tuva",
    title="Tuva input layer, medical claim",
    needs=("claim_id", "claim_line_number", "person_id", "hcpcs_code", "diagnosis_code_1"),
    fills={
        "claim_id": "claim_id", "line": "claim_line_number", "person": "person_id", "code": "hcpcs_code",
        "modifiers": _numbered("hcpcs_modifier_", 5), "diagnoses": _numbered("diagnosis_code_", 25), "operations": _numbered("procedure_code_", 25),
        "diagnosis_system": "diagnosis_code_type", "operation_system": "procedure_code_type",
        "place": "place_of_service_code", "revenue": "revenue_center_code", "day": ("claim_line_start_date", "claim_start_date"),
        "npi": "rendering_npi", "payer": "payer", "charge": "charge_amount", "paid": "paid_amount",
    },
    companions=(
        Companion("eligibility", ("person_id", "birth_date"), "person_id", "person_id", {"birth": "birth_date", "sex": "sex|gender", "state": "state"}),
        Companion("providers", ("npi", "taxonomy"), "rendering_npi", "npi", {"specialty": "taxonomy"}),
    ),
)  # fmt: skip

SYNTHEA = Layout(
    id="synthea",
    title="Synthea CSV folder",
    needs=("ID", "CLAIMID", "CHARGEID", "PATIENTID", "TYPE", "PROCEDURECODE"),
    fills={
        "claim_id": "CLAIMID", "line": "CHARGEID", "person": "PATIENTID", "code": "PROCEDURECODE", "modifiers": ("MODIFIER1", "MODIFIER2"),
        "day": "FROMDATE", "charge": "AMOUNT",
    },
    notes=("Synthea writes its diagnoses in SNOMED CT: they are no ICD-10 codes, so nothing is read from them.",),
    code_like_only=True,
    lines_are=("TYPE", "CHARGE"),
    companions=(
        Companion("patients", ("Id", "BIRTHDATE", "GENDER"), "PATIENTID", "Id", {"birth": "BIRTHDATE", "sex": "GENDER"}),
        Companion("providers", ("Id", "ORGANIZATION", "SPECIALITY"), "PROVIDERID", "Id", {"npi": "NPI", "state": "STATE"}),
        Companion("claims", ("Id", "PATIENTID", "PRIMARYPATIENTINSURANCEID"), "CLAIMID", "Id", {"payer": "PRIMARYPATIENTINSURANCEID"}),
    ),
    others_ignored=True,
)  # fmt: skip

SYNPUF = Layout(
    id="synpuf-carrier",
    title="CMS DE-SynPUF carrier claims",
    needs=("DESYNPUF_ID", "CLM_ID", "CLM_FROM_DT", "ICD9_DGNS_CD_1", "HCPCS_CD_1"),
    fills={
        "claim_id": "CLM_ID", "person": "DESYNPUF_ID", "code": "HCPCS_CD_{n}", "day": "CLM_FROM_DT", "npi": "PRF_PHYSN_NPI_{n}",
        "charge": "LINE_ALOWD_CHRG_AMT_{n}", "paid": "LINE_NCH_PMT_AMT_{n}",
    },
    notes=(
        "The diagnoses of this file are ICD-9 codes (2008-2010). Rules for ICD-10 cannot read them, so every finding that only a diagnosis can show "
        "stays unknown: this data tests procedures, age and sex, not diagnoses.",
        "The charge of a line is the amount Medicare allowed; the file has no other.",
    ),
    icd9=True,
    side_by_side=13,
    companions=(
        Companion(
            "beneficiary summary", ("DESYNPUF_ID", "BENE_BIRTH_DT", "BENE_SEX_IDENT_CD"), "DESYNPUF_ID", "DESYNPUF_ID",
            {"birth": "BENE_BIRTH_DT", "sex": "BENE_SEX_IDENT_CD", "state": "SP_STATE_CODE"},
        ),
    ),
    formats={"day": "%Y%m%d", "birth": "%Y%m%d"},
    payer="Original Medicare",
)  # fmt: skip

PLAIN = Layout(
    id="plain",
    title="plain columns under our own names",
    needs=("claim_id", "code"),
    fills={ours: ours for ours in (*CANONICAL, "birth")},
)

LAYOUTS = (SYNPUF, SYNTHEA, TUVA, PLAIN)

EXAMPLE = """claim_id: CLAIM_NO
line: LINE_NO
person: MEMBER
code: CPT
modifiers: [MOD1, MOD2]
diagnoses: [DX1, DX2, DX3]    # or one column that holds them all, split by , ; | or blanks
day: SERVICE_DATE
birth: DOB                    # or  age: AGE
sex: SEX
formats: {day: "%d.%m.%Y"}    # only where days are not 2026-11-21, 20261121 or 11/21/2026
"""


def bare(column: str) -> str:
    """A column's name without case, blanks and punctuation."""
    return re.sub(r"[^a-z0-9]", "", column.lower())


def found(column: str, columns: Sequence[str]) -> str | None:
    """The file's own spelling of a column; `a|b` is either."""
    own = {bare(name): name for name in reversed(columns)}
    return next((own[bare(name)] for name in column.split("|") if bare(name) in own), None)


def lacking(needs: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The needed columns that are not there."""
    return tuple(column for column in needs if found(column, columns) is None)


def recognise(columns: Sequence[str]) -> Layout | None:
    """The layout whose needed columns are all there."""
    return next((layout for layout in LAYOUTS if not lacking(layout.needs, columns)), None)


def unknown(file: str, columns: Sequence[str]) -> InputError:
    """What to say when no layout fits: the nearest one and what it lacks, else the way out by a mapping file."""
    near = max(LAYOUTS[:-1], key=lambda layout: 1 - len(lacking(layout.needs, columns)) / len(layout.needs))
    missing = lacking(near.needs, columns)
    if len(missing) * 2 < len(near.needs):
        return InputError(f"{file} looks like the {near.title}, but has no column {', '.join(missing)}: add it, or say with --mapping which column it is.")
    known = "; ".join(layout.title for layout in LAYOUTS)
    seen = ", ".join(columns[:8]) + (", …" if len(columns) > 8 else "")
    return InputError(
        f"{file} has a layout that is not known here (its columns: {seen}; known: {known}): "
        f"say with --mapping FILE which column is which, in YAML such as\n\n{EXAMPLE}"
    )


def mapped(mapping: Path, raw: Any, columns: Sequence[str], file: str) -> Layout:
    """The layout that a mapping file describes. Every column it names must be there; the claim's number and the code must be mapped."""
    if not isinstance(raw, dict):
        raise InputError(f"{mapping} holds no mapping: write one line for each of our columns, such as\n\n{EXAMPLE}")
    names = {str(key): value for key, value in raw.items()}
    formats, icd9 = names.pop("formats", {}), names.pop("icd9", "false")
    odd = [name for name in names if name not in CANONICAL and name not in HELPERS]
    if odd:
        raise InputError(f"{mapping} names {', '.join(odd)}, which is no column of ours: use {', '.join((*CANONICAL, *HELPERS))}.")
    if not isinstance(formats, dict) or set(formats) - {"day", "birth"} or not all(isinstance(form, str) for form in formats.values()):
        raise InputError(f'{mapping}: formats says how day and birth are written, such as formats: {{day: "%d.%m.%Y"}}.')
    missing = [name for name in ("claim_id", "code") if name not in names]
    if missing:
        raise InputError(f"{mapping} does not say which column is {' and '.join(missing)}: a filled mapping looks like\n\n{EXAMPLE}")
    if icd9 not in ("true", "false"):
        raise InputError(f"{mapping}: icd9 is true (the diagnoses are ICD-9) or false; to name the column that tells, use diagnosis_system.")
    fills = {ours: tuple(map(str, value)) if isinstance(value, list) else str(value) for ours, value in names.items()}
    asked = [column for value in fills.values() for column in ((value,) if isinstance(value, str) else value)]
    if absent := lacking(asked, columns):
        raise InputError(f"{file} has no column {', '.join(absent)}, which {mapping} names: its columns are {', '.join(columns)}.")
    return Layout("mapping", f"plain columns by {mapping.name}", tuple(asked), fills, icd9=icd9 == "true", formats={str(k): v for k, v in formats.items()})


class Lines(msgspec.Struct, frozen=True):
    """A layout met with a file's columns: our columns as SQL, and what is to be checked (what it is, the SQL that is true of a bad row)."""

    values: dict[str, str]
    checks: tuple[tuple[str, str], ...]


Reading = Callable[[Cell], str]
"""How a cell becomes a value."""


class Filling:
    """Fills our columns from a file's, and gathers what is to be checked on the way."""

    def __init__(self, layout: Layout, types: Mapping[str, str], joined: Mapping[str, Cell]) -> None:
        self.layout, self.types, self.joined = layout, types, joined
        self.checks: list[tuple[str, str]] = []

    def cells_of(self, ours: str) -> list[Cell]:
        """The file's cells for a column of ours; else what a companion gives."""
        value = self.layout.fills.get(ours, ())
        named = [_cell(self.layout, column, self.types) for column in ((value,) if isinstance(value, str) else value)]
        return [cell for cell in named if cell] + ([self.joined[ours]] if ours in self.joined else [])

    def plain(self, ours: str, reading: Reading) -> str:
        """The first cell that is filled."""
        return cells.first([reading(cell) for cell in self.cells_of(ours)] or ["NULL"])

    def read(self, ours: str, reading: Reading) -> str:
        """The same, where a text may be unreadable: then the row is bad. (A companion's cell is not the row's fault.)"""
        values = [(cell, reading(cell)) for cell in self.cells_of(ours)]
        self.checks.extend((ours, cells.unreadable(cell, value)) for cell, value in values if cell.is_text and ours not in self.joined)
        return cells.first([value for _, value in values] or ["NULL"])


def lines(layout: Layout, types: Mapping[str, str], joined: Mapping[str, Cell], trim_ids: bool = True) -> Lines:
    """Our columns from a file's. `types`: own column -> DuckDB type; `joined`: what companions give, as columns of their own.

    `trim_ids`: numbers of claims, lines and people lose blanks at their ends. They are the columns with the most different values, so it costs most there.
    """
    fill = Filling(layout, types, joined)
    forms = {ours: (layout.formats[ours],) if ours in layout.formats else cells.DAY_FORMATS for ours in ("day", "birth")}
    values = {ours: fill.plain(ours, cells.text if trim_ids else cells.raw) for ours in ("claim_id", "line", "person")}
    values |= {ours: fill.plain(ours, cells.text) for ours in ("npi", "payer")}
    fill.checks.append(("claim_id", f"{fill.plain('claim_id', cells.text)} IS NULL"))
    day, birth = (fill.read(ours, partial(cells.day, formats=forms[ours])) for ours in ("day", "birth"))
    counted = "NULL" if "NULL" in (birth, day) else cells.age(birth, day)
    icd9 = _icd9(layout, fill.plain("diagnosis_system", cells.text))
    values |= {
        "code": _code(layout, fill.plain("code", lambda cell: cells.code(cell, 5)), types),
        "modifiers": cells.codes(fill.cells_of("modifiers")),
        "diagnoses": _unless(icd9, cells.codes(fill.cells_of("diagnoses"))),
        "operations": _operations(cells.codes(fill.cells_of("operations")), fill.plain("operation_system", cells.text)),
        "icd9": icd9,
        "place": fill.plain("place", lambda cell: cells.code(cell, 2)),
        "revenue": fill.plain("revenue", lambda cell: cells.code(cell, 4)),
        "day": day,
        "age": cells.first([given for given in (fill.read("age", cells.number), counted) if given != "NULL"] or ["NULL"]),
        "sex": fill.plain("sex", cells.sex),
        "specialty": fill.plain("specialty", cells.code),
        "state": fill.plain("state", cells.state),
        "charge": fill.read("charge", cells.number),
        "paid": fill.read("paid", cells.number),
    }
    if layout.side_by_side:
        values["line"] = "CAST(g_n AS VARCHAR)"
    if layout.payer:
        values["payer"] = f"'{layout.payer}'"
    return Lines({ours: f"CAST({values[ours]} AS {kind})" for ours, kind in CANONICAL.items()}, tuple(fill.checks))


def _cell(layout: Layout, column: str, types: Mapping[str, str]) -> Cell | None:
    """A column's cell; for lines side by side the one of the row's g_n-th line."""
    numbers = range(1, layout.side_by_side + 1) if "{n}" in column else range(1)
    own = [found(column.format(n=number), list(types)) for number in numbers]
    if not any(own):
        return None
    quoted = ['"' + name.replace('"', '""') + '"' if name else "NULL" for name in own]
    kind = next(types[name] for name in own if name)
    return Cell(f"[{', '.join(quoted)}][g_n]" if "{n}" in column else quoted[0], kind)


def _code(layout: Layout, sql: str, types: Mapping[str, str]) -> str:
    column, value = layout.lines_are
    if layout.code_like_only:
        sql = f"CASE WHEN regexp_matches({sql}, '{cells.CODE_LIKE}') THEN {sql} END"
    own = found(column, list(types)) if column else None
    return f"CASE WHEN upper(trim(\"{own}\")) = '{value}' THEN {sql} END" if own else sql


def _icd9(layout: Layout, system: str) -> str:
    if layout.icd9 or system == "NULL":
        return "true" if layout.icd9 else "false"
    return f"coalesce(contains({system}, '9'), false)"


def _unless(icd9: str, sql: str) -> str:
    empty = "CAST([] AS VARCHAR[])"
    return {"true": empty, "false": sql}.get(icd9, f"CASE WHEN {icd9} THEN {empty} ELSE {sql} END")


def _operations(sql: str, system: str) -> str:
    """Only codes of ICD-10-PCS: seven characters, and not where the file says that they are ICD-9."""
    if sql.startswith("CAST([]"):
        return sql
    return _unless("false" if system == "NULL" else f"coalesce(contains({system}, '9'), false)", f"list_filter({sql}, lambda x: length(x) = 7)")
