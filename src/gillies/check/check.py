"""The main path of `gillies check`: text -> sentences -> frames -> verdicts. The same text gives the same verdicts; nothing is stored."""

from itertools import pairwise, zip_longest

from msgspec import structs

from gillies.check.adverts import adverts, with_adverts
from gillies.check.answer import Side, Statement
from gillies.check.claim import AT_HEAD, DETERMINERS, Manner, manner
from gillies.check.clauses import going_on, set_aside
from gillies.check.compare import comparisons
from gillies.check.derive_fields import aim_frame
from gillies.check.find import Subject, scene
from gillies.check.held import Held
from gillies.check.judge import RULES, verdict
from gillies.check.lexicon import CheckLexicon
from gillies.check.match import matches, places
from gillies.check.matched import Match
from gillies.check.purposes import purposes
from gillies.check.read import sentences, without_markup
from gillies.check.say import NOT_SO
from gillies.check.say import why as in_words
from gillies.check.sentence import Cue, Piece, Sentence, part_of
from gillies.check.unknowable import unknowable
from gillies.knowledge.schema_hands import ELSEWHERE

NOBODY = Subject([], [])
FEWEST_WORDS = 3
JOINING = frozenset("and or but while whereas although though so however yet because since".split())
NEAR_HEAD, FAR_HEAD = 6, 9
"""Words within which a sentence says of whom or what it will speak."""
BELIEVED = frozenset(("refuting", "belief"))
"""Cues of what is said to be thought."""
VOUCHING = frozenset(("promise", "guarantee", "say", "claim", "assure", "know"))
"""Verbs of what nobody can do."""
REASONS = frozenset(("because", "since"))
ADVISING = frozenset(("ought", "advice", "opinion"))
"""Cues of what is no conclusion but advice drawn from a fact."""
PRONOUNS = frozenset(("it", "they", "he", "she"))
THEIRS = frozenset(("their", "its"))
EVERY = DETERMINERS | {"any"}
"""Words that say it of every one."""
OF_HANDS, FEW_WORDS = frozenset(("may", "is", "trains", "certifies", "advertises")), 14
"""Relations of who may, is or was taught what; words below which a sentence on them is short."""
MIXED_UP = frozenset(("plastic-surgery", "cosmetic-surgery", "exclusively"))
"""Terms of which one more makes such a sentence another."""
LONG_WORD, HEADING = 4, 0.8
"""Letters of a word that a heading writes with a capital; the share of such words in one."""


def check(text: str, lexicon: CheckLexicon, country: str = "") -> list[Statement]:
    """Every checkable statement of a text, in order. `country`: the place whose rules on adverts count, "" for all that are held."""
    found: list[Statement] = []
    denying: set[Piece] = set()
    listed = sentences(without_markup(text), lexicon)
    countries = {place.partition("-")[0] for sentence in listed if sentence.cues for place in places(sentence)} - {ELSEWHERE}
    subject, seen = NOBODY, 0
    for number, (sentence, following) in enumerate(zip_longest(listed, listed[1:])):
        if not is_assertion(sentence, text):
            if (reason := _reason(sentence)) is None or not is_assertion(reason, text):
                continue
            sentence = reason
        before = NOBODY
        if _takes_up(sentence, lexicon):  # what was spoken of is looked for only where it is taken up
            passed = reversed(listed[seen:number])
            before = subject = next((named for earlier in passed if not _goes_on(earlier) and (named := _subject(earlier, lexicon))), subject)
            seen = number
        is_refused = following is not None and _says_untrue(following) and not _denied_at_head(sentence)  # "It is a myth that … Not true" says so twice
        is_untrue = _is_myth(sentence) != is_refused
        if refuted := _refuted(sentence):
            sentence, is_untrue = refuted, not is_untrue
        if key := unknowable(sentence):
            found.append(_unverifiable(lexicon.held[lexicon.by_id[key]], sentence, text))
            continue
        told = [match for match in matches(sentence, before, countries, lexicon) if not _says_more(match, sentence)]
        judged = _concluded([_judged_as(match, sentence, text, is_untrue) for match in told], sentence)
        denying |= {statement.span for match, statement in judged if match.denied or match.held.denials}
        own = without_premises([(match, given) for match, given in judged if not _is_of_other_hands(match, given, sentence)], sentence)
        own += _going_on(sentence, own, countries, text, lexicon)
        own = _with_purposes(own, sentence, before, text, lexicon)
        found += _with_compared(own, sentence, text, lexicon) if sentence.has("compares") else own
    return with_adverts(sorted(found, key=lambda statement: statement.span), adverts(text, listed, lexicon, country), denying)


def _is_myth(sentence: Sentence) -> bool:
    """Whether a sentence is told as a myth ("Myth 3: …")."""
    return sentence.opens_with("myth")


