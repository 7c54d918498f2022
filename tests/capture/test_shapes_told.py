"""The shape of a document is told by its elements, and not looked for again where a document begins the same."""

import pytest

from ipregister.capture.readers import source_of
from ipregister.exchange.sources import recognise, recognised
from ipregister.model.offices import office

HEAD = b'<?xml version="1.0" encoding="UTF-8"?><Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">'
MARK = HEAD + b"<TradeMarkTransactionBody><TradeMark/></TradeMarkTransactionBody></Transaction>"
DESIGN = HEAD + b"<DesignApplicationDetails/></Transaction>"


@pytest.mark.parametrize("order", [(MARK, DESIGN, MARK), (DESIGN, MARK, DESIGN), (b"<x>", MARK, b"<x>")])
def test_a_document_tells_the_same_whatever_came_before(order: tuple[bytes, ...]) -> None:
    laos = office("LA")
    for data in order:
        assert source_of(data, laos) is recognise(data)
        assert source_of(data + b"<!-- other -->", laos) is recognise(data)


def test_elements_of_an_offices_own_shape_are_not_taken_for_another() -> None:
    feed = office("KZ").feed
    own = f"<{feed.record_tags[0]}><TradeMark/></{feed.record_tags[0]}>".encode()
    assert source_of(own, office("KZ")) is None
    assert source_of(own, office("KZ")) is None
    assert source_of(MARK, office("KZ")) is recognise(MARK)
    assert source_of(own, office("KZ")) is None


def test_how_far_a_document_must_be_the_same() -> None:
    source, end = recognised(MARK)
    assert source is not None
    assert recognise(MARK[:end]) is source
    assert recognised(b"<x/>") == (None, 0)
    assert recognised(MARK.decode().encode("utf-16")) == (source, 0)
