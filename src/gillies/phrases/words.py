"""Text -> words. One definition, used for what people type and for the phrases they are matched against.

A word is lower-cased, loses its accents, is taken apart at contractions ("can't" is "can not") and brought to its stem
(Snowball's English stemmer). Small words (the, my, is …) carry no meaning for matching and are marked so.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec
import Stemmer

TOKEN = re.compile(r"\b[A-TV-Za-tv-z]\d[0-9A-Za-z]\.[0-9A-Za-z]{1,4}\b|\d+(?:[.,]\d+)+|[^\W_]+(?:['’´`][^\W_]+)*|\.{2,}|[.!?;:,()\n]|\[\.\.\.\]|[-–—]{1,3}")
SENTENCE_END = frozenset(".!?\n")
"""An ICD-10-CM code with its point (H02.831) and a number with its decimals are one token; else words, numbers and the marks that end or break a sentence."""
STEMMER = Stemmer.Stemmer("english")
NOT_FORMS = {
    "cannot": "can", "cant": "can", "dont": "do", "wont": "will", "isnt": "is", "arent": "are", "wasnt": "was", "werent": "were",
    "doesnt": "does", "didnt": "did", "havent": "have", "hasnt": "has", "hadnt": "had", "couldnt": "could", "wouldnt": "would",
    "shouldnt": "should", "aint": "is",
}  # fmt: skip
"""Words that hold a "not", as typed without the apostrophe -> what is denied."""
CLIPPED = {"ca": "can", "wo": "will", "sha": "shall"}
IRREGULAR = {
    "feet": "foot", "teeth": "tooth", "calves": "calf", "bled": "bleed", "swollen": "swell",
    "swelled": "swell", "broke": "break", "broken": "break", "hung": "hang", "tore": "tear", "torn": "tear", "fell": "fall", "fallen": "fall",
    "took": "take", "taken": "take", "got": "get", "gotten": "get", "gave": "give", "given": "give", "lost": "lose", "grew": "grow", "grown": "grow",
    "went": "go", "woke": "wake", "woken": "wake", "thought": "think", "felt": "feel", "came": "come", "shrunk": "shrink",
    "haemorrhage": "hemorrhage", "haematoma": "hematoma", "haemangioma": "hemangioma", "tumour": "tumor", "gynaecomastia": "gynecomastia",
    "oedema": "edema", "lipoedema": "lipedema", "lymphoedema": "lymphedema", "anaesthetic": "anesthetic", "anaesthesia": "anesthesia",
    "colour": "color", "grey": "gray", "ageing": "aging", "mum": "mother", "mom": "mother", "mam": "mother", "wanna": "want", "gonna": "going",
    "u": "you", "ur": "your", "bc": "because", "cuz": "because", "pls": "please", "w": "with", "b4": "before",
}  # fmt: skip
NAMES = frozenset("cans hardly minimally generally practically nearly shortly".split())
"""Words that look like a form of another one and are none ("hardly" is not "hard"): kept as they are."""
SMALL = frozenset(
    """a an the my mine your yours his her hers its their theirs our this that these those is are am was were be been being it i me he him she they them
    we us you of to at and so very really quite pretty just some any also too even still have has had having do does did as im ive id
    kinda actually basically literally extremely super totally slightly somewhat fairly noticeably visibly relatively obviously truly ever
    constantly always get gets getting got gotten u ur w""".split()
)
"""Small words, before stemming. "not", "no", "can", "without", "under", "on", "in" are kept: they change what a phrase means."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One word of a text: `raw` lower-cased without accents, its `stem`, and where it stands in the text."""

    raw: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, straight apostrophes, no accents."""
    lowered = text.lower().replace("’", "'").replace("´", "'").replace("`", "'")
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def parts(token: str) -> tuple[tuple[str, str], ...]:
    """The words in one token as (raw, stem): "can't" -> can, not; "lid's" -> lid; "eyelids" -> eyelids."""
    folded = fold(token)
    if folded in NOT_FORMS:
        return (*parts(NOT_FORMS[folded]), ("not", "not"))
    if folded.endswith("n't"):
        denied = folded[:-3]
        return (*parts(CLIPPED.get(denied, denied)), ("not", "not"))
    head = folded.split("'")[0] if "'" in folded else folded
    if any(map(str.isdigit, head)):
        return ((head, head.split(".")[0] if head[0].isdigit() else head),)
    return ((head, stem(IRREGULAR.get(head, head))),)


def stem(word: str) -> str:
    """The stem of one folded word. Adjectives in -y join their verb (droopy, droop)."""
    root: str = word if word in NAMES else STEMMER.stemWord(word)
    return root[:-1] if root.endswith("i") and len(root) > 4 else root


def phrase_stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase of the lexicon, small words left out (unless it has no others)."""
    words = [part for token in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", phrase) for part in parts(token)]
    kept = [stem for raw, stem in words if raw not in SMALL]
    return tuple(kept or [stem for _, stem in words])
