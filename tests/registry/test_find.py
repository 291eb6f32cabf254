"""Searching a registry: by number, by name however it was typed, by specialty and place. Everybody here is made up."""

from contextlib import suppress

import msgspec
import pytest

from gillies.door import open_records
from gillies.errors import InputError
from gillies.registry.lookup import Registry
from gillies.registry.search.asked import Ask
from gillies.registry.search.find import find
from tests.registry.made import NUCC, ON, OTHERNAME, PL, built, npi, nppes, person, plain, rows_of

KNOWLEDGE = open_records()
NOSES, SKIN, FAMILY, PLASTIC = "207Y00000X", "207N00000X", "207Q00000X", "208200000X"
PEOPLE = [
    person(1, last="O'NEIL", first="JANE", code=NOSES, zip="94110", city="SAN FRANCISCO", **{"Provider Credential Text": "M.D."}),
    person(2, last="SMITH-GARCIA", first="ROBERT", code=SKIN, former="QUIBBLE", former_kind="1", state="NY", city="NEW YORK", zip="10016"),
    person(3, last="DE LA CRUZ", first="MARIA", code=FAMILY, **{"Provider Middle Name": "ISABEL"}),
    person(4, last="MUÑOZ", first="JOSÉ", code=PLASTIC, zip="94612"),
    person(5, last="MCDONALD", first="ANH", code=PLASTIC, zip="94143", city="SAN FRANCISCO"),
    person(6, last="DO", first="ANH", code=FAMILY, state="TX", city="AUSTIN", zip="78701"),
    person(7, last="ABERNATHY", first="WILLIAM", code=PLASTIC, deactivated="10/01/2026", zip="94110", city="SAN FRANCISCO"),
    person(8, last="ABERNETHY", first="WILHELMINA", code="2084P0800X", state="WA", city="SEATTLE", zip="98104"),
    {"npi": npi(20), "entity": "2", "organization": "BAY AREA NOSE & THROAT CENTER, INC.", "code": NOSES, "state": "CA", "city": "OAKLAND", "zip": "94609"},
    {"npi": npi(21), "entity": "2", "organization": "QUIXOTIC HOLDINGS LLC", "code": "261QM2500X", "state": "CA", "city": "OAKLAND", "zip": "94609"},
]  # fmt: skip
BUSINESS = [{"NPI": npi(21), OTHERNAME[1]: "GOLDEN GATE DERMATOLOGY", OTHERNAME[2]: "3"}]
SECOND = [{"NPI": npi(2), PL[1]: "2 SAMPLE ST", PL[3]: "OAKLAND", PL[4]: "CA", PL[5]: "94618"}]
LISTED = [{"Code": "2084P0800X", "Grouping": "SAMPLE", "Classification": "SAMPLE MINDS", "Specialization": "HEADS", "Display Name": "Sample heads"}]


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    parts = {"othername_pfile_20050523_TO_20261109__csv": rows_of(OTHERNAME, BUSINESS), "pl_pfile_20050523_TO_20261109__csv": rows_of(PL, SECOND)}
    (folder / "nucc.csv").write_bytes(plain(NUCC, LISTED))
    built(folder / "r", nppes(folder, PEOPLE, **parts), nucc=folder / "nucc.csv")
    with Registry(folder / "r") as opened:
        yield opened


@pytest.fixture
def who(registry):
    """Numbers of those found, the likeliest first: 1 for the first of PEOPLE."""

    def ask(text="", **asked):
        return [int(str(each.npi)[1:9]) for each in find(registry, Ask(text=text, **asked), KNOWLEDGE, ON).results]

    return ask


@pytest.fixture
def why(registry):
    """The reasons for the likeliest."""

    def ask(text="", **asked):
        return [reason.say for reason in find(registry, Ask(text=text, **asked), KNOWLEDGE, ON).results[0].why]

    return ask


@pytest.mark.parametrize(
    "typed",
    [
        "Jane O'Neil", "jane oneil", "O'NEIL, JANE", "O’Neil Jane", "Dr. Jane O'Neil MD", "Jane O'Neil, M.D., FACS", "Prof. Dr. J. O'Neil", "Jane O Neil",
        "O'Niel, Jane", "Jnae ONeill", "oneil", "JANE  O`NEIL", "Jane O'Neil Jr.", "  jane\to'neil ",
    ],
)  # fmt: skip
def test_one_name_many_ways(who, typed):
    assert who(typed)[0] == 1


