"""Rows that were set aside: a file of them beside the registry, with where they stood and why."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from gillies.errors import InputError
from gillies.registry.rows import BadRow
from gillies.screen.outputs import RISKY

FILE = "aside.csv"
MOST, SHARE = 1000, 0.1
"""More bad rows than both of these (a number, a share of the rows so far) and the file is not what it says it is."""


class Aside:
    """Writes rows that were set aside, and counts them by reason."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")
        self.rows = csv.writer(self.file)
        self.rows.writerow(("file", "row", "reason", "text"))

    def add(self, name: str, bad: Iterable[BadRow], reasons: Counter[str], rows: int) -> None:
        """Keeps a file's bad rows. `reasons` is counted up; `rows`: how many rows of the file were read so far. Raises InputError where too many are bad."""
        for each in bad:
            reasons[each.reason] += 1
            self.rows.writerow((_safe(name), each.row, each.reason, _safe(each.text)))
        if (count := reasons.total()) > MOST and count > SHARE * rows:
            most = reasons.most_common(1)[0][0]
            raise InputError(
                f"{count:,} of the first {rows:,} rows of {name} cannot be used (mostly: {most}). It is damaged or another file: nothing was changed."
            )

    def carry(self, path: Path, names: Collection[str]) -> None:
        """Keeps what an earlier registry has set aside of some files."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            self.rows.writerows(row for row in rows if row[0] in names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would run as a formula, led by an apostrophe."""
    return f"'{text}" if re.match(RISKY, text) else text
