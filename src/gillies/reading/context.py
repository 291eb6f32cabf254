"""Who, when and whether: denial, refusal, the past, fear, other people. Cues are data (lexicon/context.yaml).

Each mention is judged within its own sentence. A cue counts when it stands before the mention, near enough, and no word
that ends the thought ("but", "and now") stands between.
"""

import msgspec

from gillies.phrases.words import SMALL, Word

REACH = {
    "negation": 6, "refusal": 8, "refused-near": 1, "past": 5, "long-ago": 14, "hypothetical": 14, "fear": 14, "other": 14, "uncertain": 5,
    "wanted": 12, "not-told": 14, "landmark": 3, "risk": 14, "asks": 2,
}  # fmt: skip
"""How many words before the mention a cue may stand."""
DENIED_WITHIN = {"means": 2, "procedure": 4, "elsewhere": 3}
"""Kinds that a plain "no" denies only from nearby ("no surgery", but not "no note says whether surgery would help")."""
DENIED_INSIDE = 2
"""A "no" this close before a later piece denies the whole ("veins on my legs, no ache")."""
OR_INSIDE = 4
"""As near when an "or" stands between ("skin tags, not sore or catching")."""
AFTER = {
    "long-ago": 12, "over": 16, "past-after": 4, "weeks-ago": 7, "refused-after": 14, "refused-next": 2, "undone": 2, "spoilt": 14, "untroubled": 2,
    "risk-after": 8,
}  # fmt: skip
"""Kinds that also count when they follow the mention ("a clot, years ago")."""
NOW_BEHIND = 4
"""A "now" this close behind the mention still speaks of it ("all healed, then it opened today")."""
SOON = 4
"""How near behind "it stopped" a word must stand that says it did not."""
APART = 2
"""Characters between two words when more than a blank stands there."""
DENIALS = ("negation", "not-negation")
"""Right before a phrase that rules something out, these turn it round: who "can't breathe well" does not breathe well."""
PASSES_STOPS = frozenset({"hypothetical", "fear", "other", "long-ago", "risk"})
YEARS = range(1900, 2100)
"""Bare numbers that are years rather than amounts."""
FLAG = {
    "negation": "negated", "refusal": "refused", "past": "past", "long-ago": "long_ago", "hypothetical": "hypothetical", "fear": "feared", "other": "other",
    "uncertain": "uncertain", "wanted": "wanted", "not-told": "not_told", "past-after": "past", "weeks-ago": "long_ago", "over": "long_ago",
    "refused-after": "refused", "undone": "refused", "refused-near": "refused", "refused-next": "refused", "landmark": "landmark",
    "spoilt": "spoilt", "untroubled": "negated", "risk": "at_risk", "risk-after": "at_risk", "asks": "at_risk",
}  # fmt: skip
"""Kind of cue -> the flag it sets."""
FALSE = {"not-negation": ("negation",), "real": ("fear",), "not-refusal": ("negation", "refusal", "not-told"), "not-past": ("past",), "not-asks": ("asks",)}
"""Kind of cue -> the kinds that it only sounds like, and hides."""


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
    again: frozenset[str]
    """Right behind "it stopped", these say that it did not."""
    wishes: frozenset[str]
    """A finding whose words stand on both sides of one of these is none: "since I got heavy, want the apron removed" tells of no operation since."""
    leads: frozenset[str]
    """What may stand between a wish and what is wished for: "I would like to get my eyelids done" tells of nothing that was done."""
    somebody: frozenset[str]
    """A question with one of these before the mention's end is about somebody, now."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """What a mention stands in: the cues that may bear on it, all words of the text, the words near by before which a mark stands, and `Turns`."""

    cues: list[Cue]
    words: list[Word]
    breaks: list[int]
    turns: Turns


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
    landmark: bool = False
    """Named only to say where something is ("above my scar")."""
    spoilt: bool = False
    """Said to have gone wrong."""
    at_risk: bool = False
    """Told as what a treatment can do to people ("it can leave lumps")."""
    wished: bool = False
    """Wished for in so many words, so not done yet."""
    anothers: bool = False
    """Turned down by somebody else ("my boyfriend is against it")."""


NOTHING = Context()
"""Told plainly: nothing turns it."""


def is_year(raw: str) -> bool:
    """Whether a word is a year that somebody could have been operated in."""
    return len(raw) == 4 and raw.isdigit() and int(raw) in YEARS


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
    for false, kinds in FALSE.items():
        hidden = {i for cue in found if cue.kind == false for i in range(cue.start, cue.end)}
        if hidden:
            found = [cue for cue in found if cue.kind not in kinds or cue.start not in hidden]
    return found


def context_of(kind: str, pieces: tuple[Piece, ...], said: Said) -> Context:
    """The context of a mention of this kind, from its pieces and what it stands in."""
    cues = said.cues
    start, end = pieces[0][0], max([piece[1] for piece in pieces])
    stop = max([cue.start for cue in cues if cue.kind == "stops" and cue.start < start], default=-1)
    in_pieces, is_finding = len(pieces) > 1, kind == "finding"
    flags: dict[str, bool] = {}
    for cue in cues:
        if is_finding:
            if cue.kind == "opens-question" and _asked_at_large(cue, pieces, said):
                flags["long_ago"] = True
            elif cue.kind == "wanted" and not said.turns.wishes.isdisjoint([word.raw for word in said.words[cue.start : cue.end]]):
                if in_pieces and _stands_between(cue, pieces):
                    flags["hypothetical"] = True
                elif said.turns.leads.issuperset([word.raw for word in said.words[cue.end : start]]) and cue.end <= start:
                    flags["wished"] = True
        flag = FLAG.get(cue.kind)
        if flag is None or flag in flags:
            continue
        if cue.start >= end:
            bears = cue.start - end < AFTER.get(cue.kind, 0) and _bears_behind(cue, kind, end, said)
        else:
            bears = (cue.end <= start or (cue.kind == "risk" and cue.start < start)) and _bears(cue, kind, pieces[0], end, stop, said)
        if bears or (in_pieces and _bears_inside(cue, pieces, said.words)):
            flags[flag] = True
            if flag == "refused" and _is_anothers(cue, said):
                flags["anothers"] = True
    if kind == "finding-no":  # its own "no" stands inside it: only one right before it turns it round
        flags.pop("negated", None)
        if any(cue.end == start and cue.kind in DENIALS for cue in cues):
            flags["negated"] = True
    return Context(**flags) if flags else NOTHING


def _is_anothers(refusal: Cue, said: Said) -> bool:
    """Whether somebody else is named before a refusal, and the speaker not in between."""
    before = [cue.end for cue in said.cues if cue.kind == "other" and cue.end <= refusal.start]
    return bool(before) and said.turns.speaker.isdisjoint(word.raw for word in said.words[max(before) : refusal.start])


def _stands_between(cue: Cue, pieces: tuple[Piece, ...]) -> bool:
    """Whether a cue stands between the first and the last of the pieces."""
    return min(pieces)[1] <= cue.start < max(pieces)[0]


def _asked_at_large(cue: Cue, pieces: tuple[Piece, ...], said: Said) -> bool:
    """Whether the mention stands in a question of people at large: it opens the sentence, and up to the mention nobody and no day is meant."""
    first, end, words = cue.start, max(piece[1] for piece in pieces), said.words
    if first >= pieces[0][0] or first in said.breaks or (first and words[first].start - words[first - 1].end < APART):
        return False
    return words[first + 1].raw != "not" and said.turns.somebody.isdisjoint(word.raw for word in words[first:end])


def _bears_inside(cue: Cue, pieces: tuple[Piece, ...], words: list[Word]) -> bool:
    """Whether a "no" stands right before a later piece, or talk of risk between the pieces ("implants, in the event of a tear")."""
    if cue.kind == "risk":
        return pieces[0][1] <= cue.start and cue.end <= pieces[-1][0]
    if cue.kind != "negation" or words[cue.start].raw == "never":
        return False
    return any(0 <= piece[0] - cue.end < (OR_INSIDE if words[piece[0] - 1].raw in ("or", "nor") else DENIED_INSIDE) for piece in pieces[1:])


ONLY_OF = {"asks": "concern", "undone": "procedure", "refused-next": "means", "untroubled": "concern"}
"""Kinds of cue that say something of one kind of mention only."""


def _bears_behind(cue: Cue, kind: str, end: int, said: Said) -> bool:
    """Whether a cue that follows near enough says something of the mention."""
    if ONLY_OF.get(cue.kind, kind) != kind or (
        (cue.kind == "weeks-ago" or (cue.kind == "long-ago" and kind == "procedure")) and any(end <= b <= cue.start for b in said.breaks)
    ):
        return False
    if said.words[cue.start].raw == "used":  # "it hurts when I do what I used to": that speaks of what follows
        return False
    if cue.kind == "over" and not said.turns.again.isdisjoint(word.raw for word in said.words[cue.end : cue.end + SOON]):
        return False
    if cue.kind == "refused-after":
        return _takes_up(cue, end, said)
    return not any(word.raw in said.turns.new_clause for word in said.words[end : cue.start])


def _bears(cue: Cue, kind: str, piece: Piece, end: int, stop: int, said: Said) -> bool:
    """Whether a cue that stands before says something of the mention, whose first piece is `piece`."""
    start = piece[0]
    if ONLY_OF.get(cue.kind, kind) != kind:
        return False
    reach = DENIED_WITHIN.get(kind, REACH["negation"]) if cue.kind == "negation" else REACH.get(cue.kind, 0)
    if start - cue.end >= reach or (stop >= cue.end and cue.kind not in PASSES_STOPS):
        return False
    if cue.kind == "risk":  # of a treatment, only talk of risk inside its words counts: "laser hair removal … leave me with scars" asks for no scar removal
        return (kind != "procedure" or cue.end > start) and not _turns_to_now(cue, end, said.cues)
    if cue.kind == "refusal" and _starts_afresh(cue, start, said):
        return False
    if cue.kind == "landmark":
        return any(mark.kind == "mark" and cue.end <= mark.start <= piece[1] for mark in said.cues)
    if cue.kind == "negation":
        return not any(cue.end <= b <= start for b in said.breaks)
    if cue.kind == "other":
        return not any(word.raw in said.turns.speaker for word in said.words[cue.end : start])
    if cue.kind == "fear":
        return not any(word.raw == "my" for word in said.words[cue.end : end])
    return cue.kind != "long-ago" or not _turns_to_now(cue, end, said.cues)


def _turns_to_now(cue: Cue, end: int, cues: list[Cue]) -> bool:
    """Whether it is said between a cue and right behind the mention that it is now."""
    return any(other.kind == "now" and cue.end <= other.start < end + NOW_BEHIND for other in cues)


def _takes_up(cue: Cue, end: int, said: Said) -> bool:
    """Whether "not for me" says it of what came before: behind a comma or a "but" nothing else may be named first ("a facelift, filler is not for me")."""
    turns = [b for b in said.breaks if end <= b <= cue.start] + [c.start for c in said.cues if c.kind == "contrast" and end <= c.start < cue.start]
    light = {i for c in said.cues if c.kind in ("contrast", "joins") for i in range(c.start, c.end)}
    return not turns or all(i in light or said.words[i].raw in SMALL for i in range(max(turns), cue.start))


def _starts_afresh(cue: Cue, start: int, said: Said) -> bool:
    """Whether a new thought begins between a refusal and the mention ("I hate needles, would a peel help"); one word alone does so behind a comma."""
    fresh = [c for c in said.cues if c.kind == "fresh" and cue.end <= c.start < start]
    return any(c.end - c.start > 1 or any(cue.end <= b <= c.start for b in said.breaks) for c in fresh)
