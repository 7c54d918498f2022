"""Name check, similar names and clearance in Chromium: accessible, narrow, light, without scripts, in every language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.portal.test_browser import served

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
Axe = Callable[[Page], list[str]]
LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")
PAGES = {
    "/check": {"name": "Sumo Café ກາເຟ"},
    "/similar": {"name": "Sumo"},
    "/clear": {"names": "Sumo\nກາເຟ", "class": "30"},
}
WIDE_MOST, BYTES_MOST = 320, 100_000


def answered(page: Page, address: str, fields: dict[str, str]) -> None:
    """Fill in the form of a page and send it."""
    page.goto(address)
    for name, value in fields.items():
        field = page.locator(f'main [name="{name}"]').first
        if field.is_visible():
            field.fill(value)
    with page.expect_navigation():
        page.locator("main form button:not(.danger)").first.click()


def _wrong(page: Page, axe: Axe) -> list[str]:
    """What is wrong with a page: violations, too wide, too heavy."""
    found = axe(page)
    if page.evaluate("document.documentElement.scrollWidth") > WIDE_MOST:
        found.append("too wide")
    if len(page.content().encode()) > BYTES_MOST:
        found.append("too heavy")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_are_accessible_narrow_and_light(served: str, chromium: Browser, axe: Axe, lang: str) -> None:
    context = chromium.new_context(viewport={"width": WIDE_MOST, "height": 800}, locale=lang)
    page = context.new_page()
    for path, fields in PAGES.items():
        page.goto(served + path)
        wrong = {path: _wrong(page, axe)}
        answered(page, served + path, fields)
        wrong[f"answer of {path}"] = _wrong(page, axe)
        assert {place: found for place, found in wrong.items() if found} == {}
        assert page.locator("html").get_attribute("lang") == lang
    context.close()


def test_everything_works_without_scripts(served: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    answered(page, f"{served}/check", {"name": "Xyqwzrtvk"})
    assert "No close mark found among" in page.locator("main").inner_text()
    assert "Xyqwzrtvk" not in page.url
    answered(page, f"{served}/similar", {"name": "Xyqwzrtvk"})
    assert "Xyqwzrtvk" not in page.url
    answered(page, f"{served}/clear", {"names": "Sumo"})
    assert "/clear/result?link=" in page.url
    address = page.url
    page.locator("button.danger").click()
    assert page.goto(address)
    assert page.locator("main").inner_text()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    context.close()
