"""The official headers, word for word, quirks included (two blanks in one column of the places, none in its neighbour)."""

MAILING, PRACTICE = "Mailing", "Practice Location"


def _address(kind: str) -> list[str]:
    rest = ("City Name", "State Name", "Postal Code", "Country Code (If outside U.S.)", "Telephone Number", "Fax Number")
    return [f"Provider {line} Line Business {kind} Address" for line in ("First", "Second")] + [f"Provider Business {kind} Address {part}" for part in rest]


def npidata() -> list[str]:
    """330 columns."""
    first = [
        "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)", "Provider Organization Name (Legal Business Name)",
        "Provider Last Name (Legal Name)", "Provider First Name", "Provider Middle Name", "Provider Name Prefix Text", "Provider Name Suffix Text",
        "Provider Credential Text", "Provider Other Organization Name", "Provider Other Organization Name Type Code", "Provider Other Last Name",
        "Provider Other First Name", "Provider Other Middle Name", "Provider Other Name Prefix Text", "Provider Other Name Suffix Text",
        "Provider Other Credential Text", "Provider Other Last Name Type Code", *_address(MAILING), *_address(PRACTICE),
        "Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code", "NPI Deactivation Date", "NPI Reactivation Date", "Provider Sex Code",
        "Authorized Official Last Name", "Authorized Official First Name", "Authorized Official Middle Name", "Authorized Official Title or Position",
        "Authorized Official Telephone Number",
    ]  # fmt: skip
    slots = (
        "Healthcare Provider Taxonomy Code_{}",
        "Provider License Number_{}",
        "Provider License Number State Code_{}",
        "Healthcare Provider Primary Taxonomy Switch_{}",
    )
    others = (
        "Other Provider Identifier_{}",
        "Other Provider Identifier Type Code_{}",
        "Other Provider Identifier State_{}",
        "Other Provider Identifier Issuer_{}",
    )
    last = [
        "Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN", "Authorized Official Name Prefix Text",
        "Authorized Official Name Suffix Text", "Authorized Official Credential Text", *(f"Healthcare Provider Taxonomy Group_{n}" for n in range(1, 16)),
        "Certification Date",
    ]  # fmt: skip
    return first + [name.format(n) for n in range(1, 16) for name in slots] + [name.format(n) for n in range(1, 51) for name in others] + last


OTHERNAME = ["NPI", "Provider Other Organization Name", "Provider Other Organization Name Type Code"]
_PL = "Provider Secondary Practice Location Address"
PL = [
    "NPI", f"{_PL}- Address Line 1", f"{_PL}-  Address Line 2", f"{_PL} - City Name", f"{_PL} - State Name", f"{_PL} - Postal Code",
    f"{_PL} - Country Code (If outside U.S.)", f"{_PL} - Telephone Number", f"{_PL} - Telephone Extension", "Provider Practice Location Address - Fax Number",
]  # fmt: skip
ENDPOINT = [
    "NPI", "Endpoint Type", "Endpoint Type Description", "Endpoint", "Affiliation", "Endpoint Description", "Affiliation Legal Business Name", "Use Code",
    "Use Description", "Other Use Description", "Content Type", "Content Description", "Other Content Description", "Affiliation Address Line One",
    "Affiliation Address Line Two", "Affiliation Address City", "Affiliation Address State", "Affiliation Address Country", "Affiliation Address Postal Code",
]  # fmt: skip
LEIE = "LASTNAME FIRSTNAME MIDNAME BUSNAME GENERAL SPECIALTY UPIN NPI DOB ADDRESS CITY STATE ZIP EXCLTYPE EXCLDATE REINDATE WAIVERDATE WVRSTATE".split()
DAC = (
    "NPI,Ind_PAC_ID,Ind_enrl_ID,Provider Last Name,Provider First Name,Provider Middle Name,suff,gndr,Cred,Med_sch,Grd_yr,pri_spec,sec_spec_1,sec_spec_2,"
    "sec_spec_3,sec_spec_4,sec_spec_all,Telehlth,Facility Name,org_pac_id,num_org_mem,adr_ln_1,adr_ln_2,ln_2_sprs,City/Town,State,ZIP Code,Telephone Number,"
    "ind_assgn,grp_assgn,adrs_id"
).split(",")
PUF = (
    "Rndrng_NPI,Rndrng_Prvdr_Last_Org_Name,Rndrng_Prvdr_First_Name,Rndrng_Prvdr_MI,Rndrng_Prvdr_Crdntls,Rndrng_Prvdr_Gndr,Rndrng_Prvdr_Ent_Cd,"
    "Rndrng_Prvdr_St1,Rndrng_Prvdr_St2,Rndrng_Prvdr_City,Rndrng_Prvdr_State_Abrvtn,Rndrng_Prvdr_State_FIPS,Rndrng_Prvdr_Zip5,Rndrng_Prvdr_RUCA,"
    "Rndrng_Prvdr_RUCA_Desc,Rndrng_Prvdr_Cntry,Rndrng_Prvdr_Type,Rndrng_Prvdr_Mdcr_Prtcptg_Ind,HCPCS_Cd,HCPCS_Desc,HCPCS_Drug_Ind,Place_Of_Srvc,Tot_Benes,"
    "Tot_Srvcs,Tot_Bene_Day_Srvcs,Avg_Sbmtd_Chrg,Avg_Mdcr_Alowd_Amt,Avg_Mdcr_Pymt_Amt,Avg_Mdcr_Stdzd_Amt"
).split(",")
NUCC = ["Code", "Grouping", "Classification", "Specialization", "Definition", "Notes", "Display Name", "Section"]
DEACTIVATED = ["NPI", "NPPES Deactivation Date"]
