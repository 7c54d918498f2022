"""Which of the files beside a record are pictures that its public part names."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar


class Beside(Protocol):
    """A file beside a record."""

    @property
    def name(self) -> str:
        """Its name as the record or the delivery has it."""

    @property
    def mime(self) -> str:
        """Its media type."""


File = TypeVar("File", bound=Beside)


def named_pictures(plain: dict[str, Any], media: Sequence[File]) -> list[File]:
    """The pictures that the public part of a record names, in its order."""
    images = list(picture_files(plain))
    if not images:
        return []
    order: dict[str, int] = {}
    for image in images:
        order.setdefault(_stem(image.get("filename", "")), len(order))
    inside = any(image.get("data") for image in images)
    found = [ref for ref in media
             if ref.mime.startswith("image/") and (_stem(ref.name) in order or inside)]  # fmt: skip
    return sorted(found, key=lambda ref: order.get(_stem(ref.name), len(order)))


def picture_files(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The files that the public part of a record names, in its order: pictures, views, drawings."""
    for sign in ("mark", "sign"):
        yield from plain.get(sign, {}).get("images", ())
    yield from plain.get("views", ())
    for design in plain.get("designs", ()):
        yield from design.get("views", ())
    yield from plain.get("drawings", ())
    for image in plain.get("images", ()):
        yield {"filename": image} if isinstance(image, str) else image


def _stem(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return (base.rpartition(".")[0] or base).casefold()
