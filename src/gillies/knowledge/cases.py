"""The worked cases beside policies and laws: each is run on the rules as an assessment runs them, and must come out as written."""

from collections.abc import Iterator, Mapping

from gillies.errors import KnowledgeError
from gillies.knowledge import schema as s
from gillies.knowledge.kinds import kinds_of, recipes, table_rows, table_units
from gillies.knowledge.records import Knowledge
from gillies.logic import MET, NOT_MET, UNKNOWN
from gillies.rules.derived import derive
from gillies.rules.evaluate import evaluate
from gillies.rules.nodes import AnyNode, Value
from gillies.rules.parse import Kind, Place, parse_amount, parse_rule
from gillies.rules.settle import missing as missing_of
from gillies.rules.trace import Trace

Problems = Iterator[KnowledgeError]


def _file(k: Knowledge, policy: s.Policy) -> str:
    return k.files[f"policy/{policy.version}"]


def policy_rule(k: Knowledge, policy: s.Policy, kinds: dict[str, Kind], tables: dict[str, str]) -> AnyNode | None:
    """What a case judges: the criteria, with `not_covered_when` standing against them."""
    raw: s.RawRule | None = policy.criteria
    if policy.not_covered_when is not None:
        exclusion = {"not": policy.not_covered_when}
        raw = {"all": [exclusion, raw]} if raw is not None else exclusion
    return parse_rule(raw, kinds, tables, Place(_file(k, policy), policy.id)) if raw is not None else None


def judged(k: Knowledge, policy: s.Policy, facts: Mapping[str, Value], kinds: dict[str, Kind], tables: dict[str, str]) -> tuple[str, tuple[Trace, ...]]:
    """(what a case comes out as, what was run), as for somebody whom this payer pays for: silent when the policy does not apply, unknown while
    that is open and nothing refuses. `""` where there is nothing to judge."""

    def run(raw: s.RawRule) -> Trace:
        return evaluate(parse_rule(raw, kinds, tables, Place(_file(k, policy), policy.id)), facts, table_rows(k))

    scope = run(policy.applies) if policy.applies is not None else None
    if scope is not None and scope.truth is NOT_MET:
        return "silent", (scope,)
    rule = policy_rule(k, policy, kinds, tables)
    if rule is None:
        return "", ()
    whole = evaluate(rule, facts, table_rows(k))
    if scope is None:
        return whole.truth.value, (whole,)
    is_refused = policy.not_covered_when is not None and run(policy.not_covered_when).truth is MET
    return (UNKNOWN if scope.truth is UNKNOWN and not is_refused else whole.truth).value, (scope, whole)


def version_of(k: Knowledge, case: s.PolicyCase) -> s.Policy | None:
    """The version of its policy that a case is about: the one in force on its day, else the newest; None when there is none."""
    versions = [policy for policy in k.policies.values() if policy.id == case.policy and (case.day is None or policy.in_force.holds(case.day))]
    return max(versions, key=lambda policy: policy.in_force.start, default=None)


def lint_cases(k: Knowledge) -> Problems:
    """Each case comes out as written, and each version of a policy has one of every outcome: in place of not met it may be silent."""
    kinds, tables = kinds_of(k), table_units(k)
    outcomes: dict[str, set[str]] = {policy.version: set() for policy in k.policies.values() if policy.criteria is not None}
    for case in k.cases.values():
        policy = version_of(k, case)
        at = f"case {case.name!r}"
        if policy is None:
            when = f" on {case.day}" if case.day else ""
            yield KnowledgeError("cases.yaml", at, f"no policy is called {case.policy!r}{when}.", "Correct the id or the date.")
            continue
        outcomes.setdefault(policy.version, set()).add(case.expect)
        try:
            yield from _run_case(k, case, policy, kinds, tables, _file(k, policy), at)
        except KnowledgeError:
            continue  # reported with the rule itself
    for version, seen in outcomes.items():
        lacking = {"met", "not-met", "unknown"} - seen - ({"not-met"} if "silent" in seen else set())
        if lacking:
            file = _file(k, k.policies[version])
            yield KnowledgeError(
                file, version, f"has no {' and no '.join(sorted(lacking))} case.", "Add boundary cases to cases.yaml (`day` for an older version)."
            )


def case_facts(case: s.PolicyCase, kinds: dict[str, Kind]) -> dict[str, bool | float | str]:
    """A case's facts in their own units. Raises ValueError with the id that does not fit."""
    facts: dict[str, bool | float | str] = {}
    for finding, value in case.given.items():
        kind = kinds.get(finding)
        if kind is None:
            raise ValueError(f"no finding is called {finding!r}")
        if kind.type in ("number", "duration"):
            amount = parse_amount(value, kind)
            if amount is None:
                raise ValueError(f"{value!r} is no {kind.unit} for {finding!r}")
            facts[finding] = amount
        elif (kind.type == "yes-no") is not isinstance(value, bool) or (kind.type == "choice" and value not in kind.choices):
            raise ValueError(f"{value!r} does not fit {finding!r}")
        else:
            facts[finding] = value
    return facts


def _run_case(k: Knowledge, case: s.PolicyCase, policy: s.Policy, kinds: dict[str, Kind], tables: dict[str, str], file: str, at: str) -> Problems:
    try:
        facts = derive(case_facts(case, kinds), recipes(k))
    except ValueError as fault:
        yield KnowledgeError(file, at, f"{fault}.", "Write values as in a rule: true, 12 months, 500 g, a choice.")
        return
    outcome, run = judged(k, policy, facts, kinds, tables)
    if outcome not in ("", case.expect):
        yield KnowledgeError(file, at, f"comes out {outcome}, the case expects {case.expect}.", "Correct the rule or the case; one of them is wrong.")
    lacking = set(case.missing) - {finding for trace in run for finding in missing_of(trace, lambda _: 1)}
    if outcome and lacking:
        yield KnowledgeError(file, at, f"does not list {', '.join(sorted(lacking))} as missing.", "Correct the rule or the case.")
