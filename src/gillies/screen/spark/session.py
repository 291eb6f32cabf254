"""A Spark session, and the tables of one job in it."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import broadcast, from_json, inline, lit

from gillies.backends.spark import Spark
from gillies.errors import GilliesError, InputError
from gillies.screen.engine import megabytes
from gillies.screen.spark.words import in_spark
from gillies.screen.tables import Session

TOGETHER = 40
"""Rules in one query: Spark plans a union of many more so slowly that it costs more than further jobs do."""

MANY = 500
"""Rows that are better read from a table than carried along in each query."""

ALWAYS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true", "spark.sql.codegen.hugeMethodLimit": "8000"}
"""What our SQL relies on: a day is the same day everywhere; a cast that fails is an error unless we say TRY; and Java compiles no method beyond this
size, so that Spark had better not make one."""


class SparkError(GilliesError):
    """Spark gave up."""

    exit_code = 1


class SparkTables(Session):
    """Tables as Parquet in a work folder that all workers can see, so that no plan grows and the sizes of tables are known; small ones in the query."""

    engine = "spark"
    backend = Spark

    def __init__(self, spark: SparkSession, work: str) -> None:
        self.spark = spark
        self.work = work

    def table(self, name: str, select: str) -> None:
        """Written, then read."""
        self._keep(name, self.spark.sql(in_spark(select)))

    def view(self, name: str, select: str) -> None:
        """A temporary view."""
        self.spark.sql(in_spark(select)).createOrReplaceTempView(name)

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Rows that come from the knowledge or from what is distinct: few enough to be sent to every worker."""
        held = [tuple(row) for row in rows]
        frame = written_out(self.spark, {column.strip('"'): in_spark_type(kind) for column, kind in columns.items()}, held)
        if len(held) > MANY:
            frame.write.mode("overwrite").parquet(self.place(name))
            frame = self.spark.read.parquet(self.place(name))
        broadcast(frame).createOrReplaceTempView(name)

    def together(self, name: str, columns: Mapping[str, str], selects: Sequence[str]) -> None:
        """Some SELECTs a query."""
        if not selects:
            self.load(name, columns, [])
            return
        for start in range(0, len(selects), TOGETHER):
            found = self.spark.sql(" UNION ALL ".join(selects[start : start + TOGETHER]))
            found.coalesce(1).write.mode("append" if start else "overwrite").parquet(self.place(name))
        self._read(name)

    def fetch(self, select: str) -> list[tuple[Any, ...]]:
        """All rows."""
        return [tuple(row) for row in self.spark.sql(in_spark(select)).collect()]

    def place(self, name: str) -> str:
        """The folder of a table."""
        return f"{self.work}/{name}"

    def _keep(self, name: str, frame: DataFrame) -> None:
        frame.write.mode("overwrite").parquet(self.place(name))
        self._read(name)

    def _read(self, name: str) -> None:
        self.spark.read.parquet(self.place(name)).createOrReplaceTempView(name)


def written_out(spark: SparkSession, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> DataFrame:
    """Rows of ours as a frame. They travel as JSON in the query: createDataFrame would start Python on the workers, where ours need not be."""
    told = msgspec.json.encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()
    schema = f"ARRAY<STRUCT<{', '.join(f'`{column}`: {kind}' for column, kind in columns.items())}>>"
    return spark.range(0, 1, 1, 1).select(inline(from_json(lit(told), schema, {"mode": "FAILFAST"})))


def in_spark_type(kind: str) -> str:
    """A type of DuckDB in Spark's words."""
    return {"VARCHAR": "STRING", "VARCHAR[]": "ARRAY<STRING>", "INTEGER": "INT"}.get(kind, kind)


@contextmanager
def started(master: str | None, memory: str | None) -> Iterator[SparkSession]:
    """The session that is there already (spark-submit, a notebook), else one of our own, which ends with the job. Raises InputError without Java."""
    running = SparkSession.getActiveSession()
    if running is None and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise InputError("Spark needs Java 17 or newer: apt-get install default-jre-headless, or say in JAVA_HOME where it is.")
    spark = running or _start(master, memory)
    before = {name: spark.conf.get(name, None) for name in ALWAYS}
    for name, value in ALWAYS.items():
        spark.conf.set(name, value)
    try:
        yield spark
    finally:
        if running is None:
            spark.stop()
        else:
            for name, old in before.items():
                if old is not None:
                    spark.conf.set(name, old)


def _start(master: str | None, memory: str | None) -> SparkSession:
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # spark-submit has said where and how
    builder = SparkSession.builder.appName("gillies screen").config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    where = master or (None if submitted else "local[*]")
    if where:
        builder = builder.master(where)
    if memory:
        builder = builder.config("spark.driver.memory", f"{megabytes(memory)}m")
    if where and where.startswith("local"):  # one machine: nothing to listen for, and few parts
        own = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": "8"}
        for name, value in own.items():
            builder = builder.config(name, value)
    return builder.getOrCreate()
