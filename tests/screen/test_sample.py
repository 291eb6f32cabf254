"""The synthetic claims: same seed, same bytes; every row labelled; every scenario sound; the noise is where the labels say."""

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from gillies.dates import age_years
from gillies.errors import InputError
from gillies.screen import sample as module
from gillies.screen.sample import HEADER, LABELS, sample, sample_labels, write_sample
from gillies.screen.sample_episodes import Row, Scenario, load, prepare

INTENTS = {"cosmetic", "reconstructive", "mixed", "undetermined"}
COVERAGES = {"likely-covered", "likely-not-covered", "depends"}
COMMON, SCENARIOS = load()


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
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
    for name in ("claims/claims.parquet", "labels.parquet", "claims/eligibility.parquet", "claims/providers.parquet", "README.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        same = (tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()
        assert same == (name == "claims/providers.parquet")
    assert "made up" in (tmp_path / "a" / "README.md").read_text()


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
        f"""SELECT count(*) FROM (SELECT claim_id AS a, claim_line_number AS b FROM '{tmp_path}/claims/claims.parquet')
        POSITIONAL JOIN '{tmp_path}/labels.parquet'
            WHERE a IS DISTINCT FROM claim_id OR b <> claim_line_number"""
    ).fetchall()
    assert out_of_step == [(0,)]


def test_rows_hold_no_more_than_the_labels_and_the_header_need() -> None:
    assert set(LABELS) - set(Row.__annotations__) == {"row", "claim_id", "claim_line_number", "payer", "state"}


def test_medicare_pays_from_65_only_and_less_bound_payers_may_depend() -> None:
    for claim, label in lines():
        assert int(str(label["age"])) >= 65 or claim["payer"] in COMMON.payers
        if label["coverage"] == "likely-covered" and claim["payer"] in COMMON.payers_less_bound:
            assert "depends" in label["also_coverage"]


def test_birth_dates_and_providers_agree_with_the_labels(tmp_path: Path) -> None:
    write_sample(tmp_path, 5000, 5)
    with duckdb.connect() as con:
        for name in ("claims", "labels", "eligibility", "providers"):
            con.execute(f"CREATE VIEW {name} AS FROM '{tmp_path}/{'' if name == 'labels' else 'claims/'}{name}.parquet'")
        found = con.execute(
            """SELECT c.claim_line_start_date, e.birth_date, l.age, p.taxonomy, l.specialty, e.gender, l.sex, e.state, l.state
               FROM claims c JOIN labels l USING (claim_id, claim_line_number) JOIN eligibility e USING (person_id)
               LEFT JOIN providers p ON p.npi = c.rendering_npi WHERE l.bad IS NULL"""
        ).fetchall()
    assert len(found) > 4900
    for day, born, age, taxonomy, specialty, gender, sex, its_state, state in found:
        assert age_years(date.fromisoformat(born), date.fromisoformat(day)) == age
        assert (taxonomy, gender, its_state) == (specialty, sex, state)


# bench/screening_accuracy.py on a small made-up table


def bench() -> ModuleType:
    file = Path(__file__).parents[2] / "bench" / "screening_accuracy.py"
    spec = importlib.util.spec_from_file_location("screening_accuracy", file)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules["screening_accuracy"] = found
    spec.loader.exec_module(found)
    return found


def write_table(file: Path, columns: str, rows: list[tuple[object, ...]]) -> str:
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t ({columns})")
        con.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(rows[0]))})", rows)
        con.execute(f"COPY t TO '{file}' (FORMAT parquet)")
    return str(file)


LABEL_COLUMNS = """row BIGINT, claim_id VARCHAR, claim_line_number INTEGER, scenario VARCHAR, hard BOOLEAN, ours BOOLEAN, intent VARCHAR, also VARCHAR[],
    coverage VARCHAR, also_coverage VARCHAR[], protected VARCHAR, hands VARCHAR, claim_intent VARCHAR, claim_coverage VARCHAR, noise VARCHAR, bad VARCHAR,
    why VARCHAR"""
