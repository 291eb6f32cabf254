"""Synthetic claims whose right labels are known: scenarios (YAML, from the code books) -> claims in the Tuva header and a table of labels.

The labels rest on what the code books say a code is for, never on gillies' own code sets and rules, which are not imported here: the sample is
there to prove them wrong. The path: `load` scenarios -> `prepare` some thousand episodes with their noise, once, in Python -> `fill` draws
from them, line by line, in DuckDB. The same seed gives the same rows in the same order, and with the same DuckDB the same bytes.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from gillies.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DATA = Path(__file__).with_suffix("")
TOPICS = ("face", "breast", "body", "other")
EPISODES_A_WEIGHT = 60
"""Prepared episodes a scenario has for each point of its weight."""
SLOTS = range(1, 26)

HEADER = (
    *"claim_id claim_line_number claim_type person_id member_id payer plan claim_start_date claim_end_date claim_line_start_date".split(),
    *"claim_line_end_date admission_date discharge_date admit_source_code admit_type_code discharge_disposition_code".split(),
    *"place_of_service_code bill_type_code drg_code_type drg_code revenue_center_code service_unit_quantity hcpcs_code".split(),
    *(f"hcpcs_modifier_{i}" for i in range(1, 6)),
    *"rendering_npi rendering_tin billing_npi billing_tin facility_npi paid_date paid_amount allowed_amount charge_amount".split(),
    *"coinsurance_amount copayment_amount deductible_amount total_cost_amount diagnosis_code_type".split(),
    *(f"diagnosis_code_{i}" for i in SLOTS),
    *(f"diagnosis_poa_{i}" for i in SLOTS),
    "procedure_code_type",
    *(f"procedure_code_{i}" for i in SLOTS),
    *(f"procedure_date_{i}" for i in SLOTS),
    *"in_network_flag data_source file_name file_date ingest_datetime".split(),
)
"""The Tuva input layer's medical_claim, 148 columns in its order."""

LABELS = (
    *"row claim_id claim_line_number scenario topic hard ours intent also coverage also_coverage protected hands".split(),
    *"claim_intent claim_coverage noise bad why rests_on age sex specialty payer state".split(),
)
"""What the labels table holds: see README_TEXT."""

README_TEXT = """\
Synthetic claims: every person, claim, date, amount, payer and provider number here is made up. No row comes from a real claim.

claims.parquet     {rows} claim lines in the Tuva input layer's medical_claim header, seed {seed}. All dates are text, since some are impossible
                   on purpose. Provider numbers begin with 9, which no real one does.
labels.parquet     one row for each claim line: the right answer and why. Keyed by claim_id and claim_line_number; `row` counts from 1 in the
                   order of claims.parquet and finds the few lines that have no claim_id on purpose (`bad`).
  ours             true: a line to be labelled; false: a visit, test or operation outside the field, to be left alone; NULL: either will do.
  intent, coverage the right class; `also` and `also_coverage`: answers that count as right too, where careful readers differ.
                   Both are NULL where nothing is to be labelled.
  protected        mastectomy, cleft, burns, trauma or congenital: the law of the United States or of a state shields this care. It must never
                   be flagged cosmetic, whatever diagnoses the line lacks.
  hands            yes, no or unknown: does the specialty in `specialty` (NUCC code) train for the procedure?
  claim_intent, claim_coverage   the same for the whole claim; mixed = both kinds on one claim.
  noise            what was spoiled on purpose: missing, truncated, lower-case, dots, undotted, modifier, other-line, other-claim, icd-9, facility.
  bad              no-claim-id or impossible-date: rows that a reader has to set aside.
  why, rests_on    one sentence, and the code-book definitions (common.yaml) that the label rests on.
  age, sex, specialty, state   the Tuva header has no room for them: join them by claim_id and claim_line_number, as an eligibility table and a
                   provider directory would be joined.
"""


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
    system, written = "icd-10-cm", told
    if noise == "missing":
        written = []
    elif noise in ("other-line", "other-claim"):
        written = [dice.choice(common.noise_diagnoses)]
    elif noise == "icd-9":
        system, written = "icd-9-cm", [dice.choice(s.icd9)]
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


def duck_type(annotation: Any) -> str:
    """A field of Row -> its DuckDB type."""
    name = str(annotation)
    return "VARCHAR[]" if "list" in name else "BIGINT" if "int" in name else "BOOLEAN" if "bool" in name else "VARCHAR"


