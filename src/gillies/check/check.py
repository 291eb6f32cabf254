"""The main path of `gillies check`: text -> sentences -> frames -> verdicts. The same text gives the same verdicts; nothing is stored."""

import msgspec

from gillies.check.claim import manner
from gillies.check.judge import fits_place, verdict
from gillies.check.lexicon import CheckLexicon
from gillies.check.match import Match, matches
from gillies.check.read import Item, Sentence, bag, sentences, without_markup
from gillies.knowledge.schema_statements import Verdict


class Statement(msgspec.Struct, frozen=True):
    """One statement found: the words, where they stand, our claim that it was held against, the verdict, why, and sources."""

    quote: str
    span: tuple[int, int]
    claim: str
    verdict: Verdict
    why: str
    cites: tuple[str, ...]
    frame: str
    basis: str
    place: str
    score: float


def check(text: str, lexicon: CheckLexicon) -> list[Statement]:
    """Every checkable statement of a text, in order."""
    plain = without_markup(text)
    found: list[Statement] = []
    subject: list[Item] = []
    for sentence in sentences(plain, lexicon):
        if is_assertion(sentence):
            before = subject if _takes_up(sentence) else []
            for match in matches(sentence, before, lexicon):
                statement = _judged(match, sentence, text)
                if statement:
                    found.append(statement)
        subject = _subject(sentence, lexicon) or subject
    return sorted(found, key=lambda s: s.span)


def is_assertion(sentence: Sentence) -> bool:
    """Whether a sentence states something: no question, no advice, no opinion."""
    if sentence.ending == "?" or len(sentence.words) < 3:
        return False
    return not any("opinion" in cue.kinds or ("advice" in cue.kinds and cue.start == 0) for cue in sentence.cues)


def _judged(match: Match, sentence: Sentence, text: str) -> Statement | None:
    held = match.held
    how = manner(sentence, match.start, match.end)
    everywhere = tuple(kind[3:] for cue in sentence.cues for kind in cue.kinds if kind.startswith("in "))
    if not fits_place(held, everywhere):
        return None
    given = verdict(held, how, match.denied, list(match.amounts))
    span = (sentence.spots[match.start][0], sentence.spots[match.end - 1][1])
    return Statement(text[span[0] : span[1]], span, held.claim, given, held.why, held.cites, held.id, held.basis, held.place, match.score)


def _takes_up(sentence: Sentence) -> bool:
    return any("takes-up" in cue.kinds and cue.start <= 1 for cue in sentence.cues)


def _subject(sentence: Sentence, lexicon: CheckLexicon) -> list[Item]:
    """What a sentence is about: the first things it names."""
    items = [item for item in bag(sentence, lexicon.little) if item[0] in lexicon.entities]
    return [item for item in items if item[2] <= items[0][3]] if items else []
