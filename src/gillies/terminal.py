"""An answer for the terminal: short, aligned, coloured where the terminal allows, sources at the end."""

import os
from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import TextIO

import msgspec

from gillies.assess.answer import Assessment, CoverageAnswer, Found, HandFit, Option, Part, Sentence, SourceOut, Urgent
from gillies.assess.safety import cannot_wait
from gillies.tell import aside, copy_read

CARE = {
    "reconstructive-plastic-surgery": "reconstructive surgery (brings an abnormal or failing part toward normal)",
    "cosmetic-surgery": "cosmetic surgery (reshapes a normal part for its looks)",
    "cosmetic-dermatology": "cosmetic dermatology (skin treatments for looks, mostly without surgery)",
    "mixed": "mixed: part reconstructive, part cosmetic",
    "something-else": "medical care by another specialty",
}
INTENT = {"cosmetic": "for looks", "reconstructive": "for function or repair", "mixed": "for both", "undetermined": "not clear yet"}
OUTCOME = {"likely-covered": "likely covered", "likely-not-covered": "likely not covered", "depends": "depends on what is still missing"}
ACT = {"call-emergency": "CALL FOR HELP NOW", "same-day": "GET SEEN TODAY", "soon": "HAVE IT LOOKED AT SOON"}
FIT = {"core": "core training", "fellowship": "by fellowship", "related": "related training", "outside": "outside the training"}
INVASIVE = {"non-invasive": "no cut, no needle", "minimally-invasive": "needle or small cut", "surgical": "surgery"}
WIDEST, NARROWEST, USUAL_WIDTH = 100, 40, 88
MOST_RISKS, MOST_HANDS, MOST_POLICIES, MOST_LINES = 3, 4, 5, 4


class Style(msgspec.Struct, frozen=True):
    """Width in characters, and whether colours and signs beyond ASCII may be used."""

    width: int
    colour: bool
    unicode: bool = True

    def paint(self, text: str, code: str) -> str:
        """The text in a colour (an SGR code), or plain."""
        return f"\033[{code}m{text}\033[0m" if self.colour else text

    def sign(self, fancy: str, plain: str) -> str:
        """A sign, or its plain stand-in."""
        return fancy if self.unicode else plain


def style(out: TextIO) -> Style:
    """What the output can show. NO_COLOR and FORCE_COLOR are honoured."""
    wanted = bool(os.environ.get("FORCE_COLOR")) or (out.isatty() and os.environ.get("TERM") != "dumb")
    return Style(max(NARROWEST, min(WIDEST, _columns(out))), wanted and not os.environ.get("NO_COLOR"), "utf" in (out.encoding or "").lower())


def _columns(out: TextIO) -> int:
    """The width of the terminal; COLUMNS is honoured. (shutil knows this too, and its import is a fiftieth of a cold start.)"""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        return USUAL_WIDTH


class Page:
    """Lines under way, the numbers of the sources they cite, and whether a figure on it is marked as read once (`is_confirmed` tells)."""

    def __init__(self, look: Style, is_confirmed: Callable[[str], bool] = lambda _: True) -> None:
        self.look = look
        self.is_confirmed = is_confirmed
        self.has_marks = False
        self.lines: list[str] = []
        self.numbers: dict[str, int] = {}

    def marks(self, cites: tuple[str, ...]) -> str:
        """` [1][3]` for the sources cited."""
        keys = dict.fromkeys(cite.partition(" @ ")[0] for cite in cites)
        return "".join(f"[{self.numbers.setdefault(key, len(self.numbers) + 1)}]" for key in list(keys)[:3])

    def figure(self, text: str, said: str = "") -> str:
        """The text, with ° where a figure of `said` (or of the text itself) has not been confirmed by a second reader."""
        if self.is_confirmed(said or text):
            return text
        self.has_marks = True
        return text + self.look.sign("°", "*")

    def text(self, text: str, indent: int = 0, hang: int = 0, cites: tuple[str, ...] = (), code: str = "") -> None:
        """A wrapped paragraph; following lines hang by `hang` more."""
        marks = self.marks(cites)
        full = f"{text} {marks}" if marks else text
        first, rest = " " * indent, " " * (indent + hang)
        rows = wrap(full, self.look.width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False) or [""]
        self.lines += [self.look.paint(row, code) if code else row for row in rows]

    def head(self, text: str) -> None:
        """A heading, wrapped, with a blank line before it."""
        self.lines.append("")
        self.text(text, 0, 2, code="1;36")

    def read_at(self, url: str, copy: str) -> None:
        """Under a source: the address of the copy that was read, where it is another one."""
        if copy_read(url, copy):
            self.text(f"read at: {copy}", 6, 2)

    def sources(self, known: Mapping[str, SourceOut]) -> None:
        """What was cited on the page, by number, under a heading of its own; nothing where nothing was."""
        if not self.numbers:
            return
        self.head("Sources")
        for key, number in self.numbers.items():
            source = known.get(key)
            if source:
                second = "; another's account" if source.secondary else ""
                late = "; due to be read again" if source.overdue else ""
                self.text(f"[{number}] {source.title}. {source.publisher}, read {source.looked_up}{second}{late}. {source.url}", 2, 4)
                self.read_at(source.url, source.read_at)

    def item(self, sign: str, text: str, cites: tuple[str, ...] = (), indent: int = 2, code: str = "") -> None:
        """A list item with its sign."""
        painted_from = len(self.lines)
        self.text(f"{sign} {text}", indent, 2, cites)
        if code:
            row = self.lines[painted_from]
            self.lines[painted_from] = row.replace(sign, self.look.paint(sign, code), 1)


