"""Records that are not public yet, and the day on which that may change. Beside the index, never in it."""

from pathlib import Path

import msgspec

from ipregister.search.folder import write_file


class Due:
    """Key -> day, kept in a generation of the index."""

    def __init__(self, generation: Path) -> None:
        self._file = generation / "due.json"
        self._days: dict[str, str] = {}
        if self._file.exists():
            self._days = msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        self._changed = False

    def note(self, key: str, day: str) -> None:
        """Look at a record again on a day; empty: no more."""
        if self._days.get(key, "") == day:
            return
        self._changed = True
        if day:
            self._days[key] = day
        else:
            del self._days[key]

    def until(self, day: str) -> list[str]:
        """The keys noted for a day or an earlier one."""
        return [key for key, noted in self._days.items() if noted <= day]

    def save(self) -> None:
        """Writes what was noted."""
        if self._changed:
            write_file(self._file, msgspec.json.encode(self._days))
            self._changed = False
