"""The catalogues of the translations as files: where they lie, read, compiled to what Django loads.

What an installation needs; `catalogues`, which finds the messages, loads half of the product for it.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ipregister.portal.languages import TRANSLATED

LOCALE = Path(__file__).parent / "locale"


def path_of(lang: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / lang / "LC_MESSAGES" / "django.po"


def catalogue(lang: str) -> Catalog:
    """The catalogue of a language as it is; empty where there is no file."""
    path = path_of(lang)
    if not path.exists():
        return Catalog(locale=lang, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain="django", abort_invalid=True)


def compile_all(languages: Iterable[str] = TRANSLATED) -> None:
    """Write every `.mo` that is missing or older than its `.po`; several processes may do so at once: each writes a
    file of its own, and what is put in place is always whole."""
    for lang in languages:
        source, target = path_of(lang), path_of(lang).with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        _put(catalogue(lang), target)


def _put(made: Catalog, target: Path) -> None:
    """Write a compiled catalogue and put it in place in one step, readable by all."""
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, made)
        scratch.chmod(0o644)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
