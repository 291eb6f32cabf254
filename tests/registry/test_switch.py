"""The old registry stays until the new one is whole, whatever happens on the way: readers, full disks, a build that is killed."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from gillies.errors import InputError
from gillies.registry import manifest
from gillies.registry.lookup import Registry
from tests.registry.made import ask, built, nppes, person


def providers(root):
    """How many there are."""
    return ask(root, "SELECT count(*) FROM provider")[0][0]


def test_a_reader_keeps_its_registry_while_a_new_one_comes(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1, last="OLD")]))
    (old,) = (tmp_path / "r").glob("registry-*")
    with sqlite3.connect(f"file:{old / 'registry.sqlite'}?mode=ro&immutable=1", uri=True) as reader:
        reader.execute("SELECT 1 FROM provider").fetchall()
        built(tmp_path / "r", nppes(tmp_path, [person(1, last="NEW")]))
        assert reader.execute("SELECT last FROM providers").fetchall() == [("OLD",)]
    assert ask(tmp_path / "r", "SELECT last FROM providers") == [("NEW",)]


def test_folders_of_the_user_are_left_alone(tmp_path):
    for name in ("registry-notes", "registry-20261121T101010-1", "other"):
        (tmp_path / "r" / name).mkdir(parents=True)
    for _ in range(2):
        built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    assert {path.name for path in (tmp_path / "r").iterdir()} >= {"registry-notes", "registry-20261121T101010-1", "other", "manifest.json"}
    assert len(list((tmp_path / "r").iterdir())) == 5


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "r").write_text("a file")
    with pytest.raises(InputError, match="r cannot be written"):
        built(tmp_path / "r", nppes(tmp_path, [person(1)]))


@pytest.mark.parametrize("most", [20_000, 400_000, 1_000_000])
def test_a_full_disk_is_not_blamed_on_the_file_that_is_read(tmp_path, most):
    """No file may grow beyond a size, which is how a full disk looks to whoever writes: in Parquet, in SQLite, at the end."""
    path = nppes(tmp_path, [person(n, city=f"TOWN {n * 7919 % 5000}", last=f"NAME{n * 31 % 9999}") for n in range(1, 5000)])
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); from gillies.cli import run; run()"
    told = [sys.executable, "-c", code, "registry", "build", "--allow-stale", "--nppes", str(path), "-o", str(tmp_path / "r")]
    done = subprocess.run(told, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert re.search(r"r cannot be written: .*\. The registry that was there is as it was\.", done.stderr)
    assert list((tmp_path / "r").iterdir()) == []


SLOW = """
import sys, io
from datetime import date
from pathlib import Path
from gillies.registry import lanes
from gillies.registry.build import Given, build
from gillies.screen.bar import Bar
lanes.LANES = 1
build(Given((Path(sys.argv[1]),)), Path(sys.argv[2]), date(2026, 11, 21), {}, Bar(io.StringIO()))
"""


def test_a_killed_build_leaves_the_old_registry_and_the_next_one_clears_up(tmp_path):
    root = tmp_path / "r"
    built(root, nppes(tmp_path, [person(n) for n in range(1, 9)]))
    big = nppes(tmp_path, [person(n) for n in range(1, 40_000)], span="20050523_TO_20261110")
    run = subprocess.Popen([sys.executable, "-c", SLOW, str(big), str(root)])
    deadline = time.monotonic() + 60
    while not list(root.glob(".gillies-registry-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert len(list(root.glob(".gillies-registry-*"))) == 1
    assert providers(root) == 8
    built(root, nppes(tmp_path, [person(n) for n in range(1, 10)]))
    assert not list(root.glob(".gillies-registry-*"))
    assert providers(root) == 9


KILLED = """
import os, shutil, signal, sys, io
from datetime import date
from pathlib import Path
from gillies.registry.build import Given, build
from gillies.screen.bar import Bar

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def die_at_old(path, rmtree=shutil.rmtree, **how):
    die() if Path(path).name.startswith("registry-") else rmtree(path, **how)

class Deadly(Bar):
    def step(self, doing):
        if doing.startswith(sys.argv[3]):
            die()

if sys.argv[3] == "the switch":
    Path.replace = die
if sys.argv[3] == "what is old is removed":
    shutil.rmtree = die_at_old
build(Given((Path(sys.argv[1]),)), Path(sys.argv[2]), date(2026, 11, 21), {}, Deadly(io.StringIO()))
"""


@pytest.mark.parametrize(
    ("moment", "holds"),
    [("reading npidata", 8), ("indexing numbers", 8), ("indexing people", 8), ("writing to the disk", 8), ("the switch", 8), ("what is old is removed", 9)],
)
def test_killed_at_any_moment_there_is_one_whole_registry(tmp_path, moment, holds):
    """By SIGKILL, which nothing can catch."""
    root = tmp_path / "r"
    built(root, nppes(tmp_path, [person(n) for n in range(1, 9)]))
    newer = nppes(tmp_path, [person(n) for n in range(1, 10)], span="20050523_TO_20261110")
    assert subprocess.run([sys.executable, "-c", KILLED, str(newer), str(root), moment]).returncode == -signal.SIGKILL
    with Registry(root) as registry:
        assert registry.con.execute("SELECT count(*) FROM provider").fetchone() == (holds,)
        assert registry.manifest.counts["provider"] == holds
    built(root, newer)
    assert {path.name for path in root.iterdir()} == {"manifest.json", manifest.read(root).folder}
    assert providers(root) == 9
