"""From a posted form to a search by picture. Pictures stay in memory; none is written to a file."""

import base64
import binascii
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ipregister.model import codelists
from ipregister.model.errors import NotFound, UsageError
from ipregister.portal.guard import MOST_BODY
from ipregister.portal.pictures import Searched, images_of
from ipregister.portal.similar import classes_of, offices_of
from ipregister.portal.site import Site
from ipregister.search.similarity.pictures.decoding import MOST_BYTES
from ipregister.search.similarity.pictures.opening import WHOLE, Crop
from ipregister.search.similarity.pictures.similar import MOST_IMAGES
from ipregister.search.similarity.pictures.wanted import Wanted

USUAL, MOST = 20, 100
CROP_FIELDS = ("left", "top", "width", "height")
"""Fields of a form that say which part of the first picture is meant, in percent of its sides."""
HELD = "data:image/webp;base64,"
"""How a small copy of a searched picture begins that its page holds, so that it need not be chosen again."""
_PERCENT = re.compile(r"\d{1,3}(\.\d{1,3})?")
VIENNA_CODE = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}\.?")
"""How a Vienna code is written."""


class InMemory(MemoryFileUploadHandler):
    """Takes every file of a form into memory: what is searched with touches no disk."""

    def handle_raw_input(self, *args: Any, **named: Any) -> None:
        """Accepts what the limit of bodies accepts."""
        self.activated = True


def in_memory(request: HttpRequest) -> None:
    """Has the files of a form taken into memory, before anything reads it. Raises `UsageError` for too large a body."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BODY:
        raise UsageError(_("The pictures are too large together."))
    request.upload_handlers = [InMemory(request)]


def read_form(request: HttpRequest) -> QueryDict:
    """The fields of a form; its files are in `request.FILES`. Raises `UsageError` for too large a body."""
    if request.method != "POST":
        return request.GET
    in_memory(request)
    return request.POST


def question(site: Site, request: HttpRequest, given: QueryDict) -> Searched:
    """What is asked; without images where nothing is. Raises `UsageError`, and `NotFound` for a record without
    a picture."""
    chosen = _files(request)
    like = "" if chosen else given.get("like", "").strip()
    images = chosen or _held(given)
    if not images and like:
        try:
            images = images_of(site, like)[:MOST_IMAGES]
        except NotFound as error:
            raise NotFound(_("No public record with a picture has this key.")) from error
    classes = tuple(str(one) for one in classes_of(given))
    wanted = Wanted(offices_of(given), classes, vienna_of(given), (like,) if like else ())
    return Searched(images, crop_of(given), wanted, _states(given), _limit(given))


def _files(request: HttpRequest) -> tuple[bytes, ...]:
    files = [one for one in request.FILES.getlist("file") if isinstance(one, UploadedFile) and one.size]
    if len(files) > MOST_IMAGES:
        raise UsageError(_("At most %(most)s pictures can be searched at once.") % {"most": MOST_IMAGES})
    if any((one.size or 0) > MOST_BYTES for one in files):
        raise UsageError(_("The picture is too large: at most 10 MB and 60 million pixels."))
    return tuple(one.read() for one in files)


def _held(given: QueryDict) -> tuple[bytes, ...]:
    """The small copies that the page of an earlier search held."""
    found = []
    for text in given.getlist("held")[:MOST_IMAGES]:
        try:
            found.append(base64.b64decode(text.removeprefix(HELD), validate=True))
        except binascii.Error as error:
            raise UsageError(_("This is no picture that can be read.")) from error
    return tuple(found)


def crop_of(given: QueryDict) -> Crop:
    """The part of the first picture that is meant. Raises `UsageError`."""
    words = [given.get(name, "").strip().replace(",", ".") for name in CROP_FIELDS]
    if not any(words):
        return WHOLE
    if not all(not word or _PERCENT.fullmatch(word) for word in words):
        raise UsageError(_("A part of a picture is told in numbers from 0 to 100."))
    left, top, width, height = (
        float(word or usual) / 100 for word, usual in zip(words, ("0", "0", "100", "100"), strict=True)
    )
    right, bottom = min(1.0, left + width), min(1.0, top + height)
    if not (left < right and top < bottom):
        raise UsageError(_("This part of the picture is empty."))
    return left, top, right, bottom


def vienna_of(given: QueryDict) -> tuple[str, ...]:
    """The Vienna codes of a form. Raises `UsageError`."""
    words = " ".join(given.getlist("vienna")).replace(",", " ").split()
    if not all(VIENNA_CODE.fullmatch(word) for word in words):
        raise UsageError(_("Vienna codes are written like 3, 3.9 or 3.9.1."))
    return tuple(sorted(set(words)))


def _states(given: QueryDict) -> tuple[str, ...]:
    words = [word for word in given.getlist("state") if word]
    if not set(words) <= codelists.codes("states"):
        raise UsageError(_("There is no such state."))
    return tuple(words)


def _limit(given: QueryDict) -> int:
    text = given.get("limit", "") or str(USUAL)
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise UsageError(_("The limit is a number from 1 to %(most)s.") % {"most": MOST})
    return int(text)
