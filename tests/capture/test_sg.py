"""The SG feed: three kinds of records, every element, and every quirk that is known."""

import pytest

from ipregister.model import numbers
from ipregister.model.emblem import Emblem
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.capture.reading import read, reading


def record(inside: str, root: str = "Trademark") -> tuple[Trademark, list[tuple[str, str]]]:
    return read("SG", f"<{root}><tm_no>40201711800X</tm_no>{inside}</{root}>")


def test_every_element_has_its_field() -> None:
    mark, findings = record(
        "<application_type>Certification Mark</application_type><application_date>06/05/2019</application_date>"
        "<publication_date>07/06/2019</publication_date>"
        "<registration_completion_date>08/07/2019</registration_completion_date><expiry_date>06/05/2029</expiry_date>"
        "<mark_status>Registered</mark_status><status_date>09/08/2019</status_date>"
        "<previous_status>Pending (Published)</previous_status><mark_description>Orchid</mark_description>"
        '<mark_index><words_in_mark xml:space="preserve">ORCHID</words_in_mark>'
        "<device_description>A flower</device_description></mark_index><mark_translation>flower</mark_translation>"
        "<logo_details><file_name>40201711800X.jpg</file_name><type>jpg</type></logo_details>"
        "<mark_lodge_in_color>Y</mark_lodge_in_color><clause_details><clause>No right to FLOWER.</clause></clause_details>"
    )
    assert (mark.kinds, mark.application_date, mark.registration_date) == (
        ("Certificate",),
        "2019-05-06",
        "2019-07-08",
    )
    assert (mark.application_number, mark.registration_number) == ("40201711800X", "40201711800X")
    assert (mark.expiry_date, mark.office_status, mark.status_date) == (
        "2029-05-06",
        "Registered",
        "2019-08-09",
    )
    assert [p.date for p in mark.publications] == ["2019-06-07"]
    assert [(e.code, e.office_name) for e in mark.events] == [("previous-status", "Pending (Published)")]
    assert ([t.text for t in mark.mark.verbal], [t.text for t in mark.mark.significant]) == (
        ["Orchid"],
        ["ORCHID"],
    )
    assert [t.text for t in mark.mark.descriptions] == ["A flower"]
    assert [t.text for t in mark.mark.disclaimers] == ["No right to FLOWER."]
    assert [(i.filename, i.format) for i in mark.mark.images] == [("40201711800X.jpg", "jpg")]
    assert (mark.mark.flags, mark.mark.feature) == (("mark_lodge_in_color=Y",), "Combined")
    assert (findings, mark.extra, mark.kept, mark.subtype) == ([], (), (), "TRADEMARK")


def test_a_slogan_is_a_mark() -> None:
    mark, findings = record("<mark_description>x</mark_description>", "R13")
    assert (mark.subtype, findings) == ("SLOGAN", [])


def test_an_emblem_is_a_right_of_its_own() -> None:
    inside = (
        "<tm_no>A201900012</tm_no><mark_description>SEAL</mark_description><logo_details><file_name>a.jpg</file_name>"
        "</logo_details><class_details><class_no>9</class_no></class_details><mark_lodge_in_color>Y</mark_lodge_in_color>"
    )
    emblem = reading("SG", f"<Article6ter>{inside}</Article6ter>").record
    assert isinstance(emblem, Emblem)
    assert [text.text for text in emblem.names] == ["SEAL"]
    assert [image.filename for image in emblem.images] == ["a.jpg"]
    assert emblem.sign.flags == ("mark_lodge_in_color=Y",)
    keyed = numbers.key_of(emblem, office("SG"))
    assert keyed is not None
    assert keyed.key == "sg-em-a201900012"


@pytest.mark.parametrize(
    ("inside", "feature"),
    [
        ("<mark_description>A</mark_description>", "Word"),
        ("<mark_index><words_in_mark>A</words_in_mark></mark_index>", "Word"),
        ("<logo_details><file_name>a.jpg</file_name></logo_details>", "Figurative"),
        ("<mark_description>A</mark_description><logo_details><file_name>a.jpg</file_name></logo_details>", "Combined"),
        ("<mark_description>A</mark_description><logo_details><file_name>a.tif</file_name></logo_details>", "Word"),
        ("<three_dimensional_shape>Y</three_dimensional_shape>", "Three dimensional"),
        ("<aspect_of_packaging>Y</aspect_of_packaging>", "Three dimensional"),
        ("<three_dimensional_shape>N</three_dimensional_shape><mark_description>A</mark_description>", "Word"),
        ("<color_as_a_trademark>Y</color_as_a_trademark>", "Colour"),
        ("<non_conventional_mark>Y</non_conventional_mark>", "Other"),
        ("<non_conventional_mark>Sound</non_conventional_mark>", "Sound"),
    ],
)  # fmt: skip
def test_the_kind_of_sign_follows_from_flags_text_and_picture(inside: str, feature: str) -> None:
    mark, findings = record(inside)
    assert (mark.mark.feature, findings) == (feature, [])
    made = reading("SG", f"<Trademark>{inside}</Trademark>")
    derived = [f.value for f in made.findings if f.code == "feature-derived"]
    assert derived == ([feature] if feature != "Sound" else [])


