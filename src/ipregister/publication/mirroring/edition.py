"""The offline edition: an installation in one file, for a library without internet.

It is a zip of a data folder that holds released data of one office, its index and the copied log, without keys,
accounts and working files. It is unpacked beside itself once, and served read-only from there.
"""

import zipfile
from pathlib import Path, PurePosixPath

from ipregister.model.errors import UnreadableInput
from ipregister.publication.editions import unpacked_name
from ipregister.store.packs import file_digest

KEPT = ("register.sqlite3", "packs", "index", "names", "statistics", "mirror", "release.toml", "offices")
"""What of a data folder goes into an edition."""
MOST_BYTES = 1 << 40
_WRITTEN_AT = (2000, 1, 1, 0, 0, 0)
_PACKED = frozenset({".zst", ".zip", ".pack"})


def pack(data: Path, file: Path) -> int:
    """Pack a data folder into a file; its size. The file is whole or not there."""
    beside = file.with_name(f".{file.name}.part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as out:
        for name in KEPT:
            place = data / name
            for path in [place] if place.is_file() else sorted(place.rglob("*")):
                if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock")):
                    _add(out, path, path.relative_to(data).as_posix())
    beside.replace(file)
    return file.stat().st_size


def _add(out: zipfile.ZipFile, path: Path, name: str) -> None:
    about = zipfile.ZipInfo(name, _WRITTEN_AT)
    about.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
    with out.open(about, "w", force_zip64=True) as member, path.open("rb") as content:
        while chunk := content.read(1 << 20):
            member.write(chunk)


def unpack(file: Path, folder: Path) -> Path:
    """The data folder of an edition, unpacked under a folder once; a part that a crash left is made anew.

    Raises `UnreadableInput` for what is no edition."""
    if not file.is_file():
        raise UnreadableInput("is not there", place=str(file), remedy="name the file of an edition")
    there = folder / unpacked_name(file_digest(file))
    done = there / ".unpacked"
    if done.is_file():
        return there
    there.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, file)
            archive.extractall(there)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise UnreadableInput(
            f"is no edition: {error}", place=str(file), remedy="get the file again"
        ) from error
    done.touch()
    return there


def _check(archive: zipfile.ZipFile, file: Path) -> None:
    """Names lead into the folder alone, kinds are those of an edition, and all of it is bounded."""
    total = 0
    for one in archive.infolist():
        parts = PurePosixPath(one.filename).parts
        total += one.file_size
        wrong = (
            not parts
            or parts[0] not in KEPT
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
