"""The words of the report, for terminal and page alike; and values made harmless to show."""

import re
import unicodedata
from collections.abc import Callable
from html import escape

from gillies.screen.report.figures import NOT_GIVEN, Cell, Line, Row, Summary

INTENT = {"reconstructive": "Repair", "mixed": "Both", "undetermined": "Unclear", "cosmetic": "Looks", NOT_GIVEN: "No label"}
INTENT_SAYS = {
    "reconstructive": "Repair (reconstructive): brings a part that is abnormal or does not work toward normal.",
    "mixed": "Both (mixed): part repair, part looks.",
    "undetermined": "Unclear (undetermined): the codes do not tell. That is no sign of anything wrong.",
    "cosmetic": "Looks (cosmetic): reshapes a normal part for its looks.",
}
COVERAGE = {
    "likely-covered": "Likely covered",
    "depends": "Depends on more facts",
    "likely-not-covered": "Likely not covered",
    NOT_GIVEN: "No label",
}
HANDS = {
    "core": "Core training",
    "fellowship": "By fellowship",
    "related": "Related training",
    "outside": "Outside the training",
    "unknown": "Not known",
    NOT_GIVEN: "No label",
}
KEYS = {
    "by_coverage": "Coverage",
    "by_procedure": "Procedure",
    "by_payer": "Payer",
    "by_specialty": "Specialty",
    "by_state": "State",
    "by_hands": "Training",
}
BREAKDOWNS = {
    "by_coverage": ("Who is likely to pay", "Coverage is whether a health plan pays. It is a separate question from what the care is for."),
    "by_procedure": ("By procedure", "A procedure is what was done, told from the billing code."),
    "by_payer": ("By payer", "A payer is the plan or program that the claim was sent to, as the file writes it."),
    "by_specialty": ("By specialty", "The specialty is what the person who did it says they practice. Nobody checked it, and it is not board certification."),
    "by_state": ("By state", "Two letters, as the file writes them."),
    "by_hands": (
        "Whose hands",
        (
            "Whether the specialty on the line trains for what was done: in residency (core), in extra years (fellowship), "
            "for something near (related) or not at all (outside). It says nothing about one person's skill."
        ),
    ),
}
TITLE = "What is on these claims"
UNIT = (
    "A claim is a bill to a health plan; a line is one item on it. We judge a line by its codes alone: the short numbers that say what was done and why. "
    "Every count here is a count of lines, not of people."
)
LIMITS = (
    "Codes are not the chart. The notes, photographs and measurements that decide a case are not on a claim.",
    "“Unclear” is not fraud. It means that the codes do not say enough, which is usual.",
    "A flag is a question, not an accusation. Have a person who knows the field read the chart before anything is denied or reported.",
    "What a line is for and whether a plan pays are two questions. Some care for looks is covered, some repair is not.",
    "A code that is absent tells nothing: it never counts as a no.",
    "The counts say nothing about how good the care was, or whether it was needed.",
)
SMALL_NOTE = (
    "Counts from 1 to 10 show as “<11”, and a few beside them as “hidden”, so that the tables do not point at single people. "
    "CMS asks the same of everything made from its claims."
)
LIST_NOTE = "Single claims are listed here. Treat this list like the claims themselves, and leave it out of anything you pass on."
PROTECTED = {
    "mastectomy": "After a breast is removed", "cleft": "Cleft lip or palate", "burns": "Burns", "trauma": "Injury", "congenital": "Differences of birth",
}  # fmt: skip
"""Care that laws protect -> how it is called."""
PROTECTED_SAYS = (
    "Laws protect some care: after a breast is removed, for a cleft lip or palate, after burns or injury, for what a child was born with. "
    "Which law holds depends on the plan and the state."
)
LONGEST_VALUE = 60
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def clean(value: str, longest: int = LONGEST_VALUE) -> str:
    """A value from the file on one line, without the signs that steer a terminal or turn the direction of a page's text, cut where it is very long."""
    safe = "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign for sign in value)
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"


def unformula(value: str) -> str:
    """A value that a spreadsheet will not take for a formula when a table is pasted into it: `=1+1` gets an apostrophe in front, `-12` is only a number."""
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value


def harmless(value: str) -> str:
    """A value fit for HTML, and for a spreadsheet that a table of the page is pasted into."""
    return escape(unformula(value))


def count(cell: Cell) -> str:
    """`1,234`, `<11` or `hidden`."""
    return {"small": "<11", "beside": "hidden"}.get(cell.hidden, "") or f"{cell.lines:,}"


def dollars(cents: int | None) -> str:
    """`$1,234`, `$1.23M`, `$45.6B`, `-$5`; nothing for what is not shown."""
    if cents is None:
        return ""
    size, sign = abs(cents) / 100, "-" if cents < 0 else ""
    for unit, letter in ((1e9, "B"), (1e6, "M")):
        if size >= unit:
            return f"{sign}${size / unit:,.{2 if size < 10 * unit else 1}f}{letter}"
    return f"{sign}${size:,.0f}"


def share(part: Cell, whole: Cell) -> str:
    """`12.3%`; nothing where either is hidden or the whole is nought."""
    return f"{100 * part.lines / whole.lines:.1f}%" if part.lines is not None and whole.lines else ""


def money(summary: Summary) -> Callable[[Cell], int | None] | None:
    """Which dollars stand beside the counts: what was charged, else what was paid; None when the file has neither."""
    if summary.without_charge < summary.ours:
        return lambda cell: cell.charge_cents
    return (lambda cell: cell.paid_cents) if summary.without_paid < summary.ours else None


