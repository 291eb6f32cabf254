"""One Spark session for these tests. They need Java and pyspark; under CI both must be there."""

import importlib.util
import os
import shutil

import pytest

LACKING = not os.environ.get("CI") and not (shutil.which("java") and importlib.util.find_spec("pyspark"))


def pytest_collection_modifyitems(items):
    for item in items:
        if LACKING and item.path.parent.name == "spark":
            item.add_marker(pytest.mark.skip(reason="Spark needs Java (apt-get install default-jre-headless) and pyspark (make spark)"))


@pytest.fixture(scope="session")
def spark():
    from gillies.screen.spark.session import started

    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # much to compile, little to run: half the time
    with started("local[2]", "1GB") as session:
        yield session


@pytest.fixture
def session(spark, tmp_path):
    """Tables of one job."""
    from gillies.screen.spark.session import SparkTables

    return SparkTables(spark, str(tmp_path / "work"))
