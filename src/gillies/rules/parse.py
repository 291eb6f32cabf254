"""Rule YAML -> nodes. Everything is checked here, when a rule is built, so that a bad rule never runs."""

import re
from collections.abc import Mapping
from typing import Any as Raw

import msgspec

from gillies.dates import DAYS, months
from gillies.errors import KnowledgeError
from gillies.rules.nodes import All, Any, AnyNode, AtLeastOf, Compare, CompareTable, Is, Not

COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
COMPOSITES = ("all", "any", "not", "at_least_of")
LEAF_KEYS = {"say", "finding", "is", *COMPARISONS}


class Kind(msgspec.Struct, frozen=True):
    """What a rule must know of a finding: its type, unit, choices, and whether "no" means "not there yet"."""

    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    no_is_unknown: bool = False


class Place(msgspec.Struct, frozen=True):
    """Where in which file a piece of a rule stands."""

    file: str
    path: str

    def at(self, step: str) -> "Place":
        """The place one step further in."""
        return Place(self.file, f"{self.path}.{step}" if self.path else step)

    def error(self, problem: str, mend: str) -> KnowledgeError:
        """An error that names this place."""
        return KnowledgeError(self.file, self.path, problem, mend)


def parse_rule(raw: Raw, kinds: Mapping[str, Kind], tables: Mapping[str, str], place: Place) -> AnyNode:
    """One rule tree. `kinds`: finding id -> kind; `tables`: table id -> unit of what it gives. Raises KnowledgeError."""
    if not isinstance(raw, dict):
        raise place.error(f"a rule is a mapping, not {type(raw).__name__}.", "Write `finding:`, `all:`, `any:`, `not:` or `at_least_of:`.")
    composite = [key for key in COMPOSITES if key in raw]
    if not composite:
        return _leaf(raw, kinds, tables, place)
    if len(composite) > 1 or set(raw) - {composite[0], "say"}:
        raise place.error(f"`{composite[0]}` stands beside {sorted(set(raw) - {composite[0], 'say'})}.", "Give each node one key only (and `say`).")
    return _composite(composite[0], raw, kinds, tables, place)


def _composite(key: str, raw: dict[str, Raw], kinds: Mapping[str, Kind], tables: Mapping[str, str], place: Place) -> AnyNode:
    say, body = str(raw.get("say", "")), raw[key]
    inner = place.at(key)
    if key == "not":
        return Not(id=place.path, say=say, of=parse_rule(body, kinds, tables, inner))
    count = None
    if key == "at_least_of":
        if not isinstance(body, dict) or set(body) != {"count", "of"} or type(body["count"]) is not int:
            raise inner.error("needs exactly `count` (a whole number) and `of` (a list).", "Write `at_least_of: {count: 2, of: [...]}`.")
        count, body = body["count"], body["of"]
    if not isinstance(body, list) or not body:
        raise inner.error("needs a list with at least one rule.", "Write the criteria as list items below it.")
    of = tuple(parse_rule(item, kinds, tables, Place(inner.file, f"{inner.path}[{i}]")) for i, item in enumerate(body))
    if count is not None:
        if not 1 <= count <= len(of):
            raise inner.error(f"count {count} can never fit {len(of)} criteria.", f"Use a count from 1 to {len(of)}.")
        return AtLeastOf(id=place.path, say=say, count=count, of=of)
    return All(id=place.path, say=say, of=of) if key == "all" else Any(id=place.path, say=say, of=of)


def _leaf(raw: dict[str, Raw], kinds: Mapping[str, Kind], tables: Mapping[str, str], place: Place) -> AnyNode:
    unknown = sorted(set(raw) - LEAF_KEYS)
    if unknown:
        raise place.error(f"unknown key {unknown[0]!r}.", f"A leaf takes {', '.join(sorted(LEAF_KEYS))}.")
    finding, say = raw.get("finding"), raw.get("say")
    if not isinstance(finding, str):
        raise place.error("names no finding.", "Add `finding: <id>`.")
    if not isinstance(say, str) or not say.strip():
        raise place.error(f"the criterion on {finding!r} has no plain-words line.", "Add `say: …`, what must be true.")
    kind = kinds.get(finding)
    if kind is None:
        raise place.error(f"no finding or concern is called {finding!r}.", "Correct the id, or add it under findings/ or concerns/.")
    tests = [key for key in ("is", *COMPARISONS) if key in raw]
    if len(tests) > 1:
        raise place.error(f"has {len(tests)} tests ({', '.join(tests)}).", "Give each leaf one test; join two with `all`.")
    test = tests[0] if tests else "is"
    if test == "is":
        return _is(finding, raw.get("is", True), say, kind, place)
    return _compare(finding, test, raw[test], say, kind, kinds, tables, place)


def _is(finding: str, wanted: Raw, say: str, kind: Kind, place: Place) -> Is:
    values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    if kind.type == "yes-no":
        if not values or any(type(value) is not bool for value in values):
            raise place.error(f"{finding!r} is a yes/no finding, so `is` takes true or false.", "Write `is: true` or `is: false`.")
    elif kind.type == "choice":
        wrong = [value for value in values if value not in kind.choices]
        if wrong or not values:
            raise place.error(f"{finding!r} has no choice {wrong[0] if wrong else ''!r}.", f"Choose among {', '.join(kind.choices)}.")
    else:
        raise place.error(f"{finding!r} is a {kind.type}; it cannot be tested with `is`.", "Use at_least, at_most, more_than or less_than.")
    return Is(id=place.path, say=say, finding=finding, values=values, no_is_unknown=kind.no_is_unknown)


def _compare(finding: str, test: str, raw: Raw, say: str, kind: Kind, kinds: Mapping[str, Kind], tables: Mapping[str, str], place: Place) -> AnyNode:
    if kind.type not in ("number", "duration"):
        raise place.error(f"{finding!r} is a {kind.type}; `{test}` needs a number or a duration.", "Use `is`.")
    if isinstance(raw, dict):
        if set(raw) != {"table", "by"} or raw["table"] not in tables or raw["by"] not in kinds:
            raise place.at(test).error("a table test takes `table` and `by`, both existing.", f"Tables: {', '.join(tables) or 'none'}.")
        if tables[raw["table"]] != kind.unit:
            raise place.at(test).error(f"table {raw['table']} gives {tables[raw['table']]}, {finding} is in {kind.unit}.", "Make the units equal.")
        return CompareTable(id=place.path, say=say, finding=finding, comparison=test, table=raw["table"], by=raw["by"], unit=kind.unit)  # type: ignore[arg-type]  # one of COMPARISONS
    value = parse_amount(raw, kind)
    if value is None:
        wanted = "a number of months, such as `12 months` or `6 weeks`" if kind.type == "duration" else f"a number in {kind.unit}"
        raise place.at(test).error(f"{raw!r} is not {wanted}.", f"Write the value with the unit of {finding!r}.")
    return Compare(id=place.path, say=say, finding=finding, comparison=test, value=value, unit=kind.unit)  # type: ignore[arg-type]  # one of COMPARISONS


def parse_amount(raw: Raw, kind: Kind) -> float | None:
    """`12 months`, `500 g`, `2.5` -> a number in the finding's own unit (months for durations); None if it does not fit."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return float(raw) if kind.type == "number" else None
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*(\S.*)", str(raw).strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2].strip()
    if kind.type == "duration":
        singular = unit.removesuffix("s")
        return months(number, singular) if singular in DAYS else None
    return number if unit == kind.unit else None
