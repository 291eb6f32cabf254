"""How what a provider reported fits the procedure, specialty by specialty; and whether it fits what an advert says."""

from gillies.assess.fit import Fit, fit, suggested
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_hands import AdvertWord
from gillies.registry.vet.answer import Training
from gillies.registry.vet.evidence import Evidence
from gillies.registry.vet.facts import primary_first, told


def trainings(evidence: Evidence, procedure: str, knowledge: Knowledge) -> tuple[Fit, tuple[Training, ...]]:
    """The fit of all specialties reported together, and each with its slot, the deciding one first. An organisation is not trained: it has none."""
    reported = [] if evidence.is_firm else primary_first(evidence.held.taxonomies)
    whole = fit([one.code for one in reported], procedure, knowledge)
    by_code = {one.code: one for one in whole.each}
    listed = [
        Training(
            int(one.slot), one.primary == "Y", one.code, told(one.code, evidence, knowledge), by_code[one.code].fit, by_code[one.code] is whole.best,
            by_code[one.code].why, by_code[one.code].hand, by_code[one.code].limits, by_code[one.code].cites,
            suggested(one.code, knowledge).profession,
        )
        for place, one in enumerate(reported)
        if one.code not in [other.code for other in reported[:place]]
    ]  # fmt: skip
    return whole, tuple(sorted(listed, key=lambda one: not one.best))


def unreported(words: tuple[AdvertWord, ...], evidence: Evidence, knowledge: Knowledge) -> list[AdvertWord]:
    """Words of an advert for a field of which no specialty reported suggests the training. Where a code tells no field, nothing can be said."""
    tells = [suggested(one.code, knowledge) for one in evidence.held.taxonomies]
    if not any(one.tells_field for one in tells):
        return []
    have = {pathway for one in tells for pathway in one.pathways}
    return [word for word in words if word.pathways and not have & set(word.pathways)]
