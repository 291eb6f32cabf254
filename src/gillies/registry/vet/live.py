"""One NPI asked of the public NPI Registry (NPPES, version 2.1 of its API). Only the number leaves the machine, and only when it is asked for.

The answer is taken for what it is, a few fields in JSON from somewhere else: whatever is missing stays unknown, and whatever has another shape than
expected is refused rather than guessed.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import httpx
import msgspec

from gillies import __version__
from gillies.errors import InputError
from gillies.registry import record
from gillies.registry.lookup import OnRecord
from gillies.registry.npi import is_made_up
from gillies.registry.vet.evidence import Evidence

URL = "https://npiregistry.cms.hhs.gov/api/"
ADDRESS = "GILLIES_NPI_REGISTRY"
"""A variable with another address of the same API, such as a proxy of one's own."""

TIMEOUT = httpx.Timeout(10, connect=5)
TRIES, FIRST_PAUSE, LONGEST_PAUSE = 4, 0.5, 20.0
"""Seconds: each pause is twice the one before, unless the server asks for another (Retry-After)."""

EVERY = 1.0
"""Seconds between two questions of one process: the registry is a free service for all."""

MOST_BYTES = 2_000_000
HERE = ("localhost", "127.0.0.1", "::1")
PERSON, FIRM = "NPI-1", "NPI-2"
Sleep = Callable[[float], None]


class NoAnswerError(InputError):
    """The registry did not answer."""


class BusyError(Exception):
    """An answer that may be another one in a moment. `after`: seconds that the server asks to wait."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Pace:
    """Keeps questions apart, whoever in this process asks them."""

    def __init__(self, every: float) -> None:
        self.every, self.next = every, 0.0
        self.lock = threading.Lock()

    def wait(self, sleep: Sleep) -> None:
        """Waits for one's turn."""
        with self.lock:
            now = time.monotonic()
            turn = max(now, self.next)
            self.next = turn + self.every
        if turn > now:
            sleep(turn - now)


PACE = Pace(EVERY)


def ask(npi: int, on: date, sleep: Sleep = time.sleep, url: str = "") -> Evidence:
    """Asks about one number. Raises InputError, in one sentence, where no answer came."""
    if is_made_up(npi):
        raise InputError(f"NPI {npi} is made up (it begins with 9): no registry but a sample knows it. Give --registry instead.")
    address = _address_of(url or os.environ.get(ADDRESS, "") or URL)
    raw = _fetched(address, npi, sleep)
    say = f"{address.host} was asked about the NPI {npi} on {on}, and about nothing else. Exclusions and Medicare's files were not looked into."
    return Evidence(read(raw, npi), {"nppes": on}, asked=say)


def _address_of(text: str) -> httpx.URL:
    """An address that may be asked: encrypted, or on this machine. Raises InputError."""
    try:
        address = httpx.URL(text)
    except httpx.InvalidURL as fault:
        raise InputError(f"{ADDRESS} {text!r} is no address ({fault}): leave it out, or write https://….") from fault
    if address.scheme != "https" and not (address.scheme == "http" and address.host in HERE):
        raise InputError(f"{ADDRESS} {text!r} is not encrypted: leave it out, or write https://….")
    return address


def _fetched(address: httpx.URL, npi: int, sleep: Sleep) -> bytes:
    pause, why = FIRST_PAUSE, ""
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False, headers={"User-Agent": f"gillies/{__version__}", "Accept": "application/json"}) as client:
        for attempt in range(1, TRIES + 1):
            PACE.wait(sleep)
            try:
                return _once(client, address, npi)
            except BusyError as fault:
                why = str(fault)
                wait = pause if fault.after is None else fault.after
            except httpx.HTTPError as fault:
                why, wait = f"it did not answer ({type(fault).__name__})", pause
            if wait > LONGEST_PAUSE:
                why += f", and wants to be left alone for {wait:,.0f} seconds"
            if attempt == TRIES or wait > LONGEST_PAUSE:
                break
            sleep(wait)
            pause *= 2
    raise NoAnswerError(
        f"the NPI Registry at {address.host} was asked about NPI {npi}: {why}. Try again later, or build a registry (`gillies registry build`)."
    )


def _once(client: httpx.Client, address: httpx.URL, npi: int) -> bytes:
    """One request. Raises BusyError for what may pass, NoAnswerError for what will not."""
    with client.stream("GET", address, params={"version": "2.1", "number": str(npi)}) as answer:
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise BusyError("it is asked too often just now", _seconds(answer.headers))
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise BusyError(f"it answered with an error of its own ({answer.status_code})", _seconds(answer.headers))
        if answer.is_redirect:
            raise NoAnswerError(
                f"the NPI Registry at {address.host} sends its answer elsewhere ({answer.headers.get('location', '')[:200]}): it was not followed."
            )
        if answer.status_code != httpx.codes.OK:
            raise NoAnswerError(f"the NPI Registry at {address.host} refused the question ({answer.status_code}): look the number up on its page.")
        raw = b""
        for piece in answer.iter_bytes():
            raw += piece
            if len(raw) > MOST_BYTES:
                raise NoAnswerError(f"the NPI Registry at {address.host} sent far more than one provider's record: nothing of it was used.")
        return raw


