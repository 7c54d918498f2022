"""Which parties are legal persons: the office's word first, else a legal form in the name."""

import csv
import re
from functools import cache
from importlib import resources
from typing import Any

_LEGAL = re.compile(
    r"\blegal\b|\bjuristic\b|юридическ|заңды|นิติบุคคล|ນິຕິບຸກຄົນ|នីតិបុគ្គល|pháp nhân|badan hukum", re.IGNORECASE
)
"""What an office writes for a legal person without naming its form."""


@cache
def _pattern() -> re.Pattern[str]:
    text = (resources.files("ipregister.model") / "codes" / "legal_forms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    forms: dict[str, list[str]] = {"word": [], "start": [], "end": [], "part": []}
    for row in rows:
        forms[row["match"]].append(re.escape(row["form"].casefold()))
    word, start, end, part = (
        "|".join(sorted(forms[match], key=len, reverse=True)) for match in ("word", "start", "end", "part")
    )
    return re.compile(rf"(?<!\w)(?:{word})(?!\w)|^\W*(?:{start})(?!\w)|(?<=\w)\W+(?:{end})\W*$|{part}")


def has_legal_form(name: str) -> bool:
    """Whether a name carries a legal form of a company or body (`Co., Ltd.`, `PT`, `ບໍລິສັດ`, `ТОО`)."""
    return bool(_pattern().search(name.casefold()))


def is_legal_person(party: dict[str, Any]) -> bool:
    """Whether a party (plain values) is a legal person. Where nothing says so it is taken for natural; offices
    write `Individual` for the form of a legal entity too, so that the form counts by what it says."""
    kind = party.get("kind", "")
    if kind:
        return bool(kind == "legal")
    form = party.get("legal_entity", "")
    if form:
        return has_legal_form(form) or bool(_LEGAL.search(form))
    if party.get("organization_names") or party.get("incorporation"):
        return True
    return any(has_legal_form(name["text"]) for name in party.get("names", ()))
