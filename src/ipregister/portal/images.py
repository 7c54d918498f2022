"""Pictures of rights: the original as delivered, a small copy for lists, a PNG where browsers show no original."""

import os
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from ipregister.capture.kept import read_member
from ipregister.model.errors import RegisterError
from ipregister.portal.publicly import Shown, shown
from ipregister.portal.site import Site
from ipregister.publication.pictures import named_pictures, picture_files
from ipregister.search.similarity.pictures.decoding import Decoder
from ipregister.search.similarity.pictures.opening import WHOLE, Crop
from ipregister.store.rows import MediaRef

BROWSERS_SHOW = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"}
THUMB, CONVERTED = 160, 1600
"""Longest side of a small copy, and of a copy in place of an original that browsers cannot show."""
KEEP_S = 86_400
_SHARE = re.compile(r"[01](\.\d{1,6})?")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For the bytes of others: nothing in them may run."""
decoder = Decoder()
"""Decodes the pictures that this process shows."""


def pictures(side: Shown) -> list[MediaRef]:
    """The pictures of a version that the public may see: those that its public part names."""
    return named_pictures(side.plain, side.media)


def names_pictures(plain: dict[str, Any]) -> bool:
    """Whether the public part of a record names any file that shows it."""
    return next(picture_files(plain), None) is not None


def original(site: Site, request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """A picture, byte for byte as the office delivered it."""
    ref, blob = _find(site, key, sha256)
    response = HttpResponse(_bytes(site, ref, blob), content_type=ref.mime)
    response["Content-Security-Policy"] = POLICY
    response["Content-Disposition"] = f'inline; filename="{key}.{_ending(ref.mime)}"'
    response["Cache-Control"] = f"public, max-age={KEEP_S}"
    return response


def thumb(site: Site, request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """A small copy of a picture, made once and kept in the data folder."""
    return _copy(site, key, sha256, THUMB)


def converted(site: Site, request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """A copy of a picture whose format browsers cannot show."""
    return _copy(site, key, sha256, CONVERTED)


def part(site: Site, request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """A small copy of a part of a picture; `box` is its left, top, right, bottom as shares of the sides."""
    box = box_of(request.GET.get("box", ""))
    if box is None:
        raise Http404
    ref, blob = _find(site, key, sha256)
    small = decoder.reduce(_bytes(site, ref, blob), THUMB, box)
    if not small:
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    response = HttpResponse(small, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={KEEP_S}"
    return response


def box_of(text: str) -> Crop | None:
    """The part of a picture that four shares of its sides tell; None where they tell none."""
    words = text.split(",")
    if len(words) != len(WHOLE) or not all(_SHARE.fullmatch(word) for word in words):
        return None
    left, top, right, bottom = map(float, words)
    return (left, top, right, bottom) if left < right <= 1 and top < bottom <= 1 else None


def files(site: Site, side: Shown) -> Iterator[bytes]:
    """The pictures of a record that the public may see, as delivered."""
    for ref in pictures(side):
        for media in site.register.media(ref.sha256):
            if media.key == side.key:
                yield _member(site, media.raw.blob, media.raw.member)
                break


def _copy(site: Site, key: str, sha256: str, side: int) -> HttpResponse:
    ref, blob = _find(site, key, sha256)
    if ref.mime == "image/svg+xml":
        response = HttpResponse(_bytes(site, ref, blob), content_type=ref.mime)
        response["Content-Security-Policy"] = POLICY
        return response
    file = site.data / "media" / sha256[:2] / f"{sha256}-{side}.webp"
    if not file.exists():
        small = decoder.reduce(_bytes(site, ref, blob), side)
        if not small:
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        _keep(file, small)
        content = small
    else:
        content = file.read_bytes()
    response = HttpResponse(content, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={KEEP_S}"
    return response


def _keep(file: Path, content: bytes) -> None:
    scratch = file.with_suffix(f".{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(content)
        scratch.replace(file)
    except OSError:
        scratch.unlink(missing_ok=True)


def _find(site: Site, key: str, sha256: str) -> tuple[MediaRef, str]:
    for media in site.register.media(sha256):
        if media.key != key:
            continue
        for head in reversed(site.register.history(key)):
            version = site.register.get(key, head.number)
            side = shown(site, version) if version else None
            for ref in pictures(side) if side else ():
                if ref.sha256 == sha256 and version:
                    return ref, version.media_blob
    raise Http404


def _bytes(site: Site, ref: MediaRef, blob: str) -> bytes:
    return _member(site, blob, ref.member)


def _member(site: Site, blob: str, member: str) -> bytes:
    try:
        with site.register.open_container(blob) as container:
            return read_member(container, member)
    except RegisterError as error:
        raise Http404 from error


def _ending(mime: str) -> str:
    return mime.rpartition("/")[2].partition("+")[0]