WRITTEN_COLUMNS = """claim_id VARCHAR, claim_line_number VARCHAR, procedure VARCHAR, intent VARCHAR, coverage VARCHAR, hands VARCHAR, claim_intent VARCHAR,
    claim_coverage VARCHAR, protected VARCHAR[]"""


def small(folder: Path) -> tuple[str, str]:
    """Six labelled lines: right, right by `also`, a false flag, a visit left alone, a visit labelled by mistake, and a bad row set aside."""
    labels = [
        (1, "a", 1, "looks", False, True, "cosmetic", [], "likely-not-covered", [], None, "yes", "cosmetic", "likely-not-covered", None, None, "."),
        (2, "b", 1, "either", True, True, "reconstructive", ["undetermined"], "depends", [], None, "no", "reconstructive", "depends", None, None, "."),
        (3, "c", 1, "burn", False, True, "reconstructive", [], "likely-covered", [], "burns", "yes", "reconstructive", "likely-covered", None, None, "."),
        (4, "d", 1, "visit", False, False, None, [], None, [], None, None, None, None, None, None, "."),
        (5, "e", 1, "visit", False, False, None, [], None, [], None, None, None, None, None, None, "."),
        (6, None, 1, "looks", False, True, "cosmetic", [], "likely-not-covered", [], None, "yes", "cosmetic", "likely-not-covered", None, "no-claim-id", "."),
    ]
    written = [
        ("a", "1", "lift", "cosmetic", "likely-not-covered", "core", "cosmetic", "likely-not-covered", []),
        ("b", "1", "nose", "undetermined", "depends", "outside", "undetermined", "depends", []),
        ("c", "1", "graft", "cosmetic", "likely-covered", "outside", "cosmetic", "likely-covered", ["burns"]),
        ("d", "1", None, None, None, None, None, None, []),
        ("e", "1", "lift", "cosmetic", "depends", "core", "cosmetic", "depends", []),
    ]
    return write_table(folder / "written.parquet", WRITTEN_COLUMNS, written), write_table(folder / "labels.parquet", LABEL_COLUMNS, labels)


def test_the_bench_counts_right_wrong_and_false_flags(tmp_path: Path) -> None:
    judge = bench()
    with duckdb.connect() as con:
        judge.join(con, *small(tmp_path))
        tables, flags = judge.score(con)
    found = {t.title.split(":")[0]: {row[0]: row[1:] for row in t.rows} for t in tables}
    assert found["Rows"]["bad rows set aside"] == (1,)
    assert found["Rows"]["good rows that are missing"] == (0,)
    assert found["Rows"]["of these left alone"] == (1,)
    assert found["Intent of lines"]["cosmetic"] == (1, 3, 1, "33.3%", "100.0%")
    assert found["Intent of lines"]["reconstructive"] == (2, 1, 1, "100.0%", "50.0%")
    assert found["Intent of claims"]["reconstructive"] == (2, 1, 1, "100.0%", "50.0%")
    assert found["Coverage of lines"]["likely-covered"] == (1, 1, 1, "100.0%", "100.0%")
    assert found["Hands"]["yes"][-1] == "50.0%"
    assert found["Hands"]["no"][-1] == "100.0%"
    assert found["False flags"]["burns"] == (1, 1, "100.0%", 1, 1)
    assert [flag[:4] for flag in flags] == [("c", 1, "burn", "burns")]


@pytest.mark.parametrize("flags", [[], ["--markdown"], ["--misses"]])
def test_the_bench_prints_text_and_markdown(tmp_path: Path, flags: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["screening_accuracy.py", *small(tmp_path), *flags])
    bench().main()
    shown = capsys.readouterr().out
    assert "False flags: 1" in shown
    assert ("| cosmetic | 1 | 3 | 1 | 33.3% | 100.0% |" in shown) == ("--markdown" in flags)
    assert ("Misses" in shown) == ("--misses" in flags)


def test_the_bench_says_which_column_is_lacking(tmp_path: Path) -> None:
    _, labels = small(tmp_path)
    with duckdb.connect() as con, pytest.raises(SystemExit, match="lacks the column"):
        bench().join(con, labels, labels)
