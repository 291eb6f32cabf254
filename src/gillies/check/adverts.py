"""What an advert claims that misleads, or that a rule forbids: (text read, lexicon, place) -> statements. Pure; the same text gives the same findings.

What is denied, asked, warned of or only quoted is left alone. Where a procedure is named whose record can tell, the record answers, and
may say that the claim is right. A claim that only some places forbid is counted as a breach where the place is told, else shown as open.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import msgspec

from gillies.check.adverts_held import AdvertLexicon, ClaimHeld, RuleHeld
from gillies.check.answer import Advert, AdvertRule, Statement
from gillies.check.derive import HARMS
from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon
from gillies.check.read import Cue, Piece, Sentence
from gillies.check.say import place as place_name
from gillies.knowledge.schema_adverts import Facet
from gillies.knowledge.schema_statements import Verdict
from gillies.reading.find import complete, hits

FRAMES: dict[Facet, tuple[tuple[str, bool, tuple[str, ...]], ...]] = {
    "invasiveness": (("invasive", True, ("supported",)),),
    "surgery": (("surgery", True, ("supported",)),),
    "downtime": (("recovery", False, ("contradicted",)),),
    "work": (("recovery", False, ("contradicted", "misleading")),),
    "permanence": (("permanent", False, ("supported",)),),
    "scars": (("scar", True, ("supported",)),),
    "risk": (("danger", True, ("supported",)),),
    "anaesthesia": (("anaesthesia", True, ("supported",)), ("numbed", True, ("supported",)), ("asleep", True, ("supported",))),
}
"""What a claim speaks of -> the derived frames (derive.py) of a procedure that can answer, whether the claim is their denial, and the verdicts on
them that make the claim right."""
HEDGED_KINDS = frozenset(("permanence", "scars", "risk", "safety", "comfort", "downtime", "outcome", "ease"))
"""Kinds of which a careful "may" or "often" makes a fair statement."""
HEDGES = frozenset(("may", "might", "could", "aim", "aims", "hope", "try", "meant"))
NOT_YET = frozenset("guarantee guaranteed promise promised exist exists possible true expect realistic certain mean appropriate allowed".split())
"""What a "not" behind a claim must bear on to deny it ("a perfect result cannot be promised")."""
NEAR = 5
"""How many words a "no" before a claim reaches."""
LISTED = 4
"""Words of a part between commas that can be one of a list ("not quick, easy or painless"): a "not" before the list reaches it."""
PERSONAL = frozenset(("dr", "he", "she", "i", "my", "our", "his", "her", "we"))
"""Words by which a sentence speaks of one person or clinic."""
BELIEFS = ("think", "believe", "feel", "hope")
SNIPPET = 60
"""A text of so few words is taken for a piece of an advert if it reads like one."""
OPENING, CLOSING = "\"'“‘«", "\"'”’»"


class Found(msgspec.Struct, frozen=True, gc=False):
    """A claim in a sentence: its words, and those of them that its pattern took, piece by piece."""

    claim: ClaimHeld
    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """The first word."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """The word behind the last."""
        return self.pieces[-1][1]

    def holds(self, at: int) -> bool:
        """Whether a word is one that the pattern took."""
        return any(start <= at < end for start, end in self.pieces)

    def looseness(self) -> int:
        """How many words lie between its own, less these."""
        return self.end - self.start - 2 * sum(end - start for start, end in self.pieces)


class Scan(msgspec.Struct, frozen=True, gc=False):
    """What the phrases found in a sentence."""

    claims: tuple[Found, ...]
    unless: frozenset[str]
    context: frozenset[str]


class Reading(msgspec.Struct, frozen=True):
    """What a text claims as an advert does: the statements; the stretches where such words stand without being claimed; sentences that name the
    board of one person, which say nothing of others."""

    statements: list[Statement]
    unsaid: list[tuple[int, int]]
    of_one: list[tuple[int, int]]


def adverts(text: str, listed: list[Sentence], lexicon: CheckLexicon, place: str = "") -> Reading:
    """What the sentences of a text claim that misleads or that a rule of the place (of any place, if none is told) forbids."""
    held = lexicon.adverts
    scans = _scans(listed, held)
    reading = Reading([], [], [])
    if not any(scan is not NOTHING for scan in scans):
        return reading
    voice = _voice(listed, scans, held)
    set_right = frozenset().union(*[scan.unless for scan in scans])
    subjects = _Subjects(listed, lexicon)
    warned, told = False, set[str]()
    for number, (sentence, scan) in enumerate(zip(listed, scans, strict=True)):
        if scan is NOTHING and not warned:
            continue
        end_before = listed[number - 1].end if number else 0
        is_warned = "warned" in scan.context or (warned and "\n" in text[end_before : sentence.start])
        warned = is_warned and (warned or text[sentence.end : sentence.end + 2].lstrip().startswith(":"))
        if "board-unnamed" in scan.unless and not PERSONAL.isdisjoint([word[0] for word in sentence.words]):
            reading.of_one.append((sentence.start, sentence.end))
        if is_warned or _asks(sentence, held):
            reading.unsaid.extend(_span(found, sentence) for found in scan.claims if found.claim.when != "place")
        else:
            for found in _apart(scan.claims):
                claim = found.claim
                if _is_question(found, sentence, held) or _is_denied(found, sentence) or _is_quoted(found, sentence, text):
                    reading.unsaid.extend((_span(found, sentence),) if claim.when != "place" else ())
                elif claim.id not in set_right and claim.when in voice and claim.id not in told:
                    statement = _statement(found, sentence, text, _named(sentence, found.start, lexicon) or subjects.before(number), lexicon, place)
                    reading.statements.extend((statement,) if statement else ())
                    told.update((claim.id,) if statement and claim.when == "place" and not place else ())
    if "place" in voice:
        reading.statements.extend(_silence(text, listed, lexicon, place))
    return reading


class _Subjects:
    """Which procedure a text named last before a sentence; the first it names at all, where none was. It is asked for in order."""

    def __init__(self, listed: list[Sentence], lexicon: CheckLexicon) -> None:
        self.listed, self.lexicon = listed, lexicon
        self.seen, self.name = 0, ""

    def before(self, number: int) -> str:
        """Its term; "" where the text names none."""
        if not self.name and not self.seen:
            self.name = next((name for sentence in self.listed if (name := _named(sentence, 0, self.lexicon))), "")
        passed = reversed(self.listed[self.seen : number])
        self.name = next((name for sentence in passed if (name := _named(sentence, len(sentence.words), self.lexicon))), self.name)
        self.seen = max(self.seen, number)
        return self.name


SILENCE = "no-word-of-risk"
RISKS = frozenset(("danger", *HARMS))
"""Terms that speak of what can go wrong."""


def _silence(text: str, listed: list[Sentence], lexicon: CheckLexicon, place: str) -> Iterator[Statement]:
    """That a text of some length sells a procedure and says nothing of what can go wrong, told where the procedure is first named."""
    if sum(len(sentence.words) for sentence in listed) <= SNIPPET or any(name in RISKS for s in listed for said in s.said for name, _ in said.terms):
        return
    for sentence in listed:
        for said in sentence.said:
            if any(f"{name}.danger" in lexicon.by_id for name, _ in said.terms):
                found = Found(lexicon.adverts.claims[SILENCE], ((said.start, said.end),))
                statement = _statement(found, sentence, text, "", lexicon, place)
                if statement:
                    yield statement
                return


def _voice(listed: list[Sentence], scans: list[Scan], held: AdvertLexicon) -> frozenset[str]:
    """Which claims can be made: those that mislead wherever they stand; all where somebody speaks for their own work (they say we and our, or
    invite to book). Where a doctor is named or says I, and in a text so short that it may be a piece of an advert, praise counts too."""
    words = {word[0] for sentence in listed for word in sentence.words}
    if any("sells" in scan.context for scan in scans) or not held.sellers.isdisjoint(words):
        return frozenset(("always", "selling", "place"))
    may_sell = sum(len(sentence.words) for sentence in listed) <= SNIPPET or not {"dr", "i"}.isdisjoint(words)
    return frozenset(("always", "selling")) if may_sell else frozenset(("always",))


def _span(found: Found, sentence: Sentence) -> tuple[int, int]:
    return sentence.spots[found.start][0], sentence.spots[found.end - 1][1]


def _scans(listed: list[Sentence], held: AdvertLexicon) -> list[Scan]:
    """What the phrases find in each sentence, looked for in all of them at once."""
    rows = ["".join([word[6] for word in sentence.words]) for sentence in listed]
    starts = list(accumulate([len(row) + 1 for row in rows], initial=0))
    matches: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, run in held.patterns.matcher.find_overlapping("\n".join(rows)):
        number = bisect_right(starts, start) - 1
        matches.setdefault(number, []).append((start - starts[number], end - starts[number], run))
    return [_scan(sentence, matches[number], held) if number in matches else NOTHING for number, sentence in enumerate(listed)]


def _scan(sentence: Sentence, matches: list[tuple[int, int, int]], held: AdvertLexicon) -> Scan:
    """The claims and contexts whose patterns are complete in a sentence."""
    found = hits(matches, held.patterns)
    if not found.found:
        return NOTHING
    content = [n for n, word in enumerate(sentence.words) if word[2]]
    claims, unless, context = [], set(), set()
    for concept, pieces in complete(found, held.patterns, content, [0] * len(content)):
        if concept.kind == "claim":
            if _hangs_together(pieces, sentence):
                claims.append(Found(held.claims[concept.id], pieces))
        elif concept.kind == "unless":
            unless.add(concept.id)
        else:
            context.add(concept.id)
    return Scan(tuple(claims), frozenset(unless), frozenset(context)) if claims or unless or context else NOTHING


def _hangs_together(pieces: tuple[Piece, ...], sentence: Sentence) -> bool:
    """Whether all pieces stand in one thought."""
    return len({sentence.thought[at] for start, end in pieces for at in (start, end - 1)}) == 1


NOTHING = Scan((), frozenset(), frozenset())


def _apart(claims: tuple[Found, ...]) -> list[Found]:
    """The fullest claim of each stretch, in order; one that misleads goes before one that only a place forbids."""
    if len(claims) < 2:
        return list(claims)
    kept: list[Found] = []
    taken: set[int] = set()
    for found in sorted(claims, key=lambda f: (f.claim.when == "place", f.looseness(), f.start, f.claim.id)):
        own = range(found.start, found.end)
        if taken.isdisjoint(own):
            taken.update(own)
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def _asks(sentence: Sentence, held: AdvertLexicon) -> bool:
    """Whether a sentence tells the reader what to ask or watch for, or tells a myth: it claims nothing, and neither does a belief."""
    first = [word[0] for word in sentence.words[:2]]
    if first[0] in held.asks or (first[0] == "i" and first[-1] in BELIEFS):
        return True
    return sentence.opens_with("myth")


def _is_question(found: Found, sentence: Sentence, held: AdvertLexicon) -> bool:
    """Whether a claim is asked and not made. What stands before a mere "so why wait?" is made."""
    if sentence.ending != "?":
        return False
    return sentence.part[found.start] == sentence.part[-1] or sentence.words[0][0] in held.questions


def _is_denied(found: Found, sentence: Sentence) -> bool:
    """Whether the sentence denies the claim, or makes it with care."""
    thought, part = sentence.thought[found.start], sentence.part[found.start]
    for cue in sentence.cues:
        if found.holds(cue.start) or sentence.thought[cue.start] != thought:
            continue
        if "negation-near" in cue.kinds and cue.start < found.start and sentence.part[cue.start] == part:
            between = [word[0] for word in sentence.words[cue.end : found.start]]
            if len(between) <= NEAR and not {"and", "with"} & set(between):
                return True
        if "either-way" in cue.kinds and cue.start <= found.start:
            return True
        behind = [word[0] for word in sentence.words[cue.end : cue.end + 3]]
        reaches = cue.start < found.end and (sentence.part[cue.start] == part or sentence.part.count(part) <= LISTED)
        if ("negation" in cue.kinds or "not-all" in cue.kinds) and (reaches or not NOT_YET.isdisjoint(behind)):
            return True
        if found.claim.kind in HEDGED_KINDS and cue.start < found.end and sentence.part[cue.start] == part and _hedges(cue):
            return True
    if found.claim.kind not in HEDGED_KINDS:
        return False
    return any(sentence.words[i][0] in HEDGES and sentence.thought[i] == thought and not found.holds(i) for i in range(found.end))


def _hedges(cue: Cue) -> bool:
    return "some" in cue.kinds or "most" in cue.kinds or "belief" in cue.kinds


def _is_quoted(found: Found, sentence: Sentence, text: str) -> bool:
    """Whether just these words stand in quotation marks: they are spoken of, not said."""
    start, end = _span(found, sentence)
    return text[max(start - 1, 0) : start] in tuple(OPENING) and text[end : end + 2].lstrip(".,")[:1] in tuple(CLOSING)


def _named(sentence: Sentence, near: int, lexicon: CheckLexicon) -> str:
    """The procedure that a sentence names nearest to a word, "" for none."""
    named = [(abs(said.start - near), name) for said in sentence.said for name, sign in said.terms if sign > 0 and name in lexicon.adverts.procedures]
    return min(named, default=(0, ""))[1]


def _statement(found: Found, sentence: Sentence, text: str, procedure: str, lexicon: CheckLexicon, place: str) -> Statement | None:
    claim = found.claim
    fact, is_right = _fact(claim.by, procedure, lexicon)
    if is_right or (claim.only_by_record and fact is None):
        return None
    rules = lexicon.adverts.rules_by_claim[claim.id]
    biting = tuple([rule for rule in rules if bites(rule, place)]) if place else rules
    given: Verdict = claim.verdict
    if claim.when == "place":
        if place and not any(binds(rule, place) for rule in biting):
            return None
        given = "misleading" if place else "unverifiable"
    start, end = _span(found, sentence)
    why, cites = (fact.why, fact.cites) if fact else (claim.why, claim.cites)
    fairer = f"Say it as it is: “{fact.why}”" if fact else claim.fairer
    shown = tuple([AdvertRule(rule.place, rule.law, rule.level, rule.say, rule.cites) for rule in biting])
    basis = "law" if claim.when == "place" else "evidence"
    return Statement(
        text[start:end], (start, end), claim.name, given, _why(claim, why, biting, place), cites, f"advert.{claim.id}", basis,
        place if claim.when == "place" else "", advert=Advert(claim.kind, fairer, shown),
    )  # fmt: skip


def _why(claim: ClaimHeld, why: str, biting: tuple[RuleHeld, ...], place: str) -> str:
    """Why, and, where no place was told, in which of them there are rules."""
    if not biting or place:
        return why
    listed = _listed(tuple([rule.place for rule in biting]))
    if claim.when == "place":
        return f"{why} It depends on the place: there are rules on it in {listed}."
    return f"{why} Rules on it: {listed}."


@cache
def _listed(places: tuple[str, ...]) -> str:
    """The names of places, each once, as one reads them out."""
    names = list(dict.fromkeys(map(place_name, places)))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _fact(facet: Facet, procedure: str, lexicon: CheckLexicon) -> tuple[Held | None, bool]:
    """What a procedure's own record says of a claim: the frame that answers, and whether it finds the claim right."""
    for name, is_denial, right in FRAMES.get(facet, ()) if procedure else ():
        at = lexicon.by_id.get(f"{procedure}.{name}")
        if at is not None:
            frame = lexicon.held[at]
            return frame, (frame.denied if is_denial else frame.verdict) in right
    if facet == "scars" and procedure:  # no scar among its known risks: right of what stays outside the skin
        at = lexicon.by_id.get(f"{procedure}.invasive")
        return None, at is not None and lexicon.held[at].verdict == "contradicted"
    return None, False


