"""Misspelt words -> the word of the lexicon that was meant, by rapidfuzz. Conservative: a real English word is left alone."""

from pathlib import Path

LONG = 8
"""From this length on, two slips may be mended instead of one."""


def mend(word: str, by_letter: dict[str, list[str]]) -> str | None:
    """The lexicon word at most one slip (two in long words) away that begins alike; None when there is none."""
    candidates = by_letter.get(word[0])
    if not candidates:
        return None
    from rapidfuzz.distance import DamerauLevenshtein  # costs as much to import as the rest of an assessment; most texts need none
    from rapidfuzz.process import extractOne

    most = 2 if len(word) >= LONG else 1
    best = extractOne(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=most)
    return best[0] if best else None


def load_real_words() -> list[str]:
    """English words that look like ours and are none of ours (data beside this file, made by tools/real_words.py)."""
    path = Path(__file__).with_name("real_words.txt")
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
