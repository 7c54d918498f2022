"""The contents of current versions alone: what the index and lists need of many records, in one statement or two."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from django.db import connections

from ipregister.model import canonical
from ipregister.store import bulk, causes, models
from ipregister.store.compression import unsqueeze
from ipregister.store.rows import CurrentBody, Listed, MediaRef, Present
from ipregister.store.upcast import UPCASTS

_STATEMENT = """
SELECT r.{key}, r.{current}, v.{office}, v.{schema}, v.{deleted}, r.{withheld}, r.{confirmed}, v.{extracted}, b.{body}
FROM {records} r JOIN {versions} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
WHERE r.{key} IN ({marks})
"""
_OF_ONE_SCHEMA = """
SELECT r.{key}, r.{current}, r.{office}, NULL, r.{deleted}, r.{withheld}, r.{confirmed}, r.{extracted}, b.{body}
FROM {records} r JOIN {bodies} b ON b.{change} = r.{current} WHERE r.{key} IN ({marks})
"""
"""The same where no older schema can be told from the present one: the widest table is not read."""
_STATES = """
SELECT r.{key}, r.{current}, v.{office}, v.{schema}, v.{deleted}, r.{confirmed}, v.{extracted}, v.{content_hash}, v.{cause}
FROM {records} r JOIN {versions} v ON v.{change} = r.{current} WHERE r.{key} IN ({marks})
"""
_READ_ANEW = frozenset({causes.WITHHOLDING, causes.LATE})
"""Causes of versions whose stored bytes may be less than what their hash is of: copies, and what was withheld."""
_PICTURES = """
SELECT m.{key}, d.{container}, m.{name}, m.{member}, m.{sha256}, m.{mime}, m.{width}, m.{height}
FROM {records} r JOIN {versions} v ON v.{change} = r.{current}
JOIN {media} m ON m.{key} = r.{key} AND m.{group} = v.{media_hash} JOIN {deliveries} d ON d.{id} = m.{delivery_id}
WHERE r.{key} IN ({marks}) ORDER BY m.{id}
"""
_COLUMNS = """key current office schema deleted withheld confirmed extracted body change group container name member sha256
mime width height media_hash content_hash cause id delivery_id""".split()
_TABLES = {"records": models.Record, "versions": models.Version, "bodies": models.Body, "media": models.Media,
           "deliveries": models.Delivery}  # fmt: skip


def current_bodies(
    alias: str, keys: Sequence[str], in_hand: Mapping[bytes, bytes] = MappingProxyType({})
) -> list[CurrentBody]:
    """Current versions by their keys; keys that the register does not hold are left out.

    `in_hand` has contents by their hashes, which are then not read again."""
    found: list[CurrentBody] = []
    if in_hand:
        found, keys = _of_hand(alias, keys, in_hand)
    found += _read(alias, keys)
    over = under_new_numbers(alias, [one.key for one in found if one.deleted])
    return [msgspec.structs.replace(one, present=over.get(one.key)) for one in found] if over else found


def _read(alias: str, keys: Sequence[str]) -> Iterator[CurrentBody]:
    statement, present = _STATEMENT if UPCASTS else _OF_ONE_SCHEMA, canonical.SCHEMA
    for key, change, office, schema, deleted, withheld, confirmed, extracted, body in _rows(
        alias, statement, keys
    ):
        day = (confirmed or extracted).partition("#")[0]
        yield CurrentBody(key, change, office, schema or present, bool(deleted), day, unsqueeze(body),
                          withheld=bool(withheld))  # fmt: skip


def contents(alias: str, keys: Sequence[str]) -> dict[str, Present]:
    """The contents of current versions by key, each by itself."""
    return {one.key: Present(one.schema, one.body) for one in _read(alias, keys)}


def under_new_numbers(alias: str, keys: Sequence[str]) -> dict[str, Present]:
    """Of records whose number the office corrected the content of the record under its present number, by former key."""
    leads: dict[str, str] = {}
    for part in bulk.chunks(keys):
        leads.update(models.Redirect.objects.using(alias).filter(old__in=part).values_list("old", "new"))
    found = contents(alias, sorted({*leads.values()})) if leads else {}
    return {old: found[new] for old, new in leads.items() if new in found}


def _of_hand(
    alias: str, keys: Sequence[str], in_hand: Mapping[bytes, bytes]
) -> tuple[list[CurrentBody], list[str]]:
    """The versions whose contents are in hand, and the keys of the others."""
    found: list[CurrentBody] = []
    others: list[str] = []
    for key, change, office, schema, deleted, confirmed, extracted, content, cause in _rows(
        alias, _STATES, keys
    ):
        body = None if cause in _READ_ANEW else in_hand.get(bytes(content))
        if body is None:
            others.append(key)
            continue
        day = (confirmed or extracted).partition("#")[0]
        found.append(CurrentBody(key, change, office, schema, bool(deleted), day, body))
    return found, others


def listed(alias: str, keys: Sequence[str]) -> dict[str, Listed]:
    """The same with pictures, by key."""
    shown = pictures(alias, keys)
    found = current_bodies(alias, keys)
    return {c.key: Listed(c.key, c.change, c.office, c.schema, c.deleted, c.day, c.body, c.withheld, c.present,
                          shown.get(c.key, ()))
            for c in found}  # fmt: skip


def pictures(alias: str, keys: Sequence[str]) -> dict[str, tuple[MediaRef, ...]]:
    """The pictures of current versions, each from the first delivery that had them."""
    containers: dict[str, str] = {}
    found: dict[str, dict[str, MediaRef]] = {}
    for key, container, name, *rest in _rows(alias, _PICTURES, keys):
        if containers.setdefault(key, container) == container:
            found.setdefault(key, {}).setdefault(name, MediaRef(name, *rest))
    return {key: tuple(refs.values()) for key, refs in found.items()}


def _rows(alias: str, statement: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        for part in bulk.chunks(keys):
            cursor.execute(_written(alias, statement, len(part)), part)
            yield from cursor.fetchall()


@lru_cache(maxsize=256)
def _written(alias: str, statement: str, marks: int) -> str:
    """A statement as the database writes names, with a mark for each key."""
    quote = connections[alias].ops.quote_name
    names = {name: quote(name) for name in _COLUMNS}
    names |= {name: quote(model._meta.db_table) for name, model in _TABLES.items()}
    return statement.format(**names, marks=", ".join(["%s"] * marks))
