"""The knowledge -> what the check reads with. Takes a few seconds and happens when the knowledge is packed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from math import log

import daachorse
import msgspec

from gillies.check.adverts_compile import compile_adverts
from gillies.check.claim import Claim, read_claim
from gillies.check.derive import derive
from gillies.check.derive_codes import OTHER_CODE, code_term
from gillies.check.find import SAID, SAID_NOT
from gillies.check.held import Held, Range
from gillies.check.lexicon import FEWEST_IN_CLAIM, LEAST_RECALL, OTHER_WRITTEN, CheckLexicon, Phrases, Ready, is_abbreviation, make_ready
from gillies.check.match import places
from gillies.check.read import sentences
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_hands import is_elsewhere
from gillies.knowledge.schema_statements import Statement
from gillies.phrases.patterns import PatternError, expand, parse_pattern
from gillies.phrases.words import SMALL, TOKEN, parts
from gillies.reading.compile import Builder, as_lexicon
from gillies.reading.lexicon import Concept, Lexicon, letters

TermValue = tuple[tuple[str, int], ...]
WRITTEN_SO = ("u.s.",)
"""Phrases whose stops belong to them; read.py keeps them whole."""
LAWS = ("us-law", "uk-law", "au-law", "ca-law")
"""What a statement on the law of one country is about."""
LIGHT = {"doctor": 0.5, "surgeon": 0.5, "patient": 0.5, "perform": 0.5, "specialist": 0.5}
"""Terms that name who or that something is done, and tell little of what is said."""
MOST_NAMES = 12
"""Runs that one name pattern of a procedure may stand for: more is a way to ask for it, not its name."""


def compile_check(knowledge: Knowledge) -> CheckLexicon:
    """All that a check needs, from the records."""
    terms, values = _phrases(_terms(knowledge), use_stems=True)
    cues, kinds = _phrases(_cues(knowledge), use_stems=False)
    bare = CheckLexicon(
        patterns=_patterns(knowledge), terms=terms, term_values=values, cues=cues,
        cue_kinds=[tuple(name for name, _ in value) for value in kinds], held=[], weights={}, parents=_parents(knowledge),
        entities=_things(knowledge), little=_little(knowledge), anchors={}, adverts=compile_adverts(knowledge),
    )  # fmt: skip
    known = {part for name in knowledge.terms for part in name.split("+")} | bare.entities.keys()
    held = [_held(record, read_claim(record.claim, bare), _place(record, bare), _unless(record, known, bare)) for record in knowledge.statements.values()]
    weights = _weights(held)
    derived = derive(knowledge, lambda say: set(read_claim(say, bare).terms))
    held += [frame for frame in (_defined(frame, bare) if frame.kind == "definition" else frame for frame in derived) if frame]
    return msgspec.structs.replace(bare, held=held, weights=weights, anchors=_anchors(held, weights, bare.entities))


def _place(record: Statement, bare: CheckLexicon) -> str:
    """Where a statement holds: as its record says, or its claim, or what it is about."""
    named = {place for sentence in sentences(record.claim, bare) for place in places(sentence) if not is_elsewhere(place)}
    named = {place for place in named if not any(other.startswith(f"{place}-") for other in named)}
    return record.place or (named.pop() if len(named) == 1 else next((about.partition("-law")[0] for about in record.about if about in LAWS), ""))


def _unless(record: Statement, known: Collection[str], bare: CheckLexicon) -> tuple[str, ...]:
    """What silences a statement, as sentences are read: terms as they are, any other word by what it is read as."""
    read = [(name,) if name.removeprefix("-") in known else tuple(_signed(*term) for term in read_claim(name, bare).terms) for name in record.unless]
    return tuple(dict.fromkeys(name for names in read for name in names))


def _signed(name: str, sign: int) -> str:
    """A term as `unless` names it, with a minus where a word says its opposite ("optional" is -must)."""
    return name if sign > 0 else f"-{name}"


def _held(record: Statement, claim: Claim, place: str, unless: tuple[str, ...]) -> Held:
    amount = Range(record.amount.unit, record.amount.least, record.amount.most) if record.amount else None
    sides = tuple((side.who, side.say, side.cites) for side in record.sides)
    return Held(
        record.id, record.claim, record.verdict, record.all, record.some, record.denied, record.why.say, record.why.cites, record.basis, place,
        amount, sides, claim.terms, claim.denials, claim.strength, record.relation, "statement", marks=claim.marks,
        unless=unless,
    )  # fmt: skip


def _defined(frame: Held, bare: CheckLexicon) -> Held | None:
    """A definition with the terms it is made of; None for one that says what a thing is not, which terms alone cannot tell."""
    claim = read_claim(frame.claim, bare)
    return None if claim.denials else msgspec.structs.replace(frame, terms=claim.terms)


def _weights(held: list[Held]) -> dict[str, float]:
    often = Counter(name for frame in held for name in {name for name, _ in frame.terms})
    return {name: log(1 + len(held) / count) * LIGHT.get(name, 1.0) for name, count in often.items()}


def _anchors(held: list[Held], weights: dict[str, float], entities: Collection[str]) -> dict[str, dict[str, list[int]]]:
    """Where each frame that its terms can carry is looked up: under two terms without which it cannot be meant, the rarer first, so that few are
    looked at."""
    ready = [make_ready(frame, weights, entities) for frame in held]
    often = Counter(name for frame in ready for name in frame.required)
    table: dict[str, dict[str, list[int]]] = {}
    for i, frame in enumerate(ready):
        if held[i].kind == "purpose" or (held[i].kind == "statement" and len(frame.signs) < FEWEST_IN_CLAIM):
            continue  # of one term alone a statement is made by its pattern only
        for first, second in _pairs(frame, often):
            table.setdefault(first, {}).setdefault(second, []).append(i)
    return table


def _pairs(frame: Ready, often: Counter[str]) -> Iterator[tuple[str, str]]:
    """Pairs of terms of which one at least stands wherever the frame is meant. It must find all that it requires. Else so many of its
    heaviest terms are taken that what is left could not carry it (LEAST_RECALL)."""
    first, *more = sorted(frame.required, key=lambda name: (often[name], name)) or [""]
    heaviest = sorted(frame.weights.items(), key=lambda pair: (-pair[1], pair[0]))
    if more:
        yield first, more[0]
    elif frame.options:
        yield from ((first, option) for option in sorted(frame.options[0]))
    elif first and not frame.total:  # a definition: two more of its terms must stand, so one at least that is not the lightest
        yield from ((first, name) for name, _ in heaviest[:-1] if name != first)
    else:
        left = frame.whole
        for name, weight in heaviest:
            if left < LEAST_RECALL * frame.whole:
                return
            if name != first:
                yield from ((first, name),) if first else ((name, other) for other, _ in heaviest if other != name) if frame.fewest > 1 else ((name, ""),)
                left -= weight
        if first:
            yield first, ""


def _phrases(named: Iterable[tuple[TermValue, str]], use_stems: bool) -> tuple[Phrases, list[TermValue]]:
    """(what it stands for, phrase) pairs -> one automaton; a phrase that two claim stands for both, in order."""
    rows: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for value, phrase in named:
        row = tuple(root if use_stems else raw for token in TOKEN.findall(phrase) if token[0].isalnum() for raw, root in _spelt(token))
        if phrase in WRITTEN_SO:
            row = (phrase,)
        if row:
            held = rows.setdefault(row, [])
            held += [item for item in value if item not in held]
    letter = letters(list(dict.fromkeys(word for row in rows for word in row)))
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(
        ["".join(letter[word] for word in row) for row in rows], daachorse.MATCH_KIND_LEFTMOST_LONGEST
    )  # fmt: skip
    return Phrases(automaton.serialize(), letter), [tuple(value) for value in rows.values()]


def _spelt(token: str) -> tuple[tuple[str, str], ...]:
    """The words of a token; an abbreviation keeps its last letter (ABLS is not "able")."""
    if is_abbreviation(token):
        return ((token.lower(), token.lower()),)
    return tuple([(raw, raw if root in SMALL else root) for raw, root in parts(token)])  # "cans" is not "can"


def _terms(knowledge: Knowledge) -> Iterator[tuple[TermValue, str]]:
    """Every (terms, phrase): of terms.yaml, then names of boards and procedures that it does not hold."""
    taken = set()
    for name, phrases in knowledge.terms.items():
        value = tuple((part.removeprefix("-"), -1 if part.startswith("-") else 1) for part in name.split("+"))
        for phrase in phrases:
            taken.add(phrase.lower())
            yield value, phrase
    yield from _code_terms(knowledge)
    for key, board in knowledge.boards.items():
        for name in (board.name, board.short):
            if name.lower() not in taken:
                yield ((key, 1),), name
    for key, procedure in knowledge.procedures.items():
        for name in dict.fromkeys((procedure.name.partition(" (")[0], *procedure.also_called, *_plain_names(procedure.says, knowledge))):
            if name.lower() not in taken and len(name) > 2:
                taken.add(name.lower())
                yield ((key, 1),), name


def _code_terms(knowledge: Knowledge) -> Iterator[tuple[TermValue, str]]:
    """Every NUCC code as a term of its own."""
    for code in knowledge.specialties:
        yield ((code_term(code), 1),), code.lower()
    yield ((OTHER_CODE, 1),), OTHER_WRITTEN


def _plain_names(says: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Ways to say a procedure that are one plain phrase."""
    for text in says:
        if set("[<~.") & set(text):
            continue
        try:
            pattern = parse_pattern(text)
            runs = expand(pattern.parts[0], knowledge.words)
        except PatternError:
            continue
        if len(pattern.parts) == 1 and len(runs) <= MOST_NAMES and "want" not in text and "my " not in text:
            yield text


