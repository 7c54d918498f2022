"""The code lists: each has a source and an edition, and the offices' tables use only codes that exist."""

import csv
import io
from importlib import resources

import pytest

from ipregister.model import codelists, offices
from ipregister.model.errors import NotFound
from ipregister.model.offices import office
from ipregister.model.places import country_of

TABLES = {
    "features": "mark_features",
    "kinds": "mark_kinds",
    "subtypes": "subtypes",
    "statuses": "states",
    "events": "event_kinds",
    "recordals": "recordal_kinds",
    "countries": "st3",
    "designation_states": "designation_states",
}


@pytest.mark.parametrize("name", codelists.LISTS)
def test_list_has_source_edition_and_unique_codes(name: str) -> None:
    header = codelists.header(name)
    assert header["source"]
    assert header["edition"]
    text = (resources.files("ipregister.model") / "codes" / f"{name}.csv").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0][:2] == ["code", "label"]
    assert all(len(row) == len(rows[0]) for row in rows)
    codes = [row[0] for row in rows[1:]]
    assert len(codes) == len(set(codes))
    assert all(row[1] for row in rows[1:])


def test_every_file_is_listed() -> None:
    folder = resources.files("ipregister.model") / "codes"
    files = {f.name[:-4] for f in folder.iterdir() if f.name.endswith(".csv")}
    assert files == {*codelists.LISTS, "legal_forms"}


def test_st3_holds_states_former_ones_and_organisations() -> None:
    codes = codelists.codes("st3")
    assert {"LA", "TL", "EM", "BX", "OA", "WO", "SU", "YU", "DD", "CS", "XX", "TW", "HK"} <= codes
    assert not {"ZZ", "UK", "XA", ""} & codes


def test_labels() -> None:
    assert codelists.label("nice", "25") == "Clothing, footwear, headwear"
    assert codelists.label("nice", "99") == "99"
    assert len(codelists.codes("nice")) == 45
    assert len(codelists.codes("vienna")) == 29
    with pytest.raises(NotFound):
        codelists.table("no-such-list")


def test_events_lead_to_states_that_exist() -> None:
    assert set(codelists.column("event_kinds", "state").values()) - {""} <= codelists.codes("states")


@pytest.mark.parametrize("code", offices.codes())
def test_offices_use_codes_that_exist(code: str) -> None:
    office = offices.office(code)
    for field, name in TABLES.items():
        unknown = set(getattr(office, field).values()) - codelists.codes(name) - {""}
        assert not unknown, f"{code} {field}: not in codes/{name}.csv"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Узбекистан", "UZ"), ("ЎЗБЕКИСТОН", "UZ"), ("Oʻzbekiston", "UZ"), ("Қазақстан", "KZ"), ("ไทย", "TH"), ("ລາວ", "LA"),
     ("កម្ពុជា", "KH"), ("Việt  Nam", "VN"), ("Allemagne", "DE"), ("中国", "CN"), ("США", "US"), ("Корея", None), ("РК", None)],
)  # fmt: skip
def test_a_country_is_known_in_the_languages_of_the_region(name: str, code: str | None) -> None:
    assert country_of(name, office("KG")) == code
