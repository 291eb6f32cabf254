"""Code sets: which codes they hold, each planted fault is refused, and what the shipped ones say of well-known codes."""

import re

import pytest

from gillies.knowledge.build import SHOWN_ONLY
from gillies.knowledge.codes import holds, speaks_of
from gillies.knowledge.lint import lint
from gillies.knowledge.load import read
from gillies.knowledge.schema_codes import CodeSet
from gillies.reading.compile import codes as read_codes
from gillies.show import as_text, find
from gillies.terminal import Style

KNOWLEDGE, _ = read()
SETS = KNOWLEDGE.code_sets


def code_set(**changes):
    return CodeSet(**{"id": "x", "system": "icd-10-cm", "codes": ("T20-T25",), "means": {}, "say": "A burn.", "cites": ("a @ b",)} | changes)


@pytest.mark.parametrize(
    ("codes", "but_not", "code", "inside"),
    [
        (("T20-T25",), (), "T20", True),
        (("T20-T25",), (), "T25.319S", True),
        (("T20-T25",), (), "T26.00XA", False),
        (("T20-T25",), (), "t2500xa", True),
        (("S98-T02",), (), "S99.8", True),
        (("C43-C44",), (), "C4A.0", False),
        (("C4A",), (), "C4A.0", True),
        (("T85.4",), (), "T8541XA", True),
        (("T85.4",), (), "T855", False),
        (("T85.41",), (), "T854", False),
        (("H02",), ("H02.40",), "H02.401", False),
        (("H02",), ("H02.40",), "H02.831", True),
        (("H02",), (), "", False),
    ],
)
def test_a_set_holds_what_begins_like_its_codes(codes, but_not, code, inside):
    assert holds(code_set(codes=codes, but_not=but_not), code) is inside


@pytest.mark.parametrize(
    ("sites", "places", "counts"),
    [
        ((), ("nose",), True),
        (("nose",), ("nose",), True),
        (("face",), ("nose",), True),
        (("nose",), ("face",), True),
        (("nose",), ("eyelid",), False),
        (("breast",), ("abdomen", "breast"), True),
        (("breast",), ("face",), False),
        (("breast",), ("skin",), True),
        (("breast",), ("body",), True),
    ],
)
def test_a_set_about_one_place_counts_for_care_there(sites, places, counts):
    assert speaks_of(code_set(sites=sites), places, KNOWLEDGE.sites) is counts


SMALL = {
    "sources/code-set/c.yaml": "- {id: book, title: Codes, publisher: CMS, kind: code-set, url: 'https://x', looked_up: 2026-11-21, review_by: 2027-11-21}",
    "findings/a.yaml": """
- {id: cause-burn, type: yes-no, role: cause, question: Did a burn cause it?}
- {id: firmness, type: choice, role: looks, question: How firm is it?, choices: {soft: [soft one], firm: [firm one]}}
- {id: rated, type: number, unit: count, role: looks, question: How many?}
""",
    "lexicon/sites.yaml": "- {id: nose, name: nose}",
    "codes/a.yaml": """
- {id: burns, system: icd-10-cm, codes: [T20-T25, "T27.3"], but_not: ["T20.0"], means: {cause-burn: true}, say: A burn., cites: [book @ T20]}
- {id: side, system: modifier, codes: ["50"], means: {firmness: soft, rated: 2}, sites: [nose], say: Two., cites: [book @ 50]}
- {id: kept, system: icd-10-pcs, codes: [0H0], means: {}, protected: trauma, say: Looks., cites: [book @ 0H0]}
""",
}
FAULTS = [
    ("cause-burn: true", "cause-fire: true", "burns.means", "no finding or concern is called 'cause-fire'"),
    ("cause-burn: true", "cause-burn: soft", "burns.means.cause-burn", "'soft' does not fit it"),
    ("firmness: soft", "firmness: hard", "side.means.firmness", "'hard' does not fit it"),
    ("rated: 2", "rated: true", "side.means.rated", "True does not fit it"),
    ('[T20-T25, "T27.3"]', "[]", "burns.codes", "is empty"),
    ("means: {}, protected: trauma", "means: {}", "kept.means", "is empty"),
    ("protected: trauma", "protected: money", "[kept].protected", "Invalid enum value 'money'"),
    ("T20-T25", "T25-T20", "burns.codes", "the range 'T25-T20' runs backwards"),
    ("T20-T25", "T20.1-T25.3", "burns.codes", "is no range of ICD-10-CM categories"),
    ("[0H0]", "[0H0-0H9]", "kept.codes", "is no range of ICD-10-CM categories"),
    ("T20-T25", "burn", "burns.codes", "'BURN' does not look like a code of icd-10-cm"),
    ('["50"]', '["5"]', "side.codes", "does not look like a code of modifier"),
    ("T20.0", "T30.0", "burns.but_not", "is not in `codes` anyway"),
    ("T27.3", "T21.0", "burns.codes", "T20 and T210 claim the same codes"),
    (", cites: [book @ T20]", ", cites: []", "burns", "a fact without a source"),
    ("book @ T20", "tome @ T20", "burns.cites", "no file in sources/ has"),
    ("book @ T20", "book", "burns.cites", "without a place"),
    ("[nose]", "[snout]", "side.sites", "no site is called 'snout'"),
    ("id: kept", "id: burns", "burns", "a second code-set of this id"),
]


