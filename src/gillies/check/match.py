"""The frames that a sentence states: found (find.py), fitted (fit.py), the best kept."""

from collections.abc import Iterable, Set
from itertools import pairwise

from msgspec import structs

from gillies.check.claim import ABROAD, WHO, manner
from gillies.check.clauses import FINITE
from gillies.check.derive_codes import OF_CODE
from gillies.check.find import Subject, candidates, scene
from gillies.check.fit import SAME_PLACE, fit
from gillies.check.held import Held
from gillies.check.judge import OF_SUBJECT, RULES, fits_place, verdict
from gillies.check.lexicon import CheckLexicon
from gillies.check.matched import Match
from gillies.check.sentence import Cue, Sentence
from gillies.knowledge.schema_hands import is_elsewhere

UP_TO, YEAR = frozenset(("until", "before")), 4
"""Words before a year up to which something was so; digits of a year."""
SURE = 0.6
"""How well a second frame must fit a stretch that another one fits better."""
CLOSE_CALL, WELL, WRONG = 0.1, 1.1, frozenset(("contradicted", "misleading"))
"""How much better a frame that calls a stretch right must fit than one that calls it wrong; how well it must fit to be sure by itself."""
COMPARES, WHOLE = "compares", 0.75
"""The relation of what is set against another; how well such a frame must fit to be told instead of its halves."""
OF_A_COUNTRY = ("law", "board-rule", "custom")
"""What a frame rests on that is each country's own: of a country of which little is held, none of another answers."""
BY_LAW = ("may", "needs", "pays", "certifies", "recognises", "trains", "advertises", "is-approved")
"""Relations that are so as well."""
ONE_OF, RANK_NEAR = frozenset(("one", "among", "amongst", "some")), 3
"""Words of a rank that several share, and within how many words before it they stand."""
CODE = "code"
SPEAKERS, OWNED = frozenset(("we", "i")), frozenset(("our", "my"))
TEAM, AT_HEAD = frozenset("surgeon surgeons doctor doctors nurse nurses injectors dermatologists team clinic practice staff associate".split()), 3
"""Words at the head of a sentence by which somebody tells of themselves and of their people, and how many words are its head."""
WHETHER = "whether"
WHO_NEAR = 5
"""Within how many words of a "not every" a "who" tells of which."""
ONLY_IF_SHARED = ("past", "ought")
"""Cues in a stretch that its frame must share: what was, what should be."""


def matches(sentence: Sentence, before: Subject, countries: Set[str], lexicon: CheckLexicon) -> list[Match]:
    """The best frames of a sentence, best first, one for each stretch of it. `before`: what "it" at its head takes up; `countries`: those that
    the text names."""
    found, items = candidates(sentence, before, lexicon), sentence.items
    if not found or not items:
        return []
    seen = scene(sentence, before, lexicon)
    names = {name for item in (*items, *before.items) for name in (item[0], *lexicon.parents.get(item[0], ()))}
    names |= {f"-{item[0]}" for item in items if item[1] < 0}
    words = names | ({word[5] for word in sentence.words} - lexicon.named)  # also a word in the name of a thing ("Botox for migraine")
    codes = {name for name in names if name.startswith(OF_CODE)}
    meant = [number for number in found if words.isdisjoint(lexicon.held[number].unless) and _is_of_code(lexicon.held[number], codes)]
    fitted = [match for number in meant if (match := fit(number, found[number], seen, lexicon))]
    if not fitted:
        return []
    named, is_bygone = places(sentence), _is_bygone(sentence)
    if _is_own(sentence):  # what we do not do, others may; what our surgeons are, says nothing of all
        fitted = [match for match in fitted if not (match.denied or _is_of_many(match.held))]
    if sentence.has("not-all"):
        fitted = [match for match in fitted if not _tells_which(match, sentence)]
    stated = _without_misread([match for match in fitted if _is_stated(match, sentence, is_bygone) and _holds_here(match, named, countries)])
    told = stated if named or len(countries) != 1 else [_of_text(match, countries) for match in stated]
    return _best(_without_halves(_without_doubtful(told, sentence)))