def test_repeated_elements_have_one_value_and_keep_the_others() -> None:
    mark, findings = record(
        "<expiry_date>06/05/2029</expiry_date><expiry_date>06/05/2029</expiry_date><expiry_date>07/05/2029</expiry_date>"
    )
    assert mark.expiry_date == "2029-05-06"
    assert [(k.text, k.reason) for k in mark.kept] == [
        ("06/05/2029", "duplicate"),
        ("07/05/2029", "duplicate"),
    ]
    assert findings == [("repeated-element", "07/05/2029")]


def test_classes_with_their_status_and_priorities() -> None:
    claim = "<priority_claims><country>United States of America</country><date>01/02/2019</date></priority_claims>"
    mark, findings = record(
        f"<classes_details><class_details><class_no>09</class_no><class_status>Registered</class_status>"
        f"<goods_services>LED lamps; IBM PC.</goods_services>{claim}</class_details>"
        f"<class_details><class_no>35</class_no><goods_services>Advertising.</goods_services>{claim}"
        "<priority_claims/></class_details></classes_details>"
    )
    assert [(g.class_number, g.status, [t.text for t in g.texts]) for g in mark.goods] == [
        (9, "Registered", ["LED lamps; IBM PC."]),
        (35, "", ["Advertising."]),
    ]
    assert [(p.country, p.date, p.classes) for p in mark.priorities] == [
        ("US", "2019-02-01", (9,)),
        ("US", "2019-02-01", (35,)),
    ]
    assert findings == []


def test_several_classes_in_one_number() -> None:
    mark, findings = record(
        "<classes_details><class_details><class_no>9,35</class_no><goods_services>a</goods_services>"
        "<priority_claims><country>France</country></priority_claims></class_details></classes_details>"
    )
    assert [(g.class_number, len(g.texts)) for g in mark.goods] == [(9, 0), (35, 0)]
    assert ([t.text for t in mark.goods_unclassified], mark.priorities[0].classes) == (["a"], (9, 35))
    assert findings == [("classes-in-one", "9,35")]


def test_the_same_class_twice_is_two_blocks() -> None:
    one = "<class_details><class_no>30</class_no><goods_services>part {0}</goods_services></class_details>"
    mark, _ = record(f"<classes_details>{one.format(0)}{one.format(1)}</classes_details>")
    assert [(g.class_number, g.texts[0].text) for g in mark.goods] == [(30, "part 0"), (30, "part 1")]


def test_parties_with_their_numbers() -> None:
    mark, findings = record(
        "<company_details><company_code>C1</company_code><company_name>ACME PTE LTD</company_name>"
        "<company_addr1>1 Road</company_addr1><company_addr2>#-</company_addr2><company_addr3>SINGAPORE</company_addr3>"
        "<country>SINGAPORE</country></company_details>"
        "<agent_afs_details><agent_details><agent_code>A1</agent_code><agent_name>AGENT</agent_name>"
        "<agent_addr1>2 Road</agent_addr1><type>Agent</type></agent_details></agent_afs_details>"
    )
    owner, agent = mark.applicants[0], mark.representatives[0]
    assert (owner.identifier, owner.names[0].text, owner.country) == ("C1", "ACME PTE LTD", "SG")
    assert [t.text for t in owner.address_lines] == ["1 Road", "SINGAPORE"]
    assert (agent.identifier, agent.names[0].text, agent.role) == ("A1", "AGENT", "Agent")
    assert [(k.text, k.reason) for k in mark.kept] == [("#-", "placeholder")]
    assert findings == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("UNITED STATES OF AMERICA", "US"),
        ("Korea, Republic of", "KR"),
        ("HONG KONG", "HK"),
        ("france; switzerland", ""),
        ("korea &amp; japan", ""),
        ("Atlantis", ""),
    ],
)
def test_countries_by_name(name: str, country: str) -> None:
    mark, findings = record(
        f"<company_details><company_name>A</company_name><country>{name}</country></company_details>"
    )
    assert mark.applicants[0].country == country
    assert [code for code, _ in findings] == ([] if country else ["not-a-country"])
    assert [k.reason for k in mark.kept] == ([] if country else ["not-a-country"])


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Caf&amp;eacute; R&amp;#233;el", "Café Réel"),
        ("&amp;gcaron;", "ǧ"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("A &amp;unheardof; B", "A &unheardof; B"),
        ("S.A.R.L.", "S.A.R.L."),
        ("YAHOO!", "YAHOO!"),
        ("A: B # C", "A: B # C"),
        ("NULL &lt;b>", "NULL <b>"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("TRUE", "TRUE"),
    ],
)
def test_texts_of_marks(raw: str, text: str) -> None:
    mark, _ = record(f"<mark_description>{raw}</mark_description>")
    assert mark.mark.verbal[0].text == text


