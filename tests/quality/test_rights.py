"""Rules on rights beside trademarks: each code on a bad record, silence on a good one; general rules hold for all."""

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from ipregister.exchange.mapped.drafting import office_text
from ipregister.model import offices
from ipregister.model.design import Design, ProductClass, SingleDesign, View
from ipregister.model.emblem import Emblem
from ipregister.model.indication import Area, Indication, Product
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.patent import Claim, Classification, Patent, PatentParty, PatentPriority
from ipregister.model.record import RIGHTS, Record, right_of
from ipregister.model.right import Publication
from ipregister.model.text import Kept, Text
from ipregister.model.work import Work
from ipregister.quality.rules import GENERAL, OF_RIGHT, RULES, check

DAY = dt.date(2026, 6, 30)
WHO = Party(names=(Text("Mekong Works Co., Ltd."),), country="LA")
INVENTOR = PatentParty(names=(Text("Noy Phommachanh"),), country="LA")
PATENT = Patent(
    office="LA", application_number="P/1", application_date="2020-01-02", titles=(Text("Dryer", "en"),),
    classifications=(Classification("ipc", "F26B 3/28"),), inventors=(INVENTOR,), applicants=(INVENTOR,),
    claims=(Claim("1", (Text("A dryer.", "en"),)),), claims_count=1, kind_code="A1",
    priorities=(PatentPriority("TH", "1901", "2019-01-05"),),
)  # fmt: skip
DESIGN = Design(
    office="LA", application_number="D/1", application_date="2022-01-02", applicants=(),
    designs=(SingleDesign(titles=(Text("Basket", "en"),), products=(ProductClass(number="07-01"),),
                          views=(View("1.png"),)),), designs_count=1,
)  # fmt: skip
INDICATION = Indication(
    office="LA", names=(Text("Plain tea", "en"),), products=(Product(texts=(Text("Tea", "en"),)),),
    areas=(Area((Text("Plain", "en"),), polygon='{"type":"Polygon","coordinates":[]}'),), producers=(WHO,),
)  # fmt: skip
WORK = Work(office="LA", application_number="C/1", application_date="2020-01-01", titles=(Text("Song", "en"),),
            authors=(WHO,), applicants=(WHO,), created="2018")  # fmt: skip
EMBLEM = Emblem(office="WO", names=(Text("League", "en"),), owners=(Text("League", "en"),))
DESIGNED = DESIGN.designs[0]


def codes(record: Record) -> set[str]:
    return {finding.code for finding in check(record, office(record.office), DAY)}


def changed(record: Record, **fields: object) -> Record:
    return msgspec.structs.replace(record, **fields)


def design(**fields: object) -> Record:
    return changed(DESIGN, designs=(msgspec.structs.replace(DESIGNED, **fields),))


BAD: dict[str, Record] = {
    "title-missing": changed(PATENT, titles=()),
    "ipc-missing": changed(PATENT, classifications=()),
    "classification-form": changed(PATENT, classifications=(Classification("ipc", "Z9"),)),
    "inventor-missing": changed(PATENT, inventors=()),
    "claims-count": changed(PATENT, claims_count=7),
    "priority-over-year": changed(PATENT, priorities=(PatentPriority("TH", "1", "2018-01-05"),)),
    "kind-code-form": changed(PATENT, kind_code="first"),
    "design-missing": changed(DESIGN, designs=()),
    "locarno-missing": design(products=()),
    "locarno-form": design(products=(ProductClass(number="99-99-99"),)),
    "view-missing": design(views=()),
    "view-repeated": design(views=(View("1.png"), View("1.png"))),
    "designs-count": changed(DESIGN, designs_count=4),
    "deferment-long": changed(DESIGN, deferred_until="2025-01-02"),
    "deferment-unread": changed(DESIGN, kept=(Kept("/deferred_until", "2030-02-30", "not-a-date"),)),
    "indication-name-missing": changed(INDICATION, names=()),
    "product-missing": changed(INDICATION, products=()),
    "area-missing": changed(INDICATION, areas=()),
    "producer-missing": changed(INDICATION, producers=()),
    "indication-class": changed(INDICATION, products=(Product("nice", "30"),)),
    "polygon-form": changed(INDICATION, areas=(Area(polygon="round"),)),
    "author-missing": changed(WORK, authors=()),
    "work-dates": changed(WORK, published="2017-05-05"),
    "emblem-owner-missing": changed(EMBLEM, owners=()),
}
OWN = {
    kind.code
    for right, rules in OF_RIGHT.items()
    if right != "trademark"
    for rule in rules
    for kind in rule.codes
}
MARKS = {kind.code for rule in RULES for kind in rule.codes}


