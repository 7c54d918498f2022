"""The envelope of an answer, in pieces: what stands before, each record, what stands after."""

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from ipregister.exchange.oai.dublin_core import END, START, element, escaped, rights
from ipregister.exchange.oai.faults import OaiError
from ipregister.exchange.oai.stamps import written
from ipregister.exchange.oai.words import FORMATS, IDENTIFIER, IDENTIFIER_XSD, OAI, OAI_XSD, XSI

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{OAI}" xmlns:xsi="{XSI}" xsi:schemaLocation="{OAI} {OAI_XSD}">'
)
TAIL = "</OAI-PMH>\n"


class Header(Struct, frozen=True):
    """The header of a record: its identifier, when its present state was recorded, its sets, whether it is gone."""

    identifier: str
    recorded_at: dt.datetime
    office: str
    right: str
    deleted: bool

    def written(self) -> str:
        """The element."""
        status = ' status="deleted"' if self.deleted else ""
        return (
            f"<header{status}><identifier>{escaped(self.identifier)}</identifier>"
            f"<datestamp>{written(self.recorded_at)}</datestamp>"
            f"<setSpec>{self.office}</setSpec><setSpec>{self.office}:{self.right}</setSpec></header>"
        )


class Repository(Struct, frozen=True):
    """What the repository says of itself. `domain` is the middle of its identifiers."""

    name: str
    address: str
    admin: str
    earliest: dt.datetime
    domain: str


def head(base: str, arguments: Mapping[str, str], now: dt.datetime) -> str:
    """What an answer begins with. `arguments` are those of the request, none where they were wrong."""
    told = "".join(f' {name}="{escaped(text)}"' for name, text in arguments.items())
    return f"{_HEAD}<responseDate>{written(now)}</responseDate><request{told}>{escaped(base)}</request>"


def fault(error: OaiError) -> str:
    """The element of an error."""
    return f'<error code="{error.code}">{escaped(error.message)}</error>'


def about(licence: str, attribution: str, source: str) -> str:
    """On what terms a record goes out, in every format: licence, whom to name, the legal source of the release."""
    told = rights(licence, attribution) + element("source", source)
    return f"<about>{START}{told}{END}</about>" if told else ""


def record(header: str, metadata: str, terms: str = "") -> str:
    """A record; the header alone where there is no metadata."""
    if not metadata:
        return f"<record>{header}</record>"
    return f"<record>{header}<metadata>{metadata}</metadata>{terms}</record>"


def resumption(token: str, told: int) -> str:
    """Where the list goes on; an empty element ends a list of several answers. `told` records came before."""
    return f'<resumptionToken cursor="{told}">{token}</resumptionToken>'


def identify(repository: Repository) -> str:
    """The answer to Identify."""
    sample = f"oai:{repository.domain}:la-1"
    return (
        f"<Identify><repositoryName>{escaped(repository.name)}</repositoryName>"
        f"<baseURL>{escaped(repository.address)}</baseURL><protocolVersion>2.0</protocolVersion>"
        f"<adminEmail>{escaped(repository.admin)}</adminEmail>"
        f"<earliestDatestamp>{written(repository.earliest)}</earliestDatestamp>"
        "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
        "<compression>gzip</compression>"
        f'<description><oai-identifier xmlns="{IDENTIFIER}" xsi:schemaLocation="{IDENTIFIER} {IDENTIFIER_XSD}">'
        f"<scheme>oai</scheme><repositoryIdentifier>{escaped(repository.domain)}</repositoryIdentifier>"
        f"<delimiter>:</delimiter><sampleIdentifier>{escaped(sample)}</sampleIdentifier>"
        "</oai-identifier></description></Identify>"
    )


def formats(prefixes: Iterable[str]) -> str:
    """The answer to ListMetadataFormats."""
    told = "".join(
        f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{FORMATS[prefix][0]}</schema>"
        f"<metadataNamespace>{FORMATS[prefix][1]}</metadataNamespace></metadataFormat>"
        for prefix in prefixes
    )
    return f"<ListMetadataFormats>{told}</ListMetadataFormats>"


def sets(named: Iterable[tuple[str, str]]) -> str:
    """The answer to ListSets: set and name."""
    told = "".join(
        f"<set><setSpec>{escaped(spec)}</setSpec><setName>{escaped(name)}</setName></set>"
        for spec, name in named
    )
    return f"<ListSets>{told}</ListSets>"
