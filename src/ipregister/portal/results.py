"""The page of search results, and the same as JSON."""

from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ipregister.model import codelists, offices
from ipregister.model.errors import Busy
from ipregister.model.mark import NICE_CLASSES
from ipregister.model.record import RIGHTS
from ipregister.portal import publicly
from ipregister.portal.asking import (
    LIMIT,
    MOST_LETTERS,
    Asked,
    asked,
    form_of,
    is_too_long,
    line_of_form,
)  # fmt: skip
from ipregister.portal.coverage import coverage
from ipregister.portal.dates import country_name
from ipregister.portal.giving import Giving, Unreleased, mark_terms
from ipregister.portal.hits import line
from ipregister.portal.labels import LISTS, label
from ipregister.portal.names import short_name
from ipregister.portal.page_data import many_given, not_released, query_given
from ipregister.portal.render import LONG_ADDRESS, absolute, json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.portal.terms import all_of, terms_told
from ipregister.search.faults import MESSAGES, QueryError
from ipregister.search.fields import BY_NAME, FACETS, FIELDS, SORTS
from ipregister.search.form import CHOICES, DATES, OTHER, SCOPE, TEXTS, VALUE, fill
from ipregister.search.index import Result
from ipregister.search.query import parse

SHOWN_VALUES = 10
LONGEST_FEED = 4_000
"""A longer query has no feed and no calendar: the programs that read them take no longer address."""
MOST_CHOSEN = 3
"""Chosen filters that can be taken away where the address is very long."""
OPEN_FACETS = {"office", "status", "class"}


def results(site: Site, request: HttpRequest) -> HttpResponse:
    """The hits of a query with their facets; with nothing asked, the form. No cache that readers share keeps it."""
    answer = _answer(site, request)
    answer.headers.setdefault("Cache-Control", "private")
    return answer


def _answer(site: Site, request: HttpRequest) -> HttpResponse:
    if is_too_long(request):
        return _too_long(site, request)
    if request.GET.get("format") == "atom":
        return HttpResponseRedirect(f"{reverse('feed')}?{asked(request).parameters(sort='')}")
    form = form_of(request.GET)
    try:
        if form:
            return HttpResponseRedirect(f"{reverse('search')}?q={_quoted(line_of_form(form))}")
        return _found(site, request, asked(request))
    except QueryError as error:
        return _faulty(site, request, error, form)
    except Unreleased:
        return not_released()
    except Busy as error:
        return json_answer({"error": "busy"}, error.http_status) if wants_json(request) else page(
            site, request, "message.html", {"heading": _("The search is being prepared"), "lines": [
                _("Try again in some minutes. Records can be opened by their number meanwhile.")]},
            status=error.http_status)  # fmt: skip


def _too_long(site: Site, request: HttpRequest) -> HttpResponse:
    fault = MESSAGES["too-long"]
    text = _("A query has at most %(most)s characters.") % {"most": MOST_LETTERS}
    if wants_json(request):
        told = {"error": "too-long", "message": text, "position": MOST_LETTERS, "arguments": {}}
        return json_answer(told, HTTPStatus.BAD_REQUEST)
    values = {"heading": _(fault), "lines": [text]}
    return page(site, request, "message.html", values, section="search", status=HTTPStatus.BAD_REQUEST)


def _quoted(text: str) -> str:
    return Asked(text, {}, "relevance", "", 0, "").parameters().removeprefix("q=")


