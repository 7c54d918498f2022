"""The KZ feed: every element of it, and every quirk that is known."""

import base64
import hashlib

import pytest

from ipregister.model import numbers
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.capture.reading import read, reading


def record(inside: str) -> tuple[Trademark, list[tuple[str, str]]]:
    return read("KZ", f"<U_ID><inid_210>60001</inid_210>{inside}</U_ID>")


def goods(*inside: str) -> tuple[Trademark, list[tuple[str, str]]]:
    return record(f"<list_of_goods_and_services>{''.join(inside)}</list_of_goods_and_services>")


def blocks(mark: Trademark) -> list[tuple[int | None, list[str]]]:
    return [(block.class_number, [text.text for text in block.texts]) for block in mark.goods]


def test_every_element_has_its_field() -> None:
    mark, findings = record(
        "<id>7</id><patent_type>Коллективный товарный знак</patent_type><inid_111>555</inid_111>"
        "<inid_151>2020-02-03</inid_151><inid_170>2029-05-06</inid_170><inid_180>2029-05-06</inid_180>"
        "<inid_220>2019-05-06</inid_220><inid_270>kz</inid_270>"
        "<inid_310>A1</inid_310><inid_310>A2</inid_310><inid_320>2019-01-01</inid_320><inid_320>2019-01-02</inid_320>"
        "<inid_330>RU</inid_330><inid_330>США</inid_330><inid_450>2020-03-04</inid_450><inid_441>2019-08-01</inid_441>"
        "<inid_510>пиво</inid_510><inid_511>32</inid_511><inid_526>без слова «сок»</inid_526><inid_531>05.01.02</inid_531>"
        "<inid_540>РОДНИК</inid_540><inid_561>RODNIK</inid_561><inid_566>spring</inid_566><inid_571>круг</inid_571>"
        "<inid_591>синий</inid_591>"
    )
    assert (mark.identifier, mark.kinds, mark.registration_number) == ("7", ("Collective",), "555")
    assert (mark.registration_date, mark.expiry_date) == ("2020-02-03", "2029-05-06")
    assert (mark.application_number, mark.application_date, mark.application_language) == (
        "60001",
        "2019-05-06",
        "kk",
    )
    assert [(p.number, p.date, p.country) for p in mark.priorities] == [
        ("A1", "2019-01-01", "RU"),
        ("A2", "2019-01-02", "US"),
    ]
    assert [(p.date, p.kind) for p in mark.publications] == [
        ("2020-03-04", ""),
        ("2019-08-01", "application"),
    ]
    assert [text.text for text in mark.goods_unclassified] == ["пиво"]
    assert blocks(mark) == [(32, [])]
    assert mark.mark.images[0].vienna == ("05.01.02",)
    assert [t.text for t in mark.mark.images[0].colour_claims] == ["синий"]
    assert [t.text for t in mark.mark.disclaimers] == ["без слова «сок»"]
    assert [(t.text, t.lang) for t in mark.mark.verbal] == [("РОДНИК", "und")]
    assert [(k.field, k.reason) for k in mark.kept] == [("/expiry_date", "duplicate")]
    assert (findings, mark.extra, mark.office_status) == ([], (), "")


def test_unknown_elements_are_kept_beside_the_record() -> None:
    mark, findings = record("<inid_999 a='1'>x<b>y</b>z</inid_999>")
    assert [(e.path, e.text) for e in mark.extra] == [
        ("U_ID/inid_999/@a", "1"),
        ("U_ID/inid_999", "x"),
        ("U_ID/inid_999/b", "y"),
        ("U_ID/inid_999", "z"),
    ]
    assert [code for code, _ in findings] == ["unknown-element"]


def test_names_of_the_mark_have_the_languages_of_their_elements() -> None:
    mark, _ = record(
        "<trademark_name_ru>Дала</trademark_name_ru><trademark_name_kz>Дала</trademark_name_kz>"
        "<trademark_name_en>TRUE</trademark_name_en>"
    )
    assert [(t.text, t.lang) for t in mark.mark.verbal] == [("Дала", "ru"), ("Дала", "kk"), ("TRUE", "en")]
    assert mark.mark.feature == "Word"


@pytest.mark.parametrize(
    ("word", "feature"),
    [
        ("Звуковой товарный знак", "Sound"),
        ("Движущийся товарный знак", "Motion"),
        ("Товарный знак голографический", "Hologram"),
        ("Позиционный товарный знак", "Position"),
        ("Объёмный товарный знак", "Three dimensional"),
    ],
)
def test_the_sort_of_mark_tells_unusual_signs(word: str, feature: str) -> None:
    mark, findings = record(f"<patent_type>{word}</patent_type>")
    assert (mark.mark.feature, mark.kinds, findings) == (feature, ("Individual",), [])


