"""Made-up providers -> the columns of each official file, as SQL: column -> what stands in it. What is not named is empty."""

from gillies.registry.sample.people import REACTIVATED, day, die, digits, number, phone, pick, plain_surname, surname, us

SLOTS = 15
MASKED = "'$$$$$$$$$'"


def _when(condition: str, value: str) -> str:
    return f"CASE WHEN {condition} THEN {value} END"


def npidata(released: str, renamed: bool) -> dict[str, str]:
    """The main file. `renamed`: as a weekly file has it, with a new surname, the old one beside it, and a new address."""
    since = f"CAST(DATE '{released}' - DATE '2005-05-23' AS INT)"
    active = "NOT dead"
    other = f"{active} AND {die('other id')} < 0.12"
    last = surname("next last") if renamed else "last"
    former = f"person AND {die('former')} < 0.08" if not renamed else "person"
    old = "last" if renamed else surname("former last")
    row = {
        "NPI": "npi", "Entity Type Code": "CASE WHEN person THEN '1' WHEN organization THEN '2' END",
        "Employer Identification Number (EIN)": _when("organization", "'<UNAVAIL>'"),
        "Provider Organization Name (Legal Business Name)": _when("organization", "name"),
        "Provider Last Name (Legal Name)": _when("person", last), "Provider First Name": _when("person", "first"),
        "Provider Middle Name": _when("person", "'SAMPLE'"), "Provider Credential Text": _when("person", "credential"),
        "Provider Name Suffix Text": _when(f"person AND {die('jr')} < 0.02", "'JR.'"),
        "Provider Other Organization Name": _when(f"organization AND {die('dba')} < 0.15", f"{plain_surname('dba name')} || ' CLINIC (SAMPLE)'"),
        "Provider Other Organization Name Type Code": _when(f"organization AND {die('dba')} < 0.15", "'3'"),
        "Provider Other Last Name": _when(former, old), "Provider Other First Name": _when(former, "first"),
        "Provider Other Last Name Type Code": _when(former, "'1'"),
        "Provider Enumeration Date": _when(active, us(f"(DATE '2005-05-23' + CAST(floor({since} * {die('enumerated')} * 0.9) AS INT))")),
        "Last Update Date": _when(active, us(f"(DATE '{released}' - CAST(floor({'6' if renamed else '5000'} * pow({die('updated')}, 2)) AS INT))")),
        "NPI Deactivation Date": _when(f"dead OR {die('back')} < {REACTIVATED}", us(day("deactivated", "2008-01-01", 4000))),
        "NPI Reactivation Date": _when(f"{active} AND {die('back')} < {REACTIVATED}", us(day("reactivated", "2019-01-01", 1500))),
        "Provider Sex Code": _when("person", "sex"),
        "Authorized Official Last Name": _when("organization", surname("official")),
        "Authorized Official First Name": _when("organization", pick("firsts", "official first")),
        "Authorized Official Title or Position": _when("organization", pick("titles", "title")),
        "Authorized Official Telephone Number": _when("organization", phone("official phone")),
        "Is Sole Proprietor": _when("person", f"CASE WHEN {die('sole')} < 0.6 THEN 'N' WHEN {die('sole')} < 0.8 THEN 'Y' ELSE 'X' END"),
        "Is Organization Subpart": _when("organization", f"CASE WHEN {die('subpart')} < 0.7 THEN 'N' ELSE 'Y' END"),
        "Parent Organization LBN": _when(f"organization AND {die('subpart')} >= 0.7", f"{plain_surname('parent')} || ' HEALTH SYSTEM (SAMPLE)'"),
        "Parent Organization TIN": _when(f"organization AND {die('subpart')} >= 0.7", "'<UNAVAIL>'"),
        "Other Provider Identifier_1": _when(other, f"CASE WHEN {die('mask')} < 0.01 THEN {MASKED} ELSE 'SAMPLE' || nine END"),
        "Other Provider Identifier Type Code_1": _when(other, "'05'"),
        "Other Provider Identifier State_1": _when(other, "state"),
        "Healthcare Provider Taxonomy Group_1": _when(f"organization AND {die('group')} < 0.2", "'193200000X MULTI-SPECIALTY GROUP'"),
        "Certification Date": _when(f"{active} AND {die('certified')} < 0.6", us(day("certified on", "2020-06-01", 1900))),
    }  # fmt: skip
    return row | _addresses(renamed) | _slots()


