"""The commands `gillies registry sample|build|update|info`: arguments in, files and a few lines out."""

import argparse
import shlex
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec

from gillies.door import open_records
from gillies.errors import InputError
from gillies.registry import info, manifest
from gillies.registry.build import Allow, build
from gillies.registry.sample import files
from gillies.registry.survey import Given
from gillies.screen.bar import Bar
from gillies.terminal import style

SAMPLE_AGE = timedelta(days=12)
"""A sample is as old as a full file mostly is: a week's changes have come out since."""

LEAST, MOST = 1, 50_000_000


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Runs one of the commands; `write` puts text on standard output. Raises InputError."""
    return {"sample": _sample, "build": _build, "update": _build, "info": _info}[arguments.what](arguments, on, write)


def _sample(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    folder = Path(arguments.out)
    if not LEAST <= arguments.rows <= MOST:
        raise InputError(f"--rows {arguments.rows} cannot be: give a number from {LEAST} to {MOST:,}.")
    if not LEAST <= arguments.directory <= MOST:
        raise InputError(f"--directory {arguments.directory} cannot be: give a number from {LEAST} to {MOST:,}.")
    knowledge, bar = open_records(), Bar(sys.stderr)
    codes = {code for procedure in knowledge.procedures.values() for code in (*procedure.codes.cpt, *procedure.codes.hcpcs)}
    names = {key: held.name for key, held in knowledge.specialties.items()}
    recipe = files.Recipe(arguments.rows, arguments.seed, on - SAMPLE_AGE, tuple(sorted(codes)), names, arguments.directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = files.write(folder, recipe, bar.step, bar.advance)
        (folder / "README.md").write_text(README.format(rows=arguments.rows, seed=arguments.seed, on=recipe.on, command=_command(made, folder)))
    except OSError as fault:
        raise InputError(f"{folder} cannot be written: {fault.strerror or fault}.") from fault
    bar.step("")
    if arguments.json:
        write(msgspec.json.format(msgspec.json.encode({"made_up": True, "files": made}, enc_hook=str), indent=2).decode() + "\n")
    else:
        told = f"{arguments.rows:,} made-up providers, in the layouts of the official files: {folder}\nNone of them exists: their numbers begin with 9. Next:"
        then = f"Then, for a directory of some of them with faults put in on purpose:\n\n  {_audit_command(made, folder)}"
        write(f"{told}\n\n  {_command(made, folder)}\n\n{then}\n")
    return 0


def _command(made: files.Sample, folder: Path) -> str:
    others = (("deactivated", made.deactivated), ("leie", made.leie), ("dac", made.dac), ("puf", made.puf), ("nucc", made.nucc))
    flags: list[tuple[str | Path, ...]] = [("nppes", *made.nppes), *others, ("o", folder / "registry")]
    return "gillies registry build " + " ".join(f"{'-' if flag == 'o' else '--'}{flag} {shlex.join(map(str, paths))}" for flag, *paths in flags)


def _audit_command(made: files.Sample, folder: Path) -> str:
    return f"gillies audit {shlex.join((str(made.directory), '--registry', str(folder / 'registry'), '-o', str(folder / 'findings.csv')))}"


def _build(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    update = arguments.what == "update"
    if not arguments.nppes and not update:
        raise InputError(NEEDED)
    knowledge, bar = open_records(), Bar(sys.stderr)
    alone = {flag: Path(given) for flag in ("deactivated", "leie", "dac", "puf", "nucc") if (given := getattr(arguments, flag))}
    given = Given(tuple(map(Path, arguments.nppes)), **alone)
    made = build(given, Path(arguments.out), on, knowledge.shelf_lives, bar, Allow(arguments.allow_stale, arguments.allow_loss), update=update)
    return _told(made, Path(arguments.out), arguments.json, on, write)


def _info(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    return _told(manifest.needed(Path(arguments.folder)), Path(arguments.folder), arguments.json, on, write)


def _told(made: manifest.Manifest, root: Path, json: bool, on: date, write: Callable[[str], None]) -> int:
    """Says what a registry holds; stale sources first, and then exit code 2."""
    told = info.look(made, root, on, open_records().shelf_lives)
    write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n" if json else info.as_text(told, style(sys.stdout)))
    return 2 if told.stale else 0


NEEDED = "give the NPPES file and where the registry goes: gillies registry build --nppes FILE.zip -o FOLDER (or gillies registry sample -o FOLDER, to try it)."

README = """# A made-up provider registry

Written by `gillies registry sample`: {rows:,} providers, seed {seed}, as if released on {on}. **Nobody in these files exists.** Every NPI begins with 9
(numbers that are issued begin with 1 or 2) and still fits its check digit, every street is called SAMPLE, every organisation's name holds (SAMPLE) and
every person's middle name is SAMPLE. Headers, names of files, quoting, shares and quirks are those of the official files: rows of deactivated numbers
hold little more than the number, some lines are in UTF-8 and some in Windows-1252, some cells are masked, up to 15 specialties a provider, former names.

Make a registry of it:

    {command}

`directory.csv` is a directory of some of these providers, as a clinic or a plan might keep one. Faults were put into it on purpose:
`directory-faults.csv` says which in which row, and what looks odd in a row and is none (a nickname, a former name, a second place).
"""
