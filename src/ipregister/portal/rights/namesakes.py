"""The same name protected twice: an indication that is also a collective or certification mark, and back.

Two rights with different holders and terms: each stays its own record, the pages point at each other."""

from collections.abc import Callable, Sequence
from typing import Any

from ipregister.model.errors import Busy
from ipregister.portal import publicly
from ipregister.portal.site import Site
from ipregister.search.tree import Phrase, Query

Look = Callable[[Sequence[str]], list[publicly.Shown]]
SHARED_KINDS = ("Collective", "Certificate")
MOST = 10
_ASKED = 50


def namesakes(site: Site, side: publicly.Shown, look: Look | None = None) -> list[publicly.Shown]:
    """Public records of the other sort that bear exactly one of the record's names, at any office. `look` gives the
    records (else as on pages)."""
    plain = side.plain
    if plain["right"] == "indication":
        field, filters = "mark", {"right": ["trademark"], "kind": list(SHARED_KINDS)}
    elif plain["right"] == "trademark" and set(plain.get("kinds", ())) & set(SHARED_KINDS):
        field, filters = "title", {"right": ["indication"]}
    else:
        return []
    names = names_of(plain)
    found: dict[str, publicly.Shown] = {}
    for name in sorted(names)[:MOST]:
        for other in _named(site, field, name, filters, look):
            if names & names_of(other.plain):
                found.setdefault(other.key, other)
    return list(found.values())[:MOST]


def _named(
    site: Site, field: str, name: str, filters: dict[str, list[str]], look: Look | None
) -> list[publicly.Shown]:
    try:
        hits = site.index.search(Query(Phrase(name, field)), filters=filters, limit=_ASKED).hits
    except Busy:
        return []
    keys = [hit.key for hit in hits]
    return publicly.many(site, keys) if look is None else look(keys)


def names_of(plain: dict[str, Any]) -> set[str]:
    """The names of a mark or an indication, folded for comparing."""
    mark = plain.get("mark", {})
    texts = [*mark.get("verbal", ()), *plain.get("names", ()), *plain.get("transliterations", ())]
    return {" ".join(text["text"].split()).casefold() for text in texts if text.get("text", "").strip()}
