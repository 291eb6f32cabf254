"""One provider against one procedure, from evidence that was gathered: nothing here reads a file, a clock or the network."""

from datetime import date

import msgspec

from gillies.assess.answer import SourceOut
from gillies.assess.fit import Fit
from gillies.assess.titles import advertised, professions, title_rules
from gillies.knowledge.records import Knowledge
from gillies.registry.vet import verify
from gillies.registry.vet.answer import Advert, Caveat, Procedure, Theirs, Vet
from gillies.registry.vet.evidence import Evidence
from gillies.registry.vet.facts import Question, facts, primary_first, provider_of
from gillies.registry.vet.flags import flags
from gillies.registry.vet.trainings import trainings


def vet(evidence: Evidence, question: Question, knowledge: Knowledge, theirs: Theirs | None = None) -> Vet:
    """Puts everything together: what is on record, how it fits, what to look at, what no record can tell, where to verify it."""
    held = evidence.held.provider
    credentials = (held.credential if held else None) or ""
    who = professions(credentials, [one.code for one in primary_first(evidence.held.taxonomies)], knowledge)
    provider = provider_of(evidence, tuple(one.id for one in who))
    whole, listed = trainings(evidence, question.procedure.id, knowledge)
    boards = verify.boards_of(whole, evidence, knowledge)
    claimed = [one.known_as for one in theirs.certificates if one.known_as] if theirs else []
    advert = _advert(question, provider.state, credentials, tuple(dict.fromkeys((*boards, *claimed))), evidence, knowledge)
    told = Vet(
        stale=evidence.stale, as_of=question.on, asked=evidence.asked, provider=provider, procedure=Procedure(question.procedure.id, question.procedure.name),
        fits=whole.fit, why=_why(whole, evidence), flags=flags(evidence, question, provider, whole, advert, theirs, knowledge),
        on_record=facts(evidence, question, knowledge), fit=listed, unseen=whole.unseen, advert=advert, certificates=theirs,
        caveats=_caveats(evidence, knowledge), cannot_know=verify.cannot_know(provider),
        verify_at=verify.verify_at(provider, evidence, question, (*boards, *claimed), knowledge), sources={},
    )  # fmt: skip
    return _with_sources(told, knowledge, question.on)


def _why(whole: Fit, evidence: Evidence) -> str:
    if evidence.is_firm:
        return "An organisation is not trained. Ask who would do it, and vet that person."
    if whole.best is None or whole.best.hand is None:
        return whole.why
    return f"{whole.best.specialty[0].upper()}{whole.best.specialty[1:]}: {whole.why}"


def _advert(question: Question, practice: str, credentials: str, boards: tuple[str, ...], evidence: Evidence, knowledge: Knowledge) -> Advert | None:
    state = question.state or practice.upper()
    if not state or ((evidence.held.provider is None or evidence.is_firm) and not question.advert):
        return None
    who = professions(credentials, [one.code for one in evidence.held.taxonomies], knowledge)
    laws = title_rules(state, who, knowledge, question.on, text=question.advert, credentials=credentials, boards=boards)
    return Advert(state, question.advert, tuple(word.id for word in advertised(question.advert, knowledge)), laws)


def _caveats(evidence: Evidence, knowledge: Knowledge) -> tuple[Caveat, ...]:
    """What the files that were looked into cannot tell. (A firm has no school and no operations of its own.)"""
    looked = [kind for kind in knowledge.shelf_lives if kind in evidence.days and (kind in ("nppes", "leie") or not evidence.is_firm)]
    return tuple(Caveat(kind, one.say, one.cites) for kind in looked for one in knowledge.shelf_lives[kind].caveats)


def _with_sources(told: Vet, knowledge: Knowledge, on: date) -> Vet:
    cites = [cite for part in (told.flags, told.on_record, told.fit, told.caveats, told.verify_at) for one in part for cite in one.cites]
    cites += [cite for hand in told.unseen for cite in hand.cites] + [cite for law in (told.advert.laws if told.advert else ()) for cite in law.cites]
    keys = dict.fromkeys(cite.partition(" @ ")[0] for cite in cites)
    return msgspec.structs.replace(told, sources={key: SourceOut.of(knowledge.sources[key], on) for key in keys})
