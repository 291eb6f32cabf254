"""The report on labelled lines: what it counts, hides, lists and says."""

import re
import time
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from itertools import count

import duckdb
import msgspec
import pytest

from gillies.errors import InputError
from gillies.screen.report import RunInfo, as_json, as_page, as_text, hide_small, summarise
from gillies.terminal import Style

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


# What is said, in terminal and page

PLAIN = Style(width=88, colour=False)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=1+1",
    "@SUM(A1)",
    "</style></title></svg>",
    "&lt;b&gt;",
    "\x1b[31mred\x1b[0m",
    "two\nlines\r",
    "turned\u202eround",
    "nought\x00",
    "a" * 500,
    "{0} %s {{x}}",
    "' OR 1=1 --",
]


class Read(HTMLParser):
    """A page as a browser takes it: tags, attributes, texts, and whether all that opens closes."""

    VOID = ("meta", "link", "br", "img", "rect")

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def values(self, name):
        return [value for _, attribute, value in self.attributes if attribute == name]


def every_class(put):
    for intent, coverage in [("cosmetic", "likely-not-covered"), ("reconstructive", "likely-covered"), ("mixed", "depends"), ("undetermined", "depends")]:
        put(12, intent=intent, coverage=coverage, missing=["photographs"], hands="related")
    put(55, protected=["icd10cm-burns"])


@pytest.fixture(params=["nothing", "one line", "every class", "only NULL", "nothing of ours"])
def any_summary(request, put, summary):
    fill = {
        "one line": lambda: put(1),
        "every class": lambda: every_class(put),
        "only NULL": lambda: put(3, **dict.fromkeys(LINE, None) | {"g_claim_id": None, "procedure": "otoplasty"}),
        "nothing of ours": lambda: put(3, procedure=None, intent=None, coverage=None),
    }
    fill.get(request.param, lambda: None)()
    return summary()


def test_the_page_is_whole_and_asks_for_nothing_from_outside(any_summary):
    page = as_page(any_summary)
    read = Read(page)
    assert read.open == []
    assert not {"script", "link", "img", "iframe", "form", "object", "base"} & set(read.tags)
    assert not [name for _, name, _ in read.attributes if name.startswith("on") or name in ("style", "src", "href", "action")]
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_of_the_page_allows_its_own_style_sheet_and_nothing_else(any_summary):
    page = as_page(any_summary)
    style = re.search("<style>(.*?)</style>", page, re.S).group(1)
    policy = next(value for value in Read(page).values("content") if "default-src" in value)
    assert policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


def test_ids_stand_once_and_what_points_at_them_finds_them(any_summary):
    read = Read(as_page(any_summary))
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    assert {part for value in read.values("aria-labelledby") for part in value.split()} <= set(ids)


def test_every_chart_has_a_title_a_description_and_a_table(put, summary):
    every_class(put)
    read = Read(as_page(summary()))
    assert len([value for value in read.values("role") if value == "img"]) == read.tags.count("desc") == read.tags.count("table") == 7


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("evil", HOSTILE)
def test_what_a_file_says_is_harmless_on_the_page_and_in_the_terminal(put, summary, evil, exact):
    columns = ("g_claim_id", "g_line", "g_code", "g_specialty", "g_payer", "g_state", "procedure", "coverage", "hands")
    lists = ("g_diagnoses", "g_modifiers", "reasons", "missing", "protected")
    put(30, **dict.fromkeys(columns, evil) | {name: [evil] for name in lists})
    put(30, intent=evil)
    run = msgspec.structs.replace(RUN, files=(evil,), notes=(evil,), layout=evil, engine=evil)
    made = summary(run, names={evil: evil})
    page, text = as_page(made, exact), as_text(made, PLAIN, exact)
    read = Read(page)
    assert not {"script", "img"} & set(read.tags)
    assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert not [said for said in read.texts if re.match(r"[=@\t\r]", said)]
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text + page)
    assert msgspec.json.decode(as_json(made))["guard"]["flagged"][0]["claim"] == evil


def test_a_number_with_a_minus_stays_as_it_is_on_the_page(put, summary):
    put(1, g_claim_id="-10000930037")
    assert "Claim -10000930037, line 1" in as_page(summary())