def _addresses(renamed: bool) -> dict[str, str]:
    """Where letters go and where the practice is: in one town, and now and then the same house."""
    row: dict[str, str] = {}
    active = "NOT dead"
    for kind in ("Mailing", "Practice Location"):
        moved = " new" if renamed and kind != "Mailing" else ""
        part = f"Provider Business {kind} Address"
        street = f"{number(kind + moved, 1, 9000)} || ' ' || {pick('streets', kind + moved + ' street')}"
        zip9 = f"zip || CASE WHEN {die('nine digits')} < 0.8 THEN {digits('zip4', 4)} ELSE '' END"
        suite = f"{active} AND {die(kind + ' suite')} < 0.3"
        row |= {
            f"Provider First Line Business {kind} Address": _when(active, street),
            f"Provider Second Line Business {kind} Address": _when(suite, f"'STE ' || {number(kind + ' door', 100, 900)}"),
            f"{part} City Name": _when(active, "city"), f"{part} State Name": _when(active, "state"),
            f"{part} Postal Code": _when(active, zip9),
            f"{part} Country Code (If outside U.S.)": _when(active, "'US'"), f"{part} Telephone Number": _when(active, phone(kind)),
            f"{part} Fax Number": _when(f"{active} AND {die('fax')} < 0.5", phone(kind + " fax")),
        }  # fmt: skip
    return row


def _slots() -> dict[str, str]:
    """One specialty always, more ever more seldom, now and then all 15; the main one is mostly, not always, the first."""
    row: dict[str, str] = {}
    for slot in range(1, SLOTS + 1):
        filled = "NOT dead" if slot == 1 else f"(NOT dead AND {die('slots')} < {max(0.26 * 0.45 ** (slot - 2), 0.0004 if slot == SLOTS else 0.0006):.6f})"
        code = "CASE WHEN organization THEN firm_code ELSE code END" if slot == 1 else pick("codes", f"specialty {slot}", 1.9)
        licensed = f"{filled} AND {die(f'licensed {slot}')} < 0.7"
        main = f"CASE WHEN {die('main is second')} < 0.04 AND {die('slots')} < 0.26 THEN 2 ELSE 1 END"
        number = f"CASE WHEN {die(f'mask {slot}')} < 0.0005 THEN {MASKED} ELSE 'SAMPLE' || CAST(10000 + floor(89999 * {die(f'license {slot}')}) AS INT) END"
        row |= {
            f"Healthcare Provider Taxonomy Code_{slot}": _when(filled, code),
            f"Provider License Number_{slot}": _when(licensed, number),
            f"Provider License Number State Code_{slot}": _when(licensed, f"CASE WHEN {die(f'elsewhere {slot}')} < 0.1 THEN state2 ELSE state END"),
            f"Healthcare Provider Primary Taxonomy Switch_{slot}": _when(
                filled, f"CASE WHEN {main} = {slot} THEN 'Y' WHEN {die('no switch')} < 0.02 THEN 'X' ELSE 'N' END"
            ),
        }
    return row


def othername() -> dict[str, str]:
    """Further names of organisations."""
    kind = f"CASE WHEN {die('further kind')} < 0.7 THEN '3' WHEN {die('further kind')} < 0.9 THEN '4' ELSE '5' END"
    return {
        "NPI": "npi",
        "Provider Other Organization Name": f"{plain_surname('further')} || ' CENTER (SAMPLE)'",
        "Provider Other Organization Name Type Code": kind,
    }


def place() -> dict[str, str]:
    """Further places of practice."""
    start = "Provider Secondary Practice Location Address"
    return {
        "NPI": "npi", f"{start}- Address Line 1": f"CAST(1 + floor(9000 * {die('second')}) AS INT) || ' ' || {pick('streets', 'second street')}",
        f"{start} - City Name": "city2", f"{start} - State Name": "state2", f"{start} - Postal Code": "zip2",
        f"{start} - Country Code (If outside U.S.)": "'US'", f"{start} - Telephone Number": phone("second phone"),
    }  # fmt: skip


def endpoint() -> dict[str, str]:
    """Where a provider can be written to. gillies does not read this file."""
    return {
        "NPI": "npi",
        "Endpoint Type": "'DIRECT'",
        "Endpoint Type Description": "'Direct Messaging Address'",
        "Endpoint": "'sample' || nine || '@example.org'",
    }


def exclusion(released: str, last: int) -> dict[str, str]:
    """The LEIE. Provider number `last` was excluded on its very day: the list tells its age by nothing else.

    One line in ten has its NPI; some others have the name of a provider and nothing to tell whether it is the same person.
    """
    since = f"CAST(DATE '{released}' - DATE '2005-01-01' AS INT)"
    return {
        "LASTNAME": "CASE WHEN NOT firm THEN upper(last) ELSE '' END", "FIRSTNAME": "CASE WHEN NOT firm THEN upper(first) ELSE '' END", "MIDNAME": "''",
        "BUSNAME": "CASE WHEN firm THEN name ELSE '' END", "GENERAL": "CASE WHEN firm THEN 'OTHER BUSINESS' ELSE 'IND- LIC HC SERV PRO' END",
        "SPECIALTY": "CASE WHEN firm THEN 'SAMPLE FIRM' ELSE 'SAMPLE PERSON' END", "UPIN": "''",
        "NPI": f"CASE WHEN {die('known')} < 0.108 THEN npi ELSE '0000000000' END",
        "DOB": f"CASE WHEN firm THEN '' ELSE strftime({day('born', '1940-01-01', 18000)}, '%Y%m%d') END", "ADDRESS": "'1 SAMPLE ST'", "CITY": "city",
        "STATE": "state", "ZIP": "zip", "EXCLTYPE": f"CASE WHEN {die('basis')} < 0.5 THEN '1128b4' WHEN {die('basis')} < 0.8 THEN '1128a1' ELSE '1128a2' END",
        "EXCLDATE": f"strftime(DATE '{released}' - CASE WHEN i = {last} THEN 0 ELSE CAST(floor({since} * pow({die('excluded')}, 2)) AS INT) END, '%Y%m%d')",
        "REINDATE": "'00000000'", "WAIVERDATE": "'00000000'", "WVRSTATE": "''",
    }  # fmt: skip


