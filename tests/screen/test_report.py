"""The report on labelled lines: what it counts, hides, lists and says."""

from datetime import date
from itertools import count

import duckdb
import msgspec
import pytest

from gillies.errors import InputError
from gillies.screen.report import RunInfo, as_json, hide_small, summarise

RUN = RunInfo(("claims.parquet",), "tuva", (), 100, 100, 0, "duckdb", date(2026, 11, 21), 1.5)
COLUMNS = """g_claim_id VARCHAR, g_line VARCHAR, g_person VARCHAR, g_code VARCHAR, g_modifiers VARCHAR[], g_diagnoses VARCHAR[], g_specialty VARCHAR,
    g_payer VARCHAR, g_state VARCHAR, g_charge DOUBLE, g_paid DOUBLE, g_day DATE, procedure VARCHAR, intent VARCHAR, coverage VARCHAR,
    reasons VARCHAR[], missing VARCHAR[], hands VARCHAR, claim_intent VARCHAR, claim_coverage VARCHAR, protected VARCHAR[]"""
LINE = {
    "g_line": "1",
    "g_person": "p1",
    "g_code": "30400",
    "g_modifiers": [],
    "g_diagnoses": ["Z411"],
    "g_specialty": "208200000X",
    "g_payer": "Medicare",
    "g_state": "CA",
    "g_charge": 100.0,
    "g_paid": 40.0,
    "g_day": date(2026, 3, 14),
    "procedure": "rhinoplasty",
    "intent": "cosmetic",
    "coverage": "likely-not-covered",
    "reasons": ["normal-structure"],
    "missing": [],
    "hands": "core",
    "protected": [],
}


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
            con.execute(f"INSERT INTO labelled ({', '.join(line)}) VALUES ({marks})", line)  # noqa: S608  # our own column names

    return add


@pytest.fixture
def summary(con):
    return lambda run=RUN, **more: summarise(con, "labelled", run, **more)


def lines(row):
    return {intent: cell.lines for intent, cell in row.cells.items() if cell.lines}


# What is counted


def test_lines_and_dollars_are_counted_by_intent_and_crossed_with_everything_else(put, summary):
    put(3)
    put(2, intent="reconstructive", coverage="likely-covered", g_payer="Aetna", g_state="NY", g_charge=10.10, hands="outside")
    made = summary()
    assert lines(made.total) == {"cosmetic": 3, "reconstructive": 2}
    assert made.total.total.charge_cents == 3 * 10_000 + 2 * 1_010
    assert [(row.key, lines(row)) for row in made.by_payer.rows] == [("Medicare", {"cosmetic": 3}), ("Aetna", {"reconstructive": 2})]
    assert made.by_state.rows[1].cells["reconstructive"].charge_cents == 2_020
    assert [row.key for row in made.by_coverage.rows] == ["likely-covered", "likely-not-covered"]
    assert [(row.key, row.total.lines) for row in made.by_hands.rows] == [("core", 3), ("outside", 2)]


def test_lines_that_are_not_ours_are_counted_and_left_out_of_the_rest(put, summary):
    put(1)
    put(4, procedure=None, intent=None, coverage=None, hands=None, g_charge=999.0)
    made = summary()
    assert (made.lines, made.not_ours, made.ours) == (5, 4, 1)
    assert made.total.total.charge_cents == 10_000


def test_the_twenty_biggest_procedures_stand_alone_and_the_rest_is_added_up(put, summary):
    for number in range(25):
        put(30 - number, procedure=f"p{number:02}")
    table = summary().by_procedure
    assert [row.key for row in table.rows] == [f"p{number:02}" for number in range(20)]
    assert table.rest_kinds == 5
    assert table.rest.total.lines == sum(range(6, 11))


def test_what_is_not_given_has_a_row_of_its_own(put, summary):
    put(1, g_payer=None, g_state="  ", g_specialty=None, g_charge=None)
    made = summary()
    assert made.by_payer.rows[0].key == made.by_state.rows[0].key == ""
    assert made.without_charge == 1
    assert made.total.total.charge_cents == 0


