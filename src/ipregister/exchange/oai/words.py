"""Names of the protocol, as openarchives.org/OAI/openarchivesprotocol.html has them."""

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_XSD = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_XSD = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
IDENTIFIER_XSD = "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"
ST96 = "http://www.wipo.int/standards/XMLSchema/ST96/Common"
ST96_XSD = "https://www.wipo.int/standards/XMLSchema/ST96/V6_0/"

FORMATS: dict[str, tuple[str, str]] = {"oai_dc": (OAI_DC_XSD, OAI_DC), "st96": (ST96_XSD, ST96)}
"""Metadata prefix -> address of the schema, namespace. A record in `st96` has the root element of its right."""

ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
}
"""Verb -> arguments that it must have, arguments that it may have."""
