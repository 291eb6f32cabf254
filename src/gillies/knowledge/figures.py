"""Every figure of the knowledge with a stable address, so that a second reader can look it up too (see confirmed.py).

A figure is a threshold of a rule, a rate, a stretch of days or years, a year, a least number, a row of a table, a first or last day in
force (not one on which a rule was only seen in force), or the numbers of a sentence. Records are walked as plain data, so that a new kind
of record needs nothing here.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from gillies.dates import DAYS
from gillies.knowledge.schema import Policy, Record

BLANK = "▢"
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORTH = {word: n for n, word in enumerate(SMALL)} | {word: n * 10 for n, word in enumerate(TENS, 2)} | {"twice": 2, "dozen": 12}
TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_UNIT = "minute|hour|day|night|week|month|year|decade"
_COUNTED = "|".join(word for word in WORTH if word not in ("one", "zero"))
_SIZED = "about|around|after|at least|at most|for|within|in|over|under|than|to|or|nearly|almost|every|and|takes?|lasts?|used|add|plan"
NUMBER = re.compile(
    rf"""(?<![\w.§/])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\ (?P<power>{"|".join(TIMES)})\b|(?!\w|-[A-Z]|\.\d))
    |\b(?P<tens>{"|".join(TENS)})-(?P<ones>{"|".join(SMALL[1:10])})\b
    |(?<!\bthe\ )\b(?P<word>{_COUNTED})\b(?:\ (?P<times>{"|".join(TIMES)})\b)?
    |\b(?P<one>one)(?=[ -](?:(?:{_UNIT}|millimet|centimet|inch|percent)|(?:or|to|in)\ (?:{_COUNTED}|\d)))
    |\b(?:{_SIZED})\ (?P<a>an?)(?=\ (?:full\ |whole\ )?(?:{_UNIT})\b)""",
    re.VERBOSE | re.IGNORECASE,
)
"""A number in a sentence: digits, number words, `one week`, and `about a week`, but not `the two`, `twice a week`'s `a` or `CO2`."""
HINTS = {*"0123456789", *WORTH, *_UNIT.split("|")}
"""Without one of these there is no number in a sentence: most sentences are done with."""
EMERGENCY = re.compile(r"\b(?:911|988|999|112)\b")
TESTS = {"at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}
LABELS = ("pathway", "by", "who", "to", "name", "id")
SENTENCES = ("say", "why")
JOINTS = ("all", "any", "not", "of")
WORDS_OF_A_SLUG = 6
SLACK = 0.1
"""Three months are 90 days in one telling and 92 in another."""


class Number(msgspec.Struct, frozen=True):
    """A number in a text: characters [start, end), its value, and the word after it."""

    start: int
    end: int
    value: float
    unit: str


Place = tuple[str | int, ...]


class Figure(msgspec.Struct, frozen=True):
    """One thing to look up. `address` stays when the figure changes; `places` is where its mark is shown, in the
    record as plain data: several where a criterion stands twice."""

    address: str
    kind: str
    file: str
    asked: str
    values: tuple[str, ...]
    say: str
    cites: tuple[str, ...]
    places: tuple[Place, ...]
    unverified: bool = False


class _Asked(msgspec.Struct, frozen=True):
    """A figure within one mapping: the key it stands under, what is asked, its values, the key that its mark is shown at."""

    key: str
    asked: str
    values: tuple[str, ...]
    shown: Place


def numbers(text: str) -> list[Number]:
    """The numbers of a sentence, in order; numbers to call in an emergency are none."""
    if HINTS.isdisjoint(re.findall(r"[a-z]+|\d", text.lower())):
        return []
    found: list[Number] = []
    for match in NUMBER.finditer(EMERGENCY.sub(lambda m: "x" * len(m[0]), text)):
        kind = "a" if match["a"] else "all"
        start, end = match.span("a") if kind == "a" else match.span()
        unit = re.match(r"[ -]?(?:full |whole )?([a-z%]+)", text[end:])
        found.append(Number(start, end, _worth(match), unit[1] if unit else ""))
    return found


def _worth(match: re.Match[str]) -> float:
    if match["digits"]:
        return float(match["digits"].replace(",", "")) * TIMES.get((match["power"] or "").lower(), 1)
    if match["tens"]:
        return WORTH[match["tens"].lower()] + WORTH[match["ones"].lower()]
    if match["word"]:
        return WORTH[match["word"].lower()] * TIMES.get((match["times"] or "").lower(), 1)
    return 1


def blanked(text: str) -> str:
    """The sentence with each number as ▢."""
    for number in reversed(numbers(text)):
        text = f"{text[: number.start]}{BLANK}{text[number.end :]}"
    return text


def plain(value: object) -> str:
    """One value as it is compared: `1,506`, `1506.0` and `1506 people` are 1506; a date stays a date."""
    text = str(value).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    amount = re.match(r"-?\d[\d,]*(?:\.\d+)?", text)
    if amount:
        return f"{float(amount[0].replace(',', '')):.15g}"
    inside = numbers(text)
    return f"{inside[0].value:.15g}" if inside else text


def prefixes(records: Sequence[tuple[str, str, Record]]) -> list[str]:
    """The first part of each record's addresses, `kind/id`; later versions of a policy are `~2`, `~3` by their first day."""
    versions = sorted((record.id, record.in_force.start) for _, _, record in records if isinstance(record, Policy))
    found: list[str] = []
    for _, key, record in records:
        kind = kind_of(record)
        if isinstance(record, Policy):
            later = [start for name, start in versions if name == record.id].index(record.in_force.start)
            key = f"{key}~{later + 1}" if later else key
        found.append(f"{kind}/{key}")
    return found


def kind_of(record: Record) -> str:
    """What a record is called: procedure, policy, law, warning-sign …"""
    if isinstance(record, Policy) and not record.payer:
        return "law"
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(record).__name__).lower()


