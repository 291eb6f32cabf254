"""Pieces of a file worked on side by side: a few lanes, each a thread with files of its own; results come back in the file's order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from gillies.registry import rows as reading
from gillies.registry.chunks import Chunk
from gillies.registry.taken import Taken
from gillies.screen.engine import literal_paths

T = TypeVar("T")

LANES = 2
"""More would help on more cores; two keep the memory of a build under a gigabyte."""

MOST_WAITING = 4
"""Pieces that are read ahead, being worked on or waiting to be fetched."""

FEW = frozenset(
    (
        "entity prefix suffix credential other_organization_kind other_kind first other_first middle city state zip5 country enumerated updated "
        "certified deactivated reason reactivated deactivated_by sex sole subpart slot code license_state primary_switch kind type first_key basis "
        "day general specialty graduated school"
    ).split()
)
"""Columns whose values recur. A dictionary of the others (names, streets, numbers) would be given up half-way: twice the time, larger
files. Nothing is sorted, so the least and greatest value of a group of rows would help nobody either."""


class Done(msgspec.Struct, frozen=True):
    """A piece, worked on: what it gave and what was set aside. `rows`: its rows in all."""

    taken: Taken
    bad: tuple[reading.BadRow, ...]
    rows: int
    foreign: int
    lost: int
    read: int


Take = Callable[[pa.Table], Taken]


class Lane:
    """A thread with one Parquet file for each table."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.pool = ThreadPoolExecutor(1)
        self.writers: dict[str, pq.ParquetWriter] = {}

    def work(self, chunk: Chunk, header: tuple[str, ...], wanted: dict[str, int], take: Take) -> Done:
        """Reads a piece and writes its rows for analysis."""
        rows = reading.parse(chunk, header, wanted)
        return self.keep(rows, chunk, take)

    def keep(self, rows: reading.Rows, chunk: Chunk, take: Take) -> Done:
        """The same for a piece whose cells are read."""
        taken = take(rows.table)
        for table, values in taken.tables.items():
            self.write(table, values)
        texts = reading.texts_of(chunk, list(taken.bad))
        bad = (*rows.bad, *(reading.BadRow(row, reason, texts.get(row, "")) for row, reason in taken.bad.items()))
        small = msgspec.structs.replace(taken, tables={})
        return Done(small, tuple(sorted(bad, key=lambda each: each.row)), rows.table.num_rows + len(rows.bad), rows.foreign, rows.lost, chunk.read)

    def write(self, table: str, values: pa.Table) -> None:
        """Writes rows for analysis."""
        self._writer(table, values.schema).write_table(values)

    def _writer(self, table: str, schema: pa.Schema) -> pq.ParquetWriter:
        if table not in self.writers:
            folder = self.folder / table
            folder.mkdir(parents=True, exist_ok=True)
            path, few = folder / f"part-{self.number}.parquet", [column for column in schema.names if column in FEW]
            self.writers[table] = pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, use_dictionary=few, write_statistics=False)
        return self.writers[table]

    def close(self) -> None:
        """Ends its files."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        for writer in self.writers.values():
            writer.close()


def parquet(tables: Path, table: str) -> str:
    """A table of all lanes, as SQL reads it."""
    return f"read_parquet({literal_paths(sorted((tables / table).glob('*.parquet')))})"


class Lanes:
    """All lanes of a build; the Parquet tables lie in `folder`."""

    def __init__(self, folder: Path, lanes: int = LANES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lanes = [Lane(folder, number) for number in range(lanes)]
        self.turn = 0

    def run(self, jobs: Iterable[Callable[[Lane], T]]) -> Iterator[T]:
        """Works through jobs. Which lane gets which is fixed, so that the same files give the same registry."""
        waiting: deque[Future[T]] = deque()
        try:
            for job in jobs:
                lane = self.lanes[self.turn % len(self.lanes)]
                self.turn += 1
                waiting.append(lane.pool.submit(job, lane))
                if len(waiting) >= MOST_WAITING:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        for lane in self.lanes:
            lane.close()
