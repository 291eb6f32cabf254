"""Code sets: which codes they hold, each planted fault is refused, and what the shipped ones say of well-known codes."""

import pytest

from gillies.knowledge.build import SHOWN_ONLY
from gillies.knowledge.codes import holds
from gillies.knowledge.lint import lint
from gillies.knowledge.load import read
from gillies.knowledge.schema_codes import CodeSet

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


SMALL = {
    "sources/cms.yaml": "- {id: book, title: Codes, publisher: CMS, kind: code-set, url: 'https://x', looked_up: 2026-11-21, review_by: 2027-11-21}",
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


def test_the_engine_pack_goes_without_them():
    assert "code_sets" in SHOWN_ONLY
