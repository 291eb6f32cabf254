"""What an advert claims that misleads, or that a rule forbids: (text read, lexicon, place) -> statements. Pure; the same text gives the same findings.

What is denied, asked, warned of or only quoted is left alone. Where a procedure is named whose record can tell, the record answers, and
may say that the claim is right. A claim that only some places forbid is counted as a breach where the place is told, else shown as open.
"""

from collections.abc import Iterable, Iterator, Set
from functools import cache

import msgspec

from gillies.check.adverts_found import NOTHING, Found, Scan
from gillies.check.adverts_held import AdvertLexicon, ClaimHeld, RuleHeld
from gillies.check.adverts_made import asks, is_made
from gillies.check.adverts_plain import TOLD_OF_MANY, tells_of_many
from gillies.check.adverts_records import TIMES, UNTOLD, Record, is_of_time, record_of
from gillies.check.adverts_scan import scanned
from gillies.check.answer import Advert, AdvertRule, Statement
from gillies.check.derive import HARMS
from gillies.check.judge import RULES
from gillies.check.lexicon import CheckLexicon
from gillies.check.say import place as place_name
from gillies.check.sentence import Piece, Sentence
from gillies.knowledge.schema_statements import Verdict

PERSONAL = frozenset(("dr", "he", "she", "i", "my", "our", "his", "her", "we"))
"""Words by which a sentence speaks of one person or clinic."""
OF_MANY = ("credential",)
"""Kinds that a plain sentence may state of doctors at large."""
TAKING_UP = frozenset(("this", "it", "these", "they"))
"""Words at the head of a sentence that speak of what the one before named."""
SNIPPET = 80
"""A text of so few words is taken for a piece of an advert if it reads like one."""
LONG_ENOUGH = 60
"""Behind so many words one may expect a word of risk."""
PASSAGE = 200
"""So is one of so few words that is about a treatment."""
YES, PLAINLY = frozenset(("yes", "absolutely", "definitely", "certainly")), frozenset("it they you can is are will does do of course".split())
"""Words of a plain yes, and those that may stand beside one."""
MAKES_SMALL, RISK_OF = ("risk-made-small", "risk-next-to-none"), 3
"""Claims that make a risk small, and how many words behind them say which ("low risk of burns")."""
SLIGHT, SLIGHT_WITHIN = frozenset(("mild", "minor", "slight", "temporary", "minimal")), 3
"""Words that make a harm slight, and how many words before it they are looked for."""
BESIDE = 1
"""How many sentences before or behind a claim can set it right."""


class Reading(msgspec.Struct, frozen=True):
    """What a text claims as an advert does: the statements; the stretches where such words stand without being claimed; sentences that name the
    board of one person, which say nothing of others; sentences that call something safe and tell what can go wrong."""

    statements: list[Statement]
    unsaid: list[tuple[int, int]]
    of_one: list[tuple[int, int]]
    balanced: list[tuple[int, int]]


def adverts(text: str, listed: list[Sentence], lexicon: CheckLexicon, place: str = "") -> Reading:
    """What the sentences of a text claim that misleads or that a rule of the place (of any place, if none is told) forbids."""
    held = lexicon.adverts
    scans = scanned(listed, held)
    reading = Reading([], [], [], [(sentence.start, sentence.end) for sentence in listed if _is_safe_but(sentence)])
    if not any(seen.claims or seen.context or seen.unless for seen in scans):
        return reading
    voice = _voice(listed, scans, held)
    set_right = frozenset().union(*[seen.unless for seen in scans])
    fulfilled = frozenset().union(*[seen.only_with for seen in scans])
    subjects = _Subjects(listed, lexicon)
    warned, told = False, set[str]()
    for at, (sentence, seen) in enumerate(zip(listed, scans, strict=True)):
        if seen is NOTHING and not warned:
            continue
        end_before = listed[at - 1].end if at else 0
        is_warned = "warned" in seen.context or (warned and "\n" in text[end_before : sentence.start])
        warned = is_warned and (warned or text[sentence.end : sentence.end + 2].lstrip().startswith(":"))
        if "board-unnamed" in seen.unless and not PERSONAL.isdisjoint([word[0] for word in sentence.words]):
            reading.of_one.append((sentence.start, sentence.end))
        if is_warned or asks(sentence, held):
            reading.unsaid.extend(found.span(sentence) for found in seen.claims if found.claim.when != "place")
        else:
            records = {one: record_of(one, subjects.nearest(one, at), lexicon) for one in seen.claims}
            standing = [one for one in seen.claims if _can_stand(one, records[one], at, listed, scans, fulfilled)]
            is_untrue = at + 1 < len(listed) and listed[at + 1].opens_with("untrue")
            timed = {one: is_of_time(one.claim) and records[one].fact is not None for one in standing}
            is_affirmed = at + 1 < len(listed) and _says_yes(sentence, listed[at + 1])
            made = [] if is_untrue else [one for one in standing if is_affirmed or is_made(one, sentence, text, seen.claims, held, timed[one])]
            for found in _apart([one for one in made if one.claim.by in TIMES or not records[one].is_right]):
                claim = found.claim
                if claim.id not in set_right and claim.id not in told and _is_claimed(claim, sentence, voice):
                    statement = _statement(found, sentence, text, records[found], lexicon, place)
                    reading.statements.extend((statement,) if statement else ())
                    told.update((claim.id,) if statement and claim.when == "place" and not place else ())
            reading.unsaid.extend(one.span(sentence) for one in _unmade(standing, made) if one.claim.when != "place")
    if "place" in voice:
        reading.statements.extend(_silence(text, listed, lexicon, place))
    return reading


