"""The pages that check a provider: who is meant, what is on record, what no record can tell; and that nothing typed runs, stays or leaks."""

import json
import re
from datetime import date

import pytest

from gillies.door import open_records
from gillies.registry.lookup import Registry
from gillies.registry.vet.asked import answer, question
from gillies.web.vetted import view
from tests.registry.made import npi
from tests.web.test_pages import NASTY, assert_harmless

ON = date(2026, 11, 21)
SQL = "Robert'); DROP TABLE provider;-- \" OR 1=1"


def page(http, **fields):
    """The page that a filled form leads to."""
    told = http.post("/provider", data={"procedure": "nose job", **fields})
    assert told.status_code == 200, told.text
    assert_harmless(told.text)
    return told.text


def part(html, of):
    """The section under a heading."""
    return html.partition(f'id="{of}"')[2].partition("</section>")[0]


def test_a_number_leads_to_all_that_is_on_record(http):
    told = page(http, who=npi(1))
    assert "<h1>MARY ABERSON, M.D.</h1>" in told
    assert "On the list of the excluded; NPI and name agree" in told.partition('class="card fitness')[0], "an alert stands before all else"
    assert "Specialties, self-reported" in told
    assert re.search(r"code 207Y00000X, self-reported", told)
    assert 'href="/learn/pathways/otolaryngology"' in told
    assert "Licence in CA: A99 (self-reported; nobody checked it)" in part(told, "a-on-record")
    assert "Original Medicare paid for code 30420 31 times" in part(told, "a-on-record")
    assert "Whether this person is board certified today" in part(told, "cannot")
    assert 'href="https://www.certificationmatters.org"' in part(told, "verify")
    assert "What an advert may call this person in CA" in told


def test_there_are_three_answers_and_no_record_is_never_a_no(http):
    for number in range(1, 9):
        told = page(http, who=npi(number), state="CA")
        assert [re.search(f'id="a-{answer}">([^<]+)', told)[1] for answer in ("on-record", "contrary", "no-record")] == [
            "On record", "On record to the contrary", "No record (no proof either way)",
        ]  # fmt: skip
    assert f"NPI {npi(6)} was deactivated" in part(page(http, who=npi(6)), "a-contrary")
    assert "reinstated since" in part(page(http, who=npi(5)), "a-contrary")
    assert "No exclusion from federal health programmes is on record" in part(page(http, who=npi(9)), "a-no-record")


def test_an_advert_is_held_against_the_law_of_the_place(http):
    told = page(http, who=npi(2), state="CA", advert="board certified dermatologist")
    assert "The advert says board certified" in part(told, "look")
    assert "no specialty reported suggests that training" in part(told, "look")
    assert "Counts:" in part(told, "advert") or "Named neither way:" in part(told, "advert")


def test_several_of_a_name_are_listed_and_one_is_chosen(http):
    told = page(http, who="Iberson, Ann")
    assert "Which one do you mean?" in told
    assert re.findall(r'name="npi" value="(\d+)"', told) == [npi(9), npi(10)]
    chosen = page(http, who="Iberson, Ann", npi=npi(10))
    assert "<h1>ANN IBERSON" in chosen
    assert "‹ Back to the list" in chosen
    assert "RENO" in chosen


def test_a_place_narrows_a_name_down(http):
    told = page(http, who="ann iberson", state="NV")
    assert "<h1>ANN IBERSON" in told
    assert "Found by name: the only one so named" in told
    assert "<h1>ANN IBERSON" in page(http, who="ann iberson", city="Reno")
    assert "Which one" in page(http, who="ann iberson", zip="94609-1234")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("Mary Neberson", "letter"), ("Mary Abersen", "surname ABERSON is 1 letter off"), (npi(3)[:-1] + str((int(npi(3)[-1]) + 1) % 10), "one digit differs")],
)
def test_whoever_is_called_otherwise_has_to_be_chosen_and_the_typing_error_is_told(http, typed, why):
    told = page(http, who=typed)
    assert "Which one do you mean?" in told
    assert why in told


def test_nobody_found_is_no_proof(http):
    assert "That is no proof that there is nobody" in page(http, who="Zzyx Qwopol")
    assert "That is no proof that there is none" in page(http, who="1234567893")


