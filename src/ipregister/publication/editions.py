"""The offline editions that were made here, remembered in the log's file: what is withheld later must leave them too."""

import hashlib
import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.publication.log.ledger import Ledger
from ipregister.store.packs import file_digest

FACT, UNPACKED = "editions", "editions"
"""The fact of the log's file; the folder of the data folder in which `serve --edition` unpacks."""


class Edition(Struct, frozen=True, forbid_unknown_fields=True):
    """An edition: its office, where it was written (from the data folder on, where it lies in it), its SHA-256."""

    office: str
    path: str
    sha256: str


def unpacked_name(sha256: str) -> str:
    """The name of the folder in which an edition is unpacked."""
    return hashlib.sha256(sha256.encode()).hexdigest()[:16]


def remember(ledger: Ledger, office: str, file: Path) -> None:
    """Note that an edition was made."""
    home, place = ledger.data.absolute(), file.absolute()
    told = place.relative_to(home) if place.is_relative_to(home) else place
    made = Edition(office, str(told), file_digest(file))
    _note(ledger, [*(one for one in known(ledger) if one.path != made.path), made])


def known(ledger: Ledger) -> list[Edition]:
    """The editions that were made here and not removed since."""
    text = ledger.fact(FACT)
    return msgspec.json.decode(text, type=list[Edition]) if text else []


def remove(ledger: Ledger, office: str) -> tuple[str, ...]:
    """Remove the editions of an office, with what was unpacked of them; their paths. A file that is another one by now
    stays."""
    removed = []
    for one in (found := known(ledger)):
        path = ledger.data / one.path
        if one.office != office:
            continue
        shutil.rmtree(ledger.data / UNPACKED / unpacked_name(one.sha256), ignore_errors=True)
        if path.is_file() and file_digest(path) == one.sha256:
            path.unlink()
            removed.append(str(path))
    left = [one for one in found if one.office != office]
    if left != found:
        _note(ledger, left)
    return tuple(removed)


def _note(ledger: Ledger, editions: list[Edition]) -> None:
    with ledger.writing():
        ledger.note(FACT, msgspec.json.encode(editions).decode())
