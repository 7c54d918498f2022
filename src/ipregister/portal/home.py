"""The start page, the help page, the language switch, robots.txt."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.portal import publicly
from ipregister.portal.coverage import coverage
from ipregister.portal.hits import line
from ipregister.portal.languages import LANGUAGES
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.search.fields import FIELDS

RECENT, LOOKED_AT = 6, 40
LANGUAGE_COOKIE = "language"


def home(site: Site, request: HttpRequest) -> HttpResponse:
    """The search box, the offices with their freshness, the latest changes."""
    lang = get_language() or "en"
    values = {"offices": [one for one in coverage(site, lang) if one.records or one.data_day],
              "recent": [line(side, lang) for side in _recent(site)]}  # fmt: skip
    return page(site, request, "home.html", values, section="home")


def _recent(site: Site) -> list[publicly.Shown]:
    last = site.register.last_change()
    changes = site.register.changes(max(0, last - LOOKED_AT), LOOKED_AT)
    keys = list(dict.fromkeys(change.key for change in reversed(changes) if not change.tombstone))
    return publicly.many(site, keys[: 2 * RECENT])[:RECENT]


def examples() -> list[tuple[str, str]]:
    """Queries and what they find."""
    return [
        ("river coffee", _("both words, anywhere in the record")),
        ("mark:river", _("the word in the mark itself")),
        ("ແມ່ນ້ຳ", _("a word in any script; written as in the mark")),
        ('"golden elephant"', _("the words together, in this order")),
        ('"elephant golden"~3', _("the words near each other: in any order, at most 3 others between them")),
        ("koff*", _("words that begin like this; ? stands for one letter")),
        ("*fee*", _("words that have these letters inside")),
        (
            "mark:/colou?rs?/",
            _("words that fit the expression: . any letter, [abc] one of these, ? * + how often"),
        ),
        ("owner:somchai", _("applicants and holders")),
        ("kh/49703/13", _("a number in any spelling, in any digits of the region")),
        ("class:30 goods:tea", _("both conditions")),
        ("goods/30:tea", _("the word in the goods of class 30")),
        ("-has:representative", _("records that have nothing in this field")),
        ("status:registered OR status:published", _("one of the two")),
        ("mark:lotus NOT office:TH", _("without marks of one office")),
        ("filed:[2019 TO 2021-06]", _("from one day, month or year to another")),
        ("(mark:lotus OR mark:ດອກບົວ) class:3", _("brackets join conditions")),
    ]


def help_search(site: Site, request: HttpRequest) -> HttpResponse:
    """How to write a query: examples, and all fields."""
    fields = [{"name": f.name, "label": _(f.label), "inid": f.inid, "facet": f.facet} for f in FIELDS]
    return page(site, request, "help.html", {"examples": examples(), "fields": fields}, section="help")


def language(site: Site, request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    code = request.GET.get("to", "")
    if code in dict(LANGUAGES):
        response.set_cookie(
            LANGUAGE_COOKIE, code, max_age=31_536_000, samesite="Lax", secure=request.is_secure()
        )
    return response


def robots(site: Site, request: HttpRequest) -> HttpResponse:
    """What crawlers may follow: records and offices, not every combination of filters."""
    text = "User-agent: *\nDisallow: /search\nDisallow: /staff\nDisallow: /language\nDisallow: /export\nDisallow: /*?\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=HTTPStatus.OK)
