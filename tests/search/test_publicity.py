"""Nothing that is not public can be found, counted or suggested."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import msgspec

from ipregister.model import publicity
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.search.document import document
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter
from tests.search.shelf import ANALYZER, DAY

CANARY = "canaryxq"


def planted(kind: Any, name: str = "") -> Any:
    """A record with a canary in every text it can hold."""
    info = msgspec.inspect.type_info(kind) if not isinstance(kind, msgspec.inspect.Type) else kind
    match info:
        case msgspec.inspect.StructType():
            return info.cls(**{f.name: planted(f.type, f.name) for f in info.fields})
        case msgspec.inspect.VarTupleType():
            return (planted(info.item_type, name),)
        case msgspec.inspect.UnionType():
            kinds = [t for t in info.types if not isinstance(t, msgspec.inspect.NoneType)]
            return planted(kinds[0], name)
        case msgspec.inspect.StrType():
            return "2019-01-01" if "date" in name else f"{CANARY} {name}"
        case msgspec.inspect.IntType():
            return 7
        case msgspec.inspect.BoolType():
            return False
    return None


def test_only_the_public_projection_is_in_the_index(tmp_path: Path) -> None:
    facts = office("LA")
    record = msgspec.structs.replace(planted(Trademark), office="LA")
    public = publicity.project(record, facts, dt.date(2026, 1, 1))
    assert public is not None
    hidden = {*_words(msgspec.to_builtins(record))} - {*_words(public)}
    assert {"phone", "email"} <= hidden
    with TantivyWriter(tmp_path) as writer:
        writer.apply([document("la-1", public, "registered", (), ANALYZER)], ())
        writer.commit(1, DAY)
    index = TantivyIndex(tmp_path)
    assert index.search(parse(CANARY)).total == 1
    for word in hidden:
        assert index.search(parse(f'"{CANARY} {word}"')).total == 0
    held = " ".join(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file())
    for word in hidden & {"phone", "email", "fax"}:
        assert not re.search(rf"\b{word}\b", held)


def _words(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value.removeprefix(f"{CANARY} ")} if value.startswith(CANARY) else set()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return {word for one in inner for word in _words(one)}
