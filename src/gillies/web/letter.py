"""A draft letter to a plan, from what was told and what its rules ask: facts where they are known, blanks where they are not."""

from collections.abc import Iterator

import msgspec

from gillies.assess.answer import Assessment, CoverageAnswer, Part
from gillies.assess.explain import question
from gillies.dates import in_words
from gillies.knowledge.compiled import Compiled

MOST_BLANKS = 8


class Bit(msgspec.Struct, frozen=True):
    """A stretch of the letter; `blank`: to be filled in by hand."""

    text: str
    blank: bool = False


def _blank(what: str) -> Bit:
    return Bit(f"[{what}]", True)


def letter(answer: Assessment, compiled: Compiled) -> list[Bit] | None:
    """The letter, for the part that a plan is most likely asked to pay for; None where there is nothing to ask a plan for."""
    parts = [part for part in answer.parts if part.intent != "cosmetic" and part.procedures]
    return list(_letter(parts[0], answer, compiled)) if parts else None


def _letter(part: Part, answer: Assessment, compiled: Compiled) -> Iterator[Bit]:
    known = compiled.knowledge
    rows = sorted(part.coverage, key=lambda row: (not row.decides, row.guide_only))
    row = next((row for row in rows if row.outcome == "likely-covered"), rows[0] if rows else None)
    procedure = known.procedures[row.procedure if row else part.procedures[0]].name
    yield from (_blank("Your name and address"), Bit("\n"), _blank("Member number"), Bit("\n\n"))
    yield Bit(f"{row.payer if row and row.decides and not row.law else 'To the health plan'}\n") if row else Bit("To the health plan\n")
    yield from (_blank("Address of the plan"), Bit(f"\n\n{in_words(answer.as_of)}\n\n"))
    yield Bit(f"Request for a decision in advance: {procedure}\nReference: ")
    yield from (_blank("number of the claim or denial, if there is one"), Bit("\n\nTo whom it may concern:\n\n"))
    need = "" if part.concern == procedure else f" It is needed for: {part.concern.lower()}."
    yield Bit(f"I ask for a written decision, before the date, on {procedure[0].lower()}{procedure[1:]}.{need}\n\n")
    for why in part.why:
        yield Bit(f"{why.say} ")
    yield from (_blank("In a few sentences: since when, what it keeps you from doing, what was tried"), Bit("\n\n"))
    if row:
        yield from _rules(row, compiled)
    yield Bit("My doctor is ")
    yield from (_blank("name, specialty, telephone"), Bit(". Please have a doctor of the same specialty look at this request. "))
    yield Bit("If you decide against it, please name the rule, the criterion that is not met, and how I can appeal.\n\nSincerely,\n\n")
    yield from (_blank("Signature"), Bit("\n"))


def _rules(row: CoverageAnswer, compiled: Compiled) -> Iterator[Bit]:
    """What a rule asks: what is met, and what is still to be shown."""
    yield Bit(f"The rule I go by is: {row.title}.\n\n")
    if row.met:
        yield Bit("These of its points are met:\n")
        for say in row.met:
            yield Bit(f"  •  {say}. Shown by: ")
            yield from (_blank("record, with its date"), Bit("\n"))
        yield Bit("\n")
    if row.missing:
        yield Bit("These points are still to be shown:\n")
        for finding in row.missing[:MOST_BLANKS]:
            yield Bit(f"  •  {question(finding, compiled)[0]} ")
            yield from (_blank("answer, and the record that shows it"), Bit("\n"))
        yield Bit("\n")
    papers = [compiled.knowledge.findings[key].paper or key for key in row.documents if key in compiled.knowledge.findings]
    if papers:
        yield Bit(f"Enclosed: {'; '.join(paper[0].lower() + paper[1:] for paper in papers)}.\n\n")
