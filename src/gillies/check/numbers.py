"""The numbers of a sentence: with their unit, as a range. Times in days, shares in percent and as one in so many, the rest as counts."""

import re

import msgspec

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a couple of": 2, "a hundred": 100,
    "a thousand": 1000, "thousand": 1000, "half a": 0.5, "half": 0.5, "a": 1, "an": 1, "a few": 3, "several": 3, "dozen": 12, "a dozen": 12,
    "a single": 1, "single": 1,
}  # fmt: skip
DAYS = {
    "minute": 1 / 1440, "hour": 1 / 24, "hr": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "wk": 7.0, "month": 30.4, "year": 365.25, "yr": 365.25,
    "decade": 3652.5,
}  # fmt: skip
HOUR, FEWEST_AT_WORK = ("hour", "hr"), 100
"""So many hours are hours of work or lessons: no span of time that years can be held against."""
LITRES = {"litre": 1000.0, "liter": 1000.0, "ml": 1.0, "cc": 1.0, "millilitre": 1.0, "milliliter": 1.0}
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
FIGURE = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:{TENS})[- ](?:{ONES})"
    + "".join(f"|{word}" for word in sorted(WORDS, key=len, reverse=True))
)  # fmt: skip
ANY_NUMBER = rf"(?:{ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|{TENS}|hundred|thousand|dozen)\b"
SCALE = r"(?:\s+(?P<scale>thousand|million|hundred))?"
NUMBER = re.compile(
    rf"(?<![\w.,$£€])(?P<money>[$£€]\s?)?\b(?P<low>{FIGURE})(?:\s?(?:-|–|to|or|and)\s?(?P<high>{FIGURE}))?{SCALE}"
    r"(?:\s?(?P<percent>%|percent|per cent)"
    r"|[\s-](?:in|out of|of|of every|in every)[\s-](?:every\s)?(?P<of>\d[\d,]*|ten|twenty|five|four|three|hundred|a hundred|a thousand)\b"
    r"|(?:\s[a-z]{3,14}){1,2}\s(?:in|out of)\s(?:every\s)?(?P<among>\d[\d,]*|hundred|a hundred|thousand|a thousand)\b"
    rf"|(?P<more>\s(?:or more|plus)|\+)?[\s-]{{1,2}}(?:(?!{ANY_NUMBER})[a-z]{{3,12}}[ -])?(?P<time>minute|hour|hr|day|night|week|month|year|decade|yr|wk)s?\b"
    rf"|[\s-]{{0,2}}(?P<volume>{'|'.join(LITRES)})s?\b)?"
)
AT_LEAST = re.compile(r"(?:at least|more than|over|minimum of|no less than|no fewer than|upwards of|exceeding|up from|a minimum of)\s(?:a |an |the )?$")
AT_MOST = re.compile(r"(?:at most|less than|fewer than|under|within|no more than|maximum of|not more than|as little as|only|just|below)\s(?:a |an |the )?$")
UP_TO = re.compile(r"(?:up to|as (?:long|much|many|far) as)\s(?:a |an |the )?$")
BOUNDS = (("least", AT_LEAST), ("most", AT_MOST), ("reach", UP_TO))
AT_THE_TOP = ("most", "reach")
"""Bounds of a number that is the highest."""
OVER = re.compile(r"\bover (?:a |the )?$")
"""Before a range of time, it means in the course of it."""
NEXT_DAY = re.compile(
    r"\b(?:the )?(?:next|following) day\b|\bthe day after\b|\b(?:same day|immediately|instantly|the moment|straight away|right away|at once|overnight)\b"
)
"""Times told without a number: by the next day."""
FIRST = re.compile(r"\b(?:in|within|during|after|by the end of) (?:the|your|their) first (?P<unit>day|week|month|year)\b")
"""Times told as the first of their kind."""
ONE_DAY = re.compile(r"one day(?:$|[.,;!)])")
"""Some time, no number."""
FRACTION = re.compile(
    r"\b(?:(?P<many>a|one|two|three)[ -](?P<part>third|quarter|fifth|tenth)s?\b(?! of an? (?:year|hour|inch|day|month))"
    r"|half (?:of|all)\b|every (?P<each>second|third|fourth|fifth|tenth)\b)"
)
"""Shares told in words: "a third of", "half of all", "every tenth"."""
PARTS = {"second": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
SIGNS_OF_NEXT_DAY = (" day", "immediately", "instantly", "the moment", " away", "at once", "overnight")
SIGN_OF_FIRST, SIGNS_OF_FRACTION = " first ", ("third", "quarter", "fifth", "tenth", "half ", "every ")
"""One of these stands in each; to look for them first is quicker."""
EXTRA = re.compile(r"\b(?:more|additional|further|extra)\b")
"""What comes on top of something else, so that it cannot be too little by itself."""
OF_A_STUDY = re.compile(
    r"[\s-](?:review|study|trial|survey|follow-up|follow up|span of data|data|analysis|series|audit|period|care|case|surgery|clinic|unit|spa|patient)\b"
)
"""What a time is the length of, or a part of the name of ("a day case"), where it is none of a treatment or a training."""
PART = re.compile(r"\b(?:first|(?:the|its|their|our|your|my|these|in|over)\slast|final|initial|another|additional|an extra|a further|next)(?: of)?\s(?:of )?$")
PART_BEFORE = 16
"""Words before a time that is a part of a longer one."""
YEARS = range(1800, 2100)
SCALE_OF = {"thousand": 1e3, "million": 1e6, "hundred": 1e2}
SINGLE = frozenset(("one", "a", "an", "1", "single", "a single"))
AS_MANY = {"several": 3, "a few": 5 / 3}
"""How many times the fewest of these may be: up to nine, and up to five."""
LITTLE_WORDS = frozenset(("a", "an", "half", "one", "several"))


class Amount(msgspec.Struct, frozen=True):
    """A number as said: `kind` time (days), work (hours), share (percent), volume (ml), year, money or count; `bound`: "least" (at least so many),
    "most", "reach" (up to so many, which is said to happen), "extra" (so many more), or ""."""

    kind: str
    low: float
    high: float
    bound: str
    start: int
    end: int


def find_amounts(lowered: str) -> list[Amount]:
    """Every number of a lower-cased sentence. A bare "a" or "one" is none."""
    found = []
    for match in NUMBER.finditer(lowered):
        written = match["low"]
        if match["time"] and OF_A_STUDY.match(lowered, match.end()):
            continue
        if match["time"] and written in SINGLE and not match["high"] and match[0].endswith("s"):
            continue  # "one breast years later"
        if written == "one" and ONE_DAY.match(lowered, match.start()):
            continue
        scale = SCALE_OF.get(match["scale"], 1)
        if match["time"] in HOUR and _value(written) * scale >= FEWEST_AT_WORK:
            kind, factor = "work", 1.0
        elif match["time"]:
            kind, factor = "time", DAYS[match["time"]]
        elif match["volume"]:
            kind, factor = "volume", LITRES[match["volume"]]
        elif match["percent"]:
            kind, factor = "share", 1.0
        elif (of := match["of"] or match["among"]) and not _is_year(of):
            kind, factor = "share", 100 / max(_value(of), 1)
        elif match["money"]:
            kind, factor = "money", 1.0
        elif written in LITTLE_WORDS and not (written == "one" and _bound(lowered, match.start()) in AT_THE_TOP):  # "just one session" is one
            continue
        else:
            kind, factor = "count", 1.0
        low = _value(written) * scale
        high = _value(match["high"]) * scale if match["high"] else low * AS_MANY.get(written, 1)
        if kind == "count" and written.isdigit() and low in YEARS and not match["high"]:
            kind = "year"
        if low <= high:
            is_part = match["time"] and (EXTRA.search(match[0]) or PART.search(lowered, max(0, match.start() - PART_BEFORE), match.start()))
            bound = "least" if match["more"] else "extra" if is_part else _bound(lowered, match.start())
            if match["high"] and OVER.search(lowered, max(0, match.start() - PART_BEFORE), match.start()):
                bound = ""  # "over two to six months" is in the course of them
            found.append(Amount(kind, low * factor, high * factor, bound, match.start(), match.end()))
    if any(sign in lowered for sign in SIGNS_OF_FRACTION):
        found = _with_fractions(found, lowered)
    if SIGN_OF_FIRST in lowered:
        found += [Amount("time", DAYS[match["unit"]], DAYS[match["unit"]], "", match.start(), match.end()) for match in FIRST.finditer(lowered)]
    if any(sign in lowered for sign in SIGNS_OF_NEXT_DAY):
        found += [Amount("time", 0.0, 1.0, "", match.start(), match.end()) for match in NEXT_DAY.finditer(lowered)]
    return found


def _with_fractions(found: list[Amount], lowered: str) -> list[Amount]:
    """The numbers with the shares that are told in words, which go before any number among these words."""
    for match in FRACTION.finditer(lowered):
        share = 100 * _value(match["many"]) / PARTS[match["part"]] if match["part"] else 100 / PARTS[match["each"]] if match["each"] else 50.0
        found = [other for other in found if other.end <= match.start() or match.end() <= other.start]
        found.append(Amount("share", share, share, _bound(lowered, match.start()), match.start(), match.end()))
    return found


def _bound(lowered: str, at: int) -> str:
    """Whether the words before a number make it the least or the most."""
    before = lowered[max(0, at - 24) : at]
    return next((bound for bound, words in BOUNDS if words.search(before)), "")


def _is_year(written: str) -> bool:
    """Whether a number behind an "in" tells when ("25 million operations in 2023"), not out of how many."""
    return written.isdigit() and int(written) in YEARS


def _value(written: str) -> float:
    if written in WORDS:
        return float(WORDS[written])
    if written[0].isdigit():
        return float(written.replace(",", "") or 0)
    return float(sum(WORDS[word] for word in re.split("[- ]", written)))


TIMES = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.25}
SCALES = {**TIMES, "million": 1e6}
KIND = {
    "work-hours": "work", **dict.fromkeys(TIMES, "time"), "ml": "volume", "cc": "volume", "percent": "share", "one-in": "share", "year": "year",
    "dollars": "money", "pounds": "money",
}  # fmt: skip
"""Unit of our ranges -> kind of amount; any other unit is a count."""
ROOM_AT_THE_TOP = 1.25
"""How many times the highest known a number "up to" which something is said to reach may be."""
SLACK = 0.03
"""Months are not all alike: "a year" is twelve months and 52 weeks."""


def of_unit(amounts: list[Amount], unit: str) -> list[Amount]:
    """The amounts that measure what the unit measures."""
    return [amount for amount in amounts if amount.kind == KIND.get(unit, "count")]


def fits(amounts: list[Amount], unit: str, least: float, most: float) -> bool:
    """Whether some amount of that unit lies in the range, or all of them added up ("three years, and then three more")."""
    low, high = least * SCALES.get(unit, 1.0), most * SCALES.get(unit, 1.0)
    if unit == "one-in":
        low, high = 100 / most, 100 / least
    if KIND.get(unit) in ("time", "share"):
        low, high = low * (1 - SLACK), high * (1 + SLACK)
    if any(_fits(amount, low, high) for amount in amounts):
        return True
    return KIND.get(unit) == "time" and len(amounts) > 1 and low <= sum(amount.high for amount in amounts) <= high


def _fits(amount: Amount, low: float, high: float) -> bool:
    if amount.bound == "least":
        return low * 0.6 <= amount.high <= high
    if amount.bound == "most":
        return amount.low >= low
    if amount.bound == "reach":
        return low <= amount.low <= high * ROOM_AT_THE_TOP
    return amount.high >= low and amount.low <= high
