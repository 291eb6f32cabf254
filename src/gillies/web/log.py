"""The log: one line of JSON for each event on standard error. No body, no address, no query, no path as it was typed."""

import logging
import sys
from datetime import UTC, datetime

import msgspec


def log(event: str, **told: str | float) -> None:
    """Writes one line."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    sys.stderr.write(msgspec.json.encode({"at": at, "event": event, **told}).decode() + "\n")
    sys.stderr.flush()


class Plainly(logging.Handler):
    """What the server under us has to say, in the same form: its sentence without values or tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line; only warnings and worse, since our own lines tell the rest."""
        log("server", level=record.levelname.lower(), say=str(record.msg))


def take_over() -> None:
    """Sends the server's own log through ours."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], False
        logger.setLevel(logging.WARNING)
    for name in ("python_multipart", "python_multipart.multipart"):
        logging.getLogger(name).disabled = True  # it tells bytes of what was sent
    logging.getLogger("uvicorn.error").addHandler(Plainly())
    logging.getLogger("asyncio").addHandler(Plainly())
