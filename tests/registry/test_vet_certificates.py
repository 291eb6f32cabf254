"""A user's own list of certificates: shown as theirs, lines that cannot be read named, what is no list refused in a sentence."""

import pytest

from tests.registry.made import npi
from tests.registry.vetted import flagged

LISTED = f"""NPI,Board,Status,Until,Seen
{npi(1)},ABOHNS,active,2027-12-31,2026-10-01
{npi(1)},American Board of Cosmetic Surgery,active,12/31/2020,
{npi(2)},ABPS,active,,
1234567890,ABPS,active,,
{npi(1)},ABPS,active,soon,
{npi(1)},,active,,
too,few
"""


def test_a_certificate_list_is_shown_as_the_users_own(vet, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(LISTED)
    told = vet(1, "--certificates", path, "--advert", "board certified")
    theirs = told["certificates"]
    assert [(one["known_as"], one["until"], one["lapsed"], one["line"]) for one in theirs["certificates"]] == [
        ("abohns", "2027-12-31", False, 2), ("abcs", "2020-12-31", True, 3),
    ]  # fmt: skip
    assert theirs["certificates"][0]["more"] == {"seen": "2026-10-01"}
    assert theirs["aside"] == {
        "its npi is no ten-digit number that fits its check digit": [5], "its until is no day like 2026-12-31": [6], "has no board": [7],
        "has more or fewer cells than the header": [8],
    }  # fmt: skip
    assert {"certificate-lapsed", "certificate-lines-aside"} <= set(flagged(told))
    counts = {board["board"]: board["counts"] for board in told["advert"]["laws"][0]["boards"]}
    assert counts["abcs"] == "does-not-count"  # a board that the user's list names is judged too
    assert told["fits"] == "core"  # the list changes nothing of what is on record
    assert flagged(vet(9, "--certificates", path))["certificate-not-listed"] == "note"


@pytest.mark.parametrize(
    ("raw", "say"),
    [(b"", "has no column npi and no column board (it is empty)"), (b"a,b\n1,2\n", "has no column npi and no column board (it begins with a, b)"),
     (b"npi;board\n", "has no column npi and no column board"), (b"npi\n", "has no column board"), (b"npi,board\n\0", "is no text"),
     (b'npi,board\n1,"' + b"x" * 2_000_000, "cannot be read as CSV")],
)  # fmt: skip
def test_a_certificate_list_that_is_none(refused, tmp_path, raw, say):
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    assert say in refused(npi(1), "--procedure", "rhinoplasty", "--certificates", str(path))


def test_a_certificate_list_of_another_time(vet, refused, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(f"npi,board,status\n{npi(1)},Sociét\xe9,actif\n".encode("cp1252"))
    assert vet(1, "--certificates", path)["certificates"]["certificates"][0]["board"] == "Société"
    path.write_bytes(b"\xef\xbb\xbf" + LISTED.encode())
    assert len(vet(1, "--certificates", path)["certificates"]["certificates"]) == 2
    assert "cannot be read (No such file or directory)" in refused(npi(1), "--procedure", "rhinoplasty", "--certificates", str(tmp_path / "none.csv"))
    assert "cannot be read (Is a directory)" in refused(npi(1), "--procedure", "rhinoplasty", "--certificates", str(tmp_path))
