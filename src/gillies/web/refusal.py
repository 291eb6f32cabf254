"""What a request is told that cannot be answered: one clear sentence, as JSON or as a page."""

from html import escape
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

SAYS = {
    400: "This request cannot be read. Check how it is written.",
    404: "There is nothing at this address.",
    405: "This address does not take that method. For pages: begin at the start. For programs: /api/openapi.json tells.",
    408: "The request took too long to arrive. Send it again.",
    413: "The request is too big. Send less: a text of at most 5,000 characters.",
    415: "Send JSON, and say so: Content-Type: application/json.",
    429: "Too many requests from this address. Wait a moment and try again.",
    500: "A fault of ours. It was noted without what you sent. Please try again later.",
    503: "It took too long to answer this. Try again, or send a shorter text.",
}
"""Status -> what to tell where nothing more exact is known."""
FOR_PROGRAMS = ("/api/", "/health", "/ready")


class Refused(HTTPException):
    """A request that is not answered, with its status and sentence."""

    def __init__(self, status: int, sentence: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(status, sentence or said(status), headers)


def said(status: int) -> str:
    """The sentence for a status."""
    return SAYS.get(status) or f"{HTTPStatus(status).phrase}."


def as_json(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """`{"error": sentence}`."""
    return Response(msgspec.json.encode({"error": sentence}), status, headers, "application/json")


HEADS = {
    404: "Nothing here", 408: "That took too long", 413: "That is too much", 415: "Not in this form", 429: "A moment, please", 500: "Our fault",
    503: "That took too long",
}  # fmt: skip
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{head} · gillies</title>
<link rel="stylesheet" href="/static/style.css"></head>
<body><header><nav class="bar" aria-label="Site"><a class="brand" href="/">gillies</a></nav></header>
<main class="refusal"><p class="muted">{status}</p><h1>{head}</h1><p class="lede">{sentence}</p>
<p class="row"><a class="button" href="/">To the start</a> <a href="/learn">Look through what we know</a></p>
<p class="muted">Nothing that you typed was kept.</p></main></body></html>
"""


def as_page(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """The sentence as a page of its own, which needs nothing that may have failed."""
    page = PAGE.format(status=status, head=HEADS.get(status, "That did not work"), sentence=escape(sentence))
    return Response(page, status, headers, "text/html")


def refusal(path: str, status: int, sentence: str = "", headers: dict[str, str] | None = None) -> Response:
    """What whoever asked for a path can read: JSON for programs, else a page."""
    make = as_json if path.startswith(FOR_PROGRAMS) else as_page
    return make(status, sentence or said(status), headers)
