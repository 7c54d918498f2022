"""A page in Lao says of every English sentence on it that it is English (WCAG 3.1.2)."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from ipregister.web.options import Options

PAGES = ("/", "/search?q=", "/search?form=1", "/office", "/office/LA", "/office/KH", "/help/search", "/status", "/statistics",
         "/check?name=coffee", "/clear", "/goods?q=coffee", "/keys", "/watches", "/mails/stop?link=1", "/api/v1/", "/r/nothing-here", "/search?q=mark:(",
         "/similar/image", "/bulk/")  # fmt: skip
VOID = frozenset(("meta", "link", "input", "br", "img", "hr", "col", "wbr", "source", "path", "use", "rect"))
QUOTED = frozenset(("script", "style", "code", "pre", "kbd", "title", "textarea"))
"""What these hold is no sentence of the page; a title may be the name of an office or of a file."""


class Foreign(HTMLParser):
    """Collects the texts with two Latin words or more that stand in Lao."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        lang = next((lang for _tag, lang in reversed(self.open) if lang), None)
        quoted = not QUOTED.isdisjoint(tag for tag, _lang in self.open)
        if lang == "lo" and not quoted and len(re.findall(r"[A-Za-z]{3,}", data)) > 1:
            self.found.append(data.strip())


def foreign(page: str) -> list[str]:
    reader = Foreign()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("address", PAGES)
def test_english_on_a_lao_page_is_marked(filled: Options, client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "lo"})
    assert foreign(answer.content.decode()) == []


def test_records_too(filled: Options, client: Client) -> None:
    shown = client.get("/search?q=", headers={"accept-language": "lo"}).content.decode()
    links = sorted(set(re.findall(r'href="(/r/[^"?#]+)"', shown)))[:8]
    assert links
    told = {
        link: foreign(client.get(link, headers={"accept-language": "lo"}).content.decode()) for link in links
    }
    assert {link: found for link, found in told.items() if found} == {}


def test_an_unmarked_sentence_is_found() -> None:
    page = '<html lang="lo"><body><p>Nothing found here</p><p lang="en">Nothing found here</p><code>one two three</code></body>'
    assert foreign(page) == ["Nothing found here"]
