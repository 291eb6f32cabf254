"""What to expect: options from least to most invasive, doing nothing included, and questions to take along."""

from functools import partial

from gillies.assess.answer import Ask, Option, Sentence
from gillies.assess.case import Case
from gillies.assess.parts import Need, is_allowed
from gillies.knowledge.compiled import Compiled
from gillies.knowledge.schema import Procedure, Risk, Said, Span
from gillies.tell import worst_first

LADDER = {"non-invasive": 0, "minimally-invasive": 1, "surgical": 2}
MOST_FITTING, MOST_OPTIONS = 4, 7
NOTHING = "doing-nothing"
NOT_NOW = "Not an option today: do first what the warning at the top says."
FOR_EVERYONE = (
    "Which board certified you, in what specialty, and where can I look it up?",
    "How many of these have you done in the past year, and how often did one need to be done again?",
    "What happens if I wait, or do nothing?",
    "Who looks after me if something goes wrong at night, and in which hospital may you admit me?",
)


def options_for(need: Need, case: Case, alarm: bool, compiled: Compiled) -> tuple[Option, ...]:
    """The ladder: doing nothing, then fitting procedures and what stands on either side of the best one. `alarm`: a sign rings that cannot wait."""
    known = compiled.knowledge.procedures
    chosen = list(need.procedures[:MOST_FITTING])
    for procedure in need.procedures[:1]:
        chosen += [*known[procedure].alternatives.less, *known[procedure].alternatives.more]
    allowed = [p for p in dict.fromkeys(chosen) if p in known and is_allowed(p, case, compiled)]
    ladder = sorted((known[p] for p in allowed[:MOST_OPTIONS]), key=lambda p: LADDER[p.invasiveness])
    return (nothing_of(known[need.procedures[0]] if need.procedures else None, alarm), *(compiled.once("option", p.id, partial(option_of, p)) for p in ladder))


def nothing_of(procedure: Procedure | None, alarm: bool) -> Option:
    """Doing nothing, as one of the options. `alarm`: a sign rings that cannot wait."""
    said = procedure.doing_nothing if procedure and procedure.doing_nothing and not alarm else None
    summary = NOT_NOW if alarm else said.say if said else "You can always wait, or leave things as they are. Ask what would happen if you did."
    return Option(NOTHING, "Doing nothing", "non-invasive", summary, None, None, (), None, (), said.cites if said else ())


def option_of(p: Procedure) -> Option:
    """A procedure as one of the options."""
    steps = tuple(_span(span) for span in (p.recovery.light, p.recovery.full) if span is not None)
    none: dict[str, Sentence] = {name: Sentence(why, p.summary.cites) for name, why in p.does_not_apply.items()}
    healing = (none["recovery"],) if "recovery" in none else steps
    anaesthesia, setting, lasts = (none.get(name) or _said(said) for name, said in (("anaesthesia", p.anaesthesia), ("setting", p.setting), ("lasts", p.lasts)))
    risks = tuple(_risk(risk) for risk in worst_first(p.risks))
    return Option(p.id, p.name, p.invasiveness, p.summary.say, anaesthesia, setting, healing, lasts, risks, (*p.summary.cites, *p.cites))


def _said(said: Said | None) -> Sentence | None:
    return Sentence(said.say, said.cites, said.unverified) if said else None


def _span(span: Span) -> Sentence:
    return Sentence(span.say, span.cites, span.unverified, days=span.days)


def _risk(risk: Risk) -> Sentence:
    rate = ""
    if risk.rate:
        within = f" within {risk.rate.within}" if risk.rate.within else ""
        rate = f"{risk.rate.count:g} in {risk.rate.of:,} people{within}"
    return Sentence(risk.say, risk.cites, risk.unverified, serious=risk.serious, rate=rate)


def questions(procedures: list[Procedure]) -> tuple[Ask, ...]:
    """Questions to take along: those fitted to the procedures, then those for everyone."""
    own = [question for procedure in procedures[:2] for question in procedure.questions]
    return tuple(Ask("provider", question) for question in dict.fromkeys([*own[:4], *FOR_EVERYONE]))