@pytest.mark.parametrize(
    ("typed", "number", "reason"),
    [
        ("Bob Smith-Garcia", 2, "BOB and ROBERT are used for each other"),
        ("Robert Smithgarcia", 2, "surname as typed"),
        ("Robert Garcia", 2, "GARCIA is part of the surname"),
        ("Robert Smith", 2, "SMITH is part of the surname"),
        ("Robert Quibble", 2, "former name: ROBERT QUIBBLE"),
        ("Maria de la Cruz", 3, "surname as typed"),
        ("Maria Delacruz", 3, "surname as typed"),
        ("Cruz, Maria", 3, "CRUZ is part of the surname"),
        ("Maria I. de la Cruz", 3, "the middle name fits"),
        ("Isabel de la Cruz", 3, "ISABEL is the middle name"),
        ("de la Cruz Maria", 3, "first and last name swapped"),
        ("Jose Munoz", 4, "surname as typed"),
        ("Pepe Muñoz", 4, "another first name: JOSE"),
        ("Anh Mc Donald", 5, "surname as typed"),
        ("Anh Macdonald", 5, "surname MCDONALD is 1 letter off"),
        ("Anh Do", 6, "surname as typed"),
        ("Do, Anh", 6, "surname as typed"),
        ("Bill Abernathy", 7, "BILL and WILLIAM are used for each other"),
        ("W Abernathy", 7, "first name by its initial (W)"),
        ("Wil Abernethy", 8, "first names WIL and WILHELMINA begin alike"),
    ],
)
def test_why_somebody_is_found(who, why, typed, number, reason):
    assert who(typed)[0] == number
    assert reason in why(typed)


@pytest.mark.parametrize(
    ("typed", "number", "reason"),
    [
        ("Bay Area Nose and Throat", 20, "all words as typed"),
        ("throat center bay", 20, "all words as typed"),
        ("Bay Area Nose & Throta Cneter", 20, "THROAT is 1 letter off"),
        ("Golden Gate Dermatology Inc", 21, "does business as GOLDEN GATE DERMATOLOGY"),
        ("Golden Gate Dermatology Associates", 21, "not in the name: ASSOCIATES"),
    ],
)
def test_organisations_by_their_words(who, why, typed, number, reason):
    assert who(typed)[0] == number
    assert reason in why(typed)


def test_only_persons_or_only_organisations(who):
    assert who("golden gate dermatology", kind="person") == []
    assert who("jane oneil", kind="organisation") == []
    assert who(specialty=NOSES) == [1, 20]
    assert who(specialty=NOSES, kind="person") == [1]
    assert who(specialty=NOSES, kind="organisation") == [20]


def test_by_number(who, why, registry):
    assert who(npi(3)) == [3]
    assert who(f"NPI: {npi(3)[:4]} {npi(3)[4:]}") == [3]
    assert find(registry, Ask(text="1234567893"), KNOWLEDGE, ON).notes == (
        "No provider with the NPI 1234567893 is on record. That is no proof that there is none.",
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda digits: digits[:3] + digits[4] + digits[3] + digits[5:], ""),
        (lambda digits: digits[:8] + str((int(digits[8]) + 1) % 10) + digits[9], "one digit differs"),
        (lambda digits: digits[:9], "one digit is missing"),
        (lambda digits: digits[:9] + "7" + digits[9], "one digit too many"),
        (lambda digits: digits[:8] + digits[9] + digits[8], "two digits swapped"),
    ],
)
def test_a_wrong_check_digit_is_told_and_who_may_be_meant(registry, change, reason):
    typed = change(npi(7))
    if not reason:  # two zeros swapped are the same number
        assert typed == npi(7)
        return
    found = find(registry, Ask(text=typed), KNOWLEDGE, ON)
    assert f"{typed} is no NPI" in found.notes[0]
    assert (int(npi(7)), reason) in [(each.npi, each.why[0].say) for each in found.results]


def test_places_narrow_a_name_down(who):
    assert who("abernathy") == [7, 8]
    assert who("abernathy", state="Washington") == who("abernathy", city="seattle") == who("abernathy", zip="98101", miles=5) == [8]
    assert who("abernathy", specialty=PLASTIC) == who("abernathy", procedure="rhinoplasty") == [7]
    assert who("smith", city="Oakland", state="ca") == [2]  # the second place of practice
    with pytest.raises(InputError, match="a town called 'Oakland' in NY"):
        who("smith", city="Oakland", state="NY")


def test_near_a_zip_the_nearest_first(registry, who):
    assert who(specialty="plastic surgeon", zip="94110", miles=3) == [7, 5]
    assert who(specialty="plastic surgeon", zip="94110", miles=25) == [7, 5, 4]
    found = find(registry, Ask(specialty="dermatologist", zip="94110-1234", miles=25), KNOWLEDGE, ON).results
    assert [(each.place.city, each.place.zip5) for each in found] == [("OAKLAND", "94618")]  # not New York
    assert 8 < found[0].distance.miles < 14
    assert found[0].distance.km == pytest.approx(found[0].distance.miles * 1.609344, abs=0.1)


def test_a_zip_without_a_middle_is_put_among_its_neighbours(registry):
    unknown = next(code for code in range(94100, 94200) if registry.index.around.is_rough(str(code)))
    found = find(registry, Ask(specialty=PLASTIC, zip=str(unknown)), KNOWLEDGE, ON)
    assert found.notes == (f"Where the ZIP {unknown} lies is not known here: distances are from the middle of all that begin with 941.",)
    assert all(each.distance.rough for each in found.results)
    with pytest.raises(InputError, match="where the ZIP 00000 lies is not known here"):
        find(registry, Ask(specialty=PLASTIC, zip="00000"), KNOWLEDGE, ON)


