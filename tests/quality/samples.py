"""A clean record, and for each finding code a good and a bad change of it."""

from typing import Any

import msgspec

from ipregister.model.event import Event, Recordal
from ipregister.model.mark import Goods, Image, Mark, Trademark
from ipregister.model.party import Contact, Party
from ipregister.model.right import Designation, Priority, Publication, Reference
from ipregister.model.text import Kept, Text

ACME = Party(
    names=(Text("ACME Trading Co., Ltd."),),
    address_lines=(Text("1 Lane Xang Road, Vientiane"),),
    country="LA",
)
AGENT = Party(names=(Text("Lao Agency"),), country="LA")
IMAGE = Image(filename="ATTACHMENT/logo", format="JPEG", vienna=("26.01.03", "05.03.13"))
WIRES = Goods(9, (Text("Electric wires; cables (for cars; for bikes); catchphrase strengths.", "en"),))
FILED, REGISTERED, ENDS = "2016-08-17", "2017-08-15", "2027-08-15"

CLEAN = Trademark(
    office="LA",
    kinds=("Individual",),
    application_number="37978",
    application_date=FILED,
    registration_number="38524",
    registration_date=REGISTERED,
    expiry_date=ENDS,
    application_language="lo",
    office_status="Registered",
    status_date=REGISTERED,
    mark=Mark(feature="Combined", verbal=(Text("ດອກຈຳປາ", "lo"), Text("CHAMPA")), images=(IMAGE,)),
    goods=(WIRES,),
    priorities=(Priority("TH", "160100001", "2016-03-01"),),
    publications=(Publication("37978", "2017-07-31"),),
    applicants=(ACME,),
    representatives=(AGENT,),
    events=(Event("filed", FILED, "Filed"), Event("registered", REGISTERED, "Registered")),
)


def changed(**fields: Any) -> Trademark:
    """The clean record with other fields; `mark_…` reaches into the mark."""
    mark = {name[5:]: value for name, value in fields.items() if name.startswith("mark_")}
    rest = {name: value for name, value in fields.items() if not name.startswith("mark_")}
    if mark:
        rest["mark"] = msgspec.structs.replace(CLEAN.mark, **mark)
    return msgspec.structs.replace(CLEAN, **rest)


def party(**fields: Any) -> Party:
    """The clean applicant with other fields."""
    return msgspec.structs.replace(ACME, **fields)


def image(*vienna: str) -> tuple[Image, ...]:
    """A picture with these Vienna codes."""
    return (msgspec.structs.replace(IMAGE, vienna=vienna),)


def goods(text: str, number: int | None = 9, lang: str = "en", **fields: Any) -> tuple[Goods, ...]:
    """One list of goods."""
    return (Goods(number, (Text(text, lang),), **fields),)


def kept(field: str, text: str = "?", reason: str = "unknown-code") -> tuple[Kept, ...]:
    """A value that could not be read."""
    return (Kept(field, text, reason),)


def words(*texts: str, lang: str = "und") -> tuple[Text, ...]:
    """Texts in one language."""
    return tuple(Text(text, lang) for text in texts)


LATER, EARLIER = "2031-01-01", "2001-01-01"
WITHOUT_DATES: dict[str, Any] = {
    "registration_date": None,
    "expiry_date": None,
    "events": (),
    "office_status": "Filed",
}
NATIONAL_50 = Goods(50, (Text("old goods", "en"),), scheme="national")