def _found(site: Site, request: HttpRequest, ask: Asked) -> HttpResponse:
    json = wants_json(request)
    if ask.is_empty and not json and "q" not in request.GET:
        return page(site, request, "results.html", _form(site, ask, open_form=True), section="search")
    is_long = len(ask.address()) > LONG_ADDRESS
    query = parse(ask.line)
    result = site.index.search(query_given(site, query) if json else query, filters=ask.filters, sort=ask.sort,
                               limit=ask.limit if json else min(ask.limit, LIMIT), cursor=ask.cursor or None,
                               facets=FACETS)  # fmt: skip
    lang, keys = get_language() or "en", [hit.key for hit in result.hits]
    if json:
        return _data(site, request, ask, result, [line(side, lang) for side in many_given(site, keys)])
    hits = [line(side, lang) for side in publicly.many(site, keys)]
    shown = {hit["office"] for hit in hits}
    values = _form(site, ask, open_form=False) | {
        "result": result,
        "hits": hits,
        "facets": [_facet(name, counts, ask, lang) for name, counts in result.facets.items()
                   if counts and not is_long],
        "chosen": _chosen(ask, lang)[: MOST_CHOSEN if is_long else None],
        "is_long": is_long,
        "sorts": [{"label": _(sort.label), "address": ask.address(sort=sort.name), "chosen": ask.sort == sort.name}
                  for sort in SORTS],
        "next_page": ask.address(after=result.next) if result.next else "",
        "first_page": ask.address() if ask.cursor else "",
        "offers_files": site.queue_export is not None,
        "link_address": ask.address(),
        "json_address": ask.address(format="json", after=ask.cursor),
        "feed_address": _kept("feed", ask), "calendar_address": _kept("calendar", ask),
        "gives": bool(Giving(site).groups()),
        "offices_shown": [o for o in coverage(site, lang) if o.code in shown],
    }  # fmt: skip
    return page(site, request, "results.html", values, section="search")


def _data(
    site: Site, request: HttpRequest, ask: Asked, result: Result, hits: list[dict[str, Any]]
) -> HttpResponse:
    shown = {hit["office"] for hit in hits}
    terms = [one for one in all_of(site) if one.office in shown]
    told = _json(site, request, ask, result, hits) | {
        "offices": {o.code: {"data_day": o.data_day, "notice": o.notice} for o in coverage(site, "en") if o.code in shown},
        "terms": {f"{one.office}/{one.right}": terms_told(one) for one in terms},
    }  # fmt: skip
    response = json_answer(told)
    mark_terms(response, terms)
    return response


def _json(
    site: Site, request: HttpRequest, ask: Asked, result: Result, hits: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "query": ask.line,
        "total": result.total,
        "rights": result.rights,
        "hits": [
            {name: hit[name] for name in ("key", "office", "title", "status", "state", "owner", "numbers", "date")}
            | {"classes": hit["class_numbers"], "address": absolute(site, request, hit["address"])}
            for hit in hits
        ],
        "facets": {name: [{"value": value, "count": count} for value, count in counts]
                   for name, counts in result.facets.items()},
        "change": result.change,
        "next": result.next,
        "next_page": absolute(site, request, ask.address(format="json", after=result.next)) if result.next else None,
    }  # fmt: skip


def value_label(facet: str, value: str, lang: str) -> str:
    """A value of a facet in the reader's words."""
    if facet == "office":
        code = value.upper()
        return short_name(offices.office(code), lang) if code in offices.codes() else code
    if facet in {"country", "origin"}:
        return country_name(value, lang)
    if facet in {"class", "vienna"}:
        word = label(facet, value.partition(".")[0].lstrip("0"))
        return value if word.isdecimal() else f"{value} {word}"
    return label(facet, value) if facet in LISTS else value


def _facet(name: str, counts: list[tuple[str, int]], ask: Asked, lang: str) -> dict[str, Any]:
    chosen = {value.casefold() for value in ask.filters.get(name, ())}
    shown = counts if ask.more == name else counts[:SHOWN_VALUES]
    shown = shown + [item for item in counts[len(shown) :] if item[0].casefold() in chosen]
    here = ask.address()
    items = []
    for value, count in shown:
        taken = value.casefold() in chosen
        address = (
            ask.toggled(name, _as_chosen(ask, name, value)) if taken else f"{here}&{name}={quote_plus(value)}"
        )
        items.append(
            {"label": value_label(name, value, lang), "count": count, "chosen": taken, "address": address}
        )
    return {
        "name": name,
        "label": _(BY_NAME[name].label),
        "values": items,
        "open": name in OPEN_FACETS or bool(chosen) or ask.more == name,
        "more": f"{ask.address(more=name)}#facet-{name}" if len(counts) > len(shown) else "",
    }


