"""Cells -> values, as DuckDB SQL: written once, used for every official file."""

from collections.abc import Iterable, Mapping, Sequence

import duckdb
import pyarrow as pa

from gillies.screen.engine import name, text


def query(con: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """A query's result as a table."""
    return con.sql(sql).to_arrow_table()


def cell(column: str) -> str:
    """A text without blanks at its ends; one of blanks only is none."""
    return f"nullif(trim({name(column)}), '')"


def day(column: str, form: str) -> str:
    """A day, NULL where the cell holds none. Zeros stand for none in the LEIE."""
    return f"CAST(try_strptime(nullif({name(column)}, '00000000'), {text(form)}) AS DATE)"


def unread_day(column: str, value: str) -> str:
    """Whether a cell holds something that is no day, where `value` is the column with the day that was read."""
    return f"({name(column)} IS NOT NULL AND {value} IS NULL AND {cell(column)} NOT IN ('00000000', ''))"


def number(column: str) -> str:
    """A number; NULL where there is none, such as the * of a count that is withheld."""
    return f"TRY_CAST(replace({cell(column)}, ',', '') AS DOUBLE)"


def npi(column: str) -> str:
    """An NPI as a whole number."""
    return f"TRY_CAST({cell(column)} AS BIGINT)"


def zip5(column: str) -> str:
    """The first five digits of a ZIP; a code from abroad stays as far as it fits."""
    return f"nullif(left({cell(column)}, 5), '')"


def zip4(column: str) -> str:
    """The last four of a nine-digit ZIP, with or without a dash."""
    return f"nullif(ltrim(substr({cell(column)}, 6), '- '), '')"


def key(sql: str) -> str:
    """A name as it is compared: capitals without accents, apostrophes gone, any other sign a blank."""
    return f"nullif(trim(regexp_replace(replace(replace(upper(strip_accents({sql})), '''', ''), '’', ''), '[^A-Z0-9]+', ' ', 'g')), '')"


def record(values: Iterable[str]) -> str:
    """A JSON array of texts, as the structs of record.py read it."""
    return f"CAST(to_json([{', '.join(f'CAST({value} AS VARCHAR)' for value in values)}]) AS VARCHAR)"


def mixed_record(values: Mapping[str, str], numbers: Sequence[str]) -> str:
    """The same, with numbers unquoted. (A struct keeps types apart, a list cannot; its keys are left out by writing the array ourselves.)"""
    items = (f"CAST(coalesce(to_json({value if ours in numbers else f'CAST({value} AS VARCHAR)'}), 'null') AS VARCHAR)" for ours, value in values.items())
    return "'[' || " + " || ',' || ".join(items) + " || ']'"


def with_all(table: pa.Table, columns: Iterable[str]) -> pa.Table:
    """The table with a column of nothing for each that its file does not have."""
    for column in columns:
        if column not in table.column_names:
            table = table.append_column(column, pa.nulls(table.num_rows, pa.string()))
    return table
