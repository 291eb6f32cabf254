"""What a piece of a file gave."""

from datetime import date

import msgspec
import pyarrow as pa


class Taken(msgspec.Struct, frozen=True):
    """`tables`: rows of each table for analysis; `records`: rows of the look-up table; `bad`: number of a row -> why it is set aside; `superseded`: rows that
    a newer file replaces; `unread_days`: column -> cells that are no day; `newest`: the newest day in it that tells how new the file is."""

    tables: dict[str, pa.Table]
    records: pa.Table
    bad: dict[int, str]
    superseded: int
    unread_days: dict[str, int]
    newest: date | None
