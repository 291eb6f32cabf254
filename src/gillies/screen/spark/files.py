"""Files where Spark sees them: on this machine, in HDFS or in an object store, by Hadoop's own file systems."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from gillies.errors import InputError
from gillies.screen.engine import WORK

FAULTS = (PySparkException, Py4JError)
"""What Spark and Java throw."""
ENDINGS = (".parquet", ".pq")


class Files:
    """The file systems that a session knows."""

    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        self._path: Any = context._jvm.org.apache.hadoop.fs.Path
        self._settings: Any = context._jsc.hadoopConfiguration()
        self._here = str(self._settings.get("fs.defaultFS", "file:///")).startswith("file:")  # paths are this machine's where nothing else is said

    def at(self, path: str) -> tuple[Any, Any]:
        """A path with its file system. Raises InputError for a kind of place that this Spark cannot reach."""
        try:
            place = self._path(str(Path(path).absolute()) if self._here and ":" not in path.partition("/")[0] else path)
            return place.getFileSystem(self._settings), place
        except FAULTS as fault:
            raise InputError(f"{path} is no place that this Spark can reach: {first_line(fault)}.") from fault

    def find(self, paths: tuple[str, ...]) -> list[str]:
        """The files that paths mean (see sources.find_files), as `spark.read` wants them."""
        found: list[str] = []
        for given in paths:
            system, place = self.at(given)
            statuses = [system.getFileStatus(place)] if system.exists(place) else list(system.globStatus(place) or ())
            if not statuses:
                raise InputError(f"{given} is not there: give the path of a Parquet file, of a folder of them, or a pattern that matches some.")
            for status in statuses:
                inside = list(self._inside(system, status.getPath())) if status.isDirectory() else [plain(status.getPath().toString())]
                if not inside:
                    raise InputError(f"{given} holds no claims: a folder needs files that end in {', '.join(ENDINGS)}.")
                found += inside
        return list(dict.fromkeys(found))

    def _inside(self, system: Any, folder: Any) -> Iterator[str]:
        """Files of a folder and its folders by name, hidden ones left out."""
        listed = sorted(system.listStatus(folder), key=lambda status: status.getPath().getName())
        for status in listed:
            name = status.getPath().getName()
            if name.startswith((".", "_")):
                continue
            if status.isDirectory():
                yield from self._inside(system, status.getPath())
            elif name.lower().endswith(ENDINGS):
                yield plain(status.getPath().toString())

    def move(self, made: str, out: str) -> None:
        """A folder that is whole takes the place of an older one."""
        (system, source), (_, target) = self.at(made), self.at(out)
        if system.exists(target):
            system.delete(target, True)
        if not system.rename(source, target):
            raise InputError(f"{out} cannot be written: the finished rows lie in {made}, but could not be moved.")

    @contextmanager
    def work_folder(self, out: str) -> Iterator[str]:
        """A new folder beside `out`, gone afterwards. Raises InputError where nothing can be written."""
        system, place = self.at(out)
        parent = place.getParent() or self._path(".")  # of a bare name: where Hadoop is at home
        if not system.exists(parent):
            raise InputError(f"The folder {plain(parent.toString())} is not there: make it first, or write elsewhere.")
        if system.exists(place) and system.getFileStatus(place).isFile():
            raise InputError(f"{out} is a file, and Spark writes a folder of files: name another place.")
        work = self._path(parent, f"{WORK}{os.getpid()}-{secrets.token_hex(4)}")
        try:
            system.mkdirs(work)
        except FAULTS as fault:
            raise InputError(f"{out} cannot be written: {first_line(fault)}.") from fault
        try:
            yield plain(work.toString())
        finally:
            system.delete(work, True)

    def fetch(self, folder: str, to: str) -> None:
        """Copies a folder to this machine."""
        system, place = self.at(folder)
        system.copyToLocalFile(False, place, self._path(f"file://{to}"), True)


def plain(path: str) -> str:
    """A path of this machine without the `file:` before it."""
    return re.sub(r"^file:/+", "/", path)


def literal(path: str) -> str:
    """A path in which a star or bracket stands for itself."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", path)


def first_line(fault: BaseException) -> str:
    """What a fault of Spark or Java says, without its trace."""
    java = getattr(fault, "java_exception", None)
    told = str(java.getMessage() or java.toString()) if java is not None else str(fault)
    return next((line.strip().rstrip(".") for line in told.splitlines() if line.strip()), type(fault).__name__)
