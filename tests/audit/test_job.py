"""The command as it is run: every row kept or set aside, nothing half written, nothing that a spreadsheet runs, stale data told first."""

import csv
import gzip
import json
import re
import subprocess
import sys

import duckdb
import pytest

from gillies.cli import main
from tests.audit.conftest import LISTED, MOVED, SKIN
from tests.registry.made import npi


def run(*arguments, ends=0):
    with pytest.raises(SystemExit) as ended:
        main(["audit", *map(str, arguments), "--on", "2026-11-21"])
    assert ended.value.code == ends


@pytest.fixture
def directory(tmp_path):
    """Three rows, one of them too long, one with neither number nor name."""
    path = tmp_path / "directory.csv"
    lines = [
        "NPI,Name,State,Note",
        f"{npi(LISTED)},Thomas Badlisted,CA,=1+1",
        f"{npi(SKIN)},Anne Derma,CA,ok,one too many",
        ",,CA,nobody",
        f"{npi(MOVED)},Juan Mover,NY,",
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_rows_in_are_rows_out_and_rows_aside(directory, registry, tmp_path, capsys):
    run(directory, "--registry", registry, "-o", tmp_path / "out.csv")
    told = capsys.readouterr().out
    assert "4 rows in = 2 looked at" in told
    assert "4 rows read = 2 looked at + 2 set aside. Nothing is lost." in told
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["findings"] for row in rows] == ["excluded", "maybe-excluded; place-not-on-record"]
    with (tmp_path / "out.aside.csv").open(newline="") as file:
        aside = list(csv.DictReader(file))
    assert [(row["row"], row["reason"]) for row in aside] == [("3", "it holds 5 cells, the header has 4"), ("4", "it has neither an NPI nor a name")]


def test_cells_that_a_spreadsheet_would_run_are_led_by_an_apostrophe(registry, tmp_path):
    (tmp_path / "in.csv").write_text(f"NPI,Name,Specialty\n{npi(SKIN)},\"=cmd|' /C calc'!A0\",@SUM(1)\n")
    run(tmp_path / "in.csv", "--registry", registry, "-o", tmp_path / "out.csv", "--page", tmp_path / "out.html")
    with (tmp_path / "out.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Name"], row["Specialty"]) == ("'=cmd|' /C calc'!A0", "'@SUM(1)")
    assert not any(cell.startswith(tuple("=+-@")) for cell in row.values())
    assert not re.search(r">\s*[=@]", re.sub(r"<style>.*?</style>", "", (tmp_path / "out.html").read_text(), flags=re.S))


