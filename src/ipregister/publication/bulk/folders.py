"""The folders that were published into, as the log's file notes them, and whose they are.

Folders in the data folder move and are copied with it. One outside belongs to the data folder that published into it:
a copy of that data folder does not touch it as long as the original is there.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.publication.bulk.shelf import INDEX, Index, Shelf
from ipregister.publication.log.ledger import FILE as LOG_FILE
from ipregister.publication.log.ledger import FOLDER as LOG_FOLDER
from ipregister.publication.log.ledger import Ledger

_FACT, _OWNERS = "folders", "folder-owners"
_NOT_LOOKED_INTO = frozenset({"packs", "media", "index", "names", "pictures", "editions", "keys", LOG_FOLDER})
"""Folders of a data folder that hold no publications."""


def folders(ledger: Ledger) -> list[Path]:
    """The folders of this data folder that were ever published into, the last one first.

    For one that is another's, or is there no more, the folder of the same name in the data folder stands, if any."""
    found: list[Path] = []
    for place in _noted(ledger):
        foreign = other_owner(ledger, place) is not None
        inside = _same_inside(ledger, place) if foreign or not place.is_dir() else None
        if inside is not None or not foreign:
            found.append(inside or place)
    return list(dict.fromkeys(found))


def note(ledger: Ledger, folder: Path) -> None:
    """Note that it was published into a folder: relative where it lies in the data folder, else with whose it is."""
    folder = folder.absolute()
    home = ledger.data.absolute()
    told = [one.relative_to(home) if one.is_relative_to(home) else one
            for one in [folder, *(place.absolute() for place in _noted(ledger) if place.absolute() != folder)]]  # fmt: skip
    with ledger.writing():
        ledger.note(_FACT, "\n".join(map(str, told)))
    claim(ledger, [folder])


def claim(ledger: Ledger, places: list[Path]) -> None:
    """Note that folders outside of the data folder are this data folder's."""
    home = ledger.data.resolve()
    outside = {str(one.resolve()): str(home) for one in places if not one.resolve().is_relative_to(home)}
    owners = _owners(ledger)
    if outside.items() - owners.items():
        with ledger.writing():
            ledger.note(_OWNERS, msgspec.json.encode(owners | outside).decode())


def other_owner(ledger: Ledger, folder: Path) -> Path | None:
    """The other data folder that a folder belongs to: the one noted, else the one in which it lies; as long as it is
    there."""
    home, place = ledger.data.resolve(), folder.resolve()
    if place.is_relative_to(home):
        return None
    told = _owners(ledger).get(str(place))
    owner = Path(told) if told else next(filter(_is_data, place.parents), None)
    return owner if owner is not None and owner != home and _is_data(owner) else None


def require_own(ledger: Ledger, folder: Path) -> None:
    """Raises `UsageError` where a folder belongs to another data folder."""
    owner = other_owner(ledger, folder)
    if owner is not None:
        raise UsageError(
            f"{folder} holds the publications of {owner}", remedy=f"name a folder in {ledger.data}"
        )


def to_empty(ledger: Ledger, key: str) -> list[Path]:
    """All folders with publications that are signed by a key (its text) and belong to this data folder.

    Raises `UsageError` where publications of this log lie only in a folder that belongs to another data folder: then
    nobody could say whose content it is to withhold."""
    inside = list(_inside(ledger, key))
    there = {one.manifest for folder in inside for one in Shelf(folder).index().publications}
    for place in _noted(ledger):
        owner = other_owner(ledger, place)
        if owner is None or not place.is_dir():
            continue
        missing = {one.manifest for one in Shelf(place).index().publications} - there
        if any(ledger.publication(one) is not None for one in missing):
            raise UsageError(
                f"{place} holds publications of this register, and belongs to {owner}, of which {ledger.data} is a copy",
                remedy=f"copy the folder into this data folder (cp -a {place} {ledger.data}/), then run it again",
            )
    own = [one for one in folders(ledger) if one.is_dir()]
    claim(ledger, own)
    return list({one.resolve(): one for one in [*own, *inside]}.values())


def _inside(ledger: Ledger, key: str) -> Iterator[Path]:
    """Folders in the data folder with an index of publications that a key signed; not those of data folders and
    backups that lie in it."""
    for path, names, files in os.walk(ledger.data):
        folder = Path(path)
        if folder == ledger.data:
            names[:] = sorted(set(names) - _NOT_LOOKED_INTO)
        elif _is_data(folder):
            names.clear()
        elif INDEX in files and _index(folder).key == key:
            names.clear()
            yield folder


def _index(folder: Path) -> Index:
    """The index of a folder; an empty one where the file is something else."""
    try:
        return Shelf(folder).index()
    except UnreadableInput:
        return Index()


def _same_inside(ledger: Ledger, place: Path) -> Path | None:
    parts = place.absolute().parts[1:]
    inside = (ledger.data.joinpath(*parts[-count:]) for count in range(1, len(parts) + 1))
    return next((one for one in inside if (one / INDEX).is_file()), None)


def _noted(ledger: Ledger) -> list[Path]:
    return [ledger.data / line for line in ledger.fact(_FACT).splitlines()]


def _owners(ledger: Ledger) -> dict[str, str]:
    return msgspec.json.decode(ledger.fact(_OWNERS) or "{}", type=dict[str, str])


def _is_data(folder: Path) -> bool:
    return (folder / LOG_FOLDER / LOG_FILE).is_file()