def _says_yes(sentence: Sentence, answer: Sentence) -> bool:
    """Whether a sentence asks and the next one says a plain yes ("Can scars be removed for good? Yes.")."""
    if sentence.ending != "?":
        return False
    first = {word[0] for word, part in zip(answer.words, answer.part, strict=True) if part == answer.part[0]}
    return not first.isdisjoint(YES) and first <= YES | PLAINLY


def _can_stand(found: Found, record: Record, at: int, listed: list[Sentence], scans: list[Scan], fulfilled: frozenset[str]) -> bool:
    """Whether nothing but its own sentence can still set a claim aside: the words it needs are there, and so is the record that alone can tell."""
    claim = found.claim
    if (claim.only_with and claim.id not in fulfilled) or _is_balanced(found, at, listed, scans):
        return False
    return not claim.only_by_record or record.fact is not None


def _is_balanced(found: Found, at: int, listed: list[Sentence], scans: list[Scan]) -> bool:
    """Whether what can go wrong is told beside a claim which that sets right: in its sentence, outside its own words, or close before or behind. A
    harm whose risk is made small ("minimal risk of scarring") is not told."""
    if not found.claim.balanced:
        return False
    near = range(max(at - BESIDE, 0), min(at + BESIDE + 1, len(listed)))
    return any(_tells_harm(listed[i], [*_made_small(scans[i], listed[i]), *([(found.start, found.end)] if i == at else [])]) for i in near)


def _made_small(seen: Scan, sentence: Sentence) -> list[Piece]:
    """The words of a sentence that make a risk small, with the few behind an "of" that say which; what is told behind "such as" is told."""
    small = [one for one in seen.claims if one.claim.id in MAKES_SMALL]
    return [(one.start, one.end + RISK_OF * (sentence.words[min(one.end, len(sentence.words) - 1)][0] == "of")) for one in small]


def _tells_harm(sentence: Sentence, apart_from: Iterable[Piece] = ()) -> bool:
    """Whether a sentence names something that can go wrong and does not deny it."""
    told = [said.start for said in sentence.said if any(name in HARMS for name, _ in said.terms) and not _is_slight(said.start, sentence)]
    told = [at for at in told if not any(start <= at < end for start, end in apart_from)]
    denials = [cue.start for cue in sentence.cues if "negation-near" in cue.kinds or "negation" in cue.kinds]
    return any(not any(denial < at and sentence.part[denial] == sentence.part[at] for denial in denials) for at in told)


def _is_slight(at: int, sentence: Sentence) -> bool:
    """Whether a harm is told as a slight one ("mild pain and swelling"), which tells nothing of what can go wrong."""
    return not SLIGHT.isdisjoint([word[0] for word in sentence.words[max(0, at - SLIGHT_WITHIN) : at]])


