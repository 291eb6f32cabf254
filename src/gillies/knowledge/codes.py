"""Which codes a code set holds, and the checks of code sets."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from gillies.errors import KnowledgeError
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Site
from gillies.knowledge.schema_codes import CodeSet
from gillies.rules.nodes import Value
from gillies.rules.parse import Kind

CATEGORY = 3
ANYWHERE = frozenset({"skin", "body"})
FORMS = {
    "icd-10-cm": r"[A-Z]\d[0-9A-Z]{1,5}",
    "icd-10-pcs": r"[0-9A-HJ-NP-Z]{1,7}",
    "hcpcs": r"[A-Z0-9]\d{3}[0-9A-Z]",
    "modifier": r"[A-Z0-9]{2}",
    "place": r"\d{2}",
    "revenue": r"\d{2,4}",
}
"""What a code, or the beginning of one, looks like once its dots are gone."""
Span = tuple[str, str]
"""The first and the last beginning of a code, of one length: (T20, T25); of a prefix both are it."""


def plain(code: str) -> str:
    """A code as it is compared: upper case, without dots and blanks."""
    return code.upper().replace(".", "").strip()


def span(written: str) -> Span:
    """What a prefix ("T85.4") or a range ("T20-T25") of a code set stands for."""
    first, _, last = written.partition("-")
    return plain(first), plain(last or first)


def holds(code_set: CodeSet, code: str) -> bool:
    """Whether a set has this code (of its own system)."""
    code = plain(code)
    taken_out = any(code.startswith(plain(prefix)) for prefix in code_set.but_not)
    return not taken_out and any(first <= code[: len(first)] <= last for first, last in map(span, code_set.codes))


def speaks_of(code_set: CodeSet, places: Iterable[str], sites: dict[str, Site]) -> bool:
    """Whether a set counts for care at these places: it is about no place, one of them, or one that holds or lies in one of them. Care of
    skin or body as a whole may be anywhere."""
    wanted = set(places)
    if not code_set.sites or not wanted.isdisjoint(ANYWHERE):
        return True
    around = {outer for place in wanted for outer in _outward(place, sites)}
    return any(place in around or not wanted.isdisjoint(_outward(place, sites)) for place in code_set.sites)


def _outward(place: str, sites: dict[str, Site]) -> Iterator[str]:
    """A place, the one that it lies in, and so on."""
    while place:
        yield place
        place = sites[place].within if place in sites else ""


def lint_codes(k: Knowledge, kinds: dict[str, Kind]) -> Iterator[KnowledgeError]:
    """Every problem of the code sets; that their sources exist is checked with all others."""
    for key, code_set in k.code_sets.items():
        file = k.files[f"code-set/{key}"]
        yield from _form(code_set, file)
        for finding, value in code_set.means.items():
            if finding not in kinds:
                yield KnowledgeError(file, f"{key}.means", f"no finding or concern is called {finding!r}.", "Correct the id or add the finding.")
            elif not _fits(value, kinds[finding]):
                yield KnowledgeError(file, f"{key}.means.{finding}", f"{value!r} does not fit it.", "Write true, false, a number or one of its choices.")
    for one, other in combinations(k.code_sets.values(), 2):
        yield from _contradictions(one, other, k.files[f"code-set/{other.id}"])


def _form(code_set: CodeSet, file: str) -> Iterator[KnowledgeError]:
    key = code_set.id
    if not code_set.codes:
        yield KnowledgeError(file, f"{key}.codes", "is empty.", "Give the codes, or remove the set.")
    if not code_set.means and code_set.protected is None:
        yield KnowledgeError(file, f"{key}.means", "is empty.", "Say which findings the codes state, or remove the set.")
    for name, listed in (("codes", code_set.codes), ("but_not", code_set.but_not)):
        for written in listed:
            first, last = span(written)
            odd = [end for end in (first, last) if not re.fullmatch(FORMS[code_set.system], end)]
            if odd:
                yield KnowledgeError(file, f"{key}.{name}", f"{odd[0]!r} does not look like a code of {code_set.system}.", "Correct it.")
            elif "-" in written and (name == "but_not" or code_set.system != "icd-10-cm" or {len(first), len(last)} != {CATEGORY}):
                yield KnowledgeError(file, f"{key}.{name}", f"{written!r} is no range of ICD-10-CM categories.", "Write prefixes, or T20-T25.")
            elif first > last:
                yield KnowledgeError(file, f"{key}.{name}", f"the range {written!r} runs backwards.", f"Write {last}-{first}.")
    for written in code_set.but_not:
        if not any(_common(span(written), held) for held in map(span, code_set.codes)):
            yield KnowledgeError(file, f"{key}.but_not", f"{written!r} is not in `codes` anyway.", "Remove it or correct it.")
    spans = [span(written) for written in code_set.codes]
    for one, other in combinations(spans, 2):
        if _common(one, other):
            yield KnowledgeError(file, f"{key}.codes", f"{one[0]} and {other[0]} claim the same codes.", "Keep the wider of the two.")


def _contradictions(one: CodeSet, other: CodeSet, file: str) -> Iterator[KnowledgeError]:
    """Two sets that hold one code and give a finding different values."""
    at_odds = [finding for finding in one.means if finding in other.means and one.means[finding] != other.means[finding]]
    if one.system != other.system or not at_odds:
        return
    out = [plain(prefix) for prefix in (*one.but_not, *other.but_not)]
    shared = [both for a in one.codes for b in other.codes if (both := _common(span(a), span(b))) and not both[0].startswith(tuple(out))]
    if shared:
        said = f"{shared[0][0]} is also in {one.id!r}, which gives {at_odds[0]!r} another value."
        yield KnowledgeError(file, f"{other.id}.codes", said, "Take the code out of one of the two (`but_not`).")


def _common(one: Span, other: Span) -> Span | None:
    """The span that two spans share, if any; of a prefix in a range the prefix."""
    short, long = sorted((one, other), key=lambda held: len(held[0]))
    size = len(short[0])
    first, last = max(short[0], long[0][:size]), min(short[1], long[1][:size])
    if first > last:
        return None
    return long if len(long[0]) > size else (first, last)


def _fits(value: Value, kind: Kind) -> bool:
    if kind.type == "yes-no":
        return isinstance(value, bool)
    if kind.type == "choice":
        return value in kind.choices
    return isinstance(value, int | float) and not isinstance(value, bool)
