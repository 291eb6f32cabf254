"""The command line as a user meets it: real processes, real exit codes."""

import json
import subprocess
import sys
from datetime import date

import pytest

from gillies import show
from gillies.door import open_records
from gillies.knowledge.schema import Confirmation


def gillies(*arguments, given=None, env=None):
    return subprocess.run([sys.executable, "-m", "gillies", *arguments], input=given, capture_output=True, timeout=120, env=env)


def test_example_answers_and_shows_sources():
    done = gillies("assess", "--example")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "Kind of care" in text
    assert "Who pays" in text
    assert "Sources" in text


def test_json_has_the_same_content():
    done = gillies("assess", "--json", "--on", "2026-11-21", "I want a facelift")
    answer = json.loads(done.stdout)
    assert answer["as_of"] == "2026-11-21"
    assert answer["procedures"][0]["procedure"] == "facelift"


def test_text_from_standard_input():
    assert b"Facelift" in gillies("assess", "-", given=b"I want a facelift").stdout


def test_lines_in_lines_out_in_order_and_bad_lines_kept(tmp_path):
    lines = [
        b'{"id": "a", "text": "I want a facelift"}',
        b"{broken",
        b'{"id": "c"}',
        b'{"id": 4, "text": ""}',
        b"",
        b'{"id": "e", "text": 5}',
        b'\xff\xfe{"id": "f"}',
        '{"id": "g", "text": "ich möchte eine neue Nase"}'.encode(),
    ]
    path = tmp_path / "needs.jsonl"
    path.write_bytes(b"\n".join(lines))
    done = gillies("assess", "--jsonl", str(path))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["a", 2, "c", 4, "e", 7, "g"]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, False]
    assert b"7 lines answered, 5 of them set aside" in done.stderr


BAD = [
    (["assess", ""], None, "no text to read"),
    (["assess", "-"], b"", "no text to read"),
    (["assess", "-"], b"\x00\x01\x02", "binary"),
    (["assess", "-"], b"\xff\xfe\x00n", "not UTF-8"),
    (["assess", "-"], b"nose " * 250_000, "at most"),
    (["assess", "--on", "yesterday", "nose job"], None, "write it as 2026-11-21"),
    (["assess", "--jsonl", "/nowhere/needs.jsonl"], None, "there is no file"),
    (["assess", "--jsonl", "/"], None, "is a folder"),
    (["assess", "--jsonl", "x", "nose job"], None, "leave the text"),
    (["assess", "--colour", "red"], None, "--help"),
    (["asses", "nose job"], None, "--help"),
    (["show", "rinoplasty"], None, "Did you mean rhinoplasty"),
    ([], None, "--help"),
]


@pytest.mark.parametrize(("arguments", "given", "message"), BAD)
def test_bad_input_gets_one_clear_sentence(arguments, given, message):
    done = gillies(*arguments, given=given)
    error = done.stderr.decode()
    assert done.returncode == 2
    assert message in error
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error


def test_show_prints_a_record_with_its_sources():
    text = gillies("show", "rhinoplasty").stdout.decode()
    assert "procedures/rhinoplasty/procedure.yaml" in text
    assert "Sources" in text


def test_show_prints_a_title_law_with_what_counts_and_sources():
    text = " ".join(gillies("show", "us-tx-board-certified").stdout.decode().split())
    assert "titles/us-tx/us-tx-board-certified.yaml" in text
    assert "in force: from 9 January 2025" in text
    assert "(kinds: abms, aoa; boards: aboms) [1]" in text
    assert "titles (" in gillies("show").stdout.decode()


def test_show_as_json_and_index():
    assert json.loads(gillies("show", "abps", "--json").stdout)[0]["id"] == "abps"
    assert b"procedures (" in gillies("show").stdout


def test_knowledge_check_and_stats():
    assert b"clean" in gillies("knowledge", "check").stdout
    assert json.loads(gillies("knowledge", "stats", "--json").stdout)["records"]["boards"] >= 14
    assert b"title laws" in gillies("knowledge", "stats").stdout


def test_colour_only_where_wanted(tmp_path):
    import os

    plain = gillies("assess", "I want a facelift").stdout
    forced = gillies("assess", "I want a facelift", env={**os.environ, "FORCE_COLOR": "1"}).stdout
    never = gillies("assess", "I want a facelift", env={**os.environ, "FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert b"\x1b[" not in plain
    assert b"\x1b[" in forced
    assert b"\x1b[" not in never


def test_a_narrow_terminal_gets_narrow_lines():
    import os

    text = gillies("assess", "I want a facelift", env={**os.environ, "COLUMNS": "50"}).stdout.decode()
    long = [line for line in text.splitlines() if len(line) > 50 and "http" not in line]
    assert long == []


def test_nothing_typed_is_written_anywhere(tmp_path):
    import os

    typed = "zebrafish-7431 nose job"
    gillies("assess", typed, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)})
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if b"zebrafish" in path.read_bytes()]


def test_show_writes_rates_positions_and_rules_as_lines():
    assert b" in 100" in gillies("show", "septoplasty").stdout
    assert "• ABCS: Says that it is the only board".encode() in gillies("show", "abcs").stdout
    text = gillies("show", "aetna-panniculectomy").stdout.decode()
    assert "finding: pannus-level; is: below-pubis" in " ".join(text.split())
    assert "{" not in text


def test_show_names_the_copy_that_was_read_and_its_json_holds_the_sources():
    assert b"read at: https://" in gillies("show", "psncb").stdout
    told = json.loads(gillies("show", "psncb", "--json").stdout)[0]
    assert told["sources"]["psncb-brochure"]["read_at"].startswith("https://")


def test_show_json_holds_what_a_second_reader_found_otherwise():
    knowledge = open_records()
    other = Confirmation(figure="board/abo/founded/year", verdict="differs", looked_up=date(2026, 11, 21), found=(1917.0,), cites=("abop-history @ text",))
    told = json.loads(show.as_json(show.find("abo", knowledge), knowledge, {"made up": other}))
    assert "a second reader found 1917" in told[0]["differ"][0]["say"]
