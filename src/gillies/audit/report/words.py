"""The words of the report, for terminal and page alike."""

from gillies.audit.kinds import CONFIDENCE
from gillies.audit.report.figures import Counted, Picked, Summary
from gillies.screen.report.words import clean, unformula

TITLE = "What is worth a look in this directory"
UNIT = (
    "Each row was held against public files: NPPES (the list of all provider numbers, or NPIs), the federal exclusion list, and what we know of "
    "training and of laws on titles. Every count is a count of rows."
)
SURE = {"firm": "Firm", "fair": "Fair", "weak": "Weak"}
CHECKED = {
    "number": "with a number", "name": "whose name could be compared", "specialty": "whose specialty could be compared",
    "procedures": "whose procedures could be compared", "place": "whose place could be compared", "title": "with a title and a state",
}  # fmt: skip
LIMITS = (
    "A finding is a reason to look, not a fault, and accuses nobody. Ask before anything is changed, denied or reported.",
    "No finding is no proof that all is well: what the files do not hold, or a row does not give, was not looked at. No record is never a no.",
    "Specialties in NPPES are what providers say of themselves. Nobody checks them, and they prove no training and no board certification.",
    "Nine of ten lines of the exclusion list have no NPI. A name alone is no identity.",
    "Addresses and names in NPPES are often behind: providers update them late.",
    "How sure a finding is follows a stated rule. It is no probability.",
)
LIST_NOTE = "Single people are listed here. Treat this list like the directory itself."


def rows_of(number: int) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def headline(summary: Summary) -> str:
    """The finding in one sentence."""
    found = sum(summary.with_findings.values())
    if not found:
        return f"Nothing worth a look was found in {rows_of(summary.rows)}."
    return f"{rows_of(found)} of {summary.rows:,} {'is' if found == 1 else 'are'} worth a look ({100 * found / max(summary.rows, 1):.1f} %)."


def by_confidence(summary: Summary) -> str:
    """How sure, by the surest finding of each row."""
    return ", ".join(f"{summary.with_findings[sure]:,} {sure}" for sure in CONFIDENCE if summary.with_findings[sure])


def balance(summary: Summary) -> tuple[bool, str]:
    """Whether every row read is accounted for, and the sum in words."""
    run = summary.run
    sums = f"{rows_of(run.rows_in)} read = {run.rows_out:,} looked at + {run.rows_aside:,} set aside"
    fine = run.rows_in == run.rows_out + run.rows_aside
    return fine, f"{sums}. Nothing is lost." if fine else f"{sums} does not add up. Do not use these figures; run the audit again."


def made_up(summary: Summary) -> str:
    """What to say of a registry of samples."""
    if summary.made_up == "none":
        return ""
    return f"{'All' if summary.made_up == 'all' else 'Some'} providers of this registry are made up (their numbers begin with 9): for trying things out only."


def checked(summary: Summary) -> str:
    """For how many rows each thing could be looked at."""
    return "; ".join(f"{count:,} {CHECKED[what]}" for what, count in summary.checked.items() if count)


def unread(summary: Summary) -> list[str]:
    """What was not understood: a sentence for each column."""
    said = []
    for column, what in (("specialty", "specialties"), ("procedures", "procedures")):
        words = [f"{clean(each.words, 40)} ({each.rows:,})" for each in summary.unread if each.column == column]
        if words:
            said.append(f"Not understood, and so not compared, among the {what} (rows): {', '.join(words)}.")
    return said


def picked_title(row: Picked) -> str:
    """`Row 12: SMITH, JANE, NPI 9…`."""
    name = unformula(clean(row.name)) if row.name else "no name"
    return f"Row {row.row:,}: {name}" + (f", NPI {clean(row.npi, 20)}" if row.npi else "") + (f", {clean(row.state, 20)}" if row.state else "")


def said(row: Picked) -> str:
    """The sentence of a finding."""
    return clean(row.say, 600)


def split(kind: Counted) -> str:
    """`12 firm, 3 weak`."""
    return ", ".join(f"{number:,} {sure}" for sure, number in (("firm", kind.firm), ("fair", kind.fair), ("weak", kind.weak)) if number)
