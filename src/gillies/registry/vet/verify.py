"""What no record here can tell, and exactly where to verify it."""

from collections.abc import Iterable, Iterator

from gillies.assess.fit import Fit, suggested
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_hands import LookUp
from gillies.registry.vet.answer import Provider, VerifyAt
from gillies.registry.vet.evidence import Evidence
from gillies.registry.vet.facts import Question, license_states

OF_A_PERSON = (
    "Whether this person is board certified today, above all: ask which board, and look it up with that board.",
    "Whether the licence is valid today, and whether a state board has taken action: look both up with the state.",
    "How often and how well this person has done it: ask for their own numbers.",
    "Whether a specialty reported here was earned: nobody checks it.",
    "Whether the place is accredited, and whether this person may do it in a hospital: ask both.",
)
OF_A_FIRM = (
    "Who would do the operation. An organisation is not trained: ask for the name, and vet that person.",
    "Whether the place is accredited: look it up.",
)


def cannot_know(provider: Provider) -> tuple[str, ...]:
    """What no record here can tell."""
    return OF_A_FIRM if provider.kind == "organisation" else OF_A_PERSON


def boards_of(whole: Fit, evidence: Evidence, knowledge: Knowledge) -> list[str]:
    """Boards that certify in the pathways that fit. Where none fits: those of the pathways that the specialties suggest, and those that would fit."""
    hands = [one.hand for one in whole.each if one.hand]
    if hands:
        return list(dict.fromkeys(board for hand in hands for board in hand.boards))
    own = [pathway for one in evidence.held.taxonomies for pathway in suggested(one.code, knowledge).pathways[:1]]
    fitting = [hand.pathway for hand in knowledge.procedures[whole.procedure].hands if hand.fit in ("core", "fellowship")]
    return list(dict.fromkeys(board for pathway in (*own, *fitting) for board in knowledge.pathways[pathway].boards))


def verify_at(provider: Provider, evidence: Evidence, question: Question, boards: Iterable[str], knowledge: Knowledge) -> tuple[VerifyAt, ...]:
    """Every place to ask, in the order of what matters most."""
    states = list(dict.fromkeys(filter(None, (question.state, provider.state.upper(), *license_states(evidence)))))
    found: list[VerifyAt] = []
    if provider.kind != "organisation":
        found += _certificates(boards, knowledge)
        found += _licenses(provider, states, knowledge)
    if question.procedure.invasiveness == "surgical" or provider.kind == "organisation":
        found += _facilities(states, knowledge)
    found += [_from(look_up, "exclusion") for look_up in knowledge.look_ups.values() if look_up.kind == "exclusions"]
    found += [_from(look_up, "record") for look_up in knowledge.look_ups.values() if look_up.kind == "npi"]
    return tuple(found)


def _certificates(boards: Iterable[str], knowledge: Knowledge) -> Iterator[VerifyAt]:
    """Boards that share a look-up stand together: Certification Matters lists all 24 of the ABMS."""
    by_url: dict[str, list[str]] = {}
    for board in boards:
        by_url.setdefault(knowledge.boards[board].verify.url, []).append(board)
    for url, ids in by_url.items():
        held = [knowledge.boards[board] for board in ids]
        cites = tuple(dict.fromkeys(cite for board in held for cite in board.verify.cites))
        yield VerifyAt("certificate", ", ".join(board.name for board in held), url, "", held[0].verify.say, cites)


def _licenses(provider: Provider, states: list[str], knowledge: Knowledge) -> Iterator[VerifyAt]:
    places = [f"us-{state.lower()}" for state in states]
    of_states = [held for place in places for held in knowledge.look_ups.values() if held.kind == "license" and held.place == place]
    national = [held for held in knowledge.look_ups.values() if held.kind == "license" and held.place == "us"]
    for held in (*of_states, *national):
        if _knows(held, provider):
            yield _from(held, "license")
    if not set(provider.professions) & {"physician", "dentist", "nurse", "physician-assistant"} and provider.professions:
        yield VerifyAt("license", "The state's licensing board for this profession", "", "", "We have no address on file for it: ask the state.", ())


def _knows(held: LookUp, provider: Provider) -> bool:
    """Whether a look-up is for such people; everybody where the profession is not known."""
    letters = {"DO" if "DO" in provider.credentials.upper().replace(".", "").replace(",", " ").split() else "MD"} if provider.credentials else set()
    fits = not provider.professions or not held.professions or set(held.professions) & set(provider.professions)
    return bool(fits) and (not held.letters or not letters or bool(letters & set(held.letters)))


def _facilities(states: list[str], knowledge: Knowledge) -> Iterator[VerifyAt]:
    own = [held for state in states for held in knowledge.facilities.values() if held.id.startswith(f"us-{state.lower()}-")]
    national = [held for held in knowledge.facilities.values() if held.place == "us" and not held.id.startswith("us-")]
    for held in (*own, *national):
        yield VerifyAt("place", held.name, held.verify.url, "", held.verify.say, held.verify.cites)


def _from(held: LookUp, what: str) -> VerifyAt:
    return VerifyAt(what, held.name, held.url, held.search, held.say, held.cites)  # type: ignore[arg-type]  # one of five words