def figures(records: Iterable[tuple[str, str, Record]], only: Container[str] | None = None) -> list[Figure]:
    """Every figure of (file, id, record), in their order; `only`: of the records of these addresses' first parts."""
    listed = list(records)
    named = zip(prefixes(listed), listed, strict=True)
    return [figure for prefix, (file, _, record) in named if only is None or prefix in only for figure in figures_of(prefix, file, record)]


def figures_of(prefix: str, file: str, record: Record) -> list[Figure]:
    """The figures of one record; equal ones (a criterion that stands twice in a rule) are one."""
    found: dict[str, Figure] = {}
    raw = msgspec.json.decode(msgspec.json.encode(record))
    fallback = (raw.get("why") or {}).get("cites", ()) if isinstance(raw.get("why"), dict) else ()
    for name, at, held, cites in _mappings(raw, (prefix,), (), tuple(fallback)):
        say = next((held[key] for key in (*SENTENCES, "name") if isinstance(held.get(key), str)), name[-1])
        for asked in _asked(held):
            base = "/".join((*name, asked.key))
            address, copy = base, 1
            while address in found and (found[address].values, found[address].say) != (asked.values, say):
                copy += 1
                address = f"{base}~{copy}"
            places = (*found[address].places, (*at, *asked.shown)) if address in found else ((*at, *asked.shown),)
            bad = bool(held.get("unverified"))
            read_in = tuple((asked.key.startswith("in_force/") and held["in_force"].get("cites")) or cites)
            found[address] = Figure(address, kind_of(record), file, asked.asked, asked.values, say, read_in, places, bad)
    return list(found.values())


Mapping = tuple[tuple[str, ...], Place, dict[str, Any], tuple[str, ...]]


def _mappings(value: Any, name: tuple[str, ...], at: Place, cites: tuple[str, ...]) -> Iterator[Mapping]:
    """(name, place, mapping, cites in force) of every mapping in a record; the joints of rules have no part in the name."""
    if isinstance(value, dict):
        cites = tuple(value.get("cites") or cites)
        if "finding" in value:
            name = (*name, value["finding"])
        yield name, at, value, cites
        for key, inner in value.items():
            yield from _mappings(inner, name if key in JOINTS else (*name, key), (*at, key), cites)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            if isinstance(item, dict):
                label = "" if "finding" in item else slug(next((str(item[key]) for key in (*LABELS, "say") if key in item), ""))
                yield from _mappings(item, (*name, label) if label else name, (*at, i), cites)


