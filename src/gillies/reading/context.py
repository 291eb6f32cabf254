"""Who, when and whether: denial, refusal, the past, fear, other people. Cues are data (lexicon/context.yaml).

Each mention is judged within its own sentence. A cue counts when it stands before the mention, near enough, and no word
that ends the thought ("but", "and now") stands between.
"""

import msgspec

from gillies.phrases.words import Word

REACH = {"negation": 6, "refusal": 8, "past": 5, "long-ago": 14, "hypothetical": 14, "fear": 14, "other": 14, "uncertain": 5, "wanted": 12, "not-told": 14}
"""How many words before the mention a cue may stand."""
DENIED_WITHIN = {"means": 2, "procedure": 4, "elsewhere": 3}
"""Kinds that a plain "no" denies only from nearby ("no surgery", but not "no note says whether surgery would help")."""
DENIED_INSIDE = 2
"""A "no" this close before a later piece denies the whole ("veins on my legs, no ache")."""
AFTER = {"long-ago": 12, "over": 16, "past-after": 4, "weeks-ago": 7, "refused-after": 10, "undone": 2}
"""Kinds that also count when they follow the mention ("a clot, years ago")."""
NOW_BEHIND = 4
"""A "now" this close behind the mention still speaks of it ("all healed, then it opened today")."""
TURNS_AGAIN = frozenset({"but", "then", "again", "back", "until", "yet", "however", "though"})
"""Right behind "it stopped", these say that it did not."""
SOON = 4
PASSES_STOPS = frozenset({"hypothetical", "fear", "other", "long-ago"})
APART = 2
"""Characters between two words when more than a blank stands there."""
OURS = frozenset(
    "i im my me mine we our us he she his her hers him their they it its this that these those here now today tonight yesterday "
    "day days week weeks hour hours hr hrs wk wks minute minutes morning evening post since still".split()
)
"""A question with one of these before the mention's end is about somebody, now."""
WISHES = frozenset({"want", "wants", "wanted", "wish", "considering", "thinking", "planning", "hoping", "seeking", "looking", "interested"})
"""A finding whose words stand on both sides of one of these is none: "since I got heavy, want the apron removed" tells of no operation since."""
YEAR = range(1900, 2200)
FLAG = {
    "negation": "negated", "refusal": "refused", "past": "past", "long-ago": "long_ago", "hypothetical": "hypothetical", "fear": "feared", "other": "other",
    "uncertain": "uncertain", "wanted": "wanted", "not-told": "not_told", "past-after": "past", "weeks-ago": "long_ago", "over": "long_ago",
    "refused-after": "refused", "undone": "refused",
}  # fmt: skip
"""Kind of cue -> the flag it sets."""


Piece = tuple[int, int]
"""Words [from, to) of the text."""


