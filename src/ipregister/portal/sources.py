"""Gives every shown value the address of its evidence."""

from urllib.parse import quote, urlencode

import msgspec
from django.http import HttpRequest
from django.urls import reverse

from ipregister.model.evidence import Origin
from ipregister.portal.values import Panel, Row, Value


class LinkedValue(Value, frozen=True):
    """A value with the address of its evidence in `source` (empty where it has none)."""

    source: str = ""


class Linker:
    """Links the values of one record page to the same page with the evidence opened."""

    def __init__(self, request: HttpRequest, origins: dict[str, Origin]) -> None:
        kept = request.GET.copy()
        kept.pop("evidence", None)
        self._before = f"?{kept.urlencode()}&" if kept else "?"
        self._origins = origins

    def value(self, value: Value) -> LinkedValue:
        """The value with its links."""
        known = value.pointer in self._origins
        source = f"{self._before}evidence={quote(value.pointer)}#evidence" if known else ""
        plain = msgspec.structs.asdict(value) | {"link": _address(value.link)}
        return LinkedValue(**plain, source=source)

    def panels(self, panels: list[Panel]) -> list[Panel]:
        """Panels with all their values linked."""
        return [
            msgspec.structs.replace(
                panel, rows=self._rows(panel.rows), items=tuple(self._item(item) for item in panel.items)
            )
            for panel in panels
        ]

    def _rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(Row(row.label, tuple(self.value(v) for v in row.values), row.inid) for row in rows)

    def _item(self, item: dict[str, object]) -> dict[str, object]:
        return {name: self._inside(inner) for name, inner in item.items()}

    def _inside(self, inner: object) -> object:
        if isinstance(inner, Value):
            return self.value(inner)
        if isinstance(inner, Row):
            return self._rows((inner,))[0]
        return tuple(self._inside(one) for one in inner) if isinstance(inner, tuple) else inner


def _address(link: str) -> str:
    kind, _, text = link.partition(":")
    if kind == "vienna":
        return f"{reverse('search')}?{urlencode({'q': f'vienna:{text}'})}"
    return reverse("record", args=[text]) if kind == "r" else ""
