"""How one cell becomes a value, as DuckDB SQL. Each function takes the SQL of a cell and its type, and gives SQL.

Everything of CSV is text; columns of Parquet that have the right type already pass as they are and cost nothing.
"""

from collections.abc import Sequence

import msgspec

ISO = "%Y-%m-%d"
DAY_FORMATS = tuple("%Y-%m-%d|%Y-%m-%dT%H:%M:%SZ|%Y-%m-%d %H:%M:%S|%Y-%m-%dT%H:%M:%S|%Y-%m-%d %H:%M:%S.%f|%Y-%m-%dT%H:%M:%S.%fZ|%Y%m%d|%m/%d/%Y".split("|"))
"""How days may be written where nothing else is said. Day before month is never guessed: a mapping file says so."""

CODE_LIKE = "^([0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})$"
"""What a CPT or HCPCS code looks like; SNOMED numbers are longer, vaccine numbers shorter."""


class Cell(msgspec.Struct, frozen=True):
    """A column's SQL and its DuckDB type."""

    sql: str
    type: str

    @property
    def is_text(self) -> bool:
        """Whether it has to be read from text."""
        return self.type == "VARCHAR"

    @property
    def is_list(self) -> bool:
        """Whether one cell holds several texts."""
        return self.type.endswith("[]")


def raw(cell: Cell) -> str:
    """As it is, as text."""
    return cell.sql if cell.is_text else f"CAST({cell.sql} AS VARCHAR)"


def text(cell: Cell) -> str:
    """Without blanks at the ends; an empty cell is NULL."""
    return f"nullif(trim({raw(cell)}), '')"


def code(cell: Cell, width: int = 0) -> str:
    """A code number: upper case, no dots; a number that lost its leading zeros gets them back (`width`)."""
    sql = f"nullif(upper(replace(trim({raw(cell)}), '.', '')), '')"
    if width and not (cell.is_text and width > 4):
        sql = f"CASE WHEN length({sql}) < {width} THEN lpad({sql}, {width}, '0') ELSE {sql} END"
    return sql


def first(cells: Sequence[str]) -> str:
    """The first that is filled."""
    return cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"


def codes(cells: Sequence[Cell]) -> str:
    """A list of codes, empty ones dropped, in the order of the columns. One text column may hold several, split by , ; | ^ or blanks."""
    if not cells:
        return "CAST([] AS VARCHAR[])"
    if len(cells) == 1 and (cells[0].is_list or cells[0].is_text):
        parts = cells[0].sql if cells[0].is_list else f"string_split_regex({cells[0].sql}, '[,;|^\\s]+')"
        cleaned = f"list_transform({parts}, lambda x: nullif(upper(replace(trim(CAST(x AS VARCHAR)), '.', '')), ''))"
        return f"coalesce(list_filter({cleaned}, lambda x: x IS NOT NULL), CAST([] AS VARCHAR[]))"
    return f"list_filter([{', '.join(code(cell) for cell in cells)}], lambda x: x IS NOT NULL)"


def day(cell: Cell, formats: Sequence[str] = DAY_FORMATS) -> str:
    """A DATE; NULL when empty or no day."""
    if cell.type == "DATE":
        return cell.sql
    if cell.type.startswith("TIMESTAMP"):
        return f"CAST({cell.sql} AS DATE)"
    written = ", ".join("'" + form.replace("'", "''") + "'" for form in formats)
    read = f"CAST(try_strptime({text(cell)}, [{written}]) AS DATE)"
    if ISO in formats:  # most days are written so, and a cast is many times faster than trying forms
        read = f"CASE WHEN regexp_full_match({raw(cell)}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN TRY_CAST({raw(cell)} AS DATE) ELSE {read} END"
    return f"CASE WHEN regexp_matches({text(cell)}, '^[A-Za-z]+$') THEN NULL ELSE {read} END"  # DuckDB takes `infinity` and `epoch` for days


def number(cell: Cell) -> str:
    """A DOUBLE, with $ and thousands separators allowed; NULL when empty, no number or not finite."""
    if cell.is_text:
        shape = r"^[+-]?[$]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?([.][0-9]*)?([eE][+-]?[0-9]+)?$"
        return f"CASE WHEN regexp_matches({text(cell)}, '{shape}') THEN TRY_CAST(translate({text(cell)}, '$,', '') AS DOUBLE) END"
    as_double = f"CAST({cell.sql} AS DOUBLE)"
    return f"CASE WHEN isfinite({as_double}) THEN {as_double} END" if cell.type in ("DOUBLE", "FLOAT") else as_double


def unreadable(cell: Cell, read: str) -> str:
    """Whether a cell is filled and yet gives no value. Only text can be."""
    return f"({text(cell)} IS NOT NULL AND {read} IS NULL)"


def age(birth: str, on: str) -> str:
    """Completed years on a day, as gillies.dates.age_years counts them: plain arithmetic, which every engine does alike. Before birth: unknown."""
    years = f"year({on}) - year({birth}) - CASE WHEN month({on}) * 100 + day({on}) < month({birth}) * 100 + day({birth}) THEN 1 ELSE 0 END"
    return f"CASE WHEN {birth} <= {on} THEN CAST({years} AS DOUBLE) END"


def sex(cell: Cell) -> str:
    """`female` or `male`: words, letters, or CMS's 2 and 1; anything else is unknown."""
    words = {"f": "female", "female": "female", "2": "female", "m": "male", "male": "male", "1": "male"}
    return f"CASE lower({text(cell)}) {' '.join(_when(word, means) for word, means in words.items())} END"


def _when(word: str, means: str) -> str:
    return f"WHEN '{word}' THEN '{means}'"


SSA_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VI "
    "VA WA WV WI WY"
).split()
"""The Social Security Administration's states, by number from 1 on, which CMS files of people use."""


def state(cell: Cell) -> str:
    """Two letters; the state numbers of CMS are turned into them, anything else is unknown."""
    bare = f"upper({text(cell)})"
    numbered = f"[{', '.join(repr(letters) for letters in SSA_STATES)}][TRY_CAST({bare} AS INT)]"
    return f"CASE WHEN regexp_matches({bare}, '^[A-Z]{{2}}$') THEN {bare} WHEN regexp_matches({bare}, '^[0-9]{{1,2}}$') THEN {numbered} END"
