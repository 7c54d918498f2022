"""Which texts the fonts of this machine can show, found out by the typesetter itself.

The typesetter refuses to write an archivable PDF (PDF/A) with a text that no font shows. So texts are set on trial;
where one is refused, it is looked for by halves. Nothing is guessed from the names of fonts.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst
from msgspec import Struct

from ipregister.search.similarity.names import forms

STANDARD: Final = "a-2b"
FOLDER: Final = "fonts"
"""The folder of the data folder for fonts beside those of the system."""
TRIED = 8
"""Texts of a script that are tried one by one; where none of them can be shown, no text of the script is tried."""
_TRIAL = (
    b"#set page(width: 400pt, height: auto)\n#for text in json(bytes(sys.inputs.texts)) [#text #linebreak()]"
)


_RUN = re.compile(r"[A-Za-z]?[^\x00-\x7f]+")
"""Letters beyond ASCII that stand together, with the letter that a mark of theirs may stand on."""


class Shown(Struct):
    """What can be shown: for each run of letters that cannot, what stands in its place; and the scripts of these."""

    instead: dict[str, str]
    scripts: tuple[str, ...]

    def text(self, text: str) -> str:
        """A text as it can be shown."""
        return (
            _RUN.sub(lambda run: self.instead.get(run.group(), run.group()), text) if self.instead else text
        )


class Typesetter:
    """Sets documents with the fonts of the system's folders and of more; reads the fonts once."""

    def __init__(self, *, folders: Sequence[Path] = (), system: bool = True) -> None:
        self._fonts = typst.Fonts(include_system_fonts=system, font_paths=list(map(str, folders)))

    def pdf(self, source: bytes, inputs: dict[str, str], *, made: int = 0) -> bytes:
        """An archivable PDF. Raises `typst.TypstError` where a text cannot be shown. `made` is seconds since 1970."""
        return typst.compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            font_paths=self._fonts,
            pdf_standards=STANDARD,
            timestamp=made,
        )

    def can_show(self, texts: Sequence[str]) -> bool:
        """Whether every one of some texts can be shown."""
        try:
            self.pdf(_TRIAL, {"texts": json.dumps(list(texts))})
        except typst.TypstError:
            return False
        return True


def typesetter(data: Path) -> Typesetter:
    """The typesetter of a data folder: with the fonts of the system and those that the operator put into its folder
    `fonts`. Kept until that folder changes."""
    folder = data / FOLDER
    return _typesetter(folder, folder.stat().st_mtime_ns if folder.is_dir() else 0)


@lru_cache(maxsize=2)
def _typesetter(folder: Path, changed: int) -> Typesetter:
    return Typesetter(folders=[folder] if changed else [])


def shown(setter: Typesetter, texts: Sequence[str]) -> Shown:
    """What of some texts can be shown. Letters that cannot are replaced by their sound in Latin letters, in brackets."""
    by_script: dict[str, list[str]] = {}
    for text in dict.fromkeys(run for one in texts for run in _RUN.findall(one)):
        by_script.setdefault(forms(text).script, []).append(text)
    hidden: dict[str, list[str]] = {}
    for script, many in by_script.items():
        if found := _hidden(setter, many):
            hidden[script] = found
    instead = {text: _by_sound(text) for many in hidden.values() for text in many}
    return Shown(instead, tuple(sorted(hidden)))


def _hidden(setter: Typesetter, texts: list[str]) -> list[str]:
    if setter.can_show(texts):
        return []
    if len(texts) == 1:
        return texts
    if len(texts) > TRIED and not any(setter.can_show([text]) for text in texts[:TRIED]):
        return texts
    half = len(texts) // 2
    return [*_hidden(setter, texts[:half]), *_hidden(setter, texts[half:])]


def _by_sound(text: str) -> str:
    made = forms(text)
    spoken = made.spoken or " ".join(f"U+{ord(sign):04X}" for sign in text[:12])
    return f"[{made.script}: {spoken}]"
