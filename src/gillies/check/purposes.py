"""What a field is said to be for. Plastic surgery is for repair and for looks: a clause that tells its aim and names one of the two alone misleads,
whatever words it uses. This follows from the field's record (derive_fields.py). Pure.

"Plastic surgeons, who specialise in reconstruction" tells an aim; "plastic surgeons repair burns" only tells one thing that they do.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from gillies.check.claim import denials
from gillies.check.clauses import FINITE
from gillies.check.derive_fields import AIM_TERMS, ALONE, purpose_frame
from gillies.check.find import ONLY, Subject
from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon, Spelt
from gillies.check.sentence import Item, Sentence

AIMING = frozenset("deal focus concentr dedic devot intend purpos aim design defin concern center centr".split())
"""Stems of words that say what something is for."""
SPECIAL = ("specialis", "specializ")
DOING = frozenset("correct reconstruct restor repair fix oper treat address improv enhanc do work perform done undertaken mend rebuild".split())
"""Stems of words that say what it does: of a field, its aim as well, where nothing else is said of it."""
KIND = frozenset("surger specialt field type form kind disciplin process done undertaken perform carri".split())
ENDS = frozenset(("to", "for", "when"))
"""What a field is said to be a kind of ("is surgery done to …"), and the words that then begin its aim."""
WIDE = frozenset(
    """also includ encompass cover both rang well variet varieti many subdivid divid two categori origin word greek between differ than certifi board insur
    pay train log minimum reshap shape modif alter mold mould either member licens regist academi societi assoc colleg wide broad choos chose""".split()
)
"""Stems of words with which more may be meant, or something else."""
MAY, NEAR = frozenset("may can could might some sometim often help".split()), 2
"""Words that make it one thing of several, so near behind the field."""
HEADS = frozenset(("specialty", "term", "field", "general-surgery", "surgeon", "surgery", ONLY))
"""What may be named before the field at the head of a clause, or in one breath with it."""
HEAD = 6
"""Within how many words of its clause the field is its subject."""
TAKING_UP = frozenset(("who", "which", "that", "they", "it", "this"))
LISTED = frozenset(("and", "or", "as", "does", "do", "did"))
"""Words behind a field that only goes before another in a list, or of which the sentence before spoke."""
RECONSTRUCTING, FORMS = "reconstruct", frozenset((("form", "and"), ("form", "or")))
RELATIVE = frozenset(("that", "which", "already", "still", "otherwise"))
"""Words before a verb that tells which part is meant."""
HAVING, STATE_NEAR = frozenset(("has", "have", "having", "with")), 6
"""Words by which a part is said to have a "normal … function" already, and how far before it they may stand."""
SET_APART, IN_PART = frozenset(("from", "than", "unlike")), frozenset(("much", "some", "part", "many", "and"))
"""Words before a field that is only compared with the one spoken of ("it differs from cosmetic surgery"); of which only a part is told, or that is
told of beside another."""
FEWEST = 4
"""Words of a clause that tells an aim."""
GOING_ON = frozenset(("which", "that", "who", "when", "where", "because"))
"""Words that go on with an aim where no comma stands before ("surgery which is done to …")."""
TURNS = frozenset(("while", "whereas", "and", "but"))


class Purpose(msgspec.Struct, frozen=True):
    """A clause that says what a field is for: its words [start, end), the field, the frame that answers, whether it says so in as many words."""

    start: int
    end: int
    field: str
    held: Held
    only: bool
    is_aim: bool


def purposes(sentence: Sentence, before: Subject, lexicon: CheckLexicon) -> Iterator[Purpose]:
    """Each clause of a sentence that gives a field one aim alone, and the wrong one."""
    items = sentence.items
    last = next((item[0] for item in before.items if item[0] in ALONE), "")
    if not last and not any(item[0] in ALONE for item in items):
        return
    for start, end in _clauses(sentence):
        here = [item for item in items if start <= item[2] < end]
        field = next((item for item in here if item[0] in ALONE and item[2] - start <= HEAD), None)
        leads = [one for one in here if field and one[2] <= field[2] and one[0] != field[0] and one[0] in lexicon.entities and one[0] not in HEADS]
        ahead = [word[0] for word in sentence.words[start : field[2]]] if field else []
        is_apart = not SET_APART.isdisjoint(ahead[-1:])
        if not IN_PART.isdisjoint(ahead) or (is_apart and not last):
            continue
        if field and is_apart:
            name, at = last, field[3]
        elif field and not leads:
            name, at = field[0], field[3]
        elif last and sentence.words[start][0] in TAKING_UP:
            name, at = last, start + 1
        else:
            last = next((item[0] for item in reversed(here) if item[0] in ALONE), "")
            continue
        last = name
        if end - start >= FEWEST and (told := _told(name, at, start, end, sentence, lexicon)):
            yield told


def _told(name: str, at: int, start: int, end: int, sentence: Sentence, lexicon: CheckLexicon) -> Purpose | None:
    """The aim that the words from `at` on give a field, where it is the wrong one."""
    if sentence.words[min(at, end - 1)][0] in LISTED:
        return None
    stems = [word[1] for word in sentence.words[at:end]]
    here = [item for item in sentence.items if start <= item[2] < end]
    is_aim = any(_is_aiming(word) for word in sentence.words[at:end]) or _is_a_kind(stems)
    if not is_aim and DOING.isdisjoint(stems):
        return None
    if not WIDE.isdisjoint(stems) or not MAY.isdisjoint(stems[:NEAR]):
        return None
    denied = {item[2] for denial in denials(sentence) for item in denial.items}
    told = [item for item in here if item[2] >= at and item[0] != name and item[2] not in denied and not _is_a_state(item, sentence)]
    aims = {aim for aim, terms in AIM_TERMS.items() for item in told if _says(item, terms)}
    if any(RECONSTRUCTING in [word[1] for word in sentence.words[item[2] : item[3]]] for item in told):
        aims.add("repair")  # "plastic and reconstructive surgery"
    if not FORMS.isdisjoint(pairwise([word[0] for word in sentence.words[at:end]])):
        aims.add("looks")  # "form and function"
    excluded = any(_says(item, terms) for terms in AIM_TERMS.values() for item in here if item[2] in denied)
    if denied and not excluded:
        return None
    aim = "both" if len(aims) > 1 else aims.pop() if aims else ""
    key = purpose_frame(name, aim)
    if key not in lexicon.by_id:
        return None
    only = excluded or any(item[0] == ONLY for item in here)
    return Purpose(start, end, name, lexicon.held[lexicon.by_id[key]], only, is_aim)


def _is_a_state(item: Item, sentence: Sentence) -> bool:
    """Whether "function" only tells how a part works already ("areas that function normally"), which is no aim."""
    if item[0] != "function":
        return False
    before = [word[0] for word in sentence.words[max(0, item[2] - STATE_NEAR) : item[2]]]
    is_had = "normal" in before and not HAVING.isdisjoint(before)
    return is_had or (not RELATIVE.isdisjoint(before[-1:]) and "so" not in before[-NEAR:])


def _says(item: Item, terms: tuple[str, ...]) -> bool:
    return (item[0] if item[1] > 0 else f"-{item[0]}") in terms


def _is_a_kind(stems: list[str]) -> bool:
    """Whether a field is said to be surgery that is done to some end."""
    first = next((i for i, stem in enumerate(stems) if stem in KIND), None)
    return first is not None and first <= HEAD and not ENDS.isdisjoint(stems[first:])


def _has_verb(sentence: Sentence, at: int) -> bool:
    """Whether a field is followed by a verb, so that it begins a clause of its own ("… and cosmetic surgeons focus on looks")."""
    return any(word[0] in FINITE or word[1] in DOING or _is_aiming(word) for word in sentence.words[at + 1 : at + 1 + HEAD])


def _is_aiming(word: Spelt) -> bool:
    """Whether a word says what something is for."""
    return word[1] in AIMING or word[0].startswith(SPECIAL)


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The words [start, end) of each clause: thoughts, and what a second field begins behind "while" or "and"."""
    fields = {item[2] for item in sentence.items if item[0] in ALONE}
    thought, words, part = sentence.thought, sentence.words, sentence.part
    starts = [0]
    for i in range(1, len(words)):
        turns = words[i][0] in TURNS and i - starts[-1] >= FEWEST and any(_has_verb(sentence, at) for at in fields if i < at <= i + 1 + NEAR)
        if turns or (thought[i] != thought[i - 1] and not (words[i][0] in GOING_ON and part[i] == part[i - 1])):
            starts.append(i)
    yield from zip(starts, [*starts[1:], len(words)], strict=True)
