"""From what a person types to records: every match, the most exact first; never a pick."""

from collections.abc import Iterator, Sequence
from functools import cache

from django.db import connections

from ipregister.model.numbers import folds, spellings
from ipregister.model.offices import office
from ipregister.model.record import Record
from ipregister.store import bulk, models
from ipregister.store.rows import Match

KINDS = (
    "key",
    "application",
    "registration",
    "publication",
    "international",
    "st13",
    "gbd_id",
    "reference",
    "family",
)
"""Kinds of numbers in the order in which matches are listed."""
_LINKING = ("international", "family")
"""Kinds of numbers that records of one right have in common."""
_MOST, _FORMS = 1000, 24
_LINKED = """
SELECT r.{key}, r.{office}, r.{right}, r.{deleted} FROM {spellings} s JOIN {records} r ON r.{key} = s.{key}
WHERE s.{form} = %s AND s.{kind} = %s AND s.{key} <> %s
"""
_HOLDERS = """
SELECT kind, form, MIN("key"), MAX("key") FROM {table}
WHERE form IN ({forms}) AND kind || '' IN ({kinds}) AND "key" LIKE %s GROUP BY kind, form
"""
"""Joined with nothing, the kind is compared after a form was found; else each form is looked for in every kind."""


def resolve(alias: str, text: str) -> list[Match]:
    """All records that a typed number may mean, in any spelling and any digits of the region."""
    forms = list(folds(text)[:_FORMS])
    rows = models.Spelling.objects.using(alias).filter(form__in=forms)
    best: dict[str, tuple[int, int, str, str]] = {}
    for form, kind, key in rows.values_list("form", "kind", "key")[:_MOST]:
        rank = forms.index(form), _rank(kind), kind, form
        best[key] = min(best.get(key, rank), rank)
    for old, new in (
        models.Redirect.objects.using(alias).filter(old__in=[text, *forms]).values_list("old", "new")
    ):
        best.setdefault(new, (0, 0, "key", old))
    records = models.Record.objects.using(alias).filter(key__in=list(best))
    found = {row.key: row for row in records.only("key", "office", "right", "deleted")}
    ordered = sorted((rank, key) for key, rank in best.items() if key in found)
    return [Match(key, found[key].office, found[key].right, kind, form, found[key].deleted)
            for (_, _, kind, form), key in ordered]  # fmt: skip


def _rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def holders_of_forms(
    alias: str, forms: Sequence[str], kinds: Sequence[str], office: str
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Kind, form, and the first and last key of the office's records that hold them, for many forms at once."""
    quote = connections[alias].ops.quote_name
    table, wanted = quote(models.Spelling._meta.db_table), ", ".join(["%s"] * len(kinds))
    with connections[alias].cursor() as cursor:
        for part in bulk.chunks(forms):
            statement = _HOLDERS.format(table=table, forms=", ".join(["%s"] * len(part)), kinds=wanted)
            cursor.execute(statement, [*part, *kinds, f"{office.lower()}-%"])
            for kind, form, first, last in cursor.fetchall():
                yield kind, form, (first,) if first == last else (first, last)


def linked(alias: str, key: str, record: Record) -> list[Match]:
    """The other records of the same right at other offices: the international registration and its national copies,
    the members of a patent's family.

    Asked for by the numbers in the record: the table of spellings is ordered by number, not by key."""
    found: dict[str, Match] = {}
    wanted = [one for one in spellings(record, office(record.office)) if one[0] in _LINKING]
    with connections[alias].cursor() as cursor:
        for kind, form in wanted:
            cursor.execute(_linked_statement(alias), [form, kind, key])
            for other, code, right, deleted in cursor.fetchall():
                found[other] = Match(other, code, right, kind, form, bool(deleted))
    return sorted(found.values(), key=lambda match: (match.office, match.key))


@cache
def _linked_statement(alias: str) -> str:
    quote = connections[alias].ops.quote_name
    names = {name: quote(name) for name in ("key", "office", "right", "deleted", "form", "kind")}
    tables = {"spellings": models.Spelling, "records": models.Record}
    return _LINKED.format(**names, **{name: quote(model._meta.db_table) for name, model in tables.items()})


def former_keys(alias: str, key: str) -> list[str]:
    """The keys whose addresses lead to a record, in order."""
    rows = models.Redirect.objects.using(alias).filter(new=key).order_by("old")
    return list(rows.values_list("old", flat=True))


def redirect(alias: str, key: str) -> str:
    """The present key of a record that moved; empty where it did not."""
    row = models.Redirect.objects.using(alias).filter(old=key).first()
    return row.new if row else ""
