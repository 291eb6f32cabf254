"""Cells -> values, a column at a time, with Arrow's kernels: written once, used for every official file.

Whatever is rare (an accent, a quote inside a cell, a day that is none) is looked for in the bytes of a whole column first: most columns have none, and
nothing is done to them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

NO_DAY = "00000000"
"""Zeros stand for no day in the LEIE."""

TEXT = pa.string()

APART = "\x01"
"""Stands for the quotes to be taken off again around a number, and for a sign that leaves no gap. No cell that reaches it holds one."""


@cache
def constant(value: str | int | None, kind: pa.DataType = TEXT) -> pa.Scalar:
    """A value as the kernels take it. Left to themselves, they look what kind it is, each time anew, and for a package that it might be of."""
    return pa.scalar(value, kind)


def key(sql: str) -> str:
    """A name as it is compared, as SQL: capitals without accents, apostrophes gone, any other sign a blank."""
    return f"nullif(trim(regexp_replace(replace(replace(upper(strip_accents({sql})), '''', ''), '’', ''), '[^A-Z0-9]+', ' ', 'g')), '')"


_KEY_BYTES = bytes(ord(chr(byte).upper()) if byte < 128 and chr(byte).isalnum() else ord(APART) if chr(byte) == "'" else ord(" ") for byte in range(256))


def keys(column: pa.Array) -> pa.Array:
    """The same for a column of texts. Letters and digits keep their length, so that a whole column is translated in one go."""
    data = _bytes(column)
    if not data.isascii():
        odd = pc.fill_null(pc.invert(pc.string_is_ascii(column)), False)
        column = pc.replace_with_mask(column, odd, _plain_letters(column.filter(odd)))
        data = _bytes(column)
    data = data.translate(_KEY_BYTES)
    found = pa.StringArray.from_buffers(len(column), column.buffers()[1], pa.py_buffer(data), column.buffers()[0], column.null_count, column.offset)
    if APART.encode() in data:
        found = pc.replace_substring(found, APART, "")
    if b"  " in data or APART.encode() in data:
        found = pc.replace_substring_regex(found, " +", " ")
    return _filled(pc.ascii_trim(found, " "))


def _plain_letters(column: pa.Array) -> pa.Array:
    marks = pc.replace_substring_regex(pc.utf8_normalize(column, "NFD"), r"\p{M}", "")
    return pc.replace_substring(pc.utf8_upper(marks), "’", "")


def whole(table: pa.Table, columns: Iterable[str]) -> dict[str, pa.Array]:
    """Columns of texts by name, each in one piece; one that its file does not have holds nothing."""
    none, held = pa.nulls(table.num_rows, TEXT), dict(zip(table.column_names, table.columns, strict=True))
    return {column: held[column].combine_chunks() if column in held else none for column in columns}


def cells(column: pa.Array) -> pa.Array:
    """Texts without blanks at their ends; one of blanks only is none."""
    return column if column.null_count == len(column) else _filled(pc.ascii_trim_whitespace(column))


def _filled(column: pa.Array) -> pa.Array:
    """NULL for empty texts."""
    return pc.if_else(pc.equal(column, constant("")), constant(None), column) if pc.min(pc.binary_length(column)).as_py() == 0 else column


def capitals(column: pa.Array) -> pa.Array:
    """Texts in capitals."""
    return pc.utf8_upper(column)


def days(column: pa.Array, form: str) -> pa.Array:
    """Days, NULL where a cell holds none. The same days come again and again: each is read once."""
    packed = pc.dictionary_encode(column)
    return pa.array([_day(cell, form) for cell in packed.dictionary.to_pylist()], pa.date32()).take(packed.indices)


@lru_cache(maxsize=100_000)
def _day(cell: str, form: str) -> date | None:
    try:
        return datetime.strptime(cell, form).date()  # a calendar day has no zone
    except ValueError:
        return None


def unread_days(column: pa.Array, read: pa.Array) -> int:
    """How many cells hold something that is no day, where `read` is what was read."""
    if column.null_count == read.null_count:
        return 0
    odd = column.filter(pc.and_(pc.is_valid(column), pc.is_null(read)))
    return len(odd) - (pc.sum(pc.equal(odd, constant(NO_DAY))).as_py() or 0)


def numbers(column: pa.Array) -> pa.Array:
    """Numbers; NULL where there is none, such as the * of a count that is withheld."""
    plain = pc.replace_substring(column, ",", "") if b"," in _bytes(column) else column
    try:
        read = plain.cast(pa.float64())
    except pa.ArrowInvalid:
        is_number = pc.match_substring_regex(plain, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
        read = pc.if_else(is_number, plain, constant(None)).cast(pa.float64())
    return pc.if_else(pc.is_finite(read), read, constant(None, pa.float64()))


def npis(column: pa.Array) -> pa.Array:
    """NPIs as whole numbers, NULL for what is not ten digits."""
    ten = pc.and_(pc.equal(pc.binary_length(column), constant(10, pa.int32())), pc.ascii_is_decimal(column))
    return (column if column.null_count == 0 and pc.all(ten).as_py() else pc.if_else(ten, column, constant(None))).cast(pa.int64())


def fits(numbers: pa.Array) -> pa.Array:
    """Whether numbers of ten digits end with their check digit (npi.is_npi): looked up in parts, three digits and three and four."""
    seven, four, ten = constant(10_000_000, pa.int64()), constant(10_000, pa.int64()), constant(10, pa.int8())
    head = pc.divide(numbers, seven)
    rest = pc.subtract(numbers, pc.multiply(head, seven))
    middle = pc.divide(rest, four)
    tail = pc.subtract(rest, pc.multiply(middle, four))
    first, second, third = _digit_sums()
    return pc.equal(pc.modulo(pc.add(pc.add(first.take(head), second.take(middle)), third.take(tail)), ten), constant(0, pa.int8()))


@cache
def _digit_sums() -> tuple[pa.Array, pa.Array, pa.Array]:
    """What the first three digits add to the sum that must end with 0, the next three, and the last four. A digit in an even place (from 0) is doubled."""
    doubled = [sum(divmod(2 * digit, 10)) for digit in range(10)]

    def sums(places: range, start: int) -> pa.Array:
        columns = [doubled if place % 2 == 0 else list(range(10)) for place in places]
        return pa.array([start + sum(digits) for digits in product(*columns)], pa.int8())

    return sums(range(3), 24), sums(range(3, 6), 0), sums(range(6, 10), 0)


def zip5(column: pa.Array) -> pa.Array:
    """The first five digits of a ZIP; a code from abroad stays as far as it fits."""
    return pc.utf8_slice_codeunits(column, 0, 5)


def zip4(column: pa.Array) -> pa.Array:
    """The last four of a nine-digit ZIP, with or without a dash."""
    return _filled(pc.utf8_ltrim(pc.utf8_slice_codeunits(column, 5), "- "))


def record(columns: Sequence[pa.Array], rows: int) -> pa.Array:
    """A JSON array for each row, as the structs of record.py read it: texts and days in quotes, numbers bare."""
    texts = [pa.nulls(rows, TEXT) if column.null_count == rows else _token(column) for column in columns]
    joined = pc.binary_join_element_wise(*texts, constant('","'), null_handling="replace", null_replacement="")
    found = pc.replace_substring(pc.binary_join_element_wise(constant('["'), joined, constant('"]'), constant("")), '""', "null")
    if any(pa.types.is_floating(column.type) for column in columns):
        found = pc.replace_substring(pc.replace_substring(found, f'"{APART}', ""), f'{APART}"', "")
    return found


def _token(column: pa.Array) -> pa.Array:
    """A column's texts between quotes of JSON, the quotes aside."""
    if pa.types.is_floating(column.type):
        return pc.binary_join_element_wise(constant(APART), column.cast(TEXT), constant(APART), constant(""))
    if not pa.types.is_string(column.type):
        return column.cast(TEXT)
    data = _bytes(column)
    for sign in sorted(_signs(data), key=lambda sign: sign != "\\"):  # the backslash first: it leads the others
        column = pc.replace_substring(column, sign, f"\\u{ord(sign):04x}")
    return column


