"""What is counted: one line a table, each with its definition. The one list.

The tables hold what WIPO's annual statistics questionnaire asks of an office for each right: applications and
registrations by route and residence, with classes or designs counted apart; by origin; by class; rights in
force; and, beyond it, pendency.
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


_BY_ROUTE = ("right", "year", "route", "residence")
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
)  # fmt: skip


def table_named(name: str) -> Table:
    """A table by its name. Raises `NotFound`."""
    for one in TABLES:
        if one.name == name:
            return one
    raise NotFound(f"no table {name!r}", remedy=f"use one of {', '.join(one.name for one in TABLES)}")