def _says_untrue(sentence: Sentence) -> bool:
    """Whether a sentence says that the one before is untrue ("This is a myth.")."""
    return sentence.opens_with("untrue")


def _refuted(sentence: Sentence) -> Sentence | None:
    """What a sentence says to be untrue, at its head with all that follows ("It is not true that … because …") or at its end ("The idea that … is a
    myth"); None where it does not."""
    if not sentence.cues:
        return None
    denied = _denied_at_head(sentence)
    if denied and len(sentence.words) - denied >= FEWEST_WORDS and any(sentence.thought[denied:]):
        return part_of(sentence, denied, len(sentence.words))
    last = sentence.cues[-1]
    if "refuted" not in last.kinds or last.end < len(sentence.words) or last.start < FEWEST_WORDS:
        return None
    start = next((cue.end for cue in sentence.cues if not BELIEVED.isdisjoint(cue.kinds) and cue.end <= NEAR_HEAD), 0)
    return part_of(sentence, start, last.start) if last.start - start >= FEWEST_WORDS else None


def _denied_at_head(sentence: Sentence) -> int:
    """Behind how many words begins what a sentence says at its head to be untrue ("It is not true that …"); 0 where it does not."""
    words = [word[0] for word in sentence.words]
    if words[0] == "no" and (promise := next((i for i in range(1, min(FAR_HEAD, len(words) - 1)) if words[i] in VOUCHING and words[i + 1] == "that"), 0)):
        return promise + 2  # "no doctor can promise that …"
    ends = [cue.end + (words[cue.end : cue.end + 1] == ["that"]) for cue in sentence.cues if "negation" in cue.kinds and cue.end <= FAR_HEAD]
    return next((end for end in ends if words[end - 1] == "that"), 0)


def is_assertion(sentence: Sentence, text: str) -> bool:
    """Whether a sentence states something: no question, no advice, no opinion."""
    if sentence.ending == "?" or len(sentence.words) < FEWEST_WORDS or _is_heading(sentence, text):
        return False
    if sentence.opens_with("asks") and sentence.ending != ".":
        return False
    return not (sentence.has("opinion") or _advises(sentence))


def _advises(sentence: Sentence) -> bool:
    """Whether it tells the reader what to do, at once or behind what it opens with ("When you compare clinics, ask …")."""
    first = sentence.thought[0]
    goes_on = max((i for i, thought in enumerate(sentence.thought) if thought == first), default=0)  # behind a bracket: that is no head
    heads = {0, *(i for i, (before, own) in enumerate(pairwise(sentence.thought), 1) if before != own and before == first and i > goes_on)}
    return sentence.has("advice") and any("advice" in cue.kinds and cue.start in heads for cue in sentence.cues)


def _reason(sentence: Sentence) -> Sentence | None:
    """What advice is given for ("Choose a certified surgeon, because any doctor may …"); None where there is none."""
    if not sentence.has("advice") or sentence.has("opinion") or sentence.ending == "?":
        return None
    start = next((i + 1 for i, word in enumerate(sentence.words) if word[0] in REASONS and i), 0)
    return part_of(sentence, start, len(sentence.words)) if 0 < start <= len(sentence.words) - FEWEST_WORDS else None


def _is_heading(sentence: Sentence, text: str) -> bool:
    """Whether a sentence without an end is written as headings are, Most Words With a Capital."""
    if sentence.ending:
        return False
    long = [text[start] for start, end in sentence.spots if end - start >= LONG_WORD]
    return len(long) >= FEWEST_WORDS and sum(letter.isupper() for letter in long) >= HEADING * len(long)


def _going_on(sentence: Sentence, found: list[Statement], countries: set[str], text: str, lexicon: CheckLexicon) -> list[Statement]:
    """What later clauses say of the same subject, where nothing was found yet."""
    clauses = going_on(sentence)
    subject = _subject(part_of(sentence, 0, clauses[0][0]), lexicon) if clauses else None
    more: list[Statement] = []
    if subject is None:
        return more
    for start, end in clauses:
        clause = part_of(sentence, start, end)
        if not any(clause.start < known.span[1] and known.span[0] < clause.end for known in found):
            more += [_judged_as(match, clause, text, is_untrue=False)[1] for match in matches(clause, subject, countries, lexicon)]
    return more


