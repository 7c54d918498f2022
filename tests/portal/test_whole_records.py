"""Records with a value in every field: what of them is public stands on their page, but for a short list of exceptions."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import count
from typing import Any

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.model import canonical
from ipregister.model.record import RIGHTS, Record
from ipregister.portal.dates import show_date
from ipregister.portal.rights import panels_of
from ipregister.portal.values import Value
from ipregister.store.register import Register
from ipregister.store.rows import Incoming
from ipregister.web.options import Options
from tests.installations import Fill
from tests.store.filings import deliver, slice_of

EXCEPT = {
    "/right": "the first line of the page says it in words",
    "/office": "the first line of the page names the office",
    "/transaction/*": "says how the office sent the record, not what it is",
    "*/lang": "the attribute of the text",
    "*/images/#/filename": "the picture itself stands on the page",
    "*/images/#/format": "the same",
    "*/images/#/data": "the same",
    "/images/#": "the same, of an indication",
    "*/views/#/*": "a view stands on the page as a picture, below Views what it is called; the rest tells of its file",
    "/drawings/#/*": "a drawing stands on the page as a picture, with its kind, number and text; the rest tells of its file",
    "*/specimens/#/filename": "tells of a file",
    "*/specimens/#/format": "tells of a file",
}  # fmt: skip
"""Public values that are not on the page, and why. `*` is any way, `#` a place in a list."""
SHOWN_OF_VIEWS = ("number", "kind", "texts", "form", "published")
_DATES = {"created", "published", "communicated", "withdrawn", "first_shown", "first_use", "first_commercial_use", "from_date",
          "to_date", "deferred_until", "opposition_start", "opposition_end"}  # fmt: skip
_STATES = {"country", "offices", "nationality", "establishment", "domicile", "residence", "contracting_party", "origins",
           "office", "publication_country", "search_office"}  # fmt: skip


def key_of(right: str) -> str:
    return f"la-{right}-1"


class Planter:
    """Makes a record with a value of its own in every field."""

    def __init__(self) -> None:
        self.numbers = count(11)

    def made(self, hint: Any, name: str = "") -> Any:
        info = msgspec.inspect.type_info(hint) if not isinstance(hint, msgspec.inspect.Type) else hint
        match info:
            case msgspec.inspect.StructType():
                return info.cls(**{one.name: self.made(one.type, one.name) for one in info.fields})
            case msgspec.inspect.VarTupleType():
                return (self.made(info.item_type, name),)
            case msgspec.inspect.UnionType():
                kinds = [kind for kind in info.types if not isinstance(kind, msgspec.inspect.NoneType)]
                return self.made(kinds[0], name)
            case msgspec.inspect.IntType():
                return next(self.numbers) % 45 + 1
            case msgspec.inspect.StrType():
                return self.text(name)
        return False

    def text(self, name: str) -> str:
        number = next(self.numbers)
        if name == "date" or name.endswith("_date") or name in _DATES:
            return (dt.date(1990, 1, 1) + dt.timedelta(days=7 * number)).isoformat()
        if name in _STATES:
            return "LA" if name == "office" else ("JP", "BR", "CH", "SE", "KH", "TH")[number % 6]
        return "" if name == "hidden" else f"Marker {number}X"


def whole(right: str) -> Record:
    """Such a record of a right; nothing in it keeps it or its parties back."""
    plain = msgspec.to_builtins(Planter().made(RIGHTS[right])) | {"right": right, "kept": [], "extra": []}
    plain["deferred_until"] = "2001-02-03"
    record: Record = msgspec.convert(
        {name: one for name, one in plain.items() if name in _names(right)}, Record
    )
    return record


def _names(right: str) -> set[str]:
    return {"right", *RIGHTS[right].__struct_fields__}


def _incoming() -> Iterator[Incoming]:
    for index, right in enumerate(RIGHTS):
        body = canonical.encode(whole(right))
        yield msgspec.structs.replace(slice_of(index, key_of(right), body), right=right)


def _fill(options: Options) -> None:
    found = Register(packs=options.path("packs"))
    deliver(found, "whole", "2024-01-01", list(_incoming()))
    indexer.catch_up(found, options.path("index"))


@pytest.fixture
def register(filled_by: Callable[[Fill], Options]) -> Register:
    return Register(packs=filled_by(_fill).path("packs"))


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{place}")
    else:
        yield pointer, value


def drawn(value: Any) -> Iterator[Value]:
    """All values of panels."""
    if isinstance(value, Value):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from drawn(getattr(value, name))
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from drawn(inner)


def excepted(pointer: str) -> bool:
    bare = re.sub(r"/\d+(?=/|$)", "/#", pointer)
    if "/views/#/" in bare and bare.rpartition("/views/#/")[2].split("/")[0] in SHOWN_OF_VIEWS:
        return bare.endswith("/lang")
    if bare.startswith("/drawings/#/") and bare.split("/")[3] in ("kind", "number", "texts"):
        return bare.endswith("/lang")
    return any(re.fullmatch(re.escape(one).replace(r"\*", ".*").replace(r"\#", "#"), bare) for one in EXCEPT)


def plain_text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<wbr>|<[^>]+>", " ", page.partition("<main")[2])).split())


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.usefixtures("register")
def test_all_that_is_public_stands_on_the_page(client: Client, right: str) -> None:
    plain = client.get(f"/r/{key_of(right)}?format=json").json()["record"]
    text = plain_text(client.get(f"/r/{key_of(right)}?all=1").content.decode())
    shown = {value.pointer for value in drawn(panels_of(plain, "en")) if " ".join(value.text.split()) in text}
    missing = [
        pointer
        for pointer, value in leaves(plain)
        if pointer not in shown and str(value) not in text and show_date(str(value), "en") not in text
        and not excepted(pointer)
    ]  # fmt: skip
    assert missing == []


def test_the_records_are_whole() -> None:
    for right, kind in RIGHTS.items():
        plain = msgspec.json.decode(canonical.encode(whole(right)))
        assert {*kind.__struct_fields__} - {*plain} == {"deleted", "kept", "extra"}


def test_each_exception_is_one() -> None:
    every = [re.sub(r"/\d+(?=/|$)", "/#", pointer) for right in RIGHTS
             for pointer, _ in leaves(msgspec.json.decode(canonical.encode(whole(right))))]  # fmt: skip
    for one, reason in EXCEPT.items():
        form = re.escape(one).replace(r"\*", ".*").replace(r"\#", "#")
        assert reason
        assert any(re.fullmatch(form, pointer) for pointer in every), one
