"""Made-up claims under the official headers (the headers are facts about public files; no row here is anybody's)."""

import csv
from pathlib import Path

TUVA = (
    "claim_id claim_line_number claim_type person_id member_id payer plan claim_start_date claim_end_date claim_line_start_date place_of_service_code "
    "revenue_center_code hcpcs_code hcpcs_modifier_1 hcpcs_modifier_2 rendering_npi paid_amount charge_amount diagnosis_code_type "
    "diagnosis_code_1 diagnosis_code_2 diagnosis_code_3 procedure_code_type procedure_code_1 procedure_code_2"
).split()
"""A part of Tuva's 148 columns, in their order: fewer columns are as good as all."""

SYNTHEA = (
    "ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,PROCEDURECODE,MODIFIER1,MODIFIER2,DIAGNOSISREF1,DIAGNOSISREF2,"
    "DIAGNOSISREF3,DIAGNOSISREF4,UNITS,DEPARTMENTID,NOTES,UNITAMOUNT,TRANSFEROUTID,TRANSFERTYPE,PAYMENTS,ADJUSTMENTS,TRANSFERS,OUTSTANDING,"
    "APPOINTMENTID,LINENOTE,PATIENTINSURANCEID,FEESCHEDULEID,PROVIDERID,SUPERVISINGPROVIDERID"
).split(",")
SYNTHEA_CLAIMS = "Id,PATIENTID,PROVIDERID,PRIMARYPATIENTINSURANCEID,DIAGNOSIS1,SERVICEDATE".split(",")
SYNTHEA_PATIENTS = "Id,BIRTHDATE,DEATHDATE,GENDER,STATE".split(",")
SYNTHEA_PROVIDERS = "Id,ORGANIZATION,NAME,GENDER,SPECIALITY,ADDRESS,CITY,STATE,ZIP,LAT,LON,ENCOUNTERS,PROCEDURES,NPI".split(",")
SYNTHEA_PROCEDURES = "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION".split(",")


def _thirteen(column: str) -> list[str]:
    return [f"{column}_{number}" for number in range(1, 14)]


SYNPUF = [
    *"DESYNPUF_ID CLM_ID CLM_FROM_DT CLM_THRU_DT".split(), *(f"ICD9_DGNS_CD_{number}" for number in range(1, 9)), *_thirteen("PRF_PHYSN_NPI"),
    *_thirteen("HCPCS_CD"), *_thirteen("LINE_NCH_PMT_AMT"), *_thirteen("LINE_ALOWD_CHRG_AMT"), *_thirteen("LINE_ICD9_DGNS_CD"),
]  # fmt: skip
SYNPUF_PEOPLE = "DESYNPUF_ID BENE_BIRTH_DT BENE_DEATH_DT BENE_SEX_IDENT_CD BENE_RACE_CD BENE_ESRD_IND SP_STATE_CODE".split()


def table(path: Path, header: list[str], *rows: dict[str, str]) -> str:
    """Writes rows under a header as CSV; what a row does not say is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)
