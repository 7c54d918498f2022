"""`ipregister similar --image`: records of the register with a picture like a given one, and Vienna codes for it."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import lines
from ipregister.intake import logos
from ipregister.model import codelists
from ipregister.model.errors import Busy, UsageError
from ipregister.portal.pictures import Searched, images_of, index_of, public_hits
from ipregister.portal.site import Site
from ipregister.search.similarity.pictures.opening import WHOLE, Crop
from ipregister.search.similarity.pictures.similar import decoded
from ipregister.search.similarity.pictures.vienna import suggest_vienna
from ipregister.web.wiring import site_of

_HIT = ("score", "key", "alike", "office", "status", "features")
"""Columns on a terminal, the most important first."""


def similar_images(context: typer.Context, asked: Searched, *, as_json: bool = False) -> None:
    """Print the records with pictures like the given ones: score, features, which view, algorithm version.

    Pictures that the index does not hold yet are looked at first, where no worker does so."""
    with _site(context) as site:
        index = index_of(site)
        found = public_hits(
            site, [index.seen(one) for one in decoded(index, asked.images, asked.crop)], asked
        )
    with lines(as_json, "Records with a similar picture", _HIT) as out:
        for hit, side in found:
            row = msgspec.to_builtins(hit) | {"status": side.state.state}
            alike = f"{hit.alike.searched} ~ {hit.alike.found}"
            out.add(row if out.plain else {**row, "alike": alike, "features": str(hit.features)})


def vienna_codes(context: typer.Context, asked: Searched, *, as_json: bool = False) -> None:
    """Print Vienna codes for a picture, from the pictures it is most like: shares and examples."""
    with _site(context) as site:
        index = index_of(site)
        (pixels,) = decoded(index, asked.images[:1], asked.crop)
        found = suggest_vienna(index, index.seen(pixels), wanted=asked.wanted)
    with lines(as_json, "Vienna codes of similar pictures", ("code", "weight", "keys")) as out:
        for one in found:
            row = msgspec.to_builtins(one)
            out.add(row if out.plain else {**row, "keys": " ".join(one.keys)})


def given_images(context: typer.Context, images: Sequence[Path], like: str) -> tuple[bytes, ...]:
    """The pictures of files, or those of a record that the public may see. Raises `UsageError`, `NotFound`."""
    if images:
        return tuple(_read(image) for image in images)
    register_of(context)
    return images_of(site_of(options_of(context)), like)


def checked_states(states: Sequence[str]) -> tuple[str, ...]:
    """The states that hits may be in. Raises `UsageError`."""
    known = codelists.codes("states")
    for state in states:
        if state not in known:
            raise UsageError(f"no state {state!r}", remedy=f"use one of {', '.join(sorted(known))}")
    return tuple(states)


def crop_of(text: str) -> Crop:
    """A part of a picture, told as x,y,width,height in shares of its sides. Raises `UsageError`."""
    if not text:
        return WHOLE
    try:
        left, top, width, height = (float(one) for one in text.split(","))
    except ValueError as error:
        raise UsageError(
            f"no crop {text!r}", remedy="give x,y,width,height as shares of the sides"
        ) from error
    right, bottom = round(left + width, 6), round(top + height, 6)
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise UsageError(
            f"no crop {text!r}", remedy="shares go from 0 to 1, and the part lies inside the picture"
        )
    return left, top, right, bottom


@contextmanager
def _site(context: typer.Context) -> Iterator[Site]:
    """The installation with its picture index up to date, as far as no other process keeps it."""
    register, options = register_of(context), options_of(context)
    try:
        with logos.opened(register, options.path("pictures")) as index:
            index.catch_up()
    except Busy:
        pass
    site = site_of(options)
    with closing(index_of(site)):
        yield site


def _read(image: Path) -> bytes:
    try:
        return image.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {image}", remedy="give the path of a picture") from error
