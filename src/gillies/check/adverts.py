"""What an advert claims that misleads, or that a rule forbids: (text read, lexicon, place) -> statements. Pure; the same text gives the same findings.

What is denied, asked, warned of or only quoted is left alone. Where a procedure is named whose record can tell, the record answers, and
may say that the claim is right. A claim that only some places forbid is counted as a breach where the place is told, else shown as open.
"""

import msgspec

from gillies.check.adverts_held import AdvertLexicon, ClaimHeld, RuleHeld
from gillies.check.answer import Advert, AdvertRule, Statement
from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon
from gillies.check.read import Cue, Sentence
from gillies.check.say import place as place_name
from gillies.knowledge.schema_adverts import Facet
from gillies.knowledge.schema_statements import Verdict
from gillies.phrases.words import Word
from gillies.reading.find import Hits, Words, complete

FRAMES: dict[Facet, tuple[tuple[str, bool], ...]] = {
    "invasiveness": (("invasive", True),), "downtime": (("recovery", True),), "permanence": (("permanent", False),), "scars": (("scar", True),),
    "risk": (("danger", True),), "anaesthesia": (("anaesthesia", True), ("numbed", True), ("asleep", True)),
}  # fmt: skip
"""What a claim speaks of -> the derived frames (derive.py) of a procedure that can answer, and whether the claim is their denial."""
HEDGED_KINDS = frozenset(("permanence", "scars", "risk", "safety", "comfort", "downtime", "outcome", "ease"))
"""Kinds of which a careful "may" or "often" makes a fair statement."""
HEDGES = frozenset(("may", "might", "could", "aim", "aims", "hope", "try"))
NOT_YET = frozenset("guarantee guaranteed promise promised exist exists possible true expect realistic certain mean appropriate allowed".split())
"""What a "not" behind a claim must bear on to deny it ("a perfect result cannot be promised")."""
NEAR = 5
"""How many words a "no" before a claim reaches."""
SNIPPET = 60
"""A text of so few words is taken for a piece of an advert if it reads like one."""
NO_WORDS = [Word("", "", 0, 0)]
OPENING, CLOSING = "\"'“‘«", "\"'”’»"


class Found(msgspec.Struct, frozen=True, gc=False):
    """A claim in a sentence: its words [start, end)."""

    claim: ClaimHeld
    start: int
    end: int


class Scan(msgspec.Struct, frozen=True, gc=False):
    """What the phrases found in a sentence."""

    claims: tuple[Found, ...]
    unless: frozenset[str]
    context: frozenset[str]


def adverts(text: str, listed: list[Sentence], lexicon: CheckLexicon, place: str = "") -> list[Statement]:
    """What the sentences of a text claim that misleads or that a rule of the place (of any place, if none is told) forbids."""
    held = lexicon.adverts
    scans = [_scan(sentence, held) for sentence in listed]
    if not any(scan.claims for scan in scans):
        return []
    set_right = frozenset().union(*[scan.unless for scan in scans])
    own_voice = _is_own_voice(listed, scans, held)
    selling = own_voice or sum(len(sentence.words) for sentence in listed) <= SNIPPET
    told: set[str] = set()
    statements: list[Statement] = []
    subject, is_listed_as_wrong, end_before = "", False, 0
    first = next((name for sentence in listed if (name := _named(sentence, 0, lexicon))), "")
    for sentence, scan in zip(listed, scans, strict=True):
        between = text[end_before : sentence.start]
        is_warned = "warned" in scan.context or (is_listed_as_wrong and "\n" in between)
        is_listed_as_wrong = is_warned and (is_listed_as_wrong or text[sentence.end : sentence.end + 2].lstrip().startswith(":"))
        if scan.claims and not is_warned and not _asks(sentence, held):
            for found in _apart(scan.claims):
                if found.claim.id in set_right or (found.claim.when == "selling" and not selling):
                    continue
                if found.claim.when == "place" and (not own_voice or found.claim.id in told):
                    continue
                if _is_denied(found, sentence) or _is_quoted(found, sentence, text):
                    continue
                statement = _statement(found, sentence, text, _named(sentence, found.start, lexicon) or subject or first, lexicon, place)
                if statement:
                    statements.append(statement)
                    told.update((found.claim.id,) if not place else ())
        subject, end_before = _named(sentence, len(sentence.words), lexicon) or subject, sentence.end
    return statements


