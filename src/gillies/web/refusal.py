"""What a request is told that cannot be answered: one clear sentence, as JSON or as a page."""

from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

SAYS = {
    400: "This request cannot be read. Check how it is written.",
    404: "There is nothing at this address. /api/v1/records lists every record, /api/openapi.json every address.",
    405: "This address does not take that method. /api/openapi.json says what each address takes.",
    408: "The request took too long to arrive. Send it again.",
    413: "The request is too big. Send less: a text of at most 5,000 characters.",
    415: "Send JSON, and say so: Content-Type: application/json.",
    429: "Too many requests from this address. Wait a moment and try again.",
    500: "A fault of ours. It was noted without what you sent. Please try again later.",
    503: "It took too long to answer this. Try again, or send a shorter text.",
}
"""Status -> what to tell where nothing more exact is known."""


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


def is_for_programs(request: Request) -> bool:
    """Whether whoever asks reads JSON rather than pages."""
    return request.url.path.startswith(("/api/", "/health", "/ready"))
