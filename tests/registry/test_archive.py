"""ZIPs that are damaged, locked or made to do harm."""

import io
import random
import zipfile

import pytest

from gillies.errors import InputError
from gillies.registry import archive
from tests.registry.made import NPPES as COLUMNS
from tests.registry.made import built, nppes, person, rows_of, zipped


def test_a_bare_file_is_its_own_member(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x\n")
    (member,) = archive.members(tmp_path / "a.csv")
    with archive.opened(member) as source:
        assert (member.name, source.read()) == ("a.csv", b"x\n")


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(
    "data", [b"", b"x", b"".join(b"row %d\n" % n for n in range(300_000)), random.Random(1).randbytes(3_000_000)], ids=["none", "one", "even", "random"]
)
def test_what_is_packed_comes_out_again_however_it_is_read(tmp_path, data, way):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", way) as made:
        made.writestr("before.csv", b"something else")
        made.writestr("a.csv", data)
    _, member = archive.members(tmp_path / "a.zip")
    with archive.opened(member) as source:
        assert source.readline(100) + source.read(7) + source.read(1 << 20) + source.read() == data


@pytest.mark.parametrize("inside", ["../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a/b/evil.csv"])
def test_paths_inside_lead_nowhere(tmp_path, inside):
    path = zipped(tmp_path / "a.zip", **{inside: b"harmless\n"})
    before = set(tmp_path.rglob("*"))
    (member,) = archive.members(path)
    with archive.opened(member) as source:
        assert source.read() == b"harmless\n"
    assert member.name == "evil.csv"
    assert set(tmp_path.rglob("*")) == before


def test_a_zip_that_unpacks_to_far_too_much_is_refused_unread(tmp_path):
    path = zipped(tmp_path / "bomb.zip", **{"npidata_pfile_20050523_TO_20261109__csv": b"0" * 50_000_000})
    with pytest.raises(InputError, match="says it unpacks to 50,000,000 bytes"):
        built(tmp_path / "out", path)
    assert not (tmp_path / "out").exists()


def test_a_zip_that_lies_about_its_size_ends_in_a_sentence(tmp_path):
    rows = rows_of(COLUMNS, [person(n) for n in range(1, 3000)])
    path = nppes(tmp_path, [], raw=rows)
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")  # the size unpacked, in the directory at the end
    raw[at + 24 : at + 28] = (1_000_000).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"damaged or cut short|no line of text|cannot be used"):
        built(tmp_path / "out", path)


def test_a_zip_that_unpacks_to_more_than_it_says_is_stopped_there(tmp_path):
    rows = rows_of(COLUMNS, [person(n) for n in range(1, 3000)])
    path = nppes(tmp_path, [], raw=rows)
    raw = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = raw.find(sign) + place
        raw[at : at + 4] = (len(rows) // 2).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"damaged or cut short .*unpacks to more than the ZIP says"):
        built(tmp_path / "out", path)


def test_a_link_in_a_zip_is_a_text(tmp_path):
    """It is never followed: its text, the path that it leads to, is no CSV."""
    secret = tmp_path / "secret.csv"
    secret.write_bytes(rows_of(COLUMNS, [person()]))
    link = zipfile.ZipInfo("npidata_pfile_20050523-20261109.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, f"{secret}\n")
    with pytest.raises(InputError, match="no file of NPPES"):
        built(tmp_path / "out", tmp_path / "a.zip")


def test_two_members_of_one_name_are_not_guessed_between(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("npidata_pfile_20050523-20261109.csv", rows_of(COLUMNS, [person()]))
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("npidata_pfile_20050523-20261109.csv", rows_of(COLUMNS, [person()]))
    with pytest.raises(InputError, match="holds 2 files of NPPES"):
        built(tmp_path / "out", tmp_path / "a.zip")


def test_a_header_that_does_not_lie_where_the_zip_says(tmp_path):
    path = nppes(tmp_path, [person()])
    path.write_bytes(path.read_bytes().replace(b"PK\x03\x04", b"XX\x03\x04"))
    with pytest.raises(InputError, match="damaged"):
        built(tmp_path / "out", path)


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_a_zip_that_is_cut_short_says_so(tmp_path, keep):
    path = nppes(tmp_path, [person(n) for n in range(1, 2000)])
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * keep)])
    with pytest.raises(InputError, match="nppes"):
        built(tmp_path / "out", path)


def test_bytes_changed_on_the_way_are_noticed(tmp_path):
    path = nppes(tmp_path, [person(n, city=f"TOWN {n}") for n in range(1, 2000)])
    raw = bytearray(path.read_bytes())
    raw[3000] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(InputError, match="damaged"):
        built(tmp_path / "out", path)


def test_a_locked_zip_says_what_to_do(tmp_path):
    path = nppes(tmp_path, [person()])
    raw = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(sign) + flags] |= 1
    path.write_bytes(raw)
    with pytest.raises(InputError, match="locked with a password"):
        built(tmp_path / "out", path)


def test_a_zip_in_a_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive_:
        archive_.writestr("npidata_pfile_20050523-20261109.csv", rows_of(COLUMNS, [person()]))
    with pytest.raises(InputError, match="holds no npidata"):
        built(tmp_path / "out", zipped(tmp_path / "a.zip", inner__zip=inner.getvalue()))


@pytest.mark.parametrize("what", ["missing.zip", "."])
def test_what_is_not_there_or_no_file(tmp_path, what):
    with pytest.raises(InputError, match="cannot be read"):
        built(tmp_path / "out", tmp_path / what)
