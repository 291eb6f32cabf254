"""An empty table of labelled lines, a way to put lines into it, and its summary."""

from itertools import count

import duckdb
import pytest

from gillies.screen.report import summarise
from tests.screen.report.labelled import COLUMNS, LINE, RUN


@pytest.fixture
def con():
    with duckdb.connect() as opened:
        opened.execute(f"CREATE TABLE labelled ({COLUMNS})")
        yield opened


@pytest.fixture
def put(con):
    """Puts `times` lines into the table, each with its own claim id unless one is given."""

    numbers = count()

    def add(times=1, **given):
        for _ in range(times):
            line = LINE | {"g_claim_id": f"c{next(numbers):04}"} | given
            marks = ", ".join(f"${name}" for name in line)
            con.execute(f"INSERT INTO labelled ({', '.join(line)}) VALUES ({marks})", line)  # our own column names

    return add


@pytest.fixture
def summary(con):
    return lambda run=RUN, **more: summarise(con, "labelled", run, **more)
