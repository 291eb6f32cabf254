"""What a stretch of a sentence asserts that a held frame knows nothing of: it is then another statement. Pure.

"Swelling after a rhinoplasty is gone within a month" names a rhinoplasty and swelling, and is still not "a rhinoplasty can cause swelling":
a time is left over. What can be asserted falls into groups; a group of the text must be one of the frame.
"""

from collections.abc import Iterable

from gillies.check.held import Held
from gillies.check.lexicon import CheckLexicon, Ready
from gillies.check.numbers import KIND, Amount
from gillies.check.sentence import Item, Piece

GROUPS: dict[str, tuple[str, ...]] = {
    "duty": ("must",),
    "law": ("law", "may-do", "protected", "licence"),
    "pay": ("covers", "insurance", "medicare", "medicaid", "medically-necessary", "expensive"),
    "last": ("permanent", "lasts", "reversible"),
    "recover": ("recovery", "full-recovery", "wait"),
    "harm": ("danger", "safe"),
    "certify": ("certified", "examination", "recognised", "accredited", "membership", "registered", "abms"),
    "train": ("training", "residency", "fellowship", "medical-school", "weekend-course"),
    "approve": ("approved", "cleared", "fda"),
    "alike": ("same", "confused"),
    "title": ("title",),
    "advertise": ("advertise", "testimonial"),
    "prescribe": ("prescription",),
    "rare": ("rare",),
    "work": ("effective", "cure", "prevent"),
    "vow": ("guarantee",),
    "weight": ("weight-loss",),
    "where": ("home", "abroad"),
    "young": ("under-18", "parents"),
    "pregnant": ("pregnancy", "breastfeed"),
    "smoke": ("smoking",),
    "supervise": ("supervision",),
    "renew": ("renewal",),
    "pass": ("resolve",),
    "session": ("session",),
    "ask-first": ("prior-approval",),
}  # fmt: skip
"""Groups of terms: what can be asserted, or makes the assertion one of some cases only."""
FATAL = frozenset(("session", "ask-first", "renew", "vow"))
"""Groups that make it another statement even where a pattern is complete."""
OF = {term: group for group, terms in GROUPS.items() for term in terms}
OF_RELATION = {
    "pays": ("pay",), "costs": ("pay",), "lasts": ("last", "pass"), "recovers": ("recover", "pass"), "certifies": ("certify",), "recognises": ("certify",),
    "trains": ("train",), "may": ("law", "title"), "needs": ("duty", "law"), "is-safe": ("harm",), "causes": ("harm",), "advertises": ("advertise",),
    "is-approved": ("approve",), "prevents": ("work",), "treats": ("work",),
}  # fmt: skip
"""Relation of a frame -> the groups it speaks of by itself."""
ASSERTS = ("treats", "may", "is", "certifies", "recognises")
"""Relations that say what is or may be: what must be is another statement."""
NEEDED = {"duty"}
IN_WORDS = {"amount": {"duty", "last", "train", "recover"}}
"""What a frame that follows from a record can be told by: it needs, takes, lasts so long."""
VAGUE = {"weeks": 5.0, "months": 21.0, "years": 300.0}
"""Times without a number -> the fewest days that they may mean."""
YEARS, FELLOW = "years", "fellowship"
"""The facet of how long a training takes; the term of what may follow it."""
COUNTED = ("time", "share", "volume", "money")


def leftover(held: Held, ready: Ready, items: Iterable[Item], pieces: Iterable[Piece], lexicon: CheckLexicon) -> set[str]:
    """The groups that the items of a stretch assert and the frame does not; what its pattern took is known to it."""
    named = {one for name in ready.signs for one in name.split("|")}
    known = {OF[name] for name in named if name in OF} | set(OF_RELATION.get(held.relation, ()))
    if held.relation != "may" and (held.kind == "derived" or held.relation not in ASSERTS):
        known |= IN_WORDS.get(held.link, NEEDED)
    taken, items = list(pieces), list(items)
    found = {FELLOW} if held.facet == YEARS and FELLOW not in held.claim.lower() and any(item[0] == FELLOW for item in items) else set()
    for name, _, first, last in items:
        group = OF.get(name)
        is_new = group and group not in known and name not in named and named.isdisjoint(lexicon.parents.get(name, ()))
        if group and is_new and not any(start < last and first < end for start, end in taken):
            found.add(group)
    return found


def unsaid(ready: Ready, said: Iterable[str]) -> bool:
    """Whether the frame asserts a group of which nothing is said."""
    return not {OF[name] for name in ready.signs if name in OF} <= {OF[name] for name in said if name in OF}


def is_another_time(held: Held, amounts: Iterable[Amount]) -> bool:
    """Whether a time is told that a frame without a number cannot mean: "within a week" is not "takes months"."""
    units = [unit for unit in VAGUE if f" {unit}" in held.claim]
    return any(amount.kind == "time" and amount.high < VAGUE[unit] for amount in amounts for unit in units)


def uncounted(held: Held, amounts: Iterable[Amount]) -> bool:
    """Whether numbers are told and the frame holds none of their kind."""
    own = KIND.get(held.amount.unit, "count") if held.amount else ""
    return any(amount.kind in COUNTED and amount.kind != own for amount in amounts)