def _is_of_code(held: Held, codes: Set[str]) -> bool:
    """Whether a frame can answer a sentence on these registry codes: what is said of one says nothing of the field it is named after."""
    return not codes or CODE in held.claim.lower() or any(name in codes for name, _ in held.terms)


def _without_misread(found: list[Match]) -> list[Match]:
    """The matches without those that hold a number wrong which is right for another: it is told of that one."""
    right = {amount.start for match in found if match.is_right and not match.denied for amount in match.amounts}
    return [match for match in found if (match.is_right and not match.denied) or right.isdisjoint([amount.start for amount in match.amounts])]


def _without_doubtful(found: list[Match], sentence: Sentence) -> list[Match]:
    """The matches without those that call right what another, found by its pattern in the same words, fits about as well and calls wrong: what is
    right must be so in all its parts."""
    if len(found) < 2:
        return found
    given = [verdict(match.held, manner(sentence, match.start, match.end, match.spoken, match.pieces), match.denied, list(match.amounts)) for match in found]
    against = [match for match, call in zip(found, given, strict=True) if call in WRONG and match.by_pattern and not match.denied]
    return [match for match, call in zip(found, given, strict=True) if call in WRONG or not any(_is_close(match, other) for other in against)]


def _without_halves(found: list[Match]) -> list[Match]:
    """The matches without those that tell one half of what a pattern of a comparison took ("a plastic surgeon may do cosmetic surgery, but it does
    not work the other way around"): that half is right or wrong only with the other."""
    wholes = [match.taken for match in found if match.by_pattern and match.held.relation == COMPARES and match.score >= WHOLE]
    if not wholes:
        return found
    return [match for match in found if match.held.relation == COMPARES or not any(_is_amid(match.taken or match.words, whole) for whole in wholes)]


def _is_amid(words: frozenset[int], whole: frozenset[int]) -> bool:
    """Whether words stand between the first and the last of others."""
    return min(whole) <= min(words) and max(words) <= max(whole)


def _is_close(match: Match, other: Match) -> bool:
    """Whether another match of the same words fits about as well."""
    is_told_as_much = not match.by_pattern or len(other.taken) >= len(match.taken)
    return match.start < other.end and other.start < match.end and match.score - other.score < CLOSE_CALL and match.score < WELL and is_told_as_much


def _of_text(match: Match, countries: Set[str]) -> Match:
    """A match, counted for more where its frame is of the only country that the text names."""
    is_of_it = match.held.place.partition("-")[0] in countries
    return structs.replace(match, score=match.score + SAME_PLACE) if is_of_it else match


def places(sentence: Sentence) -> tuple[str, ...]:
    """The places that a sentence names."""
    return tuple([kind[3:] for cue in sentence.cues for kind in cue.kinds if kind[:3] == "in "])


def _holds_here(match: Match, named: tuple[str, ...], countries: Set[str]) -> bool:
    """Whether a frame of a place can answer. Most texts that name no country are of the United States, and others say where they are."""
    if not fits_place(match.held, named) or not _fits_abroad(match, {place for place in named if is_elsewhere(place)}):
        return False
    country = match.held.place.partition("-")[0]
    if countries and not named:
        return not country or country in countries
    return bool(named) or match.by_pattern or match.held.place in ("", "us")


def _fits_abroad(match: Match, named: Set[str]) -> bool:
    """Whether a frame can answer for the countries named of which little is held: one that names them itself, or that is no country's own."""
    own = {mark.removeprefix("in ") for mark in match.held.marks if mark.startswith(ABROAD)}
    if own:
        return not own.isdisjoint(named) or (not named and match.by_pattern)
    return not named or not (match.held.basis in OF_A_COUNTRY or match.held.relation in BY_LAW)


