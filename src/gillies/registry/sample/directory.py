"""A made-up directory of the made-up providers, with faults put in on purpose and a list of them, to see what `gillies audit` finds.

Nothing here knows how the audit works: words of specialties, titles and procedures are written by hand, and whether they are a fault was decided by hand.
"""

from collections.abc import Mapping, Sequence

from gillies.registry.npi import check_digit_sql
from gillies.registry.sample.people import REACTIVATED, die, pick, plain_surname, surname
from gillies.screen.engine import text

HEADER = ["NPI", "Provider Name", "Credentials", "Specialty", "Title", "Procedures", "Address", "City", "State", "ZIP Code"]
TRUTH = ["Row", "Faults", "Looks odd and is fine"]
FAR_OFF = 50_000_000
"""Providers from this number on are in no file: what an unknown NPI is made from."""

CALLED = {
    "163W00000X": "Registered Nurse|RN", "363LF0000X": "Family Nurse Practitioner|Nurse Practitioner", "225100000X": "Physical Therapy",
    "1041C0700X": "Clinical Social Work", "183500000X": "Pharmacist", "101YM0800X": "Mental Health Counselor", "207R00000X": "Internal Medicine|Internist",
    "207Q00000X": "Family Medicine|Family Practice", "390200000X": "Resident", "1223G0001X": "General Dentistry|Dentist", "106S00000X": "Behavior Technician",
    "363A00000X": "Physician Assistant", "207P00000X": "Emergency Medicine", "208000000X": "Pediatrics|Pediatrician", "363L00000X": "Nurse Practitioner",
    "225X00000X": "Occupational Therapy", "235Z00000X": "Speech-Language Pathology", "207L00000X": "Anesthesiology", "111N00000X": "Chiropractor",
    "152W00000X": "Optometry", "208600000X": "General Surgery|Surgery", "207V00000X": "OB/GYN|Obstetrics & Gynecology", "2084P0800X": "Psychiatry",
    "207X00000X": "Orthopedic Surgery|Orthopaedics", "207N00000X": "Dermatology|Dermatologist", "207Y00000X": "Otolaryngology|ENT|Ear, Nose & Throat",
    "207W00000X": "Ophthalmology|Eye Surgeon", "208200000X": "Plastic Surgery|Plastic Surgeon|Plastic & Reconstructive Surgery",
    "204E00000X": "Oral & Maxillofacial Surgery", "207NS0135X": "Dermatologic Surgery|Dermatology", "208800000X": "Urology|Urologist",
    "2082S0099X": "Plastic Surgery", "2082S0105X": "Hand Surgery|Plastic Surgery", "207YS0123X": "Facial Plastic Surgery", "2086S0122X": "Plastic Surgery",
    "207YX0905X": "Facial Plastic Surgery|Otolaryngology", "207ND0101X": "Mohs Surgery|Dermatology", "207XS0106X": "Hand Surgery|Orthopedic Surgery",
    "2086S0129X": "Vascular Surgery", "207WX0200X": "Oculoplastic Surgery|Ophthalmology", "1223S0112X": "Oral Surgery|Oral & Maxillofacial Surgery",
    "207YX0007X": "Facial Plastic Surgery|ENT",
}  # fmt: skip
"""How directories call the people of a code: as anybody would write it, in the order of use."""

WRONG = (
    "Plastic Surgery|Dermatology|Facial Plastic Surgery|Ophthalmology|Orthopedic Surgery|Oculoplastic Surgeon|Plastics|Derm|Skin & Laser|ENT|"
    "Orthopaedic Surgeon|Plastic Surgeon - Face & Body"
).split("|")
"""Advertised by people who report none of it."""

FAR_FROM_SURGERY = (
    "163W00000X 225100000X 1041C0700X 183500000X 101YM0800X 207R00000X 207Q00000X 1223G0001X 106S00000X 363A00000X 208000000X 363L00000X 363LF0000X "
    "225X00000X 235Z00000X 111N00000X 2084P0800X"
).split()
"""Codes of people whose field is none of the above."""

