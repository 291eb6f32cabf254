"""Rows of a directory, and what the registry has on record for the numbers in them, as tables of one session."""

from gillies.audit.columns import CALLED
from gillies.registry.clean import key
from gillies.registry.npi import is_npi_sql
from gillies.screen.tables import Session

HELD = {
    "provider": {
        "npi": "BIGINT", "entity": "VARCHAR", "active": "BOOLEAN", "deactivated": "DATE", "organization": "VARCHAR", "last": "VARCHAR",
        "first": "VARCHAR", "middle": "VARCHAR", "credential": "VARCHAR", "city": "VARCHAR", "state": "VARCHAR", "zip5": "VARCHAR",
    },
    "taxonomy": {"npi": "BIGINT", "code": "VARCHAR", "license_state": "VARCHAR"},
    "name": {
        "npi": "BIGINT", "kind": "VARCHAR", "last": "VARCHAR", "first": "VARCHAR", "middle": "VARCHAR", "organization": "VARCHAR", "last_key": "VARCHAR",
        "first_key": "VARCHAR", "organization_key": "VARCHAR",
    },
    "other_name": {"npi": "BIGINT", "organization": "VARCHAR"},
    "place": {"npi": "BIGINT", "state": "VARCHAR", "zip5": "VARCHAR"},
    "clinician": {"npi": "BIGINT", "state": "VARCHAR", "zip": "VARCHAR"},
    "deactivation": {"npi": "BIGINT", "day": "DATE"},
    "exclusion": {
        "npi": "BIGINT", "last": "VARCHAR", "first": "VARCHAR", "middle": "VARCHAR", "business": "VARCHAR", "state": "VARCHAR", "basis": "VARCHAR",
        "day": "DATE", "reinstated": "DATE", "waiver_state": "VARCHAR",
    },
}  # fmt: skip
"""The tables of a registry that are read, and the columns. A registry lacks those whose file it was not given: they are empty then."""

FIRM_WORDS = (
    "LLC|INC|PLLC|LLP|LTD|CORP|CORPORATION|CENTER|CENTRE|CENTERS|CLINIC|CLINICS|GROUP|ASSOCIATES|HOSPITAL|INSTITUTE|MEDICAL|SURGERY|HEALTH|HEALTHCARE|CARE|"
    "DERMATOLOGY|PHARMACY|PRACTICE|PARTNERS|SERVICES|SYSTEM|DEPARTMENT|UNIVERSITY|FOUNDATION|LABORATORY|SPA|MEDSPA|DENTAL|REHABILITATION"
)
"""Words that make a name an organization's, where nothing else in the row tells."""


def view_name(table: str) -> str:
    """How a table of the registry is called in a session."""
    return f"r_{table}"


def empty(table: str) -> str:
    """SELECT of a table that the registry does not have."""
    return f"SELECT {', '.join(f'CAST(NULL AS {kind}) AS {column}' for column, kind in HELD[table].items())} WHERE 1 = 0"


def gather(db: Session, relation: str) -> None:
    """From the rows of a directory (columns.py) and the views r_* of the registry makes:

    g_rows (our columns of each row, `npi` a number that fits its check digit, `padded` the words of its name), g_npis, g_providers, g_names (each name
    of each number, organizations' too), g_codes (specialties of each number, parted by blanks), g_places.
    """
    own = ", ".join(f"g_{ours} AS {ours}" for ours in CALLED if ours not in ("npi", "address", "city", "suffix"))
    as_number = "TRY_CAST(g_npi AS BIGINT)"
    fits = is_npi_sql("npi_text", "number")
    firm = f"regexp_matches(padded, ' ({FIRM_WORDS}) ')"
    entity = f"coalesce(kind, CASE WHEN last IS NOT NULL THEN '1' WHEN name IS NULL OR {firm} THEN '2' ELSE '1' END)"
    named = f"SELECT g_row, g_npi AS npi_text, {as_number} AS number, {own}, g_whole AS whole, ' ' || {key('g_whole')} || ' ' AS padded FROM {relation}"
    db.table("g_rows", f"SELECT *, CASE WHEN {fits} THEN number END AS npi, CASE WHEN whole IS NOT NULL THEN {entity} END AS entity FROM ({named}) AS n")
    db.table("g_npis", "SELECT DISTINCT npi FROM g_rows WHERE npi IS NOT NULL")
    db.table("g_providers", f"SELECT {', '.join(HELD['provider'])} FROM r_provider JOIN g_npis USING (npi)")
    further = f"SELECT npi, 'other', NULL, NULL, NULL, organization, NULL, NULL, {key('organization')} FROM r_other_name JOIN g_npis USING (npi)"
    db.table("g_names", f"SELECT {', '.join(HELD['name'])} FROM r_name JOIN g_npis USING (npi) WHERE kind <> 'parent' UNION ALL {further}")
    codes = "array_to_string(list_sort(array_agg(DISTINCT code)), ' ')"
    db.table("g_codes", f"SELECT npi, {codes} AS codes FROM r_taxonomy JOIN g_npis USING (npi) GROUP BY npi")
    places = (
        "SELECT npi, state, zip5 FROM g_providers WHERE active", "SELECT npi, state, zip5 FROM r_place JOIN g_npis USING (npi)",
        "SELECT npi, state, substr(zip, 1, 5) AS zip5 FROM r_clinician JOIN g_npis USING (npi)",
    )  # fmt: skip
    db.table("g_places", f"SELECT DISTINCT npi, state, zip5 FROM ({' UNION ALL '.join(places)}) AS p WHERE state IS NOT NULL")