class Cue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One cue in the text: its kind, and its words from `start` up to `end`."""

    kind: str
    start: int
    end: int


class Turns(msgspec.Struct, frozen=True):
    """Words at which the talk turns (lexicon/reference.yaml): to the `speaker`, or to something else that was or is had (`new_clause`)."""

    speaker: frozenset[str]
    new_clause: frozenset[str]


class Context(msgspec.Struct, frozen=True, gc=False):
    """What holds of one mention."""

    negated: bool = False
    refused: bool = False
    past: bool = False
    long_ago: bool = False
    hypothetical: bool = False
    feared: bool = False
    other: bool = False
    uncertain: bool = False
    not_told: bool = False
    wanted: bool = False


NOTHING = Context()
"""Told plainly: nothing turns it."""


def is_year(raw: str) -> bool:
    """Whether a word is a year that somebody could have been operated in."""
    return len(raw) == 4 and raw.isdigit() and int(raw) in YEAR


def find_cues(words: list[Word], starts: list[int], table: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]) -> list[Cue]:
    """Every cue in the text, in order; `starts`: the words at which one may start. A false denial ("not only") hides the
    denial in it, and "if I breathe" is no fear."""
    found: list[Cue] = []
    for i in starts:
        word = words[i]
        by_second = table.get(word.raw, {})
        after = words[i + 1].raw if i + 1 < len(words) else ""
        for cue, kind in (*by_second.get(after, ()), *by_second.get("", ())) if after else by_second.get("", ()):
            size = len(cue)
            if size <= 2 or tuple([w.raw for w in words[i : i + size]]) == cue:
                found.append(Cue(kind, i, i + size))
        if i and is_year(word.raw) and words[i - 1].raw in ("in", "since", "from", "year"):
            found.append(Cue("long-ago", i, i + 1))
    for false, kind in (("not-negation", "negation"), ("real", "fear")):
        hidden = {i for cue in found if cue.kind == false for i in range(cue.start, cue.end)}
        found = [cue for cue in found if cue.kind != kind or cue.start not in hidden]
    return found


def context_of(kind: str, pieces: tuple[Piece, ...], cues: list[Cue], breaks: frozenset[int], words: list[Word], turns: Turns) -> Context:
    """The context of a mention of this kind, from its pieces and the cues of its sentence."""
    start = pieces[0][0]
    stop = max([cue.start for cue in cues if cue.kind == "stops" and cue.start < start], default=-1)
    flags = {FLAG[cue.kind] for cue in cues if cue.kind in FLAG and _bears(cue, kind, pieces, stop, cues, breaks, words, turns)}
    if kind == "finding" and len(pieces) > 1 and any(_wished(cue, pieces, words) for cue in cues):
        flags.add("hypothetical")
    if kind == "finding" and any(_asked_at_large(cue, pieces, breaks, words) for cue in cues):
        flags.add("long_ago")
    return Context(**dict.fromkeys(flags, True)) if flags else NOTHING


def _wished(cue: Cue, pieces: tuple[Piece, ...], words: list[Word]) -> bool:
    """Whether a wish stands between the first and the last of the pieces."""
    first, last = min(pieces), max(pieces)
    return cue.kind == "wanted" and first[1] <= cue.start < last[0] and words[cue.start].raw in WISHES


def _asked_at_large(cue: Cue, pieces: tuple[Piece, ...], breaks: frozenset[int], words: list[Word]) -> bool:
    """Whether the mention stands in a question of people at large: it opens the sentence, and up to the mention nobody and no day is meant."""
    first, end = cue.start, max(piece[1] for piece in pieces)
    if cue.kind != "asks" or first >= pieces[0][0] or first in breaks or (first and words[first].start - words[first - 1].end < APART):
        return False
    return words[first + 1].raw != "not" and OURS.isdisjoint(word.raw for word in words[first:end])


def _bears(cue: Cue, kind: str, pieces: tuple[Piece, ...], stop: int, cues: list[Cue], breaks: frozenset[int], words: list[Word], turns: Turns) -> bool:
    """Whether a cue of the same sentence says something of the mention."""
    start, end = pieces[0][0], max(piece[1] for piece in pieces)
    if cue.kind == "negation" and words[cue.start].raw != "never" and any(0 <= piece[0] - cue.end < DENIED_INSIDE for piece in pieces[1:]):
        return True
    if cue.start >= end:
        between = {word.raw for word in words[end : cue.start]}
        if (cue.kind == "weeks-ago" and any(end <= b <= cue.start for b in breaks)) or (cue.kind == "undone" and kind != "procedure"):
            return False
        if cue.kind == "over" and not TURNS_AGAIN.isdisjoint(word.raw for word in words[cue.end : cue.end + SOON]):
            return False
        if words[cue.start].raw == "used":
            return False
        return cue.start - end < AFTER.get(cue.kind, 0) and not between & turns.new_clause
    reach = DENIED_WITHIN.get(kind, REACH["negation"]) if cue.kind == "negation" else REACH.get(cue.kind, 0)
    if cue.end > start or start - cue.end >= reach:
        return False
    if stop >= cue.end and cue.kind not in PASSES_STOPS:
        return False
    if cue.kind == "negation":
        return not any(cue.end <= b <= start for b in breaks)
    if cue.kind == "other":
        return not any(word.raw in turns.speaker for word in words[cue.end : start])
    if cue.kind == "fear":
        return not any(word.raw == "my" for word in words[cue.end : end])
    if cue.kind == "long-ago":
        return not any(other.kind == "now" and cue.end <= other.start < end + NOW_BEHIND for other in cues)
    return True