def problems(tmp_path, text):
    for name, held in {**SMALL, "codes/a.yaml": text}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(held)
    knowledge, faults = read(tmp_path)
    return [*faults, *lint(knowledge)]


def test_a_clean_file_has_no_problem(tmp_path):
    assert problems(tmp_path, SMALL["codes/a.yaml"]) == []


@pytest.mark.parametrize(("old", "new", "key", "says"), FAULTS, ids=[says for *_, says in FAULTS])
def test_a_planted_fault_is_refused_with_file_key_and_mend(tmp_path, old, new, key, says):
    assert old in SMALL["codes/a.yaml"]
    found = problems(tmp_path, SMALL["codes/a.yaml"].replace(old, new))
    assert any(says in str(p) and p.file == "codes/a.yaml" and p.path == key and p.mend for p in found), list(map(str, found))


@pytest.mark.parametrize(
    ("codes", "but_not", "refused"),
    [('"T21"', "[]", True), ('"T21.3"', "[]", True), ('"T27.3"', "[]", True), ('"T20.0"', "[]", False), ('"T26"', "[]", False), ('"T27"', '["T27.3"]', False)],
)
def test_one_code_cannot_say_yes_and_no(tmp_path, codes, but_not, refused):
    other = f"- {{id: no-burn, system: icd-10-cm, codes: [{codes}], but_not: {but_not}, means: {{cause-burn: false}}, say: None., cites: [book @ T]}}\n"
    found = [str(p) for p in problems(tmp_path, SMALL["codes/a.yaml"] + other)]
    assert ("gives 'cause-burn' another value" in " ".join(found)) is refused, found


def states(system, code):
    """What the shipped sets say of a code: finding -> value, and what it protects."""
    hits = [held for held in SETS.values() if held.system == system and holds(held, code)]
    means = {finding: value for held in hits for finding, value in held.means.items()}
    return means, {held.protected for held in hits} - {None}


