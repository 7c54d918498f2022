"""Compile the interface's translations: every `.po` under `src/` to the `.mo` beside it. No gettext needed.

python scripts/compile_translations.py
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_all(source: Path) -> list[Path]:
    """Compile each catalogue that is newer than its result; the files that are there now."""
    compiled = []
    for catalogue in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        result = catalogue.with_suffix(".mo")
        if not result.exists() or result.stat().st_mtime_ns < catalogue.stat().st_mtime_ns:
            _compile(catalogue, result)
        compiled.append(result)
    return compiled


def _compile(catalogue: Path, result: Path) -> None:
    with catalogue.open("rb") as text:
        messages = read_po(text, locale=catalogue.parent.parent.name, abort_invalid=True)
    scratch = result.with_suffix(".mo.new")
    with scratch.open("wb") as out:
        write_mo(out, messages)
    scratch.replace(result)


if __name__ == "__main__":
    sys.stderr.write(f"{len(compile_all(ROOT / 'src'))} translation catalogues compiled\n")
