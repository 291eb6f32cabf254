"""Scenarios with known labels (sample/*.yaml) -> prepared episodes: claim lines with their noise, and the right answer for each.

The labels rest on what the code books say a code is for, never on gillies' own code sets and rules, which are not imported here: the sample is
there to prove them wrong.
"""

import random
from pathlib import Path
from typing import Any, Literal

import msgspec

DATA = Path(__file__).with_name("sample")
TOPICS = ("face", "breast", "body", "other")
EPISODES_A_WEIGHT = 60
"""Prepared episodes a scenario has for each point of its weight."""


class Line(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One claim line of a scenario: `line` is "code|code modifier|modifier …"; what is left out is the scenario's own."""

    line: str
    label: tuple[str, str] | None = None
    also: list[str] | None = None
    also_coverage: list[str] | None = None
    ours: bool | Literal["unsure"] | None = None


class Scenario(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A clinical situation with its codes and its right label (intent, coverage)."""

    id: str
    topic: str
    label: tuple[str, str] | None
    why: str
    rests_on: list[str]
    weight: int
    age: tuple[int, int]
    trained: list[str]
    untrained: list[str]
    place: list[str]
    charge: tuple[int, int]
    lines: list[str | Line]
    dx: list[str]
    sex: Literal["female", "male"] | None = None
    also: list[str] = []
    also_coverage: list[str] = []
    protected: Literal["mastectomy", "cleft", "burns", "trauma", "congenital"] | None = None
    certain: bool = False
    """The procedure number alone settles the label."""
    hard: bool = False
    inpatient: bool = False
    one_of: bool = False
    """A claim holds one of `lines`, not all."""
    paired: bool = False
    """The first line (or operation) goes with the first `dx`, and so on."""
    pcs: list[str] = []
    icd9: list[str] = []
    claim: Literal["mixed"] | None = None
    ours: bool | Literal["unsure"] = True


class Common(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What all scenarios share: the books, the definitions that labels rest on, groups of specialties, bystander codes."""

    books: list[dict[str, Any]]
    definitions: dict[str, str]
    groups: dict[str, list[str]]
    payers: list[str]
    payers_from_65: list[str]
    payers_less_bound: list[str]
    states: list[str]
    noise_diagnoses: list[str]
    wrong_modifiers: list[str]


class Row(msgspec.Struct, kw_only=True):
    """One claim line of a prepared episode: all but who, when and how much exactly."""

    episode: int
    n: int
    claim: int
    line: int
    after: int
    """Days after the episode's first day."""
    kind: str
    place: str | None
    bill: str | None
    revenue: str | None
    code: str | None
    modifiers: list[str]
    npi: int | None
    specialty: str | None
    system: str
    dx: list[str]
    pcs: list[str]
    low: int
    high: int
    age: int
    sex: str
    scenario: str
    topic: str
    hard: bool
    ours: bool | None
    intent: str | None
    also: list[str]
    coverage: str | None
    also_coverage: list[str]
    protected: str | None
    hands: str | None
    claim_intent: str | None = None
    claim_coverage: str | None = None
    noise: str | None
    bad: str | None
    why: str
    rests_on: list[str]


def load() -> tuple[Common, list[Scenario]]:
    """What all scenarios share, and the scenarios in the order of their files."""
    common = msgspec.yaml.decode((DATA / "common.yaml").read_bytes(), type=Common)
    return common, [s for topic in TOPICS for s in msgspec.yaml.decode((DATA / f"{topic}.yaml").read_bytes(), type=list[Scenario])]


NOISE = {"truncated": 4, "lower-case": 4, "undotted": 8, "modifier": 4, "facility": 8, None: 55}
HIDING = {"missing": 6, "other-line": 3, "other-claim": 3, "icd-9": 3}
"""Noise that takes the diagnosis away from the line; only for lines that carry a label."""


def prepare(seed: int, per_weight: int = EPISODES_A_WEIGHT) -> tuple[list[Row], Common]:
    """Every scenario's episodes with their noise, as rows numbered by episode; a scenario has as many as its weight asks for."""
    common, scenarios = load()
    dice = random.Random(f"gillies sample {seed}")  # noqa: S311  made-up people, no secret
    providers = {code: i for i, code in enumerate(sorted({c for codes in common.groups.values() for c in codes}))}
    rows: list[Row] = []
    number = 0
    for scenario in scenarios:
        for _ in range(scenario.weight * per_weight):
            rows += episode(scenario, common, providers, number, dice)
            number += 1
    return rows, common


def episode(s: Scenario, common: Common, providers: dict[str, int], number: int, dice: random.Random) -> list[Row]:
    """The claim lines of one episode: the operation, perhaps a visit beside or before it, spoiled as noise says."""
    noise = draw_noise(s, dice)
    chosen, dx, pcs = choose(s, dice)
    bystanders = dice.sample(common.noise_diagnoses, dice.choice((0, 0, 0, 1, 1, 2)))
    told = dx + [d for d in bystanders if d not in dx]
    if bystanders and dice.random() < 0.1:
        told = told[::-1]
    system, written = what_is_written(s, told, noise, common, dice)
    specialty, hands = who(s, common, dice)
    kind, place, bill, revenue = where(s, noise, dice)
    if kind == "institutional":
        specialty, hands = None, "unknown"
    age = dice.randint(*s.age)
    sex = s.sex or dice.choice(("female", "male"))
    bad = dice.choices((None, "no-claim-id", "impossible-date"), (985, 7, 8))[0]

    def row(n: int, claim: int, line: int, **fields: Any) -> Row:
        npi = None if fields["specialty"] is None else providers[fields["specialty"]]
        shared = {"age": age, "sex": sex, "scenario": s.id, "topic": s.topic, "hard": s.hard, "why": s.why, "rests_on": s.rests_on}
        return Row(episode=number, n=n, claim=claim, line=line, npi=npi, noise=noise, **{**shared, **fields})

    def visit(n: int, claim: int, line: int, after: int) -> Row:
        """A visit that carries the true diagnosis: it is no operation, so it bears no label."""
        return row(n, claim, line, after=after, kind="professional", place="11", bill=None, revenue=None, code=dice.choice(("99213", "99214", "99203")),
                   modifiers=["25"] if claim == 2 else [], specialty=specialty, system="icd-10-cm", dx=spoil(told, "", dice), pcs=[],
                   low=90, high=420, **NOT_OURS, bad=None)  # fmt: skip

    rows = [visit(0, 1, 1, 0)] if noise == "other-claim" else []
    first_line = 1
    if noise == "other-line" or (noise is None and s.label and kind == "professional" and dice.random() < 0.1):
        rows.append(visit(len(rows), 2, 1, 30))
        first_line = 2
    for i, line in enumerate(chosen):
        code, modifiers = split_line(line.line, noise, common, dice)
        rows.append(
            row(len(rows), 2, first_line + i, after=30, kind=kind, place=place, bill=bill, revenue=revenue, code=code, modifiers=modifiers,
                specialty=specialty, system=system, dx=spoil(written, noise or "", dice), pcs=pcs, low=s.charge[0], high=s.charge[1],
                **label(s, line, noise, hands), bad=bad if i == 0 else None)
        )  # fmt: skip
    return with_claims(rows)


NOT_OURS: dict[str, Any] = {"ours": False, "intent": None, "also": [], "coverage": None, "also_coverage": [], "protected": None, "hands": None}


def draw_noise(s: Scenario, dice: random.Random) -> str | None:
    """One kind of noise, or none: what fits the scenario."""
    odds: dict[str | None, int] = {**NOISE}
    if s.label and not s.inpatient:
        odds |= {k: v for k, v in HIDING.items() if k != "icd-9" or s.icd9}
    if s.inpatient or not {"22", "24"} & set(s.place):
        del odds["facility"]
    return dice.choices(list(odds), list(odds.values()))[0]


def choose(s: Scenario, dice: random.Random) -> tuple[list[Line], list[str], list[str]]:
    """The lines, diagnoses and hospital operations of one episode."""
    lines = [Line(line=x) if isinstance(x, str) else x for x in s.lines]
    at = dice.randrange(len(s.dx))
    if s.one_of:
        lines = [lines[at] if s.paired else dice.choice(lines)]
    pcs = (s.pcs[at] if s.paired else dice.choice(s.pcs)) if s.pcs else ""
    return lines, s.dx[at].split(), pcs.split()


def what_is_written(s: Scenario, told: list[str], noise: str | None, common: Common, dice: random.Random) -> tuple[str, list[str]]:
    """The operation's own diagnoses, and their code system, when noise has taken the true ones away; else the true ones."""
    if noise in ("other-line", "other-claim"):
        return "icd-10-cm", [dice.choice(common.noise_diagnoses)]
    if noise == "icd-9":
        return "icd-9-cm", [dice.choice(s.icd9)]
    return "icd-10-cm", [] if noise == "missing" else told


def who(s: Scenario, common: Common, dice: random.Random) -> tuple[str | None, str]:
    """The specialty of who did it, and whether it trains for it."""
    roll = dice.random()
    if roll < 0.07 or s.inpatient:
        return None, "unknown"
    if roll < 0.17 and s.untrained:
        return dice.choice([c for g in s.untrained for c in common.groups[g]]), "no"
    return dice.choice([c for g in s.trained for c in common.groups[g]]), "yes"


def where(s: Scenario, noise: str | None, dice: random.Random) -> tuple[str, str | None, str | None, str | None]:
    """Kind of claim, place of service, bill type, revenue code: a hospital's bill has the last two, a doctor's the first."""
    if s.inpatient:
        return "institutional", None, "111", "0360"
    if noise == "facility":
        return "institutional", None, *dice.choice((("131", "0360"), ("831", "0490")))
    return "professional", dice.choice(s.place), None, None


def split_line(line: str, noise: str | None, common: Common, dice: random.Random) -> tuple[str | None, list[str]]:
    """A line such as "15823 RT|LT 59" -> one of the codes and, two times in three, one of each set of modifiers."""
    if not line:
        return None, []
    codes, *modifiers = line.split()
    taken = [dice.choice(m.split("|")) for m in modifiers if dice.random() < 0.67]
    code = dice.choice(codes.split("|"))
    if noise == "modifier":
        taken = [dice.choice(common.wrong_modifiers), *taken]
    return code.lower() if noise == "lower-case" else code, taken


def spoil(codes: list[str], noise: str, dice: random.Random) -> list[str]:
    """Diagnoses as this file writes them; a cut code keeps at least its category and one character more."""
    if noise == "truncated":
        return [c if len(c) <= 5 else c[: max(5, len(c) - dice.choice((1, 2)))] for c in codes]
    if noise == "undotted":
        return [c.replace(".", "") for c in codes]
    return [f" {c.lower()}" for c in codes] if noise == "lower-case" else list(codes)


def label(s: Scenario, line: Line, noise: str | None, hands: str) -> dict[str, Any]:
    """The right answer for a line, given what the noise has left of it to see.

    Without its diagnosis a line can only be judged by its procedure number: undetermined, unless that number alone settles it. Where the
    diagnosis stands on another claim of the person, or in ICD-9, the full answer counts as well.
    """
    ours = s.ours if line.ours is None else line.ours
    pair = line.label or s.label
    if ours is False or pair is None:
        return NOT_OURS
    intent, coverage = pair
    also, also_coverage = list(s.also if line.also is None else line.also), list(s.also_coverage if line.also_coverage is None else line.also_coverage)
    if noise in ("missing", "other-claim", "icd-9"):
        seen_elsewhere = noise != "missing"
        if s.certain:
            also_coverage = [*also_coverage, "depends"]
        else:
            also = [intent, *also] if seen_elsewhere else [intent] * ("names-looks" in s.rests_on)
            also_coverage = [coverage, *also_coverage] if seen_elsewhere else [coverage] * ("names-looks" in s.rests_on)
            intent, coverage = "undetermined", "depends"
    return {
        "ours": None if ours == "unsure" else True, "intent": intent, "also": sorted({*also} - {intent}), "coverage": coverage,
        "also_coverage": sorted({*also_coverage} - {coverage}), "protected": s.protected, "hands": hands,
    }  # fmt: skip


def with_claims(rows: list[Row]) -> list[Row]:
    """The whole claim's label: mixed where lines differ; coverage is that of the part that is not for looks."""
    for claim in {r.claim for r in rows}:
        lines = [r for r in rows if r.claim == claim and r.intent]
        kinds = {r.intent for r in lines}
        intent = "mixed" if "mixed" in kinds or {"cosmetic", "reconstructive"} <= kinds else min(kinds - {"undetermined"} or kinds, default=None, key=str)
        needed = [r.coverage for r in lines if r.intent != "cosmetic"] or [r.coverage for r in lines]
        for r in (r for r in rows if r.claim == claim):
            r.claim_intent, r.claim_coverage = intent, needed[0] if needed else None
    return rows
