"""What is stale is told first, and stops a build."""

import json
from datetime import date, timedelta

import pytest

from gillies.cli import main
from gillies.door import open_records
from gillies.errors import InputError
from gillies.knowledge.schema import ShelfLife
from gillies.registry import info, shelf
from gillies.registry.build import Allow
from gillies.registry.kinds import KINDS
from gillies.terminal import Style
from tests.registry.made import built, nppes, person

SHELVES = {"nppes": ShelfLife(id="nppes", name="NPPES", url="https://example.org", days=45, why="Replaced monthly.")}
RELEASED = date(2026, 11, 9)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (45, False), (46, True), (400, True)])
def test_the_last_day_of_a_shelf_life(days, stale):
    told = shelf.check("nppes", "a.zip", RELEASED, RELEASED + timedelta(days), SHELVES)
    assert (told is not None) == stale
    if told:
        assert told.say == f"a.zip (NPPES) is of 2026-11-09, {days} days old; it is relied on for 45 days. Get a new one from https://example.org."


def test_a_file_of_unknown_age_is_stale():
    assert "does not tell how old it is" in shelf.check("nppes", "a.zip", None, RELEASED, SHELVES).say


def test_a_stale_file_stops_a_build_unless_it_is_meant(tmp_path):
    path, late = nppes(tmp_path, [person(1)]), RELEASED + timedelta(46)
    with pytest.raises(InputError, match=r"46 days old.*--allow-stale"):
        built(tmp_path / "r", path, shelves=SHELVES, on=late)
    assert not (tmp_path / "r").exists()  # told before any work
    made = built(tmp_path / "r", path, shelves=SHELVES, on=late, allow=Allow(stale=True))
    told = info.as_text(info.look(made, tmp_path / "r", late, SHELVES), Style(100, False))
    assert told.startswith("STALE: npidata_pfile_20050523-20261109.csv (NPPES) is of 2026-11-09, 46 days old")


def test_a_weekly_file_renews_the_full_one(tmp_path):
    week = nppes(tmp_path, [person(2)], span="20261110_TO_20261116")
    made = built(tmp_path / "r", nppes(tmp_path, [person(1)]), week, shelves=SHELVES, on=RELEASED + timedelta(50))
    assert info.look(made, tmp_path / "r", RELEASED, SHELVES).good_until == date(2026, 12, 31)


def test_every_kind_of_file_that_is_given_alone_has_a_shelf_life():
    assert set(open_records().shelf_lives) == {kind.id for kind in KINDS if kind.id not in ("nppes-othername", "nppes-pl")}


@pytest.mark.parametrize(("on", "code"), [("2026-11-21", 0), ("2027-11-21", 2)])
def test_info_ends_with_2_when_something_is_stale(tmp_path, capsys, on, code):
    built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    for flags in ([], ["--json"]):
        with pytest.raises(SystemExit) as ending:
            main(["registry", "info", str(tmp_path / "r"), "--on", on, *flags])
        assert ending.value.code == code
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{") :])
    assert (len(told["stale"]), told["counts"]["provider"], told["made_up"]) == (code // 2, 1, "all")


GONE = '{"format":2,"folder":"x","built":"2026-11-21T00:00:00Z","by":"","made_up":"none","sources":[],"counts":{}}'


@pytest.mark.parametrize(
    ("text", "says"), [(None, "holds no registry"), (GONE, "is not there or not whole"), ("{", "is damaged"), ('{"format": 1}', "is damaged")]
)
def test_what_is_no_registry(tmp_path, capsys, text, says):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(SystemExit) as ending:
        main(["registry", "info", str(tmp_path)])
    assert ending.value.code == 2
    assert says in capsys.readouterr().err
