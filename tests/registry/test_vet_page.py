"""A vet in the terminal: any width, any signs, nothing that moves the cursor, as much as the JSON; and nothing heavy is imported for it."""

import json
import re
import subprocess
import sys

import msgspec
import pytest

from gillies.registry.vet import text
from gillies.registry.vet.answer import Vet
from gillies.terminal import Style
from tests.registry.made import ON, npi
from tests.registry.vetted import run


@pytest.mark.parametrize("width", ["40", "60", "88", "100"])
def test_the_page_fits_any_terminal(vet_root, capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", vet_root, "--advert", "board certified", "--on", ON) == 0
    long = [line for line in capsys.readouterr().out.splitlines() if len(line) > int(width) and "http" not in line]
    assert long == []


def test_everything_that_json_tells_the_page_tells(vet, vet_root, capsys):
    told = vet(1, "--advert", "board certified")
    assert run("vet", npi(1), "--procedure", "rhinoplasty", "--registry", vet_root, "--advert", "board certified", "--on", ON) == 0
    page = " ".join(capsys.readouterr().out.split())
    says = [flag["say"] for flag in told["flags"]] + [fact["say"] for fact in told["on_record"] if fact["about"] != "specialty"] + told["cannot_know"]
    says += [place["url"] for place in told["verify_at"]] + [one["specialty"] for one in told["fit"]] + [caveat["say"] for caveat in told["caveats"]]
    assert [say for say in says if " ".join(say.split()) not in page] == []


def test_nothing_on_record_can_move_the_cursor(vet_root, capsys):
    assert run("vet", npi(8), "--procedure", "rhinoplasty", "--registry", vet_root, "--on", ON) == 0
    out = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)
    assert "ANN" in out


def test_the_page_in_plain_signs(vet, vet_root):
    told = msgspec.json.decode(json.dumps(vet(2)), type=Vet)
    page = text.as_text(told, Style(80, colour=False, unicode=False))
    assert not set("✓✗▲›•") & set(page)
    assert "\033[1;33m" in text.as_text(told, Style(80, colour=True))


def test_by_number_nothing_heavy_is_imported(vet_root):
    code = (
        "import sys; sys.argv = ['gillies', 'vet', sys.argv[1], '--procedure', 'rhinoplasty', '--registry', sys.argv[2], '--json', '--on', '2026-11-21']\n"
        "from gillies.cli import main\n"
        "try:\n    main()\nexcept SystemExit as ending:\n    assert ending.code == 0, ending.code\n"
        "print(sorted({'numpy', 'duckdb', 'pyarrow', 'httpx', 'rapidfuzz', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, npi(2), vet_root], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]", "import it inside the function that needs it"
    assert json.loads(done.stdout)["provider"]["npi"] == npi(2)
