"""A server on this machine that answers like the public NPI Registry (version 2.1): shapes as recorded, people made up."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gillies.registry.npi import check_digit

NINE = "200000001"
NPI = f"{NINE}{check_digit(NINE)}"
"""A number that fits its check digit. (Those that are issued begin with 1 so far.)"""

PERSON = {
    "created_epoch": "1163548800000", "enumeration_type": "NPI-1", "last_updated_epoch": "1780704000000", "number": NPI,
    "addresses": [
        {"country_code": "US", "country_name": "United States", "address_purpose": "MAILING", "address_type": "DOM", "address_1": "PO BOX 1",
         "city": "RENO", "state": "NV", "postal_code": "895010001"},
        {"country_code": "US", "country_name": "United States", "address_purpose": "LOCATION", "address_type": "DOM", "address_1": "1 SAMPLE ST",
         "address_2": "SUITE 103", "city": "OAKLAND", "state": "CA", "postal_code": "946091234", "telephone_number": "510-555-0100"},
    ],
    "practiceLocations": [
        {"country_code": "US", "address_purpose": "LOCATION", "address_1": "2 SAMPLE ST", "city": "BERKELEY", "state": "CA", "postal_code": "94704"}
    ],
    "basic": {
        "first_name": "MARY", "last_name": "ABERSON", "middle_name": "SAMPLE", "credential": "M.D.", "sole_proprietor": "YES", "sex": "F",
        "enumeration_date": "2006-11-15", "last_updated": "2026-06-06", "certification_date": "2026-06-06", "status": "A", "name_prefix": "--",
        "name_suffix": "--",
    },
    "taxonomies": [
        {"code": "207Q00000X", "taxonomy_group": "", "desc": "Family Medicine", "state": "NV", "license": "16110", "primary": False},
        {"code": "207Y00000X", "taxonomy_group": "", "desc": "Otolaryngology", "state": "CA", "license": "A99999", "primary": True},
    ],
    "identifiers": [], "endpoints": [],
    "other_names": [{"type": "Former Name", "code": "1", "first_name": "MARY", "last_name": "BEBERSON"}],
}  # fmt: skip
FIRM = {
    "enumeration_type": "NPI-2", "number": NPI, "addresses": PERSON["addresses"], "practiceLocations": [],
    "basic": {"organization_name": "SAMPLE SURGERY CENTER", "organizational_subpart": "NO", "enumeration_date": "2000-01-01", "last_updated": "2000-01-02",
              "status": "A"},
    "taxonomies": [{"code": "261QA1903X", "desc": "Ambulatory Surgical", "primary": True}], "identifiers": [], "endpoints": [],
    "other_names": [{"type": "Doing Business As", "code": "3", "organization_name": "SAMPLE SURGERY"}],
}  # fmt: skip
NOBODY = {"result_count": 0, "results": []}
ERRORS = {"Errors": [{"description": "NPI must be 10 digits", "field": "number", "number": "06"}]}


def results(*found: dict[str, Any]) -> dict[str, Any]:
    """An answer with these."""
    return {"result_count": len(found), "results": list(found)}


class Answer:
    """What the server answers once: a status, headers, a body (data is sent as JSON), after some seconds."""

    def __init__(self, body: Any = b"", status: int = 200, after: float = 0, **headers: str) -> None:
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.after, self.headers = status, after, {name.replace("_", "-"): value for name, value in headers.items()}


class Server:
    """Answers one after the other, the last one for ever; keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                time.sleep(answer.after)
                try:
                    self.send_response(answer.status)
                    for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)
                except (BrokenPipeError, ConnectionResetError):  # who asked has hung up
                    pass

            def log_message(self, *told: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/api/"

    def __enter__(self) -> "Server":
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *ending: object) -> None:
        self.http.shutdown()
        self.http.server_close()
