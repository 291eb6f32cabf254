"""The command `gillies registry find`: arguments in, a few lines out."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from gillies.errors import InputError
from gillies.knowledge.opened import open_records
from gillies.registry.lookup import Registry
from gillies.registry.manifest import VARIABLE
from gillies.registry.search.asked import Ask
from gillies.registry.search.find import find
from gillies.registry.search.tell import as_text
from gillies.terminal import style


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Looks somebody up. Ends with 2 where a source is stale, as `registry info` does. Raises InputError."""
    folder = arguments.registry or os.environ.get(VARIABLE, "")
    if not folder:
        raise InputError(f"say where the registry is: --registry FOLDER, or put the folder into {VARIABLE}. `gillies registry sample -o try` makes one to try.")
    ask = Ask(
        text=" ".join(arguments.words), kind=arguments.kind, state=arguments.state, city=arguments.city, zip=arguments.zip, miles=arguments.miles,
        specialty=arguments.specialty, procedure=arguments.procedure, most=arguments.most,
    )  # fmt: skip
    with Registry(Path(folder)) as registry:
        found = find(registry, ask, open_records(), on)
    write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n" if arguments.json else as_text(found, style(sys.stdout)))
    return 2 if found.stale else 0