def test_every_code_has_its_bad_record() -> None:
    assert set(BAD) == OWN - MARKS
    assert set(OF_RIGHT) == set(RIGHTS)


@pytest.mark.parametrize("code", sorted(BAD))
def test_a_bad_record_is_found(code: str) -> None:
    assert code in codes(BAD[code])


@pytest.mark.parametrize("record", [PATENT, DESIGN, INDICATION, WORK, EMBLEM], ids=right_of)
def test_a_good_record_has_none_of_them(record: Record) -> None:
    assert codes(record) & set(BAD) == set()


@pytest.mark.parametrize("record", [PATENT, DESIGN, INDICATION, WORK, EMBLEM], ids=right_of)
def test_general_rules_hold(record: Record) -> None:
    bad = changed(
        record,
        publications=msgspec.convert(
            [{"identifier": "9", "date": "2031-01-01"}],
            type(record).__annotations__.get("publications", tuple[Publication, ...]),
        ),
        office="ZZ",
        notes=(Text("caf\ufffd", "en"),),
    )
    found = {finding.code for finding in check(bad, office("LA"), DAY)}
    assert {"date-in-future", "office-mismatch", "replacement-character"} <= found


def test_an_indication_needs_no_application() -> None:
    assert (
        codes(INDICATION) & {"application-number-missing", "filing-date-missing", "applicant-missing"}
        == set()
    )
    assert "applicant-missing" in codes(changed(DESIGN, applicants=()))


def test_nothing_is_said_of_what_a_feed_has_no_place_for() -> None:
    asked = {"area-missing", "producer-missing", "registration-number-missing"}
    bare = changed(INDICATION, areas=(), producers=(), office_status="Registered")
    assert asked <= codes(bare)
    listed = changed(bare, office="EU", application_number="PGI-KH-02156")
    assert codes(listed) & asked == set()
    assert "product-missing" in codes(changed(listed, products=()))


def test_rules_for_every_right_name_no_mark() -> None:
    told = {kind.code: kind.message for rule in GENERAL for kind in rule.codes}
    marks = {code for code, text in told.items() if re.search(r"\bmark\b", text)}
    assert marks <= {"registration-date-missing", "expiry-date-missing"}  # which are asked of marks alone


def test_a_wrong_application_number_is_told_where_another_number_names_the_record(tmp_path: Path) -> None:
    text = office_text("XQ", "Office of a table", "Asia/Bangkok", "en")
    (tmp_path / "xq.toml").write_text(text, encoding="utf-8")
    offices.use_folder(tmp_path)
    try:
        for record in (PATENT, DESIGN, INDICATION, WORK, EMBLEM):
            wrong = changed(
                record, office="XQ", application_number="=cmd|'/c calc'!A1", registration_number="R8"
            )
            (told,) = [one for one in check(wrong, office("XQ"), DAY) if one.code == "number-unknown-series"]
            assert (told.path, told.value) == ("/application_number", "=cmd|'/c calc'!A1")
            right_one = changed(wrong, application_number="A8")
            assert "number-unknown-series" not in codes(right_one)
    finally:
        offices.use_folder(tmp_path / "none")


def test_an_office_without_series_of_applications_is_not_asked_for_one() -> None:
    hague = Design(office="WO", application_number="17/1234", registration_number="DM/012345")
    assert "number-unknown-series" not in codes(hague)
    assert "number-unknown-series" in codes(changed(hague, registration_number="?"))


def test_an_emblem_designates_nobody() -> None:
    assert "designations-missing" not in codes(EMBLEM)
