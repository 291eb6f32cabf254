"""The DuckDB connection that reads and writes claims: memory bounded, nothing fetched from anywhere, progress by polling."""

import os
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from gillies.errors import InputError

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all), now and then and once at the end."""

WORK = ".gillies-screen-"
"""How our folders begin. The dot keeps them out of folders of claims that are read."""


def connect(memory: str | None = None, folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that stays below `memory` (such as 2GB) and spills into a folder of its own under `folder` (else the system's place for such)."""
    if memory is not None:
        megabytes(memory)  # says so if it is none
    con = duckdb.connect()
    work = work_folder(folder or Path(tempfile.gettempdir()))
    weakref.finalize(con, shutil.rmtree, work, ignore_errors=True)
    settings = {"temp_directory": str(work), "autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "enable_progress_bar": "true"}
    settings |= {"enable_progress_bar_print": "false", "preserve_insertion_order": "true", **({"memory_limit": memory} if memory else {})}
    for name, value in settings.items():
        ask(con, f"SET {name} = {text(value)}")
    return con


def megabytes(memory: str) -> int:
    """An amount of memory such as 2GB in units of 1024 kB. Raises InputError."""
    amount = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT])i?B", memory.strip(), re.I)
    if amount is None:
        raise InputError(f"--memory {memory} is no amount of memory: write a number and a unit, such as 2GB or 800MB.")
    return max(int(float(amount[1]) * 1024 ** ("KMGT".index(amount[2].upper()) - 1)), 1)


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """Runs one statement to its end and hands back its rows."""
    try:
        return con.execute(sql).fetchall()
    except duckdb.OutOfMemoryException as fault:
        limit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
        raise InputError(f"The memory allowed ({limit}) is too little for these claims: give more with --memory, such as --memory 4GB.") from fault


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """A column's or table's name as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


def literal_paths(paths: list[Path]) -> str:
    """Paths as a SQL list; a star or bracket in a file's own name stands for itself."""
    return "[" + ", ".join(text(re.sub(r"([*?\[])", r"[\1]", str(path))) for path in paths) + "]"


def work_folder(parent: Path) -> Path:
    """A new private folder that carries our process number; those of dead runs are removed first."""
    sweep(parent, WORK, "")
    return Path(tempfile.mkdtemp(prefix=f"{WORK}{os.getpid()}-", dir=parent))


def spill_folder(con: duckdb.DuckDBPyConnection) -> Path:
    """Where a connection may put what it cannot hold: its own folder (see connect), else the system's place for such."""
    own = Path(str(ask(con, "SELECT current_setting('temp_directory')")[0][0]))
    return own if own.is_absolute() and own.is_dir() else Path(tempfile.gettempdir())


def sweep(folder: Path, before: str, after: str) -> None:
    """Removes what runs left in `folder` that no longer live: names of the form before + process number (+ more) + after."""
    for path in folder.glob(f"{before}*{after}"):
        number = re.match(r"\d+", path.name[len(before) :])
        if number and not _alive(int(number[0])):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def reported(con: duckdb.DuckDBPyConnection, rows: int, progress: Progress | None) -> Iterator[None]:
    """While a statement runs inside, `progress` hears how far DuckDB says it is."""
    if progress is None:
        yield
        return
    tell, over = progress, threading.Event()

    def poll() -> None:
        done = 0
        while not over.wait(0.2):
            done = max(done, int(rows * max(con.query_progress(), 0) / 100))  # -1: nothing is running; it must not run backwards
            tell(min(done, rows), rows)

    watcher = threading.Thread(target=poll, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    tell(rows, rows)
