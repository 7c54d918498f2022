"""What is counted: one line a table, each with its definition. The one list.

The tables hold what WIPO's annual statistics questionnaire asks of an office for each right: applications and
registrations by route and residence, with classes or designs counted apart; by origin; by class; rights in
force; and, beyond it, pendency. `questionnaire` puts the tables of the questionnaire together from them.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from ipregister.model.errors import NotFound
from ipregister.publication.statistics.particulars import Particulars

Cells = tuple[str, ...]
Counted = Iterable[tuple[Cells, int]]


class Table(Struct, frozen=True):
    """A table: its name, title and definition (English; pages translate them), the columns before the figure, and
    its unit. `days` marks a table whose last cell is a number of days, shown as quartiles."""

    name: str
    title: str
    definition: str
    columns: tuple[str, ...]
    unit: str
    cells: Callable[[Particulars], Counted]
    days: bool = False


def _filings(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.route, one.residence), 1),)


def _filed_items(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.route, one.residence), one.items),) if one.items else ()


def _registrations(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.route, one.residence), 1),) if one.registered else ()


def _registered_items(one: Particulars) -> Counted:
    if not one.registered or not one.items:
        return ()
    return (((one.right, one.registered, one.route, one.residence), one.items),)


def _filings_by_origin(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.origin), 1),)


def _registrations_by_origin(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.origin), 1),) if one.registered else ()


def _filings_by_class(one: Particulars) -> Counted:
    return (((one.right, one.filed, number), 1) for number in one.classes)


def _registrations_by_class(one: Particulars) -> Counted:
    return (((one.right, one.registered, number), 1) for number in one.classes if one.registered)


def _in_force(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.live), 1),) if one.registered else ()


def _pendency(one: Particulars) -> Counted:
    return (((one.right, span.year, one.route, span.stage, str(span.days)), 1) for span in one.spans)


def _filings_by_both(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.route, one.origin), 1),)


def _filed_items_by_both(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.route, one.origin), one.items),) if one.items else ()


def _registrations_by_both(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.route, one.origin), 1),) if one.registered else ()


def _registered_items_by_both(one: Particulars) -> Counted:
    if not one.registered or not one.items:
        return ()
    return (((one.right, one.registered, one.route, one.origin), one.items),)


def _filings_by_route_and_class(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.route, number), 1) for number in one.classes)


def _registrations_by_route_and_class(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.route, number), 1) for number in one.classes if one.registered)


def _in_force_by_origin(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.origin, one.live), 1),) if one.registered else ()


def _in_force_by_filing_year(one: Particulars) -> Counted:
    return (((one.right, one.filed, one.live), 1),) if one.registered else ()


def _by_filing_year(one: Particulars) -> Counted:
    return (((one.right, one.registered, one.filed), 1),) if one.registered else ()


_BY_ROUTE = ("right", "year", "route", "residence")
_BY_BOTH = ("right", "year", "route", "origin")
TABLES: tuple[Table, ...] = (
    Table(
        "filings",
        "Applications",
        "Published applications by the year of filing. Direct and international ones stand apart. Resident: the "
        "country of the first-named applicant is that of the office.",
        _BY_ROUTE, "applications", _filings,
    ),
    Table(
        "filed-items",
        "Classes and designs in applications",
        "Nice classes of the marks, and designs of the design applications, by the year of filing: an "
        "application in three classes counts three.",
        _BY_ROUTE, "classes or designs", _filed_items,
    ),
    Table(
        "registrations",
        "Registrations and grants",
        "Registrations by the year of registration; of patents and utility models grants by the year of grant.",
        _BY_ROUTE, "registrations", _registrations,
    ),
    Table(
        "registered-items",
        "Classes and designs in registrations",
        "Nice classes of the registered marks, and designs of the registered design applications.",
        _BY_ROUTE, "classes or designs", _registered_items,
    ),
    Table(
        "filings-by-origin",
        "Applications by origin",
        "Origin is the country of the first-named applicant, or of the first-named holder where no applicant is told.",
        ("right", "year", "origin"), "applications", _filings_by_origin,
    ),
    Table(
        "registrations-by-origin",
        "Registrations by origin",
        "Origin as in the applications; the year is that of the registration.",
        ("right", "year", "origin"), "registrations", _registrations_by_origin,
    ),
    Table(
        "filings-by-class",
        "Applications by class or field",
        "Nice classes of marks, Locarno classes of designs, IPC subclasses of patents and utility models. An "
        "application counts once in each of its classes.",
        ("right", "year", "class"), "applications", _filings_by_class,
    ),
    Table(
        "registrations-by-class",
        "Registrations by class or field",
        "Classes as in the applications; the year is that of the registration.",
        ("right", "year", "class"), "registrations", _registrations_by_class,
    ),
    Table(
        "in-force",
        "Registrations in force",
        "Registrations by their year that are in force (yes), have ended (no), or of which the data do not tell "
        "(open: such as a term that is over without a renewal in the data).",
        ("right", "year", "live"), "registrations", _in_force,
    ),
    Table(
        "pendency",
        "Pendency",
        "Days from filing to the first publication and to the registration, of those that reached the stage in the "
        "year: first quartile, median, third quartile. What is still pending is not in it.",
        ("right", "year", "route", "stage"), "days", _pendency, days=True,
    ),
    Table(
        "filings-by-route-and-origin",
        "Applications by route and origin",
        "Applications by the year of filing, each route and origin apart.",
        _BY_BOTH, "applications", _filings_by_both,
    ),
    Table(
        "filed-items-by-route-and-origin",
        "Classes and designs in applications by route and origin",
        "Nice classes of the marks, and designs of the design applications, each route and origin apart.",
        _BY_BOTH, "classes or designs", _filed_items_by_both,
    ),
    Table(
        "registrations-by-route-and-origin",
        "Registrations and grants by route and origin",
        "Registrations by the year of registration, each route and origin apart.",
        _BY_BOTH, "registrations", _registrations_by_both,
    ),
    Table(
        "registered-items-by-route-and-origin",
        "Classes and designs in registrations by route and origin",
        "Nice classes of the registered marks, and registered designs, each route and origin apart.",
        _BY_BOTH, "classes or designs", _registered_items_by_both,
    ),
    Table(
        "filings-by-route-and-class",
        "Applications by route and class or field",
        "Applications by the year of filing, once in each of their classes, each route apart.",
        ("right", "year", "route", "class"), "applications", _filings_by_route_and_class,
    ),
    Table(
        "registrations-by-route-and-class",
        "Registrations by route and class or field",
        "Registrations by the year of registration, once in each of their classes, each route apart.",
        ("right", "year", "route", "class"), "registrations", _registrations_by_route_and_class,
    ),
    Table(
        "in-force-by-origin",
        "Registrations in force by origin",
        "Registrations by their year and origin that are in force, have ended, or of which the data do not tell.",
        ("right", "year", "origin", "live"), "registrations", _in_force_by_origin,
    ),
    Table(
        "in-force-by-filing-year",
        "Registrations in force by year of filing",
        "The same by the year of filing.",
        ("right", "year", "live"), "registrations", _in_force_by_filing_year,
    ),
    Table(
        "registrations-by-filing-year",
        "Registrations and grants by year of filing",
        "Registrations by the year of registration and, beside it, the year of filing.",
        ("right", "year", "filed"), "registrations", _by_filing_year,
    ),
)  # fmt: skip


def table_named(name: str) -> Table:
    """A table by its name. Raises `NotFound`."""
    for one in TABLES:
        if one.name == name:
            return one
    raise NotFound(f"no table {name!r}", remedy=f"use one of {', '.join(one.name for one in TABLES)}")