@pytest.mark.parametrize(
    ("fields", "says", "field"),
    [
        ({"who": ""}, "Type a name", "who"), ({"who": "Ann", "procedure": ""}, "Say for what", "procedure"),
        ({"who": "Ann", "procedure": "rinoplasty"}, "Did you mean rhinoplasty", "procedure"), ({"who": "Ann", "zip": "12"}, "five digits", "zip"),
        ({"who": "Ann", "procedure": "qqqq"}, "Look through the lists under Learn", "procedure"),
        ({"who": "Ann Iberson", "city": "Oaklnd"}, "Did you mean OAKLAND", "city"), ({"who": "Ann", "zip": "00000"}, "00000", "zip"),
        ({"who": "???"}, "no letter that names are compared by", "who"), ({"who": "12345"}, "is no NPI", "who"),
        ({"who": "x" * 300}, "at most 200", "who"), ({"who": "Ann", "procedure": "x" * 300}, "at most 100", "procedure"),
        ({"who": "Ann", "advert": "x " * 4000}, "at most 5,000", "advert"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost(http, fields, says, field):
    told = http.post("/provider", data={"procedure": "nose job", **fields})
    assert told.status_code == 422
    assert says in told.text.replace("&#39;", "'")
    assert "--" not in re.sub(r"<!--.*?-->", "", told.text.partition('id="wrong"')[2].partition("</p>")[0]), "no flags of the command line"
    assert re.search(f'name="{field}"[^>]*aria-invalid="true"', told.text) or field == "advert"
    assert_harmless(told.text)
    for name, value in fields.items():
        assert " ".join(value.split())[:100] in told.text, name


@pytest.mark.parametrize("fields", [{"npi": "1"}, {"npi": "1234567890"}, {"npi": SQL}, {"state": "XX"}, {"state": "<b>"}])
def test_a_form_that_is_not_ours_is_refused(http, fields):
    assert http.post("/provider", data={"who": "Ann", "procedure": "nose job", **fields}).status_code == 400


@pytest.mark.parametrize(
    "typed", [SQL, NASTY, "' UNION SELECT * FROM provider --", "\x00\x1b[31m", "{{7*7}}", "%s%n", "../../etc/passwd", "ａｎｎ ｉｂｅｒｓｏｎ"]
)
def test_whatever_is_typed_as_a_name_does_no_harm(http, typed):
    for field in ("who", "procedure", "city", "advert"):
        told = http.post("/provider", data={"who": "Ann Iberson", "procedure": "nose job", field: typed})
        assert told.status_code in (200, 422)
        assert "<script>alert" not in told.text
        assert "<img" not in told.text
        assert "SQL" not in told.text or "SELECT" in typed
    assert page(http, who=npi(1)).count("ABERSON") > 1, "everybody is still there"


def test_a_name_with_signs_that_steer_a_screen_is_shown_without_them(http):
    assert "\x1b" not in page(http, who=npi(8))


def test_only_a_form_is_taken(http):
    assert http.post("/provider", json={"who": "Ann"}).status_code == 415
    assert http.post("/provider", files={"who": b"Ann"}).status_code == 415
    assert http.post("/provider", data={"who": "Ann", "advert": "x" * 70_000}).status_code == 413


def test_nothing_typed_stands_in_an_address_or_in_the_log(server, http):
    page(http, who="Zanzibaria Quuxley", city="")
    http.post("/provider", data={"who": "Zanzibaria", "procedure": "quuxley"})
    assert "zanzibaria" not in server.log.lower()
    assert "quuxley" not in server.log.lower()
    assert {json.loads(line).get("route") for line in server.log.splitlines()} >= {"/provider"}
    form = http.get("/provider", params={"for": "rhinoplasty"}).text
    assert 'action="/provider"' in form
    assert 'method="get"' not in form
    assert "Nose reshaping (rhinoplasty)" in form


def test_old_files_are_told_before_all_else(registry, tmp_path_factory):
    import httpx

    from tests.web.served import served

    folder = tmp_path_factory.mktemp("stale")
    with served(folder, "--registry", str(registry), "--on", "2027-11-21") as running, httpx.Client(base_url=running.url, timeout=60) as client:
        for fields in ({"who": npi(1)}, {"who": "ann iberson"}, {"change": "1"}):
            told = client.post("/provider", data={"procedure": "nose job", **fields}).text
            main = told.partition("<main")[2]
            assert main.index("These files are old") < main.index("<h1")
        answer = client.post("/api/v1/vet", json={"provider": npi(1), "procedure": "nose job"})
        assert next(iter(answer.json())) == "stale"
        assert answer.json()["stale"]


def test_made_up_people_are_plainly_marked(http):
    assert "made up" in http.get("/provider").text.partition("<h1")[0]
    assert "made up" in page(http, who="ann iberson").partition("<h1")[0]
    assert "made up" in page(http, who=npi(1)).partition("<h1")[0]


def test_without_a_registry_it_says_kindly_how_to_make_one(bare):
    for told in (bare.get("/provider"), bare.post("/provider", data={"who": "Ann Iberson", "procedure": "nose job"})):
        assert told.status_code == 200
        assert "gillies registry sample -o try" in told.text
        assert "gillies serve --registry" in told.text
        assert 'href="https://npiregistry.cms.hhs.gov' in told.text
        assert_harmless(told.text)
    assert bare.post("/api/v1/vet", json={"provider": npi(1), "procedure": "nose job"}).status_code == 404
    assert "--registry FOLDER" in bare.post("/api/v1/find", json={"text": "Ann"}).json()["error"]


def test_everything_in_an_answer_is_on_its_page(registry):
    records = open_records()
    with Registry(registry) as opened:
        for number in range(1, 11):
            told = answer(opened, npi(number), question("rhinoplasty", "CA", "board certified plastic surgeon", ON, records), records)
            shown = view(told, records)
            listed = [fact.line.say for _, _, facts in shown.record for fact in facts] + [fact.line.say for fact in shown.more_places]
            assert set(listed) == {fact.say for fact in told.on_record if fact.about != "specialty" or not told.fit}
            assert len(shown.reported) == len(told.fit)
            assert len(shown.alerts) + len(shown.flags) == len(told.flags)
            assert sum(len(places) for _, places in shown.verify) == len(told.verify_at)
            assert [number for number, _ in shown.sources] == list(range(1, len(shown.sources) + 1))


def test_links_lead_here_from_everywhere(http):
    for path in ("/", "/learn", "/about", "/learn/procedures/rhinoplasty", "/text"):
        assert 'href="/provider' in http.get(path).text, path
    told = http.post("/answer", data={"text": "I want a facelift. I live in California."}).text
    form = told.partition('action="/provider"')[2].partition("</form>")[0]
    assert 'value="Facelift' in form
    assert 'href="/text"' in form
