"""The packed form of what gillies knows: validated once, opened in milliseconds, keyed by the content of every file of the package.

A pack that is stale, damaged or written by another version is rebuilt, never trusted.
"""

import os
import sys
import zlib
from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from typing import TypeVar

import msgspec

from gillies import __version__

T = TypeVar("T")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FORMAT = f"{__version__}-py{sys.version_info[0]}{sys.version_info[1]}"
SOURCES = (".yaml", ".txt", ".py")
"""Endings of the files that a pack is made from: the knowledge, the word list, and the code that makes it."""


Listing = list[tuple[str, int, int]]
"""(path, size, time changed) of every file a pack is made from and, with size 0, of every folder that may hold one, sorted."""


def content_key(package: str = PACKAGE) -> str:
    """SHA-256 over the name and content of every file a pack is made from, and our version."""
    import hashlib  # needed only when the quick look finds a change

    digest = hashlib.sha256(FORMAT.encode())
    for path, _, _ in listing(package):
        if not os.path.isdir(path):
            digest.update(f"\0{os.path.relpath(path, package)}\0".encode())
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def listing(package: str = PACKAGE) -> Listing:
    """What is there now."""
    found: Listing = []
    pending = [package]
    while pending:
        folder = pending.pop()
        found.append((folder, 0, os.stat(folder).st_mtime_ns))
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(SOURCES):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_size, stat.st_mtime_ns))
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
    return sorted(found)


def is_unchanged(seen: Listing, package: str = PACKAGE) -> bool:
    """The quick look: whether all that was listed is as it was. A new or a lost file changes the time of its folder."""
    if not seen or seen[0][0] != package:
        return False
    try:
        for path, size, changed in seen:
            now = os.stat(path)
            if now.st_mtime_ns != changed or (size and now.st_size != size):
                return False
    except OSError:
        return False
    return True


def packed(name: str, open_pack: Callable[[memoryview], T], make_pack: Callable[[], bytes], package: str = PACKAGE) -> T:
    """What `open_pack` gives for the pack `name`, made by `make_pack` and written when there is no good one. Where nothing can be
    written it is made each time."""
    path = os.path.join(_folder(), f"{name}.pack")
    held = _read(path)
    if held is not None and is_unchanged(held[1], package):
        return open_pack(held[2])
    key = content_key(package)
    payload = held[2] if held is not None and held[0] == key else memoryview(make_pack())
    _write(path, key, listing(package), payload)
    return open_pack(payload)


def _folder() -> str:
    """Where packs live: the user's cache."""
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "gillies")


def _read(path: str) -> tuple[str, Listing, memoryview] | None:
    """(key, listing, payload) of a pack file; None when there is none, it is damaged or of another version. Its first line: format, key,
    checksum of what follows, length of the listing."""
    try:
        with open(path, "rb") as file:
            raw = mmap(file.fileno(), 0, access=ACCESS_READ)  # most of it is never looked at, and so never copied
        end = raw.find(b"\n") + 1
        form, key, checksum, length = raw[:end].decode().split(" ")
        rest = memoryview(raw)[end:]
        if form != FORMAT or zlib.crc32(rest) != int(checksum):
            return None
        return key, msgspec.msgpack.decode(rest[: int(length)], type=Listing), rest[int(length) :]
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _write(path: str, key: str, listed: Listing, payload: memoryview) -> None:
    """Written aside and moved into place; a folder that cannot be written to is no error."""
    import tempfile

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=os.path.dirname(path), prefix=os.path.basename(path))
        head = msgspec.msgpack.encode(listed)
        with os.fdopen(handle, "wb") as out:
            out.write(f"{FORMAT} {key} {zlib.crc32(payload, zlib.crc32(head))} {len(head)}\n".encode())
            out.write(head)
            out.write(payload)
        os.replace(aside, path)
    except OSError:
        return
