"""Checks of the records on adverts: rules belong to a law of their place, claims are known and shown by examples, phrases parse and have one owner."""

from collections.abc import Iterator

from gillies.errors import KnowledgeError
from gillies.knowledge.records import Knowledge
from gillies.phrases.patterns import PatternError, expand, hollow, loses_meaning, parse_pattern

SINGLE_WORDS = ("sellers", "asks", "questions")


def lint_adverts(k: Knowledge) -> Iterator[KnowledgeError]:
    """Every problem of the records on adverts."""
    yield from _rules(k)
    yield from _claims(k)
    yield from _phrases(k)


def _rules(k: Knowledge) -> Iterator[KnowledgeError]:
    for key, rule in k.advert_rules.items():
        file = k.files[f"advert-rule/{key}"]
        law = k.title_laws.get(rule.law)
        if law is None:
            yield KnowledgeError(file, f"{key}.law", f"no title law is called {rule.law!r}.", "Correct the id or add the law.")
        elif file != f"adverts/{law.jurisdiction}.yaml":
            yield KnowledgeError(file, f"{key}.law", f"{rule.law!r} is a law of {law.jurisdiction!r}, not of this file's place.", "Move the rule.")
        for claim in rule.claims:
            if claim not in k.advert_claims:
                yield KnowledgeError(file, f"{key}.claims", f"no claim in adverts is called {claim!r}.", "Correct the id or add the claim.")


def _claims(k: Knowledge) -> Iterator[KnowledgeError]:
    ruled = {claim for rule in k.advert_rules.values() for claim in rule.claims}
    for key, claim in k.advert_claims.items():
        file = k.files[f"advert-claim/{key}"]
        found = [bool(example.finds) for example in claim.examples]
        if not (any(found) and not all(found)):
            yield KnowledgeError(file, f"{key}.examples", "need one text that is found and one that is left alone.", "Add the missing one.")
        for example in claim.examples:
            if example.finds not in example.text:
                yield KnowledgeError(file, f"{key}.examples", f"{example.finds!r} does not stand in its text.", "Quote the text.")
        if claim.when == "place" and key not in ruled:
            yield KnowledgeError(file, f"{key}.when", "only a place forbids it, and no rule names it.", "Add the rule, or say what misleads.")
        if claim.only_by_record and not claim.by:
            yield KnowledgeError(file, f"{key}.by", "is missing: only a record can tell.", "Name what the record must tell.")


def _phrases(k: Knowledge) -> Iterator[KnowledgeError]:
    owner: dict[str, str] = {}
    for key, claim in k.advert_claims.items():
        file = k.files[f"advert-claim/{key}"]
        for name in ("says", "unless", "unless_near", "only_with"):
            for i, text in enumerate(getattr(claim, name)):
                yield from _pattern(k, text, file, f"{key}.{name}[{i}]")
                if name == "says" and owner.setdefault(text.lower(), key) != key:
                    problem = f"{text!r} already belongs to the claim {owner[text.lower()]!r}."
                    yield KnowledgeError(file, f"{key}.says[{i}]", problem, "Keep it in one of the two.")
    for name, phrases in k.advert_words.items():
        for i, text in enumerate(phrases if name not in SINGLE_WORDS else ()):
            yield from _pattern(k, text, "lexicon/adverts.yaml", f"{name}[{i}]")


def _pattern(k: Knowledge, text: str, file: str, at: str) -> Iterator[KnowledgeError]:
    try:
        for part in parse_pattern(text).parts:
            expand(part, k.words)
    except PatternError as fault:
        yield KnowledgeError(file, at, f"{text!r} {fault}.", "See “How people say it” in docs/how-to/write-knowledge.md.")
    if not set("[<") & set(text) and loses_meaning(text):
        yield KnowledgeError(file, at, f"{text!r} is read as one word, since its small words drop out.", "Add a word that carries meaning.")
    if option := hollow(text):
        yield KnowledgeError(file, at, f"{option!r} is read as one word that says nothing.", "Say it otherwise, or leave it out.")
