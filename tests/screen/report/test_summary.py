"""What is counted, listed and picked from labelled lines."""

import msgspec
import pytest

from gillies.errors import InputError
from gillies.screen.report import as_json, summarise
from tests.screen.report.labelled import RUN


def lines(row):
    return {intent: cell.lines for intent, cell in row.cells.items() if cell.lines}


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
    assert made.total.total.charge_cents is None


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