def _scan(sentence: Sentence, held: AdvertLexicon) -> Scan:
    """The claims and contexts whose patterns are complete in a sentence."""
    letter = held.patterns.letter
    content = [n for n, word in enumerate(sentence.words) if word[2]]
    letters = [letter(sentence.words[n][1]) or "\0" for n in content]
    runs = held.patterns.matcher.find_overlapping("".join(letters))
    if not runs:
        return NOTHING
    hits = Hits([(held.patterns.run(run), (start, end)) for start, end, run in runs])
    claims, unless, context = [], set(), set()
    for concept, pieces in complete(hits, held.patterns, Words(NO_WORDS, [], [], frozenset(), content, letters, [], [0] * len(content))):
        if concept.kind == "claim":
            claims.append(Found(held.claims[concept.id], pieces[0][0], pieces[-1][1]))
        elif concept.kind == "unless":
            unless.add(concept.id)
        else:
            context.add(concept.id)
    return Scan(tuple(claims), frozenset(unless), frozenset(context))


NOTHING = Scan((), frozenset(), frozenset())


def _apart(claims: tuple[Found, ...]) -> list[Found]:
    """The longest claim of each stretch, in order; one that misleads goes before one that only a place forbids."""
    kept: list[Found] = []
    for found in sorted(claims, key=lambda f: (f.claim.when == "place", f.start - f.end, f.start, f.claim.id)):
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def _is_own_voice(listed: list[Sentence], scans: list[Scan], held: AdvertLexicon) -> bool:
    """Whether somebody speaks for their own work: they say we and our, or invite to book."""
    return any("sells" in scan.context for scan in scans) or any(not held.sellers.isdisjoint([word[0] for word in sentence.words]) for sentence in listed)


def _asks(sentence: Sentence, held: AdvertLexicon) -> bool:
    """Whether a sentence asks, or tells the reader what to watch for: it claims nothing."""
    return sentence.ending == "?" or sentence.words[0][0] in held.asks or any("myth" in cue.kinds and cue.start == 0 for cue in sentence.cues)


def _is_denied(found: Found, sentence: Sentence) -> bool:
    """Whether the sentence denies the claim, or makes it with care."""
    thought, part = sentence.thought[found.start], sentence.part[found.start]
    for cue in sentence.cues:
        if found.start <= cue.start < found.end or sentence.thought[cue.start] != thought:
            continue
        if "negation-near" in cue.kinds and cue.start < found.start and sentence.part[cue.start] == part:
            between = [word[0] for word in sentence.words[cue.end : found.start]]
            if len(between) <= NEAR and not {"and", "with"} & set(between):
                return True
        behind = [word[0] for word in sentence.words[cue.end : cue.end + 3]]
        if ("negation" in cue.kinds or "not-all" in cue.kinds) and (cue.start < found.start or not NOT_YET.isdisjoint(behind)):
            return True
        if found.claim.kind in HEDGED_KINDS and cue.start < found.start and sentence.part[cue.start] == part and _hedges(cue):
            return True
    before = [word[0] for i, word in enumerate(sentence.words[: found.start]) if sentence.thought[i] == thought]
    return found.claim.kind in HEDGED_KINDS and not HEDGES.isdisjoint(before)


def _hedges(cue: Cue) -> bool:
    return "some" in cue.kinds or "most" in cue.kinds or "belief" in cue.kinds


def _is_quoted(found: Found, sentence: Sentence, text: str) -> bool:
    """Whether just these words stand in quotation marks: they are spoken of, not said."""
    start, end = sentence.spots[found.start][0], sentence.spots[found.end - 1][1]
    return text[max(start - 1, 0) : start] in tuple(OPENING) and text[end : end + 2].lstrip(".,")[:1] in tuple(CLOSING)


