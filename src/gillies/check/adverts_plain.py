"""Whether a sentence plainly tells what a whole profession or a body is or does, as articles do, and praises nobody's own work."""

from itertools import pairwise

from gillies.check.sentence import Sentence

PROFESSIONS = frozenset("surgeon dermatologist doctor physician specialist practitioner injector nurse consultant".split())
BODIES = frozenset("board society association academy college council institute".split())
LEADS = frozenset("a an any every".split())
ADJECTIVES = frozenset(
    "plastic cosmetic aesthetic esthetic facial reconstructive dermatologic dermatological medical surgical skin board certified trained qualified "
    "licensed licenced registered accredited general oculoplastic oculofacial laser hair hand burn pediatric paediatric craniofacial most many some "
    "all other real fully properly experienced skilled good and or".split()
)
"""Words that may stand between the lead and the profession."""
TELLS = frozenset(
    "treat treats diagnose diagnoses focus focuses specialise specialize specialises specializes perform performs offer offers provide provides work "
    "works hold holds train trains study studies complete completes use uses also usually typically often generally spend spends undergo undergoes".split()
)
"""Words behind it that tell what it does."""
IS_A = frozenset("a an the trained certified doctors physicians surgeons specialists experts required board medical".split())
BEHIND = {
    "is": IS_A, "are": IS_A, "can": frozenset(("diagnose", "treat", "perform")),
    "have": frozenset("pioneered developed helped trained learned completed undergone passed studied".split()),
}  # fmt: skip
"""Pairs of words that do so too."""
TOLD_OF_MANY = frozenset(("superlative", "looks", "outcome", "ease", "fear", "invasiveness"))
"""Kinds of claim that are none where a profession or a body at large is told of."""


def tells_of_many(sentence: Sentence) -> bool:
    """Whether a sentence begins by telling what a profession or a body is or does ("A dermatologist works …", "The British Association … raises …")."""
    words = [word[0] for word in sentence.words]
    if words[0] in ("this", "the") and words[1:2] in (["field"], ["specialty"], ["speciality"], ["branch"]):
        return True
    if words[0] == "the":
        return any(word in BODIES and behind != "certified" for word, behind in pairwise(words[1:7]))
    at = next((i for i, word in enumerate(words) if not (word in ADJECTIVES or (i == 0 and word in LEADS))), len(words))
    behind = words[at + 1 : at + 3]
    if len(behind) < 2 or (words[at] if words[0] in LEADS else words[at].removesuffix("s")) not in PROFESSIONS:
        return False
    return behind[0] in TELLS or behind[1] in BEHIND.get(behind[0], ())
