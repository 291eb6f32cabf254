"""The records on adverts -> what the check of adverts reads with. Happens when the knowledge is packed."""

from gillies.check.adverts_held import OF_CLAIM, AdvertLexicon, ClaimHeld, RuleHeld
from gillies.knowledge.records import Knowledge
from gillies.phrases.words import fold
from gillies.reading.compile import Builder, as_lexicon
from gillies.reading.lexicon import Concept

BY_FIRST_WORD = ("sellers", "asks", "questions")
"""Classes of lexicon/adverts.yaml that are single words, not patterns."""


def compile_adverts(knowledge: Knowledge) -> AdvertLexicon:
    """Claims, rules and their phrases."""
    builder = Builder(knowledge.words)
    for key, claim in knowledge.advert_claims.items():
        for says in claim.says:
            builder.add(Concept("claim", key), says)
        for kind in OF_CLAIM:
            for says in getattr(claim, kind):
                builder.add(Concept(kind, key), says)
    for name, phrases in knowledge.advert_words.items():
        for says in phrases if name not in BY_FIRST_WORD else ():
            builder.add(Concept("context", name), says)
    claims = {
        key: ClaimHeld(c.id, c.kind, c.name, c.when, c.verdict, c.by, c.only_by_record, c.why.say, c.why.cites, c.fairer, c.figure,
            bool(c.only_with), c.balanced,
        )
        for key, c in knowledge.advert_claims.items()
    }  # fmt: skip
    words = {name: frozenset(fold(word) for word in knowledge.advert_words[name]) for name in BY_FIRST_WORD}
    return AdvertLexicon(as_lexicon(builder), claims, _rules(knowledge), frozenset(knowledge.procedures), words["sellers"], words["asks"], words["questions"])


def _rules(knowledge: Knowledge) -> list[RuleHeld]:
    found = []
    for key, rule in knowledge.advert_rules.items():
        law = knowledge.title_laws[rule.law]
        found.append(RuleHeld(key, law.name, law.level, law.jurisdiction, rule.claims, rule.say, rule.cites))
    return sorted(found, key=lambda rule: ("-" in rule.place, rule.place, rule.id))
