"""Reading plain words, side by side with peers in one run: texts a second, one thread, and ratios.

Ours does the whole reading: misspellings, phrases of every kind, patterns, pronouns, denial, refusal, past, fear, other people,
numbers with units, age, sex and state. Peers get the same runs of words (as many as they can take) and do less:
- daachorse, bare: finds runs in ready stems, nothing else (the floor);
- flashtext: finds phrases, nothing else;
- spaCy PhraseMatcher on a blank pipeline: finds phrases, nothing else;
- medspaCy: target matcher and ConText (denial and the like) with its sentence splitter: the nearest to the same job.
Peers that are not installed (bench/requirements.txt) are left out and named.
"""

import argparse
import statistics
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gillies.door import open_engine, open_records
from gillies.knowledge.lint import phrase_lists
from gillies.phrases.patterns import parse_pattern
from gillies.reading.read import read, runs, split
from turns import seconds_an_item

TEXTS = (Path(__file__).parent / "texts.txt").read_text().splitlines()
PHRASES_FOR_SLOW_PEERS = 3_000


def plain_phrases(knowledge: Any) -> list[str]:
    """The phrases that need no expansion, as the peers take them."""
    found: dict[str, None] = {}
    for *_, says in phrase_lists(knowledge):
        for text in says:
            pattern = parse_pattern(text)
            if len(pattern.parts) == 1 and not set("[<") & set(text):
                found[text.lower()] = None
    return list(found)


def with_flashtext(phrases: list[str]) -> Callable[[str], Any]:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for phrase in phrases:
        processor.add_keyword(phrase)
    return processor.extract_keywords


def with_spacy(phrases: list[str]) -> Callable[[str], Any]:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("ours", list(nlp.pipe(phrases)))
    return lambda text: matcher(nlp(text))


def with_medspacy(phrases: list[str]) -> Callable[[str], Any]:
    import medspacy
    from loguru import logger  # its sentence splitter logs every token
    from medspacy.ner import TargetRule

    logger.remove()
    nlp = medspacy.load()
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(phrase, "OURS") for phrase in phrases])
    return nlp


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rounds", type=int, default=5)
    rounds = cli.parse_args().rounds
    engine = open_engine()
    lexicon, findings = engine.lexicon, engine.compiled.knowledge.findings
    phrases = plain_phrases(open_records())[:PHRASES_FOR_SLOW_PEERS]
    ready = {text: split(text, lexicon) for text in TEXTS}
    peers: dict[str, Callable[[str], Any]] = {
        "gillies: full reading": lambda text: read(text, lexicon, findings, date(2026, 11, 21)),
        "daachorse on ready stems, nothing else": lambda text: runs(ready[text], lexicon),
    }
    for module, name, make in (
        ("flashtext", "flashtext", with_flashtext),
        ("spacy", "spaCy PhraseMatcher, blank", with_spacy),
        ("medspacy", "medspaCy with ConText", with_medspacy),
    ):
        if find_spec(module):
            peers[name] = make(phrases)
        else:
            print(f"left out: {name} (pip install -r bench/requirements.txt)")
    speeds = {name: 1 / statistics.median(row) for name, row in seconds_an_item(peers, TEXTS, rounds).items()}
    ours = speeds["gillies: full reading"]
    length = sum(map(len, TEXTS)) // len(TEXTS)
    print(f"{len(lexicon.run_kinds) // 4:,} runs of words in ours, {len(phrases):,} phrases in the peers' lists; {len(TEXTS)} texts of {length} characters")
    for name, speed in speeds.items():
        print(f"{name:42} {speed:10,.0f} texts/s   gillies is x{ours / speed:8.2f}")


if __name__ == "__main__":
    main()
