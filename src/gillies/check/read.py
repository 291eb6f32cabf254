"""Text -> sentences with their words, terms and cues. Deterministic; nothing is stored."""

import re
from bisect import bisect_right

import msgspec

from gillies.check.held import Term
from gillies.check.lexicon import CheckLexicon, Spelt
from gillies.check.numbers import Amount, find_amounts

TOKEN = re.compile(r"\bU\.S\.(?:A\.)?|\d+(?:[.,]\d+)*%?|[^\W_]+(?:['’´`][^\W_]+)*|[.!?…]+|[;:,()–—]|-{2,3}| - |\n+")
ENDS = frozenset(".!?…")
ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "vs", "approx", "e.g", "i.e", "etc", "no", "st", "prof", "inc", "jr", "fig", "u.s", "g"))
MARKUP = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]{0,500}`|\]\([^)\n]{0,500}\)|<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>\n]{0,200}>|https?://[^\s)>\]]+"
    r"|^[ \t]*(?:#{1,6}|>+|[-*+]|\d+[.)])[ \t]|[*_~|\[\]\\]",
    re.S | re.M,
)
"""Markdown, tags and addresses; each part bounded, so that no text makes it slow."""
LONGEST = 120
"""Words after which a sentence without an end is cut: a table or a list that lost its stops."""
HARD = frozenset((";", "(", ")", "–", "—", "--", "---", " - ", ":"))
"""Marks at which the thought turns."""
Piece = tuple[int, int]
Item = tuple[str, int, int, int]
"""A term or stem of a sentence: name, +1 or -1 (its opposite), first word, end."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """A term in a sentence: its words [start, end)."""

    terms: tuple[Term, ...]
    start: int
    end: int


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A cue in a sentence: its kinds, its words [start, end)."""

    kinds: tuple[str, ...]
    start: int
    end: int


class Sentence(msgspec.Struct, gc=False):
    """A sentence: where it stands in the text, its words with their places, what was found in it."""

    start: int
    end: int
    words: list[Spelt]
    spots: list[Piece]
    """Where each word stands in the text."""
    said: list[Said]
    cues: list[Cue]
    thought: list[int]
    """Of each word the number of its thought: sentences turn at "but", "which", a dash …"""
    part: list[int]
    """Of each word the number of its part between commas."""
    amounts: list[Amount]
    ending: str

    def has(self, kind: str) -> bool:
        """Whether a cue of this kind stands in it."""
        return any(kind in cue.kinds for cue in self.cues)


def without_markup(text: str) -> str:
    """The text with Markdown, tags and addresses blanked out, each character in its place."""
    return MARKUP.sub(lambda match: "".join("\n" if c == "\n" else " " for c in match[0]), text) if MARKUP.search(text) else text


def sentences(text: str, lexicon: CheckLexicon) -> list[Sentence]:
    """Every sentence of a text."""
    found: list[Sentence] = []
    words: list[Spelt] = []
    spots: list[Piece] = []
    marks: list[tuple[int, str]] = []

    def close(ending: str) -> None:
        nonlocal words, spots, marks
        if words:
            found.append(_sentence(words, spots, marks, ending))
        words, spots, marks = [], [], []

    spell = lexicon.spell
    for match in TOKEN.finditer(text):
        written = match[0]
        first = written[0]
        if first.isalnum():
            for word in spell(written):
                if word[0] == "ever" and words and words[-1][0] == "for":  # "for ever" is "forever"
                    words[-1], spots[-1] = spell("forever")[0], (spots[-1][0], match.end())
                    continue
                words.append(word)
                spots.append(match.span())
            if len(words) >= LONGEST:
                close("")
        elif first in ENDS:
            if not (written == "." and words and words[-1][0] in ABBREVIATIONS) and _ends(text, match.end()):
                close(written[-1])
        elif first == "\n":
            if len(written) > 1 or _line_ends(text, match.start(), match.end()):
                close("")
        else:
            marks.append((len(words), written))
    close("")
    _fill(found, text, lexicon)
    return found


def _ends(text: str, at: int) -> bool:
    """Whether a stop before this place ends a sentence: a blank follows, and no lower-case word."""
    rest = text[at : at + 3]
    return not rest or rest[0] in " \n\t\"'”’)]" or not rest[0].isalnum()


def _line_ends(text: str, at: int, end: int) -> bool:
    """Whether a single line break ends a sentence: not when the next line goes on in lower case."""
    following = text[end : end + 40].lstrip()
    return not following or not (following[0].islower() or following[0] in ",;") or text[at - 1 : at] in ("", ".", "!", "?")


def _sentence(words: list[Spelt], spots: list[Piece], marks: list[tuple[int, str]], ending: str) -> Sentence:
    thought, part = _turns(len(words), marks) if marks else ([0] * len(words), [0] * len(words))
    return Sentence(spots[0][0], spots[-1][1], words, spots, [], [], thought, part, [], ending)


def _turns(size: int, marks: list[tuple[int, str]]) -> tuple[list[int], list[int]]:
    """Of each word the number of its thought and of its part between commas. Behind a bracket the thought before it goes on."""
    thought, part = [], []
    turn = comma = made = at = 0
    before: list[tuple[int, int]] = []
    for i in range(size):
        while at < len(marks) and marks[at][0] <= i:
            mark = marks[at][1]
            at += 1
            if mark == ")" and before:
                turn, comma = before.pop()
                continue
            if mark == "(":
                before.append((turn, comma))
            made += 1
            comma = made
            if mark in HARD:
                turn = made
        thought.append(turn)
        part.append(comma)
    return thought, part


def _fill(found: list[Sentence], text: str, lexicon: CheckLexicon) -> None:
    """Terms and cues of all sentences, each found by one pass."""
    starts, row, cue_row = [], [], []
    total = 0
    for sentence in found:
        starts.append(total)
        row += [word[3] for word in sentence.words]
        cue_row += [word[4] for word in sentence.words]
        row.append("\n")
        cue_row.append("\n")
        total += len(sentence.words) + 1
    for start, end, number in lexicon.terms.matcher.find("".join(row)):
        i = bisect_right(starts, start) - 1
        found[i].said.append(Said(lexicon.term_values[number], start - starts[i], end - starts[i]))
    for start, end, number in lexicon.cues.matcher.find("".join(cue_row)):
        i = bisect_right(starts, start) - 1
        found[i].cues.append(Cue(lexicon.cue_kinds[number], start - starts[i], end - starts[i]))
    for sentence in found:
        if sentence.cues:
            sentence.cues = [cue for cue in sentence.cues if not any(cue.start < said.start < cue.end < said.end for said in sentence.said)]
            _turn(sentence)
        sentence.amounts = find_amounts(text[sentence.start : sentence.end].lower()) if _may_count(sentence) else []


COUNTING = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty half
    third quarter fifth tenth second
    single hundred thousand dozen couple year month week day hour
    immedi instant moment straight right once overnight""".split()
)
"""Stems of words beside which a number may stand."""


def _may_count(sentence: Sentence) -> bool:
    return any(word[0][:1].isdigit() or word[1] in COUNTING for word in sentence.words)


def _turn(sentence: Sentence) -> None:
    """Numbers thoughts anew where a cue such as "but" or "which" begins one; it lasts until the next mark that turns the thought."""
    turns = [cue.start for cue in sentence.cues if "breaks" in cue.kinds and cue.start and not _is_restrictive(sentence, cue.start)]
    if any(cue.start == 0 and "sets-aside" in cue.kinds for cue in sentence.cues):
        turns += [i for i, part in enumerate(sentence.part) if part != sentence.part[0]][:1]
    if not turns:
        return
    thought, made = list(sentence.thought), len(sentence.words) + 1
    for start in turns:
        own = thought[start]
        for i in range(start, len(thought)):
            if thought[i] == own:
                thought[i] = made
        made += 1
    sentence.thought = thought


PERSON_RELATIVE = frozenset(("who", "whose"))


def _is_restrictive(sentence: Sentence, at: int) -> bool:
    """Whether a "who" without a comma tells which people are meant ("one in ten people who have ..."): the thought goes on."""
    return sentence.words[at][0] in PERSON_RELATIVE and sentence.part[at] == sentence.part[at - 1]


def bag(sentence: Sentence, small: frozenset[str]) -> list[Item]:
    """What a sentence is made of: (term or stem, sign, first word, end), small words left out."""
    found: list[Item] = []
    taken = 0
    for said in _without_places(sentence):
        found += _bare(sentence, taken, said.start, small)
        found += [(name, sign, said.start, said.end) for name, sign in said.terms]
        taken = said.end
    return found + _bare(sentence, taken, len(sentence.words), small)


def _without_places(sentence: Sentence) -> list[Said]:
    """The terms of a sentence, with the places it names as terms that say nothing: where a thing holds is no part of what holds."""
    places = [Said((), cue.start, cue.end) for cue in sentence.cues if cue.kinds[0].startswith("in ")]
    if not places:
        return sentence.said
    free = [place for place in places if not any(said.start < place.end and place.start < said.end for said in sentence.said)]
    return sorted([*sentence.said, *free], key=lambda said: said.start)


def _bare(sentence: Sentence, start: int, end: int, small: frozenset[str]) -> list[Item]:
    words = sentence.words
    return [(words[i][1], 1, i, i + 1) for i in range(start, end) if words[i][0] not in small and words[i][1] not in small and not words[i][0][:1].isdigit()]
