"""The synthetic claims: same seed, same bytes; every row labelled; every scenario sound; the noise is where the labels say."""

import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from gillies.errors import InputError
from gillies.screen import sample as module
from gillies.screen.sample import HEADER, LABELS, Row, Scenario, load, prepare, sample, sample_labels, write_sample

INTENTS = {"cosmetic", "reconstructive", "mixed", "undetermined"}
COVERAGES = {"likely-covered", "likely-not-covered", "depends"}
COMMON, SCENARIOS = load()


@pytest.fixture(scope="module", autouse=True)
def _small() -> "object":
    """A tenth of the prepared episodes: quick, and enough of each kind."""
    patch = pytest.MonkeyPatch()
    rows, common = prepare(5, per_weight=12)
    patch.setattr(module, "prepare", lambda seed: (rows, common) if seed == 5 else prepare(seed, per_weight=12))
    yield
    patch.undo()


def lines(count: int = 6000, seed: int = 5) -> list[tuple[dict[str, object], dict[str, object]]]:
    return list(zip(sample(count, seed), sample_labels(count, seed), strict=True))


@pytest.mark.parametrize("s", SCENARIOS, ids=lambda s: s.id)
def test_a_scenario_is_sound(s: Scenario) -> None:
    for pair in [s.label, *(x.label for x in s.lines if not isinstance(x, str))]:
        assert pair is None or (pair[0] in INTENTS and pair[1] in COVERAGES)
    assert set(s.also) <= INTENTS
    assert set(s.also_coverage) <= COVERAGES
    assert s.rests_on
    assert set(s.rests_on) <= COMMON.definitions.keys()
    assert s.trained
    assert {*s.trained, *s.untrained} <= COMMON.groups.keys()
    assert s.why.endswith(".")
    assert all(re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code) for d in s.dx for code in d.split())
    assert all(re.fullmatch(r"0[0-9A-HJ-NP-Z]{6}", code) for p in s.pcs for code in p.split())
    assert bool(s.pcs) == s.inpatient == (s.place == [])
    assert not s.paired or len(s.dx) == len(s.pcs or s.lines)


def test_ids_are_unique_and_there_are_enough_of_them() -> None:
    assert max(Counter(s.id for s in SCENARIOS).values()) == 1
    assert len(SCENARIOS) >= 80
    assert {s.protected for s in SCENARIOS} == {None, "mastectomy", "cleft", "burns", "trauma", "congenital"}


def test_care_that_the_law_protects_is_never_labelled_cosmetic() -> None:
    for s in SCENARIOS:
        if s.protected:
            assert s.label is not None
            assert "cosmetic" not in (s.label[0], *s.also), s.id


def test_a_claim_that_a_scenario_calls_mixed_comes_out_mixed() -> None:
    rows, _ = prepare(5, per_weight=6)
    for s in (s for s in SCENARIOS if s.claim):
        untouched = [r for r in rows if r.scenario == s.id and r.noise is None and r.intent]
        assert untouched
        assert {r.claim_intent for r in untouched} == {"mixed"}, s.id


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_claims(tmp_path: Path) -> None:
    for folder, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_sample(tmp_path / folder, 3000, seed)
    for name in ("claims.parquet", "labels.parquet", "README.txt"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "a" / name).read_bytes() != (tmp_path / "c" / name).read_bytes()
    assert "made up" in (tmp_path / "a" / "README.txt").read_text()


@pytest.mark.parametrize("rows", [1, 2, 3, 997])
def test_exactly_as_many_lines_as_asked(rows: int) -> None:
    found = lines(rows)
    assert len(found) == rows
    assert all(tuple(claim) == HEADER and tuple(label) == LABELS for claim, label in found)


def test_no_lines_is_an_error() -> None:
    with pytest.raises(InputError, match="at least one line"):
        list(sample(0, 1))


def test_every_claim_line_meets_its_label() -> None:
    for n, (claim, label) in enumerate(lines()):
        assert label["row"] == n + 1
        assert (claim["claim_id"], claim["claim_line_number"]) == (label["claim_id"], label["claim_line_number"])
        assert (claim["claim_id"] is None) == (label["bad"] == "no-claim-id")
        assert (claim["claim_start_date"] == "2024-02-30") == (label["bad"] == "impossible-date")
        assert (label["intent"] is None) == (label["coverage"] is None)
        assert (label["intent"] is None) if label["ours"] is False else label["intent"] in INTENTS


def test_claim_id_and_line_are_a_key() -> None:
    keys = Counter((claim["claim_id"], claim["claim_line_number"]) for claim, label in lines() if not label["bad"])
    assert max(keys.values()) == 1


def test_nothing_in_a_claim_names_its_label() -> None:
    scenario_ids = {s.id for s in SCENARIOS}
    for claim, _ in lines(1500):
        assert not scenario_ids & set(map(str, claim.values()))


@pytest.mark.parametrize("noise", ["missing", "truncated", "lower-case", "undotted", "modifier", "other-line", "other-claim", "icd-9", "facility"])
def test_each_kind_of_noise_occurs_and_does_what_it_says(noise: str) -> None:
    found = [(c, x) for c, x in lines(20_000) if x["noise"] == noise and x["ours"]]
    assert found
    by_id = {s.id: s for s in SCENARIOS}
    for claim, label in found:
        written = [claim[f"diagnosis_code_{i}"] for i in range(1, 9) if claim[f"diagnosis_code_{i}"]]
        true = {code for d in by_id[str(label["scenario"])].dx for code in d.split()}
        if noise == "missing":
            assert written == []
            assert claim["diagnosis_code_type"] is None
        if noise in ("other-line", "other-claim"):
            assert not true - set(COMMON.noise_diagnoses) & set(written)
        if noise == "icd-9":
            assert claim["diagnosis_code_type"] == "icd-9-cm"
        if noise == "facility":
            assert (claim["place_of_service_code"], label["specialty"], label["hands"]) == (None, None, "unknown")
        if noise == "lower-case":
            assert all(code == code.lower() for code in written)


def test_without_its_diagnosis_a_line_is_undetermined_unless_the_procedure_says_it_all() -> None:
    certain = {s.id for s in SCENARIOS if s.certain}
    for _, label in lines(20_000):
        if label["noise"] == "missing" and label["ours"]:
            assert (label["intent"] == "undetermined") == (label["scenario"] not in certain)


def test_labels_and_claims_stay_in_step_in_the_files(tmp_path: Path) -> None:
    write_sample(tmp_path, 20_000, 5)
    out_of_step = duckdb.sql(
        f"""SELECT count(*) FROM (SELECT claim_id AS a, claim_line_number AS b FROM '{tmp_path}/claims.parquet') POSITIONAL JOIN '{tmp_path}/labels.parquet'
            WHERE a IS DISTINCT FROM claim_id OR b <> claim_line_number"""
    ).fetchall()
    assert out_of_step == [(0,)]


def test_rows_hold_no_more_than_the_labels_and_the_header_need() -> None:
    assert set(LABELS) - set(Row.__annotations__) == {"row", "claim_id", "claim_line_number", "state"}
