"""A user's own list of certificates (CSV): read as theirs, shown as theirs. A line that cannot be read is set aside with its reason."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from gillies.assess.fit import plain, plain_name
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.registry.npi import is_npi
from gillies.registry.vet.answer import Certificate, Theirs, printable

NEEDED = ("npi", "board")
KNOWN = (*NEEDED, "status", "until")
SHAPE = "a CSV file with the columns npi, board and, where known, status and until (2026-12-31)"
FORMS = ("%Y-%m-%d", "%m/%d/%Y")
LONGEST = 1_000_000
"""Characters in a field; a longer one is no certificate."""


def read(path: Path, npi: int, on: date, knowledge: Knowledge) -> Theirs:
    """The lines of a list for one provider. Raises InputError, in one sentence, where the file is no such list."""
    found: list[Certificate] = []
    aside: dict[str, list[int]] = {}
    number = 0
    for number, row in _rows(path):
        reason = _fault(row)
        if reason:
            aside.setdefault(reason, []).append(number)
        elif int(row["npi"]) == npi:
            found.append(_certificate(row, number, on, knowledge))
    return Theirs(str(path), tuple(found), max(number - 1, 0), {reason: tuple(lines) for reason, lines in aside.items()})


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of every row, its columns in small letters; a row that is too long or too short has an empty NPI."""
    csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            lines = csv.reader(file)
            header = [plain(name).replace(" ", "_") for name in next(lines, [])]
            missing = [name for name in NEEDED if name not in header]
            if missing:
                seen = f"it begins with {', '.join(header[:6])}" if any(header) else "it is empty"
                raise InputError(f"{path} has no column {' and no column '.join(missing)} ({seen}): give {SHAPE}.")
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    fits = len(cells) == len(header)
                    yield lines.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=False)} if fits else {"cells": str(len(cells))}
    except OSError as fault:
        raise InputError(f"{path} cannot be read ({fault.strerror}): give {SHAPE}.") from fault
    except csv.Error as fault:
        raise InputError(f"{path} cannot be read as CSV ({fault}): give {SHAPE}.") from fault


def _encoding(path: Path) -> str:
    """UTF-8, else Windows-1252. Raises InputError for what is no text."""
    with path.open("rb") as file:
        utf8 = True
        while piece := file.readline(LONGEST):
            if b"\0" in piece:
                raise InputError(f"{path} is no text: give {SHAPE}.")
            try:
                piece.decode()
            except UnicodeDecodeError:
                utf8 = False
    return "utf-8-sig" if utf8 else "cp1252"


def _fault(row: dict[str, str]) -> str:
    """Why a row cannot be read; "" where it can."""
    if "cells" in row:
        return "has more or fewer cells than the header"
    if not is_npi(row["npi"]):
        return "its npi is no ten-digit number that fits its check digit"
    if not row["board"]:
        return "has no board"
    return "its until is no day like 2026-12-31" if row.get("until") and _day(row["until"]) is None else ""


def _day(text: str) -> date | None:
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _certificate(row: dict[str, str], line: int, on: date, knowledge: Knowledge) -> Certificate:
    until = _day(row.get("until", ""))
    more = {name: printable(cell) for name, cell in row.items() if name not in KNOWN and cell}
    known = board_called(row["board"], knowledge)
    return Certificate(printable(row["board"]), printable(row.get("status")), until, until is not None and until < on, known, line, more)


def board_called(name: str, knowledge: Knowledge) -> str:
    """The id of the board of this name, short name or id; "" where none on file is called so, or several are."""
    key = plain(name)
    found = [held.id for held in knowledge.boards.values() if key in map(plain_name, (held.id, held.name, held.short))]
    return found[0] if len(found) == 1 else ""
