"""Labelled lines in DuckDB -> Summary. Only counts and the few lines listed one by one leave the database."""
# queries are put together from our own column names; the relation's name is quoted

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gillies.errors import InputError
from gillies.screen.report.figures import COVERAGES, HANDS, INTENTS, NOT_GIVEN, Cell, Guard, Line, Row, RunInfo, Sample, Summary, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AUDIT_LINES = 10
TOP = 20
MOST_STATES = 60
"""Every state, district and territory; what else a dirty column holds is added up."""
BREAKDOWNS = {"coverage": TOP, "procedure": TOP, "payer": TOP, "specialty": TOP, "state": MOST_STATES, "hands": TOP}
"""Column -> how many of its keys get a row of their own."""
LABELS = ("procedure", "intent", "coverage", "hands")
COLUMNS = {  # in the order of Line's fields
    "claim": "g_claim_id",
    "line": "g_line",
    "day": "g_day",
    "code": "g_code",
    "modifiers": "g_modifiers",
    "diagnoses": "g_diagnoses",
    "specialty": "g_specialty",
    "payer": "g_payer",
    "state": "g_state",
    "charge": "g_charge",
    "paid": "g_paid",
    "procedure": "procedure",
    "intent": "intent",
    "coverage": "coverage",
    "reasons": "reasons",
    "missing": "missing",
    "hands": "hands",
    "protected": "protected",
}
TYPES = {"day": "DATE", "charge": "DOUBLE", "paid": "DOUBLE"} | dict.fromkeys(("modifiers", "diagnoses", "reasons", "missing", "protected"), "VARCHAR[]")
FIELDS = ", ".join(f'"{name}"' for name in COLUMNS)
# A charge beyond a billion dollars is a slip of the pen (or infinity, or no number): left out of the sums, counted as not given.
CENTS = "CASE WHEN abs({0}) < 1e9 THEN TRY_CAST(round({0} * 100) AS BIGINT) END"
CHARGE, PAID = CENTS.format("charge"), CENTS.format("paid")
HASH = "md5_number_lower(coalesce(claim, '') || chr(31) || coalesce(line, ''))"
SUMS = f"count(*) AS lines, sum({CHARGE}) AS charged, sum({PAID}) AS paid_out"


def summarise(con: "DuckDBPyConnection", relation: str, run: RunInfo, names: Mapping[str, str] = {}) -> Summary:
    """The figures of the labelled lines in `relation` (a table or view of `con`). `names`: id -> our own name, for whatever ids there are."""
    source = _source(con, relation)
    lines, ours, charged, paid = _all(con, f"SELECT count(*), count(procedure), count({CHARGE}), count({PAID}) FROM {_ours(source, all_lines=True)}")[0]
    total, tables = _tables(con, source)
    intents = (*INTENTS, *sorted(total.cells.keys() - set(INTENTS)))
    summary = Summary(
        run=run,
        lines=lines,
        not_ours=lines - ours,
        without_charge=ours - charged,
        without_paid=ours - paid,
        intents=intents,
        total=total,
        **{f"by_{name}": table for name, table in tables.items()},
        guard=_guard(con, source, intents),
        audit=_audit(con, source),
        names={},
    )
    return _named(summary, names)