def test_small_counts_are_hidden_on_screen_and_page_unless_asked_for(put, summary):
    put(12)
    put(7, g_payer="Tiny Plan")
    made = summary()
    for tell in (lambda exact: as_page(made, exact), lambda exact: as_text(made, PLAIN, exact)):
        assert re.search("(<|&lt;)11", tell(False))
        assert not re.search("(<|&lt;)11|hidden</td>", tell(True))


def test_the_first_fifty_false_flags_are_listed_and_the_rest_counted(put, summary):
    put(57, protected=["icd10cm-burns"])
    page, text = as_page(summary()), as_text(summary(), PLAIN)
    assert page.count("<h3>Claim") == 50 + 10
    assert "And 7 more." in page
    assert text.count("Claim c") == 50 + 2
    assert "and 7 more" in text
    for said in (page, text):
        assert said.index("Look at these first") < said.index("What the care is for")
        assert "57 of 57 lines of protected care were flagged cosmetic." in said


def test_no_false_flag_is_said_plainly(put, summary):
    put(3, protected=["icd10cm-burns"], intent="reconstructive")
    assert "None of 3 lines of protected care was flagged cosmetic." in as_text(summary(), PLAIN, exact=True)
    assert "None of fewer than 11 lines of protected care was flagged cosmetic." in as_text(summary(), PLAIN)


def test_rows_that_do_not_add_up_are_an_alarm(put, summary):
    put(3)
    fine = msgspec.structs.replace(RUN, rows_in=4, rows_out=3, rows_aside=1)
    assert "4 lines read = 3 labelled + 1 set aside. Nothing is lost." in as_text(summary(fine), PLAIN)
    assert "does not add up" in as_text(summary(msgspec.structs.replace(fine, rows_in=5)), PLAIN)
    assert 'class="alarm"' in as_page(summary(msgspec.structs.replace(fine, rows_out=4, rows_aside=0)))


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_of_text_is_wider_than_the_terminal(put, summary, width, colour):
    every_class(put)
    put(15, g_payer="A payer with a name that goes on and on and on", intent="mixed", g_charge=9e8)
    text = re.sub(r"\x1b\[[0-9;]*m", "", as_text(summary(), Style(width, colour)))
    assert max(map(len, text.splitlines())) <= width


def test_a_terminal_without_unicode_gets_plain_bars(put, summary):
    every_class(put)
    assert not set(as_text(summary(), Style(80, False, unicode=False))) & set("█▓░▒✓▲›")


def test_each_limit_of_the_figures_is_told(put, summary):
    put(1)
    for said in (as_page(summary()), " ".join(as_text(summary(), PLAIN).split())):
        assert "Codes are not the chart." in said
        assert "“Unclear” is not fraud." in said
        assert "A flag is a question, not an accusation." in said


def test_dollars_that_a_file_does_not_have_are_not_shown_as_nought(put, summary):
    put(12, g_charge=None, g_paid=None)
    page, text = as_page(summary()), as_text(summary(), PLAIN)
    assert "$" not in page.partition("</style>")[2]
    assert "The file does not say what was charged or paid." in text
    assert "$" not in text


def test_the_same_lines_give_the_same_report(con, put, summary):
    every_class(put)
    con.execute("CREATE TABLE turned AS SELECT * FROM labelled ORDER BY g_claim_id DESC")
    turned = summarise(con, "turned", RUN)
    assert (as_json(turned), as_page(turned), as_text(turned, PLAIN)) == (as_json(summary()), as_page(summary()), as_text(summary(), PLAIN))


def test_a_hundred_thousand_lines_take_a_moment(con, summary):
    con.execute("""INSERT INTO labelled (g_claim_id, g_line, g_payer, g_state, g_charge, procedure, intent, coverage, hands, protected)
        SELECT i // 3, i % 3, 'payer ' || i % 5000, 'S' || i % 70, i % 900, 'p' || i % 40, 'mixed', 'depends', 'core', [] FROM range(100000) t(i)""")
    begun = time.monotonic()
    made = summary()
    as_page(made), as_text(made, PLAIN), as_json(made)
    assert time.monotonic() - begun < 5, "a second is usual, on two busy cores"
    assert (made.lines, made.by_payer.rest_kinds, made.by_state.rest_kinds) == (100_000, 4_980, 10)
