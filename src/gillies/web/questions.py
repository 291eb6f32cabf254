"""Which questions to put: only those whose answer would change something, the most telling first."""

from collections.abc import Callable

import msgspec

from gillies.assess.answer import Assessment, CoverageAnswer
from gillies.assess.explain import question
from gillies.assess.given import AIM
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Finding
from gillies.web.words import words

MOST_QUESTIONS = 5
MOST_PAYERS_NAMED = 2
WHOLE = 100
"""How much more a change of the whole answer counts than one of a single policy."""


class Question(msgspec.Struct, frozen=True):
    """One question of the form. `kind`: yes-no, number, duration, choice; `wrong`: what is wrong with what was typed."""

    id: str
    ask: str
    why: str
    how: str
    kind: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    value_unit: str = ""
    wrong: str = ""


Try = Callable[[str, bool], Assessment]
"""The answer if a finding were so or not."""


def to_ask(answer: Assessment, try_out: Try | None, compiled: Compiled) -> list[Question]:
    """The questions of an answer that would change it, most telling first. Numbers, which cannot be tried out, keep their place behind what
    changes the whole answer. Without `try_out` all keep the place that the answer gives them."""
    weighed: list[tuple[float, int, str]] = []
    for place, ask in enumerate(ask for ask in answer.ask if ask.to == "you"):
        finding = compiled.knowledge.findings.get(ask.about)
        if finding is not None and finding.type != "yes-no":
            weighed.append((-WHOLE / 2 if try_out else -1, place, ask.about))
        elif finding is not None or ask.about in compiled.knowledge.concerns:
            turns = _turns(try_out(ask.about, True), try_out(ask.about, False)) if try_out else 1
            if turns:
                weighed.append((-turns, place, ask.about))
    return [as_question(about, answer, compiled) for _, _, about in sorted(weighed)[:MOST_QUESTIONS]]


def _turns(yes: Assessment, no: Assessment) -> int:
    """How much depends on one answer: what is told of the whole, and of each policy that decides or is shown."""
    whole = (yes.intent, yes.coverage, [u.id for u in yes.urgent]) != (no.intent, no.coverage, [u.id for u in no.urgent])
    outcomes = [{(row.policy, row.procedure): row.outcome for part in one.parts for row in part.coverage} for one in (yes, no)]
    rows = sum(outcomes[0].get(key) != outcomes[1].get(key) for key in outcomes[0].keys() | outcomes[1].keys())
    return WHOLE * whole + rows


def as_question(about: str, answer: Assessment, compiled: Compiled, value: str = "", unit: str = "", wrong: str = "") -> Question:
    """A finding as a field of the form."""
    finding: Finding | None = compiled.knowledge.findings.get(about)
    ask, how = question(about, compiled)
    kind = finding.type if finding else "yes-no"
    choices = tuple((choice, choice.replace("-", " ")) for choice in finding.choices) if finding else ()
    return Question(about, ask, _why(about, answer), how, kind, finding.unit if finding else "", choices, value, unit, wrong)


def _why(about: str, answer: Assessment) -> str:
    """Why a question is put: what it decides, or whose rules ask for it."""
    if about in AIM:
        return words().aim_why
    rows: list[CoverageAnswer] = [row for part in answer.parts for row in part.coverage if about in row.missing]
    names = list(dict.fromkeys(row.payer for row in sorted(rows, key=lambda row: not row.decides)))
    if not names:
        return ""
    more = len(names) - MOST_PAYERS_NAMED
    told = " and ".join(names[:MOST_PAYERS_NAMED]) if more <= 0 else f"{', '.join(names[:MOST_PAYERS_NAMED])} and {more} more"
    return f"The rules of {told} ask for it."
