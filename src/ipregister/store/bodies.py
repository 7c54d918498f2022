"""The contents of current versions alone: what the index needs of many records, in one statement."""

from collections.abc import Sequence

from django.db import connections

from ipregister.store import bulk, models
from ipregister.store.compression import unsqueeze
from ipregister.store.rows import CurrentBody

_STATEMENT = """
SELECT r.{key}, r.{current}, v.{office}, v.{schema}, v.{deleted}, r.{confirmed}, v.{extracted}, b.{body}
FROM {records} r JOIN {versions} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
WHERE r.{key} IN ({marks})
"""


def current_bodies(alias: str, keys: Sequence[str]) -> list[CurrentBody]:
    """Current versions by their keys; keys that the register does not hold are left out."""
    quote = connections[alias].ops.quote_name
    columns = "key current office schema deleted confirmed extracted body change".split()
    tables = {"records": models.Record, "versions": models.Version, "bodies": models.Body}
    names = {name: quote(name) for name in columns}
    names |= {name: quote(model._meta.db_table) for name, model in tables.items()}
    found: list[CurrentBody] = []
    with connections[alias].cursor() as cursor:
        for part in bulk.chunks(keys):
            cursor.execute(_STATEMENT.format(**names, marks=", ".join(["%s"] * len(part))), part)
            for key, change, office, schema, deleted, confirmed, extracted, body in cursor:
                day = (confirmed or extracted).partition("#")[0]
                found.append(CurrentBody(key, change, office, schema, bool(deleted), day, unsqueeze(body)))
    return found
