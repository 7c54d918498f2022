"""Taking content out of the register by law: what is told of it stays, its bytes go.

Keys, numbers of versions, change numbers, content hashes and deliveries stay as they are, so that the chain holds
and the same content, delivered again, is known and not taken in anew.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from django.db import connections
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.errors import Busy
from ipregister.model.evidence import Origin
from ipregister.model.record import Record
from ipregister.store import causes, confirmations, models
from ipregister.store.compression import squeeze, squeeze_evidence, unsqueeze, unsqueeze_evidence
from ipregister.store.gate import alone, entered
from ipregister.store.rows import RawRef
from ipregister.store.upcast import decode

NUMBERS = ("application_number", "registration_number", "international_number")
"""What stays of a version that is withheld whole."""
_NUMBER_KINDS = ("key", "application", "registration", "international", "st13", "gbd_id")
Path = tuple[str, ...]


class Lying(Struct, frozen=True):
    """Where bytes of a record lie or may lie: raw slices, files beside it, kept files that said it again."""

    slices: tuple[RawRef, ...]
    media: tuple[RawRef, ...]
    sha256s: tuple[str, ...]
    deliveries: tuple[int, ...]


def lying(alias: str, key: str, number: int = 0, picture: str = "") -> Lying:
    """Where the content of a record lies: of one version (`number`) or all, or of one picture."""
    rows = models.Version.objects.using(alias).filter(key=key).select_related("delivery")
    rows = rows.filter(number=number) if number else rows
    slices, deliveries = set[RawRef](), set[int]()
    if not picture:
        for row in rows:
            slices.add(RawRef(row.delivery.container, row.member, row.offset, row.length))
            deliveries |= {row.delivery_id, *confirmations.deliveries(bytes(row.confirmations))}
        record = models.Record.objects.using(alias).filter(key=key).first()
        if record is not None and (not number or rows.filter(pk=record.current).exists()):
            deliveries |= {record.seen, *confirmations.deliveries(bytes(record.confirmations))}
        held = models.Quarantine.objects.using(alias).filter(key=key).select_related("delivery")
        slices |= {RawRef(one.delivery.container, one.member, one.offset, one.length) for one in held}
    beside = models.Media.objects.using(alias).select_related("delivery")
    beside = beside.filter(sha256=picture) if picture else beside.filter(key=key)
    if number and not picture:
        beside = beside.none()
    media = {RawRef(one.delivery.container, one.member, 0, 0) for one in beside}
    return Lying(tuple(slices), tuple(media), tuple({one.sha256 for one in beside}), tuple(deliveries))


def withhold_versions(alias: str, key: str, number: int = 0) -> int:
    """Empty the versions of a record, but for its numbers; how many."""
    with entered(alias):
        _secure(alias)
        rows = list(_versions(alias, key, number))
        for row in rows:
            body = models.Body.objects.using(alias).get(pk=row.change)
            record = decode(unsqueeze(body.body), row.schema)
            told: dict[str, Any] = {name: value for name in NUMBERS if (value := getattr(record, name, ""))}
            if row.deleted:
                told["deleted"] = True
            empty: Record = msgspec.convert({"right": row.right, "office": row.office, **told}, Record)
            _replace(body, canonical.encode(empty), {})
            row.cause = causes.WITHHOLDING
            row.save(using=alias, update_fields=["cause"])
        changes = [row.change for row in rows]
        models.Record.objects.using(alias).filter(key=key, current__in=changes).update(withheld=True)
        _silence(alias, key, [row.number for row in rows], lambda path: True)
        if not number:
            models.Quarantine.objects.using(alias).filter(key=key).update(body=b"", detail="")
            models.Spelling.objects.using(alias).filter(key=key).exclude(kind__in=_NUMBER_KINDS).delete()
            models.Media.objects.using(alias).filter(key=key).delete()
    return len(rows)


def withhold_field(alias: str, key: str, path: Path, number: int = 0) -> int:
    """Take a field out of the versions of a record; how many had it. `path` has no indexes: they mean all entries."""
    changed = 0
    with entered(alias):
        _secure(alias)
        for row in _versions(alias, key, number):
            body = models.Body.objects.using(alias).get(pk=row.change)
            plain = without(msgspec.json.decode(unsqueeze(body.body)), path)
            if plain is None:
                continue
            changed += 1
            evidence, _ = unsqueeze_evidence(body.evidence)
            left = {place: origin for place, origin in evidence.items() if not is_below(place, path)}
            _replace(body, msgspec.json.encode(plain, order="sorted"), left)
            _silence(alias, key, [row.number], lambda place: is_below(place, path))
        models.Spelling.objects.using(alias).filter(key=key).exclude(kind__in=_NUMBER_KINDS).delete()
    return changed


def path_of(field: str) -> Path:
    """The path of a field that is named as `applicants/*/names`."""
    return tuple(name for name in field.split("/") if name != "*")


def without(plain: dict[str, Any], path: Path) -> dict[str, Any] | None:
    """A record, as plain values, without a field and what was kept of it; None where it has none of it."""
    before = msgspec.json.encode(plain)
    _take_out(plain, path)
    if "kept" in plain:
        plain["kept"] = [one for one in plain["kept"] if not is_below(one["field"], path)]
    return None if msgspec.json.encode(plain) == before else plain


def withhold_picture(alias: str, sha256: str) -> int:
    """Forget where a picture lies; for how many records it was noted."""
    with entered(alias):
        _secure(alias)
        return models.Media.objects.using(alias).filter(sha256=sha256).delete()[0]


def is_below(pointer: str, path: Path) -> bool:
    """Whether a JSON pointer leads to a field or into it."""
    names = tuple(part for part in pointer.split("/")[1:] if not part.isdigit())
    return names[: len(path)] == path


def wipe(alias: str) -> None:
    """Let the database give up the space of what was taken out, so that its files do not hold it any more.

    Loads and all others that write wait meanwhile. Raises `Busy` where somebody reads an old state of the register for
    so long that the journal cannot be emptied."""
    connection = connections[alias]
    with alone(alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (
                models.Body,
                models.Version,
                models.Finding,
                models.Quarantine,
                models.Media,
                models.Spelling,
            ):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise Busy("another process reads an old state of the register, whose journal still holds the content",
                           remedy="run the same command again when it is done")  # fmt: skip


def _versions(alias: str, key: str, number: int) -> Iterable[models.Version]:
    rows = models.Version.objects.using(alias).filter(key=key).order_by("number")
    return list(rows.filter(number=number) if number else rows)


def _secure(alias: str) -> None:
    """On SQLite what is written over or deleted is zeroed."""
    if connections[alias].vendor == "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _replace(body: models.Body, content: bytes, evidence: dict[str, Origin]) -> None:
    body.body, body.evidence = squeeze(content), squeeze_evidence(evidence, ())
    body.save()


def _silence(alias: str, key: str, numbers: Sequence[int], chosen: Callable[[str], bool]) -> None:
    """Findings keep code and place; what they quote goes."""
    rows = models.Finding.objects.using(alias).filter(key=key, number__in=[0, *numbers])
    quoting = [row.pk for row in rows if chosen(row.path)]
    models.Finding.objects.using(alias).filter(pk__in=quoting).update(value="", arguments="")


def _take_out(value: object, path: Path) -> None:
    if isinstance(value, list):
        for item in value:
            _take_out(item, path)
    elif isinstance(value, dict) and path:
        if len(path) == 1:
            value.pop(path[0], None)
        elif path[0] in value:
            _take_out(value[path[0]], path[1:])
