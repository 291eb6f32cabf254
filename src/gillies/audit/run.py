"""Rows of a directory and a registry in; what is worth a look in each row out. The same SQL for DuckDB and Spark."""

from collections.abc import Callable

import msgspec

from gillies.audit import identity, numbers, places
from gillies.audit.judging import beside, first_of, judge
from gillies.audit.kinds import CONFIDENCE, ORDER
from gillies.audit.places import Middle
from gillies.audit.record import gather
from gillies.audit.words import Judge
from gillies.screen.engine import text
from gillies.screen.tables import Session, texts

FINDINGS = ("f_missing", "f_digits", "f_unknown", "f_gone", "f_entity", "f_name", "f_excluded", "f_specialty", "f_title", "f_procedure", "f_place")
"""Tables of findings: g_row, kind, confidence, say."""

GAINED = ("findings", "confidence", "why", "name_score")
"""The columns that a row gains: ids of findings, the surest of them, a sentence for each, and how well the name agrees (nothing to compare: NULL)."""

SAYS = {"confidence": "VARCHAR", "say": "VARCHAR"}


class Asked(msgspec.Struct, frozen=True):
    """What is known besides the rows: which of our columns the directory fills, the day of the NPPES file, where ZIP codes lie."""

    fills: tuple[str, ...]
    nppes: str
    middle_of: Middle


def audit(db: Session, relation: str, asked: Asked, knows: Judge, tell: Callable[[str], None] = lambda _: None) -> None:
    """Looks at each row of a relation with our columns (columns.py), beside the views r_* of a registry (record.py). Makes g_findings (g_row, kind,
    confidence, say; one of a kind for each row) and g_told: of each row with findings the columns GAINED, by g_row."""
    tell("what is on record")
    gather(db, relation)
    tell("numbers")
    numbers.missing(db)
    numbers.unknown(db, asked.nppes)
    numbers.mixed_up(db)
    tell("names")
    identity.names(db)
    tell("exclusions")
    identity.exclusions(db)
    tell("places")
    places.places(db, asked.fills, asked.middle_of)
    tell("specialties, titles, procedures")
    _words(db, knows)
    tell("putting it together")
    _together(db)


def _words(db: Session, knows: Judge) -> None:
    """f_specialty, f_title, f_procedure: each distinct combination of words and codes is judged once. g_read_specialty, g_read_procedures: which words were
    understood."""
    codes = "CASE WHEN p.active AND p.entity = '1' THEN c.codes END AS codes"  # what an organization reports says little of who works there
    held = ", ".join(f"r.{word}" for word in ("specialty", "title", "credential", "procedures", "state"))
    filled = "r.entity = '1' AND (r.specialty IS NOT NULL OR r.title IS NOT NULL OR r.procedures IS NOT NULL)"
    db.table(
        "g_said",
        f"SELECT r.g_row, {held}, {codes} FROM g_rows r LEFT JOIN g_codes c ON c.npi = r.npi LEFT JOIN g_providers p ON p.npi = r.npi WHERE {filled}",
    )
    in_laws = f"state IN ({texts(sorted(knows.states_with_laws))}) AND coalesce(title, specialty) IS NOT NULL"
    judge(db, "g_who", f"(SELECT * FROM g_said WHERE {in_laws}) AS s", ("credential", "codes"), {"who": "VARCHAR"}, knows.who)
    advertised = f"SELECT s.g_row, s.title, s.specialty, s.state, j.who FROM {beside('g_said', 'g_who', ('credential', 'codes'))} WHERE {in_laws}"
    db.table("g_advertised", advertised)
    for into, kind, source, keys, says in (
        ("f_specialty", "specialty-not-on-record", "g_said", ("specialty", "title", "codes"), knows.specialty),
        ("f_title", "title-restricted", "g_advertised", ("title", "specialty", "state", "who"), knows.title),
        ("f_procedure", "procedure-outside", "g_said", ("procedures", "codes"), knows.procedures),
    ):
        judged = f"{into}_judged"
        judge(db, judged, source, keys, SAYS, says)
        db.table(into, f"SELECT s.g_row, {text(kind)} AS kind, j.confidence, j.say FROM {beside(source, judged, keys)}")
    for into, words, reads in (("g_read_specialty", "specialty", knows.reads_specialty), ("g_read_procedures", "procedures", knows.reads_procedures)):
        judge(db, into, "g_said", (words,), {"is_read": "BOOLEAN"}, reads)


def _together(db: Session) -> None:
    rank = " ".join(f"WHEN {text(sure)} THEN {place}" for place, sure in enumerate(CONFIDENCE))
    every = " UNION ALL ".join(f"SELECT g_row, kind, confidence, say FROM {table}" for table in FINDINGS)
    ranked = f"SELECT g_row, kind, confidence, say, CASE confidence {rank} END AS rank FROM ({every}) AS f"
    db.table("g_findings", f"SELECT g_row, kind, confidence, say FROM ({first_of(ranked, 'g_row, kind', 'rank, say')}) AS k")
    wide = ", ".join(f"max(CASE WHEN kind = {text(kind)} THEN say END) AS s{place}" for place, kind in enumerate(ORDER))
    best = f"min(CASE confidence {rank} END) AS best"
    met = ", ".join(f"CASE WHEN s{place} IS NOT NULL THEN {text(kind)} END" for place, kind in enumerate(ORDER))
    ids = f"list_filter([{met}], lambda x: x IS NOT NULL)"
    says = f"list_filter([{', '.join(f's{place}' for place in range(len(ORDER)))}], lambda x: x IS NOT NULL)"
    sure = f"CASE best {' '.join(f'WHEN {place} THEN {text(sure)}' for place, sure in enumerate(CONFIDENCE))} END"
    db.table(
        "g_told",
        f"SELECT g_row, {ids} AS findings, {sure} AS confidence, {says} AS why FROM (SELECT g_row, {best}, {wide} FROM g_findings GROUP BY g_row) AS w",
    )
