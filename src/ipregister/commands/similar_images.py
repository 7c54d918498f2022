"""`ipregister similar --image`: records of the register with a picture like a given one."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import lines
from ipregister.intake import logos
from ipregister.model.errors import Busy, UsageError
from ipregister.search.similarity.pictures.decoding import WHOLE, Crop
from ipregister.search.similarity.pictures.similar import PictureIndex, Wanted, similar_pictures

_HIT = ("score", "key", "alike", "office", "features")
"""Columns on a terminal, the most important first."""


def similar_images(
    context: typer.Context, images: Sequence[Path], wanted: Wanted, *, crop: str = "", limit: int = 20,
    as_json: bool = False,
) -> None:  # fmt: skip
    """Print the records with pictures like the given ones: score, features, which view, algorithm version.

    Pictures that the index does not hold yet are looked at first, where no worker does so."""
    register, folder = register_of(context), options_of(context).path("pictures")
    try:
        with logos.opened(register, folder) as index:
            index.catch_up()
    except Busy:
        pass
    given = [_read(image) for image in images]
    with closing(PictureIndex(folder)) as held:
        found = similar_pictures(held, given, crop=_crop(crop), wanted=wanted, limit=limit)
    with lines(as_json, "Records with a similar picture", _HIT) as out:
        for one in found:
            row = msgspec.to_builtins(one)
            alike = f"{one.alike.searched} ~ {one.alike.found}"
            out.add(row if out.plain else {**row, "alike": alike, "features": str(one.features)})


def _read(image: Path) -> bytes:
    try:
        return image.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {image}", remedy="give the path of a picture") from error


def _crop(text: str) -> Crop:
    if not text:
        return WHOLE
    try:
        left, top, right, bottom = (float(one) for one in text.split(","))
    except ValueError as error:
        raise UsageError(
            f"no crop {text!r}", remedy="give left,top,right,bottom as shares of the sides"
        ) from error
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise UsageError(
            f"no crop {text!r}", remedy="shares go from 0 to 1, left before right, top above bottom"
        )
    return left, top, right, bottom