DECIDES = ("abnormal-structure", "lost-function", "looks-of-normal-structure")
COSMETIC, ABNORMAL, FUNCTION, BOTH, NEITHER = {DECIDES[2]}, {DECIDES[0]}, {DECIDES[1]}, set(DECIDES[:2]), set()
KNOWN = [
    # system, code, which of the three facts that decide, what it protects
    ("icd-10-cm", "Z41.1", COSMETIC, None),
    ("icd-10-cm", "Z42.1", ABNORMAL, "mastectomy"),
    ("icd-10-cm", "Z42.8", ABNORMAL, None),
    ("icd-10-cm", "C50.911", ABNORMAL, "mastectomy"),
    ("icd-10-cm", "N65.1", ABNORMAL, "mastectomy"),
    ("icd-10-cm", "Q36.9", ABNORMAL, "cleft"),
    ("icd-10-cm", "Q17.2", ABNORMAL, "congenital"),
    ("icd-10-cm", "Q17.5", NEITHER, None),
    ("icd-10-cm", "Q65.0", NEITHER, None),
    ("icd-10-cm", "T21.32XA", ABNORMAL, "burns"),
    ("icd-10-cm", "T23.3S", ABNORMAL, "burns"),
    ("icd-10-cm", "S02.2XXA", ABNORMAL, "trauma"),
    ("icd-10-cm", "S00.33XA", NEITHER, None),
    ("icd-10-cm", "S66.122A", BOTH, "trauma"),
    ("icd-10-cm", "S66.112A", NEITHER, None),
    ("icd-10-cm", "C44.311", ABNORMAL, None),
    ("icd-10-cm", "L90.5", ABNORMAL, None),
    ("icd-10-cm", "H02.834", NEITHER, None),
    ("icd-10-cm", "H02.403", ABNORMAL, None),
    ("icd-10-cm", "H53.483", FUNCTION, None),
    ("icd-10-cm", "H53.433", FUNCTION, None),
    ("icd-10-cm", "H53.461", NEITHER, None),
    ("icd-10-cm", "N62", NEITHER, None),
    ("icd-10-cm", "D22.5", NEITHER, None),
    ("icd-10-cm", "L82.0", FUNCTION, None),
    ("icd-10-cm", "L82.1", NEITHER, None),
    ("icd-10-cm", "I83.91", NEITHER, None),
    ("icd-10-cm", "I83.811", BOTH, None),
    ("icd-10-cm", "L64.9", COSMETIC, None),
    ("icd-10-cm", "I10", NEITHER, None),
    ("icd-10-pcs", "0H0V0JZ", COSMETIC, None),
    ("icd-10-pcs", "0HRV077", ABNORMAL, "mastectomy"),
    ("icd-10-pcs", "0HBT0ZZ", NEITHER, None),
    ("modifier", "GY", NEITHER, None),
]


@pytest.mark.parametrize(("system", "code", "decides", "protected"), KNOWN, ids=[code for _, code, *_ in KNOWN])
def test_what_the_shipped_sets_say(system, code, decides, protected):
    means, guarded = states(system, code)
    assert {finding for finding in DECIDES if finding in means} == decides
    assert guarded == ({protected} if protected else set())


def test_no_code_says_no():
    assert [(key, finding) for key, held in SETS.items() for finding, value in held.means.items() if value is False] == []


def test_a_code_that_states_a_lasting_concern_says_what_it_makes_of_the_part():
    """A concern that leans to reconstruction comes with a fact that makes care reconstructive, in one of the sets that hold the code."""
    lacking = []
    for key, held in SETS.items():
        code = held.codes[0].partition("-")[0]
        means, _ = states(held.system, code)
        for concern in (KNOWLEDGE.concerns[name] for name in held.means if name in KNOWLEDGE.concerns):
            if concern.lean == "reconstructive" and concern.id not in UNDECIDED and means.keys().isdisjoint(DECIDES[:2]):
                lacking.append((key, concern.id))
    assert not lacking


UNDECIDED = {"male-breast-enlargement", "varicose-veins", "excess-sweating", "chronic-migraine", "sinus-trouble"}
"""Concerns whose code also stands for other things, or that come with care of another place."""


def test_a_round_number_in_a_text_is_no_code():
    assert "16000" in KNOWLEDGE.procedures["burn-care"].codes.cpt
    assert {code for _, code in read_codes(KNOWLEDGE)}.isdisjoint({"14000", "16000", "17000"})


@pytest.mark.parametrize("key", KNOWLEDGE.procedures)
def test_code_numbers_look_like_such_and_say_where_they_were_seen(key):
    codes = KNOWLEDGE.procedures[key].codes
    assert all(re.fullmatch(r"\d{4}[0-9T]", code) for code in codes.cpt)
    assert all(re.fullmatch(r"[A-Z]\d{4}", code) for code in codes.hcpcs)
    assert all(re.fullmatch(r"[0-9A-HJ-NP-Z]{7}", code) for code in codes.icd10pcs)
    assert bool(codes.cites) == bool(codes.cpt or codes.hcpcs or codes.icd10pcs)


def test_show_tells_what_a_set_holds_and_where_it_was_read():
    text = as_text(find("icd10cm-cosmetic-encounter", KNOWLEDGE), KNOWLEDGE, Style(100, colour=False), KNOWLEDGE.confirmed)
    assert "codes: Z41.1" in text
    assert "The visit is coded as one for cosmetic surgery. [1][2]" in text
    assert "National Center for Health Statistics" in text


def test_the_engine_pack_goes_without_them():
    assert "code_sets" in SHOWN_ONLY
