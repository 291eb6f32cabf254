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


def test_a_page_of_the_net_is_read_and_a_page_is_written(tmp_path):
    article, page = tmp_path / "article.html", tmp_path / "out.html"
    article.write_text("<html><nav>Menu</nav><h1>Toxins</h1><p>Botox is permanent.</p></html>")
    done = gillies(str(article), "--page", str(page), "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert answer["document"]["text"] == "Toxins\n\nBotox is permanent."
    assert [answer["document"]["text"][slice(*found["span"])] for found in answer["statements"]] == ["Botox is permanent"]
    assert "<h1>Toxins</h1>" in page.read_text()


def test_the_score_stands_beside_the_statements_and_in_the_terminal(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("Botox is permanent. " + "There are risks, and nobody tells of them as one should. " * 12)
    answer = json.loads(gillies(str(path), "--json").stdout)
    assert {"id", "statements", "sources", "score"} == set(answer)
    assert {item["id"]: item["answer"] for item in answer["score"]["items"]}["risks"] == "partly"
    assert all(cite.partition(" @ ")[0] in answer["sources"] for item in answer["score"]["items"] for cite in item["cites"])
    shown = gillies(str(path)).stdout.decode()
    assert "What it tells its readers (automatic)" in shown
    assert "no: " in shown


def test_what_a_reader_needs_is_said_where_it_is_not_installed(tmp_path):
    path = tmp_path / "article.html"
    path.write_text("<html><p>Botox is permanent.</p></html>")
    code = "import sys; sys.modules['selectolax'] = sys.modules['selectolax.lexbor'] = None; from gillies.cli import main; main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", code, "check", str(path)], capture_output=True, timeout=120)
    assert done.returncode == 2
    assert b"pip install 'gillies[check]'" in done.stderr


def test_plain_text_needs_no_reader_and_imports_none():
    code = (
        "import sys; from gillies.check.readers.open import read_bytes; read_bytes(b'Botox.', '.txt', 'x'); "
        "print({'selectolax', 'pypdf', 'docx', 'lxml', 'markdown_it'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).stdout.strip() == b"set()"


@pytest.mark.parametrize(
    ("arguments", "says"), [(["{}/a.txt", "--page", "{}/none/b.html"], "cannot be written"), (["--jsonl", "x", "--page", "y"], "leave --jsonl out")]
)
def test_a_page_that_cannot_stand_is_one_sentence(tmp_path, arguments, says):
    (tmp_path / "a.txt").write_text(TEXT)
    done = gillies(*[argument.format(tmp_path) for argument in arguments])
    assert done.returncode == 2
    assert says in done.stderr.decode()
