"""How the specialties that a provider reports fit a procedure: NUCC codes -> training pathways -> how firmly these train for it, and back.

A code in NPPES is what a provider says of itself. It suggests a pathway and proves nothing: no board certificate, no finished training. A pathway that
is not on file for a procedure is no verdict on a person either. Nothing here says more than that.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from gillies.assess.answer import HandFit
from gillies.assess.hands import told
from gillies.errors import InputError
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Procedure
from gillies.knowledge.schema_hands import Specialty

Firmness = Literal["core", "fellowship", "related", "outside", "unknown"]
ORDER: dict[Firmness, int] = {"core": 0, "fellowship": 1, "related": 2, "outside": 3, "unknown": 4}
"""The firmer, the less. `outside`: pathways that the codes suggest are on file, and none of them trains for the procedure; `unknown`: no code suggests a
pathway on file, so nothing can be said (as when claims are screened)."""

CODE = re.compile(r"[0-9A-Z]{9}X")
CLOSE, MOST_SUGGESTIONS = 70, 4


class Suggested(msgspec.Struct, frozen=True):
    """What one NUCC code tells. `how`: listed (it is on file), branch (the field that it belongs to is), unlisted (neither is). `pathways`: the likeliest
    first. `vague`: it names no field. `profession`: an id of professions.yaml."""

    code: str
    name: str
    how: Literal["listed", "branch", "unlisted"]
    profession: str
    pathways: tuple[str, ...] = ()
    vague: bool = False
    cites: tuple[str, ...] = ()

    @property
    def tells_field(self) -> bool:
        """Whether it names a field of work that is on file."""
        return self.how != "unlisted" and not self.vague


class CodeFit(msgspec.Struct, frozen=True):
    """How one reported code fits a procedure. `hand`: the firmest pathway that it suggests and that trains for the procedure. `limits`: what the pathway
    (or, outside, the likeliest one) does not teach."""

    code: str
    specialty: str
    fit: Firmness
    why: str
    hand: HandFit | None
    limits: str
    cites: tuple[str, ...]


class Fit(msgspec.Struct, frozen=True):
    """How a provider's codes fit a procedure: that of the best one. `best`: None where nothing is reported; `each`: in the order given; `unseen`: pathways
    that train for the procedure, are open to a profession reported, and have no NUCC code: nobody's codes can show them."""

    procedure: str
    fit: Firmness
    why: str
    best: CodeFit | None
    each: tuple[CodeFit, ...]
    unseen: tuple[HandFit, ...]
    cites: tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True):
    """What somebody looks for: a procedure, or a specialty by its `codes` or its `pathways`."""

    kind: Literal["procedure", "specialty"]
    id: str
    name: str
    codes: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()


class CodeFor(msgspec.Struct, frozen=True):
    """A NUCC code whose people suit what is looked for, and how firmly. `pathway`: the one that makes it so."""

    code: str
    name: str
    fit: Firmness
    pathway: str


def suggested(code: str, knowledge: Knowledge) -> Suggested:
    """What a NUCC code tells. One that is not on file goes by its field where that is: 207RN0300X by 207R00000X, since the first four characters name the
    field and the rest a branch of it."""
    profession = profession_of(code, knowledge)
    held = knowledge.specialties.get(code)
    if held:
        return Suggested(code, held.name, "listed", profession, held.pathways, held.vague, held.cites)
    field = knowledge.specialties.get(f"{code[:4]}00000X") if CODE.fullmatch(code) else None
    if field:
        return Suggested(code, f"a branch of {lower(field.name)}", "branch", profession, field.pathways, field.vague, field.cites)
    return Suggested(code, "", "unlisted", profession)


def profession_of(code: str, knowledge: Knowledge) -> str:
    """The profession that a NUCC code belongs to: of the beginnings on file the longest that fits. `other` where none does."""
    fitting = [(len(start), held.id) for held in knowledge.professions.values() for start in held.codes if code.startswith(start)]
    return max(fitting)[1] if fitting else "other"


def fit(codes: Iterable[str], procedure: str, knowledge: Knowledge) -> Fit:
    """How the NUCC codes that a provider reports fit a procedure (its id): the fit of the best of them, and which one that is. Of equally firm codes the
    first given counts, so give the primary one first."""
    record = knowledge.procedures[procedure]
    each = tuple(code_fit(code, record, knowledge) for code in dict.fromkeys(codes))
    if not each:
        return Fit(procedure, "unknown", "No specialty is on record.", None, (), (), ())
    best = min(each, key=lambda one: ORDER[one.fit])
    return Fit(procedure, best.fit, best.why, best, each, unseen(record, {profession_of(one.code, knowledge) for one in each}, knowledge), best.cites)


def code_fit(code: str, procedure: Procedure, knowledge: Knowledge) -> CodeFit:
    """How one NUCC code fits a procedure."""
    tells = suggested(code, knowledge)
    hands = [hand for hand in procedure.hands if hand.pathway in tells.pathways]
    if hands:
        firmest = min(hands, key=lambda hand: ORDER[hand.fit])
        hand, limits = told(firmest, procedure, knowledge), knowledge.pathways[firmest.pathway].limits
        return CodeFit(code, tells.name, firmest.fit, hand.why, hand, limits.say if limits else "", (*hand.cites, *(limits.cites if limits else ())))
    if tells.how == "unlisted":
        return CodeFit(code, "", "unknown", f"The code {code} is not on file here.", None, "", ())
    if tells.vague:
        return CodeFit(code, tells.name, "unknown", f"{tells.name}: the code names no field of work.", None, "", tells.cites)
    name = f"{tells.name[0].upper()}{tells.name[1:]}"
    if not tells.pathways:
        return CodeFit(code, tells.name, "unknown", f"{name}: what this training holds is not on file here.", None, "", tells.cites)
    limits = knowledge.pathways[tells.pathways[0]].limits
    why = f"{name}: the training that this suggests does not hold {lower(procedure.name)}, as far as is on file."
    return CodeFit(code, tells.name, "outside", why, None, limits.say if limits else "", limits.cites if limits else tells.cites)


