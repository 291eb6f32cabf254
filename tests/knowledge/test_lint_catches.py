"""One planted fault for each check of the lint: each is refused, with file, key and mend."""

import shutil
from pathlib import Path

import pytest

from gillies.knowledge.lint import lint
from gillies.knowledge.load import DATA, read


@pytest.fixture
def small(tmp_path):
    """A tiny knowledge that is clean."""
    data = tmp_path / "data"
    for name, text in SMALL.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copytree(DATA / "lexicon", data / "lexicon")
    return data


SMALL = {
    "sources/agency/n.yaml": """
- {id: nhs-nose, title: Nose job, publisher: NHS, kind: agency, url: "https://www.nhs.uk/x", looked_up: 2026-11-21, review_by: 2027-11-21}
""",
    "payers.yaml": "- {id: aetna, name: Aetna, kind: insured, says: [aetna]}\n",
    "findings/nose.yaml": """
- {id: photographs, type: yes-no, role: document, question: Are there photographs?, paper: Photographs, says: [photo]}
- {id: spray-months, type: duration, role: treatment, question: How long was a spray used?, cues: [spray]}
""",
    "procedures/septoplasty/procedure.yaml": """
id: septoplasty
name: Septoplasty
says: [septoplasty, fix septum, straighten septum]
area: nose
sites: [nose]
summary: {say: Straightens the septum., cites: [nhs-nose @ top]}
typical_intent: reconstructive
care: {reconstructive: reconstructive-plastic-surgery}
invasiveness: surgical
""",
    "procedures/septoplasty/coverage/aetna.yaml": """
id: aetna-septoplasty
payer: aetna
kind: policy
title: Policy 5
in_force: {from: 2024-01-01}
say: Asks for a spray first.
criteria:
  all:
    - {say: A spray was used for a month, finding: spray-months, at_least: 1 month}
    - {say: Photographs are there, finding: photographs}
documents: [photographs]
cites: [nhs-nose @ top]
""",
    "boards/abx.yaml": """
{id: abx, name: Board of X, short: ABX, kind: non-abms, demands: [], verify: {say: Ask it., url: "https://x", cites: [nhs-nose @ top]}}
""",
    "titles/us-ca/us-ca-titles.yaml": """
id: us-ca-titles
name: Titles in California
jurisdiction: us-ca
level: law
binds: [doctors]
in_force: {from: 2024-01-01}
demands:
  - {say: Only some may., cites: [nhs-nose @ top], in_force: {from: 2025-01-01}}
does_not_count:
  - {say: This board does not count., boards: [abx], cites: [nhs-nose @ top]}
""",
    "adverts.yaml": "- {id: nose-surgeon, words: [nose surgeon], specialty: true}\n",
    "look-ups.yaml": '- {id: ca, place: us-ca, kind: license, name: Board, url: "https://x", cites: [nhs-nose @ top]}\n',
    "statements/credentials.yaml": """
- id: septum-is-quick
  claim: A straightened septum heals within a week.
  about: [septoplasty]
  relation: recovers
  to: [week]
  says: [septum heals in a week]
  verdict: contradicted
  why: {say: It takes months., cites: [nhs-nose @ top]}
  basis: evidence
  amount: {unit: days, least: 60, most: 180}
""",
    "adverts/claims/results.yaml": """
- id: straight-for-sure
  kind: outcome
  name: A straight nose for sure
  says: [straight for sure]
  why: {say: Noses bend again., cites: [nhs-nose @ top]}
  fairer: Say how often.
  examples: [{text: "Our noses are straight for sure.", finds: straight for sure}, {text: "Our noses are never straight for sure."}]
""",
    "adverts/us-ca.yaml": """
- {id: us-ca-sure, law: us-ca-titles, claims: [straight-for-sure], say: Nobody may., cites: [nhs-nose @ top]}
""",
    "procedures/septoplasty/cases.yaml": """
- {name: enough, policy: aetna-septoplasty, given: {spray-months: 1 month, photographs: true}, expect: met}
- {name: too short, policy: aetna-septoplasty, given: {spray-months: 3 weeks, photographs: true}, expect: not-met}
- {name: not told, policy: aetna-septoplasty, given: {photographs: true}, expect: unknown, missing: [spray-months]}
""",
}


def problems(data: Path) -> list[str]:
    knowledge, faults = read(data)
    return [str(problem) for problem in (*faults, *lint(knowledge))]


def test_the_small_knowledge_is_clean(small):
    assert problems(small) == []


