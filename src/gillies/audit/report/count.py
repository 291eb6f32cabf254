"""Findings in a session -> Summary. Only counts and the few rows listed one by one leave the database."""

from gillies.audit.kinds import CONFIDENCE, KINDS
from gillies.audit.report.figures import Counted, Picked, Run, Summary, Unread
from gillies.registry.info import Told
from gillies.screen.tables import Session

SAMPLE = 8
"""Rows that are listed of each kind: the surest first, else spread over the directory by a fixed rule."""

SPREAD = "(f.g_row % 1000003 * 2654435761) % 4294967296"
"""Scatters neighbours, the same ones on every run."""

MOST_UNREAD = 12
CHECKED = {
    "number": "npi_text IS NOT NULL", "name": "g_row IN (SELECT g_row FROM g_score)",
    "specialty": "g_row IN (SELECT g_row FROM g_said JOIN g_read_specialty USING (specialty) WHERE is_read AND codes IS NOT NULL)",
    "procedures": "g_row IN (SELECT g_row FROM g_said JOIN g_read_procedures USING (procedures) WHERE is_read AND codes IS NOT NULL)",
    "place": "(state IS NOT NULL OR zip IS NOT NULL) AND npi IN (SELECT npi FROM g_places)", "title": "title IS NOT NULL AND state IS NOT NULL",
}  # fmt: skip
"""What was looked at -> rows that have what it takes."""


def count(db: Session, run: Run, told: Told) -> Summary:
    """The figures of a run."""
    checked = {what: int(db.fetch(f"SELECT count(*) FROM g_rows WHERE {sql}")[0][0]) for what, sql in CHECKED.items()}
    surest: dict[str, int] = {str(sure): int(rows) for sure, rows in db.fetch("SELECT confidence, count(*) FROM g_told GROUP BY confidence")}
    by_kind: dict[str, dict[str, int]] = {}
    for kind, sure, rows in db.fetch("SELECT kind, confidence, count(*) FROM g_findings GROUP BY kind, confidence"):
        by_kind.setdefault(kind, {})[sure] = int(rows)
    samples = _samples(db)
    kinds = tuple(
        Counted(kind.id, kind.title, sum(held.values()), held.get("firm", 0), held.get("fair", 0), held.get("weak", 0), tuple(samples.get(kind.id, ())))
        for kind in KINDS
        if (held := by_kind.get(kind.id))
    )
    sources = tuple(f"{source.inside or source.file} of {source.released or 'an unknown day'}" for source in told.sources)
    stale = tuple(each.say for each in told.stale)
    return Summary(stale, told.made_up, run, run.rows_out, {sure: surest.get(sure, 0) for sure in CONFIDENCE}, checked, _unread(db), kinds, sources)


def _unread(db: Session) -> tuple[Unread, ...]:
    """The most frequent words that were not understood."""
    found = []
    for column in ("specialty", "procedures"):
        met = f"SELECT {column}, count(*) AS rows_with FROM g_said JOIN g_read_{column} USING ({column}) WHERE NOT is_read GROUP BY {column}"
        found += [Unread(column, *row) for row in db.fetch(f"{met} ORDER BY rows_with DESC, {column} LIMIT {MOST_UNREAD}")]
    return tuple(found)


def _samples(db: Session) -> dict[str, list[Picked]]:
    rank = "CASE f.confidence WHEN 'firm' THEN 0 WHEN 'fair' THEN 1 ELSE 2 END"
    placed = f"row_number() OVER (PARTITION BY f.kind ORDER BY {rank}, {SPREAD}, f.g_row) AS place"
    db.table("g_placed", f"SELECT f.kind, f.g_row, f.confidence, f.say, {placed} FROM g_findings f")
    chosen = (
        f"SELECT p.kind, p.g_row, r.npi_text, r.whole, r.state, p.confidence, p.say FROM g_placed p JOIN g_rows r USING (g_row) WHERE place <= {SAMPLE} "
        "ORDER BY p.kind, place"
    )
    found: dict[str, list[Picked]] = {}
    for kind, *rest in db.fetch(chosen):
        found.setdefault(kind, []).append(Picked(*rest))
    return found