LEARNED = {
    "207N00000X": "Chemical peel|Mole removal|Skin cancer excision", "208200000X": "Rhinoplasty|Breast augmentation|Tummy tuck; Liposuction|Facelift",
    "207Y00000X": "Septoplasty|Rhinoplasty; Septoplasty", "207W00000X": "Upper blepharoplasty|Ptosis repair", "207X00000X": "Carpal tunnel release",
    "204E00000X": "Orthognathic surgery", "1223S0112X": "Orthognathic surgery", "207XS0106X": "Carpal tunnel release|Trigger finger release",
    "2086S0122X": "Breast reduction|Panniculectomy", "207ND0101X": "Mohs surgery", "207YS0123X": "Rhinoplasty|Facelift", "207WX0200X": "Ptosis repair",
}  # fmt: skip
NOT_LEARNED = {
    "207R00000X": "Rhinoplasty|Breast augmentation|Facelift", "207Q00000X": "Rhinoplasty|Tummy tuck|Facelift", "208000000X": "Breast augmentation|Facelift",
    "207W00000X": "Breast augmentation|Tummy tuck", "207X00000X": "Facelift|Rhinoplasty", "208800000X": "Rhinoplasty|Facelift",
    "207N00000X": "Breast augmentation", "111N00000X": "Rhinoplasty", "225100000X": "Facelift",
}  # fmt: skip
"""Procedures by code: what the field trains for, and what it plainly does not."""

RULED_BOARD = "CA TX LA MD NV UT VA".split()
"""States with a rule on file that speaks of "board certified" for every physician (those of FL and OK bind some only, and are left out)."""
UNRULED = "NY IL PA OH MI MA WA CO MN AL KY WI".split()

NICKNAMES = {
    "ROBERT": "BOB", "WILLIAM": "BILL", "RICHARD": "RICK", "MICHAEL": "MIKE", "ELIZABETH": "LIZ", "JENNIFER": "JENNY", "PATRICIA": "PAT", "JAMES": "JIM",
    "JOSEPH": "JOE", "THOMAS": "TOM", "CHRISTOPHER": "CHRIS", "DANIEL": "DAN", "MATTHEW": "MATT", "ANTHONY": "TONY", "MARGARET": "PEGGY", "STEVEN": "STEVE",
    "ANDREW": "ANDY", "KENNETH": "KEN", "EDWARD": "ED", "REBECCA": "BECKY", "KATHERINE": "KATE", "SAMUEL": "SAM", "BENJAMIN": "BEN", "GREGORY": "GREG",
    "CATHERINE": "CATHY", "DEBORAH": "DEBBIE", "SUSAN": "SUE", "NICHOLAS": "NICK", "TIMOTHY": "TIM", "RONALD": "RON", "JEFFREY": "JEFF", "CHARLES": "CHUCK",
}  # fmt: skip

SHARES = {"digit": 0.01, "unknown": 0.006, "missing": 0.005, "name": 0.015, "entity": 0.03, "specialty": 0.04, "procedure": 0.3, "title": 0.04, "place": 0.015}
"""Share of faults among the rows where a fault can be; one die for all, so a row has one of them at most."""


def columns() -> dict[str, str]:
    """Column of the directory -> SQL over a made-up provider (people.providers)."""
    far = f"CASE WHEN 'HI' NOT IN (state, state2) THEN 'HONOLULU|HI|96813' WHEN 'VT' NOT IN (state, state2) THEN 'BURLINGTON|VT|05401' ELSE {_SEATTLE} END"
    town = f"CASE WHEN {_is('place')} THEN {far} WHEN {_AT_SECOND} THEN place2 ELSE place END"
    other = f"CAST({_far_nine()} AS VARCHAR) || CAST({check_digit_sql(_far_nine())} AS VARCHAR)"
    wrong_digit = "left(npi, 9) || CAST((CAST(right(npi, 1) AS INT) + 3) % 10 AS VARCHAR)"
    return {
        "NPI": f"CASE WHEN {_is('missing')} THEN '' WHEN {_is('digit')} THEN {wrong_digit} WHEN {_is('unknown')} THEN {other} ELSE npi END",
        "Provider Name": f"CASE WHEN {_AS_FIRM} THEN name WHEN {_is('name')} THEN {_written(_other_name('last'), _other_name('first'))} "
        f"ELSE {_written(_LAST, _FIRST)} END",
        "Credentials": f"CASE WHEN NOT {_AS_FIRM} THEN credential END",
        "Specialty": f"CASE WHEN {_AS_FIRM} THEN NULL WHEN {_is('specialty')} THEN {_one_of(WRONG, 'wrong')} "
        f"ELSE {_by_code(CALLED, _ADVERTISED, 'called')} END",
        "Title": f"CASE WHEN {_is('title')} OR {_FINE_TITLE} THEN 'Board Certified' END",
        "Procedures": f"CASE WHEN {_is('procedure')} THEN {_by_code(NOT_LEARNED, 'code', 'not learned')} "
        f"WHEN person AND {die('lists procedures')} < 0.6 THEN {_by_code(LEARNED, 'code', 'learned')} END",
        "Address": f"CAST(1 + floor(9000 * {die('Practice Location')}) AS INT) || ' ' || {pick('streets', 'Practice Location street')}",
        "City": f"split_part({town}, '|', 1)", "State": f"split_part({town}, '|', 2)", "ZIP Code": f"split_part({town}, '|', 3)",
    }  # fmt: skip


