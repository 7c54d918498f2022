"""Which country an office's word names."""

import re
from functools import cache, lru_cache

from ipregister.model import codelists
from ipregister.model.offices import Office, fold_word

_CODE = re.compile(r"[A-Z]{2}")


@cache
def _names() -> dict[str, str]:
    rows = codelists.table("st3").values()
    english = {
        fold_word(row["label"]): row["code"]
        for row in rows
        if row["kind"] in ("state", "iso", "organisation")
    }
    return {**codelists.column("country_names", "st3"), **english}


def country_of(raw: str, office: Office) -> str | None:
    """The ST.3 code for a code with dirt on it (`us`, `LA-`, `T1H.`) or the name of a country.

    The office's own names come first, then the English names of the code list and those in the languages of the
    region (`country_names`); None where none knows it, and for a placeholder: `N/A` is not Namibia.
    """
    if raw.strip() in office.placeholders:
        return None
    named = office.word("countries", raw) or _names().get(fold_word(raw))
    if named:
        return named
    bare = re.sub(r"[^A-Za-z]", "", raw).upper()
    return bare if len(raw.strip()) <= 4 and is_country(bare) else None


@lru_cache(maxsize=1024)
def is_country(code: str) -> bool:
    """Whether the text is a code of WIPO standard ST.3, former codes included."""
    return bool(_CODE.fullmatch(code)) and code in codelists.codes("st3")
