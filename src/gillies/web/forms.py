"""What a person filled in: read from the form's own fields, put back into them. The form carries everything; the server keeps nothing."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import msgspec

from gillies.assess.given import checked
from gillies.door import Asked
from gillies.errors import InputError
from gillies.knowledge.compiled import Compiled
from gillies.web.refusal import Refused
from gillies.web.settings import MOST_CHARACTERS

MOST_FIELDS = 600
YES, NO = "yes", "no"
UNITS = ("days", "weeks", "months", "years")
LONGEST_VALUE = 60


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a form as they were typed. `answers`: finding -> what stands in its field; `units`: of durations; `not_meant`: ids."""

    text: str = ""
    concerns: tuple[str, ...] = ()
    answers: dict[str, str] = {}
    units: dict[str, str] = {}
    payer: str = ""
    state: str = ""
    not_meant: tuple[str, ...] = ()
    example: str = ""

    def fields(self) -> Iterator[tuple[str, str]]:
        """Names and values that carry it to the next page."""
        yield "text", self.text
        yield from (("concern", key) for key in self.concerns)
        yield from self.beside()

    def beside(self) -> Iterator[tuple[str, str]]:
        """The same of what the start page does not show."""
        yield from ((f"a.{key}", value) for key, value in self.answers.items() if value)
        yield from ((f"u.{key}", value) for key, value in self.units.items() if self.answers.get(key))
        yield from ((name, value) for name, value in (("payer", self.payer), ("state", self.state)) if value)
        yield from (("not", key) for key in self.not_meant)


def sent(body: bytes) -> list[tuple[str, str]]:
    """Names and values of a form as sent. Raises Refused when it is none."""
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise Refused(400, "This form cannot be read. Go back to the start and try again.") from None


def read_form(body: bytes) -> Form:
    """The form as sent. Raises Refused when it is none of ours."""
    fields = sent(body)
    one = {name: value.strip() for name, value in fields}

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for field, value in fields if field == name and value))

    def by_id(prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): value[:LONGEST_VALUE] for name, value in one.items() if name.startswith(prefix) and value}

    return Form(
        text=one.get("text", "").replace("\r\n", "\n"), concerns=several("concern"), answers=by_id("a."), units=by_id("u."), payer=one.get("payer", ""),
        state=one.get("state", ""), not_meant=several("not"), example=one.get("example", ""),
    )  # fmt: skip


def asked_by(form: Form, compiled: Compiled) -> tuple[Asked, dict[str, str]]:
    """The question that a form asks, and for each field that does not fit one sentence (such a field is left out of the question).

    Raises InputError when there is nothing to answer, Refused when ids were made up.
    """
    wrong: dict[str, str] = {}
    facts: dict[str, bool | float | str] = dict.fromkeys(form.concerns, True)
    for key, value in form.answers.items():
        try:
            facts |= checked(Asked(facts={key: _value(key, value, form, compiled)}), compiled).facts
        except InputError as fault:
            if key not in compiled.knowledge.findings and key not in compiled.knowledge.concerns:
                raise Refused(400, "This form asks of something that is not known here. Go back to the start and try again.") from None
            wrong[key] = str(fault)
    asked = Asked(text=form.text, facts=facts, payers=(form.payer,) if form.payer else (), state=form.state, not_meant=form.not_meant)
    if len(form.text) > MOST_CHARACTERS:
        raise InputError(f"Your text has {len(form.text):,} letters; at most {MOST_CHARACTERS:,} can be read here. Give the part that says what you need.")
    if not any(letter.isalnum() for letter in form.text) and not facts:
        raise InputError("Tell in a few words what bothers you or what you would like to change, or pick a place on the body.")
    if "\0" in form.text:
        raise InputError("This looks like a file, not like text. Write it in your own words.")
    try:
        checked(asked, compiled)
    except InputError as fault:
        raise Refused(400, str(fault)) from None
    return asked, wrong


def _value(key: str, value: str, form: Form, compiled: Compiled) -> bool | float | str:
    """What a field holds, as a fact."""
    finding = compiled.knowledge.findings.get(key)
    kind = finding.type if finding else "yes-no"
    if kind == "yes-no":
        return {YES: True, NO: False}.get(value, value)
    if kind == "choice":
        return value
    number = value.replace(",", "")
    if kind == "duration":
        return f"{number} {form.units.get(key) if form.units.get(key) in UNITS else 'months'}"
    try:
        return float(number)
    except ValueError:
        return value