def test_a_picture_inside_the_record_is_named_by_its_content() -> None:
    picture = b"\x89PNG" + bytes(range(200))
    mark, _ = record(f"<image>{base64.b64encode(picture).decode()}</image>")
    assert mark.mark.images[0].data == f"sha256:{hashlib.sha256(picture).hexdigest()}"
    assert mark.mark.feature == "Figurative"
    mark, _ = record("<image>yes</image><trademark_name_en>A</trademark_name_en>")
    assert (mark.mark.flags, mark.mark.feature) == (("image=yes",), "Combined")
    mark, _ = record("<image>logo_1.png</image>")
    assert mark.mark.images[0].filename == "logo_1.png"


def test_colours_and_vienna_classes() -> None:
    mark, findings = record(
        "<colors_claimed><color>красный</color><color_code>1</color_code><color>синий</color><color_code>2</color_code>"
        "</colors_claimed><vienne_classification><class><class_number>5.1.2</class_number>"
        "<class_description>дерево</class_description></class><class><class_number>27</class_number></class>"
        "</vienne_classification>"
    )
    image = mark.mark.images[0]
    assert [t.text for t in image.colour_claims] == ["красный", "синий"]
    assert (image.colour_codes, image.vienna) == (("1", "2"), ("05.01.02",))
    assert [t.text for t in image.vienna_texts] == ["дерево"]
    assert findings == [("not-a-vienna-code", "27")]


def test_goods_by_position() -> None:
    mark, findings = goods(
        "<class>9</class><class> 05 </class>", "<list>LED; (a; b)</list><list> лекарства </list>"
    )
    assert blocks(mark) == [(9, ["LED; (a; b)"]), (5, ["лекарства"])]
    assert mark.goods[1].texts[0].lang == "ru"
    assert findings == []


def test_goods_by_position_with_an_empty_list_between() -> None:
    mark, findings = goods("<class>9</class><class>5</class>", "<list/><list>лекарства</list>")
    assert (blocks(mark), findings) == ([(9, []), (5, ["лекарства"])], [])


def test_goods_by_the_class_each_begins_with() -> None:
    mark, findings = goods(
        "<class>32</class><class>33</class>", "<list>33 класса - вино</list><list>32 класса - пиво</list>"
    )
    assert (blocks(mark), findings) == ([(32, ["пиво"]), (33, ["вино"])], [])


@pytest.mark.parametrize(
    "text",
    [
        "32 класса - пиво;\nвода\n33 класса - вино",
        "32\nпиво;\nвода\n\n33\nвино\n",
        "класс 32: пиво;\nвода\nкласс 33: вино",
    ],
)
def test_one_list_for_several_classes(text: str) -> None:
    mark, findings = goods("<class>32</class><class>33</class>", f"<list>{text}</list>")
    assert (blocks(mark), findings) == ([(32, ["пиво;\nвода"]), (33, ["вино"])], [])


@pytest.mark.parametrize(
    "lists",
    [
        "<list>пиво</list>",
        "<list>пиво</list><list>вино</list><list>сок</list>",
        "<list>32 класса - пиво\n34 класса - табак</list>",
    ],
)
def test_goods_are_never_guessed(lists: str) -> None:
    mark, findings = goods("<class>32</class><class>33</class>", lists)
    assert blocks(mark) == [(32, []), (33, [])]
    assert len(mark.goods_unclassified) == lists.count("</list>")
    assert [code for code, _ in findings] == ["goods-unmatched"]


def test_a_number_that_belongs_to_the_goods_stays() -> None:
    mark, findings = goods("<class>22</class>", "<list>3-местные палатки</list>")
    assert (blocks(mark), findings) == ([(22, ["3-местные палатки"])], [])


def test_several_classes_in_one_number() -> None:
    mark, findings = goods("<class>9,35</class><class>N/A</class>", "<list>а</list><list>б</list>")
    assert blocks(mark) == [(9, []), (None, ["б"]), (35, [])]
    assert [t.text for t in mark.goods_unclassified] == ["а"]
    assert [code for code, _ in findings] == ["classes-in-one"]


@pytest.mark.parametrize(
    ("raw", "number", "scheme"), [("45", 45, "nice"), ("46", 46, "national"), ("класс 9", 9, "nice")]
)
def test_class_numbers(raw: str, number: int, scheme: str) -> None:
    mark, findings = goods(f"<class>{raw}</class>", "<list>а</list>")
    assert (mark.goods[0].class_number, mark.goods[0].scheme, findings) == (number, scheme, [])


@pytest.mark.parametrize("raw", ["51", "abc", "9,99"])
def test_what_is_no_class_is_kept(raw: str) -> None:
    mark, findings = goods(f"<class>{raw}</class>", "<list>а</list>")
    assert (mark.goods[0].class_number, findings) == (None, [("not-a-class", raw)])


