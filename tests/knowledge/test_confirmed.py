"""Two looks at every figure: addresses, levels, the ledger's lint, the sheet for a second reader."""

import importlib.util
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from gillies.dates import Window
from gillies.knowledge.confirmed import agrees, levels, tally, unfounded
from gillies.knowledge.figures import Figure, blanked, figures, figures_of, numbers, plain
from gillies.knowledge.grade import grade, syllables
from gillies.knowledge.lint import lint, records
from gillies.knowledge.load import read
from gillies.knowledge.schema import Confirmation, Policy, Risk
from gillies.knowledge.stats import as_text, count
from gillies.show import as_text as show_text
from gillies.show import find
from gillies.terminal import Style, assessment

KNOWLEDGE = read()[0]
FIGURES = {figure.address: figure for figure in figures(records(KNOWLEDGE))}
RATE = Figure("procedure/x/risks/a-hole/rate", "procedure", "x.yaml", "▢ of ▢", ("3.7", "100"), "A hole", ("s @ p",), (("risks", 0, "say"),))
DAYS = Figure("procedure/x/recovery/full/days", "procedure", "x.yaml", "▢ to ▢ days", ("42", "90"), "Wait.", ("s @ p",), (("recovery", "full", "say"),))


def entry(figure=RATE.address, verdict="agree", found=(3.7, 100.0), cites=("s @ p",)):
    return Confirmation(figure=figure, verdict=verdict, found=found, looked_up=date(2026, 11, 21), cites=cites)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 1,506 operations, 3.5 percent", [1506, 3.5]),
        ("two to three weeks; twenty-four hours", [2, 3, 24]),
        ("about a week, or one month", [1, 1]),
        ("one surgeon does it four times a day", [4]),
        ("two hundred cases, 1.2 million people", [200, 1_200_000]),
        ("CO2 laser, 5-FU, between the two sides", []),
        ("Call 911 if pain lasts 2 hours", [2]),
        ("one in ten people", [1, 10]),
        ("aged 18 or older", [18]),
    ],
)
def test_numbers_of_a_sentence(text, values):
    assert [number.value for number in numbers(text)] == values
    assert blanked(text).count("▢") == len(values)


@pytest.mark.parametrize(("value", "same"), [("1,506", "1506"), (12.0, "12"), ("12 months", "12"), ("four", "4"), ("2026-11-21", "2026-11-21"), ("-1", "-1")])
def test_values_are_compared_in_one_form(value, same):
    assert plain(value) == same


def test_every_kind_of_figure_has_an_address_that_tells_no_number():
    keys = {address.rsplit("/", 1)[-1].partition("~")[0] for address in FIGURES}
    assert keys >= {"rate", "days", "years", "year", "count", "at_least", "at_most", "less_than", "more_than", "from", "until", "say", "why"}
    assert FIGURES["table/schnur/rows/1.65"].values == ("338",)
    assert FIGURES["board/abps/founded/year"].values == ("1937",)
    assert all(figure.values for figure in FIGURES.values())


def test_an_address_outlives_an_edit_of_its_number_and_of_its_neighbours():
    policy = next(p for p in KNOWLEDGE.policies.values() if p.id == "aetna-septoplasty")
    leaf = {"say": "Medicine was used for at least 4 weeks", "finding": "nasal-steroid-trial", "at_least": "4 weeks"}
    before = figures_of("policy/p", "p.yaml", msgspec.structs.replace(policy, criteria=leaf, not_covered_when=None))
    longer = leaf | {"say": "Medicine was used for at least 6 weeks", "at_least": "6 weeks"}
    after = figures_of(
        "policy/p", "p.yaml", msgspec.structs.replace(policy, criteria={"all": [{"say": "Nose", "finding": "x"}, longer]}, not_covered_when=None)
    )
    assert [f.address for f in before] == [f.address for f in after]
    changed = {f.address for f, g in zip(before, after, strict=True) if f.values != g.values}
    assert changed == {"policy/p/criteria/nasal-steroid-trial/at_least"}


def test_a_later_version_of_a_policy_has_its_own_addresses():
    first = next(p for p in KNOWLEDGE.policies.values() if isinstance(p, Policy) and p.payer)
    later = msgspec.structs.replace(first, in_force=Window(date(2030, 1, 1)))
    listed = figures([("b.yaml", first.id, later), ("a.yaml", first.id, first)])
    assert {f.address.split("/")[1] for f in listed if f.file == "a.yaml"} == {first.id}
    assert {f.address.split("/")[1] for f in listed if f.file == "b.yaml"} == {f"{first.id}~2"}