FAULTS = [
    ("look-ups.yaml", "us-ca", "us-zz", "no place is called 'us-zz'"),
    ("look-ups.yaml", ", cites: [nhs-nose @ top]", "", "a fact without a source"),
    ("adverts.yaml", "true}", "true}\n- {id: b, words: [Nose Surgeon]}", "'Nose Surgeon' already belongs to the advert word 'nose-surgeon'"),
    ("adverts.yaml", "specialty: true", "pathways: [noses]", "no pathway is called 'noses'"),
    ("titles/us-ca/us-ca-titles.yaml", "binds: [doctors]", "binds: [doctors]\nkept: [{titles: [doctor]}]", "keeps words neither for anybody nor from anybody"),
    ("procedures/septoplasty/coverage/aetna.yaml", "{from: 2024-01-01}", "{from: 2024-01-01, seen: 2024-01-01}", "Expected one of `from` and `seen`"),
    ("procedures/septoplasty/coverage/aetna.yaml", "{from: 2024-01-01}", "{seen: 2024-01-01, until: 2023-01-01}", "ends before it starts"),
    # file, what is replaced, by what, a piece of the message
    ("payers.yaml", "kind: insured", "kind: insured, colour: red", "unknown field `colour`"),
    ("payers.yaml", "kind: insured", "kind: rich", "Invalid enum value 'rich'"),
    ("payers.yaml", "says: [aetna]}", "says: [aetna]}\n- {id: aetna, name: B, kind: insured, says: [b]}", "a second payer of this id"),
    ("findings/nose.yaml", "photo]", "photo], says: [picture]", "stands twice"),
    ("sources/agency/n.yaml", "id: nhs-nose", "id: nhs-nostril", "no file in sources/ has"),
    ("procedures/septoplasty/procedure.yaml", "nhs-nose @ top", "nhs-nose", "without a place"),
    ("procedures/septoplasty/procedure.yaml", ", cites: [nhs-nose @ top]", "", "a fact without a source"),
    ("procedures/septoplasty/procedure.yaml", "id: septoplasty", "id: rhinoplasty", "is not the name of its place"),
    ("procedures/septoplasty/procedure.yaml", "sites: [nose]", "sites: [snout]", "no site is called 'snout'"),
    ("procedures/septoplasty/procedure.yaml", "fix septum, straighten septum", "fix septum", "ways to say it"),
    ("procedures/septoplasty/procedure.yaml", "fix septum", '"<snouty> septum"', "uses the class <snouty>"),
    ("procedures/septoplasty/procedure.yaml", "fix septum", '"fix ~ septum .. now"', "mixes ~ and .."),
    ("procedures/septoplasty/procedure.yaml", "fix septum", "do septum of", "is read as one word"),
    (
        "procedures/septoplasty/procedure.yaml",
        "invasiveness: surgical",
        "invasiveness: surgical\ndoes_not_apply: {lasts: It is for good.}\nlasts: {say: For good., cites: [nhs-nose @ top]}",
        "says why there is no lasts, and lasts is told",
    ),
    (
        "procedures/septoplasty/procedure.yaml",
        "invasiveness: surgical",
        "invasiveness: surgical\ndoes_not_apply: {recovery: Over in 2 days.}",
        "holds a figure, which needs a source",
    ),
    (
        "procedures/septoplasty/procedure.yaml",
        "invasiveness: surgical",
        "invasiveness: surgical\ndoes_not_apply: {risks: None.}",
        "Invalid enum value 'risks'",
    ),
    ("findings/nose.yaml", ", paper: Photographs", "", "is missing: a policy asks for it"),
    (
        "procedures/septoplasty/coverage/aetna.yaml",
        "criteria:",
        "applies: {say: A spray was used, finding: spray-months, at_least: 4 weeks}\ncriteria:",
        "comes out silent, the case expects not-met",
    ),
    ("titles/us-ca/us-ca-titles.yaml", "{from: 2024-01-01}", "{from: 2024-01-01, cites: [nhs-ear @ top]}", "no file in sources/ has"),
    ("procedures/septoplasty/coverage/aetna.yaml", "finding: photographs", "finding: pictures", "no finding or concern is called 'pictures'"),
    ("procedures/septoplasty/coverage/aetna.yaml", "{say: Photographs are there, finding: photographs}", "{finding: photographs}", "no plain-words line"),
    ("procedures/septoplasty/coverage/aetna.yaml", "at_least: 1 month", "at_least: 2 months", "comes out not-met, the case expects met"),
    ("procedures/septoplasty/coverage/aetna.yaml", "payer: aetna", "payer: cigna", "no payer is called 'cigna'"),
    ("procedures/septoplasty/coverage/aetna.yaml", "{from: 2024-01-01}", "{from: 2024-01-01, until: 2023-01-01}", "ends before it starts"),
    ("procedures/septoplasty/cases.yaml", "expect: unknown, missing: [spray-months]", "expect: unknown, missing: [photographs]", "does not list photographs"),
    (
        "procedures/septoplasty/cases.yaml",
        "given: {spray-months: 3 weeks, photographs: true}, expect: not-met",
        "given: {}, expect: unknown",
        "has no not-met case",
    ),
    ("titles/us-ca/us-ca-titles.yaml", "level: law", "level: rumour", "Invalid enum value 'rumour'"),
    ("titles/us-ca/us-ca-titles.yaml", "level: law", "level: law\nfine: 1", "unknown field `fine`"),
    ("titles/us-ca/us-ca-titles.yaml", "id: us-ca-titles", "id: us-ca-words", "is not the name of its place"),
    ("titles/us-ca/us-ca-titles.yaml", "jurisdiction: us-ca", "jurisdiction: us-zz", "no place is called 'us-zz'"),
    ("titles/us-ca/us-ca-titles.yaml", "jurisdiction: us-ca", "jurisdiction: us-tx", "'us-tx' is not the folder's name"),
    ("titles/us-ca/us-ca-titles.yaml", "may., cites: [nhs-nose @ top]", "may.", "a fact without a source"),
    ("titles/us-ca/us-ca-titles.yaml", "may., cites: [nhs-nose", "may., cites: [nhs-ear", "no file in sources/ has"),
    ("titles/us-ca/us-ca-titles.yaml", "{from: 2025-01-01}", "{from: 2025-01-01, until: 2025-01-01}", "ends before it starts"),
    ("titles/us-ca/us-ca-titles.yaml", "boards: [abx]", "boards: [aby]", "no board is called 'aby'"),
    (
        "titles/us-ca/us-ca-titles.yaml",
        "does_not_count:",
        "counts: [{say: It counts., boards: [abx], cites: [nhs-nose @ top]}]\ndoes_not_count:",
        "abx both counts and does not count",
    ),
    ("statements/credentials.yaml", "relation: recovers", "relation: mends", "Invalid enum value 'mends'"),
    ("statements/credentials.yaml", "verdict: contradicted", "verdict: disputed", "a disputed statement needs both sides"),
    ("statements/credentials.yaml", "basis: evidence", "basis: evidence\n  place: moon", "no place is called 'moon'"),
    ("statements/credentials.yaml", "least: 60", "least: 600", "`least` lies above `most`"),
    ("statements/credentials.yaml", "months., cites: [nhs-nose @ top]", "months.", "a fact without a source"),
    ("statements/credentials.yaml", "[septum heals in a week]", '["septum ~ [heals|for ever]"]', "'for ever' is read as one word"),
    ("statements/credentials.yaml", "[septum heals in a week]", '["septum ~ [heals|any week]"]', "'any week' is read as 'week'"),
    ("statements/credentials.yaml", "[septum heals in a week]", '["<snouty> septum heals"]', "uses the class <snouty>"),
    ("adverts/us-ca.yaml", "law: us-ca-titles", "law: us-ca-tides", "no title law is called 'us-ca-tides'"),
    ("adverts/us-ca.yaml", "claims: [straight-for-sure]", "claims: [bent]", "no claim in adverts is called 'bent'"),
    ("titles/us-ca/us-ca-titles.yaml", "jurisdiction: us-ca", "jurisdiction: us-tx", "'us-ca-titles' is a law of 'us-tx'"),
    ("adverts/claims/results.yaml", ', {text: "Our noses are never straight for sure."}', "", "one text that is found and one that is left alone"),
    ("adverts/claims/results.yaml", "finds: straight for sure", "finds: bent", "'bent' does not stand in its text"),
    ("adverts/claims/results.yaml", "says: [straight for sure]", 'says: ["[for ever|sure] straight"]', "is read as one word that says nothing"),
    ("adverts/claims/results.yaml", "kind: outcome", "kind: outcome\n  only_by_record: true", "only a record can tell"),
    ("lexicon/terms.yaml", "surgeon: [surgeon]", "surgeon: [surgeon, doctor]", "'doctor' already says"),
    ("lexicon/kinds.yaml", "aad: [society]", "aad: [club]", "no term is called 'club'"),
    ("lexicon/jurisdictions.yaml", "uk-sct:", "uk-zz:", "no place is called 'uk-zz'"),
    ("procedures/septoplasty/cases.yaml", "3 weeks", "3 grams", "is no months for 'spray-months'"),
    (
        "procedures/septoplasty/cases.yaml",
        "policy: aetna-septoplasty, given: {spray-months: 1 month",
        "policy: cigna-x, given: {spray-months: 1 month",
        "no policy is called",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS)
def test_planted_fault_is_found(small, file, old, new, message):
    path = small / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = problems(small)
    assert any(message in problem for problem in found), found


def test_overlapping_versions_are_found(small):
    first = (small / "procedures/septoplasty/coverage/aetna.yaml").read_text()
    (small / "procedures/septoplasty/coverage/aetna-2025.yaml").write_text(first.replace("2024-01-01", "2025-01-01"))
    assert any("overlaps the version from" in problem for problem in problems(small))


def test_a_phrase_of_two_records_is_found(small):
    (small / "payers.yaml").write_text(SMALL["payers.yaml"] + "- {id: other, name: Other, kind: insured, says: [Aetna]}\n")
    assert any("already belongs to the payer 'aetna'" in problem for problem in problems(small))


def test_a_finding_that_nothing_asks_for_is_found(small):
    path = small / "findings/nose.yaml"
    path.write_text(path.read_text() + "- {id: shoe-size, type: number, unit: count, role: measure, question: Shoe size?, cues: [shoe]}\n")
    assert any("no rule asks for this finding" in problem for problem in problems(small))


def test_broken_yaml_names_the_line(small):
    (small / "payers.yaml").write_text("- {id: aetna\n  name: [\n")
    assert any("payers.yaml: line" in problem and "not readable YAML" in problem for problem in problems(small))
