"""Records in plain words, the same in the terminal and on the pages: shared brackets, spans, risks in order, copies that were read."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from gillies.knowledge.schema import Risk

Raw = dict[str, Any]
SAME = re.compile(r"\bthe same (?!day|time|maker|place|operation)|\bin (?:that|those) |^(?:That|Such) |\bsuch (?!as)")
"""What points back to the sentence before."""


def aside(name: str, *more: str) -> str:
    """`Septoplasty (surgery)`; what a name has in brackets at its end shares them: `Nose surgery (septoplasty; surgery)`."""
    told = "; ".join(filter(None, more))
    if not told:
        return name
    return f"{name[:-1]}; {told})" if name.endswith(")") else f"{name} ({told})"


def copy_read(url: str, read_at: str) -> str:
    """The address of the copy that was read, where that is not the publisher's own."""
    return read_at if read_at != url else ""


def span(pair: Sequence[object], unit: str) -> str:
    """`6 years`, `3 to 7 days`, `at once`; a mark on the last number goes behind all."""
    least, most = (f"{value:g}" if isinstance(value, float) else str(value) for value in pair)
    bare = most.rstrip("°‡*!")
    mark = most[len(bare) :]
    if (least, unit) == ("0", "days"):
        return ("at once" if bare == "0" else f"within {_counted(bare, unit)}") + mark
    return f"{_counted(bare, unit) if least == bare else f'{least} to {_counted(bare, unit)}'}{mark}"


def _counted(amount: str, unit: str) -> str:
    return f"{amount} {unit.removesuffix('s') if amount == '1' else unit}"


def worst_first(risks: Sequence[Risk]) -> list[Risk]:
    """Serious risks first, then the more frequent ones; those without a rate last, in their own order. What is told of "the same study" stays
    behind what tells of the study."""
    return [risks[i] for i in _worst_first([(risk.say, risk.serious, risk.rate.count / risk.rate.of if risk.rate else 0) for risk in risks])]


def worst_first_raw(risks: Sequence[Raw]) -> list[Raw]:
    """The same of risks as plain data."""
    rates = [risk["rate"]["count"] / risk["rate"]["of"] if risk.get("rate") else 0 for risk in risks]
    return [risks[i] for i in _worst_first([(risk["say"], risk.get("serious", False), rate) for risk, rate in zip(risks, rates, strict=True)])]


def _worst_first(risks: Iterable[tuple[str, bool, float]]) -> list[int]:
    """The places of (sentence, serious, rate) in the order to tell them; of what belongs together, the worst counts."""
    groups: list[list[tuple[tuple[bool, float], int]]] = []
    for i, (say, serious, rate) in enumerate(risks):
        weight = (not serious, -rate)
        if groups and SAME.search(say):
            groups[-1].append((weight, i))
        else:
            groups.append([(weight, i)])
    return [i for group in sorted(groups, key=lambda group: min(weight for weight, _ in group)) for _, i in group]
