"""The answer for the terminal: the text with each statement marked, then each verdict with why, then the sources."""

from collections import Counter

from gillies.check.answer import Checked, Statement
from gillies.check.say import CAUTION
from gillies.check.score.held import Score
from gillies.knowledge.schema_statements import Verdict
from gillies.terminal import Page, Style

LOOKS: dict[Verdict, tuple[str, str, str, str]] = {
    "supported": ("✓", "+", "32", "supported"),
    "contradicted": ("✗", "x", "31", "contradicted"),
    "misleading": ("≈", "~", "33", "misleading"),
    "disputed": ("⇄", "=", "35", "disputed"),
    "unverifiable": ("?", "?", "36", "nobody can check it"),
}
"""Verdict -> sign, its plain stand-in, colour, and how it is called."""
MEANS = "supported: our sources say so. misleading: true in part, too strong, or leaves out what matters. disputed: the sources differ."
BY_PLACE = "allowed or not by place"
ALL_PLACES = "No place was told, so rules on adverts of all places are counted: --country us-ca (or uk, au …) shows what each rule says there."
LEVELS = {"law": "law", "regulation": "regulation", "board-rule": "rule of the profession", "guidance": "guidance", "self-regulation": "the trade's own code"}
NOTHING = "No statement was found that we hold a fact on. That says nothing about whether the text is right."


def as_text(text: str, checked: Checked, look: Style, place: str = "", score: Score | None = None) -> str:
    """The whole answer as text, ending in a newline. `place`: whose rules on adverts were asked for, "" for all."""
    page = Page(look)
    if not checked.statements:
        page.text(NOTHING)
        _score(page, score)
        return "\n".join(page.lines) + "\n"
    _marked(page, text, checked.statements)
    page.head(_summary(checked.statements))
    for number, statement in enumerate(checked.statements, 1):
        _verdict(page, number, statement, place)
    page.lines.append("")
    page.text(MEANS, code="2")
    page.text(CAUTION, code="2")
    if not place and any(statement.advert for statement in checked.statements):
        page.text(ALL_PLACES, code="2")
    _score(page, score)
    page.sources(checked.sources)
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _marked(page: Page, text: str, statements: tuple[Statement, ...]) -> None:
    """The text, each statement between marks with its number."""
    marks: list[tuple[int, int, int, str]] = []
    for number, statement in enumerate(statements, 1):
        start, end = statement.span
        fancy, plain, _, _ = LOOKS[statement.verdict]
        marks += [(start, 1, -end, "["), (end, 0, -start, f"]{page.look.sign(fancy, plain)}{number}")]
    marked, at = [], 0
    for place, _, _, mark in sorted(marks, key=lambda entry: entry[:3]):  # what stands inside closes first
        marked += [text[at:place], mark]
        at = place
    for paragraph in ("".join(marked) + text[at:]).split("\n"):
        if paragraph.strip():
            first = len(page.lines)
            page.text(paragraph.strip())
            page.lines[first:] = [_painted(page, line) for line in page.lines[first:]]
        elif page.lines and page.lines[-1]:
            page.lines.append("")


def _painted(page: Page, line: str) -> str:
    """The line with its verdict signs in their colours."""
    for fancy, plain, colour, _ in LOOKS.values():
        sign = f"]{page.look.sign(fancy, plain)}"
        line = line.replace(sign, page.look.paint(sign, colour))
    return line


def _summary(statements: tuple[Statement, ...]) -> str:
    counts = Counter(called(statement) for statement in statements)
    told = ", ".join(f"{counts[name]} {name}" for name in (*(look[3] for look in LOOKS.values()), BY_PLACE) if counts[name])
    return f"{len(statements)} {'statement' if len(statements) == 1 else 'statements'}: {told}"


def called(statement: Statement) -> str:
    """What a verdict is called; that only some places forbid a claim is no matter of truth."""
    return BY_PLACE if statement.basis == "law" and statement.advert and statement.verdict == "unverifiable" else LOOKS[statement.verdict][3]


def _verdict(page: Page, number: int, statement: Statement, place: str) -> None:
    fancy, plain, colour, _ = LOOKS[statement.verdict]
    page.lines.append("")
    page.item(page.look.sign(fancy, plain), f"{number} {called(statement)}: “{_short(statement.quote)}”", indent=0, code=colour)
    page.text(statement.why, 4, 0, statement.cites)
    for side in statement.sides:
        page.item(page.look.sign("•", "-"), f"{side.who}: {side.say}", side.cites, indent=4)
    if statement.advert:
        for rule in statement.advert.rules if place else ():
            page.item(page.look.sign("§", "-"), f"{rule.law} ({LEVELS[rule.level]}): {rule.say}", rule.cites, indent=4)
        page.item(page.look.sign("→", "-"), f"Fairer: {statement.advert.fairer}", indent=4)


LONGEST_QUOTE = 160


def _short(quote: str) -> str:
    """A quotation on one line, cut at a word where it is long."""
    told = " ".join(quote.split())
    return told if len(told) <= LONGEST_QUOTE else told[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _score(page: Page, score: Score | None) -> None:
    """The score in a few lines; --page and --json tell what decided each."""
    if not score:
        return
    page.head("What it tells its readers (automatic)")
    for answer, fancy, plain, code in (("yes", "✓", "+", "32"), ("partly", "≈", "~", "33"), ("no", "✗", "x", "31"), ("cannot be judged", "?", "?", "36")):
        asked = [line.id.replace("-", " ") for line in score.items if line.answer == answer and line.id != "reading-grade"]
        if asked:
            page.item(page.look.sign(fancy, plain), f"{answer}: {', '.join(asked)}", code=code)
    page.item(page.look.sign("•", "-"), f"reading grade {score.grade:g}; the sixth to eighth grade of school is recommended")
    page.text("A program looked for words and signs, after DISCERN and the JAMA benchmarks; --page shows what decided each.", 2, code="2")