def binds(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is in force in all of a place: its own, or its country's."""
    return place == rule.place or place.startswith(f"{rule.place}-")


def bites(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is to be shown for a place: any, when none is told; else those of the place, its country and its parts."""
    return not place or binds(rule, place) or rule.place.startswith(f"{place}-")


def with_adverts(statements: list[Statement], reading: Reading) -> list[Statement]:
    """The statements of a text and what it claims as an advert does, as one list, in order.

    A statement that was found wanting keeps its verdict, which is the more exact one, and takes over the rules of the claim it is about. One
    that rests on words which the text denies, asks or warns of is dropped, and so is one on all doctors where the text speaks of one.
    """
    unsaid, of_one = Stretches(reading.unsaid), Stretches(reading.of_one)
    claims = Stretches([claim.span for claim in reading.statements])
    joined: list[Statement] = []
    absorbed: set[int] = set()
    for one in statements:
        is_wanting = one.verdict in WANTING
        if is_wanting and (unsaid.crossing(one.span) or (one.verdict == "misleading" and of_one.crossing(one.span))):
            continue
        about = [n for n in claims.crossing(one.span) if reading.statements[n].basis == "evidence" and n not in absorbed]
        if about and is_wanting:
            best = next((n for n in about if set(reading.statements[n].cites) & set(one.cites)), about[0])
            absorbed.add(best)
            one = msgspec.structs.replace(one, advert=reading.statements[best].advert)  # the same statement, with its rules
        absorbed.update(n for n in about if _vouches(one, reading.statements[n]))
        joined.append(one)
    joined += [claim for n, claim in enumerate(reading.statements) if n not in absorbed]
    return sorted(joined, key=lambda statement: (statement.span[0], statement.advert is not None, statement.span[1]))


def _vouches(one: Statement, claim: Statement) -> bool:
    """Whether a record of its own says that something lasts, of which the procedure's record says nothing."""
    return one.verdict == "supported" and "." not in one.frame and claim.advert is not None and claim.advert.kind == "permanence"


WANTING = ("misleading", "contradicted", "disputed")
BLOCK = 400
"""Characters of a text that are looked at together."""


class Stretches:
    """Stretches of a text, filed by block, so that those which cross another one are found without a look at all."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = spans
        self.filed: dict[int, list[int]] = {}
        for n, (start, end) in enumerate(spans):
            for block in range(start // BLOCK, end // BLOCK + 1):
                self.filed.setdefault(block, []).append(n)

    def crossing(self, span: tuple[int, int]) -> list[int]:
        """The numbers of those that share a character with a stretch, in order."""
        blocks = range(span[0] // BLOCK, span[1] // BLOCK + 1)
        near = dict.fromkeys(n for block in blocks for n in self.filed.get(block, ()))
        return [n for n in near if self.spans[n][0] < span[1] and span[0] < self.spans[n][1]]
