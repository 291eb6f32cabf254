"""Makes src/gillies/reading/real_words.txt: English words within a slip or two of a word of the lexicon.

Such a word must not be "mended" into ours ("beast" is no "breast"). Run it after the lexicon has grown: `make words`.
The word list is symspellpy's English frequency dictionary (MIT licence); rare words of it are left out.
"""

from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from gillies.knowledge.load import read
from gillies.reading.compile import spellings
from gillies.reading.lexicon import FEWEST_LETTERS
from gillies.reading.spelling import LONG

FEWEST_USES = 50_000
OUT = Path(__file__).parent.parent / "src/gillies/reading/real_words.txt"
HEAD = "# English words that look like words of the lexicon. Made by tools/real_words.py from symspellpy's frequency dictionary (MIT).\n"


def main() -> None:
    """Writes the list, sorted."""
    ours = {word for word in spellings(read()[0]) if len(word) >= FEWEST_LETTERS}
    by_letter: dict[str, list[str]] = {}
    for word in ours:
        by_letter.setdefault(word[0], []).append(word)
    dictionary = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8")
    common = [line.split()[0] for line in dictionary.splitlines() if int(line.split()[1]) >= FEWEST_USES]
    near = [word for word in common if word not in ours and len(word) >= FEWEST_LETTERS and _is_near(word, by_letter.get(word[0], []))]
    OUT.write_text(HEAD + "\n".join(sorted(near)) + "\n", encoding="utf-8")
    print(f"{len(near):,} words written to {OUT.name}")


def _is_near(word: str, candidates: list[str]) -> bool:
    return extractOne(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=2 if len(word) >= LONG else 1) is not None


if __name__ == "__main__":
    main()