def fill(con: DuckDBPyConnection, rows: int, seed: int) -> None:
    """Make the views `claims` (HEADER) and `labels` (LABELS) of exactly `rows` lines, in the same order, in `con`."""
    if rows < 1:
        raise InputError(f"A sample needs at least one line, not {rows}. Give a number from 1 up.")
    con.execute("SET enable_progress_bar = false")
    # A join keeps the order of its left side only with one thread and unswapped sides, and the order is part of the promise.
    con.execute("SET threads = 1")
    con.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    prepared, common = prepare(seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.jsonl"
        file.write_bytes(b"\n".join(msgspec.json.encode(r) for r in prepared))
        columns = {f: duck_type(t) for f, t in Row.__annotations__.items()}
        read_rows = f"read_json('{file}', format='newline_delimited', columns={columns})"
        con.execute(f"CREATE OR REPLACE TABLE prepared AS SELECT row_number() OVER () AS template, * FROM {read_rows}")
    sizes: dict[int, int] = {}
    for r in prepared:
        sizes[r.episode] = sizes.get(r.episode, 0) + 1
    filler = next(r.episode for r in prepared if r.scenario == "office-visit" and sizes[r.episode] == 1 and not r.bad)
    con.execute("CREATE OR REPLACE TABLE sizes AS SELECT episode, count(*)::BIGINT AS size FROM prepared GROUP BY episode ORDER BY episode")
    # An episode is never cut in two: the last places are filled with one-line visits.
    con.execute(
        """
        CREATE OR REPLACE TABLE picks AS
        WITH drawn AS (
            SELECT i, (md5_number_lower(? || ':' || i) % ?)::BIGINT AS episode FROM range(?) t(i)
        ), summed AS (
            SELECT i, episode, size, (sum(size) OVER (ORDER BY i))::BIGINT AS upto FROM drawn JOIN sizes USING (episode)
        ), kept AS (
            SELECT i, episode, size, upto FROM summed WHERE upto <= ?
        )
        SELECT i, episode, upto - size AS before FROM kept
        UNION ALL
        SELECT (SELECT coalesce(max(i), -1) FROM kept) + 1 + k, ?, (SELECT coalesce(max(upto), 0) FROM kept) + k
        FROM range(?::BIGINT - (SELECT coalesce(max(upto), 0) FROM kept)) f(k)
        """,
        [str(seed), len(sizes), rows, rows, filler, rows],
    )
    # Thin and in order; the wide columns are joined to it as it is read, which keeps its order and needs no wide sort.
    con.execute(
        f"""
        CREATE OR REPLACE TABLE places AS
        SELECT before + n + 1 AS row, i, template, roll, ((roll // 4096 + n * 379) % 1000)::DOUBLE / 1000 AS share,
               DATE '2023-01-02' + (roll % 1000)::INTEGER AS day
        FROM (SELECT *, md5_number_upper('{int(seed)}:' || i) AS roll FROM picks) JOIN (SELECT episode, n, template FROM prepared) USING (episode)
        ORDER BY row
        """
    )
    young, old = common.payers, common.payers_from_65 + common.payers
    con.execute(
        f"""
        CREATE OR REPLACE VIEW lines AS
        SELECT * EXCLUDE (day),
               CASE WHEN age < 65 THEN {young}[(roll % {len(young)})::INTEGER + 1] ELSE {old}[(roll % {len(old)})::INTEGER + 1] END AS payer,
               strftime(day + after::INTEGER, '%Y-%m-%d') AS day,
               CASE WHEN bad IS DISTINCT FROM 'no-claim-id' THEN 'S' || lpad(i::VARCHAR, 9, '0') || '-' || claim END AS claim_id
        FROM places LEFT JOIN prepared USING (template)
        """
    )
    con.execute(claims_view())
    con.execute(labels_view(common))


def claims_view() -> str:
    """SQL for the view `claims`: the Tuva header, from `lines`; what we do not make up is NULL."""
    day = "CASE WHEN bad = 'impossible-date' THEN '2024-02-30' ELSE day END"
    last = "round(low + (high - low) * share, 2)"
    made = {
        "claim_id": "claim_id", "claim_line_number": "line::INTEGER", "claim_type": "kind", "person_id": "'P' || lpad(i::VARCHAR, 9, '0')",
        "member_id": "'M' || lpad(i::VARCHAR, 9, '0')", "payer": "payer", "plan": "'sample'",
        "claim_start_date": day, "claim_end_date": day, "claim_line_start_date": day, "claim_line_end_date": day,
        "admission_date": f"CASE WHEN bill = '111' THEN {day} END", "discharge_date": f"CASE WHEN bill = '111' THEN {day} END",
        "place_of_service_code": "place", "bill_type_code": "bill", "revenue_center_code": "revenue", "service_unit_quantity": "1::DOUBLE",
        "hcpcs_code": "code", **{f"hcpcs_modifier_{k}": f"modifiers[{k}]" for k in (1, 2, 3)},
        "rendering_npi": "'9' || lpad(npi::VARCHAR, 3, '0') || lpad(((roll // 64) % 400)::VARCHAR, 6, '0')",
        "billing_npi": "'9900' || lpad(((roll // 64) % 400)::VARCHAR, 6, '0')",
        "paid_amount": f"round({last} * ((roll // 32) % 80) / 100, 2)", "allowed_amount": f"round({last} * 0.8, 2)", "charge_amount": last,
        "diagnosis_code_type": "CASE WHEN len(dx) > 0 THEN system END", **{f"diagnosis_code_{k}": f"dx[{k}]" for k in range(1, 9)},
        "procedure_code_type": "CASE WHEN len(pcs) > 0 THEN 'icd-10-pcs' END", **{f"procedure_code_{k}": f"pcs[{k}]" for k in range(1, 4)},
        "procedure_date_1": f"CASE WHEN len(pcs) > 0 THEN {day} END", "data_source": "'gillies sample'",
    }  # fmt: skip
    numbers = {c for c in HEADER if c.endswith("_amount")}
    columns = ", ".join(f"{made.get(c, 'NULL::DOUBLE' if c in numbers else 'NULL::VARCHAR')} AS {c}" for c in HEADER)
    return f"CREATE OR REPLACE VIEW claims AS SELECT {columns} FROM lines"


def labels_view(common: Common) -> str:
    """SQL for the view `labels`, from `lines`."""
    made = {"claim_line_number": "line::INTEGER", "state": f"{common.states}[((roll // 16) % {len(common.states)})::INTEGER + 1]"}
    unsure = f"coverage = 'likely-covered' AND payer IN {tuple(common.payers_less_bound)} AND NOT list_contains(also_coverage, 'depends')"
    made["also_coverage"] = f"CASE WHEN {unsure} THEN list_append(also_coverage, 'depends') ELSE also_coverage END"
    return f"CREATE OR REPLACE VIEW labels AS SELECT {', '.join(f'{made.get(c, c)} AS {c}' for c in LABELS)} FROM lines"


def read(con: DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """A query's rows as dicts, some thousand at a time."""
    found = con.execute(query)
    names = [d[0] for d in found.description or []]
    while batch := found.fetchmany(10_000):
        yield from (dict(zip(names, row, strict=True)) for row in batch)


def sample(rows: int, seed: int) -> Iterator[dict[str, Any]]:
    """`rows` claim lines in the Tuva header, one dict each; nothing in them tells the label."""
    import duckdb

    with duckdb.connect() as con:
        fill(con, rows, seed)
        yield from read(con, "SELECT * FROM claims")


def sample_labels(rows: int, seed: int) -> Iterator[dict[str, Any]]:
    """The labels of `sample(rows, seed)`, in the same order."""
    import duckdb

    with duckdb.connect() as con:
        fill(con, rows, seed)
        yield from read(con, "SELECT * FROM labels")


def write_sample(folder: Path, rows: int, seed: int) -> None:
    """Write claims.parquet, labels.parquet and README.txt into `folder`, which is made if it is missing."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str) -> None:
        target = str(folder / f"{name}.parquet").replace("'", "''")
        with con.cursor() as own:
            own.execute("SET enable_progress_bar = false")
            own.execute(f"COPY (FROM {name}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

    with duckdb.connect() as con, ThreadPoolExecutor(2) as pool:
        fill(con, rows, seed)
        list(pool.map(write, ("claims", "labels")))  # side by side, each in its own order
    (folder / "README.txt").write_text(README_TEXT.format(rows=rows, seed=seed))