def _is_safe_but(sentence: Sentence) -> bool:
    """Whether a sentence calls something safe and tells what can go wrong: by name, or behind a turn ("…, but side effects are possible")."""
    safe = next((said for said in sentence.said if any(name == SAFE for name, _ in said.terms)), None)
    if safe is None:
        return False
    turned = [said for said in sentence.said if ("danger", 1) in said.terms and sentence.thought[said.start] != sentence.thought[safe.start]]
    return bool(turned) or _tells_harm(sentence)


def _is_claimed(claim: ClaimHeld, sentence: Sentence, voice: frozenset[str]) -> bool:
    """Whether such words count here: a plain sentence where nobody speaks for their own work may speak of doctors at large."""
    if claim.when not in voice:
        return False
    if "place" in voice or not PERSONAL.isdisjoint([word[0] for word in sentence.words]):
        return True
    if claim.kind in TOLD_OF_MANY and tells_of_many(sentence):
        return False
    return not (sentence.ending == "." and claim.kind in OF_MANY and claim.when != "always" and tells_of_many(sentence))


class _Subjects:
    """Which procedure a text speaks of: of those it names, the last before a sentence, or the first of all where none was. Asked for in order."""

    def __init__(self, listed: list[Sentence], lexicon: CheckLexicon) -> None:
        self.listed, self.lexicon = listed, lexicon
        self.seen, self.name = 0, ""

    def nearest(self, found: Found, number: int) -> str:
        """The term of the one that a claim's own sentence names nearest to it, else of the one before; "" where the text names none."""
        sentence = self.listed[number]
        if sentence.words[0][0] in TAKING_UP and (named := self.before(number)):
            return named
        return _named(sentence, found.start, self.lexicon) or self.before(number)

    def before(self, number: int) -> str:
        """The same without the sentence itself."""
        if not self.name and not self.seen:
            self.name = next((name for sentence in self.listed if (name := _named(sentence, 0, self.lexicon))), "")
        passed = reversed(self.listed[self.seen : number])
        self.name = next((name for sentence in passed if (name := _named(sentence, len(sentence.words), self.lexicon))), self.name)
        self.seen = max(self.seen, number)
        return self.name


SAFE = "safe"
"""The term, and the end of the name of each procedure's frame, that something is safe."""
SILENCE, NO_TIME = "no-word-of-risk", "no-downtime"
RISKS = frozenset(("danger", *HARMS))
"""Terms that speak of what can go wrong."""


def _silence(text: str, listed: list[Sentence], lexicon: CheckLexicon, place: str) -> Iterator[Statement]:
    """That a text of some length sells a procedure and says nothing of what can go wrong, told where the procedure is first named."""
    if sum(len(sentence.words) for sentence in listed) <= LONG_ENOUGH or any(name in RISKS for s in listed for said in s.said for name, _ in said.terms):
        return
    for sentence in listed:
        for said in sentence.said:
            if any(f"{name}.danger" in lexicon.by_id for name, _ in said.terms):
                found = Found(lexicon.adverts.claims[SILENCE], ((said.start, said.end),))
                statement = _statement(found, sentence, text, UNTOLD, lexicon, place)
                if statement:
                    yield statement
                return


def _voice(listed: list[Sentence], scans: list[Scan], held: AdvertLexicon) -> frozenset[str]:
    """Which claims can be made: those that mislead wherever they stand; all where somebody speaks for their own work (they say we and our, or
    invite to book). Where a doctor is named or says I, and in a text so short that it may be a piece of an advert, praise counts too."""
    words = {word[0] for sentence in listed for word in sentence.words}
    if any("sells" in seen.context for seen in scans) or not held.sellers.isdisjoint(words):
        return frozenset(("always", "selling", "place"))
    length = sum(len(sentence.words) for sentence in listed)
    is_passage = length <= PASSAGE and any("sold" in seen.context for seen in scans)
    may_sell = length <= SNIPPET or is_passage or not {"dr", "i"}.isdisjoint(words)
    return frozenset(("always", "selling")) if may_sell else frozenset(("always",))


def _apart(claims: list[Found]) -> list[Found]:
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


def _unmade(claims: list[Found], made: list[Found]) -> list[Found]:
    """The fullest claims whose words stand in a sentence without being claimed, apart from all that is."""
    taken = {at for found in made for at in range(found.start, found.end)}
    return [found for found in _apart([one for one in claims if one not in made]) if taken.isdisjoint(range(found.start, found.end))]


