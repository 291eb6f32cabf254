"""A file that somebody uploads -> its document, read in a process of its own (file_reader.py), which is ended when it takes too long. Through pipes: nothing
is written to disk, and neither name nor content stands where other processes could see it."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE

import msgspec

from gillies.check.readers.document import Document
from gillies.errors import InputError
from gillies.web.desk import Desk
from gillies.web.file_reader import File, Read
from gillies.web.refusal import Refused
from gillies.web.settings import READER_SECONDS

READER = (sys.executable, "-B", "-m", "gillies.web.file_reader")
TOO_LONG = "It took too long to read this file. Save the words alone and try again."


async def read_file(desk: Desk, raw: bytes, name: str) -> Document:
    """The document of a file. Raises InputError that says what is wrong with it, Refused when it takes too long."""
    try:
        async with asyncio.timeout(READER_SECONDS), desk.readers:
            told = await _read_apart(msgspec.msgpack.encode(File(name, raw)))
    except TimeoutError:
        raise Refused(503, TOO_LONG) from None
    if not told:
        raise InputError(f"{name or 'the file'} cannot be read, since it is broken or made to be hard to read: save the words alone and try again.")
    read = msgspec.msgpack.decode(told, type=Read)
    if read.document is None:
        raise InputError(read.wrong)
    return read.document


async def _read_apart(file: bytes) -> bytes:
    """What the reader tells of a file; nothing where it came to an end of its own."""
    process = await asyncio.create_subprocess_exec(*READER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        told, _ = await process.communicate(file)
        return told if process.returncode == 0 else b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
