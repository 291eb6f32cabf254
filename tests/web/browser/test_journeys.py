"""Whole journeys in a real browser: by keyboard alone, without JavaScript, on a phone, with a screen reader's eyes, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.browser.looking import barriers, keeps_to_itself, pages_of, tab_to


def declined(visit):
    """What is not ours, by way of the questions."""
    visit.to("/").get_by_role("textbox").fill("my cat needs a vet")
    for button in ("Continue", "See my answer"):
        visit.page.get_by_role("button", name=button).first.click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("We cannot answer this")


PAGES = {
    "start": lambda visit: visit.to("/"),
    "place": lambda visit: visit.to("/#at-nose"),
    "empty": lambda visit: visit.to("/").get_by_role("button", name="Continue").first.click(),
    "questions": lambda visit: visit.example(1),
    "answer": lambda visit: visit.example(2, "See my answer"),
    "two-sided": lambda visit: visit.example(1, "See my answer"),
    "urgent": lambda visit: visit.example(5, "See my answer"),
    "declined": declined,
    "letter": lambda visit: visit.example(1, "See my answer", "Draft a letter"),
    "learn": lambda visit: visit.to("/learn?q=nose"),
    "procedure": lambda visit: visit.to("/learn/procedures/rhinoplasty"),
    "board": lambda visit: visit.to("/learn/boards/abcs"),
    "policy": lambda visit: visit.to("/learn/policies/aetna-rhinoplasty"),
    "glossary": lambda visit: visit.to("/learn/glossary"),
    "about": lambda visit: visit.to("/about"),
    "none": lambda visit: visit.to("/no-such-page"),
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
    keeps_to_itself(seen)


def test_by_keyboard_alone_from_words_to_the_letter(visit):
    page = visit().to("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "e.name === 'text'")
    page.keyboard.type("I broke my nose two years ago and can't breathe through the left side. We have Aetna.")
    tab_to(page, "e.textContent === 'Continue'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A few questions")
    tab_to(page, "e.type === 'radio'")
    page.keyboard.press("ArrowRight")  # from "I don't know", which is marked, round to "Yes"
    assert page.evaluate("document.activeElement.value") == "yes"
    tab_to(page, "e.textContent === 'See my answer'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer")
    tab_to(page, "e.textContent.startsWith('Draft a letter')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A draft letter to the plan")


def test_without_javascript_the_whole_way_there_and_back(visit):
    seen = visit("phone", javascript=False)
    page = seen.to("/#at-nose")
    page.get_by_label("A bump on the bridge of the nose").check()
    page.locator("#at-nose").get_by_role("button", name="Continue").click()
    expect(page.get_by_label("A bump on the bridge of the nose")).to_be_checked()
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_role("heading", name="A bump on the bridge of the nose")).to_be_visible()
    page.get_by_role("button", name="Draft a letter").click()
    page.get_by_role("button", name="Back to the answer").click()
    page.get_by_role("button", name="Change what you told").click()
    expect(page.get_by_label("A bump on the bridge of the nose")).to_be_checked()
    page.get_by_label("Who would pay?").select_option(label="Aetna")
    page.get_by_role("button", name="Back to the start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like to change")
    expect(page.get_by_label("A bump on the bridge of the nose")).to_be_checked()
    page.locator("#at-nose").get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Who would pay?")).to_have_value("aetna")  # going back lost nothing


def test_what_cannot_be_answered_keeps_the_words_for_another_try(visit):
    seen = visit("phone", javascript=False)
    declined(seen)
    seen.page.get_by_role("button", name="Say it in other words").click()
    expect(seen.page.get_by_role("textbox")).to_have_value("my cat needs a vet")


def test_the_figure_leads_to_the_concerns_of_its_place(visit):
    page = visit().to("/")
    region = page.get_by_role("group", name="Face").get_by_role("link", name="Nose")
    expect(page.locator("#at-nose")).to_be_hidden()
    region.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#at-nose")).to_be_visible()
    page.get_by_label("A crooked nose").check()
    page.get_by_role("link", name="Back to the figure").locator("visible=true").click()
    expect(page.locator("#at-nose")).to_be_visible()  # what was ticked stays in sight


def test_every_region_of_the_figure_has_a_place_and_every_place_a_region_or_a_link(visit):
    page = visit().to("/")
    places = set(page.evaluate("[...document.querySelectorAll('.place')].map(p => '#' + p.id)"))
    assert set(page.evaluate("[...document.querySelectorAll('.region')].map(a => a.getAttribute('href'))")) <= places
    assert set(page.evaluate("[...document.querySelectorAll('.places a')].map(a => a.getAttribute('href'))")) == places


def test_a_warning_sign_comes_first_and_large_at_once(visit):
    page = visit("phone").example(5)
    expect(page.locator("main > :first-child")).to_contain_text("Call for help now")
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer")
    expect(page.locator("main section").first).to_contain_text("Call for help now")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.urgent h2')).fontSize)")
    assert size >= page.evaluate("parseFloat(getComputedStyle(document.querySelector('main h3')).fontSize)") * 1.2


def test_what_was_read_wrongly_is_taken_back_and_can_be_put_back(visit):
    page = visit().example(1)
    page.get_by_label(re.compile("A broken nose")).check()
    page.get_by_role("button", name="Update").click()
    struck = page.get_by_label(re.compile("Not so: A broken nose"))
    expect(struck).to_be_checked()
    struck.uncheck()
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("checkbox", name=re.compile("^A broken nose"))).not_to_be_checked()


def test_answers_stay_editable_and_what_does_not_fit_is_said_beside_its_field(visit):
    page = visit().example(2)
    page.get_by_role("textbox", name=re.compile("MRD1")).fill("eleventy")
    page.get_by_role("button", name="See my answer").click()
    expect(page.locator(".wrong")).to_contain_text("does not fit mrd1")
    field = page.get_by_role("textbox", name=re.compile("MRD1"))
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("1.5")
    page.get_by_role("button", name="Ask me again").click()
    expect(page.get_by_role("textbox", name=re.compile("MRD1"))).to_have_value("1.5")
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_text("here 1.5 mm").first).to_be_visible()


def test_the_browsers_own_back_and_forward_are_safe(visit):
    page = visit().example(1)
    page.get_by_role("radio", name="No", exact=True).first.check()
    page.get_by_role("button", name="See my answer").click()
    page.get_by_role("link", name="Options", exact=True).first.click()
    for heading in ("Your answer", "A few questions"):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_role("radio", name="No", exact=True).first).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like to change")
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like to change")


def test_the_values_exercise_stays_on_the_page(visit):
    seen = visit()
    page = seen.example(2, "See my answer")
    page.wait_for_load_state("networkidle")
    before = pages_of(seen)
    page.get_by_role("group", name="Avoiding surgery").get_by_label(re.compile("^4 of 5")).check()
    page.get_by_role("group", name="What it costs me").get_by_label(re.compile("^2 of 5")).check()
    assert pages_of(seen) == before
    with page.expect_request("**/letter") as sent:
        page.get_by_role("button", name="Draft a letter").click()
    assert "v." not in sent.value.post_data


def test_the_answer_can_be_kept_as_json_and_on_paper(visit):
    page = visit().example(2, "See my answer")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download as JSON").click()
    assert kept.value.suggested_filename == "gillies-answer.json"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Draft a letter")).to_be_hidden()
    expect(page.get_by_role("heading", name="Options, from doing nothing to the most invasive")).to_be_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"
