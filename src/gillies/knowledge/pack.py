"""The packed form of what gillies knows: validated once, opened in milliseconds, keyed by the content of every file of the package.

A pack that is stale, damaged or written by another version is rebuilt, never trusted.
"""

import marshal
import os
import sys
import zlib
from collections.abc import Callable
from typing import TypeVar

from gillies import __version__

T = TypeVar("T")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FORMAT = f"{__version__}-py{sys.version_info[0]}{sys.version_info[1]}"
SOURCES = (".yaml", ".txt", ".py")
"""Endings of the files that a pack is made from: the knowledge, the word list, and the code that makes it."""


def content_key(package: str = PACKAGE) -> str:
    """SHA-256 over the name and content of every file a pack is made from, and our version."""
    import hashlib  # needed only when the quick look differs

    digest = hashlib.sha256(FORMAT.encode())
    for path, _, _ in _files(package):
        digest.update(f"\0{os.path.relpath(path, package)}\0".encode())
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def quick_look(package: str = PACKAGE) -> str:
    """Sizes and times of every file: as long as it is unchanged, the content need not be hashed again."""
    seen = marshal.dumps((FORMAT, _files(package)), 2)
    return f"{len(seen)}-{zlib.crc32(seen):08x}-{zlib.adler32(seen):08x}"


def _files(package: str) -> list[tuple[str, int, int]]:
    """(path, size, time changed) of every file a pack is made from, sorted."""
    found: list[tuple[str, int, int]] = []
    pending = [package]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(SOURCES):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_size, stat.st_mtime_ns))
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
    return sorted(found)


def packed(name: str, open_pack: Callable[[memoryview], T], make_pack: Callable[[], bytes], package: str = PACKAGE) -> T:
    """What `open_pack` gives for the pack `name`, made by `make_pack` and written when there is no good one. Where nothing can be
    written it is made each time."""
    look = quick_look(package)
    path = os.path.join(_folder(), f"{name}.pack")
    held = _read(path)
    if held is not None and held[1] == look:
        return open_pack(held[2])
    key = content_key(package)
    payload = held[2] if held is not None and held[0] == key else memoryview(make_pack())
    _write(path, key, look, payload)
    return open_pack(payload)


def _folder() -> str:
    """Where packs live: the user's cache."""
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "gillies")


def _read(path: str) -> tuple[str, str, memoryview] | None:
    """(key, quick look, payload) of a pack file; None when there is none or it is damaged. Its first line: key, look, checksum."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
        end = raw.index(b"\n")
        key, look, checksum = raw[:end].decode().split(" ")
        payload = memoryview(raw)[end + 1 :]
        return (key, look, payload) if zlib.crc32(payload) == int(checksum) else None
    except (OSError, ValueError):
        return None


def _write(path: str, key: str, look: str, payload: memoryview) -> None:
    """Written aside and moved into place; a folder that cannot be written to is no error."""
    import tempfile

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=os.path.dirname(path), prefix=os.path.basename(path))
        with os.fdopen(handle, "wb") as out:
            out.write(f"{key} {look} {zlib.crc32(payload)}\n".encode())
            out.write(payload)
        os.replace(aside, path)
    except OSError:
        return
