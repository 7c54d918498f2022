"""The pages of every right in Chromium, over a demonstration region: accessible, on a phone, with their pictures."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from ipregister.model.record import RIGHTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Axe = Callable[[Page], list[str]]
QUERIES = (
    *(f"right:{right}" for right in RIGHTS),
    "right:design+office:WO",
    "right:emblem+office:SG",
    "right:indication+office:KH",
)


@pytest.fixture(scope="module")
def addresses(live_server: str, chromium: Browser) -> list[str]:
    """A list of hits and the page of its first record, of every right."""
    page = chromium.new_context().new_page()
    found = []
    for query in QUERIES:
        page.goto(f"{live_server}/search?q={query}")
        record = page.locator(".hit h3 a").first.get_attribute("href")
        found += [f"/search?q={query}", str(record)]
    return found


def test_pages_of_every_right_are_accessible(
    live_server: str, chromium: Browser, axe: Axe, addresses: list[str]
) -> None:
    page = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
    wrong = {}
    for address in addresses:
        page.goto(live_server + address)
        wrong[address] = axe(page)
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_pages_of_every_right_fit_a_phone(
    live_server: str, chromium: Browser, addresses: list[str], lang: str
) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{live_server}/language?to={lang}&next=/")
    wide = {}
    for address in addresses:
        page.goto(live_server + address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert {address: extra for address, extra in wide.items() if extra > 0} == {}


def test_views_of_a_design_are_pictures(live_server: str, page: Page, addresses: list[str]) -> None:
    design = addresses[addresses.index("/search?q=right:design") + 1]
    page.goto(live_server + design, wait_until="networkidle")
    pictures = page.locator(".picture img")
    assert pictures.count() >= 2
    sizes = pictures.evaluate_all("all => all.map(one => one.naturalWidth)")
    assert all(size > 100 for size in sizes)
