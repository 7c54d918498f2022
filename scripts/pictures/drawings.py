"""Open drawings to learn from: icon sets of npm, each drawing in several styles.

Only sets under MIT, ISC, Apache-2.0 or CC0 are read. Sets of brands are read without the brands that the logo
benchmark holds, so that nothing is learned about a mark that is measured.
"""

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from PIL import Image

from ipregister.search.similarity.pictures.normalise import Pixels

SETS = (
    ("fluent-emoji-flat", "emoji"), ("fluent-emoji-high-contrast", "emoji"), ("noto", "emoji"),
    ("ph", "ph"), ("icon-park", "park"), ("icon-park-outline", "park"), ("icon-park-solid", "park"),
    ("token", "token"), ("token-branded", "token"), ("fluent-color", "fluent"), ("fluent", "fluent"),
    ("mingcute", "mingcute"), ("tabler", "tabler"), ("healthicons", "health"),
    ("material-icon-theme", "files"), ("vscode-icons", "files"), ("file-icons", "files"),
    ("circle-flags", "flags"),
)  # fmt: skip
"""Set and family; drawings of one name in one family are of one thing."""
BENCHMARK = (
    "simple-icons", "logos", "devicon", "devicon-plain", "skill-icons", "cib", "bxl",
    "cryptocurrency", "cryptocurrency-color",
)  # fmt: skip
"""The sets of the benchmark: names in them are never learned from."""
OPEN = {"MIT", "ISC", "Apache-2.0", "CC0-1.0"}
SIZE, MARGIN = 160, 12
_STYLE = re.compile(
    r"^(?:file-type-|folder-type-)|-(?:\d+-filled|\d+-regular|\d+-light|\d+|line|fill|filled|outline|regular|bold"
    r"|thin|light|duotone|negative|positive|open|alt|dark)$"
)
_SKIPPED = re.compile(r"skin-tone|folder|keycap|clock-\d|-light-|-dark-")


class Sets:
    """The sets of one `node_modules` folder."""

    def __init__(self, node_modules: Path) -> None:
        self._folder = node_modules / "@iconify-json"
        self._taken = {_letters(name) for one in BENCHMARK for name in self._icons(one)["icons"]}

    def groups(self) -> dict[str, list[tuple[str, str]]]:
        """Family and name of a thing, with the drawings of it: set and icon."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, family in SETS:
            licence = json.loads((self._folder / name / "info.json").read_text())["license"]["spdx"]
            if licence not in OPEN:
                raise SystemExit(f"{name}: licence {licence} is not among {sorted(OPEN)}")
            for icon in self._icons(name)["icons"]:
                thing = base(icon)
                if _SKIPPED.search(icon) or _letters(thing) in self._taken or _letters(icon) in self._taken:
                    continue
                found[f"{family}:{thing}"].append((name, icon))
        return dict(found)

    def draw(self, name: str, icon: str) -> Pixels:
        """The drawing, black on white where it has no colour of its own."""
        icons = self._icons(name)
        one = icons["icons"][icon]
        width = one.get("width", icons.get("width", 16))
        height = one.get("height", icons.get("height", 16))
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="{one.get("left", 0)} {one.get("top", 0)} {width} {height}" '
            f'width="{width}" height="{height}" color="#000">{one["body"]}</svg>'
        )
        room = SIZE - 2 * MARGIN
        scale = room / max(width, height)
        png = resvg_py.svg_to_bytes(
            svg_string=text, width=max(8, int(width * scale)), height=max(8, int(height * scale))
        )
        drawn = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
        sheet = Image.new("RGBA", (SIZE, SIZE), "white")
        sheet.alpha_composite(drawn, ((SIZE - drawn.width) // 2, (SIZE - drawn.height) // 2))
        return np.asarray(sheet.convert("RGB"))

    def _icons(self, name: str) -> dict[str, Any]:
        if name not in _READ:
            _READ[name] = json.loads((self._folder / name / "icons.json").read_text())
        return _READ[name]


_READ: dict[str, dict[str, Any]] = {}


def base(icon: str) -> str:
    """The name of an icon without its style."""
    while (shorter := _STYLE.sub("", icon)) != icon and shorter:
        icon = shorter
    return icon


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", base(name))


def chosen(sets: Sets, most: int) -> Iterator[tuple[int, str, str]]:
    """Number of the thing, set and icon; at most so many drawings of a thing, of different sets first."""
    for number, drawings in enumerate(sets.groups().values()):
        by_set: dict[str, list[str]] = defaultdict(list)
        for name, icon in drawings:
            by_set[name].append(icon)
        rounds = [
            (place, name, icon) for name, icons in by_set.items() for place, icon in enumerate(spread(icons))
        ]
        for _, name, icon in sorted(rounds)[:most]:
            yield number, name, icon


def spread(icons: list[str]) -> list[str]:
    """First, last, middle: styles of one drawing stand beside each other in a set."""
    return list(dict.fromkeys([icons[0], icons[-1], icons[len(icons) // 2], *icons]))
