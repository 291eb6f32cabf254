"""Numbers with units, in any unit people use, brought to ours: lengths to cm, weights to g, durations to months …"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import msgspec

from gillies.dates import months

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "couple": 2, "a couple": 2, "a couple of": 2, "couple of": 2, "few": 3, "a few": 3, "half a": 0.5, "half": 0.5, "several": 3,
}  # fmt: skip
TENS, ONES = ("twenty", "thirty", "forty", "fifty", "sixty"), ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNITS: dict[str, tuple[str, float]] = {
    "mm": ("length", 0.1), "millimeter": ("length", 0.1), "millimetre": ("length", 0.1), "cm": ("length", 1), "centimeter": ("length", 1),
    "centimetre": ("length", 1), "m": ("length", 100), "meter": ("length", 100), "metre": ("length", 100), "inch": ("length", 2.54),
    "inches": ("length", 2.54), "in": ("length", 2.54), '"': ("length", 2.54), "ft": ("length", 30.48), "foot": ("length", 30.48), "feet": ("length", 30.48),
    "g": ("mass", 1), "gm": ("mass", 1), "gram": ("mass", 1), "gramme": ("mass", 1), "kg": ("mass", 1000), "kilo": ("mass", 1000), "kilogram": ("mass", 1000),
    "lb": ("mass", 453.59237), "pound": ("mass", 453.59237), "oz": ("mass", 28.349523125), "ounce": ("mass", 28.349523125), "stone": ("mass", 6350.29318),
    "degree": ("angle", 1), "°": ("angle", 1), "deg": ("angle", 1), "ms": ("instant", 1), "millisecond": ("instant", 1), "msec": ("instant", 1),
    "tenth of a second": ("instant", 100), "tenths of a second": ("instant", 100),
    "sec": ("instant", 1000), "second": ("instant", 1000), "mmhg": ("pressure", 1), "%": ("share", 1), "percent": ("share", 1), "per cent": ("share", 1),
    "ml": ("volume", 1), "cc": ("volume", 1), "liter": ("volume", 1000), "litre": ("volume", 1000), "kg/m2": ("index", 1), "m2": ("area", 1), "m²": ("area", 1),
    "day": ("time", months(1, "day")), "week": ("time", months(1, "week")), "wk": ("time", months(1, "week")), "month": ("time", 1), "mo": ("time", 1),
    "mth": ("time", 1), "year": ("time", 12), "yr": ("time", 12), "decade": ("time", 120),
}  # fmt: skip
"""Unit as written -> (what it measures, how much of our base unit: cm, g, degree, ms, mmHg, percent, ml, kg/m2, m2, month)."""
OUR_UNITS: dict[str, tuple[str, float]] = {
    "mm": ("length", 0.1), "cm": ("length", 1), "m": ("length", 100), "g": ("mass", 1), "kg": ("mass", 1000), "degrees": ("angle", 1),
    "ms": ("instant", 1), "mmHg": ("pressure", 1), "percent": ("share", 1), "ml": ("volume", 1), "months": ("time", 1),
    "kg/m2": ("index", 1), "m2": ("area", 1),
    "years": ("time", 12), "count": ("count", 1), "grade": ("count", 1),
}  # fmt: skip
NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:\s+1/2|\s*½)?|½"
TWO_WORDS = rf"(?:{'|'.join(TENS)})[- ](?:{'|'.join(ONES)})"
SIMPLE = sorted(NUMBER_WORDS, key=len, reverse=True)
WORDS = "|".join([TWO_WORDS, *SIMPLE])
COUNTS = "|".join([TWO_WORDS, *(word for word in SIMPLE if word not in ("a", "an", "one", "half", "half a"))])
"""Number words that count things by themselves ("five sinus infections"); "one" is mostly no number."""
UNIT = "|".join(sorted((re.escape(unit) + ("s?" if unit[-1].isalpha() and len(unit) > 1 else "") for unit in UNITS), key=len, reverse=True))
BETWEEN = "more|full|straight|consecutive|whole|long|entire|solid|and a half"


@cache
def _quantity() -> re.Pattern[str]:
    """The pattern of a quantity; compiled when the first number is met, since that takes longer than most texts."""
    return re.compile(
        rf"(?<![\w.])(?P<feet>\d)\s?(?:'|’|ft\.?|feet|foot)\s?(?P<inches>\d{{1,2}})?(?:\s?(?:\"|”|''|in(?:ches)?\b))?"
        rf"|(?<![\w.])(?P<low>{NUMBER})\s?(?:-|–|to)\s?(?P<high>{NUMBER})[\s-]?(?P<range_unit>{UNIT})(?![a-z0-9])"
        rf"|(?<![\w.])(?P<number>{NUMBER}|\b(?:{WORDS})\b)(?:\s(?:{BETWEEN}))*[\s-]{{0,2}}(?P<unit>{UNIT})(?![a-z0-9])"
        rf"|(?<![\w./])(?P<bare>\d+(?:\.\d+)?)(?![\w/%]|\.\d)|\b(?P<counted>{COUNTS})\b|\b(?:baker|grade|class|stage|type|degree)\s(?P<roman>iv|iii|ii|i)\b"
    )


RATE = re.compile(r"\b(?:days?|times|attacks|hours?|once|twice)\s+(?:a|per|each|every|in a|out of (?:a|every|each)|of every)\s+(?:day|week|month|year)\b")
"""How often, which is a plain count and no stretch of time ("18 days a month")."""
STARTS = frozenset([*(words.split()[0] for words in NUMBER_WORDS), "baker", "grade", "class", "stage", "type", "degree", "½"])
"""Words that a quantity can begin with, besides digits."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Quantity(msgspec.Struct, frozen=True):
    """A number in our base unit of what it `measures` ("count" when bare), and where it stands."""

    value: float
    measures: str
    start: int
    end: int


