"""What is given beside the words, as a form gives it: findings, treatments asked for, who pays, and what was read wrongly.

It becomes part of the Reading, so that a form, a sentence and a claim are judged alike. What is given stands before what was read.
"""

from collections.abc import Iterable, Iterator

import msgspec

from gillies.errors import InputError
from gillies.knowledge.compiled import Compiled
from gillies.reading.context import NOTHING, Context
from gillies.reading.read import Mention, Reading
from gillies.rules.nodes import Value

FAR = 1_000_000
"""Words and sentences that are counted from here stand in no text."""
OF_ALL = -FAR
"""The sentence of a cause that was given: of several parts it can only mean those that are not plainly for looks."""
MOST_FACTS, MOST_IDS = 200, 50
SAID_OF_PARTS = frozenset({"cause", "function", "looks"})
"""Roles of findings on which the kind of care rests."""
AIM = ("abnormal-structure", "lost-function", "looks-of-normal-structure")
"""The three facts of a part (findings/part.yaml) that a form may tell outright."""
CLOSE = 70
MOST_AMOUNT = 1e9


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """`facts`: finding or concern -> value: true or false, a number in the finding's own unit (months for a duration) or with its unit
    ("3 years"), a choice. `procedures`: asked for. `not_meant`: ids of what was read in the text and is not so."""

    facts: dict[str, bool | float | str] = {}
    procedures: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    state: str = ""
    not_meant: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether nothing is given."""
        return not (self.facts or self.procedures or self.payers or self.state or self.not_meant)


NOTHING_GIVEN = Given()


def checked(given: Given, compiled: Compiled) -> Given:
    """The same with every number in its finding's own unit. Raises InputError that names what does not fit."""
    if given.is_empty():
        return given
    if len(given.facts) > MOST_FACTS or max(len(given.procedures), len(given.payers), len(given.not_meant)) > MOST_IDS:
        raise InputError(f"too much is given: at most {MOST_FACTS} facts, and {MOST_IDS} of the others.")
    known = compiled.knowledge
    for kind, ids, there in (("procedure", given.procedures, known.procedures), ("payer", given.payers, known.payers)):
        for key in ids:
            if key not in there:
                raise InputError(f"no {kind} is called {_shown(key)}.{_hint(key, there)}")
    if given.state and not (len(given.state) == 2 and given.state.isascii() and given.state.isalpha()):
        raise InputError(f"{_shown(given.state)} is no state: give its two letters, such as CA.")
    facts = {name: _value(name, value, compiled) for name, value in given.facts.items()}
    return msgspec.structs.replace(given, facts=facts, state=given.state.upper())


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _hint(key: str, known: Iterable[str]) -> str:
    from rapidfuzz.process import extract

    near = [name for name, score, _ in extract(key[:100], list(known), limit=3) if score >= CLOSE]
    return f" Did you mean {', '.join(near)}?" if near else " `gillies show` lists what there is."


def _value(name: str, value: Value, compiled: Compiled) -> Value:
    """A value that fits its finding, in the finding's own unit. Raises InputError."""
    known = compiled.knowledge
    finding = known.findings.get(name)
    if name in known.derived:
        return _amount(name, known.derived[name].unit, None, value)
    if finding is None and name not in known.concerns:
        raise InputError(f"no finding or concern is called {_shown(name)}.{_hint(name, [*known.findings, *known.concerns, *known.derived])}")
    kind = finding.type if finding else "yes-no"
    if kind in ("number", "duration") and finding:
        return _amount(name, "months" if kind == "duration" else finding.unit, finding.plausible, value)
    if kind == "choice" and finding:
        if value not in finding.choices:
            raise InputError(f"{_shown(str(value))} is no choice for {name}: give one of {', '.join(finding.choices)}.")
    elif not isinstance(value, bool):
        raise InputError(f"{_shown(str(value))} does not fit {name}: give true or false, or leave it out where it is not known.")
    return value


def _amount(name: str, unit: str, plausible: tuple[float, float] | None, value: Value) -> float:
    from gillies.rules.parse import Kind, parse_amount

    kind = Kind("duration" if unit == "months" else "number", unit)
    amount = value if isinstance(value, float) else parse_amount(value, kind) if isinstance(value, str) else None
    if amount is None:
        raise InputError(f"{_shown(str(value))} does not fit {name}: give a number of {unit or 'its own unit'}.")
    least, most = plausible or (-MOST_AMOUNT, MOST_AMOUNT)
    if not least <= amount <= most:  # nor does NaN lie there
        raise InputError(f"{amount:g} {unit} cannot be right for {name}: it lies between {least:g} and {most:g}.")
    return float(amount)


def with_given(reading: Reading, given: Given, compiled: Compiled) -> Reading:
    """The reading with what is given beside it, and without what it takes back."""
    if given.is_empty():
        return reading
    struck = {name for name, value in given.facts.items() if value is False} | set(given.not_meant)
    mentions = [m for m in reading.mentions if m.id not in struck and not (m.kind == "payer" and given.payers)]
    return Reading(
        text=reading.text,
        mentions=(*mentions, *_mentions(given, reading, compiled)),
        measures=tuple(m for m in reading.measures if m.finding not in struck and m.finding not in given.facts),
        age=None if "age" in struck or "age" in given.facts else reading.age,
        sex=None if "sex" in struck else reading.sex,
        state=None if given.state or "state" in struck else reading.state,
    )


def _mentions(given: Given, reading: Reading, compiled: Compiled) -> Iterator[Mention]:
    """Each given thing as a mention behind the end of the text, in a sentence of its own."""
    known, end = compiled.knowledge, (len(reading.text) + 1, len(reading.text) + 1)
    said = [(name, value) for name, value in given.facts.items() if value is True]
    listed = [("concern", name, FAR + n, NOTHING) for n, (name, _) in enumerate(said) if name in known.concerns]
    listed += [
        ("finding", name, OF_ALL, NOTHING) for name, _ in said
        if name in known.findings and known.findings[name].role in SAID_OF_PARTS and name not in AIM
    ]  # fmt: skip
    listed += [("procedure", name, FAR + MOST_FACTS + n, Context(wanted=True)) for n, name in enumerate(given.procedures)]
    listed += [("payer", name, OF_ALL, NOTHING) for name in given.payers]
    for word, (kind, name, sentence, context) in enumerate(listed, FAR):
        yield Mention(kind, name, "", ((word, word + 1),), end, sentence, context)


def aim_of(given: Given) -> dict[str, Value]:
    """What is given of the aim: neither abnormal nor hindered means that it is for looks."""
    aim: dict[str, Value] = {name: given.facts[name] for name in AIM if name in given.facts}
    if aim.get("abnormal-structure") is False and aim.get("lost-function") is False:
        aim.setdefault("looks-of-normal-structure", True)
    return aim