def assessment(answer: Assessment, look: Style, is_confirmed: Callable[[str], bool] = lambda _: True) -> str:
    """The whole answer as text, ending in a newline. `is_confirmed`: see Compiled; without it no figure is marked."""
    page = Page(look, is_confirmed)
    _urgent(page, answer.urgent)
    _understood(page, answer)
    if answer.decline is not None:
        page.head("This is not ours")
        page.text(answer.decline, 2)
    for number, part in enumerate(answer.parts, 1):
        _part(page, part, number if len(answer.parts) > 1 else 0)
    _ready(page, answer)
    _asks(page, answer)
    page.sources(answer.sources)
    page.lines.append("")
    if page.has_marks:
        page.text(f"Figures marked {page.look.sign('°', '*')} have not been confirmed by a second reader; gillies show NAME tells more.", code="2")
    page.text("gillies informs; it does not diagnose. Nothing you typed was kept or sent anywhere.", code="2")
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _urgent(page: Page, urgent: tuple[Urgent, ...]) -> None:
    for sign in urgent:
        mark = page.look.sign("▲", "!")
        page.lines.append("")
        page.text(f"{mark} {ACT[sign.act]}: {sign.name}", 0, 2, code="1;97;41" if sign.act == "call-emergency" else "1;31")
        page.text(sign.say, 2, code="1")
        page.text(sign.why, 2, cites=sign.cites)
    if cannot_wait(urgent):
        page.lines.append("")
        page.text("All that follows can wait until that has been seen to.", code="1")


def _understood(page: Page, answer: Assessment) -> None:
    tightest: dict[str, Found] = {}
    for found in sorted(answer.found, key=lambda f: f.span[1] - f.span[0]):
        if found.kind in ("concern", "procedure"):
            tightest.setdefault(found.id, found)
    quotes = [f"“{' '.join(f.quote.split())}”" + (" (not)" if f.negated else "") for f in sorted(tightest.values(), key=lambda f: f.span)]
    if quotes:
        page.head("What was understood")
        page.text(", ".join(list(dict.fromkeys(quotes))[:8]), 2)


def _part(page: Page, part: Part, number: int) -> None:
    page.head(f"{number}. {part.concern}" if number else part.concern)
    page.text(f"Kind of care: {CARE[part.care[0]] if part.care else part.intent}; {INTENT[part.intent]}.", 2, code="1")
    for why in part.why[:MOST_LINES]:
        page.item(page.look.sign("•", "-"), why.say, why.cites)
    _options(page, part.options)
    _hands(page, part.hands)
    _coverage(page, part)


