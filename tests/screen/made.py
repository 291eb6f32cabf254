"""Made-up claims under the official headers: `headers/` holds the header lines of public files, and no row here is anybody's."""

import csv
from pathlib import Path

from gillies.screen.known import Known, bands_of, by_place, choice, in_band, texts_asked


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


def of_columns(kinds, rules, tables):
    """A layout for findings that stand in columns of their own name, and the SQL of its words."""
    ways, told, first = {}, [], 0
    for finding, kind in kinds.items():
        column = f'"{finding}"'
        if kind == "number":
            bands = bands_of(finding, rules, tables)
            values, cases = [band.stands_for for band in bands], in_band(column, bands, first)
        else:
            values = [True, False] if kind == "yes-no" else [*texts_asked(finding, rules), ""]
            written = [("TRUE" if value is True else "FALSE") if kind == "yes-no" else f"'{value}'" for value in values]
            cases = [(f"{column} = {value}", first + place) for place, value in enumerate(written)]
            if kind == "text":
                cases[-1] = (f"{column} IS NOT NULL", cases[-1][1])
        ways[finding] = dict(by_place(values, first))
        told.append(cases)
        first += len(values)
    layout = Known(first, kinds, ways)
    words = zip(*(choice(cases, len(layout.words)) for cases in told), strict=True)
    return layout, [" | ".join(f"({part})" for part in parts) for parts in words]