def _cues(knowledge: Knowledge) -> Iterator[tuple[TermValue, str]]:
    for kind, phrases in knowledge.assertion.items():
        if kind != "little":
            yield from ((((kind, 1),), phrase) for phrase in phrases)
    for place, phrases in knowledge.jurisdictions.items():
        yield from ((((f"in {place}", 1),), phrase) for phrase in phrases)


def _parents(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """What a term is a kind of: forms of procedures, and the kind of care an operation for looks belongs to."""
    table = dict(knowledge.kinds)
    for key, procedure in knowledge.procedures.items():
        above = [procedure.form_of] if procedure.form_of else []
        if procedure.typical_intent == "cosmetic" and procedure.care.cosmetic in ("cosmetic-surgery", "cosmetic-dermatology"):
            above.append(procedure.care.cosmetic)
        elif procedure.typical_intent == "reconstructive":
            above.append("reconstructive-surgery")
        if above:
            table[key] = tuple(above)
    return table


def _little(knowledge: Knowledge) -> frozenset[str]:
    """Words, and their stems, that are no part of what is stated."""
    words = [*SMALL, *knowledge.assertion["little"]]
    return frozenset((*words, *(root for word in words for _, root in parts(word))))


THINGS: dict[str, tuple[str, ...]] = {
    "field": (
        "plastic-surgery", "cosmetic-surgery", "reconstructive-surgery", "cosmetic-dermatology", "dermatology", "ent", "facial-plastic-surgery",
        "oculoplastic-surgery", "ophthalmology", "oral-surgery", "hand-surgery", "general-surgery", "gynecology", "nurse", "nurse-practitioner",
        "physician-assistant", "esthetician", "dentist",
    ),
    "body": ("abms", "acgme", "asps", "baaps", "aad", "aacs", "fda", "cqc", "gmc"),
    "payer": ("nhs", "medicare", "whcra", "medicaid", "insurance"),
    "": ("med-spa", "specialist-register", "lymphoma", "bdd", "mohs"),
}  # fmt: skip
"""What statements are about, by class; procedures, boards and codes besides."""


def _things(knowledge: Knowledge) -> dict[str, str]:
    """Everything that statements are about -> its class: one of a class may stand where another does, and then it is another statement."""
    classes = {name: which for which, names in THINGS.items() for name in names}
    classes |= dict.fromkeys(knowledge.procedures, "procedure") | dict.fromkeys(knowledge.boards, "body")
    return classes | dict.fromkeys([*map(code_term, knowledge.specialties), OTHER_CODE], "code")


def _patterns(knowledge: Knowledge) -> Lexicon:
    """The statements' ways of being said, as the reader's kind of lexicon."""
    builder = Builder(knowledge.words)
    for key, record in knowledge.statements.items():
        for text in record.says:
            builder.add(Concept(SAID, key), text)
        for text in record.says_not:
            builder.add(Concept(SAID_NOT, key), text)
    return as_lexicon(builder)
