"""Text -> sentences with their words, terms and cues. Deterministic; nothing is stored."""

import re
from bisect import bisect_right
from itertools import accumulate

from gillies.check.clauses import TURNING, turn
from gillies.check.lexicon import CheckLexicon, Spelt
from gillies.check.sentence import Cue, Piece, Said, Sentence, may_count

ENDS = frozenset(".!?…")
ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "vs", "approx", "e.g", "i.e", "etc", "no", "st", "prof", "inc", "jr", "fig", "u.s", "g"))
OF_A_NUMBER = ("no",)
"""Of these, those that are one before a figure only ("No. 5"), and else a word ("Any scars? No. Any pain?")."""
MARKUP = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]{0,500}`|\]\([^)\n]{0,500}\)|<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>\n]{0,200}>|https?://[^\s)>\]]+"
    r"|^[ \t]*(?:#{1,6}|>+|[-*+]|\d+[.)])[ \t]|[*_~|\[\]\\]",
    re.S | re.M,
)
"""Markdown, tags and addresses; each part bounded, so that no text makes it slow."""
MARK, MARKED_LINE = re.compile(r"[`<\]\[*_~|\\]"), re.compile(r"\n[ \t]*[#>+\d-]|\A[ \t]*[#>+\d-]")
"""What a text with any of it has: to look for these first costs a tenth."""
LONGEST = 120
"""Words after which a sentence without an end is cut: a table or a list that lost its stops."""
HARD = frozenset((";", "·", "•", "(", ")", "–", "—", "--", "---", " - ", ":"))
"""Marks at which the thought turns."""


def without_markup(text: str) -> str:
    """The text with Markdown, tags and addresses blanked out, each character in its place."""
    if not (MARK.search(text) or "://" in text or MARKED_LINE.search(text)):
        return text
    return MARKUP.sub(lambda match: "".join("\n" if c == "\n" else " " for c in match[0]), text)


def sentences(text: str, lexicon: CheckLexicon) -> list[Sentence]:
    """Every sentence of a text. What stands between blanks is mostly one word, and mostly one met before: it is looked up as a whole."""
    found: list[Sentence] = []
    words, spots, marks = _close(found, [], [], [], "", text)
    single, met = lexicon.single.get, lexicon.met.get
    at = dashed = 0
    for chunk in text.split(" "):
        word, end = single(chunk), at + len(chunk)
        if word:
            words.append(word)
            spots.append((at, end))
            if len(words) >= LONGEST:
                words, spots, marks = _close(found, words, spots, marks, "", text)
        elif chunk == "-":
            if dashed < at and end < len(text):  # between two blanks that are its own
                marks.append((len(words), " - "))
                dashed = end + 1
        else:
            for start, stop, spelt, written in met(chunk) or lexicon.tokens(chunk):
                if spelt:
                    _append(spelt, (at + start, at + stop), words, spots, lexicon)
                    if len(words) >= LONGEST:
                        words, spots, marks = _close(found, words, spots, marks, "", text)
                elif written[0] in ENDS:
                    if not (written == "." and words and is_abbreviated(words[-1][0], text, at + stop)) and _ends(text, at + stop):
                        words, spots, marks = _close(found, words, spots, marks, written[-1], text)
                elif written[0] == "\n":
                    if len(written) > 1 or _line_ends(text, at + start, at + stop):
                        words, spots, marks = _close(found, words, spots, marks, "", text)
                else:
                    marks.append((len(words), written))
        at = end + 1
    _close(found, words, spots, marks, "", text)
    _fill(found, lexicon)
    return found


def _close(
    found: list[Sentence], words: list[Spelt], spots: list[Piece], marks: list[tuple[int, str]], ending: str, text: str
) -> tuple[list[Spelt], list[Piece], list[tuple[int, str]]]:
    """Adds a sentence, if there is one; gives the empty rows of the next."""
    if words:
        found.append(_sentence(words, spots, marks, ending, text))
    return [], [], []


def _append(spelt: tuple[Spelt, ...], spot: Piece, words: list[Spelt], spots: list[Piece], lexicon: CheckLexicon) -> None:
    """Adds the words of a token; "for ever" is "forever"."""
    for word in spelt:
        if word[0] == "ever" and words and words[-1][0] == "for":
            words[-1], spots[-1] = lexicon.spell("forever")[0], (spots[-1][0], spot[1])
        else:
            words.append(word)
            spots.append(spot)


def _ends(text: str, at: int) -> bool:
    """Whether a stop before this place ends a sentence: a blank follows, and no lower-case word."""
    rest = text[at : at + 3]
    return not rest or rest[0] in " \n\t\"'”’)]" or not rest[0].isalnum()


def is_abbreviated(word: str, text: str, at: int) -> bool:
    """Whether a word before a stop is cut short by it, so that no sentence ends there. `at`: the place behind the stop."""
    return word in ABBREVIATIONS and (word not in OF_A_NUMBER or text[at : at + 2].strip().isdigit())


def _line_ends(text: str, at: int, end: int) -> bool:
    """Whether a single line break ends a sentence: not when the next line goes on in lower case."""
    following = text[end : end + 40].lstrip()
    return not following or not (following[0].islower() or following[0] in ",;") or text[at - 1 : at] in ("", ".", "!", "?")


def _sentence(words: list[Spelt], spots: list[Piece], marks: list[tuple[int, str]], ending: str, text: str) -> Sentence:
    thought, part = _turns(len(words), marks) if marks else ([0] * len(words), [0] * len(words))
    return Sentence(spots[0][0], spots[-1][1], words, spots, [], [], thought, part, ending, text)


def _turns(size: int, marks: list[tuple[int, str]]) -> tuple[list[int], list[int]]:
    """Of each word the number of its thought and of its part between commas. Behind a bracket the thought before it goes on."""
    thought: list[int] = []
    part: list[int] = []
    turn = comma = made = done = 0
    before: list[tuple[int, int]] = []
    for at, mark in (*marks, (size, "")):
        thought += [turn] * (at - done)
        part += [comma] * (at - done)
        done = at
        if mark == ")" and before:
            turn, comma = before.pop()
            continue
        if mark == "(":
            before.append((turn, comma))
        made += 1
        comma = made
        if mark in HARD:
            turn = made
    return thought, part


def _fill(found: list[Sentence], lexicon: CheckLexicon) -> None:
    """Terms and cues of all sentences, each found by one pass."""
    starts = list(accumulate([len(sentence.words) + 1 for sentence in found], initial=0))
    values, kinds = lexicon.term_values, lexicon.cue_kinds
    for start, end, number in lexicon.terms.matcher.find("\n".join(["".join([word[3] for word in sentence.words]) for sentence in found])):
        i = bisect_right(starts, start) - 1
        found[i].said.append(Said(values[number], start - starts[i], end - starts[i]))
    for start, end, number in lexicon.cues.matcher.find("\n".join(["".join([word[4] for word in sentence.words]) for sentence in found])):
        i = bisect_right(starts, start) - 1
        found[i].cues.append(Cue(kinds[number], start - starts[i], end - starts[i]))
    for sentence in found:
        sentence.said = [said for said in sentence.said if not _is_a_rule_of_thumb(said, sentence)]
        for said in sentence.said:
            if said.terms == MUST and not sentence.words[said.start][PATTERN] and sentence.words[max(0, said.start - 1)][0] != "not":
                _read_as(OBLIGED, sentence, said.start, lexicon)  # "have to"
            elif said.terms == LASTING and sentence.words[said.start][0] == "last" and sentence.words[max(0, said.start - 1)][0] == "the":
                _read_as(RECENT, sentence, said.start, lexicon)  # "over the last few years"
        if any(said.terms == ENDING and sentence.words[said.start][0] == "not" for said in sentence.said) and may_count(sentence):
            sentence.said = [_timed(said, sentence) for said in sentence.said]
        if any(said.terms == PAID for said in sentence.said):
            sentence.said = [_paid(said, sentence) for said in sentence.said]
        if sentence.cues:
            sentence.cues = [left for cue in sentence.cues if (left := _left_of(cue, sentence.said))]
            sentence.kinds = frozenset([kind for cue in sentence.cues for kind in cue.kinds])
            if not TURNING.isdisjoint(sentence.kinds):
                turn(sentence)


def _read_as(meant: str, sentence: Sentence, at: int, lexicon: CheckLexicon) -> None:
    """Reads a word as another that it stands for, where patterns look for words."""
    raw, stem, _, term, cue, item, _ = sentence.words[at]
    word = lexicon.spell(meant)[0]
    sentence.words[at] = (raw, stem, word[PATTERN], term, cue, item, word[ADVERT])


def _left_of(cue: Cue, said: list[Said]) -> Cue | None:
    """What is left of a cue beside the terms: nothing where one begins inside it and goes on behind, since the words are the term's. That a
    term denies only nearly ("little to no downtime") is told all the same, and the "not" of a "not every tattoo" is left."""
    if cue.end == cue.start + 1 or not any(cue.start < term.start < cue.end < term.end for term in said):
        return cue
    if "not-all" in cue.kinds:
        return Cue(DENIAL, cue.start, cue.start + 1)
    return Cue(NEARLY, cue.start, cue.end) if NEARLY[0] in cue.kinds else None


def _timed(said: Said, sentence: Sentence) -> Said:
    """A term of a sentence that tells a time: "does not last" is there no end but the denial of that time ("does not last six years"); "not
    permanent" is one all the same."""
    words = sentence.words[said.start : said.end]
    is_denial = said.terms == ENDING and words[0][0] == "not" and len(words) > 1 and words[-1][0] not in FOR_EVER
    return Said(LASTING, said.start + 1, said.end) if is_denial else said


def _paid(said: Said, sentence: Sentence) -> Said:
    """A term of a sentence that tells who pays: who pays "themselves" has no payer ("people pay for it themselves")."""
    if said.terms != PAID or sentence.words[said.start][1] != PAYS:
        return said
    behind = [word[0] for i, word in enumerate(sentence.words) if i >= said.end and sentence.part[i] == sentence.part[said.start]]
    return said if SELVES.isdisjoint(behind) else Said(UNPAID, said.start, said.end)


def _is_a_rule_of_thumb(said: Said, sentence: Sentence) -> bool:
    """Whether a "normal" is a "normally" that tells how often ("is not normally done"), not how a part works ("functions normally")."""
    last = sentence.words[said.end - 1]
    if said.terms[0][0] != NORMAL or last[0] != "normally":
        return False
    return said.end - said.start > 1 or not said.start or sentence.words[said.start - 1][1] not in WORKING


NORMAL, WORKING = "normal", frozenset("function work breath see heal move develop grow eat speak".split())
"""The term of what is normal; stems of verbs whose "normally" says so."""
MUST, PATTERN, ADVERT = (("must", 1),), 2, 6
"""The terms of "must", and where in a word its letters in patterns stand."""
OBLIGED, RECENT = "must", "recent"
"""What is meant by a "have to", and by a "last" behind "the"."""
ENDING, LASTING = (("permanent", -1),), (("lasts", 1),)
"""The terms of "does not last" and of "lasts"."""
PAID, UNPAID = (("covers", 1),), (("covers", -1),)
"""The terms of what a payer covers, and of what it does not."""
PAYS, SELVES = "pay", frozenset(("themselves", "yourself", "yourselves", "himself", "herself", "oneself", "myself", "ourselves", "privately"))
FOR_EVER = frozenset(("permanent", "permanently", "forever"))
NEARLY, DENIAL = ("hardly",), ("negation",)
