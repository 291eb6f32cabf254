"""One Spark session for these tests, as tests/screen/spark has it."""

from tests.screen.spark.conftest import pytest_collection_modifyitems, spark

__all__ = ["pytest_collection_modifyitems", "spark"]
