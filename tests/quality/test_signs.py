"""A text that is let go at a glance has nothing that the slow looks would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.quality.signs import SCRIPTS, is_odd, may_tell, script_of, scripts_in

LETTERS = "aZ яЖқ ກຂ ไทย កខ မြ 中文 かな 한글 éÀÿ ; & ?? \u200b\ufffd\u00a0\ue000 Ã©"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=400).filter(lambda text: not text.isascii())


@given(TEXTS, st.sampled_from(["und", "ru", "kk", "en", "vi", "lo", "th", "km", "my", "zh", "ja", "ko"]))
def test_what_is_let_go_is_whole(text: str, lang: str) -> None:
    if may_tell(text, lang):
        return
    assert not is_odd(text)
    assert text.strip()
    assert script_of(text) in {"", *SCRIPTS.get(lang, {script_of(text)})}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("товары; услуги; чай", "ru"),
        ("рис и продукты из риса; кофе, чай, какао", "kk"),
        ("ເຄື່ອງດື່ມ; ຊາ", "lo"),
        ("hàng hoá; chè", "vi"),
    ],
)
def test_texts_in_their_scripts_are_let_go(text: str, lang: str) -> None:
    assert not may_tell(text, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("чай; кофе \ufffd", "ru"),
        ("чай; кoфе", "ru"),
        ("чай; ມືຖື", "ru"),
        ("товары; чай", "vi"),
        ("\u3000", "ru"),
        ("èééé; чай", "ru"),
    ],
)
def test_texts_with_something_in_one_term_are_looked_at(text: str, lang: str) -> None:
    assert may_tell(text, lang)


def test_each_script_is_seen() -> None:
    assert scripts_in("чай tea ชา 中") == {"Cyrl", "Latn", "Thai", "Hani"}