def test_who_is_on_record_in_a_pathway_that_trains_for_a_procedure(registry):
    found = find(registry, Ask(procedure="septoplasty", zip="94110", miles=25), KNOWLEDGE, ON)
    assert [each.training.fit for each in found.results] == ["core"] * found.total
    assert {int(npi(1)), int(npi(20))} <= {each.npi for each in found.results}
    assert {each.code for each in found.asked.codes} >= {NOSES, PLASTIC}
    assert FAMILY not in {each.code for each in found.asked.codes}
    assert all(any(specialty.wanted for specialty in each.specialties) for each in found.results)


def test_a_specialty_by_the_users_own_list(who):
    assert who(specialty="sample heads") == [8]
    with pytest.raises(InputError, match="no procedure or specialty is called 'cloud reading'"):
        who(specialty="cloud reading")


def test_deactivated_numbers_are_marked(registry):
    (seventh, *_) = find(registry, Ask(text="William Abernathy"), KNOWLEDGE, ON).results
    assert str(seventh.deactivated) == "2026-10-01"


@pytest.mark.parametrize(
    ("asked", "say"),
    [
        ({}, "nothing to look for"),
        ({"text": "\x00\x07 \t"}, "nothing to look for"),
        ({"text": "x" * 10_000}, "10,000 letters"),
        ({"text": "%"}, "holds no letter"),
        ({"text": "日本"}, "holds no letter"),
        ({"text": "12345"}, "it has 5 digits"),
        ({"text": "x", "state": "Narnia"}, "is no state"),
        ({"text": "x", "city": "Okaland"}, "Did you mean OAKLAND"),
        ({"text": "x", "city": "''"}, "in a town called"),
        ({"text": "x", "zip": "9411"}, "is no ZIP"),
        ({"text": "x", "zip": "94110'; DROP"}, "is no ZIP"),
        ({"text": "x", "miles": 5.0}, "needs the ZIP"),
        ({"text": "x", "zip": "94110", "miles": float("nan")}, "--miles nan"),
        ({"text": "x", "zip": "94110", "miles": 9999.0}, "--miles 9999"),
        ({"text": "x", "most": 0}, "--most 0"),
        ({"procedure": "septoplastee"}, "Did you mean"),
        ({"procedure": "dermatologist"}, "no procedure is called"),
        ({"specialty": "2084N0400X"}, "nobody on record reports"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(registry, asked, say):
    with pytest.raises(InputError) as told:
        find(registry, Ask(**asked), KNOWLEDGE, ON)
    assert say in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE provider; --", "x' OR '1'='1", "_NEIL", "O%", "$[0]", "{}", "\\", "O\u202eNEIL", "a\x00b", "NULL", "nan", "-- /*"]
)
def test_signs_in_names_are_harmless(registry, typed):
    with suppress(InputError):  # some hold no letter at all
        assert msgspec.json.encode(find(registry, Ask(text=typed), KNOWLEDGE, ON))
    assert registry.con.execute("SELECT count(*) FROM provider").fetchone() == (len(PEOPLE),)


def test_sources_past_their_shelf_life_are_told(registry):
    later = ON.replace(year=2027)
    assert "relied on for 45 days" in find(registry, Ask(text="Jane Oneil"), KNOWLEDGE, later).stale[0]
    assert find(registry, Ask(text="Jane Oneil"), KNOWLEDGE, ON).stale == ()


def test_whoever_has_a_registry_open_searches_on_while_a_new_one_takes_its_place(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1, last="OLDHAM")]))
    with Registry(tmp_path / "r") as old:
        built(tmp_path / "r", nppes(tmp_path, [person(1, last="NEWHAM")]))
        assert [each.name for each in find(old, Ask(text="oldham"), KNOWLEDGE, ON).results] == ["MARY OLDHAM"]
    with Registry(tmp_path / "r") as new:
        assert [each.name for each in find(new, Ask(text="newham"), KNOWLEDGE, ON).results] == ["MARY NEWHAM"]


def test_a_registry_without_its_search_files_says_so(tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1)]))
    (folder,) = (tmp_path / "r").glob("registry-*/search")
    folder.rename(tmp_path / "away")
    with pytest.raises(InputError, match="build the registry anew"):
        Registry(tmp_path / "r")


def test_nobody_at_all_is_no_fault(tmp_path):
    """Only deactivated numbers: no name, no specialty, no town is filed."""
    empty = {"npi": npi(1), "entity": "", "deactivated": "01/01/2020"}
    built(tmp_path / "r", nppes(tmp_path, [empty]))
    with Registry(tmp_path / "r") as registry:
        assert find(registry, Ask(text="jane oneil"), KNOWLEDGE, ON).total == 0
        assert find(registry, Ask(text=npi(1)), KNOWLEDGE, ON).results[0].deactivated.year == 2020
        with pytest.raises(InputError, match="nobody on record reports"):
            find(registry, Ask(procedure="rhinoplasty"), KNOWLEDGE, ON)
