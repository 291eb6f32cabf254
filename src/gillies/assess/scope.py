"""Ours or not: what is declined, kindly, with where to turn."""

from gillies.assess.case import Case
from gillies.assess.parts import Need
from gillies.knowledge.compiled import Compiled

UNKNOWN_TOPIC = (
    "Nothing here is about changing or restoring a face or body by surgery or skin treatment, as far as this tool can read. "
    "If it is a health question, your family doctor or a nurse line is a good first stop. If it is ours after all, say it in other words."
)


def decline(case: Case, needs: list[Need], compiled: Compiled) -> str | None:
    """Why it is not ours and where to turn; None when it is ours."""
    neighbours = [compiled.knowledge.elsewhere[m.id] for m in case.elsewhere]
    for neighbour in neighbours:
        if neighbour.always:
            return neighbour.turn
    wished = any(need.wishes for need in needs)
    if needs and (wished or not neighbours):
        return None
    if neighbours:
        return neighbours[0].turn
    return UNKNOWN_TOPIC if not needs else None
