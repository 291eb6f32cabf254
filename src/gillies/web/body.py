"""The body of a request: bounded in size and time before anything reads it, held in memory and nowhere else."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import PurePosixPath

import msgspec
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from gillies.check.readers.document import seen
from gillies.web.refusal import Refused
from gillies.web.settings import BODY_SECONDS, MOST_BYTES, MOST_UPLOAD_BYTES, UPLOAD_SECONDS

CLOSE = {"connection": "close"}
FORM, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
MOST_PARTS = 20
LONGEST_NAME = 120
TOO_LARGE = f"That is too large: at most {MOST_UPLOAD_BYTES // 1024 // 1024} MB are taken. Give the words alone, or a part of them."
OWN_FORM = "This page takes its own form only. Go back to it and try again."
UNREADABLE = "This form cannot be read. Go back to it and try again."


class Sent(msgspec.Struct, frozen=True):
    """What a form brought: its fields, and a file with its name (both empty where there is none)."""

    fields: dict[str, str]
    file: bytes = b""
    name: str = ""


class InMemory(MultiPartParser):
    """Starlette's reader of forms that hold files, without its way to disk: 0 is no limit here, and what comes has been bounded before."""

    spool_max_size = 0


def kind(request: Request) -> str:
    """What a request says that its body is."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_of(request: Request) -> bytes:
    """The body, if it is small enough and arrives in time. Raises Refused."""
    return await _arrived(request, MOST_BYTES, BODY_SECONDS, Refused(413, headers=CLOSE), lambda _: None)


async def large_body_of(request: Request, take: Callable[[int], None]) -> bytes:
    """The same for a body that may hold a file; `take`: of the room that there is for such."""
    return await _arrived(request, MOST_UPLOAD_BYTES, UPLOAD_SECONDS, Refused(413, TOO_LARGE, CLOSE), take)


async def _arrived(request: Request, most: int, seconds: float, too_large: Refused, take: Callable[[int], None]) -> bytes:
    told = request.headers.get("content-length", "0")
    held = bytearray()
    try:
        async with asyncio.timeout(seconds):
            if not told.isdecimal() or int(told) > most:
                raise too_large
            async for piece in request.stream():
                take(len(piece))
                held += piece
                if len(held) > most:
                    raise too_large
    except TimeoutError:
        raise Refused(408, headers=CLOSE) from None
    except ClientDisconnect:  # nobody is left to answer, and it is no fault of ours
        raise Refused(400, headers=CLOSE) from None
    return bytes(held)


async def form_of(request: Request, body: bytes) -> Sent:
    """A form that may hold a file. Raises Refused."""
    if "charset" in request.headers["content-type"].lower():  # no browser says one here, and some that Python knows take forever
        raise Refused(400, UNREADABLE)
    try:
        form = await InMemory(request.headers, _whole(body), max_files=1, max_fields=MOST_PARTS, max_part_size=MOST_UPLOAD_BYTES).parse()
    except MultiPartException:
        raise Refused(400, UNREADABLE) from None
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    return Sent(fields, await files[0].read(), file_name(files[0].filename or "")) if files else Sent(fields)


def file_name(told: str) -> str:
    """A file's own name, without the folders that a browser may tell."""
    return " ".join(seen(PurePosixPath(told.replace("\\", "/")).name).split())[-LONGEST_NAME:]


async def _whole(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
