"""A made-up table of labelled lines: its columns, one line, and how it was read."""

from datetime import date

from gillies.screen.report import RunInfo

RUN = RunInfo(("claims.parquet",), "tuva", (), 100, 100, 0, "duckdb", date(2026, 11, 21), 1.5)
COLUMNS = """g_claim_id VARCHAR, g_line VARCHAR, g_person VARCHAR, g_code VARCHAR, g_modifiers VARCHAR[], g_diagnoses VARCHAR[], g_specialty VARCHAR,
    g_payer VARCHAR, g_state VARCHAR, g_charge DOUBLE, g_paid DOUBLE, g_day DATE, procedure VARCHAR, intent VARCHAR, coverage VARCHAR,
    reasons VARCHAR[], missing VARCHAR[], hands VARCHAR, claim_intent VARCHAR, claim_coverage VARCHAR, protected VARCHAR[]"""
LINE = {
    "g_line": "1",
    "g_person": "p1",
    "g_code": "30400",
    "g_modifiers": [],
    "g_diagnoses": ["Z411"],
    "g_specialty": "208200000X",
    "g_payer": "Medicare",
    "g_state": "CA",
    "g_charge": 100.0,
    "g_paid": 40.0,
    "g_day": date(2026, 3, 14),
    "procedure": "rhinoplasty",
    "intent": "cosmetic",
    "coverage": "likely-not-covered",
    "reasons": ["normal-structure"],
    "missing": [],
    "hands": "core",
    "protected": [],
}