def _named(sentence: Sentence, near: int, lexicon: CheckLexicon) -> str:
    """The procedure that a sentence names nearest to a word, "" for none."""
    named = [(abs(said.start - near), name) for said in sentence.said for name, sign in said.terms if sign > 0 and name in lexicon.adverts.procedures]
    return min(named, default=(0, ""))[1]


def _statement(found: Found, sentence: Sentence, text: str, record: Record, lexicon: CheckLexicon, place: str) -> Statement | None:
    claim, fact = found.claim, record.fact
    if record.is_right:
        return None
    rules = lexicon.adverts.rules_by_claim[claim.id]
    biting = tuple([rule for rule in rules if bites(rule, place)]) if place else rules
    given: Verdict = claim.verdict
    if claim.when == "place":
        if place and not any(binds(rule, place) for rule in biting):
            return None
        given = "misleading" if place else "unverifiable"
    start, end = found.span(sentence)
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


def binds(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is in force in all of a place: its own, or its country's."""
    return place == rule.place or place.startswith(f"{rule.place}-")


def bites(rule: RuleHeld, place: str) -> bool:
    """Whether a rule is to be shown for a place: any, when none is told; else those of the place, its country and its parts."""
    return not place or binds(rule, place) or rule.place.startswith(f"{place}-")


def with_adverts(statements: list[Statement], reading: Reading, denying: Set[Piece]) -> list[Statement]:
    """The statements of a text and what it claims as an advert does, as one list, in order.

    A statement that was found wanting keeps its verdict, which is the more exact one, and takes over the rules of the claim it is about. One
    that rests on words which the text denies, asks or warns of is dropped, unless it rests on a rule, which that does not undo, or the denial is
    what it states (`denying`: where such stand).
    So is one on all doctors where the text speaks of one, and that a procedure is called safe where what can go wrong is told.
    """
    unsaid, of_one, balanced = Stretches(reading.unsaid), Stretches(reading.of_one), Stretches(reading.balanced)
    claims = Stretches([claim.span for claim in reading.statements])
    joined: list[Statement] = []
    absorbed: set[int] = set()
    for one in statements:
        is_wanting = one.verdict in WANTING
        is_unsaid = one.basis not in RULES and one.span not in denying and _is_mostly(unsaid, one.span)
        if is_wanting and (is_unsaid or (one.verdict == "misleading" and of_one.crossing(one.span))):
            continue
        if one.verdict == "misleading" and one.frame.endswith(f".{SAFE}") and balanced.crossing(one.span):
            continue
        about = [n for n in claims.crossing(one.span) if reading.statements[n].basis == "evidence" and n not in absorbed]
        if about and is_wanting:
            best = next((n for n in about if set(reading.statements[n].cites) & set(one.cites)), about[0])
            absorbed.add(best)
            claim = reading.statements[best]
            one = msgspec.structs.replace(one, advert=claim.advert)  # the same statement, with its rules
            if not set(claim.cites).isdisjoint(one.cites):  # one fact answers both: what the claim's own words are is the narrower mark
                one = msgspec.structs.replace(one, span=claim.span, quote=claim.quote)
        if one.verdict == "supported" and any(_is_flat_time(reading.statements[n]) for n in about):
            continue  # that people are back at once does not make it no time at all
        absorbed.update(n for n in about if _vouches(one, reading.statements[n]))
        joined.append(one)
    joined += [claim for n, claim in enumerate(reading.statements) if n not in absorbed]
    return sorted(joined, key=lambda statement: (statement.span[0], statement.advert is not None, statement.span[1]))


def _is_mostly(unsaid: "Stretches", span: tuple[int, int]) -> bool:
    """Whether a good part of a stretch is taken up by one of others."""
    return any(GOOD_PART * (min(span[1], unsaid.spans[n][1]) - max(span[0], unsaid.spans[n][0])) >= span[1] - span[0] for n in unsaid.crossing(span))


def _is_flat_time(claim: Statement) -> bool:
    """Whether a claim says that there is no time to recover."""
    return claim.frame == f"advert.{NO_TIME}"


def _vouches(one: Statement, claim: Statement) -> bool:
    """Whether a record of its own says that something lasts, of which the procedure's record says nothing."""
    return one.verdict == "supported" and "." not in one.frame and claim.advert is not None and claim.advert.kind == "permanence"


WANTING = ("misleading", "contradicted", "disputed")
GOOD_PART = 4
"""One in so many letters is a good part of a stretch."""
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
