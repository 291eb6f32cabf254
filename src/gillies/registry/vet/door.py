"""The command `gillies vet`: arguments in, one answer out."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from gillies.errors import InputError
from gillies.knowledge.opened import open_records
from gillies.knowledge.records import Knowledge
from gillies.registry.lookup import Registry
from gillies.registry.manifest import VARIABLE
from gillies.registry.vet import asked, certificates, text, who
from gillies.registry.vet.evidence import Evidence
from gillies.registry.vet.facts import Question
from gillies.registry.vet.vet import vet
from gillies.terminal import style

Write = Callable[[str], None]

WHERE = (
    f"say where to look: --registry FOLDER (or put the folder into {VARIABLE}; `gillies registry sample -o FOLDER` makes one to try), "
    "or --live, which asks the public NPI Registry about this one number."
)
BOTH = "give --registry or --live, not both: a registry is asked here, --live asks the public NPI Registry."
LIVE_NEEDS_NUMBER = "--live asks about one NPI, and sends nothing else: give the ten digits in place of a name."
CHOOSE = "\nChoose one by its number: gillies vet NPI --procedure …\n"


def run(arguments: argparse.Namespace, on: date, write: Write) -> int:
    """Runs the command; `write` puts text on standard output. Raises InputError. Exit code 2 where a source is stale: the answer is there all the same."""
    knowledge = open_records()
    question = asked.question(arguments.procedure, arguments.state, arguments.advert, on, knowledge)
    wanted = " ".join(arguments.provider).strip()
    if not wanted:
        raise InputError("say whom: gillies vet NPI-or-NAME --procedure rhinoplasty --registry FOLDER.")
    if arguments.registry and arguments.live:
        raise InputError(BOTH)
    digits = who.number_in(wanted)
    if arguments.live:
        if not digits:
            raise InputError(LIVE_NEEDS_NUMBER)
        return _answer(arguments, _asked_live(who.checked(digits), on), question, knowledge, write)
    folder = arguments.registry or os.environ.get(VARIABLE, "")
    if not folder:
        raise InputError(WHERE)
    try:
        return _from_registry(arguments, Path(folder), question, knowledge, write)
    except sqlite3.DatabaseError as fault:
        raise InputError(f"the registry in {folder} is damaged ({fault}): build it anew.") from fault


def _from_registry(arguments: argparse.Namespace, folder: Path, question: Question, knowledge: Knowledge, write: Write) -> int:
    with Registry(folder) as registry:
        found = asked.evidence(registry, " ".join(arguments.provider).strip(), question, knowledge)
    if isinstance(found, Evidence):
        return _answer(arguments, found, question, knowledge, write)
    if arguments.json:
        write(_json(asked.Candidates(found)))
    else:
        from gillies.registry.search.tell import as_text

        write(as_text(found, style(sys.stdout)) + (CHOOSE if found.results else ""))
    return 2


def _asked_live(npi: int, on: date) -> Evidence:
    from gillies.registry.vet.live import ask  # brings the network, which nothing else here needs

    return ask(npi, on)


def _answer(arguments: argparse.Namespace, evidence: Evidence, question: Question, knowledge: Knowledge, write: Write) -> int:
    listed = arguments.certificates
    theirs = certificates.read(Path(listed), evidence.held.npi, question.on, knowledge) if listed else None
    told = vet(evidence, question, knowledge, theirs)
    write(_json(told) if arguments.json else text.as_text(told, style(sys.stdout)))
    return 2 if told.stale else 0


def _json(told: object) -> str:
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