def truth() -> dict[str, str]:
    """What is wrong with a row, and what looks odd in it and is fine."""
    known = f"NOT ({_is('missing')} OR {_is('digit')} OR {_is('unknown')})"
    listed = f"{die('excluded at all')} < 0.012 AND NOT dead"
    by_number = f"{die('known')} < 0.108"
    named = f"NOT {_is('name')} AND NOT {_is('entity')}"
    faults = {
        "npi-check-digit": _is("digit"), "npi-unknown": _is("unknown"), "npi-missing": _is("missing"), "npi-deactivated": f"{known} AND (dead OR listed)",
        "name-differs": _is("name"), "person-or-organization": _is("entity"), "specialty-not-on-record": _is("specialty"),
        "procedure-outside": _is("procedure"), "place-not-on-record": _is("place"),
        "title-restricted": f"({_is('title')} OR ({_is('specialty')} AND NOT {_ELSEWHERE} AND state IN ('GA', 'IN') AND NOT {_MEDICAL}))",
        "excluded": f"{listed} AND {known} AND {by_number} AND {named}",
        "maybe-excluded": f"{listed} AND {named} AND (NOT {by_number} OR NOT {known}) OR {listed} AND {known} AND {by_number} AND NOT ({named})",
    }  # fmt: skip
    fine = {
        "nickname": _NICK, "initial": _INITIAL, "slip of the pen": _SLIP, "former surname": _FORMER, "no accents": _BARE, "second place": _AT_SECOND,
        "second specialty": _SECOND, "board certified where no rule is on file": _FINE_TITLE,
        "number that came back": f"NOT dead AND {die('back')} < {REACTIVATED}",
    }  # fmt: skip
    return {"Row": "i + 1", "Faults": _joined(faults), "Looks odd and is fine": _joined(fine)}


def _joined(marks: Mapping[str, str]) -> str:
    return f"concat_ws('; ', {', '.join(f'CASE WHEN {true} THEN {text(mark)} END' for mark, true in marks.items())})"


_FAULT = die("directory fault")
_ALONE = f"{die('slots')} >= 0.26"
_LIVING = f"person AND NOT listed AND {die('excluded at all')} >= 0.012"
_MEDICAL = "coalesce(credential IN ('M.D.', 'D.O.'), false)"
_ELSEWHERE = f"({die('second place')} < 0.1 AND {die('directory second')} < 0.5)"
"""The row names the second place."""
_COULD = {
    "digit": "true", "unknown": "true", "missing": "true", "name": _LIVING, "entity": "organization AND NOT listed",
    "specialty": f"{_LIVING} AND {_ALONE} AND code IN ({', '.join(map(text, FAR_FROM_SURGERY))})",
    "procedure": f"{_LIVING} AND {_ALONE} AND code IN ({', '.join(map(text, NOT_LEARNED))})",
    "title": f"{_LIVING} AND {_MEDICAL} AND NOT {_ELSEWHERE} AND state IN ({', '.join(map(text, RULED_BOARD))})", "place": "NOT dead AND NOT listed",
}  # fmt: skip
"""Fault -> the rows where it can be put in."""


def _is(fault: str) -> str:
    """Whether a row has this fault."""
    low = sum(share for other, share in SHARES.items() if list(SHARES).index(other) < list(SHARES).index(fault))
    return f"({_FAULT} >= {low:.4f} AND {_FAULT} < {low + SHARES[fault]:.4f} AND {_COULD[fault]})"


