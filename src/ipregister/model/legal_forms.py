"""Which parties are legal persons: the office's word first, else a legal form in the name."""

import csv
import re
from functools import cache
from importlib import resources
from typing import Any


@cache
def _pattern() -> re.Pattern[str]:
    text = (resources.files("ipregister.model") / "codes" / "legal_forms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    words: list[str] = []
    parts: list[str] = []
    for row in rows:
        (parts if row["match"] == "part" else words).append(re.escape(row["form"].casefold()))
    by_length = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(by_length)})(?!\w)|{'|'.join(parts)}")


def has_legal_form(name: str) -> bool:
    """Whether a name carries a legal form of a company or body (`Co., Ltd.`, `PT`, `ບໍລິສັດ`, `ТОО`)."""
    return bool(_pattern().search(name.casefold()))


def is_legal_person(party: dict[str, Any]) -> bool:
    """Whether a party (plain values) is a legal person. Where nothing says so it is taken for natural."""
    kind = party.get("kind", "")
    if kind:
        return bool(kind == "legal")
    if party.get("legal_entity") or party.get("organization_names") or party.get("incorporation"):
        return True
    return any(has_legal_form(name["text"]) for name in party.get("names", ()))
