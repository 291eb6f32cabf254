"""The API of the two checks: the types that it promises, one sentence for all that is wrong, nothing of it kept."""

import json

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.registry.made import npi
from tests.web.test_text import bomb

WORDS = "Botox is permanent. All fillers can be dissolved."


def fits(http, answer, path):
    """An answer fits the schema that the description gives for it."""
    described = http.get("/api/openapi.json").json()
    schema = described["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json())
    return answer.json()


def test_the_description_is_valid_and_its_examples_are_answered(http):
    described = http.get("/api/openapi.json").json()
    OpenAPIV31SpecValidator(described).validate()
    for path in ("/api/v1/check", "/api/v1/find"):
        example = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        assert http.post(path, json=example).status_code == 200
    example = described["paths"]["/api/v1/vet"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert http.post("/api/v1/vet", json=example | {"provider": npi(1)}).status_code == 200


def test_answers_fit_their_schemas(http):
    checked = fits(http, http.post("/api/v1/check", json={"text": WORDS + " It is said to be so." * 30, "id": {"my": 1}, "country": "us-ca"}), "/api/v1/check")
    assert checked["id"] == {"my": 1}
    assert [each["verdict"] for each in checked["statements"]] == ["contradicted"] * 2
    assert len(checked["score"]["items"]) == 19
    told = fits(http, http.post("/api/v1/vet", json={"provider": npi(1), "procedure": "rhinoplasty", "advert": "board certified"}), "/api/v1/vet")
    assert told["fits"] == "core"
    several = fits(http, http.post("/api/v1/vet", json={"provider": "Ann Iberson", "procedure": "rhinoplasty"}), "/api/v1/vet")
    assert [each["npi"] for each in several["candidates"]["results"]] == [int(npi(9)), int(npi(10))]
    found = fits(http, http.post("/api/v1/find", json={"text": "mary abersen"}), "/api/v1/find")
    assert found["results"][0]["npi"] == int(npi(1))


def test_a_file_is_taken_as_a_form_brings_it(http):
    answer = http.post("/api/v1/check", files={"file": ("saved.html", f"<!doctype html><h1>A</h1><p>{WORDS}")}, data={"country": "uk", "on": "2026-11-20"})
    told = fits(http, answer, "/api/v1/check")
    assert (told["id"], told["document"]["kind"], len(told["statements"])) == ("saved.html", "html", 2)


WRONG = [
    ("check", {}, 422, "missing required field `text`"), ("check", {"text": ""}, 422, "no text to check"), ("check", {"text": "a\0"}, 422, "binary"),
    ("check", {"text": "x" * 70_000}, 422, "at most 60,000"), ("check", {"text": WORDS, "country": "nowhere"}, 422, "Country 'nowhere' is no place"),
    ("check", {"text": WORDS, "on": "soon"}, 422, "$.on"), ("check", {"txet": WORDS}, 422, "field"), ("check", {"text": "x" * 6_000_000}, 413, "too large"),
    ("vet", {"provider": npi(1)}, 422, "procedure"), ("vet", {"provider": "", "procedure": "x"}, 422, "Say whom"),
    ("vet", {"provider": npi(1), "procedure": "rinoplasty"}, 422, "Did you mean rhinoplasty"),
    ("vet", {"provider": "12345", "procedure": "facelift"}, 422, "is no NPI"),
    ("vet", {"provider": npi(1), "procedure": "facelift", "state": "Utopia"}, 422, "State 'Utopia' is no state"),
    ("vet", {"provider": npi(1), "procedure": "facelift", "advert": "x" * 6000}, 422, "at most 5,000"),
    ("vet", {"provider": "x" * 70_000, "procedure": "facelift"}, 413, "too big"), ("vet", {"provider": 5, "procedure": "facelift"}, 422, "$.provider"),
    ("find", {}, 422, "Nothing to look for"), ("find", {"text": "Ann", "zip": "1"}, 422, "is no ZIP"),
    ("find", {"text": "Ann", "most": 0}, 422, "Most 0 cannot be"),
    ("find", {"text": "Ann", "kind": "robot"}, 422, "$.kind"), ("find", {"text": "Ann", "miles": 5}, 422, "needs the ZIP"),
    ("find", {"text": "'; DROP TABLE provider;--", "city": "' OR 1=1"}, 422, "Nobody on record practises in a town"),
    ("find", {"specialty": "<script>alert(1)</script>"}, 422, "No procedure or"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "asked", "status", "says"), WRONG)
def test_what_is_wrong_is_one_clear_sentence(http, verb, asked, status, says):
    answer = http.post(f"/api/v1/{verb}", json=asked)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert says in answer.json()["error"]
    assert "--" not in answer.json()["error"].replace("--'", ""), "no flags of the command line"


@pytest.mark.parametrize("verb", ["check", "vet", "find"])
def test_what_is_asked_never_stands_in_an_address(http, verb):
    assert http.get(f"/api/v1/{verb}", params={"provider": "Ann", "text": "Ann"}).status_code == 405


@pytest.mark.parametrize(
    ("verb", "kind", "status"), [("check", "text/plain", 415), ("vet", "multipart/form-data; boundary=b", 415), ("find", "text/plain", 415)]
)
def test_only_json_is_taken_and_files_where_they_are_checked(http, verb, kind, status):
    assert http.post(f"/api/v1/{verb}", content=b"{}", headers={"content-type": kind}).status_code == status


@pytest.mark.parametrize(
    ("files", "data", "status", "says"),
    [
        ({"file": ("a.docx", bomb())}, {}, 422, "would unpack to far more"), ({"file": ("a.txt", b"\0\1\2")}, {}, 422, "binary"),
        ({"text": (None, "Botox")}, {}, 422, "no file in this form"), ({"file": ("a.txt", b"Botox is permanent.")}, {"place": "uk"}, 422, "'place'"),
        ({"file": ("a.txt", b"Botox is permanent.")}, {"on": "soon"}, 422, "$.on"), ({"file": ("a.txt", b"x " * 4_000_000)}, {}, 413, "too large"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_checked_gets_one_sentence(http, files, data, status, says):
    answer = http.post("/api/v1/check", files=files, data=data)
    assert (answer.status_code, says in answer.json()["error"]) == (status, True), answer.json()


def test_nothing_that_is_asked_reaches_the_log(server, http):
    secret = "quuxzanzi"  # noqa: S105
    http.post("/api/v1/vet", json={"provider": secret, "procedure": secret})
    http.post("/api/v1/find", json={"text": secret, "city": secret})
    http.post("/api/v1/check", json={"text": secret})
    http.post("/api/v1/check", files={"file": (f"{secret}.pdf", secret.encode())})
    assert secret not in server.log
    assert {"/api/v1/vet", "/api/v1/find", "/api/v1/check"} <= {json.loads(line).get("route") for line in server.log.splitlines()}
