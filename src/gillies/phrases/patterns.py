"""The little language of `says`: phrases, [a|b] alternatives, <classes>, `~` (near, either order) and `..` (in this order).

A pattern is one or more *parts*; a part is a run of words. Each part is expanded at build time into all runs of stems it can
stand for, so that one automaton finds them all.
"""

import re
from collections.abc import Mapping
from itertools import product
from math import prod

import msgspec

from gillies.phrases.words import IRREGULAR, SMALL, parts, phrase_stems

MOST_EXPANSIONS = 4000

Run = tuple[str, ...]
SMALL_STEMS = frozenset(stem for word in SMALL if not word.endswith("ly") and word not in (*IRREGULAR, "quite", "even", "ever") for _, stem in parts(word))
"""Stems of small words that no other word shares ("constantly" is small, "constant" is not; "quite" shares its own with "quit", "ever" with "every")."""
SLOT = re.compile(r"\[([^\]]*)\]|<([^>]*)>|([^\[\]<>]+)")


class PatternError(ValueError):
    """A `says` entry is not of the little language; the message says why."""


class Pattern(msgspec.Struct, frozen=True):
    """A parsed pattern: its parts as written, and whether they must come in order."""

    parts: tuple[str, ...]
    ordered: bool = False


def parse_pattern(text: str) -> Pattern:
    """`"<droop> ~ <eyelid>"` -> Pattern. `~` and `..` may not be mixed in one pattern."""
    near, ordered = re.split(r"\s+~\s+", text.strip()), re.split(r"\s+\.\.\.?\s+", text.strip())
    if len(near) > 1 and len(ordered) > 1:
        raise PatternError("mixes ~ and .. in one pattern")
    parts = tuple(part.strip() for part in (ordered if len(ordered) > 1 else near))
    if not all(parts) or any(re.search(r"[~]|\.\.", part) for part in parts):
        raise PatternError("has an empty part or a stray ~ or ..")
    return Pattern(parts, len(ordered) > 1)


def expand(part: str, words: Mapping[str, tuple[str, ...]]) -> list[Run]:
    """All runs of stems that one part stands for, shortest first. Raises PatternError for an unknown class or too many.

    Small words between others are left out, as they are of a text, and an option that is only small words is none. A run of
    which one word is left that way would say something else ("too big" is not "big"): it is dropped, and a part that has no other
    run is refused.
    """
    slots = _slots(part, words)
    total = prod(map(len, slots))
    if not slots or total > MOST_EXPANSIONS:
        raise PatternError(f"stands for {total} runs of words (at most {MOST_EXPANSIONS}); split it with ~ or narrow a class")
    if len(slots) == 1:
        runs = set(slots[0])
    else:
        rows = [(tuple(stem for piece in choice for stem in piece if stem not in SMALL_STEMS), choice) for choice in product(*slots)]
        runs = {run for run, choice in rows if len(run) > 1 or run == tuple(stem for piece in choice for stem in piece)}
    if not runs:
        raise PatternError("is read as one word, since its small words drop out")
    if () in runs:
        raise PatternError("can stand for nothing at all")
    return sorted(runs, key=lambda run: (len(run), run))


def _slots(part: str, words: Mapping[str, tuple[str, ...]]) -> list[list[Run]]:
    """The pieces of a part in order, each with the runs it can stand for."""
    slots: list[list[Run]] = []
    for choice, cls, literal in SLOT.findall(part):
        if cls:
            if cls not in words:
                raise PatternError(f"uses the class <{cls}>, which lexicon/words does not define")
            slots.append(_telling(_runs(words[cls])))
        elif literal:
            if literal.strip():
                slots.append(_runs([literal]))
        else:
            slots.append(_telling([run for option in choice.split("|") for run in _option(option, words)]))
    return slots


def _telling(options: list[Run]) -> list[Run]:
    """The options that are more than small words; all of them when none is."""
    return [run for run in options if not run or not SMALL_STEMS.issuperset(run)] or options


def _option(option: str, words: Mapping[str, tuple[str, ...]]) -> list[Run]:
    if not option.strip():
        return [()]
    if "<" in option:
        return expand(option, words)
    return _runs([option])


def loses_meaning(text: str) -> bool:
    """Whether only one word of a longer phrase is left, and what drops out is more than an article or a pronoun."""
    words = [word.lower() for word in re.findall(r"[^\W_]+", text)]
    return len(words) > 1 and len(phrase_stems(text)) == 1 and bool(set(words) & TELLING)


def hollow(text: str) -> str:
    """The first of a pattern's choices of several words of which one is left that says nothing by itself ("for ever" is read as "for")."""
    return next((option for option in _choices(text) if " " in option and "<" not in option and phrase_stems(option) in HOLLOW), "")


def weakened(text: str) -> str:
    """The first of a pattern's choices of two words of which a telling one falls out ("any skin" is read as "skin")."""
    return next((option for option in _choices(text) if option.count(" ") == 1 and option.split()[0] in FALLS_OUT and len(phrase_stems(option)) == 1), "")


def _choices(text: str) -> list[str]:
    """All that stands between the bars of a pattern's choices."""
    return [option.strip() for choice, _, _ in SLOT.findall(text) for option in choice.split("|")]


FALLS_OUT = frozenset(("any", "always", "very", "just", "still", "some", "also"))
"""Small words that fall out of patterns and would have said what matters."""
HOLLOW = frozenset((word,) for word in "for in on by with from up out can may will one as or if what how over under back into after before do all".split())
"""Words that are left of a phrase and say nothing by themselves."""
TELLING = frozenset("of do does did have has had get gets getting there here as be being".split())
"""Small words that change what a phrase of two words means, though they are left out when matching."""


def _runs(phrases: list[str] | tuple[str, ...]) -> list[Run]:
    return list(dict.fromkeys(phrase_stems(phrase) for phrase in phrases))
