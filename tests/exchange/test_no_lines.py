"""Addresses without lines in ST.96: no empty element, valid, and they come back without lines."""

from types import ModuleType
from typing import Any

import msgspec
import pytest
from lxml import etree

from ipregister.exchange import loss, st96
from ipregister.exchange.st96 import design, patent
from ipregister.model.design import Design, DesignParty
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.patent import Patent, PatentParty
from ipregister.model.text import Text

LINE = "{http://www.wipo.int/standards/XMLSchema/ST96/Common}AddressLineText"
KINDS: list[tuple[ModuleType, Any, Any, str]] = [
    (st96, Trademark, Party, "holders"), (design, Design, DesignParty, "holders"), (patent, Patent, PatentParty, "applicants"),
]  # fmt: skip


@pytest.mark.parametrize(("format", "kind", "person", "field"), KINDS)
@pytest.mark.parametrize("lines", [(), ("LA",), ("House 7", "LA")])
def test_an_address_without_lines_has_no_empty_line_and_comes_back(
    format: ModuleType, kind: Any, person: Any, field: str, lines: tuple[str, ...]
) -> None:
    party = person(names=(Text("Champa Co."),), country="LA", address_lines=tuple(Text(one) for one in lines))
    record = msgspec.structs.replace(kind(office="LA", application_number="7"), **{field: (party,)})
    written = format.compose(record, office("LA")).document
    found = [one.text for one in etree.fromstring(written).iter(LINE)]
    assert found
    assert all(found)
    reading = format.read(written, office("LA"))
    (read,) = getattr(reading.record, field)
    assert tuple(one.text for one in read.address_lines) == lines
    assert read.country == "LA"
    told = loss.check(written, reading, office("LA"))
    assert (told.lost, told.broken) == ((), ())
