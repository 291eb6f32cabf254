"""Findings on what a row advertises: specialty, titles and procedures, held against the specialties on record by what we know."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property, lru_cache

from gillies.assess.fit import Fit, Suggested, fit, lower, plain, suggested
from gillies.assess.titles import DEGREES, advertised, letters_in, professions, title_rules
from gillies.knowledge.codes import plain as plain_number
from gillies.knowledge.records import Knowledge

Said = tuple[str, str]
"""How sure, and the sentence."""
APART = re.compile(r"[;|/\n\r]+")
APART_OR_COMMA = re.compile(r"[;|,\n\r]+")
MOST = 4
"""Names that one sentence lists."""

USES = {"kept-for-others": "fair", "on-conditions": "weak"}
"""How a law lets a title be used -> how sure the finding is. What a law keeps for this very profession is none."""


class Wanted:
    """What an advertised word stands for: codes of specialties, or training pathways; as it is told."""

    def __init__(self, says: str, codes: Collection[str] = (), pathways: Collection[str] = ()) -> None:
        self.says, self.codes, self.pathways = says, frozenset(codes), frozenset(pathways)

    def met_by(self, held: Iterable[Suggested]) -> bool:
        """Whether one of the codes on record is of it."""
        return any(one.code in self.codes or self.pathways & set(one.pathways) for one in held)


class Judge:
    """What we know, asked about rows. `names`: what a user's own copy of the NUCC list calls codes."""

    def __init__(self, knowledge: Knowledge, on: date, names: Iterable[tuple[str, str]] = ()) -> None:
        self.knowledge, self.on = knowledge, on
        self.named: dict[str, set[str]] = {}
        for code, name in [*names, *((held.code, held.name) for held in knowledge.specialties.values())]:
            self.named.setdefault(plain(name), set()).add(code)
        self.suggested = lru_cache(None)(lambda code: suggested(code, knowledge))
        self.fit = lru_cache(200_000)(self._fit)
        self.wanted = lru_cache(50_000)(self._wanted)
        self.told_by = lru_cache(None)(lambda letters, code: tuple(one.id for one in professions(letters, [code] if code else [], knowledge)))

    def specialty(self, specialty: str | None, title: str | None, codes: str | None) -> Said | None:
        """None of the codes on record (parted by blanks) is of what a row advertises."""
        if not codes:
            return None
        held = [self.suggested(code) for code in codes.split()]
        other = [one.says for one in (*self.wanted(specialty or ""), *self.wanted(title or "")) if not one.met_by(held)]
        if not other:
            return None
        sure = "fair" if all(one.tells_field for one in held) else "weak"
        return sure, f"Advertised: {_listed(other)}. Reported to NPPES: {_listed(one.name or f'the code {one.code}' for one in held)}."

    def reads_specialty(self, specialty: str | None) -> tuple[bool] | None:
        """Whether a specialty is understood as one that codes can show."""
        return (bool(self.wanted(specialty)),) if specialty else None

    def reads_procedures(self, procedures: str | None) -> tuple[bool] | None:
        """Whether one of the procedures is understood."""
        return (any(plain(part) in self.procedures_of for part in APART_OR_COMMA.split(procedures)),) if procedures else None

    def _wanted(self, text: str) -> tuple[Wanted, ...]:
        found: dict[str, Wanted] = {}
        for part in filter(None, map(str.strip, APART.split(text))):
            for one in self._words(part):
                found.setdefault(one.says, one)
        return tuple(found.values())

    def _words(self, part: str) -> list[Wanted]:
        """A code, a name of a specialty as it stands, or the words of a specialty inside a longer text."""
        code = part.upper()
        if code in self.knowledge.specialties:
            return [self._named(part, {code})]
        words = [Wanted(word.words[0], (), word.pathways) for word in advertised(part, self.knowledge) if word.pathways]
        by_name = self.named.get(plain(part), set())
        if by_name and not words:
            return [self._named(part, by_name)]
        return words

    def _named(self, says: str, codes: Collection[str]) -> Wanted:
        """A whole field stands for its pathways, the branch of one for itself and for the field's likeliest."""
        return Wanted(says, codes, {pathway for code in codes for pathway in self.suggested(code).pathways})

    def who(self, credential: str | None, codes: str | None) -> tuple[str]:
        """Ids of the professions that the letters behind a name and the codes on record tell, then the physician's degree, parted by blanks. Whose codes
        tell none has another one; of whom nothing is on record, nothing is known."""
        told = [*self.told_by(credential or "", ""), *(one for code in (codes or "").split() for one in self.told_by("", code))]
        known = told or (["other"] if codes else [])
        return (" ".join(dict.fromkeys((*known, *sorted(DEGREES & set(letters_in((credential or "").upper())))))),)

    def title(self, title: str | None, specialty: str | None, state: str | None, who: str) -> Said | None:
        """A law on file of the row's state governs a title in it, and does not keep it for people like this one."""
        text = "; ".join(filter(None, (title, specialty)))
        if not state or not text:
            return None
        people = [self.knowledge.professions[one] for one in who.split() if one not in DEGREES]
        letters = " ".join(one for one in who.split() if one in DEGREES)
        for rule in title_rules(state, people, self.knowledge, self.on, text=text, credentials=letters):
            for word, use in sorted(rule.words.items(), key=lambda pair: list(USES).index(pair[1]) if pair[1] in USES else len(USES)):
                if use in USES:
                    kept = " It keeps the word for others." if use == "kept-for-others" else ""
                    return USES[use], f"“{word}” in {state}: {rule.name}.{kept} {rule.says[0].say if rule.says else ''}".strip()
        return None

    @cached_property
    def states_with_laws(self) -> frozenset[str]:
        """States that have a title law on file."""
        return frozenset(law.jurisdiction[3:].upper() for law in self.knowledge.title_laws.values() if law.jurisdiction.startswith("us-"))

    def procedures(self, procedures: str | None, codes: str | None) -> Said | None:
        """No training that the codes on record suggest teaches a procedure of the row; or it is surgery, and the codes are of another profession."""
        if not codes or not procedures:
            return None
        held = [self.suggested(code) for code in codes.split()]
        outside: list[Fit] = []
        surgery: list[Fit] = []
        for part in filter(None, map(str.strip, APART_OR_COMMA.split(procedures))):
            fits = [self.fit(procedure, codes) for procedure in self.procedures_of.get(plain(part), ())]
            if fits and all(one.fit == "outside" for one in fits):
                outside.append(fits[0])
            elif fits and all(one.fit == "unknown" and self.knowledge.procedures[one.procedure].invasiveness == "surgical" for one in fits):
                surgery.append(fits[0])
        if outside:
            sure = "fair" if all(one.tells_field for one in held) and not any(one.unseen for one in outside) else "weak"
            return sure, f"No training on file for {self._names(outside)} in what is reported: {_listed(one.name or f'the code {one.code}' for one in held)}."
        if surgery and all(one.tells_field and one.profession == "other" for one in held):
            return "weak", f"Surgery ({self._names(surgery)}), and neither physician nor dentist nor nurse is reported: {_listed(one.name for one in held)}."
        return None

    def _names(self, fits: Iterable[Fit]) -> str:
        return _listed(lower(self.knowledge.procedures[one.procedure].name) for one in fits)

    def _fit(self, procedure: str, codes: str) -> Fit:
        return fit(codes.split(), procedure, self.knowledge)

    @cached_property
    def procedures_of(self) -> dict[str, tuple[str, ...]]:
        """A name, id or billing code, as it is compared -> the procedures that it may mean."""
        found: dict[str, dict[str, None]] = {}
        for key, held in self.knowledge.procedures.items():
            numbers = map(plain_number, (*held.codes.cpt, *held.codes.hcpcs))
            for name in (key, held.name, *held.also_called, *numbers):
                found.setdefault(plain(name), {})[key] = None
        return {name: tuple(keys) for name, keys in found.items()}


def _listed(names: Iterable[str]) -> str:
    held = list(dict.fromkeys(names))
    return "; ".join(held[:MOST]) + (f" and {len(held) - MOST} more" if len(held) > MOST else "")