def test_a_day_of_looking_is_no_figure_and_is_told_as_such():
    first = next(p for p in KNOWLEDGE.policies.values() if p.payer)
    seen = msgspec.structs.replace(first, in_force=Window(seen=date(2015, 1, 1), until=date(2030, 5, 1)))
    listed = figures_of("policy/p", "p.yaml", seen)
    assert [f.address for f in listed if "/in_force/" in f.address] == ["policy/p/in_force/until"]
    text = show_text([("p.yaml", seen)], KNOWLEDGE, Style(200, False), {})
    assert "in force: on 1 January 2015 or before until 1 May 2030°; the first day was not found\n" in text
    assert seen.version == f"{first.id}@2015-01-01"


@pytest.mark.parametrize(
    ("figure", "found", "same"),
    [
        (RATE, ("3.7", 100), True),
        (RATE, (56, 1506), True),  # 3.72 in 100
        (RATE, (58, 1506), False),
        (RATE, (56, 0), False),
        (RATE, (56,), False),
        (RATE, ("many", "few"), False),
        (DAYS, (42, 92), True),
        (DAYS, (42, 120), False),
    ],
)
def test_what_agrees(figure, found, same):
    assert agrees(figure, found) is same


def test_levels():
    bare = msgspec.structs.replace(RATE, address="b", unverified=True)
    listed = [RATE, DAYS, bare]
    assert list(levels(listed, {}).values()) == ["one look", "one look", "unverified"]
    assert levels(listed, {"1": entry()})[RATE.address] == "two looks"
    assert levels(listed, {"1": entry(), "2": entry(verdict="differs", found=(4, 100))})[RATE.address] == "disputed"
    assert levels(listed, {"1": entry(verdict="not-found", found=())})[RATE.address] == "one look"
    assert levels(listed, {"1": entry(figure="b")})["b"] == "one look"
    assert tally(listed, {"1": entry()})["all"] == {"two looks": 1, "one look": 1, "unverified": 1, "disputed": 0}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (entry(figure="procedure/x/gone"), "no figure has this address"),
        (entry(found=(4, 100)), "the reader found 4, 100 and the record says 3.7, 100"),
        (entry(verdict="differs"), "says differs, but"),
        (entry(verdict="not-found"), "is not-found and has 2 values"),
        (entry(found=()), "is agree and has no values"),
        (entry(cites=()), "does not say where"),
    ],
)
def test_the_lint_of_the_ledger_finds(row, message):
    found = [str(problem) for problem in unfounded([RATE], {"confirmed/x.yaml[3]": row})]
    assert len(found) == 1
    assert message in found[0]
    assert found[0].startswith("confirmed/x.yaml, [3] ") or found[0].startswith("confirmed/x.yaml: [3] ")


def test_the_lint_refuses_an_unknown_source_and_a_ledger_that_no_longer_holds():
    figure = FIGURES["board/abps/founded/year"]
    held = {"confirmed/b.yaml[0]": entry(figure.address, found=(1938.0,), cites=("nowhere @ p",))}
    found = " ".join(map(str, lint(msgspec.structs.replace(KNOWLEDGE, confirmed=held))))
    assert "cites 'nowhere'" in found
    assert "the reader found 1938 and the record says 1937" in found


def test_the_ledger_is_read_strictly(tmp_path):
    path = tmp_path / "confirmed/nose.yaml"
    path.parent.mkdir()
    path.write_text("- {figure: a/b/c, verdict: agree, found: [3, 2026-11-21], looked_up: 2026-11-21}\n- {figure: a/b/c, verdict: maybe}\n")
    knowledge, problems = read(tmp_path)
    assert list(knowledge.confirmed) == ["confirmed/nose.yaml[0]"]
    assert "Invalid enum value 'maybe'" in str(problems)


def test_stats_count_levels_and_reading_grade():
    told = count(KNOWLEDGE)
    assert sum(told["looks at figures"]["all"].values()) == len(FIGURES)
    assert 4 < told["reading grade"]["median"] < 9
    assert len(told["hardest to read"]) == 10
    assert "two looks    one look" in as_text(KNOWLEDGE, date(2026, 11, 21))


def test_what_does_not_apply_is_no_hole():
    gap = msgspec.structs.replace(KNOWLEDGE.procedures["physiotherapy"], does_not_apply={})
    holes = count(msgspec.structs.replace(KNOWLEDGE, procedures=KNOWLEDGE.procedures | {"physiotherapy": gap}))["holes in procedures"]
    assert holes["recovery"] == count(KNOWLEDGE)["holes in procedures"]["recovery"] + 1


def test_reading_grade():
    assert [syllables(word) for word in ("nose", "breathing", "seated", "table", "used")] == [1, 2, 2, 2, 1]
    assert grade("The cat sat on the mat.") == pytest.approx(-1.4, abs=0.1)  # 6 words, 6 syllables, 1 sentence
    assert grade("") == 0


