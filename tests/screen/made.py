"""Made-up claims under the official headers: `headers/` holds the header lines of public files, and no row here is anybody's."""

import csv
from pathlib import Path


def header(name: str) -> list[str]:
    """The columns of an official file."""
    with (Path(__file__).parent / "headers" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return next(csv.reader(file))


TUVA = header("tuva_medical_claim")
SYNTHEA = header("synthea_claims_transactions")
SYNTHEA_CLAIMS = header("synthea_claims")
SYNTHEA_PROVIDERS = header("synthea_providers")
SYNTHEA_PROCEDURES = header("synthea_procedures")
SYNTHEA_PATIENTS = "Id,BIRTHDATE,DEATHDATE,GENDER,STATE".split(",")
"""A part of the patients' columns."""
SYNPUF = header("cms_synpuf_carrier_claims")
SYNPUF_PEOPLE = header("cms_synpuf_beneficiary_summary")


def table(path: Path, columns: list[str], *rows: dict[str, str]) -> str:
    """Writes rows under a header as CSV; what a row does not say is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)
