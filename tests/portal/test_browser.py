"""The pages in Chromium: accessible, narrow, without scripts, without a request to anybody else."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request

from ipregister.demonstration.region import write_office
from tests.portal.filled import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Axe = Callable[[Page], list[str]]
NAME, PASSWORD = "noy", "a long enough phrase"
PUBLIC = ("/", "/search", "/search?q=", "/search?q=mark:(", "/search?form=1", "/office", "/office/LA", "/help/search", "/status", "/similar/image",
          "/r/nothing-here", "/nowhere", "/staff/sign-in", "/goods", "/goods?q=coffee", "/keys", "/api/v1/", "/api/v1/?type=Trademark", "/watches", "/mails/stop?link=1", "/statistics", "/office/LA/completeness")  # fmt: skip
STAFF = ("/staff", "/staff/deliveries", "/staff/deliveries/1", "/staff/upload", "/staff/quarantine?office=LA", "/staff/vienna",
         "/staff/people", "/staff/audit", "/staff/password", "/staff/conflicts", "/staff/declarations?office=LA", "/staff/programs")  # fmt: skip
_LINES = """() => [...document.querySelectorAll(".tag, .whole")].map(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [one.innerText, new Set([...range.getClientRects()].map(line => Math.round(line.top))).size];
})"""
"""Each badge and its number of lines."""
_SERVE = """
import sys
from pathlib import Path
from ipregister.web import bootstrap, options
given = options.Options(data=Path(sys.argv[1]), processes=1)
bootstrap.init(given)
from ipregister.portal.staff.people import make_user
make_user(sys.argv[3], sys.argv[4], "admin")
from ipregister.web import serving
serving.serve(given, port=int(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def served(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server over a copy of the filled installation."""
    data = tmp_path_factory.mktemp("pages") / "data"
    shutil.copytree(filled_template, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(data), port, NAME, PASSWORD], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/health"):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(40)


def record_addresses(page: Page, served: str) -> list[str]:
    """Record pages of different shapes."""
    found = []
    for query in (
        "office=KH&feature=combined",
        "office=WO",
        "office=KZ",
        "office=TH",
        "q=status:registered+office:LA",
    ):
        page.goto(f"{served}/search?{query}")
        found.append(str(page.locator(".hit h3 a").first.get_attribute("href")))
    return found


def sign_in(page: Page, served: str) -> None:
    page.goto(f"{served}/staff/sign-in")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("main button")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(
    served: str, chromium: Browser, axe: Axe, scheme: Literal["light", "dark"]
) -> None:
    page = chromium.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    wrong = {}
    for address in (*PUBLIC, *record_addresses(page, served)):
        page.goto(served + address)
        wrong[address] = axe(page)
    assert {address: found for address, found in wrong.items() if found} == {}


def test_evidence_history_and_staff_pages_are_accessible(served: str, chromium: Browser, axe: Axe) -> None:
    page = chromium.new_context(bypass_csp=True).new_page()
    record = record_addresses(page, served)[0]
    sign_in(page, served)
    wrong = {}
    for address in (f"{record}?evidence=/application_number&inid=1", f"{record}/history", *STAFF):
        page.goto(served + address)
        for summary in page.locator("main summary").all()[:3]:
            summary.click()
        wrong[address] = axe(page)
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.parametrize("lang", ["en", "km"])
def test_narrow_screens_do_not_overflow(served: str, chromium: Browser, lang: str) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    wide = {}
    sign_in(page, served)
    page.goto(f"{served}/language?to={lang}&next=/")
    for address in (*PUBLIC, *record_addresses(page, served), *STAFF):
        page.goto(served + address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert {address: extra for address, extra in wide.items() if extra > 0} == {}


@pytest.mark.parametrize("lang", ["en", "lo", "th", "km"])
def test_the_words_of_a_delivery_stay_whole_on_a_phone(
    served: str, chromium: Browser, axe: Axe, lang: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    sign_in(page, served)
    page.goto(f"{served}/language?to={lang}&next=/staff/deliveries?office=TH")
    address = page.locator("tbody a").last.get_attribute("href")
    for shown, least in (("/staff/deliveries", 1), (str(address), 2)):
        page.goto(served + shown)
        for summary in page.locator(".finding summary").all()[:2]:
            summary.click()
        words = page.evaluate(_LINES)
        assert len(words) >= least
        assert [word for word, lines in words if lines != 1] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert axe(page) == []
    context.close()


def test_no_request_to_anybody_else_and_light(served: str, page: Page) -> None:
    asked: list[str] = []
    errors: list[str] = []
    weight = {"bytes": 0}

    def finished(request: Request) -> None:
        if request.resource_type != "image":
            weight["bytes"] += request.sizes()["responseBodySize"]

    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("requestfinished", finished)
    for address in ("/", "/search?q=", *record_addresses(page, served)):
        weight["bytes"] = 0
        page.goto(served + address, wait_until="networkidle")
        assert weight["bytes"] < 100_000, address
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    assert errors == []


def test_all_works_without_scripts(served: str, chromium: Browser) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(served)
    page.fill("#q", "la")
    page.click("form.find button")
    page.goto(f"{served}/search?q=&office=LA")
    page.click(".hit h3 a >> nth=0")
    page.click("a.v >> nth=0")
    assert page.locator("#evidence pre").inner_text()
    page.click("#evidence .close")
    assert page.locator("#evidence").count() == 0
    page.click("text=Show INID codes")
    assert page.locator(".inid").count() > 0


def test_evidence_opens_beside_its_value(served: str, page: Page) -> None:
    page.goto(served + record_addresses(page, served)[0])
    before = page.url
    link = page.locator("#numbers a.v").first
    link.click()
    page.wait_for_selector("#numbers #evidence")
    assert page.url == before
    page.click("#evidence .close")
    assert page.locator("#evidence").count() == 0
    assert link.evaluate("one => one === document.activeElement")


def test_keyboard_reaches_the_content(served: str, page: Page) -> None:
    page.goto(served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_delivery_is_sent_followed_and_reported(served: str, page: Page, tmp_path: Path) -> None:
    delivery = write_office(tmp_path, "PH", 20, seed=3)[0].path
    sign_in(page, served)
    page.goto(f"{served}/staff/upload")
    page.select_option("#office", "PH")
    page.set_input_files("#file", str(delivery))
    page.click("#upload button")
    page.wait_for_url("**/staff/uploads/**")
    page.click("text=Open the report", timeout=60_000)
    assert page.locator("h1").inner_text() == delivery.name
    for _ in range(20):
        page.goto(f"{served}/search?q=&office=PH")
        if page.locator(".hit").count():
            break
        page.wait_for_timeout(500)
    assert page.locator(".hit").count()
