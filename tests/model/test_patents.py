"""Patents: their states by their events, and that nothing of an unpublished application is public."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from ipregister.model import codelists
from ipregister.model.markup import readable
from ipregister.model.numbers import key_of
from ipregister.model.offices import codes, office
from ipregister.model.patent import (
    Claim,
    Passage,
    Patent,
    PatentEvent,
    PatentParty,
    PatentPublication,
    UtilityModel,
)
from ipregister.model.publicity import project
from ipregister.model.status import derive
from ipregister.model.text import Text

DAY = dt.date(2024, 6, 1)
FILED = {"application_number": "1-2019-01234", "application_date": "2019-03-01"}


def state(events: list[tuple[str, str]], **fields: Any) -> str:
    """The state of a Vietnamese patent with dated events."""
    found = tuple(PatentEvent(kind=kind, date=date) for kind, date in events)
    record = Patent(office="VN", events=found, **{**FILED, **fields})
    return derive(record, office("VN"), DAY, "2024-06-01").state


@pytest.mark.parametrize(
    ("events", "fields", "expected"),
    [
        ([], {}, "filed"),
        ([("examination-requested", "2020-01-01")], {}, "filed"),
        ([], {"publications": (PatentPublication(date="2020-09-01"),)}, "published"),
        (
            [("examined", "2021-01-01")],
            {"publications": (PatentPublication(date="2020-09-01"),)},
            "published",
        ),
        ([("granted", "2022-01-01")], {}, "registered"),
        ([], {"registration_number": "123", "registration_date": "2022-01-01"}, "registered"),
        ([("granted", "2022-01-01"), ("opposed", "2022-06-01")], {}, "registered"),
        ([("refused", "2022-01-01")], {}, "refused"),
        ([("withdrawn", "2020-01-01")], {}, "withdrawn"),
        ([("deemed-withdrawn", "2020-01-01")], {}, "withdrawn"),
        ([("deemed-withdrawn", "2020-01-01"), ("revived", "2020-06-01")], {}, "filed"),
        ([("granted", "2022-01-01"), ("lapsed", "2023-01-01")], {}, "lapsed"),
        ([("granted", "2022-01-01"), ("lapsed", "2023-01-01"), ("restored", "2023-06-01")], {}, "registered"),
        ([("granted", "2022-01-01"), ("revoked", "2023-01-01")], {}, "invalidated"),
        ([("granted", "2022-01-01"), ("surrendered", "2023-01-01")], {}, "surrendered"),
        ([("granted", "2022-01-01"), ("expired", "2023-01-01")], {}, "expired"),
        ([("granted", "2022-01-01")], {"office_status": "Lapsed for non-payment"}, "lapsed"),
    ],
)
def test_the_state_of_a_patent(events: list[tuple[str, str]], fields: dict[str, Any], expected: str) -> None:
    assert state(events, **fields) == expected


def test_every_category_of_st27_leads_to_a_state_we_know() -> None:
    rows = codelists.table("st27_categories").values()
    assert len(rows) == 21
    assert {row["state"] for row in rows} - {""} <= codelists.codes("states")


@pytest.mark.parametrize("kind", [Patent, UtilityModel])
@pytest.mark.parametrize("code", codes())
def test_nothing_of_an_unpublished_application_is_public(code: str, kind: type[Patent]) -> None:
    canary = (Text("CANARY"),)
    record = kind(
        office=code, application_number="1-2024-00001", application_date="2024-01-15", titles=canary, abstracts=canary,
        inventors=(PatentParty(names=canary),), applicants=(PatentParty(names=canary, organization_names=canary),),
        claims=(Claim("1", canary),), description=(Passage(texts=canary),), notes=canary,
    )  # fmt: skip
    assert "CANARY" not in str(project(record, office(code), DAY))
    later = msgspec.structs.replace(record, publications=(PatentPublication(date="2024-06-02"),))
    assert "CANARY" not in str(project(later, office(code), DAY))
    assert "CANARY" in str(project(later, office(code), dt.date(2024, 6, 2)))


@pytest.mark.parametrize(
    ("code", "kind", "number", "key"),
    [
        ("VN", Patent, "1-2019-01234", "vn-pat-1-2019-01234"),
        ("VN", UtilityModel, "2-2020-00345", "vn-um-2-2020-00345"),
        ("LA", UtilityModel, "PP/56", "la-um-pp-56"),
        ("MY", UtilityModel, "UI 2020000345", "my-um-ui2020000345"),
        ("ID", UtilityModel, "S00202000456", "id-um-s00202000456"),
        ("TH", UtilityModel, "1903000456", "th-um-1903000456"),
        ("PH", Patent, "1/2021/050123", "ph-pat-s-1-2021-050123"),
        ("KZ", UtilityModel, "2020/0456.2", "kz-um-2020-0456-2"),
        ("KH", UtilityModel, "KH/U/2019/00007", "kh-um-2019-00007"),
        ("SG", Patent, "10201912345X", "sg-pat-10201912345x"),
        ("EP", Patent, "05255002.7", "ep-pat-05-255002"),
    ],
)
def test_keys(code: str, kind: type[Patent], number: str, key: str) -> None:
    keyed = key_of(kind(office=code, application_number=number), office(code))
    assert keyed is not None
    assert keyed.key == key


def test_utility_models_have_their_offices_own_name() -> None:
    names = {
        code: office(code).words["utility-model"]["names"]["en"]
        for code in ("ID", "LA", "MY", "TH", "VN", "PH")
    }
    assert names == {"ID": "Simple patent", "LA": "Petty patent", "MY": "Utility innovation", "TH": "Petty patent",
                     "VN": "Utility solution", "PH": "Utility model"}  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("H<sub>2</sub>O", "H₂O"), ("10<sup>-3</sup>", "10⁻³"), ("x<sup>th</sup>", "xth"), ("a<br></br> b", "a\nb"),
        ("<msub><mi>K</mi><mn>2</mn></msub>=<mfrac><mn>1</mn><mi>y</mi></mfrac>", "K₂=1/y"),
        ("<row><entry>1<br></br>x</entry><entry></entry><entry>2</entry></row>", "1 x | | 2"),
        ("a &lt; b &amp; c", "a < b & c"), ("\n  a \n b ", "a b"), ("<Image><FileName>x</FileName></Image>", ""),
    ],
)  # fmt: skip
def test_markup_becomes_lines(markup: str, text: str) -> None:
    assert readable(markup) == text
