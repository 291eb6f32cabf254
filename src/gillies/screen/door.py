"""The command `gillies screen`: arguments in, files and a report out."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from gillies.door import open_engine, open_records
from gillies.errors import InputError
from gillies.htmlfile import write_page
from gillies.knowledge.records import Knowledge
from gillies.screen.bar import Bar
from gillies.screen.job import Job, aside_of, screen
from gillies.screen.report import Summary, as_json, as_page, as_text
from gillies.screen.rulebook import RuleBook, rulebook
from gillies.terminal import style

NEEDED = "give the claims and where the result goes: gillies screen claims.parquet -o labelled.parquet (or --sample 100000 FOLDER to try it)."
SEED = 1


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Runs the command; `write` puts text on standard output. Raises InputError."""
    if arguments.sample:
        return _sample(arguments)
    if not arguments.paths or not arguments.out:
        raise InputError(NEEDED)
    if arguments.master and arguments.engine != "spark":
        raise InputError("--master says where Spark runs: give --engine spark with it.")
    mapping = Path(arguments.mapping) if arguments.mapping else None
    job = Job(tuple(arguments.paths), Path(arguments.out), mapping, arguments.memory, arguments.master or None)
    knowledge, bar = open_records(), Bar(sys.stderr)
    book = rulebook(open_engine().compiled, knowledge)
    summary = (_screen_in_spark if arguments.engine == "spark" else screen)(job, book, names(knowledge), on, bar)
    bar.step("")
    if arguments.page:
        write_page(Path(arguments.page), as_page(summary, arguments.exact))
    write(as_json(summary).decode() if arguments.json else as_text(summary, style(sys.stdout), arguments.exact) + _where(summary, job))
    return 0


def _screen_in_spark(job: Job, book: RuleBook, names: Mapping[str, str], on: date, bar: Bar) -> Summary:
    try:
        from gillies.screen.spark.job import screen_in_spark
    except ModuleNotFoundError as lacking:
        raise InputError(f"--engine spark needs {lacking.name}, which is not installed: pip install 'gillies[spark]'.") from None
    return screen_in_spark(job, book, names, on, bar)


def names(knowledge: Knowledge) -> dict[str, str]:
    """Our own name of every procedure, specialty, finding and code set that a report can speak of."""
    named = {key: procedure.name for key, procedure in knowledge.procedures.items()} | {key: held.name for key, held in knowledge.specialties.items()}
    return named | {key: finding.question for key, finding in knowledge.findings.items()} | {key: held.say for key, held in knowledge.code_sets.items()}


def _sample(arguments: argparse.Namespace) -> int:
    from gillies.screen.sample import write_sample

    if len(arguments.paths) != 1:
        raise InputError("--sample wants one folder to write into: gillies screen --sample 100000 FOLDER.")
    folder = Path(arguments.paths[0])
    write_sample(folder, arguments.sample, SEED)
    print(f"Made-up claims of made-up people, with their labels: {folder}/claims and {folder}/labels.parquet", file=sys.stderr)
    return 0


def _where(summary: Summary, job: Job) -> str:
    run = summary.run
    kept = aside_of(job.out, "" if run.engine == "spark" else ".csv")
    aside = f", {run.rows_aside:,} set aside in {kept}" if run.rows_aside else ""
    return f"\n{run.rows_in:,} rows in = {run.rows_out:,} labelled in {job.out}{aside}.\n"
