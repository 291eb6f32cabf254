"""`gillies screen --engine spark`: line by line what DuckDB says, nothing lost, one sentence where it cannot be."""

import json

import duckdb
import pytest

from gillies.cli import main
from gillies.screen.sample import write_sample

MAPPING = "claim_id: claim\nline: line\nperson: who\ncode: cpt\ndiagnoses: [dx 1, dx.2]\nday: day\nage: age\nsex: sex\npayer: payer\n"
PLAIN = """
SELECT 'c' || (range // 3) AS claim, range % 3 AS line, 'p' || (range // 7) AS who, ['15823', '19318', '99213', '15822'][range % 4 + 1] AS cpt,
    ['Z41.1', 'H02.403', 'I10', NULL, 'N62'][range % 5 + 1] AS "dx 1", CASE WHEN range % 11 = 0 THEN 'Z90.11' END AS "dx.2",
    CASE WHEN range % 50 = 9 THEN '2026-02-31' ELSE '2026-03-01' END AS day, 20 + range % 60 AS age, 'F' AS sex, 'Aetna' AS payer
FROM range({})"""


def run(*arguments, ends=0):
    with pytest.raises(SystemExit) as ended:
        main(["screen", *map(str, arguments)])
    assert ended.value.code == ends


def rows(path, what="*"):
    with duckdb.connect() as con:
        return con.execute(f"SELECT {what} FROM read_parquet('{path}') ORDER BY ALL").fetchall()


def columns(path):
    with duckdb.connect() as con:
        return [row[:2] for row in con.execute(f"DESCRIBE FROM read_parquet('{path}')").fetchall()]


@pytest.fixture(scope="module")
def both(spark, tmp_path_factory):
    """The same made-up claims through DuckDB and through Spark: the folder of results."""
    folder = tmp_path_factory.mktemp("both")
    write_sample(folder, 2500, 4)
    for engine, out in (("duckdb", "duckdb.parquet"), ("spark", "spark")):
        run(folder / "claims", "-o", folder / out, "--engine", engine, "--page", folder / f"{engine}.html", "--exact")
    return folder


def test_every_line_has_the_same_columns_and_labels(both):
    assert columns(both / "spark/*.parquet") == columns(both / "duckdb.parquet")
    assert rows(both / "spark/*.parquet") == rows(both / "duckdb.parquet")


def test_the_same_rows_are_set_aside_for_the_same_reasons(both):
    with duckdb.connect() as con:
        in_duckdb = con.execute(f"SELECT * FROM read_csv('{both}/duckdb.aside.csv', all_varchar = true) ORDER BY ALL").fetchall()
    assert [tuple(map(str, row)) for row in rows(both / "spark.aside/*.parquet", "file, row::VARCHAR AS row, reason, text")] == in_duckdb
    assert in_duckdb


def test_the_report_is_the_same_but_for_the_engine_and_the_time(both):
    def figures(page):
        return [line for line in (both / page).read_text().splitlines() if "engine" not in line.lower() and "second" not in line.lower()]

    assert figures("spark.html") == figures("duckdb.html")


def test_a_mapping_several_files_and_odd_names(spark, tmp_path, capsys):
    (tmp_path / "map.yaml").write_text(MAPPING)
    claims = tmp_path / "all [1] claims"
    claims.mkdir()
    with duckdb.connect() as con:
        con.execute(f"COPY ({PLAIN.format(300)}) TO '{claims}/a b%20.parquet'")
        con.execute(f"COPY ({PLAIN.format(120)}) TO '{claims}/c.parquet'")
    for engine, out in (("duckdb", "duckdb.parquet"), ("spark", "spark")):
        run(claims, "-o", tmp_path / out, "--mapping", tmp_path / "map.yaml", "--engine", engine, "--json")
    told = json.JSONDecoder()
    shown = capsys.readouterr().out
    first, end = told.raw_decode(shown)
    second, _ = told.raw_decode(shown[end:].lstrip())
    first["run"] = second["run"] = None
    assert first == second
    assert rows(tmp_path / "spark/*.parquet") == rows(tmp_path / "duckdb.parquet")
    assert sorted(row[:2] for row in rows(tmp_path / "spark.aside/*.parquet", "parse_filename(file), row")) == sorted(
        [("a b%20.parquet", number) for number in range(10, 301, 50)] + [("c.parquet", number) for number in range(10, 121, 50)]
    )


def test_a_second_run_takes_the_place_of_the_first_and_leaves_nothing_behind(spark, tmp_path):
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT 'c1' AS claim_id, '15823' AS code, ['Z41.1'] AS diagnoses, DATE '2026-03-01' AS day) TO '{tmp_path}/a.parquet'")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-old.parquet").write_text("of an older run")
    run(tmp_path / "a.parquet", "-o", tmp_path / "out", "--engine", "spark")
    assert rows(tmp_path / "out/*.parquet", "claim_id, intent") == [("c1", "cosmetic")]
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".crc") == ["a.parquet", "out", "out.aside"]


@pytest.mark.parametrize(
    ("write", "arguments", "says"),
    [
        ("SELECT 1 AS a", ["in.parquet"], "has a layout that is not known"),
        ("SELECT '1' AS claim_id, '2' AS code, '3' AS intent", ["in.parquet"], "a column intent of their own"),
        ("SELECT '1' AS claim_id, '2' AS code WHERE false", ["in.parquet"], "holds no rows"),
        ("", ["nothing-there.parquet"], "is not there"),
        ("", ["empty"], "holds no claims"),
        ("", ["text.csv"], "is no Parquet"),
        ("", ["cut.parquet"], "not readable Parquet"),
        ("SELECT '1' AS claim_id, '2' AS code", ["in.parquet", "-o", "no/such/out"], "is not there"),
        ("SELECT '1' AS claim_id, '2' AS code", ["in.parquet", "-o", "text.csv"], "Spark writes a folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(spark, tmp_path, monkeypatch, capfd, write, arguments, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.csv").write_text("claim_id,code\n1,2\n")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 cut short")
    if write:
        with duckdb.connect() as con:
            con.execute(f"COPY ({write}) TO 'in.parquet' (FORMAT parquet)")
    run(*arguments, *([] if "-o" in arguments else ["-o", "out"]), "--engine", "spark", ends=2)
    told = [line for line in capfd.readouterr().err.splitlines() if line.startswith("gillies:")]
    assert len(told) == 1
    assert says in told[0]
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".gillies*"))


def test_a_master_without_spark_is_refused(capsys):
    run("a.parquet", "-o", "b.parquet", "--master", "local[2]", ends=2)
    assert "give --engine spark" in capsys.readouterr().err
