"""Files as they are published: bare, or inside a ZIP. A ZIP's members are read as a stream and never written anywhere, so their paths can do no harm."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

import msgspec

from gillies.errors import InputError
from gillies.registry.unpack import unpacked

MOST_PACKED = 400
"""A member that unpacks to more times its size is refused. NPPES, which is mostly empty cells, unpacks to some ten times; a bomb to a thousand."""

LARGEST = 100 * 1024**3
"""No official file comes near this many bytes unpacked."""


class Member(msgspec.Struct, frozen=True):
    """One file to read: `path` is where it lies, `name` its own name (in a ZIP: without folders), `inside` its full name in the ZIP, "" if bare."""

    path: Path
    name: str
    size: int
    inside: str = ""


def members(path: Path) -> list[Member]:
    """What a path holds: itself, or the files of a ZIP. Raises InputError when it cannot be read or is made to flood whoever unpacks it."""
    with _told(path):
        if not zipfile.is_zipfile(path) or path.suffix.lower() == ".xlsx":  # a workbook is a ZIP too
            return [Member(path, path.name, path.stat().st_size)]
        with zipfile.ZipFile(path) as archive:
            return [_member(path, info) for info in archive.infolist() if not info.is_dir()]


def _member(path: Path, info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & 1:
        raise InputError(f"{path} is locked with a password: unpack it yourself and give the file inside.")
    if info.file_size > LARGEST or info.file_size > MOST_PACKED * max(info.compress_size, 1024):
        says = f"{_printable(info.filename)} says it unpacks to {info.file_size:,} bytes from {info.compress_size:,}"
        raise InputError(f"{path}: {says}. No official file does: download it again.")
    return Member(path, _printable(PurePosixPath(info.filename.replace("\\", "/")).name), info.file_size, info.filename)


def _printable(name: str) -> str:
    """A name that does nothing to the terminal that shows it."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


class Stream(Protocol):
    """Bytes that are read from front to back."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, up to so many; none at the end."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Fills a buffer with the next bytes: all of it, less at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, up to so many bytes."""


class _Guarded:
    """A stream whose faults are told in one sentence. (Only its own: what goes wrong with a result while a file is read is another matter.)"""

    def __init__(self, file: io.BufferedIOBase, path: Path) -> None:
        self.file, self.path = file, path

    def read(self, size: int = -1, /) -> bytes:
        """As Stream has it."""
        with _told(self.path):
            return self.file.read(size)

    def readinto(self, buffer: memoryview, /) -> int:
        """As Stream has it."""
        with _told(self.path):
            return self.file.readinto(buffer)

    def readline(self, size: int = -1, /) -> bytes:
        """As Stream has it."""
        with _told(self.path):
            return self.file.readline(size)


@contextmanager
def opened(member: Member) -> Iterator[Stream]:
    """The bytes of a file, unpacked as they are read. Raises InputError where they end too soon or are damaged, also while they are being read."""
    with ExitStack() as stack:
        with _told(member.path):
            if member.inside:
                archive = stack.enter_context(zipfile.ZipFile(member.path))
                file: io.BufferedIOBase = stack.enter_context(unpacked(archive, member.path, member.inside))
            else:
                file = stack.enter_context(member.path.open("rb"))
        yield _Guarded(file, member.path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as fault:  # RuntimeError: a way of packing that Python does not know
        raise _unreadable(path, fault) from fault


def _unreadable(path: Path, fault: Exception) -> InputError:
    if isinstance(fault, OSError) and fault.strerror:
        return InputError(f"{path} cannot be read: {fault.strerror}.")
    return InputError(f"{path} is damaged or cut short ({fault}): download it again.")


def sha256(path: Path) -> str:
    """The checksum of a file, in hexadecimal."""
    with _told(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
