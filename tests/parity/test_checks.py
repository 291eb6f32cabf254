"""The checks through two doors: what the command prints with --json and what the API answers are the same bytes, laid out or not."""

import subprocess
import sys

import httpx
import msgspec
import pytest

from tests.check.readers.made import pdf
from tests.registry.made import npi
from tests.registry.vetted import made
from tests.screen.test_parity import DAY
from tests.web.served import served

ARTICLE = (
    """Who does it?

Cosmetic surgery is a medical specialty. Botox is permanent. Results are guaranteed at our clinic.

"""
    + "Nobody tells what can go wrong, or how long it takes, and what else there is. " * 10
)
VETS = [
    *({"provider": npi(number), "procedure": "rhinoplasty", "state": state} for number in range(1, 11) for state in ("", "CA")),
    {"provider": "Ann Iberson", "procedure": "facelift"}, {"provider": "Mary Aberson", "procedure": "lip filler", "advert": "board certified cosmetic surgeon"},
    {"provider": "1234567893", "procedure": "facelift"},
]  # fmt: skip
FINDS = [
    {"text": "mary abersen"},
    {"text": "Ann Iberson", "state": "NV"},
    {"text": npi(2)},
    {"procedure": "septoplasty", "zip": "94609", "miles": 50.0, "most": 3},
]


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return made(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="module")
def api(tmp_path_factory, registry):
    with served(tmp_path_factory.mktemp("server"), "--rate", "0", "--registry", str(registry)) as running, httpx.Client(base_url=running.url) as client:
        yield lambda verb, **request: client.post(f"/api/v1/{verb}", timeout=60, **request)


def printed(*command):
    done = subprocess.run([sys.executable, "-m", "gillies", *command, "--json", "--on", DAY.isoformat()], capture_output=True, timeout=120)
    assert done.stdout, done.stderr
    return done.stdout


def laid_out(answer):
    assert answer.status_code == 200, answer.text
    return msgspec.json.format(answer.content, indent=2) + b"\n"


@pytest.mark.parametrize("country", ["", "us-ca", "au"])
def test_a_text_gets_the_very_answer_of_check(api, tmp_path, country):
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE)
    asked = {"text": ARTICLE, "id": str(file), "country": country}
    assert laid_out(api("check", json=asked)) == printed("check", str(file), "--country", country)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.md", ARTICLE.encode()), ("a.html", f"<!doctype html><title>T</title><p>{ARTICLE}".encode()), ("a.pdf", pdf([(11, 14, "Botox is permanent.")] * 4))],
)
def test_a_file_gets_the_very_answer_of_check(api, tmp_path, name, raw):
    file = tmp_path / name
    file.write_bytes(raw)
    assert laid_out(api("check", files={"file": (name, raw)}, data={"id": str(file)})) == printed("check", str(file))


def test_a_provider_gets_the_very_answer_of_vet(api, registry):
    for asked in VETS[::3]:
        flags = [part for name in ("state", "advert") if asked.get(name) for part in (f"--{name}", asked[name])]
        command = ("vet", asked["provider"], "--procedure", asked["procedure"], "--registry", str(registry), *flags)
        assert laid_out(api("vet", json=asked)) == printed(*command)


@pytest.mark.parametrize("asked", FINDS)
def test_a_search_gets_the_very_answer_of_find(api, registry, asked):
    flags = [part for name in ("state", "procedure", "zip", "miles", "most") if asked.get(name) for part in (f"--{name}", str(asked[name]))]
    assert laid_out(api("find", json=asked)) == printed("registry", "find", *asked.get("text", "").split(), "--registry", str(registry), *flags)