_AS_FIRM = f"(firm AND NOT {_is('entity')})"
"""A deactivated row has no name in NPPES; the directory still has it as what it was."""
_STYLE = die("directory name style")
_PLAIN = f"(person AND NOT {_is('name')})"
_WHIM = die("directory name whim")
_KNOWN_NICK = f"first IN ({', '.join(map(text, NICKNAMES))})"
_NICK = f"({_PLAIN} AND {_WHIM} < 0.08 AND {_KNOWN_NICK})"
_INITIAL = f"({_PLAIN} AND {_WHIM} >= 0.08 AND {_WHIM} < 0.11)"
_SLIP = f"({_PLAIN} AND {_WHIM} >= 0.11 AND {_WHIM} < 0.13 AND length(last) > 5)"
_FORMER = f"({_PLAIN} AND {_WHIM} >= 0.13 AND {_WHIM} < 0.40 AND {die('former')} < 0.08)"
_BARE = f"({_PLAIN} AND last <> strip_accents(last))"
_AT_SECOND = f"(NOT dead AND NOT {_is('place')} AND {_ELSEWHERE})"
_SECOND = f"(person AND NOT {_is('specialty')} AND {die('slots')} < 0.26 AND {die('directory specialty')} < 0.4)"
_ADVERTISED = f"CASE WHEN {_SECOND} THEN {pick('codes', 'specialty 2', 1.9)} ELSE code END"
_FINE_TITLE = (
    f"(person AND NOT {_is('title')} AND NOT {_ELSEWHERE} AND {_MEDICAL} AND state IN ({', '.join(map(text, UNRULED))}) AND {die('directory title')} < 0.05)"
)
_SEATTLE = "'SEATTLE|WA|98101'"
_SLIPPED = (
    f"CASE WHEN {die('directory slip')} < 0.4 THEN left(last, 3) || substr(last, 5) WHEN {die('directory slip')} < 0.7 THEN left(last, 4) || substr(last, 4) "
    "ELSE left(last, 2) || substr(last, 4, 1) || substr(last, 3, 1) || substr(last, 5) END"
)
"""A letter left out, one written twice, or two swapped."""
_LAST = f"CASE WHEN {_FORMER} THEN {surname('former last')} WHEN {_SLIP} THEN {_SLIPPED} ELSE strip_accents(last) END"
_NICKED = f"CASE first {' '.join(f'WHEN {text(first)} THEN {text(nick)}' for first, nick in NICKNAMES.items())} ELSE first END"
_FIRST = f"CASE WHEN {_NICK} THEN {_NICKED} WHEN {_INITIAL} THEN left(first, 1) ELSE first END"


def _other_name(part: str) -> str:
    """Somebody else's name: one in four shares the surname, as a relative would, one in four the first name."""
    shared = die("directory other shares")
    if part == "last":
        return f"CASE WHEN {shared} < 0.25 THEN last ELSE {plain_surname('directory other')} END"
    return f"CASE WHEN {shared} >= 0.75 THEN first ELSE {pick('firsts', 'directory other first')} END"


def _written(last: str, first: str) -> str:
    """A name in one of the ways in which directories write them."""
    title = "CASE WHEN credential IN ('M.D.', 'D.O.') THEN 'Dr. ' ELSE '' END"
    letters = "coalesce(', ' || replace(credential, '.', ''), '')"
    return (
        f"CASE WHEN {_STYLE} < 0.4 THEN ({last}) || ', ' || ({first}) WHEN {_STYLE} < 0.7 THEN ({first}) || ' ' || ({last}) || {letters} "
        f"WHEN {_STYLE} < 0.85 THEN {title} || ({first}) || ' ' || ({last}) ELSE ({first}) || ' S. ' || ({last}) END"
    )


def _far_nine() -> str:
    """The first nine digits of a number that no file has."""
    return f"(900000000 + (nine - 900000000 + {FAR_OFF * 73678787 % 100000000}) % 100000000)"


def _one_of(items: Sequence[str], name: str) -> str:
    return f"[{', '.join(map(text, items))}][1 + CAST(floor({len(items)} * {die('directory ' + name)}) AS INT)]"


def _by_code(words: Mapping[str, str], code: str, name: str) -> str:
    """One of the words for a code."""
    ways = " ".join(f"WHEN {text(key)} THEN {_one_of(held.split('|'), name)}" for key, held in words.items())
    return f"CASE {code} {ways} END"
