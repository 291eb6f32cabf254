"""How tests look at any page: its barriers, what it asks of whom and keeps, and the way through it by keyboard."""

from tests.web.browser.conftest import WIDTHS

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page):
    """What axe finds by WCAG 2.2 AA and good practice, on a phone and a desk, light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state("networkidle")
    found = {}
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for rule in Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]:
                found[rule["id"], width, scheme] = [node["html"][:160] for node in rule["nodes"]][:2]
    return found


def keeps_to_itself(seen):
    """Asks nobody else, keeps nothing, complains of nothing but a refusal, and fits a phone, at twice the size of text too."""
    page = seen.page
    assert {asked for asked in seen.asked if not asked.startswith(seen.url)} == set()
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert [told for told in seen.complaints if "404" not in told and "422" not in told] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"], "at twice the size of text too"


def pages_of(seen):
    """What was asked of the server, without the icon and the like, which a browser fetches when it pleases."""
    return [url for url in seen.asked if "/static/" not in url]


def tab_to(page, wanted):
    """Presses Tab until what has the focus is as wanted (a test in the browser's own words)."""
    for _ in range(600):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {wanted})(document.activeElement)"):
            return
    raise AssertionError(f"no way by keyboard to {wanted}")
