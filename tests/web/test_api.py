"""The JSON API of a real server, asked by a real client: the very answers of the command line, and one sentence for all that is wrong."""

import json
import re
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gillies.assess.answer import Assessment
from gillies.web.guard import HEADERS
from tests.web.served import DAY, served

LIDS = "I have Aetna. My upper lids droop over my pupils and MRD1 is 1.5 mm. Would they pay for surgery? I'm 61."


def command(*arguments, given=None):
    done = subprocess.run([sys.executable, "-m", "gillies", *arguments], input=given, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_answer_is_the_very_answer_of_the_command_line(http):
    answer = http.post("/api/v1/assess", json={"text": LIDS})
    assert answer.status_code == 200
    assert answer.json() == command("assess", "--json", "--on", DAY, LIDS)


def test_facts_may_be_given_as_a_form_gives_them(http):
    asked = {
        "id": {"my": [1, "id"]}, "procedures": ["panniculectomy"], "payers": ["aetna"], "state": "ca",
        "facts": {"age": 50, "bmi": 2},
    }  # fmt: skip
    refused = http.post("/api/v1/assess", json=asked)
    assert (refused.status_code, refused.json()["error"][:39]) == (422, "No finding or concern is called 'bmi'. ")
    asked["facts"] = {"age": 50, "height": 170, "weight": "70 kg"}
    answer = http.post("/api/v1/assess", json=asked).json()
    assert answer["id"] == {"my": [1, "id"]}
    assert answer["procedures"][0]["procedure"] == "panniculectomy"
    assert answer["found"] == []
    line = subprocess.run(
        [sys.executable, "-m", "gillies", "assess", "--jsonl", "-", "--on", DAY], input=json.dumps(asked).encode(), capture_output=True, check=True
    )
    assert json.loads(line.stdout) == answer


def test_what_was_read_wrongly_can_be_taken_back(http):
    text = "I want my nose fixed. I broke it two years ago."
    before = http.post("/api/v1/assess", json={"text": text}).json()
    after = http.post("/api/v1/assess", json={"text": text, "not_meant": ["broken-nose", "cause-injury", "nose-injury"]}).json()
    assert "reconstructive" in before["intent"]
    assert after["intent"] == "cosmetic"


def test_the_day_may_be_another_one(http):
    assert http.post("/api/v1/assess", json={"text": "nose job", "on": "2024-05-01"}).json()["as_of"] == "2024-05-01"


def test_a_record_is_what_show_prints(http):
    assert http.get("/api/v1/records/rhinoplasty").json() == command("show", "rhinoplasty", "--json")
    assert http.get("/api/v1/records").json() == command("show", "--json")
    assert http.get("/api/v1/records/Nose%20reshaping%20(rhinoplasty)").json()[0]["id"] == "rhinoplasty"


def test_no_such_record_says_what_is_near(http):
    answer = http.get("/api/v1/records/rinoplasty")
    assert answer.status_code == 404
    assert "Did you mean rhinoplasty" in answer.json()["error"]


WRONG = [
    (b"{broken", 422, "not a request like"),
    (b"[]", 422, "not a request like"),
    (b'{"text": 5}', 422, "$.text"),
    (b'{"txet": "nose"}', 422, "unknown field `txet`"),
    (b"{}", 422, "nothing to answer"),
    (b'{"text": "   "}', 422, "nothing to answer"),
    (b'{"text": "nose\\u0000job"}', 422, "binary"),
    (b'{"text": "nose", "on": "tomorrow"}', 422, "$.on"),
    (b'{"text": "nose", "facts": {"age": "old"}}', 422, "does not fit age"),
    (b'{"text": "nose", "facts": {"age": 1e999}}', 422, "out of range"),
    (b'{"text": "nose", "facts": {"sex": "yes"}}', 422, "give one of female, male"),
    (b'{"text": "nose", "payers": ["<script>alert(1)</script>"]}', 422, "no payer is called"),
    (b'{"text": "nose", "procedures": ["rhinoplast"]}', 422, "Did you mean rhinoplasty"),
    (b'{"text": "nose", "state": "California"}', 422, "two letters"),
    (b'\xff\xfe{"text": "nose"}', 422, "not a request like"),
    (b'{"text": "nose", "id": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", 422, "nested too deeply"),
    (b'{"text": "' + b"nose " * 1001 + b'"}', 422, "at most 5,000"),
    (b'{"text": "' + b"nose " * 20_000 + b'"}', 413, "too big"),
]


@pytest.mark.parametrize(("body", "status", "says"), WRONG)
def test_what_is_wrong_is_one_clear_sentence(http, body, status, says):
    answer = http.post("/api/v1/assess", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert says in answer.json()["error"][:1].lower() + answer.json()["error"][1:]
    assert len(answer.json()["error"]) < 500


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/assess", 405), ("DELETE", "/api/v1/records/rhinoplasty", 405), ("GET", "/api/v2", 404), ("GET", "/api/v1/records/" + "x" * 300, 404),
        ("GET", "/api/v1/records/..%2f..%2fetc%2fpasswd", 404), ("GET", "/api/v1/records/%00", 404), ("GET", "/api/v1/records/%ff", 404),
        ("GET", "/api/v1/records/", 404),
    ],
)  # fmt: skip
def test_an_address_that_is_none(http, method, path, status):
    answer = http.request(method, path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]


def test_only_json_is_taken(http):
    assert http.post("/api/v1/assess", content=b'{"text": "nose job"}', headers={"content-type": "text/plain"}).status_code == 415


@pytest.mark.parametrize("path", ["/health", "/api/v1/records", "/api/v1/nothing", "/api/openapi.json"])
def test_every_answer_has_the_headers_that_keep_a_browser_safe(http, path):
    held = http.get(path).headers
    assert {name: held[name] for name in HEADERS if name != "cache-control"} == {name: value for name, value in HEADERS.items() if name != "cache-control"}
    assert "server" not in held
    assert "set-cookie" not in held


def test_the_description_is_valid_openapi_and_fits_the_answers(http):
    described = http.get("/api/openapi.json").json()
    OpenAPIV31SpecValidator(described).validate()
    example = described["paths"]["/api/v1/assess"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert http.post("/api/v1/assess", json=example).status_code == 200
    assert set(described["components"]["schemas"]["Assessment"]["properties"]) == set(Assessment.__struct_fields__)


def test_an_answer_fits_its_schema(http):
    from jsonschema import Draft202012Validator

    described = http.get("/api/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Assessment", "components": described["components"]}
    Draft202012Validator(schema).validate(http.post("/api/v1/assess", json={"text": LIDS}).json())


def test_alive_and_ready(http):
    assert http.get("/health").json()["status"] == "ok"
    assert http.get("/ready").json()["status"] == "ready"


def test_nothing_that_is_sent_reaches_the_log(server, http):
    secret = "zanzibar"  # noqa: S105
    http.post("/api/v1/assess", json={"text": f"nose {secret}"}, headers={"user-agent": secret})
    http.post("/api/v1/assess", content=f'{{"{secret}'.encode(), headers={"content-type": "application/json"})
    http.get(f"/api/v1/records/{secret}?{secret}")
    http.get(f"/{secret}")
    http.request(secret.upper(), "/")
    assert secret not in server.log.lower()
    lines = [json.loads(line) for line in server.log.splitlines()]
    assert {line["event"] for line in lines} <= {"start", "request", "server"}
    assert {"/api/v1/assess", "/api/v1/records/{id}", "none"} <= {line.get("route") for line in lines}


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"\x00\x01\x02\x03\r\n\r\n", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /api/v1/assess HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n",
        b"GET /none HTTP/1.1\r\nHost: a\r\nX: \xff\xfe\r\n\r\n",
        b"POST /api/v1/assess HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    ],
)  # fmt: skip
def test_what_is_no_request_does_no_harm(server, http, raw):
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), 10) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(20)
        try:
            told = line.recv(100)
        except ConnectionError:
            told = b""
    assert not re.match(rb"HTTP/1.1 (200|500)", told)
    assert http.get("/health").status_code == 200


