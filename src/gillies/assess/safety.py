"""Warning signs first: which are present, most pressing first."""

from gillies.assess.answer import Ready, Urgent
from gillies.knowledge.compiled import UNTOLD, Compiled
from gillies.knowledge.schema import Procedure
from gillies.rules.nodes import Value

ORDER = {"call-emergency": 0, "same-day": 1, "soon": 2}
NOW = frozenset({"call-emergency", "same-day"})
"""What a sign asks for that cannot wait."""


def warning_signs(facts: dict[str, Value], compiled: Compiled) -> tuple[Urgent, ...]:
    """Every warning sign whose rule is met. What is unknown never rings."""
    facts = UNTOLD | facts
    candidates = dict.fromkeys(sign for finding in facts for sign in compiled.tables.signs_by_finding.get(finding, ()))
    ringing = [compiled.knowledge.warning_signs[key] for key in candidates if compiled.rule(f"{key}.when").is_met(facts)]
    ringing.sort(key=lambda sign: (ORDER[sign.act], sign.id))
    return tuple(Urgent(s.id, s.name, s.act, s.say, s.why.say, s.why.cites) for s in ringing)


def cannot_wait(urgent: tuple[Urgent, ...]) -> bool:
    """Whether one of the signs that ring asks to be seen to before all else."""
    return any(sign.act in NOW for sign in urgent)


def readiness(facts: dict[str, Value], procedures: list[Procedure], compiled: Compiled) -> tuple[Ready, ...]:
    """Who should wait or be assessed first, for the procedures in question."""
    notes = []
    asked = compiled.tables.readiness_by_finding
    for note in (compiled.knowledge.readiness[key] for key in dict.fromkeys(n for finding in facts for n in asked.get(finding, ()))):
        to = note.applies_to
        fits = [
            p for p in procedures
            if not (to.uses or to.procedures or to.areas) or p.id in to.procedures or p.area in to.areas or set(p.uses) & set(to.uses)
        ]  # fmt: skip
        if fits and compiled.rule(f"{note.id}.when").is_met(facts):
            notes.append(Ready(note.id, note.name, note.say, note.why.say, note.why.cites))
    return tuple(notes)
