"""Long panels folded: what stands beyond a size is left out until all of it is asked for."""

from typing import Any

import msgspec

from ipregister.portal.values import Panel, Row, Value

MOST_OF_PANEL, MOST_OF_PAGE, LEAST_OF_PANEL = 20_000, 50_000, 1_000
"""Bytes of one panel, of all panels together, and of a panel for which no room is left."""
COST_OF_VALUE = 200
"""What a value costs beside its text: its links and tags."""


class _Room:
    """The bytes that a panel may still take."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.cut = False

    def inside(self, inner: Any) -> Any:
        """A part of a panel with as much of it as there is room for; None where there is none."""
        if isinstance(inner, Value):
            return self._value(inner)
        if isinstance(inner, Row):
            kept = self.inside(inner.values)
            return Row(inner.label, kept, inner.inid) if kept else None
        if isinstance(inner, dict):
            return {name: self.inside(one) for name, one in inner.items()} if self._is_open() else None
        if isinstance(inner, tuple):
            cells = any(isinstance(one, tuple) for one in inner)
            kept = tuple(self.inside(one) for one in inner)
            return kept if cells else tuple(one for one in kept if one is not None)
        return inner

    def _is_open(self) -> bool:
        self.cut = self.cut or self.left <= 0
        return self.left > 0

    def _value(self, value: Value) -> Value | None:
        if not self._is_open():
            return None
        size, room = len(value.text.encode()), self.left
        self.left -= size + COST_OF_VALUE
        if size <= room:
            return value
        self.cut = True
        shorter = value.text.encode()[:room].decode(errors="ignore")
        return msgspec.structs.replace(value, text=f"{shorter} …")


def fold(panels: list[Panel]) -> list[Panel]:
    """The panels, each with what a page has room for; `folded` says which were cut."""
    left, out = MOST_OF_PAGE, []
    for panel in panels:
        size = max(LEAST_OF_PANEL, min(MOST_OF_PANEL, left))
        room = _Room(size)
        rows, items = room.inside(panel.rows), room.inside(panel.items)
        out.append(msgspec.structs.replace(panel, rows=rows, items=items, folded=room.cut))
        left -= size - max(0, room.left)
    return out


def shortened(text: str, most: int = 300) -> str:
    """A text that stands in a heading or a list."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
