"""A pack is trusted only when it was made from exactly this knowledge."""

import shutil

import pytest

from gillies.knowledge.pack import content_key, is_unchanged, listing, packed


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").write_text("one")
    return folder


def build(data, log):
    def make():
        log.append("built")
        return (data / "a.yaml").read_bytes()

    return packed("test", lambda payload: bytes(payload).decode(), make, str(data))


def test_built_once_then_loaded(data):
    log: list[str] = []
    assert build(data, log) == build(data, log) == "one"
    assert log == ["built"]


def test_a_change_of_content_rebuilds(data):
    log: list[str] = []
    build(data, log)
    (data / "a.yaml").write_text("two")
    assert build(data, log) == "two"
    assert log == ["built", "built"]


def test_new_times_with_the_same_content_do_not_rebuild(data):
    log: list[str] = []
    build(data, log)
    text = (data / "a.yaml").read_text()
    (data / "a.yaml").unlink()
    (data / "a.yaml").write_text(text)
    build(data, log)
    assert log == ["built"]


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_pack_is_rebuilt(data, tmp_path, damage):
    log: list[str] = []
    build(data, log)
    pack = tmp_path / "cache/gillies/test.pack"
    raw = pack.read_bytes()
    pack.write_bytes(raw[:-2] + b"xx" if damage is None else damage)
    assert build(data, log) == "one"
    assert log == ["built", "built"]


def test_no_place_to_write_is_no_error(data, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    log: list[str] = []
    assert build(data, log) == "one"


def test_keys_follow_names_and_content(data, tmp_path):
    key, seen = content_key(str(data)), listing(str(data))
    assert is_unchanged(seen, str(data))
    assert not is_unchanged(seen, str(tmp_path))
    shutil.copy(data / "a.yaml", data / "b.yaml")
    assert content_key(str(data)) != key
    assert not is_unchanged(seen, str(data))


def test_a_file_that_is_lost_is_a_change(data):
    log: list[str] = []
    (data / "b.yaml").write_text("more")
    build(data, log)
    (data / "b.yaml").unlink()
    build(data, log)
    assert log == ["built", "built"]
