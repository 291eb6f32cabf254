"""Newer files on top of a registry that is there, without the full one: the same registry as from all files at once."""

from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from gillies.cli import main
from gillies.errors import InputError
from gillies.knowledge.schema import ShelfLife
from gillies.registry import info, store
from gillies.registry.build import Allow
from gillies.registry.lookup import Registry
from gillies.terminal import Style
from tests.registry.made import DAC, LEIE, NUCC, OTHERNAME, PL, ask, built, npi, nppes, person, plain, rows_of

FULL, FIRST, SECOND = "20050523_TO_20261109", "20261110_TO_20261116", "20261117_TO_20261123"


def bundle(folder, span, rows):
    """A ZIP of NPPES: some of its providers with a further place and a further name each."""
    told = span.split("_")[0]
    more = {
        f"pl_pfile_{span}__csv": rows_of(PL, [{"NPI": row["npi"], PL[3]: f"TOWN {told}"} for row in rows[::2]]),
        f"othername_pfile_{span}__csv": rows_of(OTHERNAME, [{"NPI": row["npi"], OTHERNAME[1]: f"NAME {told}"} for row in rows[::3]]),
    }
    return nppes(folder, rows, span=span, **more)


def report(folder, day, listed):
    """A report of deactivated NPIs."""
    path = folder / f"NPPES Deactivated NPI Report {day}.csv"
    path.write_bytes(plain(["NPI", "NPPES Deactivation Date"], [{"NPI": npi(n), "NPPES Deactivation Date": on} for n, on in listed.items()]))
    return path


def contents(root):
    """All rows of all tables: for look-up and for analysis."""
    (folder,) = root.glob("registry-*")
    held = {table: sorted(ask(root, f"SELECT * FROM {table}"), key=repr) for table in store.TABLES}
    tables = {path.name: pq.read_table(path).to_pylist() for path in (folder / "tables").iterdir()}
    return held, {table: sorted(rows, key=repr) for table, rows in tables.items()}


@pytest.fixture
def files(tmp_path):
    """A full file, two weeks after it, two reports of deactivated NPIs, two LEIEs."""
    former = person(5, deactivated="01/01/2020", reactivated="01/01/2026")
    weeks = {
        "full": bundle(tmp_path, FULL, [*(person(n, last=f"MONTH{n}", **{"Healthcare Provider Taxonomy Code_7": "207N00000X"}) for n in range(1, 5)), former]),
        "first": bundle(tmp_path, FIRST, [person(n, last=f"FIRST{n}") for n in (3, 6)]),
        "second": bundle(tmp_path, SECOND, [person(n, last=f"SECOND{n}", state="NY") for n in (1, 6, 7)]),
        "old_report": report(tmp_path, "20261109", {1: "11/02/2026", 2: "11/02/2026", 5: "11/02/2025"}),
        "new_report": report(tmp_path, "20261116", {2: "11/02/2026", 4: "11/12/2026", 5: "11/13/2026", 7: "11/01/2019"}),
    }
    for name, who in (("old_leie", "ABERSON"), ("new_leie", "BEBERSON")):
        row = {"LASTNAME": who, "NPI": npi(1), "STATE": "CA", "EXCLTYPE": "1128a1", "EXCLDATE": "20261020"}
        weeks[name] = tmp_path / f"{name}.csv"
        weeks[name].write_bytes(rows_of(LEIE, [row, {"EXCLDATE": "20200101"}], "\r\n"))
    weeks["nucc"] = tmp_path / "nucc_taxonomy_260.csv"
    weeks["nucc"].write_bytes(plain(NUCC, [{"Code": "208200000X", "Classification": "a"}]))
    return weeks


def test_updates_give_what_all_files_at_once_give(tmp_path, files):
    step, once = tmp_path / "step", tmp_path / "once"
    built(step, files["full"], deactivated=files["old_report"], leie=files["old_leie"], nucc=files["nucc"])
    built(step, files["first"], update=True)
    assert contents(step) == contents_of(once, files, "full", "first", deactivated="old_report", leie="old_leie")
    built(step, files["second"], update=True, leie=files["new_leie"])
    assert contents(step) == contents_of(once, files, "full", "first", "second", deactivated="old_report", leie="new_leie")
    built(step, update=True, deactivated=files["new_report"])
    assert contents(step) == contents_of(once, files, "full", "first", "second", deactivated="new_report", leie="new_leie")


def contents_of(root, files, *weeks, **others):
    """The same from all files at once."""
    built(root, *(files[week] for week in weeks), nucc=files["nucc"], allow=Allow(loss=True), **{kind: files[name] for kind, name in others.items()})
    return contents(root)


def test_two_weeks_at_once(tmp_path, files):
    built(tmp_path / "step", files["full"], nucc=files["nucc"])
    built(tmp_path / "step", files["second"], files["first"], update=True, deactivated=files["new_report"])
    built(tmp_path / "once", files["full"], files["second"], files["first"], nucc=files["nucc"], deactivated=files["new_report"])
    assert contents(tmp_path / "step") == contents(tmp_path / "once")


def test_a_newer_report_deactivates_and_takes_back(tmp_path, files):
    built(tmp_path / "r", files["full"], deactivated=files["old_report"])
    with Registry(tmp_path / "r") as registry:
        assert [registry.on_record(int(npi(n))).provider.active for n in (1, 2, 3, 4, 5)] == [False, False, True, True, True]
    built(tmp_path / "r", update=True, deactivated=files["new_report"])
    with Registry(tmp_path / "r") as registry:
        held = [registry.on_record(int(npi(n))).provider for n in (1, 2, 3, 4, 5)]
    assert [each.active for each in held] == [True, False, True, False, False]
    assert [(each.deactivated_by, each.deactivated) for each in held][4] == ("list", date(2026, 11, 13))


