"""Who, when and whether: denial, refusal, the past, fear, other people. Cues are data (lexicon/context.yaml).

Each mention is judged within its own sentence. A cue counts when it stands before the mention, near enough, and no word
that ends the thought ("but", "and now") stands between.
"""

import msgspec

from gillies.phrases.words import Word

REACH = {"negation": 6, "refusal": 8, "past": 5, "long-ago": 14, "hypothetical": 14, "other": 14, "uncertain": 5, "wanted": 12}
"""How many words before the mention a cue may stand."""
AFTER = {"long-ago": 12}
"""Kinds that also count when they follow the mention ("a clot, years ago")."""
PASSES_STOPS = frozenset({"hypothetical", "other", "long-ago"})
YEAR = range(1900, 2200)


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


def context_of(start: int, end: int, first: int, last: int, cues: list[Cue], breaks: frozenset[int]) -> Context:
    """The context of a mention at words [start, end) of the sentence [first, last)."""
    flags: dict[str, bool] = {}
    stops = [cue.start for cue in cues if cue.kind == "stops" and first <= cue.start < start]
    stop = max(stops, default=-1)
    for cue in cues:
        reach = REACH.get(cue.kind)
        if reach is None or not first <= cue.start < last:
            continue
        if cue.end <= start and start - cue.end < reach:
            blocked = stop >= cue.end and cue.kind not in PASSES_STOPS
            if not blocked and not (cue.kind == "negation" and any(cue.end <= b <= start for b in breaks)):
                flags[cue.kind.replace("-", "_")] = True
        elif cue.start >= end and cue.start - end < AFTER.get(cue.kind, 0):
            flags[cue.kind.replace("-", "_")] = True
    renamed = {"negation": "negated", "refusal": "refused"}
    return Context(**{renamed.get(kind, kind): True for kind in flags})