def _seconds(headers: Mapping[str, str]) -> float | None:
    """What Retry-After asks for, in seconds. (A day in its place is taken for the usual pause.)"""
    told = headers.get("retry-after", "")
    return float(told) if told.isdigit() else None


def read(raw: bytes, npi: int) -> OnRecord:
    """An answer as the files would have it. Raises NoAnswerError where it is none."""
    return _on_record(npi, _result(raw, npi))


def _result(raw: bytes, npi: int) -> dict[str, Any] | None:
    """The one result; None where the registry has none. Raises NoAnswerError."""
    try:
        held = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise NoAnswerError(f"the NPI Registry's answer for NPI {npi} cannot be read ({fault}): look the number up on its page.") from fault
    if not isinstance(held, dict):
        raise NoAnswerError(f"the NPI Registry's answer for NPI {npi} has an unknown shape: look the number up on its page.")
    if held.get("Errors"):
        told = "; ".join(str(each.get("description", "")) for each in held["Errors"] if isinstance(each, dict)) if isinstance(held["Errors"], list) else ""
        raise NoAnswerError(f"the NPI Registry does not take NPI {npi}: {told[:300] or 'it names no reason'}.")
    results = held.get("results")
    if not isinstance(results, list):
        raise NoAnswerError(f"the NPI Registry's answer for NPI {npi} has an unknown shape: look the number up on its page.")
    own = [each for each in results if isinstance(each, dict) and str(each.get("number", "")) == str(npi)]
    if len(own) > 1 or len(own) != len(results):
        raise NoAnswerError(f"the NPI Registry answered NPI {npi} with {len(results):,} providers, not one: nothing of it was used.")
    return own[0] if own else None


def _on_record(npi: int, result: dict[str, Any] | None) -> OnRecord:
    """A result as the files would have it."""
    if result is None:
        return OnRecord(npi, None)
    basic, addresses = _part(result, "basic"), _parts(result, "addresses")
    main = next((each for each in addresses if each.get("address_purpose") == "LOCATION"), {})
    entity = {PERSON: "1", FIRM: "2"}.get(str(result.get("enumeration_type")))
    others = _parts(result, "other_names")
    first_other = others[0] if others and entity == "1" else {}
    gone = _text(basic, "status") == "D"
    provider = record.Provider(
        entity=entity, organization=_text(basic, "organization_name") or (_text(basic, "name") if entity == "2" else None), last=_text(basic, "last_name"),
        first=_text(basic, "first_name"), middle=_text(basic, "middle_name"), prefix=_text(basic, "name_prefix"), suffix=_text(basic, "name_suffix"),
        credential=_text(basic, "credential"), other_last=_text(first_other, "last_name"), other_first=_text(first_other, "first_name"),
        other_middle=_text(first_other, "middle_name"), other_kind=_text(first_other, "code"), enumerated=_day(basic, "enumeration_date"),
        updated=_day(basic, "last_updated"), certified=_day(basic, "certification_date"),
        deactivated=_day(basic, "deactivation_date") or (_day(basic, "last_updated") if gone else None), reactivated=_day(basic, "reactivation_date"),
        sex=_text(basic, "sex") or _text(basic, "gender"), sole=_text(basic, "sole_proprietor"), parent=_text(basic, "parent_organization_legal_business_name"),
        **_address(main),
    )  # fmt: skip
    names = [record.OtherName(_text(each, "organization_name"), _text(each, "code")) for each in others if _text(each, "organization_name")]
    places = [record.Place(**_address(each)) for each in _parts(result, "practiceLocations")]
    return OnRecord(npi, provider, _taxonomies(result), tuple(names), tuple(places))


def _taxonomies(result: dict[str, Any]) -> tuple[record.Taxonomy, ...]:
    reported = [each for each in _parts(result, "taxonomies") if _text(each, "code")]
    return tuple(
        record.Taxonomy(str(slot), _text(each, "code") or "", _text(each, "license"), _text(each, "state"), "Y" if each.get("primary") is True else "N")
        for slot, each in enumerate(reported, 1)
    )


def _address(held: dict[str, Any]) -> dict[str, Any]:
    code = (_text(held, "postal_code") or "").replace("-", "")
    return {
        "address": _text(held, "address_1"), "address2": _text(held, "address_2"), "city": _text(held, "city"), "state": _text(held, "state"),
        "zip5": code[:5] or None, "zip4": code[5:] or None, "country": _text(held, "country_code"), "phone": _text(held, "telephone_number"),
    }  # fmt: skip


def _part(held: dict[str, Any], name: str) -> dict[str, Any]:
    found = held.get(name)
    return found if isinstance(found, dict) else {}


def _parts(held: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = held.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(held: dict[str, Any], name: str) -> str | None:
    """A text; none where it is empty or a row of dashes, as the registry writes nothing."""
    found = held.get(name)
    return found.strip() if isinstance(found, str) and found.strip("- ") else None


def _day(held: dict[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat((_text(held, name) or "")[:10])
    except ValueError:
        return None
