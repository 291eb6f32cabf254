"""Where the thoughts of a sentence begin and end, and which of them state nothing.

"Though it won't pay for the facelift, Medicare may pay for an infection" has two thoughts; what the first denies, the second does not. "If a
filler lump stays, …" states no lump. Words of assertion.yaml begin a thought; commas and verbs end it.
"""

from itertools import pairwise

from gillies.check.sentence import Sentence

TURNING = frozenset(("breaks", "sets-aside", "opens"))
"""Kinds of cues that may begin a thought."""
OPENING = frozenset(("opens", "sets-aside"))
"""Those that do so at the head of a sentence, up to the first comma."""
UNASSERTED = frozenset(("condition-of", "sets-aside"))
"""Kinds of cues whose thought states nothing."""
PERSON_RELATIVE = frozenset(("who", "whose"))
RELATIVE = frozenset(("who", "whose", "which", "where"))
PRONOUNS = frozenset(("it", "they", "he", "she", "this", "these", "those"))
JOINS = frozenset(("and", "but", "or", "so", "because", "since", "although", "though", "while", "therefore", "thus", "that"))
DOING = frozenset(("do", "does", "did", "done", "doing"))
"""Verbs with which a "so" concludes nothing."""
FEW, FEWEST = 3, 3
"""Words before an opening that may introduce it; words of a clause at the least."""
FINITE = frozenset(
    """is are was were isn't aren't wasn't weren't has have had hasn't haven't can can't cannot could couldn't may might must will won't would
    wouldn't should shouldn't do does did don't doesn't didn't""".split()
)
"""Verbs by which the thought before a relative clause goes on."""


def turn(sentence: Sentence) -> None:
    """Numbers the thoughts of a sentence anew where a cue such as "but" or "which" begins one. It lasts until the next mark that turns the thought;
    one at the head of the sentence until the comma behind it; a relative clause between commas until the thought before goes on."""
    part, made = sentence.part, len(sentence.words) + 1
    unasserted: set[int] = set()
    leading: set[int] = set()
    concludes_at, is_reason = 0, False
    turned = list(sentence.thought)
    for cue in sentence.cues:
        if sentence.words[cue.start][0] == "so" and cue.start and sentence.words[cue.start - 1][0] in DOING:
            continue  # "is done so for looks"
        opens = not OPENING.isdisjoint(cue.kinds) and (cue.start == 0 or _is_introduced(sentence, cue.start))
        if opens:
            end = next((i for i in range(cue.start, len(part)) if part[i] != part[cue.start]), 0)
        elif cue.start and "breaks" in cue.kinds and not _is_restrictive(sentence, cue.start):
            end = _end(sentence, cue.start)
        else:
            continue
        own = turned[cue.start]
        for i in range(cue.start, end):
            if turned[i] == own:
                turned[i] = made
        if end and not UNASSERTED.isdisjoint(cue.kinds):
            unasserted.add(made)
        if end and opens:
            leading.add(made)
            is_reason = "reason" in cue.kinds
        elif "concludes" in cue.kinds and len(part) - cue.end >= FEWEST:  # "… though there is no need to do so" concludes nothing
            concludes_at = concludes_at or cue.start
        made += 1
    if concludes_at:
        leading, is_reason = set(turned[:concludes_at]), True
    sentence.thought, sentence.unasserted, sentence.leading = turned, frozenset(unasserted), (frozenset(leading), is_reason)


def set_aside(sentence: Sentence) -> frozenset[int]:
    """The thoughts that name what something else is set apart from ("Unlike Botox, …")."""
    if "sets-aside" not in sentence.kinds:
        return frozenset()
    return sentence.unasserted & {sentence.thought[cue.start] for cue in sentence.cues if "sets-aside" in cue.kinds}


def going_on(sentence: Sentence) -> list[tuple[int, int]]:
    """The words [start, end) of each later clause that speaks of the same subject by a pronoun or by none ("…, and they are not covered", "but
    cannot operate")."""
    words, part, thought = sentence.words, sentence.part, sentence.thought
    starts = [0]
    for i in range(1, len(words)):
        word, before = words[i][0], words[i - 1][0]
        turns = thought[i] != thought[i - 1] or part[i] != part[i - 1] or before in JOINS
        if turns and (word in PRONOUNS or (word in FINITE and before in JOINS)) and i - starts[-1] > 1:
            starts.append(i)
    return [(start, end) for start, end in pairwise([*starts, len(words)]) if start and end - start >= FEWEST]


def _is_introduced(sentence: Sentence, start: int) -> bool:
    """Whether only a few words without a verb stand before ("For example, if …")."""
    return sentence.part[start] != sentence.part[start - 1] and FINITE.isdisjoint([word[0] for word in sentence.words[:start]]) and start <= FEW


def _end(sentence: Sentence, start: int) -> int:
    """Where a thought that begins inside the sentence ends at the latest."""
    size, part = len(sentence.words), sentence.part
    if sentence.words[start][0] in RELATIVE and part[start] != part[start - 1]:
        return next((i for i in range(start + 1, size) if part[i] != part[i - 1] and sentence.words[i][0] in FINITE), size)
    return size


def _is_restrictive(sentence: Sentence, at: int) -> bool:
    """Whether a "who" without a comma tells which people are meant ("one in ten people who have ..."): the thought goes on."""
    return sentence.words[at][0] in PERSON_RELATIVE and sentence.part[at] == sentence.part[at - 1]
