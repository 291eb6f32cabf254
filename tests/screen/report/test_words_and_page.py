"""What the report says, in the terminal and on the page."""

import re
import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import msgspec
import pytest

from gillies.screen.report import as_json, as_page, as_text, summarise
from gillies.screen.report.charts import chart, stacked
from gillies.screen.report.figures import INTENTS, Cell, Row
from gillies.terminal import Style
from tests.screen.report.labelled import LINE, RUN

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


def test_a_total_that_is_hidden_beside_a_count_that_shows_still_makes_a_chart():
    cells = {intent: Cell(0, 0, 0) for intent in INTENTS} | {"cosmetic": Cell(734, None, None)}
    bar = stacked(Row("depends", cells, Cell(hidden="beside")), "Depends", INTENTS)
    assert [part.lines for part in bar.parts if part.lines] == [734]
    assert 'width="100.00%"' in chart("c", "Coverage", "Counts", [bar])
