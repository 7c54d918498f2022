"""A portable copy: every table as lines of JSON, every pack and kept file as it is, and a manifest with their hashes.

It is the same for SQLite and PostgreSQL, so that a register can move from one to the other.
"""

import base64
import datetime as dt
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import zstandard
from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from msgspec import Struct

from ipregister.model.errors import Damaged, UnreadableInput, UsageError
from ipregister.store import bulk, changes, table_states
from ipregister.store.kept_files import FileCopy
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.store.snapshot import snapshot

Table = models.Model
FORMAT = 1
MANIFEST = "manifest.json"
_PART = 2000
Step = Callable[[int, int | None], None]


class TableCopy(Struct, frozen=True):
    """One table of a backup."""

    name: str
    alias: str
    file: str
    rows: int
    sha256: str


class PackCopy(Struct, frozen=True):
    """One pack of a backup."""

    file: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What a backup holds. `digest` is the register digest at that moment, `state` the last change of each application's
    tables (`table_states`), which backups of older programs do not tell."""

    format: int
    made_at: dt.datetime
    change: int
    digest: str
    tables: tuple[TableCopy, ...]
    packs: tuple[PackCopy, ...]
    files: tuple[FileCopy, ...] = ()
    state: dict[str, str] = {}

    def size(self) -> int:
        """Bytes of packs and files."""
        return sum(one.size for one in self.packs) + sum(one.size for one in self.files)


def register_tables() -> list[type[models.Model]]:
    """The tables of the register, referred ones first."""
    return list(apps.get_app_config("register_store").get_models())


def backup(
    register: Register, target: Path, *, service: Sequence[type[models.Model]] = (),
    kept: Callable[[Path], Iterable[FileCopy]] = lambda _target: (), progress: Step | None = None,
) -> Manifest:  # fmt: skip
    """Copy register, service tables, packs and what else is `kept` into a new folder; all may be in use meanwhile.

    Files come first: a log that is copied later than the register would know of changes that the copy has not."""
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty", remedy="name a new folder")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    (target / "packs").mkdir(exist_ok=True)
    files = tuple(kept(target))
    with snapshot(register.alias):
        tables = [_copy_out(register.alias, model, target, progress) for model in register_tables()]
        change, digest = changes.last_change(register.alias), changes.digest(register.alias)
    with snapshot("default"):
        tables += [_copy_out("default", model, target, progress) for model in service]
    packs = [_copy_pack(path, target / "packs") for path in sorted(register.packs.folder.glob("*.pack"))]
    state = table_states.present([one.name for one in tables])
    manifest = Manifest(
        FORMAT, dt.datetime.now(dt.UTC), change, digest, tuple(tables), tuple(packs), files, state
    )
    _write_synced(target / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    return manifest


def _copy_out(alias: str, model: type[models.Model], target: Path, progress: Step | None) -> TableCopy:
    file = f"{model._meta.db_table}.jsonl.zst"
    names = table_states.columns(model)
    rows = 0
    with (target / file).open("wb") as out, zstandard.ZstdCompressor(level=3).stream_writer(out) as packed:
        packed.write(msgspec.json.encode(names) + b"\n")
        for row in model._default_manager.using(alias).order_by("pk").values_list(*names).iterator(_PART):
            packed.write(msgspec.json.encode(_plain(row)) + b"\n")
            rows += 1
            if progress is not None and rows % _PART == 0:
                progress(rows, None)
    return TableCopy(model._meta.label, alias, file, rows, file_digest(target / file))


def _plain(row: Iterable[Any]) -> list[Any]:
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


def _copy_pack(path: Path, folder: Path) -> PackCopy:
    """Packs only grow: what is there at the beginning of the copy is copied."""
    size, digest = path.stat().st_size, hashlib.sha256()
    with path.open("rb") as source, (folder / path.name).open("wb") as out:
        left = size
        while left and (chunk := source.read(min(left, 1 << 20))):
            digest.update(chunk)
            left -= out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return PackCopy(f"packs/{path.name}", size, digest.hexdigest())


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def verify(source: Path) -> Manifest:
    """The manifest of a backup whose files are all there and whole. Raises `UnreadableInput`, `Damaged`."""
    try:
        manifest = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise UnreadableInput(
            "is no finished backup", place=str(source), remedy="name another folder"
        ) from error
    if manifest.format != FORMAT:
        raise UnreadableInput(f"is a backup of format {manifest.format}", place=str(source),
                              remedy="restore it with the version that made it, then upgrade")  # fmt: skip
    copies: list[TableCopy | PackCopy | FileCopy] = [*manifest.tables, *manifest.packs, *manifest.files]
    for one in copies:
        if not (source / one.file).is_file() or file_digest(source / one.file) != one.sha256:
            raise Damaged("is not as it was when the backup was made", place=str(source / one.file),
                          remedy="take another copy of the backup")  # fmt: skip
    return manifest


def labels_of(service: Sequence[type[models.Model]]) -> set[str]:
    """The tables that are copied, by the labels of their models."""
    return {model._meta.label for model in (*register_tables(), *service)}


def state_of(
    source: Path, manifest: Manifest, service: Sequence[type[models.Model]] = ()
) -> table_states.State:
    """The state of the tables of a verified backup, by their columns. Raises `UnreadableInput` where it is not known."""
    labels = labels_of(service)
    headings = {one.name: _heading(source / one.file) for one in manifest.tables if one.name in labels}
    return table_states.state_for(headings, manifest.state, str(source))


def _heading(path: Path) -> list[str]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as packed:
        names: list[str] = msgspec.json.decode(io.BufferedReader(packed).readline())
    return names


def restore(
    register: Register, source: Path, manifest: Manifest, state: table_states.State, *,
    service: Sequence[type[models.Model]] = (), progress: Step | None = None,
) -> None:  # fmt: skip
    """Fill an installation that was just made with a verified backup, also of an older program: `state` is what `state_of`
    tells of it. Raises `Damaged` where the digest differs."""
    labels = labels_of(service)
    older = table_states.turn_back(state)
    known = {label: model for label, model in table_states.models_in(state).items() if label in labels}
    register.packs.folder.mkdir(parents=True, exist_ok=True)
    for pack in manifest.packs:
        shutil.copyfile(source / pack.file, register.packs.folder / Path(pack.file).name)
    for alias in (register.alias, "default"):
        copies = [one for one in manifest.tables if one.alias == alias and one.name in known]
        _copy_in(alias, [(known[one.name], source / one.file) for one in copies], progress)
    if older:
        table_states.bring_up(state)
    if changes.digest(register.alias) != manifest.digest:
        raise Damaged("the restored register differs from the one that was copied", place=str(source))


def _copy_in(alias: str, copies: Sequence[tuple[type[models.Model], Path]], progress: Step | None) -> None:
    connection = connections[alias]
    with transaction.atomic(using=alias):
        for model, _ in reversed(copies):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model, path in copies:
            names, rows = _read(alias, model, path)
            done = 0
            for part in _parts(rows):
                bulk.insert(alias, model, names, part)
                done += len(part)
                if progress is not None:
                    progress(done, None)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in copies]):
                cursor.execute(statement)


def _read(alias: str, model: type[models.Model], path: Path) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    packed = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True)
    lines = io.BufferedReader(packed, 1 << 20)
    names: list[str] = msgspec.json.decode(lines.readline())
    makers = [_maker(fields[name], alias) for name in names]

    def rows() -> Iterator[tuple[Any, ...]]:
        with lines:
            for line in lines:
                values = msgspec.json.decode(line)
                yield tuple(
                    make(v) if v is not None else None for make, v in zip(makers, values, strict=True)
                )

    return [fields[name].name for name in names], rows()


def _maker(field: models.Field[Any, Any], alias: str) -> Callable[[Any], Any]:
    """How a value of a field is made from JSON, in the form that raw writes of the database take."""
    if isinstance(field, models.BinaryField):
        return base64.b64decode
    if isinstance(field, models.CharField | models.TextField | models.IntegerField | models.ForeignKey):
        return lambda value: value
    connection = connections[alias]
    return lambda value: field.get_db_prep_save(field.to_python(value), connection)


def _parts(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    part: list[tuple[Any, ...]] = []
    for row in rows:
        part.append(row)
        if len(part) == _PART:
            yield part
            part = []
    if part:
        yield part
