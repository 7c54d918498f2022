"""Industrial designs: what is shown, its class, its views, how long publication is deferred."""

import re
from collections.abc import Iterator

from ipregister.model.design import Design, ProductClass, View
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.publicity import told_in_words, unread_deferment
from ipregister.model.status import add_months
from ipregister.quality import remedies
from ipregister.quality.checks.patents import TITLE
from ipregister.quality.rule import Case, Rule, found

_CLASS = re.compile(r"(?:0?[1-9]|[12]\d|3[0-2])(?:\s*[-./]?\s*\d{1,2})?", re.ASCII)
_LONGEST_MONTHS = 30
"""The longest deferment that an office may declare (Hague Agreement, Rule 16)."""

NONE = FindingKind("design-missing", "error", "The application shows no design.", remedies.ADD, "INID 54, 55")
UNCLASSIFIED = FindingKind(
    "locarno-missing",
    "warning",
    "The design has no class of the Locarno Classification.",
    remedies.ADD,
    "INID 51",
)
CLASS = FindingKind(
    "locarno-form",
    "warning",
    "“{value}” is no class of the Locarno Classification.",
    remedies.CORRECT,
    "INID 51",
)
VIEWLESS = FindingKind("view-missing", "warning", "The design has no view.", remedies.ADD, "INID 55")
REPEATED = FindingKind(
    "view-repeated", "notice", "The view {value} is listed twice.", remedies.SPLIT, "INID 55"
)
COUNT = FindingKind(
    "designs-count",
    "warning",
    "The record says {value} designs, but holds {count}.",
    remedies.COMPARE,
    "INID 28",
)
LONG = FindingKind(
    "deferment-long",
    "notice",
    "Publication is deferred until {value}, more than thirty months after {start}.",
    remedies.COMPARE,
    "Hague Agreement (1999), Article 11; Rule 16",
)
UNREAD = FindingKind(
    "deferment-unread",
    "warning",
    "Publication is deferred, but “{value}” is no day or period that can be read: the record stays closed.",
    remedies.CORRECT,
    "INID 45; Hague Agreement (1999), Article 11",
)


def contents(case: Case[Design]) -> Iterator[Finding]:
    """The designs of the application, each with a title or product, a class and a view."""
    record = case.record
    if not record.designs:
        if not (record.views or record.titles or case.is_kept("/designs")):
            yield found(NONE, "/designs")
        return
    if record.designs_count is not None and record.designs_count != len(record.designs):
        yield found(COUNT, "/designs_count", str(record.designs_count), count=str(len(record.designs)))
    for place, design in enumerate(record.designs):
        path = f"/designs/{place}"
        products = design.products or record.products
        told = design.titles or record.titles or any(product.texts for product in products)
        if not told and not case.is_kept(f"{path}/"):
            yield found(TITLE, f"{path}/titles")
        if not any(product.number for product in products) and not case.is_kept(f"{path}/products"):
            yield found(UNCLASSIFIED, f"{path}/products")
        if not (design.views or record.views or case.is_kept(f"{path}/views")):
            yield found(VIEWLESS, f"{path}/views")


def codes(case: Case[Design]) -> Iterator[Finding]:
    """Locarno classes, and views that come twice."""
    record = case.record
    if record.products:
        yield from _classes("/products", record.products)
    if len(record.views) > 1:
        yield from _views("/views", record.views)
    for place, design in enumerate(record.designs):
        if design.products:
            yield from _classes(f"/designs/{place}/products", design.products)
        if len(design.views) > 1:
            yield from _views(f"/designs/{place}/views", design.views)


def _classes(path: str, products: tuple[ProductClass, ...]) -> Iterator[Finding]:
    for place, product in enumerate(products):
        if product.number and product.scheme == "locarno" and not _CLASS.fullmatch(product.number.strip()):
            yield found(CLASS, f"{path}/{place}/number", product.number)


def _views(path: str, views: tuple[View, ...]) -> Iterator[Finding]:
    seen = set()
    for place, view in enumerate(views):
        if view.filename and view.filename in seen:
            yield found(REPEATED, f"{path}/{place}/filename", view.filename)
        seen.add(view.filename)


def deferment(case: Case[Design]) -> Iterator[Finding]:
    """A deferment counts from the filing or the priority, and is not longer than the law allows anywhere."""
    record = case.record
    for kept in unread_deferment(record):
        yield found(UNREAD, kept.field, kept.text)
    if not record.deferred_until:
        yield from (found(UNREAD, path, text) for path, text in told_in_words(record))
    counted = bool(record.deferment_period)  # from the filing (`exchange.st86.deferment`)
    priorities = () if counted else record.priorities
    dates = [record.application_date, *(priority.date for priority in priorities)]
    start, until = (
        min((date for date in dates if date and len(date) == 10), default=""),
        record.deferred_until,
    )
    if start and until and len(until) == 10 and until > add_months(start, _LONGEST_MONTHS):
        yield found(LONG, "/deferred_until", until, start=start)


RULES: tuple[Rule[Design], ...] = (
    Rule((NONE, COUNT, TITLE, UNCLASSIFIED, VIEWLESS), contents),
    Rule((CLASS, REPEATED), codes),
    Rule((LONG, UNREAD), deferment),
)
