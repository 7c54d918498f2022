"""The page of the API for people: descriptions as text, words of the interface as code."""

import pytest
from django.test import Client

from ipregister.portal.templatetags.portal import code_words
from ipregister.web.options import Options


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("by `after`, without end", "by <code>after</code>, without end"),
        ("`asOf` and `<b>`", "<code>asOf</code> and <code>&lt;b&gt;</code>"),
        ("a <b> & one ` alone", "a &lt;b&gt; &amp; one ` alone"),
        ("", ""),
    ],
)
def test_words_between_backticks_are_code(told: str, shown: str) -> None:
    assert code_words(told) == shown


def test_the_page_shows_no_backtick(filled: Options, client: Client) -> None:
    text = client.get("/api/v1/").content.decode()
    assert "<code>after</code>" in text
    assert "`" not in text
