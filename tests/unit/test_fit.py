"""How reported specialties fit a procedure, on the real knowledge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.assess.fit import ORDER, codes_for, fit, procedure_of, suggested, understood
from gillies.door import open_records
from gillies.errors import InputError

KNOWLEDGE = open_records()
PLASTIC, EAR_NOSE_THROAT, FAMILY, GENERAL_SURGERY = "208200000X", "207Y00000X", "207Q00000X", "208600000X"
CODES = st.lists(st.sampled_from([*KNOWLEDGE.specialties, "207RN0300X", "2084P0800X", "nonsense"]), max_size=15)
PROCEDURES = st.sampled_from(list(KNOWLEDGE.procedures))


def test_the_best_of_all_codes_counts_and_is_told():
    held = fit([FAMILY, EAR_NOSE_THROAT], "rhinoplasty", KNOWLEDGE)
    assert held.fit == "core"
    assert held.best.code == EAR_NOSE_THROAT
    assert held.best.hand.pathway == "otolaryngology"
    assert [one.fit for one in held.each] == ["outside", "core"]


def test_the_accreditors_least_number_stands_with_the_fit():
    held = fit(["2086S0122X"], "rhinoplasty", KNOWLEDGE)
    assert "at least 150 cosmetic procedures" in held.best.hand.logged
    assert held.best.hand.boards == ("abps", "aobs")
    assert {cite.partition(" @ ")[0] for cite in held.cites} <= set(KNOWLEDGE.sources)


def test_outside_says_what_is_on_file_and_what_no_code_can_show():
    held = fit([GENERAL_SURGERY], "breast-augmentation", KNOWLEDGE)
    assert held.fit == "outside"
    assert held.why == "General surgery: the training that this suggests does not hold breast augmentation, as far as is on file."
    assert [hand.pathway for hand in held.unseen] == ["cosmetic-surgery-fellowship"]  # may follow general surgery, and has no code


def test_what_tells_no_training_is_unknown_not_outside():
    assert fit([], "facelift", KNOWLEDGE).fit == "unknown"
    assert fit(["174400000X", "390200000X"], "facelift", KNOWLEDGE).fit == "unknown"  # a specialist of no kind told, somebody in training
    assert fit(["2084P0800X"], "facelift", KNOWLEDGE).fit == "unknown"  # psychiatry: not on file
    assert fit(["207P00000X"], "facelift", KNOWLEDGE).why == "Emergency medicine: what this training holds is not on file here."
    assert fit(["207P00000X"], "facelift", KNOWLEDGE).fit == "unknown"
    assert fit(["174400000X", FAMILY], "facelift", KNOWLEDGE).fit == "outside"


def test_a_branch_that_is_not_on_file_goes_by_its_field():
    kidneys = suggested("207RN0300X", KNOWLEDGE)
    assert (kidneys.name, kidneys.how, kidneys.pathways) == ("a branch of internal medicine", "branch", ("internal-medicine",))
    nutrition = suggested("2086P0122X", KNOWLEDGE)  # once taken for plastic surgery, which it is not
    assert nutrition.pathways == ("general-surgery",)


@pytest.mark.parametrize(
    ("code", "profession"),
    [(PLASTIC, "physician"), ("1223S0112X", "dentist"), ("204E00000X", "dentist"), ("363LF0000X", "nurse"), ("363AS0400X", "physician-assistant"),
     ("163W00000X", "nurse"), ("213E00000X", "podiatrist"), ("183500000X", "pharmacist"), ("111N00000X", "other"), ("", "other")],
)  # fmt: skip
def test_professions_of_codes(code, profession):
    assert suggested(code, KNOWLEDGE).profession == profession


@settings(deadline=None)
@given(codes=CODES, procedure=PROCEDURES)
def test_any_codes_fit_any_procedure_somehow(codes, procedure):
    held = fit(codes, procedure, KNOWLEDGE)
    assert held.fit == min((one.fit for one in held.each), key=ORDER.get, default="unknown")
    assert [one.code for one in held.each] == list(dict.fromkeys(codes))
    for one in held.each:
        assert (one.hand is not None) == (one.fit not in ("outside", "unknown"))
        assert one.why


@settings(deadline=None)
@given(codes=CODES, more=CODES, procedure=PROCEDURES)
def test_more_codes_never_make_the_fit_worse(codes, more, procedure):
    assert ORDER[fit([*codes, *more], procedure, KNOWLEDGE).fit] <= ORDER[fit(codes, procedure, KNOWLEDGE).fit] or not codes


@settings(deadline=None)
@given(procedure=PROCEDURES)
def test_search_by_procedure_and_fit_agree(procedure):
    found = {one.code: one.fit for one in codes_for(understood(procedure, KNOWLEDGE), KNOWLEDGE)}
    for code in KNOWLEDGE.specialties:
        own = fit([code], procedure, KNOWLEDGE).fit
        assert found.get(code, own) == own
        assert (code in found) == (own in ("core", "fellowship", "related"))


def test_codes_for_a_specialty():
    found = {one.code: one.fit for one in codes_for(understood("Plastic Surgery", KNOWLEDGE), KNOWLEDGE)}
    assert found == {"208200000X": "core", "2082S0099X": "core", "2086S0122X": "core", "2082S0105X": "related"}
    assert understood("dermatologist", KNOWLEDGE).pathways == ("dermatology",)
    assert [one.code for one in codes_for(understood("Dermatology of children", KNOWLEDGE), KNOWLEDGE)] == ["207NP0225X"]
    assert [one.code for one in codes_for(understood("207y00000x", KNOWLEDGE), KNOWLEDGE)] == [EAR_NOSE_THROAT]


def test_codes_of_a_registry_may_be_branches_that_are_not_on_file():
    wanted = understood("dermatology", KNOWLEDGE)
    assert [(one.code, one.name) for one in codes_for(wanted, KNOWLEDGE, ["207NX9999X", FAMILY])] == [("207NX9999X", "a branch of dermatology")]


def test_procedures_go_by_any_of_their_names():
    assert procedure_of("Nose Job", KNOWLEDGE).id == procedure_of("rhinoplasty", KNOWLEDGE).id == "rhinoplasty"
    assert understood("breast augmentation", KNOWLEDGE).id == "breast-augmentation"


def test_a_name_that_is_not_there_gets_near_misses():
    with pytest.raises(InputError, match=r"no procedure or specialty is called 'rinoplasty'\. Did you mean rhinoplasty"):
        understood("rinoplasty", KNOWLEDGE)
    with pytest.raises(InputError, match="`gillies show` lists what there is"):
        understood("zzzz", KNOWLEDGE)


def test_every_likeliest_pathway_word_and_profession_is_used():
    """What an advert's word makes people think of is a pathway that some code or some procedure knows."""
    known = {pathway for held in KNOWLEDGE.specialties.values() for pathway in held.pathways}
    assert {pathway for word in KNOWLEDGE.adverts.values() for pathway in word.pathways} <= known
    assert {suggested(code, KNOWLEDGE).profession for code in KNOWLEDGE.specialties} == set(KNOWLEDGE.professions)
