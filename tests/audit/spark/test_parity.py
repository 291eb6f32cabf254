"""`gillies audit --engine spark`: row by row what DuckDB says, nothing lost."""

import shlex

import duckdb
import pytest

from gillies.cli import main
from gillies.registry import clean
from gillies.screen.spark.words import in_spark


def run(*arguments, ends=0):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), "--on", "2026-11-21"])
    assert ended.value.code == ends


def rows(path):
    with duckdb.connect() as con:
        return con.execute(f"SELECT * FROM read_parquet('{path}') ORDER BY ALL").fetchall()


@pytest.fixture(scope="module")
def both(spark, tmp_path_factory):
    """The same made-up directory through DuckDB and through Spark: the folder of results."""
    folder = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("gillies.cli._write", said.append)
        run("registry", "sample", "-o", folder, "--rows", 1500, "--directory", 1500)
        run(*next(shlex.split(line)[1:] for line in "".join(said).splitlines() if "registry build" in line))
    nobody = "SELECT 'TX' AS State"
    with duckdb.connect() as con:
        everybody = f"FROM read_csv('{folder}/directory.csv', all_varchar = true) UNION ALL BY NAME {nobody}"
        con.execute(f"COPY ({everybody}) TO '{folder}/directory.parquet' (FORMAT parquet)")
    for engine, out in (("duckdb", "duckdb.parquet"), ("spark", "spark")):
        page = folder / f"{engine}.html"
        run("audit", folder / "directory.parquet", "--registry", folder / "registry", "-o", folder / out, "--engine", engine, "--page", page)
    return folder


def test_every_row_has_the_same_findings_in_the_same_words(both):
    in_spark_rows, in_duckdb_rows = rows(both / "spark/*.parquet"), rows(both / "duckdb.parquet")
    assert in_spark_rows == in_duckdb_rows
    assert len(in_duckdb_rows) == 1500


def test_the_same_rows_are_set_aside(both):
    with duckdb.connect() as con:
        in_duckdb = con.execute(f"SELECT file, row, reason, text FROM read_csv('{both}/duckdb.aside.csv', all_varchar = true)").fetchall()
    assert [tuple(map(str, row)) for row in rows(both / "spark.aside/*.parquet")] == in_duckdb
    assert len(in_duckdb) == 1


def test_the_report_is_the_same_but_for_the_engine_and_the_time(both):
    def figures(page):
        return [line for line in (both / page).read_text().splitlines() if "second" not in line.lower()]

    assert figures("spark.html") == figures("duckdb.html")


@pytest.mark.parametrize("name", ["José Peñaran", "O’Brien-Smith", "NGUYỄN", "Ångström", "a b  c", "Müller", "e\u0301", ""])
def test_a_name_is_compared_alike(spark, name):
    written = "'" + name.replace("'", "''") + "'"
    with duckdb.connect() as con:
        expected = con.execute(f"SELECT {clean.key(written)}").fetchone()[0]
    assert spark.sql(in_spark(f"SELECT {clean.key(written)} AS k")).collect()[0][0] == expected