def _says_more(match: Match, sentence: Sentence) -> bool:
    """Whether it is said of every one of them, or of everything, what is known to be right, but not of how many: then nobody can tell. A rule is
    one for all whom it is for."""
    if not (sentence.has("all") or sentence.has("any")):
        return False
    held, how = match.held, manner(sentence, match.start, match.end, match.spoken, match.pieces)
    if match.denied:
        is_wrong_of_none = held.verdict == "contradicted" and not match.by_pattern and how.quantified
        return is_wrong_of_none and verdict(held, how, match.denied, list(match.amounts)) == "supported"  # wrong of none is right of some, not of all
    if how.strength != "all" or held.verdict != "supported" or held.all is not None or held.strength == "all":
        return False
    counting = [cue.start for cue in _counting(match, sentence)]
    return bool(counting) and not (held.basis in RULES and counting[0] - match.start <= AT_HEAD and (not how.is_any or held.relation == "may"))


def _counting(match: Match, sentence: Sentence) -> list[Cue]:
    """The words of a match that say "every" or "any" of something, beside those of its pattern."""
    taken = match.taken
    here = [cue for cue in sentence.cues if match.start <= cue.start < match.end and sentence.thought[cue.start] in match.spoken and cue.start not in taken]
    return [cue for cue in here if cue.end == cue.start + 1 and sentence.words[cue.start][0] in EVERY]


def _is_of_other_hands(match: Match, given: Statement, sentence: Sentence) -> bool:
    """Whether a short sentence on who may do something, or was taught it, is called right by a record that knows nothing of a field which it names
    besides, or of its "only": then the rule that it states is another one. Counted in docs/decisions/0027-what-the-open-list-is-like.md."""
    is_short = len(sentence.words) < FEW_WORDS and match.held.kind == "statement" and match.held.relation in OF_HANDS
    if not is_short or given.verdict != "supported":
        return False
    known, taken = {name for name, _ in match.held.terms}, match.taken
    over = {item[0] for item in sentence.items if match.start <= item[2] < match.end and item[2] not in taken}
    return not MIXED_UP.isdisjoint(over - known)


def _concluded(judged: list[tuple[Match, Statement]], sentence: Sentence) -> list[tuple[Match, Statement]]:
    """The statements of a sentence; a wrong conclusion from what is not wrong misleads ("It is cleared by the FDA, so it makes you slim")."""
    leading, _ = sentence.leading
    if not sentence.has("concludes") or any(given.verdict == "contradicted" and match.spoken <= leading for match, given in judged):
        return judged
    return [
        (match, structs.replace(given, verdict="misleading", why=f"{NOT_SO}{given.why}"))
        if given.verdict == "contradicted" and leading and match.spoken.isdisjoint(leading)
        else (match, given)
        for match, given in judged
    ]


def without_premises(judged: list[tuple[Match, Statement]], sentence: Sentence) -> list[Statement]:
    """The statements of a sentence without what only leads up to another ("Since every one of them is certified, you can be sure …"): that it is
    right says nothing for the conclusion. What is wrong is told all the same."""
    leading, is_reason = sentence.leading
    if not leading:
        return [statement for _, statement in judged]
    is_reason = is_reason and not any(not ADVISING.isdisjoint(cue.kinds) and sentence.thought[cue.start] not in leading for cue in sentence.cues)
    is_answered = any(not match.spoken <= leading for match, _ in judged)
    concludes = is_reason and sentence.has("concludes")  # then what is told in both halves is neither the reason nor what follows
    return [
        statement for match, statement in judged
        if statement.verdict != "supported"
        or (match.spoken.isdisjoint(leading) if concludes else not match.spoken <= leading)
        or not (is_reason or is_answered)
    ]  # fmt: skip


def _unverifiable(held: Held, sentence: Sentence, text: str) -> Statement:
    """A whole sentence that nobody outside can check."""
    span = sentence.start, sentence.end
    return Statement(text[span[0] : span[1]], span, held.claim, held.verdict, held.why, held.cites, held.id, held.basis)


def _judged_as(match: Match, sentence: Sentence, text: str, is_untrue: bool) -> tuple[Match, Statement]:
    """A match and what is said of it; where the sentence is told as untrue, of its opposite. A myth on all ("a myth that all last for ever") is
    no more than that not all do."""
    how = manner(sentence, match.start, match.end, match.spoken, match.pieces)
    if is_untrue and how.quantified and how.strength == "all" and not match.denied:
        return match, _judged(match, sentence, text, structs.replace(how, partly=True))
    is_belief = "belief" in match.held.marks  # "many use the terms alike, but that is wrong" does not say that they do not
    told = structs.replace(match, denied=not match.denied) if is_untrue and not is_belief else match
    return told, _judged(told, sentence, text, how)


def _judged(match: Match, sentence: Sentence, text: str, how: Manner) -> Statement:
    held = match.held
    given = verdict(held, how, match.denied, list(match.amounts))
    goes_too_far = given == "supported" and (overreaches(sentence, match) or _is_widened(sentence, held.place))
    if goes_too_far:
        given = "misleading"
    start, end = _span(match, sentence)
    end += _closing(text, start, end)
    sides = tuple(Side(*side) for side in held.sides) if given == "disputed" else ()
    said = in_words(held, how, given, match.denied, goes_too_far)
    return Statement(text[start:end], (start, end), held.claim, given, said, held.cites, held.id, held.basis, held.place, sides)