def money_note(summary: Summary) -> str:
    """What the dollars are and how many lines they leave out."""
    amounts = (("charged", summary.without_charge), ("paid", summary.without_paid))
    lacking = [what for what, without in amounts if without >= summary.ours]
    parts = [f"The file does not say what was {' or '.join(lacking)}."] if lacking else []
    left_out = [
        f"{lines_of(without)} that {'does' if without == 1 else 'do'} not say what was {what}" for what, without in amounts if 0 < without < summary.ours
    ]
    parts += [f"The sums leave out {' and '.join(left_out)}."] if left_out else []
    main = "charged (what the provider asked for)" if summary.without_charge < summary.ours else "paid (what the plan gave)"
    return " ".join(([f"Dollars are what was {main}; M is million, B is billion."] if money(summary) else []) + parts)


def lines_of(number: int) -> str:
    """`1 line`, `2,000 lines`."""
    return f"{number:,} {'line' if number == 1 else 'lines'}"


def intent_label(intent: str) -> str:
    """The short word for an intent."""
    return INTENT.get(intent) or clean(intent)


def row_label(breakdown: str, row: Row, summary: Summary) -> str:
    """The name of a row: ours where there is one, else what the file says."""
    fixed = {"by_coverage": COVERAGE, "by_hands": HANDS}.get(breakdown)
    if fixed is not None:
        return fixed.get(row.key) or clean(row.key)
    if row.key == NOT_GIVEN:
        return "Not given"
    return clean(summary.names.get(row.key, row.key))


def rest_label(kinds: int) -> str:
    """The name of the row that adds up the rest."""
    return f"{kinds:,} more"


def guard_headline(summary: Summary) -> str:
    """The finding of the false-flag guard in one sentence."""
    whole, flagged = summary.guard.protected.total, len(summary.guard.flagged)
    protected = "fewer than 11 lines" if whole.hidden else lines_of(whole.lines or 0)
    if whole.lines == 0:
        return "No line of ours is on the claims of a person with codes of protected care."
    if not flagged:
        return f"None of {protected} of protected care was flagged cosmetic."
    return f"{flagged:,} of {protected} of protected care {'was' if flagged == 1 else 'were'} flagged cosmetic."


def guard_sets(summary: Summary) -> list[str]:
    """What the protected care is, by code set: a sentence each."""
    told = []
    for row in summary.guard.by_set.rows:
        flagged = row.cells["cosmetic"]
        told.append(
            f"{clean(PROTECTED.get(row.key, row.key))}: {count(row.total)} {'line' if row.total.lines == 1 else 'lines'}, {count(flagged)} flagged cosmetic"
        )
    return told


def guard_says(summary: Summary) -> str:
    """What the guard's finding means."""
    if not summary.guard.flagged:
        return PROTECTED_SAYS
    ours = "These lines belong to people with codes of such care, and our rules still called them cosmetic. Each may be our mistake: settle them first."
    return f"{PROTECTED_SAYS} {ours}"


def balance(summary: Summary) -> tuple[bool, str]:
    """Whether every row read is accounted for, and the sum in words."""
    run = summary.run
    fine = run.rows_in == run.rows_out + run.rows_aside and summary.lines == run.rows_out
    sums = f"{lines_of(run.rows_in)} read = {run.rows_out:,} labelled + {run.rows_aside:,} set aside"
    if fine:
        return True, f"{sums}. Nothing is lost."
    return False, f"{sums} does not add up ({lines_of(summary.lines)} counted for this report). Do not use these figures; run the screen again."


def details(line: Line, summary: Summary, ids: bool = False) -> list[tuple[str, str]]:
    """What an auditor needs to know of a line: (what, value), in order; what is not given is left out. `ids`: beside our names."""

    def name(id: str) -> str:
        ours = summary.names.get(id, id)
        return f"{clean(ours)} ({clean(id)})" if ids and id not in (ours, ours.lower().replace(" ", "-")) else clean(ours)

    labels = [intent_label(line.intent or NOT_GIVEN), COVERAGE.get(line.coverage or NOT_GIVEN) or clean(line.coverage or "")]
    hands = HANDS.get(line.hands or "unknown") or clean(line.hands or "")
    listed = [
        ("Procedure", name(line.procedure or "")),
        ("Code", " ".join(map(clean, (line.code or "", *line.modifiers)))),
        ("Diagnoses", ", ".join(map(clean, line.diagnoses))),
        ("Flagged", ", ".join((labels[0], labels[1].lower()))),
        ("Why", "; ".join(map(name, line.reasons))),
        ("Missing", "; ".join(map(name, line.missing))),
        ("Protected", "; ".join(map(name, line.protected))),
        ("Hands", f"{name(line.specialty) if line.specialty else 'specialty not given'}: {hands.lower()}"),
        ("Payer", ", ".join(clean(value) for value in (line.payer, line.state) if value)),
        ("Dollars", _line_dollars(line)),
    ]
    return [(what, value) for what, value in listed if value.strip()]


def _line_dollars(line: Line) -> str:
    given = (("charged", line.charge), ("paid", line.paid))
    return ", ".join(f"${value:,.2f} {what}" for what, value in given if value is not None and abs(value) < 1e9)


def line_title(line: Line) -> str:
    """`Claim C1, line 2, 2026-03-14`."""
    claim = unformula(clean(line.claim)) if line.claim else "without a number"
    return f"Claim {claim}" + (f", line {clean(line.line)}" if line.line else "") + (f", {line.day}" if line.day else "")
