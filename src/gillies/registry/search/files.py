"""The files of a registry's search, mapped into memory all at once: whoever has them open reads on when a new registry takes their place."""

import mmap
from collections.abc import Mapping
from pathlib import Path

from gillies.errors import InputError

FOLDER = "search"
"""Beside the look-up file."""

Files = Mapping[str, mmap.mmap | bytes]
"""Name -> what is in it."""


def opened(folder: Path) -> Files:
    """Maps every file of a search folder; nothing is read yet. Raises InputError where there is none."""
    try:
        return {path.name: _mapped(path) for path in folder.iterdir()}
    except OSError as fault:
        raise InputError(f"{folder} cannot be read ({fault.strerror}): build the registry anew.") from fault


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""  # nothing cannot be mapped