def test_a_second_run_gives_the_same_bytes(directory, registry, tmp_path):
    for name in ("a.csv", "b.csv", "a.parquet", "b.parquet", "a.jsonl", "b.jsonl", "a.csv.gz", "b.csv.gz"):
        run(directory, "--registry", registry, "-o", tmp_path / name)
    for ending in ("csv", "parquet", "jsonl", "csv.gz"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_gzipped_and_parquet_in_and_every_format_out_tell_the_same(directory, registry, tmp_path):
    run(directory, "--registry", registry, "-o", tmp_path / "plain.jsonl")
    good = "NPI,Name,State,Note\n" + "".join(line for line in directory.read_text().splitlines(keepends=True)[1:] if line.count(",") == 3 and line[0] != ",")
    with gzip.open(tmp_path / "packed.csv.gz", "wt") as file:
        file.write(good)
    (tmp_path / "good.csv").write_text(good)
    duckdb.sql(f"COPY (FROM read_csv('{tmp_path}/good.csv', all_varchar = true)) TO '{tmp_path}/columns.parquet' (FORMAT parquet)")
    expected = [json.loads(line) for line in (tmp_path / "plain.jsonl").read_text().splitlines()]
    for name in ("packed.csv.gz", "columns.parquet"):
        run(tmp_path / name, "--registry", registry, "-o", tmp_path / "out.jsonl")
        assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == expected


def test_json_has_counts_and_rows_of_each_kind(directory, registry, tmp_path, capsys):
    run(directory, "--registry", registry, "-o", tmp_path / "out.csv", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [(kind["kind"], kind["rows"], kind["sample"][0]["row"]) for kind in told["kinds"]] == [
        ("excluded", 1, 1), ("maybe-excluded", 1, 3), ("place-not-on-record", 1, 3),
    ]  # fmt: skip
    assert told["stale"] == []


def test_a_stale_registry_is_told_first_and_ends_with_2(directory, registry, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(
            ["audit", str(directory), "--registry", str(registry), "-o", str(tmp_path / "out.csv"), "--page", str(tmp_path / "out.html"), "--on", "2028-01-01"]
        )
    assert ended.value.code == 2
    assert capsys.readouterr().out.startswith("STALE: ")
    assert (tmp_path / "out.csv").is_file()
    assert "Stale: " in (tmp_path / "out.html").read_text()


def test_the_page_needs_nothing_from_elsewhere(directory, registry, tmp_path):
    run(directory, "--registry", registry, "-o", tmp_path / "out.csv", "--page", tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text()
    assert "Perhaps on the exclusion list" in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)


def test_a_mapping(registry, tmp_path):
    (tmp_path / "in.csv").write_text(f"No;Who;S1;S2\n{npi(SKIN)};Anne Derma;Urology;Dermatology\n")
    (tmp_path / "map.yaml").write_text("npi: no\nname: who\nspecialty: [s1, s2]\n")
    run(tmp_path / "in.csv", "--registry", registry, "-o", tmp_path / "out.jsonl", "--mapping", tmp_path / "map.yaml")
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert row["findings"] == ["specialty-not-on-record"]
    assert row["why"] == ["Advertised: urologist. Reported to NPPES: Dermatology; Plastic surgery."]


@pytest.mark.parametrize(
    ("text", "arguments", "says"),
    [
        ("a,b\n1,2\n", [], "no column that could be an NPI or a name"),
        ("NPI,Name\n", [], "holds no rows below its header"),
        ("", [], "is empty"),
        ("NPI,findings\n1,2\n", [], "a column findings of its own"),
        ("NPI,g_row\n1,2\n", [], "a column g_row, a name that is used here"),
        ("NPI\n1\n", ["--registry", "nowhere"], "holds no registry"),
        ("NPI\n1\n", ["-o", "out.txt"], "an ending that says no format"),
        ("NPI\n1\n", ["-o", "no/such/out.csv"], "is not there"),
        ("NPI\n1\n", ["--memory", "lots"], "no amount of memory"),
        ("NPI\n1\n", ["--mapping", "nowhere.yaml"], "is not there"),
        ("NPI\n1\n", ["--master", "yarn"], "give --engine spark with it"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(registry, tmp_path, monkeypatch, capsys, text, arguments, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(text)
    run(
        "in.csv",
        *(["--registry", registry] if "--registry" not in arguments else []),
        *(["-o", "out.csv"] if "-o" not in arguments else []),
        *arguments,
        ends=2,
    )
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("out*"))


def test_nothing_given_says_what_to_give(capsys):
    run(ends=2)
    assert "give the directory, the registry and where the result goes" in capsys.readouterr().err


def test_a_killed_run_leaves_the_old_result(directory, registry, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("of an older run")
    code = (
        "import os, gillies.screen.engine as e, gillies.audit.job as j; old = j.write\n"
        "def write(con, select, path, **more):\n    (path.parent / f'.{path.name}.{os.getpid()}.part').write_text('half'); os.kill(os.getpid(), 9)\n"
        "j.write = write; from gillies.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "audit", directory, "--registry", registry, "-o", out, "--on", "2026-11-21"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -9
    assert out.read_text() == "of an older run"
    run(directory, "--registry", registry, "-o", out)
    assert not list(tmp_path.glob(".*"))
