"""Geographical indications and appellations: name, product, area, who makes it."""

from collections.abc import Iterator

import msgspec

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.indication import Indication
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_GEOMETRIES = frozenset(
    {"Polygon", "MultiPolygon", "GeometryCollection", "Point", "MultiPoint", "LineString"}
)

NAME = FindingKind(
    "indication-name-missing",
    "error",
    "The indication has no name.",
    remedies.ADD,
    "WIPO ST.96 GeographicalIndication",
)
PRODUCT = FindingKind(
    "product-missing",
    "warning",
    "The product of the indication is not told.",
    remedies.ADD,
    "Geneva Act of the Lisbon Agreement, Rule 5",
)
AREA = FindingKind(
    "area-missing",
    "notice",
    "The area of production is not told.",
    remedies.ADD,
    "Geneva Act of the Lisbon Agreement, Rule 5",
)
PRODUCER = FindingKind(
    "producer-missing",
    "notice",
    "No producer group, applicant or beneficiary is named.",
    remedies.ADD,
    "Geneva Act of the Lisbon Agreement, Rule 5",
)
CLASSED = FindingKind(
    "indication-class",
    "notice",
    "An indication has no class of goods; the class {value} was delivered.",
    remedies.NOTHING,
    "Nice Agreement, Article 1",
)
POLYGON = FindingKind(
    "polygon-form", "warning", "The boundary is no GeoJSON geometry.", remedies.CORRECT, "RFC 7946"
)


def contents(case: Case[Indication]) -> Iterator[Finding]:
    """Name, product, area and producers."""
    record = case.record
    if not record.names and not case.is_kept("/names"):
        yield found(NAME, "/names")
    if not record.products and not case.is_kept("/products"):
        yield found(PRODUCT, "/products")
    if not record.areas and not case.may_lack("areas"):
        yield found(AREA, "/areas")
    if not (record.producers or record.applicants or record.holders or case.may_lack("producers")):
        yield found(PRODUCER, "/producers")


def forms(case: Case[Indication]) -> Iterator[Finding]:
    """A class that indications have not, and the geometry of the area."""
    for place, product in enumerate(case.record.products):
        if product.scheme == "nice" and product.number:
            yield found(CLASSED, f"/products/{place}/number", product.number)
    for place, area in enumerate(case.record.areas):
        if area.polygon and not _is_geometry(area.polygon):
            yield found(POLYGON, f"/areas/{place}/polygon", area.polygon[:80])


def _is_geometry(text: str) -> bool:
    try:
        read = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return isinstance(read, dict) and read.get("type") in _GEOMETRIES


RULES: tuple[Rule[Indication], ...] = (
    Rule((NAME, PRODUCT, AREA, PRODUCER), contents),
    Rule((CLASSED, POLYGON), forms),
)
