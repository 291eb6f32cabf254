"""The two checks in a real browser: by keyboard alone, without JavaScript, on a phone, with a screen reader's eyes, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.registry.made import npi
from tests.web.browser.looking import barriers, keeps_to_itself, pages_of, tab_to

WORDS = (
    "Cosmetic surgery is a medical specialty. Botox is permanent. All fillers can be dissolved. "
    + "Nobody tells what can go wrong, or how long it lasts. " * 12
)


def look_up(seen, who="", procedure="nose job", **more):
    page = seen.to("/provider")
    page.get_by_label("Name, or NPI").fill(who)
    page.get_by_label("For what?").fill(procedure)
    for label, value in more.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Look it up").click()
    return page


def check(seen, text):
    page = seen.to("/text")
    page.get_by_role("textbox", name="Is what you read right?").fill(text)
    page.get_by_role("button", name="Check it").click()
    return page


PAGES = {
    "provider": lambda seen: seen.to("/provider"),
    "nobody named": lambda seen: expect(look_up(seen).locator(".wrong")).to_be_visible(),
    "town misspelt": lambda seen: expect(look_up(seen, "Ann Iberson", City="Oaklnd").locator(".wrong")).to_be_visible(),
    "several": lambda seen: expect(look_up(seen, "Ann Iberson").get_by_role("heading", name="Which one")).to_be_visible(),
    "nobody found": lambda seen: expect(look_up(seen, "Zzyx Qwopol").get_by_role("heading", name="Nobody found")).to_be_visible(),
    "vetted": lambda seen: expect(look_up(seen, npi(1)).get_by_role("heading", name="MARY ABERSON")).to_be_visible(),
    "deactivated": lambda seen: expect(look_up(seen, npi(6)).get_by_role("heading", name="No name on record")).to_be_visible(),
    "a firm": lambda seen: expect(look_up(seen, npi(7)).get_by_role("heading", name="SAMPLE SURGERY CENTER")).to_be_visible(),
    "text": lambda seen: seen.to("/text"),
    "no text": lambda seen: expect(check(seen, "").locator(".wrong")).to_be_visible(),
    "checked": lambda seen: expect(check(seen, WORDS).locator("#v1")).to_be_visible(),
    "nothing known": lambda seen: expect(check(seen, "The weather was fine.").get_by_text("No statement was found")).to_be_visible(),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_barrier_that_axe_can_find(visit, name):
    """WCAG 2.2 AA and good practice, on a phone and a desk, light and dark."""
    seen = visit("phone")
    PAGES[name](seen)
    assert barriers(seen.page) == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_anybody_else_or_keeps_anything_or_is_too_wide(visit, name):
    seen = visit("phone")
    PAGES[name](seen)
    assert {asked for asked in pages_of(seen) if "?" in asked} == set(), "nothing typed stands in an address"
    keeps_to_itself(seen)


def test_a_provider_by_keyboard_alone_from_the_start_to_the_list_and_one_of_it(visit):
    page = visit().to("/")
    tab_to(page, "e.textContent === 'Check a provider'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check a provider")
    tab_to(page, "e.name === 'who'")
    page.keyboard.type("anne ibberson")
    tab_to(page, "e.name === 'procedure'")
    page.keyboard.type("facelift")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one do you mean?")
    expect(page.get_by_text("surname IBERSON is 1 letter off").first).to_be_visible()
    tab_to(page, f"e.name === 'npi' && e.value === '{npi(10)}'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ANN IBERSON")
    tab_to(page, "e.textContent === 'Where to verify it'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where to verify it")).to_be_in_viewport()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one do you mean?")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ANN IBERSON")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ANN IBERSON")


def test_a_provider_on_a_phone_without_javascript_there_and_back(visit):
    page = look_up(visit("phone", "dark", javascript=False), "Ann Iberson", "face lift")
    page.get_by_role("button", name="Choose").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ANN IBERSON")
    page.get_by_role("button", name="Back to the list").click()
    page.get_by_role("button", name="Change what you asked").click()
    expect(page.get_by_label("Name, or NPI")).to_have_value("Ann Iberson")
    expect(page.get_by_label("For what?")).to_have_value("face lift")


def test_from_an_answer_to_a_provider_with_the_procedure_filled_in(visit):
    page = visit().example(2, "See my answer")
    page.get_by_role("button", name="Check a provider for it").click()
    expect(page.get_by_label("For what?")).to_have_value(re.compile("eyelid", re.IGNORECASE))
    page = visit().to("/learn/procedures/rhinoplasty")
    page.get_by_role("link", name="Check a provider for it").click()
    expect(page.get_by_label("For what?")).to_have_value("Nose reshaping (rhinoplasty)")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_text_there_and_back(visit, javascript):
    page = check(visit("phone", javascript=javascript), WORDS)
    expect(page.get_by_role("heading", name="contradicted").first).to_be_visible()
    page.get_by_role("link", name="contradicted, verdict 2").click()
    expect(page.locator("#v2")).to_be_in_viewport()
    page.get_by_role("button", name="Change the text").click()
    expect(page.get_by_role("textbox", name="Is what you read right?")).to_have_value(WORDS)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_checked_and_the_way_back_is_there(visit, tmp_path, javascript):
    (tmp_path / "leaflet.html").write_text(f"<!doctype html><title>A leaflet</title><h1>A leaflet</h1><p>{WORDS}")
    page = visit(javascript=javascript).to("/text")
    page.get_by_label("Or a file").set_input_files(tmp_path / "leaflet.html")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A leaflet")
    expect(page.locator("#v2")).to_contain_text("contradicted")
    page.get_by_role("link", name="Check another", exact=False).first.click()
    expect(page.get_by_label("Or a file")).to_have_value("")


def test_a_text_by_keyboard_alone(visit):
    page = visit().to("/text")
    tab_to(page, "e.name === 'text'")
    page.keyboard.type("Botox is permanent.")
    tab_to(page, "e.name === 'country'")
    page.keyboard.type("California")
    tab_to(page, "e.textContent === 'Check it'")
    page.keyboard.press("Enter")
    expect(page.get_by_text("by the rules on adverts of California")).to_be_visible()
    tab_to(page, "e.classList.contains('to')")
    page.keyboard.press("Enter")
    expect(page.locator("#v1")).to_be_in_viewport()
    tab_to(page, "e.tagName === 'SUMMARY'")
    page.keyboard.press("Enter")
    expect(page.locator("#v1 .sources li").first).to_be_visible()


def test_a_checked_text_can_be_kept_as_json_and_on_paper(visit):
    page = check(visit(), WORDS)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download as JSON").click()
    assert kept.value.suggested_filename == "gillies-checked.json"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Change the text")).to_be_hidden()
    expect(page.locator("#v1")).to_be_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_an_example_shows_what_it_does(visit):
    page = visit().to("/text")
    page.get_by_role("button", name="A clinic's advert").click()
    expect(page.locator("#v1")).to_be_visible()
    expect(page.get_by_text("Fairer:").first).to_be_visible()
