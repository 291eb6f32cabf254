"""Checking articles, side by side with peers in one run: sentences and articles a second, one thread, and ratios.

An article has 40 sentences, about 600 words: a third are claims of our own records, the rest tell of people and of nothing we hold. Ours does the
whole job: sentences, terms, patterns, denial, strength, numbers, places, the frame and its verdict. No peer does that; they do less:
- daachorse, bare: finds the same terms in ready stems, nothing else (the floor);
- flashtext: finds phrases, nothing else;
- spaCy PhraseMatcher on a blank pipeline: finds phrases, nothing else;
- medspaCy: target matcher and ConText (denial and the like) with its sentence splitter: the nearest to the same job.
Peers that are not installed (bench/requirements.txt) are left out and named. The last lines tell how time grows with the length of a text, of an
ordinary one and of such as are made to be slow (hostile.py): µs of processor time a character, which stay the same where time grows in line.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from gillies.check.check import check
from gillies.check.door import open_check
from gillies.check.lexicon import CheckLexicon
from gillies.check.read import sentences
from gillies.door import open_records
from hostile import SHAPES, of_length
from reading import with_flashtext, with_medspacy, with_spacy
from turns import seconds_an_item

BACKGROUND = (Path(__file__).parent / "texts.txt").read_text().splitlines()
SENTENCES, ARTICLES, PHRASES_FOR_SLOW_PEERS = 40, 30, 3_000
LENGTHS = (10_000, 100_000, 1_000_000)


def articles(lexicon: CheckLexicon) -> list[str]:
    """Made-up articles, the same in each run: every so many of our claims, whatever file they stand in."""
    listed_claims = sorted(held.claim for held in lexicon.held if held.kind == "statement")
    claims = cycle(listed_claims[:: len(listed_claims) // (SENTENCES * ARTICLES // 3)])
    others = cycle(f"{line.rstrip('.')}." for line in BACKGROUND)
    rows = [islice(claims, 1) if i % 3 == 0 else islice(others, 1) for i in range(SENTENCES * ARTICLES)]
    listed = [next(row) for row in rows]
    return [" ".join(listed[i : i + SENTENCES]) for i in range(0, len(listed), SENTENCES)]


def phrases() -> list[str]:
    """Our terms, and names of procedures, as the peers take them."""
    knowledge = open_records()
    terms = [phrase.lower() for listed in knowledge.terms.values() for phrase in listed]
    names = [name.lower() for procedure in knowledge.procedures.values() for name in (procedure.name, *procedure.also_called)]
    return list(dict.fromkeys([*terms, *names]))[:PHRASES_FOR_SLOW_PEERS]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rounds", type=int, default=5)
    rounds = cli.parse_args().rounds
    lexicon = open_check().lexicon
    texts, listed = articles(lexicon), phrases()
    letters = {text: "".join(word[3] for sentence in sentences(text, lexicon) for word in sentence.words) for text in texts}
    peers: dict[str, Callable[[str], Any]] = {
        "gillies: every statement judged": lambda text: check(text, lexicon),
        "gillies: sentences, terms and cues only": lambda text: sentences(text, lexicon),
        "daachorse on ready stems, nothing else": lambda text: lexicon.terms.matcher.find(letters[text]),
    }
    for module, name, make in (
        ("flashtext", "flashtext", with_flashtext), ("spacy", "spaCy PhraseMatcher, blank", with_spacy),
        ("medspacy", "medspaCy with ConText", with_medspacy),
    ):  # fmt: skip
        if find_spec(module):
            peers[name] = make(listed)
        else:
            print(f"left out: {name} (pip install -r bench/requirements.txt)")
    found = sum(len(check(text, lexicon)) for text in texts)
    words = sum(len(text.split()) for text in texts) // len(texts)
    print(f"{len(lexicon.held):,} frames held; {len(texts)} articles of {SENTENCES} sentences, {words} words; {found / len(texts):.1f} statements an article")
    speeds = {name: 1 / statistics.median(row) for name, row in seconds_an_item(peers, texts, rounds).items()}
    ours = next(iter(speeds.values()))
    for name, speed in speeds.items():
        print(f"{name:42} {speed:9,.1f} articles/s {speed * SENTENCES:10,.0f} sentences/s   gillies is x{ours / speed:8.3f}")
    print_growth("\n\n".join(texts), lexicon)


def print_growth(article: str, lexicon: CheckLexicon) -> None:
    """How long a character takes in longer and longer texts."""
    makers: dict[str, Callable[[int], str]] = {"articles": lambda length: (article * (length // len(article) + 1))[:length]}
    makers |= {shape: partial(of_length, shape) for shape in SHAPES}
    print(f"{'µs a character, in a text of so many':42} {' '.join(f'{length:>10,}' for length in LENGTHS)}")
    for name, make in makers.items():
        row = []
        for length in LENGTHS:
            text = make(length)
            begun = time.process_time()
            check(text, lexicon)
            row.append((time.process_time() - begun) / length * 1e6)
        print(f"{name:42} {' '.join(f'{taken:10.2f}' for taken in row)}", flush=True)


if __name__ == "__main__":
    main()
