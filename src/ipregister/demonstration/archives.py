"""Archives with fixed timestamps and attributes: the same content gives the same bytes."""

import zipfile
from pathlib import Path
from shutil import copyfileobj

MOMENT = (2000, 1, 1, 0, 0, 0)
LEVEL = 3


class Archive:
    """A zip file that is written entry by entry."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = zipfile.ZipFile(path, "w", allowZip64=True)

    def add(self, name: str, content: bytes, *, packed: bool = True) -> None:
        """One entry; pictures and inner archives are stored without packing."""
        self._zip.writestr(self._entry(name, packed), content, compresslevel=LEVEL if packed else None)

    def add_file(self, name: str, source: Path, *, packed: bool = True) -> None:
        """One entry copied from a file, piece by piece."""
        entry = self._entry(name, packed)
        entry.file_size = source.stat().st_size
        with source.open("rb") as content, self._zip.open(entry, "w") as target:
            copyfileobj(content, target, 1 << 20)

    def close(self) -> None:
        """Finish the file."""
        self._zip.close()

    @staticmethod
    def _entry(name: str, packed: bool) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        return entry
