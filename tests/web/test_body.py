"""How large requests are held: bounded for one, bounded for all together, and what is in them forgotten."""

import asyncio
import time
from datetime import date

import pytest

from gillies.check.door import open_check
from gillies.check.readers.plain import read_plain
from gillies.knowledge.grade import syllables
from gillies.web import files
from gillies.web.body import file_name
from gillies.web.desk import Desk, spoken
from gillies.web.refusal import Refused
from gillies.web.settings import MOST_HELD_BYTES, Settings


@pytest.fixture
def desk(engine):
    made = Desk(engine, None, open_check(), Settings())
    yield made
    made.close()


def test_all_large_requests_together_have_so_much_room_and_give_it_back(desk):
    with desk.room() as first, desk.room() as second:
        first(MOST_HELD_BYTES - 10)
        second(10)
        with pytest.raises(Refused, match="Try again"):
            second(1)
    with desk.room() as third:
        third(MOST_HELD_BYTES)


def test_words_of_a_text_are_forgotten_with_its_answer(desk):
    desk.check(read_plain("Zanzibarquux is permanent, they say. " * 40), date(2026, 11, 21), "")
    assert desk.checker.lexicon.learnt == {}
    assert syllables.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("told", "name"),
    [("a.txt", "a.txt"), ("C:\\Users\\jane\\a.txt", "a.txt"), ("/home/jane/a.txt", "a.txt"), ("", ""), ("..", ".."), ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
     ("a\u202etxt.exe", "atxt.exe"), ("a\n\tb.txt", "a b.txt")],
)  # fmt: skip
def test_a_file_goes_by_its_own_name(told, name):
    assert file_name(told) == name


@pytest.mark.parametrize(
    ("said", "heard"), [("--zip '1' is no ZIP", "zip '1' is no ZIP"), ("a -- b", "a -- b"), ("look (--state, --city)", "look (state, city)")]
)
def test_flags_are_said_without_their_dashes(said, heard):
    assert spoken(said) == heard


def test_a_reader_that_takes_too_long_is_ended(desk, monkeypatch, aside):
    monkeypatch.setattr(files, "READER", ("sleep", "60"))
    monkeypatch.setattr(files, "READER_SECONDS", 0.3)
    begun = time.monotonic()
    with pytest.raises(Refused, match="too long"):
        aside(lambda: asyncio.run(files.read_file(desk, b"Botox is permanent.", "a.txt")))
    assert time.monotonic() - begun < 20


def test_a_reader_that_breaks_down_is_one_sentence(desk, monkeypatch, aside):
    monkeypatch.setattr(files, "READER", ("false",))
    with pytest.raises(Exception, match="cannot be read, since it is broken"):
        aside(lambda: asyncio.run(files.read_file(desk, b"Botox is permanent.", "a.txt")))


def test_a_reader_may_write_no_file_and_has_so_much_memory_and_time():
    import subprocess
    import sys

    code = """if True:
        from gillies.web.file_reader import bounded
        import resource, tempfile
        bounded()
        try:
            with tempfile.TemporaryFile() as file:
                file.write(b"x" * 100_000)
        except OSError:
            print("no file")
        try:
            bytearray(2_000_000_000)
        except MemoryError:
            print("no memory")
        print(resource.getrlimit(resource.RLIMIT_CPU)[0])
    """
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "no file\nno memory\n10\n"