def test_undefined_entities_are_mended_and_named() -> None:
    made = reading(
        "SG",
        "<Trademark><tm_no>T1A</tm_no><mark_description>a&nbsp;b &gcaron;</mark_description></Trademark>",
    )
    assert isinstance(made.record, Trademark)
    assert made.record.mark.verbal[0].text == "a\u00a0b ǧ"
    assert set(made.slice_repairs) == {"entity:nbsp", "entity:gcaron"}


def test_a_day_that_is_none_is_kept() -> None:
    mark, findings = record("<registration_completion_date>31/02/2019</registration_completion_date>")
    assert (mark.registration_date, mark.registration_number) == (None, "")
    assert findings == [("not-a-date", "31/02/2019")]
    mark, findings = record("<application_date>2019-03-04</application_date>")
    assert (mark.application_date, findings) == ("2019-03-04", [])


@pytest.mark.parametrize("word", ["Suspended by court", "9999"])
def test_an_unknown_status_is_shown_as_delivered(word: str) -> None:
    mark, findings = record(f"<mark_status>{word}</mark_status>")
    assert (mark.office_status, findings) == (word, [("unknown-status", word)])


def test_destroyed_records_are_deletions() -> None:
    mark, findings = record("<mark_status>Destroyed</mark_status>")
    assert (mark.deleted, mark.office_status, findings) == (True, "Destroyed", [])


def test_recorded_acts() -> None:
    mark, findings = record(
        "<assignment_details><effective_date>01/02/2020</effective_date><type>Assignment</type>"
        "<assignor_name>A</assignor_name><assignee_name>B</assignee_name></assignment_details>"
        "<licence_details><type>Exclusive Licence</type><start_date>02/02/2020</start_date><end_date>02/02/2025</end_date>"
        "<licensee_details><licensee_name>L</licensee_name><country>Japan</country></licensee_details></licence_details>"
        "<oppositions_details><opposition><date>03/03/2019</date><opponent_name>O</opponent_name><class_no>9</class_no>"
        "</opposition><opposition><date>04/03/2019</date></opposition></oppositions_details>"
        "<division_details><new_tm_no>40201711800X-01</new_tm_no></division_details>"
        "<amendment_details><date>05/05/2020</date><description>Address.</description></amendment_details>"
    )
    assert [r.kind for r in mark.recordals] == [
        "transfer",
        "licence",
        "opposition",
        "opposition",
        "division",
        "amendment",
    ]
    transfer, licence, opposition = mark.recordals[:3]
    assert [(p.names[0].text, p.role) for p in transfer.parties] == [("A", "assignor"), ("B", "assignee")]
    assert (licence.word, licence.end_date, licence.parties[0].country) == (
        "Exclusive Licence",
        "2025-02-02",
        "JP",
    )
    assert (opposition.date, opposition.classes) == ("2019-03-03", (9,))
    assert mark.recordals[4].numbers == ("40201711800X-01",)
    assert (findings, mark.extra) == ([], ())


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("40201711800X", "sg-40201711800x"),
        ("40201711800X-01", "sg-40201711800x-01"),
        ("T0001800A", "sg-t0001800a"),
        ("T9511877G", "sg-t9511877g"),
        ("L201900012A", "sg-l201900012a"),
    ],
)
def test_keys(number: str, key: str) -> None:
    assert numbers.key_for(number, office("SG")) == key


def test_a_record_of_another_feed_is_refused() -> None:
    made = reading("SG", "<Mark/>")
    assert (made.record, made.refusal) == (None, "not-a-record")
