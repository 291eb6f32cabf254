"""The command `gillies audit`: arguments in, files and a report out."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from gillies.audit.job import Job, aside_of, run_in_duckdb
from gillies.audit.report.figures import Summary
from gillies.audit.report.page import as_page
from gillies.audit.report.text import as_text
from gillies.door import open_records
from gillies.errors import InputError
from gillies.htmlfile import write_page
from gillies.knowledge.records import Knowledge
from gillies.screen.bar import Bar
from gillies.terminal import style

NEEDED = (
    "give the directory, the registry and where the result goes: gillies audit directory.csv --registry registry -o findings.csv "
    "(or gillies registry sample -o FOLDER, to try it)."
)


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Runs the command; `write` puts text on standard output. Ends with 2 where the registry is stale. Raises InputError."""
    if not arguments.paths or not arguments.out or not arguments.registry:
        raise InputError(NEEDED)
    if arguments.master and arguments.engine != "spark":
        raise InputError("--master says where Spark runs: give --engine spark with it.")
    mapping = Path(arguments.mapping) if arguments.mapping else None
    job = Job(tuple(arguments.paths), Path(arguments.registry), Path(arguments.out), mapping, arguments.memory, arguments.master or None)
    knowledge, bar = open_records(), Bar(sys.stderr)
    summary = (_run_in_spark if arguments.engine == "spark" else run_in_duckdb)(job, knowledge, on, bar)
    bar.step("")
    if arguments.page:
        write_page(Path(arguments.page), as_page(summary))
    if arguments.json:
        write(msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n")
    else:
        write(as_text(summary, style(sys.stdout)) + _where(summary, job))
    return 2 if summary.stale else 0


def _run_in_spark(job: Job, knowledge: Knowledge, on: date, bar: Bar) -> Summary:
    try:
        from gillies.audit.spark import run_in_spark
    except ModuleNotFoundError as lacking:
        raise InputError(f"--engine spark needs {lacking.name}, which is not installed: pip install 'gillies[spark]'.") from None
    return run_in_spark(job, knowledge, on, bar)


def _where(summary: Summary, job: Job) -> str:
    made = summary.run
    kept = aside_of(job.out, "" if made.engine == "spark" else ".csv")
    aside = f", {made.rows_aside:,} set aside in {kept}" if made.rows_aside else ""
    return f"\n{made.rows_in:,} rows in = {made.rows_out:,} looked at, in {job.out}{aside}.\n"