def _options(page: Page, options: tuple[Option, ...]) -> None:
    page.lines.append("")
    page.text("Options, from least to most invasive", 2, code="1")
    for option in options:
        name = aside(option.name, "" if option.procedure == "doing-nothing" else INVASIVE[option.invasiveness])
        page.item(page.look.sign("›", ">"), f"{name}: {page.figure(option.summary)}", option.cites[:2], code="36")
        for label, said in (("Recovery", _first(option.recovery)), ("Lasts", option.lasts)):
            if said:
                page.text(f"{label}: {_flag(page, said)}.", 6, 2, said.cites)
        if option.risks:
            worst = option.risks[:MOST_RISKS]
            page.text("Risks: " + "; ".join(_flag(page, risk) for risk in worst) + ".", 6, 2, tuple(c for risk in worst for c in risk.cites))


def _first(sentences: tuple[Sentence, ...]) -> Sentence | None:
    return sentences[0] if sentences else None


def _flag(page: Page, said: Sentence) -> str:
    """A sentence without its full stop, with its rate and its marks."""
    rate = f": {said.rate}" if said.rate else ""
    return f"{page.figure(said.say.removesuffix('.') + rate, said.say)}{' (not verified)' if said.unverified else ''}"


def _hands(page: Page, hands: tuple[HandFit, ...]) -> None:
    if not hands:
        return
    page.lines.append("")
    page.text("Whose hands", 2, code="1")
    for hand in hands[:MOST_HANDS]:
        least, most = hand.years
        years = page.figure(f"{least:g} years" if least == most else f"{least:g} to {most:g} years", f"pathway/{hand.pathway}")
        name = aside(hand.name, FIT[hand.fit], f"{years} after medical school", f"board: {hand.board}" if hand.board else "")
        logged = f" {page.figure(hand.logged, f'pathway/{hand.pathway}')}" if hand.logged else ""
        why = page.figure(hand.why)
        page.item(page.look.sign("•", "-"), f"{name}. {why}{logged}", hand.cites[:3])


def _coverage(page: Page, part: Part) -> None:
    page.lines.append("")
    page.text(f"Who pays: {OUTCOME[part.outcome]}", 2, code="1")
    if not part.coverage:
        page.text("We hold no payer's rule on this. Ask for the plan's written policy, and for a decision before the date.", 4)
    once = list({answer.policy: answer for answer in reversed(part.coverage)}.values())[::-1]
    for answer in once[:MOST_POLICIES]:
        _policy(page, answer)
    if len(once) > MOST_POLICIES:
        page.text(f"… and {len(once) - MOST_POLICIES} more payers or laws; --json shows all.", 4)


def _policy(page: Page, answer: CoverageAnswer) -> None:
    name = f"{'law' if answer.law else 'policy'}/{answer.policy}"
    guide = "; a guide only: another payer's rule" if answer.guide_only else ""
    page.item(page.look.sign("›", ">"), f"{answer.payer}: {OUTCOME[answer.outcome]}{guide} ({page.figure(answer.title, name)})", answer.cites[:2], code="36")
    if answer.guide_only and answer.outcome == "depends":
        return
    rows = ((answer.met, "✓", "+", "32"), (answer.unmet, "✗", "x", "31"))
    for said, fancy, plain, code in rows:
        for line in said[:MOST_LINES]:
            page.item(page.look.sign(fancy, plain), line, indent=6, code=code)
    if answer.outcome == "depends":
        for line in answer.would_change[:MOST_LINES]:
            page.item("?", line, indent=6, code="33")
    elif answer.would_change and answer.outcome == "likely-not-covered":
        page.text("Would change it: " + "; ".join(answer.would_change[:2]), 6, 2)


def _ready(page: Page, answer: Assessment) -> None:
    if answer.readiness:
        page.head("First")
        for note in answer.readiness:
            page.item(page.look.sign("•", "-"), f"{note.name}: {note.say}", note.cites[:2])


def _asks(page: Page, answer: Assessment) -> None:
    own = [ask for ask in answer.ask if ask.to == "you"]
    if own:
        page.head("What would settle it soonest")
        for ask in own:
            page.item("?", f"{ask.ask} {ask.how}".strip(), code="33")
    theirs = [ask for ask in answer.ask if ask.to == "provider"]
    if theirs:
        page.head("Questions to take along")
        for ask in theirs:
            page.item(page.look.sign("•", "-"), ask.ask)
    if answer.cannot_know:
        page.head("What no public record can tell")
        for line in answer.cannot_know:
            page.item(page.look.sign("•", "-"), line)
