"""`gillies check` as a user meets it: real processes, real files, real exit codes."""

import json
import subprocess
import sys

import pytest

TEXT = "Cosmetic surgery is a medical specialty. Botox is permanent. Is it safe?"


def gillies(*arguments, given=None):
    return subprocess.run([sys.executable, "-m", "gillies", "check", *arguments], input=given, capture_output=True, timeout=120)


def test_the_text_is_shown_marked_with_verdicts_and_sources(tmp_path):
    path = tmp_path / "article.md"
    path.write_text(TEXT)
    done = gillies(str(path))
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "2 statements: 1 contradicted, 1 disputed" in shown
    assert "[Botox is permanent]" in shown
    assert "Sources" in shown
    assert "https://" in shown


def test_json_follows_the_contract():
    done = gillies("-", "--json", given=TEXT.encode())
    answer = json.loads(done.stdout)
    assert set(answer) == {"id", "statements", "sources"}
    for statement in answer["statements"]:
        assert {"quote", "span", "claim", "verdict", "why", "cites"} <= set(statement)
        assert TEXT[slice(*statement["span"])] == statement["quote"]
        assert all(cite.partition(" @ ")[0] in answer["sources"] for cite in statement["cites"])


def test_lines_in_lines_out_in_order_and_bad_lines_kept(tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "Botox is permanent."}\n{broken\n{"id": "c", "text": ""}\n{"id": 4, "text": "Hello there, all."}\n')
    done = gillies("--jsonl", str(path))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["a", 2, "c", 4]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert answers[3]["statements"] == []
    assert b"2 of them set aside" in done.stderr


def test_nothing_to_say_is_said():
    assert b"No statement was found" in gillies("-", given=b"The weather was fine.").stdout


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (["nowhere.txt"], None, "there is no file"),
        (["https://example.org/page"], None, "nothing is fetched"),
        (["."], None, "is a folder"),
        (["-"], b"", "standard input is empty"),
        (["-"], b"... ?!", "there is no text to check"),
        (["-"], b"\xff\xfe", "there is no text to check"),
        (["-"], b"\xff\xfea", "is not text in UTF-8"),
        (["-"], b"a\0b", "binary"),
        (["x.txt", "--jsonl", "y.jsonl"], None, "leave the other one out"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, given, says):
    done = gillies(*arguments, given=given)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
