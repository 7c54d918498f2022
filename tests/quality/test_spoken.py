"""Every text of a record is looked at, wherever it stands: found by the types of the fields, compared with a plain walk."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ipregister.model.design import (
    Design,
    DesignEvent,
    DesignParty,
    DesignPriority,
    Exhibition,
    ProductClass,
    SingleDesign,
    View,
)
from ipregister.model.event import Recordal
from ipregister.model.text import Text
from ipregister.quality.spoken import spoken


def said(text: str) -> tuple[Text, ...]:
    return (Text(text), Text(f"{text} again", lang="en"))


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a value with their places, by a walk over everything."""
    if isinstance(value, Text):
        yield path, value.text
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from texts_of(getattr(value, name), f"{path}/{name}")
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from texts_of(one, f"{path}/{place}")


def test_all_texts_of_a_design_are_found() -> None:
    party = DesignParty(names=said("name"), address_lines=said("street"), texts=said("of a party"))
    one = SingleDesign(
        titles=said("title"),
        products=(ProductClass(texts=said("product")), ProductClass(number="06-01")),
        views=(View(filename="1.jpg"), View(texts=said("front")), View(texts=said("back"))),
        designers=(party,),
        exhibitions=(Exhibition(texts=said("shown")),),
        events=(DesignEvent(office_description=said("event")),),
    )
    record = Design(
        office="LA",
        applicants=(DesignParty(), party),
        priorities=(DesignPriority(texts=said("priority")),),
        recordals=(Recordal(texts=said("act"), parties=(party,)),),
        notes=said("note"),
        designs=(SingleDesign(), one),
        products=(ProductClass(texts=said("shared")),),
    )
    looked = [
        (f"{path}/{place}", text.text) for path, texts in spoken(record) for place, text in enumerate(texts)
    ]
    assert sorted(looked) == sorted(texts_of(record))
    assert len(looked) == 38