Change = dict[str, Any]
SAMPLES: dict[str, tuple[Change, Change]] = {
    "office-mismatch": ({}, {"office": "TH"}),
    "right-unknown": ({"subtype": "GI"}, {"subtype": "NOVELTY"}),
    "kind-unknown": ({"kinds": ("Collective",)}, {"kinds": ("Sole",)}),
    "kind-missing": ({"kinds": (), "kept": kept("/kinds/0")}, {"kinds": ()}),
    "application-number-missing": (
        {"application_number": "", "kept": kept("/application_number")},
        {"application_number": ""},
    ),
    "registration-number-missing": (
        {"registration_number": "", "office_status": "Filed"},
        {"registration_number": ""},
    ),
    "number-without-digits": ({"registration_number": "KH/M/1"}, {"registration_number": "KH/M/"}),
    "number-unknown-series": ({"application_number": "M/1421805"}, {"application_number": "Z-1-2-3"}),
    "filing-date-missing": (
        {"application_date": None, "kept": kept("/application_date", "2022-02-30", "not-a-date")},
        {"application_date": None},
    ),
    "registration-date-missing": (WITHOUT_DATES, {"registration_date": None}),
    "expiry-date-missing": ({"expiry_date": None, "subtype": "GI"}, {"expiry_date": None}),
    "date-in-future": ({"expiry_date": "2027-01-01"}, {"status_date": LATER}),
    "date-too-old": (
        {"publications": (Publication("1", "1850-01-01"),)},
        {"publications": (Publication("1", "1562-01-01"),)},
    ),
    "date-default": ({}, {"publications": (Publication("1", "1970-01-01"),)}),
    "date-incomplete": ({}, {"publications": (Publication("1", "2017-09"),)}),
    "expiry-far": ({"expiry_date": "2037-08-15"}, {"expiry_date": "2999-12-31"}),
    "registration-before-filing": ({"registration_date": "2016-03-01"}, {"registration_date": "2016-02-29"}),
    "registration-at-priority": ({}, {"registration_date": "2016-03-01"}),
    "date-order": ({"expiry_date": REGISTERED}, {"expiry_date": "2017-08-14"}),
    "status-before-filing": ({"status_date": FILED}, {"status_date": "2016-08-16"}),
    "expiry-not-term": ({"expiry_date": "2036-08-17"}, {"expiry_date": "2024-01-17"}),
    "publication-before-filing": (
        {"publications": (Publication("1", FILED),)},
        {"publications": (Publication("1", EARLIER),)},
    ),
    "publication-date-missing": (
        {"publications": (Publication("1"),), "kept": kept("/publications/0/date")},
        {"publications": (Publication("1"),)},
    ),
    "priority-after-filing": (
        {"priorities": (Priority("TH", "1", FILED),)},
        {"priorities": (Priority("TH", "1", "2222-01-01"),)},
    ),
    "priority-too-early": (
        {"priorities": (Priority("TH", "1", "2016-02-17"),)},
        {"priorities": (Priority("TH", "1", "2015-12-31"),)},
    ),
    "priority-date-missing": ({}, {"priorities": (Priority("TH", "1"),)}),
    "priority-number-missing": (
        {"priorities": (Priority("TH", "", "2016-08-01", "exhibition"),)},
        {"priorities": (Priority("TH", "", "2016-08-01"),)},
    ),
    "priority-country-missing": (
        {"priorities": (Priority("", "1", "2016-08-01"),), "kept": kept("/priorities/0/country")},
        {"priorities": (Priority("", "1", "2016-08-01"),)},
    ),
    "priority-repeated": ({"priorities": CLEAN.priorities}, {"priorities": CLEAN.priorities * 2}),
    "event-date-missing": ({}, {"events": (Event("filed"),)}),
    "event-before-filing": ({}, {"events": (Event("examined", "2015-01-01"),)}),
    "event-after-status": (
        {"events": (Event("assigned", REGISTERED),)},
        {"events": (Event("assigned", "2020-01-01"),)},
    ),
    "event-repeated": ({"events": CLEAN.events}, {"events": CLEAN.events + CLEAN.events[:1]}),
    "event-date-differs": ({}, {"events": (Event("registered", "2017-01-01"),)}),
    "status-missing": ({"office_status": "", "kept": kept("/office_status")}, {"office_status": ""}),
    "status-ignores-end": (
        {"office_status": "Withdrawn", "events": (Event("withdrawn", "2017-08-16"),)},
        {"events": (Event("withdrawn", "2017-08-16"),)},
    ),
    "status-behind-events": ({}, {"office_status": "Filed"}),
    "status-ignores-registration": ({}, {"office_status": "Published"}),
    "expired-before-term": (
        {"office_status": "Expired", "expiry_date": "2026-08-15"},
        {"office_status": "Expired"},
    ),
    "registered-past-term": ({"expiry_date": "2026-08-15"}, {"expiry_date": "2024-08-15"}),
    "recordal-date-missing": (
        {"recordals": (Recordal("transfer", date="2020-01-01"),)},
        {"recordals": (Recordal("transfer"),)},
    ),
    "recordal-before-filing": (
        {"recordals": (Recordal("transfer", date=FILED),)},
        {"recordals": (Recordal("transfer", date=EARLIER),)},
    ),
    "mark-feature-missing": ({"mark_feature": "", "kept": kept("/mark/feature")}, {"mark_feature": ""}),
    "mark-feature-unknown": ({"mark_feature": "Tracer"}, {"mark_feature": "Unknown"}),
    "word-mark-without-text": (
        {"mark_feature": "Figurative", "mark_verbal": ()},
        {"mark_feature": "Word", "mark_verbal": ()},
    ),
    "figurative-mark-without-image": (
        {"mark_feature": "Word", "mark_images": ()},
        {"mark_images": (Image(),)},
    ),
    "colour-mark-without-colour": (
        {"mark_feature": "Colour", "mark_images": (Image(colour_claims=words("red")),)},
        {"mark_feature": "Colour"},
    ),
    "sound-mark-without-file": ({}, {"mark_feature": "Sound"}),
    "image-not-delivered": ({"mark_images": ()}, {}),
    "description-in-mark": ({"mark_verbal": words("LOGOS PRESS")}, {"mark_verbal": words("CHAMPA LOGO")}),
    "translation-placeholder": (
        {"mark_translations": words("red flower")},
        {"mark_translations": words("Merupakan suatu penamaan")},
    ),
    "mark-text-long": ({"mark_verbal": words("A" * 500)}, {"mark_verbal": words("A" * 501)}),
    "mark-text-repeated": ({"mark_verbal": words("A", "B")}, {"mark_verbal": words("A", "A")}),
    "vienna-form": ({"mark_images": image("A26.01.18", "26.1")}, {"mark_images": image("260118")}),
    "vienna-unknown": ({"mark_images": image("29.01.12")}, {"mark_images": image("99.99.99")}),
    "vienna-unlisted": ({"mark_images": image("27.05.01")}, {"mark_images": image("27.06.01")}),
    "vienna-repeated": ({}, {"mark_images": image("26.01.01", "26.01.01")}),
    "classes-missing": ({"goods": (), "kept": kept("/goods/0/class_number")}, {"goods": ()}),
    "goods-missing": (
        {"goods": (), "goods_unclassified": words("x")},
        {"goods": (), "office_status": "Filed"},
    ),
    "class-unknown": ({"goods": goods("x", 45)}, {"goods": goods("x", 0)}),
    "class-national": ({"goods": goods("x", 45)}, {"goods": (NATIONAL_50,)}),
    "class-number-missing": (
        {"goods": goods("x", None), "kept": kept("/goods/0/class_number", "9,35", "not-a-class")},
        {"goods": goods("x", None)},
    ),
    "class-repeated": ({"goods": goods("x", 9) + goods("y", 35)}, {"goods": goods("x", 9) + goods("y", 9)}),
    "goods-empty": ({}, {"goods": (Goods(9),)}),
    "goods-unclassified": ({}, {"goods_unclassified": words("x")}),
    "class-edition": ({"goods": goods("x", 43)}, {"goods": goods("x", 43), "application_date": "1999-01-01"}),
    "term-long": ({"goods": goods("a; " * 500)}, {"goods": goods("a" * 1000)}),
    "text-cut": ({"goods": goods("a" * 254 + ".")}, {"goods": goods("a" * 255)}),
    "applicant-missing": ({"applicants": (), "holders": (ACME,)}, {"applicants": ()}),
    "party-name-missing": (
        {"applicants": (party(names=(), last_names=words("Kham")),)},
        {"applicants": (party(names=()),)},
    ),
    "representative-name-missing": ({"representatives": ()}, {"representatives": (Party(country="LA"),)}),
    "party-country-missing": (
        {"applicants": (party(country=""),), "kept": kept("/applicants/0/country", "Laos", "not-a-country")},
        {"applicants": (party(country=""),)},
    ),
    "party-name-placeholder": (
        {"applicants": (party(names=words("Test Valley Ltd")),)},
        {"applicants": (party(names=words("N/A")),)},
    ),
    "party-name-digits": (
        {"applicants": (party(names=words("3M")),)},
        {"applicants": (party(names=words("4711")),)},
    ),
    "party-repeated": ({"applicants": (ACME, AGENT)}, {"applicants": (ACME, ACME)}),
    "role-dates": (
        {"applicants": (party(from_date=FILED, to_date=ENDS),)},
        {"applicants": (party(from_date=ENDS, to_date=FILED),)},
    ),
    "email-form": (
        {"applicants": (party(contact=Contact(email=("a@b.la",))),)},
        {"applicants": (party(contact=Contact(email=("a at b",))),)},
    ),
    "country-unknown": (
        {"priorities": (Priority("SU", "1", "2016-08-01"),)},
        {"applicants": (party(country="ZZ"),)},
    ),
    "language-unknown": ({"second_language": "en"}, {"second_language": "kx"}),
    "language-former": ({"second_language": "id"}, {"second_language": "in"}),
    "language-missing": (
        {"mark_disclaimers": words("no right to CAFÉ", lang="en")},
        {"mark_disclaimers": words("no right to CAFÉ")},
    ),
    "language-script": (
        {"mark_verbal": words("ດອກຈຳປາ", lang="lo")},
        {"mark_verbal": words("ดอกไม้", lang="en")},
    ),
    "replacement-character": ({}, {"mark_verbal": words("CAF\ufffd")}),
    "question-marks": ({"mark_verbal": words("WHO? ME??")}, {"mark_verbal": words("???? ??")}),
    "double-encoding": (
        {"mark_verbal": words("Cà phê Ãâ", lang="vi")},
        {"mark_verbal": words("CafÃ© ROYAL")},
    ),
    "control-character": ({"mark_verbal": words("A\u200bກ")}, {"mark_verbal": words("A\u0086B")}),
    "private-character": ({}, {"mark_verbal": words("A\uf020B")}),
    "entity-in-text": ({"mark_verbal": words("R&D; AT&T")}, {"mark_verbal": words("CAF&eacute;")}),
    "legacy-encoding": (
        {"mark_verbal": words("Bánh mì Đà Nẵng", "ÉCOLE", lang="vi")},
        {"mark_verbal": words("ÐîäíèêÀëàòàó", lang="ru")},
    ),
    "mixed-scripts": ({"mark_verbal": words("АЛАТАУ City")}, {"mark_verbal": words("АЛАТАY")}),
    "reading-noise": ({}, {"goods": goods("electric wires; cnamclcd wircs")}),
    "text-empty": ({}, {"mark_verbal": words(" ")}),
    "reference-number-missing": (
        {"references": (Reference("series", "LA", "1"),)},
        {"references": (Reference("series", "LA"),)},
    ),
    "reference-office-missing": (
        {"references": (Reference("basic-application", "DE", "1"),)},
        {"references": (Reference("basic-application", "", "1"),)},
    ),
    "basic-after-international": (
        {"office": "WO", "references": (Reference("basic-registration", "DE", "1", FILED),)},
        {"office": "WO", "references": (Reference("basic-registration", "DE", "1", ENDS),)},
    ),
    "reference-to-itself": (
        {"references": (Reference("division-parent", "LA", "1"),)},
        {"references": (Reference("division-parent", "LA", "37978"),)},
    ),
    "designations-missing": ({"office": "WO", "designations": (Designation("LA"),)}, {"office": "WO"}),
    "designation-repeated": (
        {"office": "WO", "designations": (Designation("LA"), Designation("LA", date=FILED))},
        {"office": "WO", "designations": (Designation("LA"), Designation("LA"))},
    ),
    "number-taken": ({"application_number": "M/1"}, {}),
    "registration-number-taken": ({"registration_number": ""}, {}),
    "same-mark-same-owner": ({"mark_verbal": ()}, {}),
    "number-year": ({"application_number": "4-2016-11818"}, {"application_number": "4-2019-11818"}),
}
OF_OFFICE = {"number-year": "VN"}
"""Codes whose samples are of another office than LA."""
WITH_FACTS = {"image-not-delivered", "number-taken", "registration-number-taken", "same-mark-same-owner"}
"""Codes of rules that ask the register."""