def _named(sentence: Sentence, near: int, lexicon: CheckLexicon) -> str:
    """The procedure that a sentence names nearest to a word, "" for none."""
    named = [(abs(said.start - near), name) for said in sentence.said for name, sign in said.terms if sign > 0 and f"{name}.is" in lexicon.by_id]
    return min(named, default=(0, ""))[1]


def _statement(found: Found, sentence: Sentence, text: str, procedure: str, lexicon: CheckLexicon, place: str) -> Statement | None:
    claim = found.claim
    fact, is_right = _fact(claim.by, procedure, lexicon)
    if is_right or (claim.only_by_record and fact is None):
        return None
    rules = lexicon.adverts.rules_by_claim[claim.id]
    biting = tuple(rule for rule in rules if bites(rule, place))
    given: Verdict = claim.verdict
    if claim.when == "place":
        if place and not any(binds(rule, place) for rule in biting):
            return None
        given = "misleading" if place else "unverifiable"
    start, end = sentence.spots[found.start][0], sentence.spots[found.end - 1][1]
    why, cites = (fact.why, fact.cites) if fact else (claim.why, claim.cites)
    fairer = f"Say it as it is: “{fact.why}”" if fact else claim.fairer
    shown = tuple(AdvertRule(rule.place, rule.law, rule.level, rule.say, rule.cites) for rule in biting)
    basis = "law" if claim.when == "place" else "evidence"
    return Statement(
        text[start:end], (start, end), claim.name, given, _why(claim, why, biting, place), cites, f"advert.{claim.id}", basis,
        place if claim.when == "place" else "", advert=Advert(claim.kind, fairer, shown),
    )  # fmt: skip


def _why(claim: ClaimHeld, why: str, biting: tuple[RuleHeld, ...], place: str) -> str:
    """Why, and where a rule bites."""
    if not biting:
        return why
    names = list(dict.fromkeys(place_name(rule.place) for rule in biting))
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    if claim.when == "place" and not place:
        return f"{why} It depends on the place: there are rules on it in {listed}."
    return f"{why} Rules on it: {listed}."


def _fact(facet: Facet, procedure: str, lexicon: CheckLexicon) -> tuple[Held | None, bool]:
    """What a procedure's own record says of a claim: the frame that answers, and whether it finds the claim right."""
    for name, is_denial in FRAMES.get(facet, ()) if procedure else ():
        at = lexicon.by_id.get(f"{procedure}.{name}")
        if at is not None:
            frame = lexicon.held[at]
            return frame, (frame.denied if is_denial else frame.verdict) == "supported"
    if facet == "scars" and procedure and f"{procedure}.scar" not in lexicon.by_id:
        return None, f"{procedure}.surgery" in lexicon.by_id  # done without a cut, and no scar among its known risks
    return None, False


def binds(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is in force in all of a place: its own, or its country's."""
    return place == rule.place or place.startswith(f"{rule.place}-")


def bites(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is to be shown for a place: any, when none is told; else those of the place, its country and its parts."""
    return not place or binds(rule, place) or rule.place.startswith(f"{place}-")


def with_adverts(statements: list[Statement], found: list[Statement]) -> list[Statement]:
    """The statements of a text and the claims of an advert as one list, in order. A statement that was found wanting already keeps its verdict, which
    is the more exact one, and takes over the rules."""
    joined = list(statements)
    for claim in found:
        told = enumerate(joined) if claim.basis == "evidence" else ()
        at = next((i for i, other in told if other.verdict in WANTING and _overlap(other, claim)), None)
        if at is None:
            joined.append(claim)
        elif joined[at].advert is None:
            joined[at] = msgspec.structs.replace(joined[at], advert=claim.advert)
    return sorted(joined, key=lambda statement: (statement.span[0], statement.advert is not None, statement.span[1]))


WANTING = ("misleading", "contradicted", "disputed")


def _overlap(one: Statement, other: Statement) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]
