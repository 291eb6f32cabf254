"""Reads one file in a process of its own: `python -m gillies.web.file_reader`, a file in on standard input, its document out. A file that is made to take
forever, or to fill a memory, takes this process and nothing else; it may write no file, and what goes wrong tells nobody what was in it."""

import sys
from pathlib import PurePosixPath

import msgspec

from gillies.check.readers.document import Document
from gillies.check.readers.open import read_bytes
from gillies.errors import InputError
from gillies.web.settings import MOST_TEXT, READER_BYTES, READER_SECONDS


class File(msgspec.Struct, frozen=True):
    """A file, and how it is called."""

    name: str
    raw: bytes


class Read(msgspec.Struct, frozen=True):
    """Its document; or what is wrong with it, in a sentence."""

    document: Document | None = None
    wrong: str = ""


def read(file: File) -> Read:
    """The document in a file, if it can be read and is short enough."""
    where = file.name or "the file"
    try:
        document = read_bytes(file.raw, PurePosixPath(file.name).suffix.lower(), where)
    except InputError as wrong:
        return Read(wrong=str(wrong))
    except MemoryError:
        return Read(wrong=f"{where} takes more memory to read than a text should: save the words alone and try again.")
    if len(document.text) > MOST_TEXT:
        return Read(wrong=f"{where} has {len(document.text):,} characters of text; at most {MOST_TEXT:,} are read here. Give it in parts.")
    return Read(document)


def bounded() -> None:
    """Takes from this process what no reader needs. (Where the system knows no such bounds, the one who started it still ends it in time.)"""
    try:
        import resource
    except ModuleNotFoundError:
        return
    for what, most in ((resource.RLIMIT_AS, READER_BYTES), (resource.RLIMIT_CPU, READER_SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """One file in, one document out."""
    file = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=File)
    bounded()
    sys.stdout.buffer.write(msgspec.msgpack.encode(read(file)))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
