"""Synthetic claims whose right labels are known: prepared episodes -> claims in the Tuva header and a table of labels.

`prepare` makes some thousand episodes with their noise, once, in Python; `fill` draws from them, line by line, in DuckDB. The same seed gives
the same rows in the same order, and with the same DuckDB the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from gillies.errors import InputError
from gillies.screen.sample_episodes import Common, Row, prepare

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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

NPI = "'9' || lpad(npi::VARCHAR, 3, '0') || lpad(((roll // 64) % 400)::VARCHAR, 6, '0')"
"""SQL: a provider number that no provider has, since it begins with 9: the specialty's own three digits, then one of 400."""
FILES = ("claims", "labels", "eligibility", "providers")

README_TEXT = """\
Synthetic claims: every person, claim, date, amount, payer and provider number here is made up. No row comes from a real claim.

claims/claims.parquet     {rows} claim lines in the Tuva input layer's medical_claim header, seed {seed}. All dates are text, since some are impossible
                   on purpose. Provider numbers begin with 9, which no real one does.
labels.parquet     one row for each claim line: the right answer and why. Keyed by claim_id and claim_line_number; `row` counts from 1 in the
                   order of claims/claims.parquet and finds the few lines that have no claim_id on purpose (`bad`).
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
eligibility.parquet  person_id, gender, birth_date, state: the Tuva header has no room for age and sex.
providers.parquet  npi, taxonomy (NUCC code): nor for the specialty. Labels hold age, sex, specialty and state too.
"""


def duck_type(annotation: Any) -> str:
    """A field of Row -> its DuckDB type."""
    name = str(annotation)
    return "VARCHAR[]" if "list" in name else "BIGINT" if "int" in name else "BOOLEAN" if "bool" in name else "VARCHAR"


def fill(con: DuckDBPyConnection, rows: int, seed: int) -> None:
    """Make the views of FILES in `con`: `claims` (HEADER) and `labels` (LABELS) of exactly `rows` lines, in the same order."""
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
    draw(con, prepared, rows, seed)
    con.execute(lines_view(common))
    con.execute(claims_view())
    con.execute(labels_view(common))
    con.execute(
        """CREATE OR REPLACE VIEW eligibility AS
           SELECT 'P' || lpad(i::VARCHAR, 9, '0') AS person_id, sex AS gender, strftime(born, '%Y-%m-%d') AS birth_date, state FROM lines WHERE n = 0"""
    )
    con.execute(
        f"""CREATE OR REPLACE VIEW providers AS
            SELECT {NPI.replace("roll // 64", "k")} AS npi, specialty AS taxonomy
            FROM (SELECT DISTINCT npi, specialty FROM prepared WHERE npi IS NOT NULL), range(400) t(k) ORDER BY 1"""
    )


def draw(con: DuckDBPyConnection, prepared: list[Row], rows: int, seed: int) -> None:
    """Make the table `places`: which prepared line stands at which row, for whom (`i`) and with which dice (`roll`)."""
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


def lines_view(common: Common) -> str:
    """SQL for the view `lines`: each place with its prepared line, its claim, day and payer."""
    young, old = common.payers, common.payers_from_65 + common.payers
    return f"""
        CREATE OR REPLACE VIEW lines AS
        SELECT * EXCLUDE (day, npi), {NPI} AS npi,
               {common.states}[((roll // 16) % {len(common.states)})::INTEGER + 1] AS state,
               day + 30 - (age || ' years')::INTERVAL - (40 + roll // 512 % 290)::INTEGER * INTERVAL 1 DAY AS born,
               CASE WHEN age < 65 THEN {young}[(roll % {len(young)})::INTEGER + 1] ELSE {old}[(roll % {len(old)})::INTEGER + 1] END AS payer,
               strftime(day + after::INTEGER, '%Y-%m-%d') AS day,
               CASE WHEN bad IS DISTINCT FROM 'no-claim-id' THEN 'S' || lpad(i::VARCHAR, 9, '0') || '-' || claim END AS claim_id
        FROM places LEFT JOIN prepared USING (template)
        """


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
        "rendering_npi": "npi",
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
    made = {"claim_line_number": "line::INTEGER"}
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
    """Write claims/ (claims, eligibility and providers, as Parquet), labels.parquet and README.md into `folder`, which is made if it is missing: the
    labels lie apart, so that claims/ can be screened as it is."""
    import duckdb

    (folder / "claims").mkdir(parents=True, exist_ok=True)

    def write(name: str) -> None:
        target = str((folder if name == "labels" else folder / "claims") / f"{name}.parquet").replace("'", "''")
        with con.cursor() as own:
            own.execute("SET enable_progress_bar = false")
            own.execute(f"COPY (FROM {name}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

    with duckdb.connect() as con, ThreadPoolExecutor(2) as pool:
        fill(con, rows, seed)
        list(pool.map(write, FILES))  # side by side, each in its own order
    (folder / "README.md").write_text(README_TEXT.format(rows=rows, seed=seed))
