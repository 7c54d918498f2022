"""Every rule has a good and a bad sample; the list holds every rule; no code is undeclared."""

import datetime as dt
import importlib
import pkgutil
import re
import time
from collections.abc import Sequence
from typing import Any

import pytest

from ipregister.model import offices
from ipregister.model.design import Design
from ipregister.model.mark import Goods, Trademark
from ipregister.model.record import Record
from ipregister.model.text import Kept, Text
from ipregister.quality import checks, remedies
from ipregister.quality.rule import Case, Rule
from ipregister.quality.rules import OF_RIGHT, RULES, check, check_each, kinds
from tests.quality.samples import CLEAN, OF_OFFICE, SAMPLES, WITH_FACTS, changed

TODAY = dt.date(2026, 11, 21)


class Facts:
    """A register in which the clean record's numbers and mark are held by others."""

    def images_delivered(self) -> int | None:
        return 0

    def others_with_number(self, kind: str, number: str) -> Sequence[str]:
        return ("la-1",) if number in ("37978", "38524") else ()

    def others_with_mark(self, mark: str, owner: str) -> Sequence[str]:
        return ("la-1", "la-2", "la-3", "la-4")


def codes_of(record: Trademark, code: str = "") -> list[str]:
    office = offices.office("WO" if record.office == "WO" else OF_OFFICE.get(code, "LA"))
    return [f.code for f in check(record, office, TODAY, Facts() if code in WITH_FACTS else None)]


def test_clean_record_has_no_findings() -> None:
    assert codes_of(CLEAN) == []


@pytest.mark.parametrize("code", SAMPLES)
def test_good_sample(code: str) -> None:
    assert code not in codes_of(changed(**SAMPLES[code][0]), code)


@pytest.mark.parametrize("code", SAMPLES)
def test_bad_sample(code: str) -> None:
    assert codes_of(changed(**SAMPLES[code][1]), code).count(code) == 1


def test_every_code_has_samples() -> None:
    assert {kind.code for rule in RULES for kind in rule.codes} == set(SAMPLES)


def test_the_list_holds_the_rules_of_every_module() -> None:
    modules = [
        importlib.import_module(f"{checks.__name__}.{m.name}") for m in pkgutil.iter_modules(checks.__path__)
    ]
    listed: set[Rule[Any]] = set()
    for module in modules:
        own = [*getattr(module, "RULES", ()), *getattr(module, "WORKS", ()), *getattr(module, "EMBLEMS", ())]
        listed.update(own)
        declared = {v.code for v in vars(module).values() if type(v).__name__ == "FindingKind"}
        assert declared == {kind.code for rule in own for kind in rule.codes}, module.__name__
    assert {rule for rules in OF_RIGHT.values() for rule in rules} == listed
    assert all(len(rules) == len(set(rules)) for rules in OF_RIGHT.values())
    assert len(kinds()) == len({kind.code for rule in listed for kind in rule.codes})


def test_codes_are_unique_and_complete() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))
    for kind in kinds():
        assert kind.message
        assert kind.remedy in remedies.ALL
        assert kind.code == kind.code.lower()


@pytest.mark.parametrize("code", SAMPLES)
def test_a_rule_emits_only_what_it_declares(code: str) -> None:
    office = offices.office("LA")
    for change in SAMPLES[code]:
        case = Case(changed(**change), office, TODAY.isoformat(), Facts())
        for rule in RULES:
            declared = {(kind.code, kind.severity) for kind in rule.codes}
            assert {(f.code, f.severity) for f in rule.check(case)} <= declared


def test_messages_name_only_arguments_that_findings_carry() -> None:
    by_code = {kind.code: kind for kind in kinds()}
    office = offices.office("LA")
    for _, bad in SAMPLES.values():
        for finding in check(changed(**bad), office, TODAY, Facts()):
            named = set(re.findall(r"{(\w+)}", by_code[finding.code].message)) - {"value"}
            assert named == set(finding.arguments), finding.code


def test_findings_point_into_the_record() -> None:
    for code, (_, bad) in SAMPLES.items():
        record = changed(**bad)
        for finding in check(record, offices.office("LA"), TODAY, Facts()):
            assert finding.path.startswith("/"), code


def test_many_at_once_are_told_what_each_is_told_alone() -> None:
    records: list[Record] = [changed(**change) for pair in SAMPLES.values() for change in pair]
    records += [changed(deleted=True), Design(office="LA", application_number="1"), *records[:3]]
    facts = [Facts() if number % 3 else None for number in range(len(records))]
    office = offices.office("LA")
    alone = [check(record, office, TODAY, its) for record, its in zip(records, facts, strict=True)]
    assert check_each(records, office, TODAY, facts) == alone
    assert len({finding.code for found in alone for finding in found}) > 50


@pytest.mark.parametrize("right", OF_RIGHT)
def test_rules_that_compare_with_other_records_come_last(right: str) -> None:
    last = [rule.others for rule in OF_RIGHT[right]]
    assert last == sorted(last)
    assert any(last)


def test_a_record_to_be_deleted_is_not_judged() -> None:
    assert codes_of(changed(deleted=True, application_date=None)) == []


def test_it_is_fast() -> None:
    office = offices.office("LA")
    check(CLEAN, office, TODAY)
    start = time.process_time()
    for _ in range(500):
        check(CLEAN, office, TODAY)
    assert (time.process_time() - start) / 500 < 0.001


def test_a_placeholder_is_no_value() -> None:
    dash = (
        Kept("/application_date", "-", "placeholder"),
        Kept("/goods/0/class_number", "N/A", "placeholder"),
    )
    found = codes_of(changed(application_date=None, goods=(Goods(None, (Text("tea", "en"),)),), kept=dash))
    assert {"filing-date-missing", "class-number-missing"} <= set(found)
