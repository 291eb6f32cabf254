"""Debian's chromium, driven by Playwright; no browser is downloaded. Under CI it must be there."""

import importlib.util
import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LACKING = not os.environ.get("CI") and not (CHROMIUM and importlib.util.find_spec("playwright"))
WIDTHS = {"phone": 390, "desk": 1280}


def pytest_collection_modifyitems(items):
    for item in items:
        if LACKING and item.path.parent.name == "browser":
            item.add_marker(pytest.mark.skip(reason="needs chromium: make browser"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        assert CHROMIUM, "chromium is missing: make browser"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """A page of ours, and what its browser asked for and complained of."""

    def __init__(self, page, url):
        self.page, self.url, self.asked, self.complaints = page, url, [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda told: self.complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def to(self, path):
        self.page.goto(self.url + path)
        return self.page

    def example(self, number, *buttons):
        """The page that an example and then some buttons lead to."""
        self.to("/").click(f"button[name=example][value='{number}']")
        for button in buttons:
            self.page.get_by_role("button", name=button).click()
        return self.page


@pytest.fixture
def visit(chromium, server):
    """Opens a browser window: visit(width, scheme, javascript)."""
    opened = []

    def go(width="desk", scheme="light", javascript=True):
        context = chromium.new_context(viewport={"width": WIDTHS[width], "height": 844}, color_scheme=scheme, java_script_enabled=javascript)
        context.set_default_timeout(30_000)
        opened.append(context)
        return Visit(context.new_page(), server.url)

    yield go
    for context in opened:
        context.close()