def _all(con: "DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def _source(con: "DuckDBPyConnection", relation: str) -> str:
    """A subquery with our own column names. What a layout does not have is NULL; labels must be there."""
    quoted = '"' + relation.replace('"', '""') + '"'
    held = {name for name, *_ in _all(con, f"DESCRIBE {quoted}")}
    lacking = [name for name in LABELS if name not in held]
    if lacking:
        raise InputError(f"{relation} lacks the column {lacking[0]}: only lines labelled by `gillies screen` can be summed up.")
    picked = (f'CAST({column if column in held else "NULL"} AS {TYPES.get(name, "VARCHAR")}) AS "{name}"' for name, column in COLUMNS.items())
    return f"(SELECT {', '.join(picked)} FROM {quoted})"


def _ours(source: str, all_lines: bool = False) -> str:
    """The lines of a procedure that we know, or all with the dollars of ours only."""
    if not all_lines:
        labels = f"coalesce(intent, '{NOT_GIVEN}') AS intent, coalesce(coverage, '{NOT_GIVEN}') AS coverage"
        return f"(SELECT * REPLACE ({labels}) FROM {source} WHERE procedure IS NOT NULL)"
    return f"(SELECT procedure, CASE WHEN procedure IS NOT NULL THEN charge END AS charge, CASE WHEN procedure IS NOT NULL THEN paid END AS paid FROM {source})"


def _tables(con: "DuckDBPyConnection", source: str) -> tuple[Row, dict[str, Table]]:
    """The whole and all breakdowns, in one pass over the lines.

    The database keeps the top keys and adds up the rest, so that a column of a million different payers does not end up in memory here.
    """
    keys = ", ".join(f"coalesce(trim({name}), '{NOT_GIVEN}') AS {name}" for name in BREAKDOWNS)
    sets = ", ".join(f"({name}, intent)" for name in BREAKDOWNS)
    which = "CASE " + " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in BREAKDOWNS) + " ELSE '' END"
    key = "CASE " + " ".join(f"WHEN grouping({name}) = 0 THEN {name}" for name in BREAKDOWNS) + f" ELSE '{NOT_GIVEN}' END"
    most = "CASE breakdown " + " ".join(f"WHEN '{name}' THEN {top}" for name, top in BREAKDOWNS.items()) + " ELSE 1 END"
    counted = f"""
        SELECT {which} AS breakdown, {key} AS key, intent, {SUMS}
        FROM (SELECT {keys}, intent, charge, paid FROM {_ours(source)})
        GROUP BY GROUPING SETS ((intent), {sets})"""
    found = _all(con, _top(counted, most))
    by_breakdown = {name: list(rows) for name, rows in groupby(found, key=lambda row: row[0])}
    intents = {row[3] for row in found} | set(INTENTS)
    tables = {name: _table(by_breakdown.get(name, ()), intents, _order(name)) for name in BREAKDOWNS}
    whole = _table(by_breakdown.get("", ()), intents)
    return whole.rows[0] if whole.rows else _row(NOT_GIVEN, (), intents), tables


def _top(counted: str, most: str) -> str:
    """Counts -> (breakdown, place or NULL for the rest, key, intent, lines, charge, paid, kinds) with the biggest keys first."""
    return f"""
        WITH counted AS ({counted}),
        placed AS (
            SELECT breakdown, key, count(*) OVER (PARTITION BY breakdown) AS kinds,
                row_number() OVER (PARTITION BY breakdown ORDER BY sum(lines) DESC, key) AS place
            FROM counted GROUP BY breakdown, key),
        kept AS (
            SELECT counted.*, kinds, CASE WHEN place <= {most} THEN place END AS place, CASE WHEN place <= {most} THEN key END AS top_key
            FROM counted JOIN placed USING (breakdown, key))
        SELECT breakdown, place, top_key, intent, sum(lines), sum(charged), sum(paid_out), max(kinds)
        FROM kept GROUP BY breakdown, place, top_key, intent ORDER BY breakdown, place NULLS LAST, intent"""


def _order(breakdown: str) -> tuple[str, ...]:
    """The fixed order of keys that have one; the others stand biggest first."""
    return {"coverage": COVERAGES, "hands": HANDS}.get(breakdown, ())


def _table(found: Iterable[tuple[Any, ...]], intents: Iterable[str], order: tuple[str, ...] = ()) -> Table:
    rows: list[Row] = []
    rest, rest_kinds = None, 0
    for place, group in groupby(found, key=lambda row: row[1]):
        listed = list(group)
        if place is None:
            rest = _row("rest", listed, intents)
            rest_kinds = listed[0][7] - len(rows)
        else:
            rows.append(_row(listed[0][2], listed, intents))
    known = {key: number for number, key in enumerate(order)}
    return Table(tuple(sorted(rows, key=lambda row: known.get(row.key, len(known)))), rest, rest_kinds)


def _row(key: str, found: Iterable[tuple[Any, ...]], intents: Iterable[str]) -> Row:
    cells = {intent: Cell(0, 0, 0) for intent in (*INTENTS, *sorted(set(intents) - set(INTENTS)))}
    for _, _, _, intent, lines, charge, paid, _ in found:
        cells[intent] = Cell(int(lines), charge, paid)
    return Row(key, cells, _added(cells.values()))


def _added(cells: Iterable[Cell]) -> Cell:
    """The sum of cells. Dollars that no line gives stay unknown."""
    held = [cell for cell in cells if cell.lines]

    def sum_of(cents: list[int | None]) -> int | None:
        known = [amount for amount in cents if amount is not None]
        return sum(known) if known or not held else None

    return Cell(sum(cell.lines or 0 for cell in held), sum_of([cell.charge_cents for cell in held]), sum_of([cell.paid_cents for cell in held]))


def _guard(con: "DuckDBPyConnection", source: str, intents: tuple[str, ...]) -> Guard:
    guarded = f"(SELECT * FROM {_ours(source)} WHERE len(protected) > 0)"
    counted = f"SELECT '' AS breakdown, '' AS key, intent, {SUMS} FROM {guarded} GROUP BY 3"
    sets = f"""SELECT '' AS breakdown, key, intent, {SUMS}
        FROM (SELECT unnest(list_distinct(protected)) AS key, intent, charge, paid FROM {guarded}) GROUP BY 2, 3"""
    whole = _table(_all(con, _top(counted, "1")), intents).rows
    listed = _all(con, f"SELECT {FIELDS} FROM {guarded} WHERE intent = 'cosmetic' ORDER BY charge DESC NULLS LAST, {FIELDS}")
    return Guard(whole[0] if whole else _row(NOT_GIVEN, (), intents), _table(_all(con, _top(sets, str(MOST_STATES))), intents), tuple(map(_line, listed)))


def _audit(con: "DuckDBPyConnection", source: str) -> tuple[Sample, ...]:
    """Some lines of every pair of intent and coverage.

    MD5 of claim and line spreads the choice evenly and stays the same on every run, machine and version of DuckDB (its own hash() may change).
    Each line is hashed once, and only the lines that are picked are looked at whole.
    """
    same = " AND ".join(f"s.{column} IS NOT DISTINCT FROM w.{column}" for column in ("claim", "line", "intent", "coverage"))
    picked = f"""
        WITH hashed AS MATERIALIZED (SELECT claim, line, intent, coverage, {HASH} AS hash FROM {_ours(source)}),
        classes AS (SELECT intent, coverage, count(*) AS held, list_max(min(hash, {AUDIT_LINES})) AS last FROM hashed GROUP BY intent, coverage),
        wanted AS (SELECT DISTINCT claim, line, intent, coverage, held, hash FROM hashed JOIN classes USING (intent, coverage) WHERE hash <= last)
        SELECT {", ".join(f's."{name}"' for name in COLUMNS)}, w.held,
            row_number() OVER (PARTITION BY s.intent, s.coverage ORDER BY w.hash, {", ".join(f's."{name}"' for name in COLUMNS)}) AS place
        FROM {_ours(source)} s JOIN wanted w ON {same} QUALIFY place <= {AUDIT_LINES} ORDER BY s.intent, s.coverage, place"""
    samples = []
    for (intent, coverage, held), rows in groupby(((_line(row[:-2]), row[-2]) for row in _all(con, picked)), key=lambda found: _class(*found)):
        samples.append(Sample(intent, coverage, held, tuple(line for line, _ in rows)))
    return tuple(sorted(samples, key=lambda sample: (_at(INTENTS, sample.intent), sample.intent, _at(COVERAGES, sample.coverage))))


def _class(line: Line, held: int) -> tuple[str, str, int]:
    return line.intent or NOT_GIVEN, line.coverage or NOT_GIVEN, held


def _at(order: tuple[str, ...], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _line(row: tuple[Any, ...]) -> Line:
    values: Iterable[Any] = (_listed(value) if TYPES.get(name) == "VARCHAR[]" else value for name, value in zip(COLUMNS, row, strict=True))
    return Line(*values)


def _listed(values: Iterable[str | None] | None) -> tuple[str, ...]:
    return tuple(value for value in values or () if value is not None)


def _named(summary: Summary, names: Mapping[str, str]) -> Summary:
    """The summary with the names of the ids that it holds."""
    from msgspec.structs import replace

    lines = [*summary.guard.flagged, *(line for sample in summary.audit for line in sample.picked)]
    used = {row.key for table in (summary.by_procedure, summary.by_specialty, summary.guard.by_set) for row in table.rows}
    for line in lines:
        used.update((line.procedure or "", line.specialty or "", *line.reasons, *line.missing, *line.protected))
    return replace(summary, names={key: names[key] for key in sorted(used) if key in names})
