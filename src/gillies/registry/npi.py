"""The National Provider Identifier: ten digits, the last of which checks the other nine."""

import re

SAMPLE_FIRST = "9"
"""Numbers of made-up providers begin so. None that is issued does: those begin with 1 or 2."""


def check_digit(nine: str) -> int:
    """The tenth digit for the first nine: Luhn's, over 80840 (which adds 24) and the nine digits."""
    doubled = (sum(divmod(2 * int(digit), 10)) if place % 2 == 0 else int(digit) for place, digit in enumerate(nine))
    return -(24 + sum(doubled)) % 10


def is_npi(text: str) -> bool:
    """Whether a text is ten digits of which the last fits the others. (It may still never have been issued.)"""
    return re.fullmatch(r"[0-9]{10}", text) is not None and int(text[9]) == check_digit(text[:9])


def is_made_up(npi: int | str) -> bool:
    """Whether a number is of a made-up provider, as `gillies registry sample` writes them."""
    return str(npi).startswith(SAMPLE_FIRST)


def check_digit_sql(nine: str) -> str:
    """`check_digit` as SQL over a whole number of nine digits."""
    digits = [f"({nine} // {10 ** (8 - place)}) % 10" for place in range(9)]
    terms = [f"(({digit}) * 2 % 10 + ({digit}) // 5)" if place % 2 == 0 else f"({digit})" for place, digit in enumerate(digits)]
    return f"((10 - (24 + {' + '.join(terms)}) % 10) % 10)"


def is_npi_sql(text: str, number: str) -> str:
    """`is_npi` as SQL over a text and the whole number that it was read as; NULL is none."""
    return f"coalesce(length({text}) = 10 AND {number} BETWEEN 0 AND 9999999999 AND {check_digit_sql(f'({number} // 10)')} = {number} % 10, false)"
