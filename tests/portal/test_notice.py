"""The notice of an office in the reader's language."""

import msgspec
import pytest
from django.test import Client

from ipregister.model.notices import Notice, Spoken
from ipregister.model.offices import office
from ipregister.portal.languages import LANGUAGES
from ipregister.portal.names import notice
from ipregister.web.options import Options

OTHERS = [code for code, _name in LANGUAGES if code != "en"]


@pytest.mark.parametrize("lang", OTHERS)
def test_the_notice_is_in_the_reader_s_language(filled: Options, client: Client, lang: str) -> None:
    english, told = notice(office("LA"), "en"), notice(office("LA"), lang)
    assert (english["notice_lang"], english["original"], english["original_copy"]) == ("en", "", "")
    assert (told["notice_lang"], told["original"]) == (lang, english["notice"])
    assert not told["notice"].isascii() or lang == "id"
    assert told["notice"] != english["notice"]
    assert told["certified_copy"] not in ("", english["certified_copy"])
    client.cookies["language"] = lang
    page = client.get("/office/LA").content.decode()
    assert f'<span lang="{lang}">{told["notice"]}</span>' in page
    assert f'<p lang="{lang}">{told["certified_copy"]}</p>' in page
    assert f'<p lang="en">{english["notice"]} {english["certified_copy"]}</p>' in page


def test_english_pages_have_the_notice_once(filled: Options, client: Client) -> None:
    page = client.get("/office/LA").content.decode()
    assert page.count(notice(office("LA"), "en")["notice"]) == 1
    assert "in English" not in page


def test_the_office_s_own_words_come_first() -> None:
    own = Notice("Of the office.", "Ask.", translations={"lo": Spoken("ຂອງຫ້ອງການ.", "ຖາມ.")})
    facts = msgspec.structs.replace(office("LA"), notice=own)
    told = notice(facts, "lo")
    assert (told["notice"], told["certified_copy"], told["original"]) == (
        "ຂອງຫ້ອງການ.",
        "ຖາມ.",
        "Of the office.",
    )
    assert notice(facts, "th")["original"] == "Of the office."