@pytest.mark.parametrize(
    ("inside", "name", "country", "codes"),
    [
        ("<name>ACME (DE) </name>", "ACME", "DE", []),
        ("<name>ACME (DE)</name><country>Германия</country>", "ACME", "DE", []),
        ("<country>Германия</country><name>ACME (DE)</name>", "ACME", "DE", []),
        ("<name>ACME (DE)</name><country>США</country>", "ACME (DE)", "US", ["country-differs"]),
        ("<name>ACME (OK)</name>", "ACME (OK)", "", []),
        ("<name>ACME</name><country>Никарагуаa</country>", "ACME", "NI", []),
        ("<name>ACME</name><country>Pоссия</country>", "ACME", "RU", []),
        ("<name>ACME</name><country>Израйль</country>", "ACME", "IL", []),
        ("<name>ACME</name><country>Кот-д’Ивуар</country>", "ACME", "CI", []),
        ("<name>ACME</name><country>Атлантида</country>", "ACME", "", ["not-a-country"]),
    ],
)  # fmt: skip
def test_countries_of_parties(inside: str, name: str, country: str, codes: list[str]) -> None:
    mark, findings = record(f"<application_parties><inid_730>{inside}</inid_730></application_parties>")
    party = mark.applicants[0]
    assert (party.names[0].text, party.country) == (name, country)
    assert [code for code, _ in findings] == codes


def test_parties_of_every_role() -> None:
    mark, findings = record(
        "<application_parties><inid_730><name>А</name><address>Алматы,\n ул. 1</address></inid_730>"
        "<inid_732><name>B</name></inid_732><inid_740><name>В</name></inid_740><inid_740>Г</inid_740>"
        "<inid_750><name>Д</name><address>Астана</address></inid_750></application_parties>"
    )
    assert mark.applicants[0].address_lines[0].text == "Алматы, ул. 1"
    assert [p.names[0].text for p in (*mark.holders, *mark.representatives, *mark.correspondents)] == [
        "B",
        "В",
        "Г",
        "Д",
    ]
    assert findings == []


def test_priorities_which_others_lose() -> None:
    mark, findings = record(
        "<priority_info><customer><country>США</country><registration_number>88</registration_number>"
        "<registration_date>2018-12-01</registration_date></customer><customer><country>Китай</country></customer>"
        "</priority_info>"
    )
    assert [(p.country, p.number, p.date) for p in mark.priorities] == [
        ("US", "88", "2018-12-01"),
        ("CN", "", None),
    ]
    assert findings == []


@pytest.mark.parametrize("day", ["2022-02-30", "2022-13-45", "0000-00-00", "11/05/2022"])
def test_what_is_no_day_is_kept(day: str) -> None:
    mark, findings = record(f"<inid_151>{day}</inid_151>")
    assert mark.registration_date is None
    assert [(k.field, k.text, k.reason) for k in mark.kept] == [("/registration_date", day, "not-a-date")]
    assert findings == [("not-a-date", day)]


def test_without_an_expiry_date_nothing_is_said_of_the_end() -> None:
    mark, findings = record("<inid_170/><inid_111/><inid_151></inid_151>")
    assert (mark.expiry_date, mark.office_status, findings) == (None, "", [])
    mark, _ = record("<inid_170>10</inid_170>")
    assert mark.duration_years == 10


def test_a_deletion() -> None:
    mark, findings = record("<patent_type>Delete</patent_type>")
    assert (mark.deleted, findings) == (True, [])


def test_keys() -> None:
    facts = office("KZ")
    assert numbers.key_for("60001", facts) == "kz-60001"
    assert numbers.key_for("2019/60001", facts) == "kz-2019-60001"


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", "empty"),
        (b"<Other/>", "not-a-record"),
        (b"<U_ID><id>1</id>", "not-well-formed"),
        (b"<U_ID>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</U_ID>", "too-deep"),
        (
            b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><U_ID><id>&e;</id></U_ID>",
            "document-type",
        ),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, refusal: str) -> None:
    made = reading("KZ", raw)
    assert (made.record, made.refusal) == (None, refusal)


def test_a_record_in_windows_1251_that_says_nothing() -> None:
    raw = "<U_ID><inid_210>1</inid_210><trademark_name_ru>Алатау</trademark_name_ru></U_ID>".encode("cp1251")
    made = reading("KZ", raw)
    assert isinstance(made.record, Trademark)
    assert made.record.mark.verbal[0].text == "Алатау"
    assert made.slice_repairs == ("encoding:cp1251",)


def test_several_lists_of_goods_are_all_kept() -> None:
    mark, _ = record(
        "<inid_511>5</inid_511>"
        "<list_of_goods_and_services><class>32</class><list>пиво</list></list_of_goods_and_services>"
        "<list_of_goods_and_services><class>9,35</class><list>реклама</list></list_of_goods_and_services>"
        "<list_of_goods_and_services><class>41</class><list>обучение</list></list_of_goods_and_services>"
    )
    assert blocks(mark) == [(5, []), (32, ["пиво"]), (9, []), (35, []), (41, ["обучение"])]
    assert [text.text for text in mark.goods_unclassified] == ["реклама"]


def test_a_term_with_a_leading_nought_keeps_its_evidence() -> None:
    mark, _ = record("<inid_170>05</inid_170>")
    assert mark.duration_years == 5