def unseen(procedure: Procedure, professions: Collection[str], knowledge: Knowledge) -> tuple[HandFit, ...]:
    """Pathways that train for a procedure, are open to these professions, and have no NUCC code of their own: only asking can tell them."""
    shown = {pathway for held in knowledge.specialties.values() for pathway in held.pathways}
    hidden = [hand for hand in procedure.hands if hand.pathway not in shown and knowledge.pathways[hand.pathway].who in professions]
    return tuple(told(hand, procedure, knowledge) for hand in sorted(hidden, key=lambda hand: ORDER[hand.fit]))


def codes_for(wanted: Wanted, knowledge: Knowledge, among: Iterable[str] | None = None) -> tuple[CodeFor, ...]:
    """The NUCC codes whose pathway trains for a procedure, or that belong to a specialty, firmest first. `among`: the codes to judge, such as all that a
    registry holds (branches of a field included); otherwise those on file."""
    judge = _for_procedure if wanted.kind == "procedure" else _for_specialty
    found = (judge(code, wanted, knowledge) for code in (knowledge.specialties if among is None else among))
    return tuple(sorted((one for one in found if one), key=lambda one: (ORDER[one.fit], one.code)))


def _for_procedure(code: str, wanted: Wanted, knowledge: Knowledge) -> CodeFor | None:
    fits = code_fit(code, knowledge.procedures[wanted.id], knowledge)
    return CodeFor(code, fits.specialty, fits.fit, fits.hand.pathway) if fits.hand else None


def _for_specialty(code: str, wanted: Wanted, knowledge: Knowledge) -> CodeFor | None:
    """Core: the code itself, or its likeliest pathway; related: a pathway that it suggests besides."""
    tells = suggested(code, knowledge)
    if code in wanted.codes:
        return CodeFor(code, tells.name, "core", next(iter(tells.pathways), ""))
    shared = [pathway for pathway in tells.pathways if pathway in wanted.pathways]
    return CodeFor(code, tells.name, "core" if shared[0] == tells.pathways[0] else "related", shared[0]) if shared else None


def understood(text: str, knowledge: Knowledge) -> Wanted:
    """A procedure (its id or one of its names), a specialty (its name, a word for its people such as "dermatologist", a pathway) or a NUCC code, in any
    spelling of case and dashes. Raises InputError with near misses."""
    if found := procedure_of(text, knowledge):
        return Wanted("procedure", found.id, found.name)
    key = plain(text)
    code = text.strip().upper()
    if code in knowledge.specialties or (CODE.fullmatch(code) and any(digit.isdigit() for digit in code)):
        return Wanted("specialty", code, suggested(code, knowledge).name or code, (code,))
    for word in knowledge.adverts.values():
        if word.pathways and key in map(plain_name, word.words):
            return Wanted("specialty", word.id, word.words[0], (), word.pathways)
    for pathway in knowledge.pathways.values():
        if key in (plain_name(pathway.id), plain_name(pathway.name)):
            return Wanted("specialty", pathway.id, pathway.name, (), (pathway.id,))
    same = [held for held in knowledge.specialties.values() if key == plain_name(held.name)]
    if same:
        return _named(same)
    raise InputError(f"no procedure or specialty is called {text!r}.{_near(key, _names(knowledge, specialties=True))}")


def _named(same: list[Specialty]) -> Wanted:
    general = next((held for held in same if held.code.endswith("00000X")), None)  # a whole field; otherwise a branch of one, and only that is meant
    return Wanted("specialty", same[0].code, same[0].name, tuple(held.code for held in same), general.pathways if general else ())


def needed_procedure(text: str, knowledge: Knowledge) -> Procedure:
    """The procedure of this id or name. Raises InputError with near misses."""
    found = procedure_of(text, knowledge)
    if found is None:
        raise InputError(f"no procedure is called {text!r}.{_near(plain(text), _names(knowledge, specialties=False))}")
    return found


def procedure_of(text: str, knowledge: Knowledge) -> Procedure | None:
    """The procedure of this id or name, in any spelling of case and dashes."""
    key, exact = plain(text), knowledge.procedures.get(text.strip().lower())
    if exact:
        return exact
    return next((held for held in knowledge.procedures.values() if key in map(plain_name, (held.id, held.name, *held.also_called))), None)


def plain(text: str) -> str:
    """Small letters and digits, anything else a blank."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


plain_name = lru_cache(4096)(plain)
"""The same for names of the knowledge, which are compared again and again. (What a person types is not kept.)"""


def lower(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is a short form or a person's (MRI, Mohs)."""
    return name if name[:2].isupper() or name.startswith("Mohs") else f"{name[0].lower()}{name[1:]}"


def _names(knowledge: Knowledge, specialties: bool) -> dict[str, str]:
    """Every name that is understood, as it is compared -> as it is told."""
    told = {plain_name(name): held.id for held in knowledge.procedures.values() for name in (held.id, held.name, *held.also_called)}
    return told | ({plain_name(word): word for held in knowledge.adverts.values() if held.pathways for word in held.words} if specialties else {})


def _near(key: str, names: dict[str, str]) -> str:
    from rapidfuzz.process import extract

    near = dict.fromkeys(names[name] for name, score, _ in extract(key, names.keys(), limit=MOST_SUGGESTIONS) if score >= CLOSE)
    return f" Did you mean {', '.join(near)}?" if near else " `gillies show` lists what there is."
