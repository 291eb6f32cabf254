"""Small counts, and what would give them away, are hidden."""

import msgspec
import pytest

from gillies.screen.report import as_json, hide_small


def test_counts_of_one_to_ten_are_hidden_and_nought_is_not(put, summary):
    put(10, g_state="NV")
    put(11, g_state="CA")
    put(12, g_state="TX")
    shown = {row.key: row.total.lines for row in hide_small(summary()).by_state.rows}
    assert shown == {"TX": 12, "CA": None, "NV": None}
    assert hide_small(summary()).by_state.rows[0].cells["mixed"].lines == 0


def test_what_would_give_a_small_cell_away_is_hidden_too(put, summary):
    put(3, g_state="NV", intent="mixed", coverage="depends")
    put(30, g_state="NV")
    put(40, g_state="CA", intent="mixed")
    put(50, g_state="CA")
    table = hide_small(summary()).by_state
    by_key = {row.key: row for row in table.rows}
    assert by_key["NV"].cells["mixed"].hidden == "small"
    assert {by_key["NV"].cells["cosmetic"].hidden, by_key["CA"].cells["mixed"].hidden, by_key["CA"].cells["cosmetic"].hidden} == {"beside"}
    assert by_key["CA"].total.lines == 90


def solved(made, table):
    """What a reader can work out of a table: every cell that is the only hidden one of a sum, again and again."""
    rows = [*table.rows, *([table.rest] if table.rest else [])]
    cells = {(at, name): cell.lines for at, row in enumerate(rows) for name, cell in {**row.cells, "all": row.total}.items()}
    cells |= {("all", name): cell.lines for name, cell in {**made.total.cells, "all": made.total.total}.items()}
    across, down = [*range(len(rows)), "all"], [*made.intents, "all"]
    sums = [[(at, name) for name in down] for at in across] + [[(at, name) for at in across] for name in down]
    learnt = True
    while learnt:
        learnt = False
        for places in sums:
            unknown = [place for place in places if cells[place] is None]
            if len(unknown) == 1:
                *parts, whole = places
                known = sum(cells[place] or 0 for place in parts)
                cells[unknown[0]] = known if unknown[0] == whole else cells[whole] - known
                learnt = True
    return cells


@pytest.mark.parametrize("seed", range(12))
def test_no_small_cell_can_be_worked_out_of_a_table(con, summary, seed):
    con.execute(
        """INSERT INTO labelled (g_claim_id, g_state, procedure, intent, coverage, hands)
        SELECT i, 'S' || (hash(i, 1, $1) % (hash(i, 2, $1) % 20 + 1)), 'p' || (hash(i, 3, $1) % 5 * (hash(i, 4, $1) % 7))::VARCHAR,
            ['cosmetic', 'reconstructive', 'mixed', 'undetermined'][(hash(i, 5, $1) % 1000 // (100 + 40 * ($1 % 5)) % 4 + 1)::BIGINT], 'depends', 'core'
        FROM range(150 + 60 * $1) t(i)""",
        [seed],
    )
    made = hide_small(summary())
    for table in (made.by_state, made.by_procedure, made.by_coverage, made.by_hands):
        assert not [lines for lines in solved(made, table).values() if lines and lines < 11]
    assert hide_small(made) == made


def test_a_cell_that_a_total_tells_hides_the_sum_of_its_row(put, summary):
    put(5, g_state="NV", intent="mixed")
    put(30, g_state="NV", intent="reconstructive")
    put(40, g_state="CA", intent="mixed")
    made = hide_small(summary())
    assert not [lines for lines in solved(made, made.by_state).values() if lines and lines < 11]


def test_json_hides_nothing_unless_asked(put, summary):
    put(3)
    held = msgspec.json.decode(as_json(summary()))
    assert held["total"]["cells"]["cosmetic"]["lines"] == 3
    assert msgspec.json.decode(as_json(hide_small(summary())))["total"]["cells"]["cosmetic"] == {"hidden": "small"}
