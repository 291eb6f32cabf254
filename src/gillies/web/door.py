"""The command `gillies serve`: arguments in, a server until it is told to stop."""

import argparse
import os
import signal
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import uvicorn

from gillies.check.door import open_check
from gillies.door import open_engine, open_records
from gillies.errors import InputError
from gillies.registry.manifest import VARIABLE
from gillies.web.app import application
from gillies.web.desk import Desk
from gillies.web.log import log, take_over
from gillies.web.settings import CLOSING_SECONDS, MOST_AT_ONCE, Settings

if TYPE_CHECKING:
    from gillies.registry.lookup import Registry

MOST_PORTS = 65_535


def run(arguments: argparse.Namespace, on: date, write: Callable[[str], None]) -> int:
    """Serves until SIGINT or SIGTERM; answers under way are finished first. Raises InputError."""
    settings = Settings(
        arguments.host, arguments.port, arguments.rate, tuple(arguments.allow_host), tuple(arguments.proxy), on if arguments.on else None
    )  # fmt: skip
    bound = _bind(settings)
    registry = _registry(arguments.registry or os.environ.get(VARIABLE, ""))
    app = application(Desk(open_engine(), open_records(), open_check(), settings, registry))
    address, port = bound.getsockname()[:2]
    url = f"http://{f'[{address}]' if ':' in address else address}:{port}"
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, ws="none", lifespan="on", proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies), limit_concurrency=MOST_AT_ONCE, timeout_graceful_shutdown=CLOSING_SECONDS,
    )  # fmt: skip
    bound.listen()  # before anybody is told the address: who comes at once waits, and is not refused
    take_over()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # the server raises the signal once more when all is done: then it is no fault
    told = {"url": url, "openapi": f"{url}/api/openapi.json"}
    write(msgspec.json.encode(told).decode() + "\n" if arguments.json else f"gillies answers at {url} (Ctrl+C stops it). Nothing typed there is kept.\n")
    log("start", port=port)
    uvicorn.Server(config).run(sockets=[bound])
    log("stop")
    return 0


def _registry(folder: str) -> "Registry | None":
    """The registry to look providers up in; None where none is named. Raises InputError."""
    if not folder:
        return None
    try:
        from gillies.registry.lookup import Registry
        from gillies.registry.search.given import nicknames

        nicknames("")  # all that a search by name needs is installed, and its list is read before anybody waits for it
    except ModuleNotFoundError as lacking:
        raise InputError(f"serving a registry needs {lacking.name}, which is not installed: pip install 'gillies[registry]'.") from None
    return Registry(Path(folder))


def _bind(settings: Settings) -> socket.socket:
    """A socket at the address asked for. Raises InputError."""
    if not 0 <= settings.port <= MOST_PORTS:
        raise InputError(f"--port {settings.port} is no port: give a number from 0 to {MOST_PORTS:,} (0 takes a free one).")
    if settings.rate < 0:
        raise InputError("--rate counts requests a minute: give 0 for no limit, or more.")
    bound = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except (OSError, UnicodeError) as fault:
        bound.close()
        why = getattr(fault, "strerror", None) or str(fault)
        raise InputError(f"port {settings.port} of {settings.host} cannot be used ({why}): try another --port, or --host 127.0.0.1.") from None
    return bound
