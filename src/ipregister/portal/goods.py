"""What do you sell or do? Classes for plain words, terms with their classes, and the list that is picked from them."""

from collections.abc import Sequence

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.portal import publicly
from ipregister.portal.given_site import Look, seen_by
from ipregister.portal.labels import label
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.site import Site
from ipregister.search import sources
from ipregister.search.goods.said import SaidTerm, said_terms
from ipregister.search.goods.suggest import ClassSuggestion, Clue, suggest
from ipregister.search.goods.terms import lists
from ipregister.search.sources import Source
from ipregister.search.tree import Query, Word, all_of

MOST_LETTERS, MOST_PICKED, MOST_TERMS, LOOKED_AT = 300, 60, 30, 200
MOST_ASKED = 8


class FoundTerm(Struct, frozen=True):
    """A term with its class. `source`: list (the one the operator loaded) or register (`count` of the records
    looked at say it)."""

    class_number: int
    text: str
    source: str
    count: int = 0


def terms_of(site: Site, words: str, limit: int = MOST_TERMS, look: Look | None = None) -> list[FoundTerm]:
    """Terms with all of the words: what published records say first, then those of the loaded lists. `look` gives the
    records (else as on pages)."""
    said = [FoundTerm(term.class_number, term.text, "register", term.count)
            for term in _said(site, words, limit, look or (lambda keys: publicly.many(site, list(keys))))]  # fmt: skip
    seen = {(term.class_number, term.text.casefold()) for term in said}
    listed = [FoundTerm(term.class_number, term.text.replace("*", ""), "list")
              for one in lists(site.data) for term in one.find(words, limit)]  # fmt: skip
    room = max(limit - len(listed), limit // 2)
    fresh = [term for term in listed if (term.class_number, term.text.casefold()) not in seen]
    return [*said[:room], *fresh][:limit]


def _said(site: Site, words: str, limit: int, look: Look) -> list[SaidTerm]:
    asked = all_of([Word(word, "goods") for word in words.split()[:MOST_ASKED]])
    if not words.strip():
        return []
    result = site.index.search(Query(asked), sort="filed", limit=LOOKED_AT)
    sides = look([hit.key for hit in result.hits])
    goods = (sources.goods_by_class(Source(side.key, side.plain)) for side in sides)
    return said_terms(goods, words, limit)


@secret
def goods(site: Site, request: HttpRequest) -> HttpResponse:
    """The form; with words also classes and terms. `pick` holds terms that were chosen (`30:coffee`)."""
    given = request.POST if request.method == "POST" else request.GET
    words = " ".join(given.get("words", given.get("q", "")).split())[:MOST_LETTERS]
    try:
        found, terms = _looked_up(*seen_by(site, program=wants_json(request)), words)
    except Busy as error:
        told = (
            _("The search is being prepared"),
            [_("Try again in some minutes. Records can be opened by their number meanwhile.")],
        )
        return page(
            site, request, "message.html", {"heading": told[0], "lines": told[1]}, status=error.http_status
        )
    if wants_json(request):
        return json_answer({"words": words, "classes": found, "terms": terms})
    picked = _picked(given)
    chosen = {(number, text) for number, texts in picked.items() for text in texts}
    values = {
        "words": words, "asked": bool(words),
        "classes": [{"number": one.class_number, "label": label("class", str(one.class_number)),
                     "score": f"{one.score:.0%}", "clues": [_told(clue) for clue in one.clues]} for one in found],
        "terms": [msgspec.to_builtins(term) for term in terms if (term.class_number, term.text) not in chosen],
        "picked": [{"number": number, "label": label("class", str(number)), "texts": texts}
                   for number, texts in sorted(picked.items())],
        "is_listed": bool(lists(site.data)),
    }  # fmt: skip
    return page(site, request, "goods.html", values, section="goods")


def _looked_up(site: Site, look: Look, words: str) -> tuple[list[ClassSuggestion], list[FoundTerm]]:
    """Classes and terms for words; nothing for none. Raises `Busy` while the index is made anew."""
    if not words:
        return [], []
    found = suggest(words, site.index, lists(site.data))
    return found, terms_of(site, words, look=look) or _by_clues(site, look, found)


def _by_clues(site: Site, look: Look, found: Sequence[ClassSuggestion]) -> list[FoundTerm]:
    """Where no term has all of the words: terms with the words of the clues, each by itself."""
    words = dict.fromkeys(clue.words for one in found for clue in one.clues if clue.kind == "plain-word")
    every = [term for word in list(words)[:4] for term in terms_of(site, word, MOST_TERMS // 3, look)]
    return list(dict.fromkeys(every))[:MOST_TERMS]


def _told(clue: Clue) -> str:
    if clue.kind == "plain-word":
        return _("%(words)s: a usual word for it") % {"words": clue.words}
    if clue.kind == "list":
        return _("%(words)s: like terms of the list") % {"words": clue.words}
    return _("%(words)s: said by %(count)s published records") % {"words": clue.words, "count": clue.count}


def _picked(given: QueryDict) -> dict[int, list[str]]:
    """The chosen terms by class, each once; what is none is left out."""
    found: dict[int, list[str]] = {}
    for one in given.getlist("pick")[:MOST_PICKED]:
        number, _colon, text = one.partition(":")
        text = " ".join(text.split())[:MOST_LETTERS]
        if number.isascii() and number.isdecimal() and 1 <= int(number[:3]) <= 45 and text:
            of_class = found.setdefault(int(number), [])
            if text not in of_class:
                of_class.append(text)
    return found
