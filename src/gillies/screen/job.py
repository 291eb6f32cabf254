"""`gillies screen`: files of claims in, labelled lines, rows set aside and a report out."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from gillies.errors import GilliesError
from gillies.screen.inputs import open_claims
from gillies.screen.outputs import write, write_aside
from gillies.screen.report import RunInfo, Summary, summarise
from gillies.screen.rulebook import RuleBook
from gillies.screen.run import label

ADDED = ("procedure", "intent", "coverage", "reasons", "missing", "hands", "claim_intent", "claim_coverage", "protected")
"""The columns that a line gains."""


class LostRowsError(GilliesError):
    """Rows in are not rows out and rows aside: a fault of ours, and nothing is written."""

    exit_code = 1


def screen(
    paths: Sequence[str], out: Path, book: RuleBook, on: date, mapping: Path | None = None, memory: str = "", tell: Callable[[str], None] = lambda _: None
) -> Summary:
    """Labels every line of the files into `out`, with what could not be read beside it, and gives the summary. `on`: the day of the knowledge,
    for the report; each line is judged by the rules of its own day. Raises InputError when the files cannot be read, and then writes nothing."""
    begun = time.monotonic()
    with duckdb.connect() as con:
        if memory:
            con.execute("SET memory_limit = ?", [memory])
        tell("reading")
        claims = open_claims(con, list(paths), mapping)
        view = label(con, claims.relation, book, tell)
        kept = con.execute(f"SELECT COUNT(*) FROM {view}").fetchone()
        rows_out = kept[0] if kept else 0
        if claims.rows_in != rows_out + claims.rows_aside:
            raise LostRowsError(
                f"{claims.rows_in:,} rows were read, but {rows_out:,} labelled and {claims.rows_aside:,} set aside: nothing was written. Please report it."
            )
        tell("writing")
        own = ", ".join(f'"{name}"' for name in claims.columns)
        write(con, f"SELECT {own}, {', '.join(ADDED)} FROM {view} ORDER BY g_row", out)
        write_aside(con, claims, aside_of(out))
        tell("counting")
        run = RunInfo(tuple(paths), claims.layout, claims.notes, claims.rows_in, rows_out, claims.rows_aside, "duckdb", on, time.monotonic() - begun)
        return summarise(con, view, run)


def aside_of(out: Path) -> Path:
    """Where the rows that could not be read are kept."""
    return out.with_name(f"{out.stem}.aside.csv")
