"""Any trademark record, for property tests: every field of the model, with good, odd and impossible values."""

from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

from ipregister.exchange.st96.words import EVENTS, RECORDALS
from ipregister.model import codelists
from ipregister.model.mark import Trademark
from ipregister.model.right import Right

DAYS = st.dates().map(str) | st.sampled_from(["2012", "2012-05", "2559-01-01"])
WORDS = st.sampled_from(
    ["LOTUS", "Café & Söhne <x>", "ດອກຈຳປາ", "ដើម", "a  b", " padded ", "-", "N/A", "line\nline", "tab\there", "\r", "]]>", "",
     "{}", "bad\x01", "x" * 300, "ĐặNG", "×ØÀÈ", "true", "1", "Agreement", "Nice", "Holder", "PNG", "12.05.2020"]
)  # fmt: skip
LANGUAGES = st.sampled_from(["und", "en", "la", "lo", "km", "zh-Hant", "x", ""])
CODED: dict[str, Any] = {
    "kind": st.sampled_from(
        [
            *codelists.codes("event_kinds"),
            *codelists.codes("reference_kinds"),
            "sound",
            "multimedia",
            "video",
            "convention",
            "exhibition",
            "earlier-right",
            "basic-registration",
            "opposition",
            "",
        ]
    ),
    "code": st.sampled_from([*EVENTS, "Filed", "R.PRA", "-"]),
    "word": st.sampled_from([*sorted(RECORDALS), "Transfer", " "]),
    "country": st.sampled_from(["LA", "TH", "WO", "EM", "XX", "UK", "laos"]),
    "office": st.sampled_from(["LA", "WO", "XX", ""]),
    "role": st.sampled_from(["claimant", "representative", "Applicant", "licensee", ""]),
    "scheme": st.sampled_from(["nice", "national", "primary"]),
    "class_number": st.none() | st.integers(-1, 60),
    "classes": st.lists(st.integers(-1, 60), max_size=3).map(tuple),
    "vienna": st.lists(st.sampled_from(["05.05.20", "05.05", "5.5.20", "x", "-"]), max_size=3).map(tuple),
    "flags": st.lists(
        st.sampled_from(
            [
                "significant=true",
                "standard-characters=0",
                "series=3",
                "use-right=true",
                "as-is=yes",
                "non-use-cancelled=false",
                "as-is=1",
                "flag",
            ]
        ),
        max_size=4,
    ).map(tuple),
    "kinds": st.lists(st.sampled_from(["Individual", "Collective", "Slogan", "-", ""]), max_size=3).map(
        tuple
    ),
    "feature": st.sampled_from(["", *codelists.codes("mark_features"), "odd"]),
}


def _of(kind: Any, name: str) -> Any:
    if name in CODED and not (
        get_origin(kind) is tuple and get_args(kind)[0] is not str and name != "classes"
    ):
        return CODED[name]
    if get_origin(kind) in (Union, UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        found = DAYS if inner is str else _of(inner, name)
        return st.none() | found
    if get_origin(kind) is tuple:
        return st.lists(_of(get_args(kind)[0], name), max_size=3).map(tuple)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(-5, 200)
    if kind is str:
        return LANGUAGES if name == "lang" else WORDS | st.text(max_size=8)
    return records(kind)


def records(kind: type[Struct] = Trademark) -> Any:
    """Any struct of the model; most fields are left out of most records."""
    fields = get_type_hints(kind)
    required = {f for f in kind.__struct_fields__ if f not in _optional(kind)}
    given = {
        name: _of(inner, name)
        for name, inner in fields.items()
        if name != "office" or not issubclass(kind, Right)
    }
    if issubclass(kind, Right):
        tag = kind.__struct_config__.tag
        return st.fixed_dictionaries({"office": st.just("LA")}, optional=given).map(
            lambda values: msgspec.convert({"right": tag, **msgspec.to_builtins(values)}, kind)
        )
    must = {name: strategy for name, strategy in given.items() if name in required}
    may = {name: strategy for name, strategy in given.items() if name not in required}
    return st.fixed_dictionaries(must, optional=may).map(lambda values: kind(**values))


def _optional(kind: type[Struct]) -> set[str]:
    names = kind.__struct_fields__
    count = len(kind.__struct_defaults__)
    if issubclass(kind, Right):
        return set(names) - {"office"}
    return set(names[len(names) - count :])
