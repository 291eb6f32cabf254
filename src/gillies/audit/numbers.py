"""Findings on the number itself: missing, impossible, unknown, deactivated, of a person where an organization is meant."""

from gillies.screen.tables import Session

CLEAN = "regexp_replace({}, '[^ -~]+', '?', 'g')"
"""A cell of the directory inside a sentence: one line of plain signs."""


def missing(db: Session) -> None:
    """f_missing: no number at all. f_digits: one that cannot be."""
    db.table(
        "f_missing", "SELECT g_row, 'npi-missing' AS kind, 'firm' AS confidence, 'The row gives no NPI.' AS say FROM g_rows WHERE npi_text IS NULL"
    )  # fmt: skip
    shown = f"substr({CLEAN.format('npi_text')}, 1, 20)"
    why = "CASE WHEN length(npi_text) = 10 AND number IS NOT NULL THEN 'its last digit does not fit the other nine' ELSE 'it is not ten digits' END"
    db.table(
        "f_digits",
        f"SELECT g_row, 'npi-check-digit' AS kind, 'firm' AS confidence, {shown} || ' cannot be an NPI: ' || {why} || '.' AS say "
        "FROM g_rows WHERE npi_text IS NOT NULL AND npi IS NULL",
    )  # fmt: skip


def unknown(db: Session, of: str) -> None:
    """f_unknown: fits, and stands in no file. f_gone: deactivated, by NPPES or by its report. `of`: the day of the file, for the sentence."""
    gone = "SELECT npi, max(day) AS day FROM r_deactivation JOIN g_npis USING (npi) GROUP BY npi"
    db.table("g_gone", gone)
    nobody = "NOT EXISTS (SELECT 1 FROM g_providers q WHERE q.npi = r.npi)"
    db.table(
        "f_unknown",
        f"SELECT g_row, 'npi-unknown' AS kind, 'fair' AS confidence, npi_text || ' is not in the NPPES file of {of}.' AS say FROM g_rows r "
        f"WHERE npi IS NOT NULL AND {nobody} AND NOT EXISTS (SELECT 1 FROM g_gone g WHERE g.npi = r.npi)",
    )
    since = "coalesce(' since ' || CAST(p.deactivated AS VARCHAR), '')"
    db.table(
        "f_gone",
        f"SELECT g_row, 'npi-deactivated' AS kind, 'firm' AS confidence, npi_text || ' is deactivated in NPPES' || {since} || '.' AS say "
        "FROM g_rows r JOIN g_providers p USING (npi) WHERE NOT p.active UNION ALL "
        "SELECT g_row, 'npi-deactivated', 'firm', npi_text || ' is in the report of deactivated NPIs, since ' || CAST(g.day AS VARCHAR) || '.' "
        f"FROM g_rows r JOIN g_gone g USING (npi) WHERE {nobody}",
    )  # fmt: skip


def mixed_up(db: Session) -> None:
    """f_entity: a person's number where an organization is meant, or the other way round."""
    is_firm = "p.entity = '2'"
    says = (
        f"CASE WHEN {is_firm} THEN 'The number belongs to an organization (' || p.organization || '), and the row looks like a person.' "
        "ELSE 'The number belongs to a person (' || concat_ws(' ', p.first, p.last) || '), and the row looks like an organization.' END"
    )
    sure = "CASE WHEN r.kind IS NOT NULL OR r.last IS NOT NULL THEN 'firm' ELSE 'fair' END"
    db.table(
        "f_entity",
        f"SELECT g_row, 'person-or-organization' AS kind, {sure} AS confidence, {says} AS say FROM g_rows r JOIN g_providers p USING (npi) "
        "WHERE p.active AND r.entity <> p.entity AND (p.organization IS NOT NULL OR p.last IS NOT NULL)",
    )
