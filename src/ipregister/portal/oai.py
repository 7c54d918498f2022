"""OAI-PMH 2.0: anyone may harvest what the offices released, whole or since a time, in Dublin Core or ST.96.

The answer to every request is a document of the protocol with status 200; errors are said inside it."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ipregister.exchange.oai import envelope
from ipregister.exchange.oai.dublin_core import Told, rights, write
from ipregister.exchange.oai.faults import BadArgument, OaiError
from ipregister.exchange.oai.stamps import span
from ipregister.exchange.oai.tokens import Token, read
from ipregister.exchange.oai.words import ARGUMENTS, FORMATS
from ipregister.exchange.writers import document, rights_of
from ipregister.model import codelists, offices
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS
from ipregister.portal import harvested
from ipregister.portal.addresses import record_address
from ipregister.portal.giving import Giving
from ipregister.portal.harvested import PAGE, Item, pages
from ipregister.portal.names import office_name
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.publication.released import Released
from ipregister.store.harvest import Span

_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")
_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>\s*")
NO_DOMAIN = "ipregister.localhost"
"""The middle of identifiers where the operator set no public address: they are not permanent then."""
Arguments = dict[str, str]


def oai(site: Site, request: HttpRequest) -> HttpResponse:
    """The answer to a request of the protocol, by GET or POST."""
    base = absolute(site, request, reverse("oai"))
    now = site.clock()
    asked = request.POST if request.method == "POST" else request.GET
    try:
        arguments = _arguments(asked)
        parts = _Answer(site, base, arguments).parts()
    except OaiError as error:
        wrong = error.code in ("badVerb", "badArgument")
        told = {} if wrong else {name: str(asked[name]) for name in asked}
        parts = [envelope.head(base, told, now), envelope.fault(error), envelope.TAIL]
    else:
        parts = [envelope.head(base, arguments, now), *parts, envelope.TAIL]
    return HttpResponse("".join(parts), content_type="text/xml; charset=utf-8")


def _arguments(asked: QueryDict) -> Arguments:
    """The arguments, checked against what the verb takes. Raises `OaiError`."""
    verbs = asked.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", "verb is missing, repeated, or none of the protocol")
    required, optional = ARGUMENTS[verbs[0]]
    for name in asked:
        if name not in {"verb", *required, *optional}:
            raise BadArgument(f"{verbs[0]} takes no argument {name[:40]!r}")
        if len(asked.getlist(name)) != 1 or not asked[name]:
            raise BadArgument(f"{name} is repeated or empty")
    if "resumptionToken" in asked:
        if len(asked) > 2:
            raise BadArgument("resumptionToken stands alone")
    elif missing := required - set(asked):
        raise BadArgument(f"{verbs[0]} needs {', '.join(sorted(missing))}")
    return {name: str(asked[name]) for name in asked}


class _Answer:
    """One request that can be read."""

    def __init__(self, site: Site, base: str, arguments: Arguments) -> None:
        self.site, self.base, self.arguments = site, base, arguments
        self.giving = Giving(site)
        self.domain = domain(site)
        self._said: dict[tuple[str, str], tuple[str, str, str]] = {}

    def parts(self) -> list[str]:
        """What stands between head and tail."""
        match self.arguments["verb"]:
            case "Identify":
                return [self._identify()]
            case "ListSets":
                return [self._sets()]
            case "ListMetadataFormats":
                return [self._formats()]
            case "GetRecord":
                return ["<GetRecord>", self._get(), "</GetRecord>"]
            case verb:
                return [f"<{verb}>", *self._list(verb), f"</{verb}>"]

    def _identify(self) -> str:
        earliest = self.site.register.earliest() or self.site.clock()
        admin = self.site.contact or f"register@{self.domain}"
        name = "Register of intellectual property (ipregister)"
        return envelope.identify(envelope.Repository(name, self.base, admin, earliest, self.domain))

    def _sets(self) -> str:
        if "resumptionToken" in self.arguments:
            raise OaiError("badResumptionToken", "the list of sets is told in one answer")
        named: dict[str, str] = {}
        for code, right in (*self.giving.groups(), *self._closed()):
            name = office_name(office(code), "en")
            named.setdefault(code, name)
            named[f"{code}:{right}"] = f"{name}: {codelists.label('subtypes', right.upper())}"
        return envelope.sets(named.items())

    def _closed(self) -> list[tuple[str, str]]:
        """The closed offices and rights of which a record is told as deleted."""
        return [
            one
            for one in self.giving.closed_groups()
            if pages(self.giving, Span((), closed=(one,)), None, 1)[0]
        ]

    def _formats(self) -> str:
        if "identifier" not in self.arguments:
            return envelope.formats(FORMATS)
        item = self._item(self.arguments["identifier"])
        return envelope.formats(prefix for prefix in FORMATS if item.right in _rights(prefix))

    def _get(self) -> str:
        item, prefix = self._item(self.arguments["identifier"]), self.arguments["metadataPrefix"]
        if item.right not in _rights(prefix):
            raise OaiError("cannotDisseminateFormat", f"this record is not given as {prefix[:40]}")
        return self._record(item, prefix)

    def _item(self, identifier: str) -> Item:
        start = f"oai:{self.domain}:"
        key = identifier.removeprefix(start)
        found = harvested.item(self.giving, key) if identifier.startswith(start) else None
        if found is not None:
            return found
        raise OaiError("idDoesNotExist", "no record has this identifier")

    def _list(self, verb: str) -> Iterator[str]:
        token = read(text, verb) if (text := self.arguments.get("resumptionToken")) else None
        prefix = token.prefix if token else self.arguments["metadataPrefix"]
        chosen = token.set if token else self.arguments.get("set", "")
        since, until = (token.since, token.until) if token else (
            self.arguments.get("from", ""), self.arguments.get("until", ""))  # fmt: skip
        first, before = span(since, until)
        wanted = self._span(chosen, prefix, first, before)
        place = (token.recorded_at, token.change) if token else None
        items, more = pages(self.giving, wanted, place, PAGE)
        if not items and token is None:
            raise OaiError("noRecordsMatch", "no record is of this set and time")
        told = token.told if token else 0
        for item in items:
            yield self._record(item, prefix) if verb == "ListRecords" else self._header(item).written()
        if more:
            last = items[-1]
            following = Token(verb, prefix, chosen, since, until, last.recorded_at, last.change,
                              told + len(items))  # fmt: skip
            yield envelope.resumption(following.text(), told)
        elif token:
            yield envelope.resumption("", told)

    def _span(self, chosen: str, prefix: str, first: dt.datetime | None, before: dt.datetime | None) -> Span:
        """The offices and rights of a set that are given in a format, and those that were closed. Raises `OaiError`."""
        allowed = _rights(prefix)
        if not allowed:
            raise OaiError("cannotDisseminateFormat", f"no record is given as {prefix[:40]}")
        code, _, right = chosen.partition(":")
        if chosen and (code not in offices.codes() or (":" in chosen and right not in RIGHTS)):
            raise OaiError("noRecordsMatch", "there is no such set")
        wanted = [one for one in allowed if right in ("", one)]
        if not wanted:
            return Span(())
        codes = [code] if code else []
        return Span(
            self.giving.groups(codes, wanted), first, before, self.giving.closed_groups(codes, wanted)
        )

    def _header(self, item: Item) -> envelope.Header:
        identifier = f"oai:{self.domain}:{item.key}"
        return envelope.Header(identifier, item.recorded_at, item.office, item.right, item.side is None)

    def _record(self, item: Item, prefix: str) -> str:
        header = self._header(item).written()
        if item.side is None:
            return envelope.record(header, "")
        name, said, about = self._terms(item.office, item.right)
        if prefix == "oai_dc":
            address = self.base.removesuffix(reverse("oai")) + record_address(item.key)
            return envelope.record(header, write(item.side.record, Told(address, name, said)), about)
        return envelope.record(header, _st96(item.side, item.office), about)

    def _terms(self, code: str, right: str) -> tuple[str, str, str]:
        """The name of an office and what is said of licence and attribution; made once for a request."""
        found = self._said.get((code, right))
        if found is None:
            terms = self.giving.terms(code, right)
            about = envelope.about(terms.licence, terms.attribution, terms.source)
            found = (
                office_name(office(code), "en"),
                rights(terms.licence, terms.attribution, terms.source),
                about,
            )
            self._said[code, right] = found
        return found


def _rights(prefix: str) -> tuple[str, ...]:
    """The rights that are given in a format; none for a format that is not."""
    if prefix == "oai_dc":
        return tuple(RIGHTS)
    return rights_of(prefix) if prefix in FORMATS else ()


def _st96(side: Released, code: str) -> str:
    return _DECLARATION.sub(b"", document("st96", side.record, office(code))).decode()


def domain(site: Site) -> str:
    """The middle of identifiers: the host name of the public address."""
    host = urlsplit(site.public_address).hostname or ""
    return host if _DOMAIN.fullmatch(host) else NO_DOMAIN
