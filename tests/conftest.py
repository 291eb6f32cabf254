"""One engine, and one Spark session, for all tests."""

import importlib.util
import os
import shutil
from datetime import date

import pytest
from hypothesis import settings

os.environ.pop("GILLIES_DEBUG", None)
settings.register_profile("gillies", deadline=None)  # how long an example takes says nothing on a busy machine
settings.load_profile("gillies")


NO_SPARK = not os.environ.get("CI") and not (shutil.which("java") and importlib.util.find_spec("pyspark"))


def pytest_collection_modifyitems(items):
    """Tests in folders called spark need Java and pyspark (under CI both must be there), and run in one process: a second session would start,
    compile and plan everything anew."""
    for item in items:
        if item.path.parent.name == "spark":
            item.add_marker(pytest.mark.xdist_group("spark"))
            if NO_SPARK:
                item.add_marker(pytest.mark.skip(reason="Spark needs Java (apt-get install default-jre-headless) and pyspark (make spark)"))


@pytest.fixture(scope="session")
def spark():
    from gillies.screen.spark.session import started

    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # much to compile, little to run: half the time
    with started("local[2]", "1GB") as session:
        yield session


@pytest.fixture(scope="session")
def engine():
    from gillies.door import open_engine

    return open_engine()


@pytest.fixture(scope="session")
def on():
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def ask(engine, on):
    """Assess a text on a fixed day."""
    return lambda text: engine.assess(text, on)
