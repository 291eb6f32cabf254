"""Results: the same bytes on a re-run, the old file or none when a run dies, nothing that a spreadsheet would run."""

import csv
import os
import signal
import subprocess
import sys
import time

import pytest

from gillies.errors import InputError
from gillies.screen import engine, inputs, outputs


def written(con, select, path, **how):
    outputs.write(con, select, path, **how)
    return path.read_bytes()


def uneven(con, path):
    """Parquet whose row groups end anywhere."""
    rows = "SELECT range AS claim_id, md5(range::VARCHAR) AS code FROM range(300000) WHERE code > '1'"
    engine.ask(con, f"COPY ({rows}) TO '{path}' (ROW_GROUP_SIZE 9000)")
    return path


@pytest.mark.parametrize("ending", ["parquet", "csv", "csv.gz"])
def test_the_same_rows_give_the_same_bytes(con, tmp_path, ending):
    source = uneven(con, tmp_path / "a.parquet")
    results = set()
    for threads in (1, 2, 4, 4):
        engine.ask(con, f"SET threads = {threads}")
        results.add(written(con, f"FROM '{source}' WHERE code > '1' ORDER BY claim_id", tmp_path / f"out.{ending}"))
        assert engine.ask(con, "SELECT current_setting('threads')") == [(threads,)]
    assert len(results) == 1


def test_order_is_kept(con, tmp_path):
    source = uneven(con, tmp_path / "a.parquet")
    claims = inputs.open_claims(con, [str(source)], None)
    written(con, f"SELECT claim_id FROM {claims.relation} ORDER BY g_row", tmp_path / "out.parquet")
    assert engine.ask(
        con,
        f"SELECT bool_and(claim_id > before) FROM (SELECT claim_id, lag(claim_id) OVER (ORDER BY file_row_number) AS before FROM '{tmp_path / 'out.parquet'}')",
    ) == [(True,)]


CELLS = {
    "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+cmd": "'+cmd", "-cmd": "'-cmd", "\tx": "'\tx", "＝1": "'＝1", "\rx": "'\rx",
    "-12.50": "-12.50", "+3": "+3", "-1e5": "-1e5", "plain": "plain", "a=b": "a=b", "": "", 'a "b", c': 'a "b", c', "007": "007",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), CELLS.items())
def test_cells_that_would_run_as_formulas_are_disarmed(con, tmp_path, cell, expected):
    outputs.write(con, f'SELECT {engine.text(cell)} AS "=x", -5 AS n, [{engine.text(cell)}] AS many', tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        header, row = csv.reader(file)
    assert header == ["'=x", "n", "many"]
    assert row == [expected, "-5", expected]


def test_lists_in_csv_are_parted_by_semicolons(con, tmp_path):
    assert written(con, "SELECT ['a', 'b'] AS x, CAST([] AS VARCHAR[]) AS y", tmp_path / "out.csv") == b"x,y\na; b,\n"


def test_rows_set_aside_go_to_a_file_of_their_own(con, tmp_path):
    (tmp_path / "a.csv").write_text("claim_id,code\n,=1\n2,b\n")
    claims = inputs.open_claims(con, [str(tmp_path / "a.csv")], None)
    outputs.write_aside(con, claims, tmp_path / "aside.csv")
    assert (tmp_path / "aside.csv").read_text() == f'file,row,reason,text\n{tmp_path}/a.csv,2,the claim has no number,",=1"\n'


@pytest.mark.parametrize(("name", "says"), [("out.xlsx", "ends in .parquet"), ("no/out.csv", "is not there")])
def test_places_that_cannot_be_written_say_why(con, tmp_path, name, says):
    with pytest.raises(InputError, match=says):
        outputs.write(con, "SELECT 1", tmp_path / name)


def test_a_statement_that_fails_leaves_the_old_file_and_nothing_else(con, tmp_path):
    out = tmp_path / "out" / "o.csv"
    out.parent.mkdir()
    out.write_text("old")
    with pytest.raises(Exception, match="boom"):
        outputs.write(con, "SELECT error('boom')", out)
    assert out.read_text() == "old"
    assert [path.name for path in out.parent.iterdir()] == ["o.csv"]


SLOW = """
import sys
from pathlib import Path
from gillies.screen import engine, outputs
con = engine.connect()
outputs.write(con, "SELECT md5(range::VARCHAR) AS x FROM range(200000000)", Path(sys.argv[1]))
"""


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_killed_run_leaves_the_old_file_and_the_next_run_clears_up(con, tmp_path, ending):
    out = tmp_path / f"o.{ending}"
    out.write_text("old")
    run = subprocess.Popen([sys.executable, "-c", SLOW, str(out)])
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".o.*.part")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert out.read_text() == "old"
    assert len(list(tmp_path.glob(".o.*.part"))) == 1
    outputs.write(con, "SELECT 1 AS x", out)
    assert not list(tmp_path.glob(".o.*.part"))
    assert out.read_bytes() != b"old"


def test_progress_grows_and_ends_with_all(con, tmp_path):
    heard = []
    outputs.write(con, "SELECT md5(range::VARCHAR) AS x FROM range(3000000)", tmp_path / "o.parquet", rows=3_000_000, progress=lambda *now: heard.append(now))
    assert heard == sorted(heard)
    assert heard[-1] == (3_000_000, 3_000_000)