def _signs(data: bytes) -> set[str]:
    """Signs that JSON writes otherwise."""
    least = pc.min(pa.UInt8Array.from_buffers(pa.uint8(), len(data), [None, pa.py_buffer(data)])).as_py()
    low = {chr(byte) for byte in set(data) if byte < 32} if least is not None and least < 32 else set()
    return low | {sign for sign in '"\\' if sign.encode() in data}


def _bytes(column: pa.Array) -> bytes:
    """All bytes under a column of texts (or more, where it is a part of another)."""
    data = column.buffers()[2]
    return data.to_pybytes() if data is not None else b""


def grouped(keys: pa.Array, records: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Keys, each once and in order, and all records under each as one JSON array, in the order in which they came."""
    order = pc.sort_indices(keys)
    ordered = keys.take(order)
    counts = pc.run_end_encode(ordered)
    return counts.values, arrays(pa.concat_arrays([pa.array([0], pa.int32()), counts.run_ends]), records.take(order))


def arrays(starts: pa.Array, records: pa.Array) -> pa.Array:
    """JSON arrays of the records from each start up to the next."""
    return pc.binary_join_element_wise(constant("["), pc.binary_join(pa.ListArray.from_arrays(starts, records), constant(",")), constant("]"), constant(""))


def refused(reasons: dict[str, pa.Array], rows: int) -> pa.Array:
    """Why each row is set aside: the first reason that is true of it; NULL where none is."""
    true = {reason: pc.fill_null(of, False) for reason, of in reasons.items()}
    held = {reason: of for reason, of in true.items() if pc.any(of).as_py()}
    return pc.case_when(pc.make_struct(*held.values()), *map(constant, held)) if held else pa.nulls(rows, TEXT)


def told(rows: pa.Array, why: pa.Array) -> dict[int, str]:
    """Number of a row -> why it is set aside."""
    held = pc.is_valid(why)
    return dict(zip(rows.filter(held).to_pylist(), why.filter(held).to_pylist(), strict=True)) if why.null_count < len(why) else {}