def may_start(raw: str) -> bool:
    """Whether a quantity can begin with this word."""
    return raw in STARTS or raw[0].isdigit()


def find_quantities(text: str, starts: Iterable[int]) -> list[Quantity]:
    """Every quantity in lower-cased text; `starts`: where words stand that one may begin with. A range gives its lower end, so that no
    threshold is reached by its upper end alone."""
    text = RATE.sub(lambda match: "x" * len(match[0]), text)
    found: list[Quantity] = []
    end = 0
    for start in starts:
        match = _quantity().match(text, start) if start >= end else None
        if match is None:
            continue
        end = match.end()
        if match["feet"] is not None:
            if match["inches"] is None and "'" not in match[0] and "’" not in match[0]:
                found.append(Quantity(float(match["feet"]) * 30.48, "length", start, end))
            elif match["inches"] is not None:
                found.append(Quantity(float(match["feet"]) * 30.48 + float(match["inches"]) * 2.54, "length", start, end))
        elif match["unit"] is not None or match["range_unit"] is not None:
            measures, factor = UNITS[_unit(match["unit"] or match["range_unit"])]
            value = _number(match["number"] or match["low"]) + (0.5 if "and a half" in match[0] else 0)
            found.append(Quantity(value * factor, measures, start, end))
        elif match["roman"] is not None:
            found.append(Quantity(ROMAN[match["roman"]], "count", start, end))
        elif match["bare"] is not None or match["counted"] is not None:
            found.append(Quantity(_number(match["bare"] or match["counted"]), "count", start, end))
    return found


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def _since() -> re.Pattern[str]:
    """The pattern of a beginning: "since 2022", "since last March", "since June 2024"; compiled when the first text may hold one."""
    return re.compile(rf"\bsince (?:last |this |about |around |early |late )*(?:(?P<month>{'|'.join(MONTHS)})[a-z]* ?)?(?P<year>(?:19|20)\d\d)?\b")


def find_since(text: str, on: date) -> list[Quantity]:
    """Stretches of time told by when they began, in months; counted from the end of that month or year, so never too long."""
    found: list[Quantity] = []
    if "since" not in text:
        return found
    for match in _since().finditer(text):
        if match["month"] is None and match["year"] is None:
            continue
        month = MONTHS.index(match["month"]) + 1 if match["month"] else 12
        year = int(match["year"]) if match["year"] else on.year - (month >= on.month)
        length = (on.year - year) * 12 + on.month - month
        if length > 0:
            found.append(Quantity(float(length), "time", *match.span()))
    return found


def in_unit(quantity: Quantity, unit: str) -> float | None:
    """The quantity in one of our units; None where it measures something else. A bare number fits a count or a grade."""
    measures, factor = OUR_UNITS[unit]
    return quantity.value / factor if quantity.measures == measures else None


def _unit(written: str) -> str:
    return written if written in UNITS else written.removesuffix("s")


def _number(written: str) -> float:
    if written in NUMBER_WORDS:
        return NUMBER_WORDS[written]
    if written.startswith(TENS):
        return sum(NUMBER_WORDS[word] for word in re.split("[- ]", written))
    half = 0.5 if "½" in written or "1/2" in written else 0.0
    digits = re.sub(r"\s*(?:1/2|½)$", "", written).replace(",", "")
    return (float(digits) if digits else 0.0) + half
