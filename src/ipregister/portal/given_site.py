"""The site as machines may see it: indexes in which nothing fits that does not go out.

What is made for a page (a check of a name, names like a name) can be made for a program with it: closed fields are
then neither compared nor counted, and nothing of them moves the place of others.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from ipregister.desk.name_check import Searched as NamesOf
from ipregister.model import offices
from ipregister.portal import publicly
from ipregister.portal.giving import Giving, Unreleased
from ipregister.portal.page_data import is_decided
from ipregister.portal.pictures import Searched
from ipregister.portal.publicly import Shown
from ipregister.portal.site import Site
from ipregister.portal.terms import switches
from ipregister.search.index import WALKED, Result, SearchIndex
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.shelf.shown import NotShown, ShownShelf
from ipregister.search.tree import Query

Look = Callable[[Sequence[str]], list[Shown]]
"""Gives the current versions of records by their keys, in that order; what is not seen is left out."""
KINDS = {
    "mark": ("mark", "title"),
    "part": ("mark", "title", "transliteration"),
    "transliteration": ("transliteration",),
    "translation": ("translation",),
    "holder": ("holder", "applicant"),
}
"""The search fields that close a kind of name of the index of names."""


class GivenIndex:
    """The search index among what goes out."""

    def __init__(self, index: SearchIndex, giving: Giving) -> None:
        self._index, self._giving = index, giving

    def search(
        self,
        query: Query,
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        sort: str = "relevance",
        limit: int = 20,
        cursor: str | None = None,
        facets: Sequence[str] = (),
    ) -> Result:
        """The hits of a query; none where nothing goes out."""
        try:
            within = self._giving.within(query)
        except Unreleased:
            return Result(0, 0, [], {name: [] for name in facets}, self.checkpoint(), None)
        return self._index.search(
            within, filters=filters, sort=sort, limit=limit, cursor=cursor, facets=facets
        )

    def walk(
        self,
        query: Query,
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        sort: str = WALKED,
        after: str | None = None,
        limit: int = 1000,
    ) -> tuple[list[str], str | None]:
        """Keys of hits in an order (that of the keys), and the cursor behind them."""
        try:
            within = self._giving.within(query)
        except Unreleased:
            return [], None
        return self._index.walk(within, filters=filters, sort=sort, after=after, limit=limit)

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """Names of marks that begin like this; none where some are not shown: the dictionary tells no records apart."""
        return [] if _is_closing(self._giving, "mark") else self._index.suggest(prefix, limit)

    def classes_of(self, words: str) -> dict[int, int]:
        """How many records say the words in their goods of a class; none where some do not show it."""
        return {} if _is_closing(self._giving, "goods", "class") else self._index.classes_of(words)

    def checkpoint(self) -> int:
        """The change number up to which the index is complete."""
        return self._index.checkpoint()


def _is_closing(giving: Giving, *names: str) -> bool:
    """Whether the dictionary of a field holds words of records that do not go out or do not show it."""
    every = {(code, right) for code in offices.codes() for right in offices.office(code).publicity}
    return bool(giving.closing(*names)) or every != set(giving.groups())


def given_site(giving: Giving) -> Site:
    """The site as machines may see it. Its records are still those of pages: look them up by `Giving.many`."""
    site, held = giving.site, switches(giving.site)
    names = None if site.names is None else given_names(giving, site.names)
    return msgspec.structs.replace(site, index=GivenIndex(site.index, giving), names=names, kept=held.kept)


def given_names(giving: Giving, names: NameShelf) -> NameShelf:
    """The index of names without those that do not go out; kept as long as the switches stand."""
    kept = switches(giving.site).kept
    found = kept.get("names")
    if found is None or found[1][0] is not names:
        without = not_shown(giving)
        found = kept["names"] = 0.0, [names, ShownShelf(names, without) if without else names]
    seen: NameShelf = found[1][1]
    return seen


def not_shown(giving: Giving) -> NotShown:
    """The names that do not go out: of offices that give nothing, and kinds of names that an office gives of some
    right without."""
    giving_any = {code for code, _right in giving.groups()}
    return NotShown(
        offices=frozenset(set(offices.codes()) - giving_any),
        kinds={kind: giving.closing(*names) for kind, names in KINDS.items()},
        classes=giving.closing("class"),
    )


def seen_by(site: Site, *, program: bool) -> tuple[Site, Look]:
    """The site as a person or a program sees it, and what gives the records: without switches both see the same."""
    if program and is_decided(site):
        giving = Giving(site)
        return given_site(giving), giving.many
    return site, lambda keys: publicly.many(site, list(keys))


def compared(giving: Giving, offices: Sequence[NamesOf]) -> list[NamesOf]:
    """The offices of a check, told of each whether the names of its marks are open to be compared."""
    closed = giving.closing(*KINDS["mark"])
    return [msgspec.structs.replace(one, compared=one.office not in closed) for one in offices]


def given_pictures(giving: Giving, asked: Searched) -> Searched | None:
    """A search by picture among the offices whose pictures go out, with what it is limited to; None where none do."""
    limits = {"class": asked.wanted.classes, "vienna": asked.wanted.vienna, "status": asked.states}
    closing = giving.closing("has_image", *(name for name, values in limits.items() if values))
    giving_some = {code for code, right in giving.groups() if giving.terms(code, right).allows("images")}
    held = (giving_some - closing) & {*(asked.wanted.offices or offices.codes())}
    if not held:
        return None
    return msgspec.structs.replace(
        asked, wanted=msgspec.structs.replace(asked.wanted, offices=tuple(sorted(held)))
    )


def closes_indications(giving: Giving) -> bool:
    """Whether some names of indications are not shown, which stand in a book of their own."""
    return bool(giving.closing("title", "transliteration", "translation"))
