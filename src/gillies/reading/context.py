"""Who, when and whether: denial, refusal, the past, fear, other people. Cues are data (lexicon/context.yaml).

Each mention is judged within its own sentence. A cue counts when it stands before the mention, near enough, and no word
that ends the thought ("but", "and now") stands between.
"""

import msgspec

from gillies.phrases.words import Word

REACH = {"negation": 6, "refusal": 8, "past": 5, "long-ago": 14, "hypothetical": 14, "other": 14, "uncertain": 5, "wanted": 12, "not-told": 14}
"""How many words before the mention a cue may stand."""
DENIED_WITHIN = {"means": 2, "procedure": 4, "elsewhere": 3}
"""Kinds that a plain "no" denies only from nearby ("no surgery", but not "no note says whether surgery would help")."""
DENIED_INSIDE = 2
"""A "no" this close before a later piece denies the whole ("veins on my legs, no ache")."""
AFTER = {"long-ago": 12, "past-after": 4}
"""Kinds that also count when they follow the mention ("a clot, years ago")."""
PASSES_STOPS = frozenset({"hypothetical", "other", "long-ago"})
YEAR = range(1900, 2200)
SPEAKER = frozenset({"i", "me", "my", "mine", "we", "our"})
"""After these words the talk is no longer of somebody else ("my sister had one and I want one too")."""
FLAG = {
    "negation": "negated", "refusal": "refused", "past": "past", "long-ago": "long_ago", "hypothetical": "hypothetical", "other": "other",
    "uncertain": "uncertain", "wanted": "wanted", "not-told": "not_told", "past-after": "past",
}  # fmt: skip
"""Kind of cue -> the flag it sets."""


Piece = tuple[int, int]
"""Words [from, to) of the text."""


class Cue(msgspec.Struct, frozen=True, array_like=True):
    """One cue in the text: its kind, and its words from `start` up to `end`."""

    kind: str
    start: int
    end: int


class Context(msgspec.Struct, frozen=True):
    """What holds of one mention."""

    negated: bool = False
    refused: bool = False
    past: bool = False
    long_ago: bool = False
    hypothetical: bool = False
    other: bool = False
    uncertain: bool = False
    not_told: bool = False
    wanted: bool = False


def find_cues(words: list[Word], table: dict[str, list[tuple[tuple[str, ...], str]]]) -> list[Cue]:
    """Every cue in the text, in order. A false denial ("not only") hides the denial in it, but only for its own kind."""
    found: list[Cue] = []
    for i, word in enumerate(words):
        for cue, kind in table.get(word.raw, ()):
            size = len(cue)
            if size == 1 or tuple(w.raw for w in words[i : i + size]) == cue:
                found.append(Cue(kind, i, i + size))
        if word.raw.isdigit() and len(word.raw) == 4 and int(word.raw) in YEAR and i and words[i - 1].raw in ("in", "since", "from", "year"):
            found.append(Cue("long-ago", i, i + 1))
    hidden = {i for cue in found if cue.kind == "not-negation" for i in range(cue.start, cue.end)}
    return [cue for cue in found if cue.kind != "negation" or cue.start not in hidden]


def context_of(kind: str, pieces: tuple[Piece, ...], sentence: Piece, cues: list[Cue], breaks: frozenset[int], words: list[Word]) -> Context:
    """The context of a mention of this kind, from its pieces and its sentence (as words [from, to))."""
    start, end, (first, last) = pieces[0][0], max(piece[1] for piece in pieces), sentence
    flags: set[str] = set()
    stops = [cue.start for cue in cues if cue.kind == "stops" and first <= cue.start < start]
    stop = max(stops, default=-1)
    for cue in cues:
        reach = DENIED_WITHIN.get(kind, REACH["negation"]) if cue.kind == "negation" else REACH.get(cue.kind, 0)
        if not first <= cue.start < last:
            continue
        if cue.end <= start and start - cue.end < reach:
            blocked = stop >= cue.end and cue.kind not in PASSES_STOPS
            if cue.kind == "negation":
                blocked = blocked or any(cue.end <= b <= start for b in breaks)
            elif cue.kind == "other":
                blocked = any(word.raw in SPEAKER for word in words[cue.end : start])
            if not blocked:
                flags.add(cue.kind)
        elif (cue.kind == "negation" and any(0 <= piece[0] - cue.end < DENIED_INSIDE for piece in pieces[1:])) or (
            cue.start >= end and cue.start - end < AFTER.get(cue.kind, 0)
        ):
            flags.add(cue.kind)
    return Context(**{FLAG[kind]: True for kind in flags})
