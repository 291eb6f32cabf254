"""Age, sex and state of the person the text is about."""

import re
from functools import cache

from gillies.phrases.words import Word


@cache
def _age() -> re.Pattern[str]:
    """The pattern of an age; compiled when the first text may hold one."""
    return re.compile(
        r"\b(?P<months>\d{1,2}(?:\s1/2)?)[\s-]*(?:month|mo|week|wk|day)s?[\s-]*old\b"
        r"|\b(?P<years>\d{1,3})[\s-]*(?:years?|yrs?|y)[\s-]*(?:of[\s-]age|old|o\b)"
        r"|\b(?P<yo>\d{1,3})\s?(?:yo|y/o|yrold|yearsold|yearold|yrs?old)\b"
        r"|\bage[ds]?\s(?:of\s)?(?P<aged>\d{1,3})\b"
        r"|\b(?:i'?m|i am|im|she'?s|he'?s|she is|he is|is now|am now)\s(?:a\s|only\s|just\s|now\s|almost\s|nearly\s)*(?P<plain>\d{1,3})"
        r"(?=\s*(?:$|[.,;!?)]|(?:and|but|with|years?|yrs?|m|f|male|female|man|woman|now|who)\b))"
        r"|\b(?P<sexed>\d{2})[\s/-]?(?:m|f|male|female)\b"
        r"|(?:^|[,.;:]\s)(?P<alone>[1-9]\d)(?=\s*(?:$|[.,;:](?!\d)))"
        r"|\b(?:daughter|son|kid|child|boy|girl|man|woman|male|female|patient|member|beneficiary|teenager|lad|husband|wife)\sof\s(?P<of>\d{1,2})"
        r"(?=\s*(?:years\b|[),.;:]|(?:and|with|who|whose|asks|wants|has|had|is|needs)\b|$))"
        r"|\b(?:daughter|son|kid|child|boy|girl|lad|niece|nephew|grandson|granddaughter)(?:,|\s\(|\sis)\s?(?P<child>\d{1,2})(?=\s*(?:[,).;]|and\b|with\b|$))"
        r"|\b(?P<numeral>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]years?[\s-]old\b"
    )


THEN = re.compile(r"\b(?:was|were|when|at|since|until|till|being)(?:\s(?:she|he|i|it|they|was|were|about|around|only|just|age|aged))*\s*$")
THINGS = re.compile(
    r"\b(?:implants?|scars?|tattoos?|they|these|those|them|it|fillers?|ones?|plan|policy|dog|cat)"
    r"(?:'re|\s(?:are|is|were|was))?(?:\s(?:now|about|around|only|over|nearly|almost))*\s*$"
)
"""What is said to be so old is no person ("my implants are 16 years old")."""
NUMERALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
FEMALE = frozenset(
    "she her hers mum mom mam woman female girl daughter wife mother lady niece aunt sister pregnant pregnancy breastfeeding girlfriend f grandmother".split()
)
MALE = frozenset("he his him man male boy son husband father nephew uncle brother guy boyfriend m grandfather gentleman".split())
OLDEST = 120
STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO", "connecticut": "CT", "delaware": "DE",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO",
    "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA",
    "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "district of columbia": "DC", "puerto rico": "PR",
}  # fmt: skip
STATE_STARTS = frozenset(name.split()[0] for name in STATES)


def find_age(text: str) -> tuple[float, int, int] | None:
    """(years, start, end) of the age now, in lower-cased text; an age of the past ("when she was 4") is passed over."""
    for match in _age().finditer(text):
        kind = str(match.lastgroup)
        before = text[max(0, match.start() - 30) : match.start()]
        if (kind != "plain" and THEN.search(before)) or THINGS.search(before):
            continue
        value = NUMERALS.get(match[kind]) or float(match[kind].split()[0])
        if kind == "months":
            per_year = 12 if "mo" in match[0] else 52 if "w" in match[0] else 365
            value = value / per_year
        if value <= OLDEST:
            return float(value), *match.span()
    return None


def find_sex(words: list[Word]) -> str | None:
    """female or male by the words that say so, when they do not disagree; the first dependant's word decides a tie."""
    female = sum(word.raw in FEMALE for word in words)
    male = sum(word.raw in MALE for word in words)
    if female == male:
        return None
    return "female" if female > male else "male"


@cache
def _state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(STATES, key=len, reverse=True))})\b")


def find_state(text: str) -> tuple[str, int, int] | None:
    """(two-letter code, start, end) of the first US state named in lower-cased text."""
    match = _state().search(text)
    return (STATES[match[0]], *match.span()) if match else None