def _as_chosen(ask: Asked, name: str, value: str) -> str:
    return next((one for one in ask.filters.get(name, ()) if one.casefold() == value.casefold()), value)


def _chosen(ask: Asked, lang: str) -> list[dict[str, str]]:
    return [{"facet": _(BY_NAME[name].label), "label": value_label(name, value, lang),
             "address": ask.toggled(name, value)} for name, values in ask.filters.items() for value in values]  # fmt: skip


def _form(site: Site, ask: Asked, *, open_form: bool, filled: dict[str, str] | None = None) -> dict[str, Any]:
    lang = get_language() or "en"
    filled = fill(ask.line) if filled is None else filled
    boxes = [{"name": name, "label": _box_label(name), "value": filled.get(name, ""), "choices": _choices(name, lang)}
             for name in ("q", *TEXTS, SCOPE, *CHOICES)]  # fmt: skip
    ends = (("from", _("from")), ("to", _("to")))
    dates = [{"name": f"{name}_{end}", "label": f"{_(BY_NAME[name].label)}, {word}", "hint": "2019, 2019-03, 2019-03-07",
              "value": filled.get(f"{name}_{end}", ""), "choices": ()} for name in DATES for end, word in ends]  # fmt: skip
    other = [{"name": name, "label": _box_label(name), "value": filled.get(name, ""), "choices": _choices(name, lang)}
             for name in (OTHER, VALUE)]  # fmt: skip
    kept = [(name, value) for name, values in ask.filters.items() for value in values]
    return {"q": ask.line, "fields": boxes + dates + other, "form_open": open_form, "kept": kept}


def _box_label(name: str) -> str:
    own = {"q": _("Any words"), SCOPE: _("Goods within one class"), OTHER: _("Any other field"),
           VALUE: _("Words in this field")}  # fmt: skip
    return own[name] if name in own else _(BY_NAME[name].label)


@cache
def _choices(name: str, lang: str) -> tuple[tuple[str, str], ...]:
    with override(lang):
        if name == SCOPE:
            return tuple((str(number), value_label("class", str(number), lang)) for number in NICE_CLASSES)
        if name == OTHER:
            return tuple(sorted(((f.name, _(f.label)) for f in FIELDS if f.name not in {*TEXTS, *CHOICES, *DATES}),
                                key=lambda choice: choice[1]))  # fmt: skip
        if name == "office":
            named = ((code, value_label(name, code, lang)) for code in offices.codes())
            return tuple(sorted(named, key=lambda choice: choice[1]))
        if name not in CHOICES:
            return ()
        codes = RIGHTS if name == "right" else codelists.column(LISTS[name], "label")
        return tuple((code, label(name, code)) for code in codes)


def _faulty(site: Site, request: HttpRequest, error: QueryError, form: dict[str, str]) -> HttpResponse:
    message = _(MESSAGES[error.code])
    if wants_json(request):
        told = {
            "error": error.code,
            "message": message,
            "position": error.position,
            "arguments": error.arguments,
        }
        return json_answer(told, HTTPStatus.BAD_REQUEST)
    ask = asked(request)
    at = error.position if 0 <= error.position <= len(ask.line) else len(ask.line)
    values = _form(site, ask, open_form=bool(form), filled=form or {"q": ask.line}) | {
        "error": {"message": message, "before": ask.line[:at], "at": ask.line[at : at + 1] or "▲",
                  "after": ask.line[at + 1 :]}
    }  # fmt: skip
    return page(site, request, "results.html", values, section="search", status=HTTPStatus.BAD_REQUEST)


def _kept(name: str, ask: Asked) -> str:
    """The address of a query as feed or calendar; empty where it would be too long."""
    parameters = ask.parameters(sort="")
    return f"{reverse(name)}?{parameters}" if len(parameters) <= LONGEST_FEED else ""
