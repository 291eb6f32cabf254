"""The made-up registry: official headers and names, plainly marked, the same for the same seed, and everything can be done with it."""

import csv
import io
import re
import shlex
import zipfile

import pytest

from gillies.cli import main
from gillies.registry.lookup import Registry
from gillies.registry.npi import is_made_up, is_npi
from gillies.registry.sample import headers, words
from tests.registry import made
from tests.registry.made import ask

ROWS = 3000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sample of some thousand providers."""
    path = tmp_path_factory.mktemp("sample")
    run("registry", "sample", "-o", str(path), "--rows", str(ROWS), "--on", "2026-11-21")
    return path


def run(*arguments):
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    return ending.value.code


def rows(folder, pattern, member=""):
    """The rows of a file of the sample."""
    (path,) = folder.glob(pattern)
    if not member:
        raw = path.read_bytes()
    else:
        with zipfile.ZipFile(path) as archive:
            (name,) = (each for each in archive.namelist() if re.fullmatch(member, each))
            raw = archive.read(name)
    text = "\n".join(line.decode() if is_utf8(line) else line.decode("cp1252") for line in raw.split(b"\n"))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def is_utf8(line):
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


FULL, NPIDATA = "NPPES_Data_Dissemination_November_2026_V2.zip", r"npidata_pfile_20050523-20261109\.csv"


def test_headers_are_the_official_ones():
    own = (headers.npidata(), headers.OTHERNAME, headers.PL, headers.LEIE, headers.DAC, headers.PUF, headers.NUCC)
    assert own == (made.NPPES, made.OTHERNAME, made.PL, made.LEIE, made.DAC, made.PUF, made.NUCC)
    assert made.header("nppes_endpoint") == headers.ENDPOINT


def test_everybody_is_plainly_made_up(folder):
    held = rows(folder, FULL, NPIDATA)
    assert len(held) == ROWS
    assert all(is_npi(row["NPI"]) and is_made_up(row["NPI"]) for row in held)
    assert len({row["NPI"] for row in held}) == ROWS
    people = [row for row in held if row["Entity Type Code"] == "1"]
    firms = [row for row in held if row["Entity Type Code"] == "2"]
    assert all(row["Provider Middle Name"] == "SAMPLE" for row in people)
    assert all("(SAMPLE)" in row["Provider Organization Name (Legal Business Name)"] for row in firms)
    assert all("SAMPLE" in row["Provider First Line Business Practice Location Address"] for row in people + firms)


def test_shares_are_as_in_life(folder):
    held = rows(folder, FULL, NPIDATA)
    gone = [row for row in held if not row["Entity Type Code"]]
    people = [row for row in held if row["Entity Type Code"] == "1"]
    assert 0.02 < len(gone) / ROWS < 0.05
    assert all(row["NPI Deactivation Date"] and not row["Provider Last Name (Legal Name)"] for row in gone)
    assert 0.7 < len(people) / ROWS < 0.8
    assert 0.05 < sum(bool(row["Provider Other Last Name"]) for row in people) / len(people) < 0.12
    taxonomies = [sum(bool(row[f"Healthcare Provider Taxonomy Code_{slot}"]) for slot in range(1, 16)) for row in held if row not in gone]
    assert min(taxonomies) == 1
    assert 1.3 < sum(taxonomies) / len(taxonomies) < 1.6
    second = [row for row in held if row["Healthcare Provider Primary Taxonomy Switch_2"] == "Y"]
    assert second
    assert all(row["Healthcare Provider Primary Taxonomy Switch_1"] != "Y" for row in second)


def test_lines_are_in_one_encoding_or_the_other(folder):
    with zipfile.ZipFile(folder / FULL) as archive:
        lines = [line for line in archive.read("npidata_pfile_20050523-20261109.csv").split(b"\n") if not line.isascii()]
    assert len({is_utf8(line) for line in lines}) == 2


def test_the_same_seed_gives_the_same_bytes_and_another_another(tmp_path):
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        run("registry", "sample", "-o", str(tmp_path / name), "--rows", "60", "--seed", seed, "--on", "2026-11-21")
    contents = [{path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir()) if path.name != "README.md"} for name in "abc"]
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]


def test_the_command_it_names_makes_a_registry(folder, capsys):
    readme = (folder / "README.md").read_text()
    command = shlex.split(next(line for line in readme.splitlines() if line.strip().startswith("gillies registry build")))
    assert run(*command[1:], "--on", "2026-11-21") == 0
    out = capsys.readouterr().out
    assert out.startswith("All of these providers are made up")
    assert "rows could not be used" not in out
    root = folder / "registry"
    ((providers,),) = ask(root, "SELECT count(*) FROM provider")
    assert providers == ROWS + 1  # the week brought a new one
    assert ask(root, "SELECT count(*) > 0 FROM clinicians WHERE npi NOT IN (SELECT npi FROM provider)") == [(0,)]
    for table in ("other_name", "place", "deactivation", "exclusion", "clinician", "service", "code"):
        assert ask(root, f"SELECT count(*) > 0 FROM {table}") == [(1,)], table
    assert ask(root, "SELECT count(*) > 0 FROM exclusion WHERE npi IN (SELECT npi FROM provider)") == [(1,)]
    with Registry(root) as registry:
        index = registry.index
    assert all(len(filed.numbers) > 0 for filed in (index.surnames, index.words, index.specialties, index.towns))


def test_the_week_tells_of_people_who_changed_their_name(folder):
    week = rows(folder, "*Weekly*.zip", r"npidata_pfile_\d+-\d+\.csv")
    full = {row["NPI"]: row for row in rows(folder, FULL, NPIDATA)}
    known = [row for row in week if row["NPI"] in full and row["Entity Type Code"] == "1"]
    assert known
    assert all(row["Provider Other Last Name"] == full[row["NPI"]]["Provider Last Name (Legal Name)"] for row in known)


def test_towns_are_real_and_larger_ones_come_first():
    assert ("SAN FRANCISCO", "CA", "94110") in words.towns()
    assert all(re.fullmatch(r"[A-Z]{2}", state) and re.fullmatch(r"\d{5}", code) for _, state, code in words.towns())


@pytest.mark.parametrize("count", ["0", "-5", "999999999"])
def test_impossible_sizes(tmp_path, capsys, count):
    assert run("registry", "sample", "-o", str(tmp_path), "--rows", count) == 2
    assert "give a number from 1 to 50,000,000" in capsys.readouterr().err
