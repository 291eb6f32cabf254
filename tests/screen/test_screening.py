"""`gillies screen` from files to labelled lines: what codes tell, whose they are, nothing lost, the same bytes again."""

import csv
import json
import subprocess
import sys

import duckdb
import pytest

from gillies.cli import main
from gillies.knowledge.load import read
from gillies.screen.bar import told
from gillies.screen.rulebook import _fits

KNOWLEDGE = read()[0]
MAPPING = """
claim_id: claim
line: line
person: person
code: code
diagnoses: [dx1, dx2]
day: day
age: age
sex: sex
specialty: specialty
payer: payer
state: state
charge: charge
"""
HEADER = "claim,line,person,code,dx1,dx2,day,age,sex,specialty,payer,state,charge".split(",")


@pytest.fixture
def screened(tmp_path, capsys):
    """Screens rows of a plain file; gives the labelled rows as dicts."""
    (tmp_path / "map.yaml").write_text(MAPPING)

    def screen(*rows, again=False):
        path, out = tmp_path / "claims.csv", tmp_path / ("again.parquet" if again else "out.parquet")
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        with pytest.raises(SystemExit) as ended:
            main(["screen", str(path), "-o", str(out), "--mapping", str(tmp_path / "map.yaml"), "--json"])
        assert ended.value.code == 0, capsys.readouterr().err
        with duckdb.connect() as con:
            lines = con.execute(f"SELECT * FROM '{out}'")
            return [dict(zip([column[0] for column in lines.description], row, strict=True)) for row in lines.fetchall()]

    return screen


def line(claim="c1", number="1", person="p1", code="15823", dx1="", dx2="", day="2026-03-01", age="50", specialty="208200000X", payer="Aetna"):
    return [claim, number, person, code, dx1, dx2, day, age, "F", specialty, payer, "CA", "100"]


def test_a_cosmetic_encounter_is_cosmetic_and_the_payers_rule_says_so(screened):
    (told,) = screened(line(dx1="Z41.1"))
    assert (told["procedure"], told["intent"], told["coverage"]) == ("upper-blepharoplasty", "cosmetic", "likely-not-covered")
    assert any(reason.startswith("aetna-") for reason in told["reasons"])


def test_a_hindrance_makes_it_reconstructive_and_what_the_payer_asks_for_is_missing(screened):
    (told,) = screened(line(dx1="H02.403"))
    assert (told["intent"], told["coverage"]) == ("reconstructive", "depends")
    assert "photographs" in told["missing"]


def test_codes_that_do_not_tell_leave_it_open(screened):
    (told,) = screened(line(dx1="I10"))
    assert told["intent"] == "undetermined"
    assert {"abnormal-structure", "lost-function", "looks-of-normal-structure"} <= set(told["missing"])


def test_a_claims_diagnoses_count_for_all_its_lines(screened):
    first, second = screened(line(number="1", dx1="H02.403"), line(number="2", code="15822"))
    assert first["intent"] == second["intent"] == "reconstructive"


def test_a_burn_of_the_hand_says_nothing_of_an_eyelid(screened):
    (told,) = screened(line(dx1="T23.301A"))
    assert told["intent"] == "undetermined"


def test_what_is_not_ours_keeps_its_row_without_a_label(screened):
    (told,) = screened(line(code="99213", dx1="E11.9"))
    assert told["code"] == "99213"
    assert told["intent"] is told["coverage"] is told["procedure"] is told["hands"] is None


def test_hands_come_from_the_specialty_that_the_line_names(screened):
    lines = screened(line(claim="a"), line(claim="b", specialty="207Q00000X"), line(claim="c", specialty=""))
    assert lines[0]["hands"] == "core"
    assert lines[2]["hands"] == "unknown"


def test_a_specialty_whose_training_is_not_held_is_unknown_and_never_outside():
    fits, held = _fits(KNOWLEDGE), KNOWLEDGE.specialties
    no_training = {code for code, specialty in held.items() if not specialty.pathways}
    assert {"207P00000X", "208000000X", "213E00000X", "207LP2900X"} <= no_training  # emergency, children, feet, pain
    assert no_training.isdisjoint(code for code, _ in fits)
    assert fits["207T00000X", "breast-augmentation"] == "outside"  # brain surgeons: training that is held, and does not reach it


def test_an_emergency_physician_on_a_line_is_unknown(screened):
    assert screened(line(specialty="207P00000X"))[0]["hands"] == "unknown"


def test_protected_care_is_named_from_any_claim_of_the_person(screened):
    told = screened(line(claim="a", code="99213", dx1="Z90.11"), line(claim="b", code="19325", dx1="I10"))[1]
    assert told["protected"] == ["mastectomy"]


def test_an_unknown_payer_leaves_coverage_open(screened):
    (told,) = screened(line(dx1="H02.403", payer="Some Plan"))
    assert (told["coverage"], told["missing"]) == ("depends", ["payer"])


def test_rows_in_are_rows_out_and_rows_aside_and_a_second_run_writes_the_same_bytes(screened, tmp_path):
    rows = [line(claim=f"c{i}", dx1="Z41.1" if i % 3 else "H02.403") for i in range(50)]
    bad = line(claim="late", day="2026-13-45")
    assert len(screened(*rows, bad)) == 50
    aside = list(csv.DictReader((tmp_path / "out.aside.csv").read_text().splitlines()))
    assert len(aside) == 1
    assert "day" in aside[0]["reason"]
    screened(*rows, bad, again=True)
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "again.parquet").read_bytes()


def test_the_summary_counts_every_row(tmp_path):
    run = [sys.executable, "-m", "gillies", "screen"]
    subprocess.run([*run, "--sample", "3000", str(tmp_path)], check=True, capture_output=True)
    told = subprocess.run([*run, str(tmp_path / "claims"), "-o", str(tmp_path / "o.parquet"), "--json"], check=True, capture_output=True)
    summary = json.loads(told.stdout)
    assert summary["run"]["rows_in"] == summary["run"]["rows_out"] + summary["run"]["rows_aside"] == 3000


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["screen"], "give the claims and where the result goes"), (["screen", "nothing-there.parquet", "-o", "o.parquet"], "is not there"),
     (["screen", "a.csv", "-o", "o.parquet", "--memory", "much"], "no amount of memory"), (["screen", "--sample", "5", "a", "b"], "one folder")],
)  # fmt: skip
def test_bad_arguments_are_one_sentence(arguments, says, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_a_file_that_was_screened_before_is_refused_in_one_sentence(tmp_path, capsys):
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT 'c1' AS claim_id, '1' AS line, '15823' AS code, 'cosmetic' AS intent) TO '{tmp_path}/once.parquet'")
    with pytest.raises(SystemExit) as ended:
        main(["screen", f"{tmp_path}/once.parquet", "-o", f"{tmp_path}/twice.parquet"])
    assert ended.value.code == 2
    assert "a column intent of their own" in capsys.readouterr().err


def test_the_bar_tells_how_far_how_fast_and_how_long():
    assert told(250_000, 1_000_000, 2.0) == "██████░░░░░░░░░░░░░░░░░░ 25%, 125 k a second, 6 s left"
    assert told(0, 10, 0.0).endswith(" 0%")