def test_too_many_from_one_address_are_told_to_wait(tmp_path):
    with served(tmp_path, "--rate", "5") as running, httpx.Client(base_url=running.url) as client:
        found = [client.get("/api/v1/records/facelift", headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code for n in range(7)]
        late = client.get("/api/v1/records")
        assert found == [200] * 5 + [429] * 2
        assert int(late.headers["retry-after"]) >= 1
        assert "Too many requests" in late.json()["error"]
        assert client.get("/health").status_code == 200


def test_behind_a_proxy_each_visitor_is_counted_and_other_names_are_refused(tmp_path):
    with served(tmp_path, "--rate", "2", "--proxy", "127.0.0.1", "--allow-host", "care.example") as running, httpx.Client(base_url=running.url) as client:

        def ask(visitor, host="care.example"):
            return client.get("/api/v1/records/facelift", headers={"host": host, "x-forwarded-for": visitor}).status_code

        assert [ask("192.0.2.1") for _ in range(3)] == [200, 200, 429]
        assert ask("192.0.2.2") == 200
        assert [ask(f"2001:db8::{n}") for n in range(3)] == [200, 200, 429], "a household's addresses count as one"
        assert ask("192.0.2.3", "evil.example") == 400


def test_told_to_stop_it_ends_cleanly(tmp_path):
    with served(tmp_path) as running:
        assert httpx.get(running.url + "/health").status_code == 200
        assert running.stop() == 0
        assert '"event":"stop"' in running.log


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "99999"], "is no port"), (["--host", "no.such.host.invalid"], "cannot be used"), (["--rate", "-1"], "0 for no limit"),
        (["--on", "soon"], "is not a date"),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_one_sentence(arguments, says):
    done = subprocess.run([sys.executable, "-m", "gillies", "serve", *arguments], capture_output=True, timeout=120)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_port_that_is_taken_is_one_sentence(server):
    done = subprocess.run([sys.executable, "-m", "gillies", "serve", "--port", str(urlsplit(server.url).port)], capture_output=True, timeout=120)
    assert done.returncode == 2
    assert b"cannot be used (Address already in use): try another --port" in done.stderr


HEAD = b"POST /api/v1/assess HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


def told(server, head, pieces):
    """What the server says to a request sent piece by piece, until it answers."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), 30) as line:
        line.sendall(head)
        try:
            for piece in pieces:
                line.sendall(piece)
        except ConnectionError:
            pass  # it has closed the door already
        return line.recv(15)


def test_a_body_that_never_ends_is_cut_off(server, http):
    chunk = b"3e8\r\n" + b" " * 1000 + b"\r\n"
    assert told(server, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", [chunk] * 70).startswith(b"HTTP/1.1 413")
    assert http.get("/health").status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for(server):
    assert told(server, HEAD + b"Content-Length: 500\r\n\r\n", [b'{"text": ']).startswith(b"HTTP/1.1 408")
