"""The pages behind the links of mails: to say yes, and to stop them, without a key. And what mails say.

Programs that look through mails open their links: so a page alone changes nothing, its button does. A link stands in
the query string of an address, which no log of this server holds."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ipregister.portal.languages import LANGUAGES
from ipregister.portal.render import page
from ipregister.portal.secrecy import secret
from ipregister.portal.site import Site
from ipregister.watch import readers
from ipregister.watch.letters import Wording
from ipregister.watch.models import Reader


@secret
def confirm(site: Site, request: HttpRequest) -> HttpResponse:
    """Whether a reader wants mails; after POST he gets them."""
    reader = readers.reader_of(site.sender.key, request.GET.get("link", ""), "confirm")
    if reader is not None and request.method == "POST":
        readers.confirm(reader, site.clock())
    return _answer(site, request, reader, "asked")


@secret
def stop(site: Site, request: HttpRequest) -> HttpResponse:
    """Whether a reader wants no more mails; after POST he gets none. Mail programs send the POST themselves (RFC 8058)."""
    reader = readers.reader_of(site.sender.key, request.GET.get("link", ""), "stop")
    if reader is not None and request.method == "POST":
        readers.stop(site.sender.key, reader, site.clock())
    return _answer(site, request, reader, "leaving")


def wording(language: str) -> Wording:
    """The sentences of mails in a language; English where it is none of ours."""
    with translation.override(language if language in dict(LANGUAGES) else "en"):
        question = (
            _("Somebody asked the register of intellectual property to write to this address."),
            _("It would get one mail a day at most, on days with something new."),
            "{site}",
            _("If you want these mails, open this page and press the button:"),
            "{confirm}",
            _("If you do not, do nothing. To say no, and not to be asked again for a year:"),
            "{stop}",
        )
        return Wording(
            question_subject=_("Do you want mails from the register?"),
            question="{} {}\n{}\n\n{}\n{}\n\n{}\n{}".format(*question),
            news_subject=_("News of your watches"),
            change=_("Whoever has the key changes these watches here:"),
            stop=_("Stop these mails, without a key:"),
        )


def _answer(site: Site, request: HttpRequest, reader: Reader | None, asked: str) -> HttpResponse:
    """The page at which a link stands; `asked` is what its question is while the reader has not answered."""
    if reader is None:
        return page(site, request, "mails.html", {"state": "unknown"}, status=HTTPStatus.NOT_FOUND)
    state = "leaving" if asked == "leaving" and reader.state != "stopped" else reader.state
    links = {"stop": _address(site, reader, "stop")}
    if asked == "asked":
        links["confirm"] = _address(site, reader, "confirm")
    return page(site, request, "mails.html", {"state": state, "links": links})


def _address(site: Site, reader: Reader, purpose: readers.Purpose) -> str:
    link = readers.link_of(site.sender.key, reader, purpose)
    return f"{reverse(f'mails-{purpose}')}?{urlencode({'link': link})}"
