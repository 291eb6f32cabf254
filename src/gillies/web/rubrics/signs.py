"""The signs that the items ask for: each looks at a page and says yes, no, or that there is nothing of the kind to look at (None)."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from gillies.knowledge.grade import grade
from gillies.knowledge.schema_rubrics import Shown
from gillies.web.rubrics.page import Page, has, words_of
from gillies.web.words import words

MOST_WORDS = 150
"""Under one heading."""
MOST_STEP = 40
"""Words of a step."""
MOSTLY = 0.9
ACTIVE = 0.8
"""The share of sentences in the active voice at which raters are told to agree."""
GRADE = 8.0
FEW = 5
"""Words that something needs at least to count as told."""
FACTS = ".option:not(.nothing) .what, .option:not(.nothing) .recovery p:not(.unknown), .harms ul li, .hands > li > div, .rule-name, .reasons li, .daily li"
PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|gets?|got)(?: (?:not|never|also|often|mostly|then|still|only|always|usually|now))? "
    r"(?!(?:interested|tired|married|supposed|needed|red|indeed)\b)(?:\w+(?:ed|orn|own|iven|aken|itten|osen|oken)|done|made|told|held|read|paid|sent|cut|put|set|kept|left"
    r"|met|seen|found|known|sewn|meant|built|thought|taught|lost|felt|brought|bought|sold|spent|used)\b",
    re.I,
)
ORDERS = frozenset("ask bring call choose cross decide find get go keep look mark read send start stay take talk wait write".split())
SPAN = re.compile(r"\b(?:days?|weeks?|months?|years?)\b")
NUMBER = re.compile(r"^(?:(?:about|fewer than|more than) )?[\d,]+ of ([\d,]+) people$")


def _share(found: int, of: int) -> bool | None:
    return found >= MOSTLY * of if of else None


def _each(nodes: list[LexborNode], css: str) -> bool | None:
    return all(has(node, css) for node in nodes) if nodes else None


def aims_told(page: Page) -> bool:
    """What the page tells stands before it tells it, each with a link to its place."""
    return len(page.all(".aim-list a")) >= 4


def aims_kept(page: Page) -> bool:
    """Each of these places is there, under a heading with words below it."""
    targets = [(link.attributes.get("href") or "#").removeprefix("#") for link in page.all(".aim-list a")]
    return bool(targets) and all(len(page.section(target).split()) >= 10 for target in targets)


def condition_told(page: Page) -> bool:
    """What it is about, and what kind of need that is."""
    return len((page.says(".care") or page.says("h1 ~ .lede")).split()) >= FEW


def facts_cited(page: Page) -> bool | None:
    """Nearly all facts about options, harms, hands and rules have a source."""
    facts = page.all(FACTS)
    return _share(sum(has(fact, 'a[href^="#s"]') for fact in facts), len(facts))


def marks_lead(page: Page) -> bool:
    """Each number of a source leads to that source."""
    marks = [(mark.attributes.get("href") or "").removeprefix("#") for mark in page.all("sup a")]
    return bool(marks) and set(marks) <= page.ids


def sources_dated(page: Page) -> bool | None:
    """Each source says when it was read."""
    listed = page.all(".sources li")
    return all(re.search(r"read \d{4}-\d\d-\d\d", words_of(source)) for source in listed) if listed else None


def equal_detail(page: Page) -> bool:
    """As many lines for as against over all options, give or take half; and neither side is ever empty."""
    gains, losses = len(page.all(".gains li")), len(page.all(".losses li"))
    return gains_told(page) is True and losses_told(page) is True and max(gains, losses) <= 1.5 * min(gains, losses)


def gains_told(page: Page) -> bool | None:
    """Each option says what speaks for it."""
    return _each(page.options, ".gains li")


def losses_told(page: Page) -> bool | None:
    """Each option says what speaks against it."""
    return _each(page.options, ".losses li")


def harms_numbered(page: Page) -> bool | None:
    """At least half of the treatments tell how often a harm occurs."""
    return sum(has(way, ".rate") for way in page.treatments) * 2 >= len(page.treatments) if page.treatments else None


def harms_serious(page: Page) -> bool | None:
    """Where an option says that serious harms are known, they are marked in its list."""
    said = [way for way in page.treatments if any("serious" in words_of(line) for line in way.css(".losses li"))]
    return all(any("serious" in words_of(tag) for tag in way.css(".harms .tag")) for way in said) if said else None


def doing_nothing_told(page: Page) -> bool:
    """What follows when nothing is done."""
    return len(page.says(".option.nothing .what").split()) >= FEW


def reads_at_grade_8(page: Page) -> bool:
    """The running text reads at the eighth grade or below."""
    return reading_grade(page) <= GRADE


def reading_grade(page: Page) -> float:
    """The Flesch-Kincaid grade of the running text."""
    return grade("\n".join(text if text[-1:] in ".?!" else f"{text}." for text in page.sentences))


def terms_defined(page: Page) -> bool:
    """Each word of the glossary that the page uses is told on the page itself."""
    told = {words_of(node) for node in page.all(".terms dt")}
    body = page.text.lower()
    return bool(told) and all(one.term in told for one in words().glossary if one.seen and one.seen.lower() in body)


def active_voice(page: Page) -> bool | None:
    """Most sentences say who does what; told by verb forms, so roughly."""
    passive = sum(bool(PASSIVE.search(sentence)) for sentence in page.sentences)
    return passive <= (1 - ACTIVE) * len(page.sentences) if page.sentences else None


def whole_numbers(page: Page) -> bool | None:
    """Rates are whole people of a round number of people."""
    rates = [words_of(rate) for rate in page.all(".rate")]
    return all(NUMBER.fullmatch(rate) for rate in rates) if rates else None


def same_denominator(page: Page) -> bool | None:
    """All rates of one ladder are of the same number of people."""
    seen = []
    for ladder in page.all(".ladder"):
        found = (NUMBER.fullmatch(words_of(rate)) for rate in ladder.css(".rate"))
        seen.append({match[1] for match in found if match})
    return all(len(of) <= 1 for of in seen) if any(seen) else None


def both_ways(page: Page) -> bool | None:
    """Each rate is told as those to whom it happens and those who are spared."""
    rates = page.all(".rate")
    return len(rates) == len(page.all(".spared")) if rates else None


def no_sums(page: Page) -> bool:
    """No shares in percent, and no rates of odd numbers of people."""
    return not any("%" in words_of(rate.parent or rate) for rate in page.all(".rate")) and whole_numbers(page) is not False


def short_sections(page: Page) -> bool:
    """Nearly all headings have a short text below them."""
    counts = page.stretches()
    return sum(count <= MOST_WORDS for count in counts) >= 0.95 * len(counts)


def sections_headed(page: Page) -> bool:
    """Each section has a heading that says something, and no two of a part are the same."""
    heads = [words_of(head) for head in page.all("h2")]
    named = all((section.attributes.get("aria-labelledby") or "") in page.ids for section in page.all("section"))
    return named and all(heads) and len(set(heads)) >= len(heads) // 2


def rates_pictured(page: Page) -> bool | None:
    """Each rate of at least one person has its picture."""
    rates = [rate for rate in page.all(".rate") if not words_of(rate).startswith("fewer")]
    return len(page.all(".rate-picture svg")) >= len(rates) if rates else None


def recovery_pictured(page: Page) -> bool | None:
    """Nearly all treatments whose recovery is told in days, weeks or months draw it."""
    told = [way for way in page.treatments if any(SPAN.search(words_of(line)) for line in way.css(".recovery p:not(.unknown)"))]
    return _share(sum(has(way, ".track") for way in told), len(told))


def pictures_captioned(page: Page) -> bool | None:
    """Each picture stands in a figure with words below it."""
    pictures = page.all('svg[role="img"]')
    captioned = sum(any(words_of(caption) for caption in figure.css("figcaption")) for figure in page.all("figure"))
    return captioned >= len(pictures) if pictures else None


def tables_headed(page: Page) -> bool | None:
    """Each table has headings of a few words."""
    tables = page.all("table")
    return all(has(table, "th") and all(len(words_of(th).split()) <= 5 for th in table.css("th")) for table in tables) if tables else None


def steps_direct(page: Page) -> bool:
    """Each step speaks to the reader."""
    listed = [words_of(step) for step in page.all(".steps li")]
    return bool(listed) and all(re.search(r"\byour?\b", step, re.I) or step.split()[0].lower() in ORDERS for step in listed)


def steps_broken_down(page: Page) -> bool:
    """Steps are numbered and short."""
    listed = page.all(".steps ol li")
    return len(listed) >= 3 and all(len(words_of(step).split()) <= MOST_STEP for step in listed)


SIGNS: dict[Shown, Callable[[Page], bool | None]] = {
    "aims-told": aims_told,
    "aims-kept": aims_kept,
    "for-whom": lambda page: "for you" in page.says(".for-whom"),
    "condition-told": condition_told,
    "decision-told": lambda page: bool(page.all(".decision")) and all(words_of(node).startswith("Whether") for node in page.all(".decision")),
    "sources-listed": lambda page: bool(page.all(".sources li")) and all(has(source, "a[href]") for source in page.all(".sources li")),
    "facts-cited": facts_cited,
    "marks-lead": marks_lead,
    "sources-dated": sources_dated,
    "page-dated": lambda page: bool(re.search(r"\d{4}", page.says(".dated"))),
    "kept-up": lambda page: bool(page.says(".kept-up")),
    "funding-told": lambda page: "pays" in page.says(".paid-by"),
    "further-here": lambda page: bool(page.all('[aria-labelledby="more"] a[href^="/learn"]')),
    "further-elsewhere": lambda page: bool(page.all('[aria-labelledby="more"] a[href^="http"]')),
    "unsure-told": lambda page: len(page.all('[aria-labelledby="unsure"] li')) >= 2,
    "rates-may-differ": lambda page: "may differ" in page.section("unsure"),
    "several-ways": lambda page: len(page.treatments) >= 2 or "may be others" in page.section("unsure"),
    "ways-work": lambda page: bool(page.options) and all(len(" ".join(map(words_of, way.css(".what"))).split()) >= FEW for way in page.options),
    "gains-told": gains_told,
    "losses-told": losses_told,
    "equal-detail": equal_detail,
    "harms-told": lambda page: _each(page.treatments, ".harms li"),
    "harms-numbered": harms_numbered,
    "harms-serious": harms_serious,
    "doing-nothing-told": doing_nothing_told,
    "recovery-told": lambda page: _each(page.treatments, ".recovery p:not(.unknown)"),
    "lasting-told": lambda page: _each(page.treatments, ".lasts p:not(.unknown)"),
    "daily-life-told": lambda page: bool(page.all(".daily li")),
    "questions-listed": lambda page: len(page.all(".questions li")) >= 3,
    "values-asked": lambda page: len(page.all(".values fieldset")) >= 3,
    "steps-told": lambda page: len(page.all(".steps li")) >= 3,
    "professional-named": lambda page: "together with a doctor" in page.section("steps"),
    "reads-at-grade-8": reads_at_grade_8,
    "terms-defined": terms_defined,
    "active-voice": active_voice,
    "whole-numbers": whole_numbers,
    "same-denominator": same_denominator,
    "both-ways": both_ways,
    "no-sums": no_sums,
    "short-sections": short_sections,
    "sections-headed": sections_headed,
    "summary-told": lambda page: len(page.all(".short dd")) >= 4,
    "cues-used": lambda page: bool(page.all(".card")) and bool(page.all("ul li")) and bool(page.all("strong")),
    "rates-pictured": rates_pictured,
    "recovery-pictured": recovery_pictured,
    "pictures-captioned": pictures_captioned,
    "tables-headed": tables_headed,
    "steps-direct": steps_direct,
    "steps-broken-down": steps_broken_down,
    "tools-given": lambda page: bool(page.all(".questions")) and bool(page.all(".values")),
    "pictures-explained": lambda page: "each dot is one person" in page.says(".how-to-read"),
}
"""Sign -> what looks for it."""