def _is_widened(sentence: Sentence, place: str) -> bool:
    """Whether what holds in a part of a country is said of all of it."""
    return "-" in place and sentence.has("everywhere") and place not in places(sentence)


def overreaches(sentence: Sentence, match: Match) -> bool:
    """Whether the sentence draws more from what it says than any fact can bear ("…, proof that it is dangerous")."""
    if not sentence.has("overreach"):
        return False
    taken = match.taken
    cues = [cue for cue in sentence.cues if "overreach" in cue.kinds and not _is_introduction(cue, match, sentence)]
    return any(taken.isdisjoint(range(cue.start, cue.end)) for cue in cues)


def _is_introduction(cue: Cue, match: Match, sentence: Sentence) -> bool:
    """Whether a cue only opens the sentence, with a clause of its own up to a comma ("No matter how it is done, keloids often come back")."""
    clause = sentence.part.count(sentence.part[0])
    return cue.start == 0 and clause > cue.end and match.shown[0] >= clause


def _with_purposes(found: list[Statement], sentence: Sentence, before: Subject, text: str, lexicon: CheckLexicon) -> list[Statement]:
    """The statements of a sentence with what it says a field is for; where it tells an aim, that goes before what it gets right."""
    for told in purposes(sentence, before, lexicon):
        start, end = sentence.spots[told.start][0], sentence.spots[told.end - 1][1]
        here = [other for other in found if start < other.span[1] and other.span[0] < end]
        if any(other.verdict != "supported" or not (told.is_aim or other.frame == aim_frame(told.field, "function")) for other in here):
            continue
        held = told.held
        given = held.all if told.only and held.all else held.verdict
        found = [known for known in found if known not in here]
        found.append(Statement(text[start:end], (start, end), held.claim, given, held.why, held.cites, held.id, held.basis))
    return found


def _with_compared(found: list[Statement], sentence: Sentence, text: str, lexicon: CheckLexicon) -> list[Statement]:
    """The statements of a sentence with what it compares; that goes before a frame that compares nothing."""
    for told in comparisons(scene(sentence, NOBODY, lexicon), lexicon.measures):
        start, end = sentence.spots[told.start][0], sentence.spots[told.end - 1][1]
        here = [other for other in found if start < other.span[1] and other.span[0] < end]
        if not any(_is_comparison(other, lexicon) for other in here):
            one, other = told.first, told.second
            claim, why, cites = f"{one.claim} {other.claim}", f"{one.why} {other.why}", tuple(dict.fromkeys((*one.cites, *other.cites)))
            found = [known for known in found if known not in here]
            found.append(Statement(text[start:end], (start, end), claim, told.verdict, why, cites, one.id, one.basis))
    return found


def _is_comparison(statement: Statement, lexicon: CheckLexicon) -> bool:
    return lexicon.held[lexicon.by_id[statement.frame]].is_comparison


def _span(match: Match, sentence: Sentence) -> tuple[int, int]:
    """Where the statement stands, without the words that only join it to others."""
    first, end = match.shown
    last = end - 1
    while first < last and sentence.words[first][0] in JOINING:
        first += 1
    while last > first and sentence.words[last][0] in JOINING:
        last -= 1
    return sentence.spots[first][0], sentence.spots[last][1]


def _closing(text: str, start: int, end: int) -> int:
    """1 where a bracket that was opened inside closes right behind."""
    return int(text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end))


def _takes_up(sentence: Sentence, lexicon: CheckLexicon) -> bool:
    """Whether a sentence takes up what the one before spoke of: by its first word, or by "part of their …" where it names nothing itself."""
    if sentence.has("takes-up") and any("takes-up" in cue.kinds and cue.start <= 1 for cue in sentence.cues):
        return True
    if any(item[0] in lexicon.entities for item in sentence.items):
        return False
    return any(one[0] == "of" and behind[0] in THEIRS for one, behind in pairwise(sentence.words))


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence speaks of the same as the one before by a pronoun; what it names is then not what it is about."""
    return sentence.words[0][0] in PRONOUNS


def _subject(sentence: Sentence, lexicon: CheckLexicon) -> Subject | None:
    """What a sentence is about: the first things it names, and the words that name them."""
    aside = set_aside(sentence)
    things = [item for item in sentence.items if item[0] in lexicon.entities and sentence.thought[item[2]] not in aside]
    if not things:
        return None
    first = [item for item in things if item[2] <= things[0][3]]
    letters = [word[2] for word in sentence.words[first[0][2] : max(item[3] for item in first)] if word[2]]
    return Subject(first, letters)