def test_an_answer_knows_what_was_read_once(engine):
    hole = next(risk for p in KNOWLEDGE.procedures.values() for risk in p.risks if isinstance(risk, Risk) and risk.rate)
    once = {f.say for f in FIGURES.values() if levels([f], KNOWLEDGE.confirmed)[f.address] != "two looks"}
    assert engine.compiled.is_confirmed(hole.say) is (hole.say not in once)
    assert engine.compiled.is_confirmed("Nothing of ours.")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("second_look", Path(__file__).parents[2] / "tools/second_look.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_sheet_asks_and_does_not_tell(tool):
    asked = list(tool.select(KNOWLEDGE, kind="procedure", area="nose"))
    rows = yaml.safe_load(tool.sheet(asked, KNOWLEDGE))
    assert [row["figure"] for row in rows] == [figure.address for figure in asked]
    hole = next(row for row in rows if row["figure"] == "procedure/septoplasty/lasts/say")
    assert hole["asked"].count("▢") == 3
    assert "1,506" not in yaml.safe_dump(hole, allow_unicode=True)


def test_a_filled_sheet_becomes_a_ledger(tool, tmp_path):
    figure = FIGURES["board/abps/founded/year"]
    source = figure.cites[0]
    rows = [
        {"figure": figure.address, "found": [1937], "cites": [source]},
        {"figure": figure.address, "found": "1939", "cites": [source], "note": "printed so"},
        {"figure": "policy/aetna-septoplasty/in_force/from", "found": "not-found"},
        {"figure": figure.address, "found": []},
    ]
    made, wrong = tool.entries(rows, KNOWLEDGE, date(2026, 11, 22))
    assert wrong == []
    assert [e.verdict for e in made] == ["agree", "differs", "not-found"]
    tool.write(tmp_path / "confirmed/b.yaml", made)
    held = read(tmp_path)[0].confirmed
    assert [e.found for e in held.values()] == [(1937.0,), (1939.0,), ()]
    assert list(unfounded(FIGURES.values(), held)) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"figure": "board/abps/gone", "found": [1]}, "no figure has this address"),
        ({"figure": "board/abps/founded/year", "found": [1, 2]}, "wants 1 values"),
        ({"figure": "board/abps/founded/year", "found": [1937]}, "got none"),
        ({"figure": "board/abps/founded/year", "found": [1937], "cites": ["nowhere @ p"]}, "got nowhere @ p"),
    ],
)
def test_a_faulty_sheet_is_refused(tool, row, message):
    made, wrong = tool.entries([row], KNOWLEDGE, date(2026, 11, 22))
    assert made == []
    assert message in wrong[0]


def test_an_answer_marks_what_was_read_once_and_says_so(ask):
    answer = ask("I want my deviated septum fixed")
    plain_look = Style(400, False, unicode=False)
    assert "confirmed by a second reader" not in assessment(answer, plain_look)
    marked = assessment(answer, plain_look, lambda said: not said.startswith(("pathway/", "policy/")))
    assert "5 years* after medical school" in marked
    assert "Figures marked * have not been confirmed by a second reader" in marked


def test_show_tells_how_often_a_figure_was_read():
    figure = FIGURES["board/abns/founded/year"]
    found = find("abns", KNOWLEDGE)
    look = Style(88, False)
    once = show_text(found, KNOWLEDGE, look, {})
    twice = show_text(found, KNOWLEDGE, look, {"1": entry(figure.address, found=figure.values)})
    disputed = show_text(found, KNOWLEDGE, look, {"1": entry(figure.address, "differs", ("1901",), figure.cites)})
    year = figure.values[0]
    assert f"year: {year}°\n" in once
    assert f"year: {year}\n" in twice
    assert f"year: {year}‡\n" in disputed
    assert f"Founded: the year {year}; a second reader found 1901." in " ".join(disputed.split())


def test_a_day_in_force_of_a_title_law_names_its_own_source_for_a_second_reader(tool):
    law = KNOWLEDGE.title_laws["us-tx-adverts"]
    asked = next(tool.select(KNOWLEDGE, record=law.id, kind="title-law"))
    assert (asked.address, asked.cites) == ("title-law/us-tx-adverts/in_force/from", law.in_force.cites)
    assert "tx-tac-164-3" in yaml.safe_load(tool.sheet([asked], KNOWLEDGE))[0]["read_in"][0]
    assert "in force: from 9 January 2025 [1]\n" in show_text(find(law.id, KNOWLEDGE), KNOWLEDGE, Style(200, False), KNOWLEDGE.confirmed)
