"""Legal forms in every script of the region: they are cut off, and count little."""

from itertools import combinations

import pytest

from ipregister.search.similarity.legal_forms import PLACES, cut, legal_forms
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.parties import LIKELY, OTHER, SAME, same_party
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.words import generic, telling

LANGUAGES = {"lo", "th", "km", "my", "vi", "zh", "ja", "ko", "ru", "kk", "ar", "ms", "id", "ta", "tl", "en"}


def test_every_language_of_the_region_has_legal_forms_at_known_places() -> None:
    assert {form.language for form in legal_forms()} == LANGUAGES
    assert {form.place for form in legal_forms()} == set(PLACES)


NAMES = {
    "Laoo": "ສະຫວັນນະເຂດ", "Thai": "ดาวเรือง", "Khmr": "ដាវហឿង", "Mymr": "မန္တလေး", "Latn": "Vientiane", "Hani": "万象老挝", "Kana": "ビエンチャン",
    "Hang": "비엔티안", "Cyrl": "Вьентьян", "Arab": "فينتيان", "Taml": "வியஞ்சான்",
}  # fmt: skip
"""A name in each script, that is no generic word."""


@pytest.mark.parametrize("form", legal_forms(), ids=lambda form: f"{form.language} {form.written}")
def test_a_legal_form_alone_tells_nothing_and_beside_a_name_leaves_the_name(form) -> None:  # type: ignore[no-untyped-def]
    alone = forms(form.written)
    assert telling(alone.spoken, alone.script) == []
    name = NAMES[script_of(form.written)]
    made = forms(f"{name} {form.written}" if form.place == "last" else f"{form.written} {name}")
    assert telling(made.spoken, made.script) == [forms(name).spoken]


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("ບໍລິສັດດາວເຮືອງຈຳກັດຜູ້ດຽວ", "ດາວເຮືອງ"),
        ("ບໍລິສັດ ດາວເຮືອງ ຈໍາກັດ", "ດາວເຮືອງ"),  # written with the vowel in two signs
        ("บริษัทดาวเรืองจำกัด(มหาชน)", "ดาวเรือง"),
        ("หจก.ดาวเรือง", "ดาวเรือง"),
        ("ห้างหุ้นส่วนจำกัดดาวเรือง", "ดาวเรือง"),
        ("ក្រុមហ៊ុនដាវហឿងខូអិលធីឌី", "ដាវហឿង"),
        ("ដាវហឿង ឯ.ក", "ដាវហឿង"),
        ("မာရီနာကုမ္ပဏီလီမိတက်", "မာရီနာ"),
        ("Công ty TNHH MTV Đào Hương", "Đào Hương"),
        ("CÔNG TY CỔ PHẦN ĐÀO HƯƠNG", "Đào Hương"),
        ("道香有限公司", "道香"),
        ("道香集團股份有限公司", "道香"),
        ("㈱マリナ", "マリナ"),
        ("(주)마리나", "마리나"),
        ("ТОО «Марина»", "Марина"),
        ("شركة مارينا المحدودة", "مارينا"),
        ("மரினா பிரைவேட் லிமிடெட்", "மரினா"),
        ("PT. Marina Tbk", "Marina"),
        ("Marina Sendirian Berhad", "Marina"),
    ],
)
def test_a_party_is_compared_without_its_legal_form(written: str, core: str) -> None:
    assert forms(written).core == forms(core).sounds


def test_short_native_words_are_generic_in_their_own_script_alone() -> None:
    assert telling("ran", "Thai") == []
    assert telling("ran", "Latn") == ["ran"]
    assert "kanka" not in generic()
    assert cut("ร้านดาวเรือง") == "ร้าน ดาวเรือง"
    assert cut("ดาวร้านเรือง") == "ดาวร้านเรือง"
    assert cut("Marina ООО") == "Marina ООО"


PARTIES = {
    "toyota": {
        "en": "Toyota Sdn. Bhd.", "lo": "ບໍລິສັດ ໂຕໂຢຕ້າ ຈຳກັດ", "th": "บริษัท โตโยต้า จำกัด (มหาชน)",
        "km": "ក្រុមហ៊ុន តូយ៉ូតា ឯ.ក", "my": "တိုယိုတာကုမ္ပဏီလီမိတက်", "ru": "ООО «Тойота»", "ja": "トヨタ株式会社",
        "ko": "주식회사 도요타", "vi": "CÔNG TY CỔ PHẦN TOYOTA", "ta": "டொயோட்டா பிரைவேட் லிமிடெட்", "ar": "شركة تويوتا المحدودة",
    },
    "samsung": {
        "en": "Samsung Co., Ltd.", "lo": "ບໍລິສັດ ຊຳຊຸງ ຈຳກັດ", "th": "บริษัท ซัมซุง จำกัด", "km": "ក្រុមហ៊ុន សាំស៊ុង ឯ.ក",
        "my": "ဆမ်ဆောင်း ကုမ္ပဏီ", "kk": "Самсунг ЖШС", "ko": "주식회사 삼성", "vi": "Công ty TNHH Samsung",
    },
    "marina": {
        "en": "Marina Trading Ltd", "lo": "ບໍລິສັດ ມາຣີນາ ການຄ້າ ຈຳກັດ", "th": "ห้างหุ้นส่วนจำกัด มารีน่า เทรดดิ้ง",
        "km": "ម៉ារីណា ខូអិលធីឌី", "my": "မာရီနာ ကုန်သွယ်ရေး ကုမ္ပဏီလီမိတက်", "ru": "ИП Марина",
        "vi": "Công ty TNHH Thương mại Marina", "zh": "玛丽娜贸易有限公司",
    },
    "canadia": {
        "en": "Canadia Bank Plc", "lo": "ທະນາຄານ ການາເດຍ", "th": "ธนาคารแคนาเดีย จำกัด (มหาชน)", "km": "ធនាគារ កាណាឌីយ៉ា ម.ក",
        "ru": "Канадиа Банк", "vi": "Ngân hàng Canadia", "zh": "卡纳迪亚银行",
    },
}  # fmt: skip
"""Four owners, each as offices of the region may write them."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(written[one], written[other], id=f"{owner} {one}-{other}")
        for owner, written in PARTIES.items()
        for one, other in combinations(written, 2)
    ],
)
def test_an_owner_is_itself_in_every_pair_of_scripts(one: str, other: str) -> None:
    assert same_party(one, other) in (SAME, LIKELY)
    assert same_party(other, one) == same_party(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lion Co., Ltd.", "Zion Co., Ltd."),
        ("Siam Cement Public Company Limited", "Siam Commercial Bank Public Company Limited"),
        ("ບໍລິສັດ ດາວເຮືອງ ຈຳກັດ", "ບໍລິສັດ ເບຍລາວ ຈຳກັດ"),
        ("บริษัท ไทยเบฟเวอเรจ จำกัด", "Thai Airways International PCL"),
        ("CÔNG TY CỔ PHẦN SỮA VIỆT NAM", "Công ty TNHH Bia Việt Nam"),
        ("!!", "??"),
        ("", "Lion"),
    ],
)
def test_owners_with_other_names_are_others(one: str, other: str) -> None:
    assert same_party(one, other) == OTHER


def test_the_same_words_in_another_order_and_legal_form_are_one_owner() -> None:
    assert same_party("Dao Heuang Group Co., Ltd.", "HEUANG DAO JSC") == SAME
    assert same_party("Siam Cement Public Company Limited", "Siam Cement") == SAME
