"""Traces into sentences."""

from gillies.dates import DAYS_PER_MONTH
from gillies.knowledge.compiled import Compiled
from gillies.logic import MET, UNKNOWN
from gillies.rules.nodes import Compare, CompareTable
from gillies.rules.settle import NO_BLANKS, Blanks
from gillies.rules.trace import Trace

WORDS = {"at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}
OPPOSITE = {"at_least": "less than", "at_most": "more than", "more_than": "at most", "less_than": "at least"}


def criteria(trace: Trace, known: Blanks = NO_BLANKS) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plain-words lines of all criteria that are met, and of those that are not and matter, each once. A named group speaks for its own leaves."""
    met: dict[str, None] = {}
    unmet: dict[str, None] = {}
    _tell(trace, met, unmet, known)
    return tuple(met), tuple(unmet)


def _tell(trace: Trace, met: dict[str, None], unmet: dict[str, None], known: Blanks) -> None:
    truth = trace.truth
    if not trace.children or trace.node.say:
        if truth is not UNKNOWN:
            (met if truth is MET else unmet)[say(trace)] = None
    elif id(trace) not in known:
        for child in trace.children:
            if child.children or child.truth is not UNKNOWN:
                _tell(child, met, {} if truth is MET else unmet, known)


def say(trace: Trace) -> str:
    """A leaf's line, with the known number and its limit."""
    node = trace.node
    if isinstance(node, (Compare, CompareTable)):
        known = f"here {amount(trace.value, node.unit)}" if isinstance(trace.value, (int, float)) else ""
        limit = f"the table gives {amount(trace.limit, node.unit)}" if isinstance(node, CompareTable) and trace.limit is not None else ""
        extra = "; ".join(part for part in (known, limit) if part)
        return f"{node.say} ({extra})" if extra else node.say
    return node.say


def change(trace: Trace) -> str:
    """What would have to be otherwise for this leaf to turn."""
    node = trace.node
    if isinstance(node, (Compare, CompareTable)) and trace.limit is not None:
        instead = f" instead of {amount(trace.value, node.unit)}" if isinstance(trace.value, (int, float)) else ""
        words = OPPOSITE if trace.truth is MET else WORDS
        return f"{words[node.comparison]} {amount(trace.limit, node.unit)}{instead} ({node.say[0].lower()}{node.say[1:]})"
    if trace.truth is MET:
        return f"if this did not hold: {node.say[0].lower()}{node.say[1:]}"
    return node.say


def amount(value: float, unit: str) -> str:
    """A number with its unit as people say it: 0.92 months -> 4 weeks, 24 months -> 2 years, 3 grade -> 3."""
    if unit == "months":
        weeks = value * DAYS_PER_MONTH / 7
        if value < 3 and abs(weeks - round(weeks)) < 0.1 and round(value, 2) != int(value):
            return f"{round(weeks)} weeks"
        if value >= 24 and value % 12 == 0:
            return f"{value / 12:g} years"
    shown = "" if unit in ("count", "grade") else unit.removesuffix("s") if value == 1 and unit in ("months", "years", "degrees") else unit
    return f"{number(float(value))} {shown}".strip()


def number(value: float | None) -> str:
    """12.0 -> 12, 3.25 -> 3.25, 0.3333 -> 0.33."""
    if value is None:
        return "?"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def question(finding: str, compiled: Compiled) -> tuple[str, str]:
    """(question, how to find out) for a missing fact."""
    known = compiled.knowledge.findings.get(finding)
    if known:
        return known.question, known.how_to_find_out
    derived = compiled.knowledge.derived.get(finding)
    if derived:
        return derived.question, ""
    concern = compiled.knowledge.concerns.get(finding)
    return (f"Does this apply: {concern.name[0].lower()}{concern.name[1:]}?" if concern else finding), ""
