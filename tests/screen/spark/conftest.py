"""Tables of one job in the Spark session of all tests (tests/conftest.py)."""

import pytest


@pytest.fixture
def session(spark, tmp_path):
    from gillies.screen.spark.session import SparkTables

    return SparkTables(spark, str(tmp_path / "work"))
