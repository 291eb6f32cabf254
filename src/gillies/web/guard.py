"""Around every request: how many an address may send, what every answer's head says, and one line in the log without a word of what was sent."""

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gillies.web.log import log
from gillies.web.refusal import refusal

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""What every answer says; an answer's own line comes before ours (a style sheet may be kept)."""
FREE = ("/health", "/ready")
"""What a balancer asks all day is not counted."""
MOST_ADDRESSES = 20_000
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


class Allowance:
    """How many requests each address may still send: so many a minute, all at once if it likes. Nothing outlives the process."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.clock = rate, clock
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, address: str) -> float:
        """Seconds to wait before the next request; 0: it may come now, and counts."""
        if not self.rate:
            return 0.0
        now, key = self.clock(), network(address)
        left, at = self._left.pop(key, (float(self.rate), now))
        left = min(float(self.rate), left + (now - at) * self.rate / 60)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > MOST_ADDRESSES:
            del self._left[next(iter(self._left))]  # the one not heard of for the longest time
        return 0.0 if left >= 1 else (1 - left) * 60 / self.rate


def network(address: str) -> str:
    """What counts as one address: of the newer kind of addresses a household has billions, which share their first half."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(found) >> 64 << 64)) if isinstance(found, IPv6Address) and found.ipv4_mapped is None else str(found)


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, allowance: Allowance, hosts: tuple[str, ...] = ()) -> None:
        """`hosts`: the only names it answers to; none: any."""
        self.app, self.allowance, self.hosts = app, allowance, frozenset(name.lower() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = with_headers(message["headers"])
            await send(message)

        wait = 0.0 if scope["path"] in FREE else self.allowance.wait(scope["client"][0] if scope.get("client") else "")
        try:
            if self.hosts and host(scope) not in self.hosts and scope["path"] not in FREE:
                await refusal(scope["path"], 400, "This server does not answer to that name: check the address.")(scope, receive, guarded)
            elif wait:
                await refusal(scope["path"], 429, headers={"retry-after": str(int(wait) + 1)})(scope, receive, guarded)
            else:
                await self.app(scope, receive, guarded)
        except Exception as fault:  # the last line of defence: what was sent must not reach the log by way of a traceback
            log("fault", kind=type(fault).__name__, where=place(fault))
            if not status:
                await refusal(scope["path"], 500)(scope, receive, guarded)
        finally:
            route = scope.get("route")
            log(
                "request", method=scope["method"] if scope["method"] in METHODS else "other", route=getattr(route, "path", "none"), status=status,
                ms=round((time.perf_counter() - begun) * 1000, 1),
            )  # fmt: skip


def host(scope: Scope) -> str:
    """The name that a request asks for, without the port."""
    named = next((value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"), "")
    return named.rpartition("]")[0].removeprefix("[") if named.startswith("[") else named.partition(":")[0]


def with_headers(own: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """An answer's headers and ours."""
    there = {name.lower() for name, _ in own}
    return [*own, *((name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there)]


def place(fault: BaseException) -> str:
    """Where a fault arose: file and line of our code, never its values."""
    trace: Any = fault.__traceback__
    found = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "gillies" in file:
            found = f"{file.rpartition('gillies/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