def put_mark(held: Any, figure: Figure, mark: str) -> None:
    """Puts a mark behind a figure, wherever it stands in a record as plain data, which is changed."""
    for *way, last in figure.places:
        inner = held
        for key in way:
            inner = inner[key]
        shown = f"{inner[last]:g}" if isinstance(inner[last], float) else str(inner[last])
        if not shown.endswith(mark):
            inner[last] = shown + mark


def slug(say: str) -> str:
    """An id as it is; of a sentence the first words without its numbers: `a-hole-in-the-wall`."""
    if re.fullmatch(r"[a-z0-9-]+", say):
        return say
    return "-".join(re.findall(r"[a-z]+", blanked(say).lower())[:WORDS_OF_A_SLUG])


def _asked(held: dict[str, Any]) -> Iterator[_Asked]:
    """What there is to look up in one mapping, without what is below it."""
    measured = [*_measures(held)]
    yield from measured
    if "in_force" in held:
        for key, day in held["in_force"].items():
            if key in ("from", "until"):  # `seen` is the day of somebody's looking, not of the rule
                yield _Asked(f"in_force/{key}", f"in force {key} {BLANK}", (day,), ("in_force", key))
    for i, (start, limit) in enumerate(held.get("rows", ())):
        if limit is not None:
            yield _Asked(f"rows/{start:g}", f"from {start:g} on: {BLANK}", (plain(limit),), ("rows", i, 1))
    told = {value for asked in measured for value in asked.values}
    days = [day for asked in measured for day in _in_days(asked)]
    for key in SENTENCES:
        inside = numbers(held[key]) if isinstance(held.get(key), str) else []
        if any(f"{number.value:.15g}" not in told and not _is_about(_days(number), days) for number in inside):
            yield _Asked(key, blanked(held[key]), tuple(f"{number.value:.15g}" for number in inside), (key,))


def _measures(held: dict[str, Any]) -> Iterator[_Asked]:
    """Figures with a key of their own; where a sentence stands beside them, the mark is shown there."""
    shown: tuple[str, ...] = ("say",) if "say" in held else ()
    for key in ("days", "years"):
        if isinstance(held.get(key), list):
            yield _Asked(key, f"{BLANK} to {BLANK} {key}", tuple(map(plain, held[key])), shown or (key, 1))
    if "rate" in held:
        rate = held["rate"]
        within = f" within {blanked(rate['within'])}" if rate.get("within") else ""
        spans = [f"{n.value:.15g}" for n in numbers(rate.get("within", ""))]
        yield _Asked("rate", f"{BLANK} of {BLANK}{within}", (plain(rate["count"]), plain(rate["of"]), *spans), shown)
    if isinstance(held.get("year"), int):
        yield _Asked("year", f"the year {BLANK}", (plain(held["year"]),), ("year",))
    if "count" in held and "say" in held:
        yield _Asked("count", f"at least {BLANK}", (plain(held["count"]),), shown)
    if "at_least_of" in held:
        yield _Asked("at_least_of", f"at least {BLANK} of what follows", (plain(held["at_least_of"]["count"]),), ("at_least_of", "count"))
    for key, words in TESTS.items():
        if key in held and not isinstance(held[key], dict):
            unit = re.sub(r"^\S+\s*", "", str(held[key]))
            yield _Asked(key, f"{words} {BLANK} {unit}".rstrip(), (plain(held[key]),), shown)


def _in_days(asked: _Asked) -> list[float]:
    """The values of a measure in days, where its unit is one of time."""
    unit = asked.asked.rsplit(" ", 1)[-1].removesuffix("s")
    return [float(value) * DAYS[unit] for value in asked.values] if unit in DAYS else []


def _days(number: Number) -> float:
    unit = number.unit.removesuffix("s")
    return number.value * DAYS[unit] if unit in DAYS else 0


def _is_about(days: float, told: list[float]) -> bool:
    """Whether a stretch of time is one of those told; months and weeks are of about the same length in one telling and the other."""
    return days > 0 and any(abs(days - other) <= days * SLACK for other in told)
