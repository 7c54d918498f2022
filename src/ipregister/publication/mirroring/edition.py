"""The offline edition: an installation in one file, for a library without internet.

It is a zip of a data folder that holds released data of one office, its index and the copied log, without keys,
accounts and working files, with the signed list of all its files. It is proved and unpacked once, and served read-only
from there.
"""

import hashlib
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from msgspec import Struct

from ipregister.model.errors import Unproven, UnreadableInput
from ipregister.publication.editions import unpacked_name
from ipregister.publication.keys import PublicKey, Signer
from ipregister.publication.log.ledger import FILE, FOLDER
from ipregister.publication.verify import edition as signing
from ipregister.publication.verify.edition import Edition, Member, SignedEdition
from ipregister.publication.verify.proving import verify
from ipregister.publication.verify.report import Report
from ipregister.store.packs import file_digest

KEPT = ("register.sqlite3", "packs", "index", "names", "statistics", "mirror", "release.toml", "offices")
"""What of a data folder goes into an edition."""
READ = frozenset(KEPT) - {"names", "statistics"}
"""Where nothing stands but what was signed; the rest of the folder the worker makes of it."""
MOST_BYTES = 1 << 40
_WRITTEN_AT = (2000, 1, 1, 0, 0, 0)
_PACKED = frozenset({".zst", ".zip", ".pack"})


class Unpacked(Struct, frozen=True):
    """An edition that was proved: its data folder, the office, the key that signed its files; `changed` names a file that
    was changed in the folder since it was unpacked there before, so that it was unpacked anew."""

    data: Path
    office: str
    key: PublicKey
    changed: str = ""


def pack(data: Path, file: Path, office: str, signer: Signer) -> int:
    """Pack a data folder into a file, with the signed list of what is in it; its size. The file is whole or not there."""
    beside = file.with_name(f".{file.name}.part")
    members = []
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as out:
        for name in KEPT:
            place = data / name
            for path in [place] if place.is_file() else sorted(place.rglob("*")):
                if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock")):
                    members.append(_add(out, path, path.relative_to(data).as_posix()))
        listed = Edition(signing.FORMAT, office, tuple(members))
        out.writestr(zipfile.ZipInfo(signing.LIST, _WRITTEN_AT), listed.content())
        out.writestr(zipfile.ZipInfo(signing.SIGNATURE, _WRITTEN_AT), signing.signed(listed, signer))
    beside.replace(file)
    return file.stat().st_size


def _add(out: zipfile.ZipFile, path: Path, name: str) -> Member:
    about = zipfile.ZipInfo(name, _WRITTEN_AT)
    about.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
    made, size = hashlib.sha256(), 0
    with out.open(about, "w", force_zip64=True) as member, path.open("rb") as content:
        while chunk := content.read(1 << 20):
            member.write(chunk)
            made.update(chunk)
            size += len(chunk)
    return Member(name, size, made.hexdigest())


def unpack(file: Path, folder: Path, key: PublicKey | None = None) -> Unpacked:
    """An edition, proved and unpacked under a folder. What was unpacked before is held against the signed list again,
    each file of it; where one was changed, or a crash left a part, it is unpacked anew; what serving made of it is taken
    away. `key`: that of the publisher,
    where it is known; without it the one that the edition names.

    Raises `UnreadableInput` for what is no edition, `Unproven` for one that was changed since it was signed."""
    if not file.is_file():
        raise UnreadableInput("is not there", place=str(file), remedy="name the file of an edition")
    if fault := signing.broken_off(file):
        raise UnreadableInput(fault, place=str(file), remedy=signing.AGAIN)
    there = folder / unpacked_name(file_digest(file))
    changed = ""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, file)
            found = signing.signed_list(archive, str(file), key)
            whole = (there / signing.UNPACKED).is_file()
            _clear(there, found.edition)
            changed = signing.changed_in(there, found.edition) if whole else ""
            if changed or not whole:
                _anew(archive, found, file, there)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise UnreadableInput(
            f"is no edition: {error}", place=str(file), remedy="get the file again"
        ) from error
    return Unpacked(there, found.edition.office, found.key, changed)


def _clear(there: Path, edition: Edition) -> None:
    """Take away what serving made beside the files of an edition: nobody signed it, and it is made again."""
    told = {one.name for one in edition.files} | signing.BESIDE
    for path in sorted(there.rglob("*")):
        name = path.relative_to(there)
        is_read = name.parts[0].removesuffix("-wal").removesuffix("-shm") in READ
        if not is_read and name.as_posix() not in told and (path.is_symlink() or not path.is_dir()):
            path.unlink()


def _anew(archive: zipfile.ZipFile, found: SignedEdition, file: Path, there: Path) -> None:
    report = Report("edition", str(file))
    signing.check_files(archive, found.edition, report)
    _refuse(report)
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir(parents=True)
    archive.extractall(there)
    _check_logs(there, found.key)
    (there / signing.UNPACKED).touch()


def _check_logs(there: Path, key: PublicKey) -> None:
    """The copied log must be signed by who signed the edition, and have the root of each publication in it."""
    for log in sorted(there.glob(f"mirror/*/{FOLDER}/{FILE}")):
        try:
            _refuse(verify(str(log.parent.parent), key))
        except Unproven:
            shutil.rmtree(there)
            raise


def _refuse(report: Report) -> None:
    for fault in report.faults[:1]:
        raise Unproven(fault.message, place=fault.place, remedy=fault.remedy)


def _check(archive: zipfile.ZipFile, file: Path) -> None:
    """Names lead into the folder alone, kinds are those of an edition, and all of it is bounded."""
    if fault := signing.strange_bytes(archive, file):
        raise Unproven(fault, place=str(file), remedy=signing.AGAIN)
    total = 0
    for one in archive.infolist():
        parts = PurePosixPath(one.filename).parts
        total += one.file_size
        wrong = (
            not parts
            or (parts[0] not in KEPT and one.filename not in (signing.LIST, signing.SIGNATURE))
            or ".." in parts
            or one.filename.startswith("/")
            or "\\" in one.filename
        )
        if wrong or total > MOST_BYTES:
            raise UnreadableInput(
                f"holds {one.filename!r}", place=str(file), remedy="get the file from its publisher"
            )
    if "register.sqlite3" not in archive.namelist():
        raise UnreadableInput(
            "holds no register", place=str(file), remedy="make it with `ipregister edition`"
        )
