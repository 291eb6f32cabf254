"""Whose hands: the training pathways that fit, how firmly, and what no public record can tell."""

from typing import TYPE_CHECKING

from gillies.assess.answer import HandFit
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Hand, Procedure

if TYPE_CHECKING:  # brings the rules, which a vet does without
    from gillies.knowledge.compiled import Compiled

CANNOT_KNOW = (
    "Whether a named doctor is board certified now: ask which board, and look it up with that board.",
    "How often and how well a named person has done this operation: ask for their own numbers.",
    "Whether a specialty in the national provider registry (NPPES) is earned: doctors report it themselves.",
)
FIRMNESS = {"core": 0, "fellowship": 1, "related": 2, "outside": 3}


def hands_for(procedures: list[Procedure], compiled: "Compiled") -> tuple[HandFit, ...]:
    """Pathways for the best fitting procedure of a part that names any, most firmly trained first."""
    first = next((procedure for procedure in procedures if procedure.hands), None)
    if first is None:
        return ()
    in_order = sorted(first.hands, key=lambda hand: FIRMNESS[hand.fit])
    return compiled.once("hands", first.id, lambda: tuple(told(hand, first, compiled.knowledge) for hand in in_order))


def told(hand: Hand, procedure: Procedure, knowledge: Knowledge) -> HandFit:
    """A pathway as an answer tells it: with its years and boards, and the operations of this kind that its accreditor wants logged."""
    pathway = knowledge.pathways[hand.pathway]
    boards = tuple(pathway.boards)
    names = ", ".join(knowledge.boards[board].short for board in boards)
    minimums = [minimum for minimum in pathway.minimums if procedure.id in minimum.procedures]
    cites = (*hand.cites, *(cite for minimum in minimums for cite in minimum.cites))
    logged = " ".join(minimum.say for minimum in minimums)
    return HandFit(hand.pathway, pathway.name, pathway.years, boards, names, procedure.id, hand.fit, hand.why, cites, logged)
