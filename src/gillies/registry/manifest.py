"""What a registry was made from, kept beside it: every file, its checksum and day, rows in, out and set aside."""

from datetime import date, datetime
from pathlib import Path

import msgspec

from gillies.errors import InputError

FILE = "manifest.json"
LOOK_UP = "registry.sqlite"
"""The look-up file inside the folder that a manifest names."""

VARIABLE = "GILLIES_REGISTRY"
"""The folder of the registry, where a command is not given one."""

FORMAT = 2
"""Goes up when a registry of an older gillies cannot be read any more."""


class Source(msgspec.Struct, frozen=True):
    """One file as it was read. `released`: the day it tells of itself, `told_by` its name or its rows; `foreign`: lines in Windows-1252;
    `lost`: characters no encoding knows; `unread_days`: column -> cells that are no day; `superseded`: rows that a newer file replaces;
    `ignored`: what else is in its ZIP and is passed over."""

    kind: str
    file: str
    inside: str
    sha256: str
    released: date | None
    told_by: str
    full: bool
    rows_in: int
    rows_out: int
    rows_aside: int
    superseded: int
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    reasons: dict[str, int]
    foreign: int
    lost: int
    unread_days: dict[str, int]


class Manifest(msgspec.Struct, frozen=True):
    """A registry. `folder`: where its files lie, beside the manifest; `made_up`: whether all, some or none of its providers are samples;
    `counts`: table -> rows."""

    format: int
    folder: str
    built: datetime
    by: str
    made_up: str
    sources: tuple[Source, ...]
    counts: dict[str, int]
    notes: tuple[str, ...] = ()


def read(root: Path) -> Manifest | None:
    """The manifest of the registry in a folder; None where there is no registry. Raises InputError where it is damaged or of another format."""
    try:
        raw = (root / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as fault:
        raise InputError(f"{root / FILE} cannot be read: {fault.strerror}.") from fault
    try:
        held = msgspec.json.decode(raw, type=Manifest)
    except msgspec.MsgspecError as fault:
        raise InputError(f"{root / FILE} is damaged ({fault}): build the registry anew.") from fault
    if held.format != FORMAT:
        raise InputError(f"{root} was built by another version of gillies ({held.by}): build it anew.")
    return held


def needed(root: Path) -> Manifest:
    """The same, where a registry must be there."""
    held = read(root)
    if held and not (root / held.folder / LOOK_UP).is_file():
        raise InputError(f"{root} names {held.folder}, which is not there or not whole: build the registry anew.")
    if held is None:
        raise InputError(
            f"{root} holds no registry: make one with `gillies registry build --nppes FILE.zip -o {root}`, or try `gillies registry sample -o FOLDER`."
        )
    return held