def clinician(released: str) -> dict[str, str]:
    """Doctors and Clinicians: a line for each address."""
    graduated = f"CAST({released[:4]} - 4 - floor(42 * {die('graduated')}) AS INT)"
    return {
        "NPI": "npi", "Ind_PAC_ID": "lpad(CAST(nine % 10000000 AS VARCHAR), 10, '0')",
        "Ind_enrl_ID": "'I20200101' || lpad(CAST(i % 1000000 AS VARCHAR), 6, '0')",
        "Provider Last Name": "last", "Provider First Name": "first", "Provider Middle Name": "'SAMPLE'", "gndr": "sex", "Cred": "replace(credential, '.', '')",
        "Med_sch": pick("schools", "school"), "Grd_yr": graduated, "pri_spec": "'SAMPLE ' || code", "Telehlth": _when(f"{die('telehealth')} < 0.3", "'Y'"),
        "Facility Name": f"{plain_surname('group')} || ' MEDICAL GROUP (SAMPLE)'", "org_pac_id": f"'000' || {digits('group', 7)}",
        "num_org_mem": f"CAST(1 + floor(400 * pow({die('members')}, 3)) AS INT)", "adr_ln_1": "'1 SAMPLE ST'",
        "City/Town": "CASE WHEN nth = 1 THEN city ELSE city2 END", "State": "CASE WHEN nth = 1 THEN state ELSE state2 END",
        "ZIP Code": "CASE WHEN nth = 1 THEN zip ELSE zip2 END", "Telephone Number": phone("clinic"), "ind_assgn": "'Y'", "grp_assgn": "'Y'",
        "adrs_id": "'SAMPLE' || i || nth",
    }  # fmt: skip


def service() -> dict[str, str]:
    """Medicare by provider and service: lines with fewer than eleven people are not published."""
    people = f"CAST(11 + floor(300 * pow({die('people')}, 4)) AS INT)"
    return {
        "Rndrng_NPI": "npi", "Rndrng_Prvdr_Last_Org_Name": "last", "Rndrng_Prvdr_First_Name": "first", "Rndrng_Prvdr_Crdntls": "credential",
        "Rndrng_Prvdr_Gndr": "sex", "Rndrng_Prvdr_Ent_Cd": "'I'", "Rndrng_Prvdr_St1": "'1 SAMPLE ST'", "Rndrng_Prvdr_City": "city",
        "Rndrng_Prvdr_State_Abrvtn": "state", "Rndrng_Prvdr_Zip5": "zip", "Rndrng_Prvdr_RUCA": "'1'",
        "Rndrng_Prvdr_RUCA_Desc": "'SAMPLE, \"core\", primary flow'", "Rndrng_Prvdr_Cntry": "'US'", "Rndrng_Prvdr_Type": "'SAMPLE ' || code",
        "Rndrng_Prvdr_Mdcr_Prtcptg_Ind": "'Y'", "HCPCS_Cd": f"hcpcs()[1 + CAST(floor(len(hcpcs()) * {die('hcpcs')} + nth * 7919) AS INT) % len(hcpcs())]",
        "HCPCS_Desc": "'SAMPLE'", "HCPCS_Drug_Ind": "'N'", "Place_Of_Srvc": f"CASE WHEN {die('facility')} < 0.4 THEN 'F' ELSE 'O' END", "Tot_Benes": people,
        "Tot_Srvcs": f"{people} + nth", "Tot_Bene_Day_Srvcs": f"{people} + nth", "Avg_Sbmtd_Chrg": f"round(80 + 2000 * {die('charge')}, 2)",
        "Avg_Mdcr_Alowd_Amt": f"round(40 + 700 * {die('charge')}, 2)", "Avg_Mdcr_Pymt_Amt": f"round(30 + 560 * {die('charge')}, 2)",
        "Avg_Mdcr_Stdzd_Amt": f"round(30 + 560 * {die('charge')}, 2)",
    }  # fmt: skip