@pytest.mark.parametrize("charge", [float("nan"), float("inf"), 1e300])
def test_a_charge_that_is_no_plausible_number_is_left_out_and_counted(put, summary, charge):
    put(1, g_charge=charge)
    put(1)
    assert summary().without_charge == 1
    assert summary().total.total.charge_cents == 10_000


def test_an_empty_table_gives_an_empty_summary(summary):
    made = summary()
    assert made.lines == made.ours == made.total.total.lines == 0
    assert made.audit == made.guard.flagged == made.by_payer.rows == ()


def test_columns_that_a_layout_does_not_have_are_not_needed(con):
    con.execute("CREATE VIEW few AS SELECT g_claim_id, procedure, intent, coverage, hands FROM labelled")
    con.execute("INSERT INTO labelled (g_claim_id, procedure, intent, coverage, hands) VALUES ('a', 'otoplasty', 'mixed', 'depends', 'core')")
    assert lines(summarise(con, "few", RUN).total) == {"mixed": 1}


def test_lines_without_labels_are_refused_in_one_sentence(con):
    con.execute("CREATE VIEW bare AS SELECT g_claim_id FROM labelled")
    with pytest.raises(InputError, match="bare lacks the column procedure"):
        summarise(con, "bare", RUN)


def test_a_label_that_is_missing_or_new_is_counted_under_its_own_name(put, summary):
    put(2, intent=None, coverage=None)
    put(1, intent="other")
    made = summary()
    assert made.intents == ("reconstructive", "mixed", "undetermined", "cosmetic", "", "other")
    assert lines(made.total) == {"": 2, "other": 1}
    assert [(sample.intent, sample.coverage, sample.lines) for sample in made.audit] == [("", "", 2), ("other", "likely-not-covered", 1)]


# The false-flag guard


def test_protected_care_that_was_flagged_cosmetic_is_listed_one_by_one_dearest_first(put, summary):
    put(60, protected=["icd10cm-burns"])
    put(1, protected=["icd10cm-burns", "icd10cm-cleft"], g_charge=5_000.0, g_claim_id="dear")
    put(5, protected=["icd10cm-burns"], intent="reconstructive")
    put(7)
    guard = summary().guard
    assert len(guard.flagged) == 61
    assert guard.flagged[0].claim == "dear"
    assert lines(guard.protected) == {"cosmetic": 61, "reconstructive": 5}
    assert [(row.key, row.total.lines) for row in guard.by_set.rows] == [("icd10cm-burns", 66), ("icd10cm-cleft", 1)]
    assert len(msgspec.json.decode(as_json(summary()))["guard"]["flagged"]) == 61


# The audit sample


def test_the_sample_is_the_same_on_every_run_whatever_the_order_of_the_lines(con, put, summary):
    put(40)
    put(15, coverage="depends", intent="undetermined")
    put(2, intent="mixed")
    before = summary().audit
    assert [(sample.intent, sample.lines, len(sample.picked)) for sample in before] == [("mixed", 2, 2), ("undetermined", 15, 10), ("cosmetic", 40, 10)]
    con.execute("CREATE TABLE turned AS SELECT * FROM labelled ORDER BY g_claim_id DESC")
    assert summarise(con, "turned", RUN).audit == before


def test_a_line_picked_says_codes_reasons_and_what_is_missing(put, summary):
    put(1, reasons=["r1", None], missing=["photographs"], g_diagnoses=["N62"], g_modifiers=["50"])
    line = summary().audit[0].picked[0]
    assert (line.code, line.diagnoses, line.modifiers, line.reasons, line.missing) == ("30400", ("N62",), ("50",), ("r1",), ("photographs",))


def test_names_are_kept_for_the_ids_in_the_report_only(put, summary):
    put(1)
    made = summary(names={"rhinoplasty": "Nose reshaping", "otoplasty": "Ear pinning"})
    assert made.names == {"rhinoplasty": "Nose reshaping"}


# Small cells


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
