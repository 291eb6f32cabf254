"""The packed form of the knowledge: validated once, loaded in milliseconds, keyed by the content of every YAML file.

A pack that is stale, damaged or written by another version is rebuilt, never trusted.
"""

import os
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from gillies import __version__
from gillies.knowledge.load import DATA

T = TypeVar("T")
FORMAT = f"{__version__}-py{sys.version_info[0]}{sys.version_info[1]}"


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """What a pack file holds: the key of the content it was made from, the quick look at the files, a checksum, the payload."""

    key: str
    look: str
    checksum: int
    payload: msgspec.Raw


def content_key(data: Path = DATA) -> str:
    """SHA-256 over the name and content of every YAML file, and our version."""
    import hashlib  # needed only when the quick look differs

    digest = hashlib.sha256(FORMAT.encode())
    for path in sorted(data.rglob("*.yaml")):
        digest.update(f"\0{path.relative_to(data)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def quick_look(data: Path = DATA) -> str:
    """Sizes and times of every file: as long as it is unchanged, the content need not be hashed again."""
    seen = [FORMAT]
    pending = [os.fspath(data)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    stat = entry.stat()
                    seen.append(f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}")
    text = "\n".join(seen).encode()
    return f"{len(text)}-{zlib.crc32(text):08x}-{zlib.adler32(text):08x}"


def packed(name: str, kind: type[T], build: Callable[[], T], data: Path = DATA) -> T:
    """The packed `name`, built and written when there is no good one. Where nothing can be written it is built each time."""
    look = quick_look(data)
    path = _folder() / f"{name}.pack"
    held = _open(path)
    if held is not None and (held.look == look or held.key == content_key(data)):
        payload = bytes(held.payload)
        if zlib.crc32(payload) == held.checksum:
            if held.look != look:
                _write(path, msgspec.structs.replace(held, look=look))
            return msgspec.msgpack.decode(payload, type=kind)
    built = build()
    payload = msgspec.msgpack.encode(built)
    _write(path, Envelope(content_key(data), look, zlib.crc32(payload), msgspec.Raw(payload)))
    return built


def _folder() -> Path:
    """Where packs live: the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "gillies"


def _open(path: Path) -> Envelope | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Envelope)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, envelope: Envelope) -> None:
    """Written aside and moved into place; a folder that cannot be written to is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "wb") as out:
            out.write(msgspec.msgpack.encode(envelope))
        os.replace(aside, path)
    except OSError:
        return
