"""What the indexer makes of a record holds what the public projection holds, and nothing else."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec
import pytest

from ipregister.intake.documents import PublicView, build_many, days_at
from ipregister.model import canonical, numbers, offices, publicity, status
from ipregister.model.canonical import SCHEMA
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import Office, Publicity, codes, office
from ipregister.model.patent import Patent, PatentParty
from ipregister.model.text import Text
from ipregister.search.document import document
from ipregister.search.fields import FIELDS
from ipregister.search.sources import Source
from ipregister.store.rows import CurrentBody
from tests.search.shelf import ANALYZER
from tests.search.test_publicity import planted

DAY = dt.date(2026, 1, 1)
RULES: dict[str, dict[str, str]] = {
    "as the office has it": {},
    "hidden events": {"events": "restricted", "status_date": "restricted", "office_status": "restricted"},
    "hidden numbers": {"registration_number": "restricted", "references": "restricted", "subtype": "restricted"},
    "names of legal persons": {"applicants/names": "legal-persons", "holders/country": "legal-persons"},
    "hidden acts": {"recordals/kind": "restricted"},
    "hidden names": {"representatives/names": "restricted", "goods": "restricted"},
}  # fmt: skip


def _office(changed: dict[str, str]) -> Office:
    facts = office("LA")
    rule = facts.publicity["trademark"]
    fields = {**rule.fields, **changed}
    return msgspec.structs.replace(
        facts, publicity={"trademark": Publicity(rule.record, rule.source, fields)}
    )


@pytest.mark.parametrize("changed", RULES.values(), ids=RULES)
@pytest.mark.parametrize("expiry", ["2019-01-01", None])
def test_the_short_way_ends_where_the_projection_ends(changed: dict[str, str], expiry: str | None) -> None:
    facts, view = _office(changed), PublicView(_office(changed))
    record = msgspec.structs.replace(
        planted(Trademark), office="LA", application_number="31400", expiry_date=expiry,
        office_status="", deleted=False,
    )  # fmt: skip
    for one in (record, Trademark(office="LA"), msgspec.structs.replace(record, office_status="Registered")):
        public = publicity.project(one, facts, DAY)
        shown = publicity.public_record(one, facts, DAY)
        assert public is not None
        assert shown is not None
        known = view.facts(one)
        assert status.derive(known, facts, DAY, "2025-12-31") == status.derive(
            shown, facts, DAY, "2025-12-31"
        )
        assert numbers.spellings(known, facts) == numbers.spellings(shown, facts)
        spelled = numbers.spellings(known, facts)
        fields = view.fields(one)
        assert {name: fields[name] for name in ("right", "office", "subtype")} == {
            name: public[name] for name in ("right", "office", "subtype")
        }
        made = document("la-1", public, "filed", spelled, ANALYZER)
        for found in (fields, view.fields_of(canonical.encode(one), one)):
            assert document("la-1", found, "filed", spelled, ANALYZER) == made


def test_fields_of_other_rights_stand_in_no_trademark() -> None:
    record = planted(Trademark)
    public = publicity.project(msgspec.structs.replace(record, office="LA"), office("LA"), DAY)
    assert public is not None
    source = Source("la-1", public)
    for field in FIELDS:
        assert "trademark" in field.of or not field.values(source), field.name
    assert any("trademark" not in field.of for field in FIELDS)


def test_a_day_is_told_in_the_zone_of_each_office() -> None:
    days = days_at(dt.datetime(2026, 6, 30, 18, 30, tzinfo=dt.UTC))
    assert days.keys() == set(codes())
    for code in codes():
        late = dt.datetime(2026, 6, 30, 18, 30, tzinfo=dt.UTC).astimezone(ZoneInfo(office(code).zone))
        assert days[code] == late.date()
    assert set(days.values()) == {dt.date(2026, 6, 30), dt.date(2026, 7, 1)}


def test_rules_of_an_office_that_change_are_seen_by_the_next_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = Trademark(office="LA", application_number="31400", mark=Mark(verbal=(Text("NAGA"),)))
    stored = CurrentBody("la-31400", 1, "LA", SCHEMA, False, "2025-12-31", canonical.encode(record))
    (shown,) = build_many([stored], {"LA": DAY})
    assert shown.document is not None
    assert shown.document.values["mark"] == "naga"
    closed = _office({"mark": publicity.RESTRICTED})
    monkeypatch.setattr(offices, "office", lambda _: closed)
    (hidden,) = build_many([stored], {"LA": DAY})
    assert hidden.document is not None
    assert "mark" not in hidden.document.values


def test_persons_who_are_not_to_be_named_are_not_found() -> None:
    told = (PatentParty(names=(Text("Canary"),), hidden="true"), PatentParty(names=(Text("Bounmy"),)))
    record = Patent(office="LA", application_number="P/1", registration_date="2020-01-01", inventors=told)
    stored = CurrentBody("la-pat-1", 1, "LA", SCHEMA, False, "2025-12-31", canonical.encode(record))
    (built,) = build_many([stored], {"LA": DAY})
    assert built.document is not None
    assert built.document.values["inventor"] == "bounmy"
    assert "canary" not in repr(built.document.values)
