"""An NPI that was typed: whether it can be one, and which one may be meant where it cannot."""

from collections.abc import Iterator

from gillies.registry.npi import check_digit, is_npi


def fault(digits: str) -> str:
    """What is wrong with a number as an NPI, in a sentence; "" where nothing is."""
    if len(digits) != 10:
        return f"{digits} is no NPI: it has {len(digits)} digits, an NPI has ten."
    if not is_npi(digits):
        return f"{digits} is no NPI: its last digit should be {check_digit(digits[:9])}, so at least one digit is wrong or two are swapped."
    return ""


def meant(digits: str) -> Iterator[tuple[str, str]]:
    """NPIs that differ from ten digits by one digit or by two neighbours swapped, and in what. (Of a number with nine, or eleven: by a digit
    left out or one too many.)"""
    seen = {digits}
    for number, what in _around(digits):
        if number not in seen and is_npi(number):
            seen.add(number)
            yield number, what


def _around(digits: str) -> Iterator[tuple[str, str]]:
    for place in range(len(digits) - 1):
        yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :], "two digits swapped"
    for place in range(len(digits)):
        yield digits[:place] + digits[place + 1 :], "one digit too many"
        for digit in "0123456789":
            yield digits[:place] + digit + digits[place + 1 :], "one digit differs"
    for place in range(len(digits) + 1):
        for digit in "0123456789":
            yield digits[:place] + digit + digits[place:], "one digit is missing"