def test_the_manifest_tells_all_sources_and_what_was_replaced(tmp_path, files, capsys):
    before = built(tmp_path / "r", files["full"], leie=files["old_leie"])
    made = built(tmp_path / "r", files["first"], update=True, leie=files["new_leie"])
    assert [(source.kind, source.file) for source in made.sources] == [
        *(("nppes", files["full"].name), ("nppes-othername", files["full"].name), ("nppes-pl", files["full"].name)),
        *(("nppes", files["first"].name), ("nppes-othername", files["first"].name), ("nppes-pl", files["first"].name), ("leie", "new_leie.csv")),
    ]
    assert made.counts["provider"] == 6
    assert made.notes == (f"{made.built:%Y-%m-%d}: on top of {before.folder}; providers replaced by newer rows: 1",)
    with pytest.raises(SystemExit):
        main(["registry", "info", str(tmp_path / "r"), "--on", "2026-11-21"])
    assert made.notes[0] in capsys.readouterr().out


def test_rows_set_aside_stay_told_while_their_file_is_in_use(tmp_path, files):
    built(tmp_path / "r", nppes(tmp_path, [person(1), person(2, entity="9")]), leie=files["old_leie"])
    built(tmp_path / "r", files["first"], update=True)
    (path,) = (tmp_path / "r").glob("registry-*/aside.csv")
    assert [line.split(",")[:2] for line in path.read_text().splitlines()[1:]] == [["npidata_pfile_20050523-20261109.csv", "3"], ["old_leie.csv", "3"]]
    built(tmp_path / "r", update=True, leie=files["new_leie"])
    (path,) = (tmp_path / "r").glob("registry-*/aside.csv")
    assert [line.split(",")[0] for line in path.read_text().splitlines()[1:]] == ["new_leie.csv", "npidata_pfile_20050523-20261109.csv"]


def test_an_update_renews_what_was_stale(tmp_path, files):
    shelves = {"nppes": ShelfLife(id="nppes", name="NPPES", url="https://example.org", days=45, why="Replaced monthly.")}
    late = date(2026, 11, 9) + timedelta(50)
    built(tmp_path / "r", files["full"], on=date(2026, 11, 21), shelves=shelves)
    made = built(tmp_path / "r", files["first"], update=True, on=late, shelves=shelves)
    assert info.look(made, tmp_path / "r", late, shelves).stale == ()
    assert "STALE" not in info.as_text(info.look(made, tmp_path / "r", late, shelves), Style(100, False))


def test_a_week_that_is_missing_between_is_told(tmp_path, files):
    says = "No file of NPPES tells what changed from 2026-11-10 to 2026-11-16, before npidata_pfile_20261117-20261123.csv"
    built(tmp_path / "r", files["full"])
    with pytest.raises(InputError, match=says):
        built(tmp_path / "r", files["second"], update=True)
    with pytest.raises(InputError, match=says):
        built(tmp_path / "r", files["full"], files["second"])
    assert built(tmp_path / "r", files["second"], update=True, allow=Allow(loss=True)).counts["provider"] == 7


def test_what_cannot_go_on_top(tmp_path, files):
    with pytest.raises(InputError, match="holds no registry"):
        built(tmp_path / "r", files["first"], update=True)
    built(tmp_path / "r", files["full"], files["first"])
    with pytest.raises(InputError, match="make the registry anew"):
        built(tmp_path / "r", files["full"], update=True)
    with pytest.raises(InputError, match="has NPPES up to 2026-11-16 already"):
        built(tmp_path / "r", files["first"], update=True)
    with pytest.raises(InputError, match="at least one newer file"):
        built(tmp_path / "r", update=True)


def test_a_column_that_was_there_before_stops_an_update(tmp_path, files):
    (tmp_path / "dac.csv").write_bytes(plain(DAC, [{"NPI": npi(1), "Grd_yr": "1999"}]))
    (tmp_path / "less.csv").write_bytes(plain([column for column in DAC if column != "Med_sch"], [{"NPI": npi(1), "Grd_yr": "1999"}]))
    built(tmp_path / "r", files["full"], dac=tmp_path / "dac.csv")
    with pytest.raises(InputError, match="has lost the column Med_sch"):
        built(tmp_path / "r", update=True, dac=tmp_path / "less.csv")


def test_of_an_npi_that_stands_twice_in_a_week_the_last_row_is_kept(tmp_path, files):
    built(tmp_path / "r", files["full"])
    made = built(tmp_path / "r", nppes(tmp_path, [person(1, last="ONE"), person(1, last="TWO")], span=FIRST), update=True)
    assert ask(tmp_path / "r", f"SELECT last FROM providers WHERE npi = {npi(1)}") == [("TWO",)]
    assert made.counts["provider"] == 5


def test_the_command(tmp_path, files, capsys):
    built(tmp_path / "r", files["full"])
    with pytest.raises(SystemExit) as ending:
        main(["registry", "update", "--nppes", str(files["first"]), "-o", str(tmp_path / "r"), "--on", "2026-11-21"])
    assert ending.value.code == 0
    assert "npidata_pfile_20261110-20261116.csv" in capsys.readouterr().out