def _is_stated(match: Match, sentence: Sentence, is_bygone: bool) -> bool:
    """Whether the stretch states the frame: not as what people believe, what was or what should be, unless the frame is about that."""
    if is_bygone and "past" not in match.held.marks and not match.held.tells_figure:
        return False
    if _is_asked(match, sentence):
        return False
    for cue in sentence.cues:
        if "ranks" in cue.kinds and "ranks" not in match.held.marks and match.held.verdict == "supported" and sentence.thought[cue.start] in match.spoken:
            return False  # that it is so says nothing of whether it is the commonest
        if "ranks" in cue.kinds and "ranks" in match.held.marks and match.held.verdict != "supported" and _is_one_of(cue, sentence):
            return False  # that it is one of the commonest says nothing of which is the first
        if "belief" in cue.kinds and cue.start < match.end and "belief" not in match.held.marks:
            return False
        if match.start <= cue.start < match.end:
            for kind in ONLY_IF_SHARED:
                if kind in cue.kinds and kind not in match.held.marks and not (kind == "ought" and _is_demand(match)):
                    return False
    return True


def _is_asked(match: Match, sentence: Sentence) -> bool:
    """Whether it equates two things in a clause that only asks ("find out whether your surgeon is a plastic or a cosmetic one"), up to its comma."""
    if match.held.relation != "is":
        return False
    first = min(match.words)
    part = [i for i in range(first) if sentence.part[i] == sentence.part[first]]
    return any(sentence.words[i][0] == WHETHER for i in part)


def _is_own(sentence: Sentence) -> bool:
    """Whether a sentence begins by telling of the speaker or of the people of one clinic ("we do not …", "all our surgeons are …")."""
    head = [word[0] for word in sentence.words[:AT_HEAD]]
    return head[0] in SPEAKERS or any(one in OWNED and behind in TEAM for one, behind in pairwise(head))


def _is_of_many(held: Held) -> bool:
    """Whether a frame on what somebody is or holds is right of some of them only."""
    return held.verdict == "misleading" and held.relation in OF_SUBJECT


def _tells_which(match: Match, sentence: Sentence) -> bool:
    """Whether the stretch stands in a clause that only tells of whom a "not every" is said ("not every doctor who uses the title has …")."""
    words = [word[0] for word in sentence.words]
    for cue in sentence.cues:
        near = range(cue.end, min(cue.end + WHO_NEAR, len(words))) if "not-all" in cue.kinds else ()
        who = next((i for i in near if words[i] in WHO and sentence.thought[i] == sentence.thought[cue.start]), 0)
        goes_on = next((i for i in range(who + 2, len(words)) if words[i] in FINITE), 0) if who else 0
        if goes_on and max(match.words) < goes_on:
            return True
    return False


def _is_one_of(cue: Cue, sentence: Sentence) -> bool:
    """Whether a rank is shared ("one of the most common")."""
    return not ONE_OF.isdisjoint([word[0] for word in sentence.words[max(0, cue.start - RANK_NEAR) : cue.start]])


def _is_bygone(sentence: Sentence) -> bool:
    """Whether it tells how things were up to a year ("Until 2023, …")."""
    words = [word[0] for word in sentence.words]
    return any(before in UP_TO and year.isdigit() and len(year) == YEAR for before, year in pairwise(words))


def _is_demand(match: Match) -> bool:
    """Whether a frame says what must be: "should" may state it."""
    return any(name == "must" for name, _ in match.held.terms)


def _best(found: Iterable[Match]) -> list[Match]:
    """The best first; what overlaps a better one is dropped, unless a pattern finds it in other words of the same stretch. Of equals one that is
    stated goes before one that is denied, and a rule before the rest."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (-m.score, m.denied, m.held.basis not in RULES, -len(m.words) * m.by_pattern, m.held.id)):
        here = [other for other in kept if match.start < other.end and other.start < match.end]
        if not here:
            kept.append(match)
        elif match.by_pattern and match.score >= SURE and all(_apart(match, other) for other in here):
            for other in here:
                kept[kept.index(other)], match = _beside(other, match)
            kept.append(match)
    return kept


def _apart(match: Match, other: Match) -> bool:
    """Whether two matches live by words that stand apart."""
    return max(match.words) < min(other.words) or max(other.words) < min(match.words)


def _beside(one: Match, other: Match) -> tuple[Match, Match]:
    """Two matches of one stretch, the first shown up to its last word, the second from there."""
    if min(other.words) < min(one.words):
        later, earlier = _beside(other, one)
        return earlier, later
    end = max(one.words) + 1
    return structs.replace(one, shown=(one.shown[0], min(one.shown[1], end))), structs.replace(other, shown=(max(other.shown[0], end), other.shown[1]))
