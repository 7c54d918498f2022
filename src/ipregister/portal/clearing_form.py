"""The form of a clearance: names, pictures, goods, offices, scripts, a list of names, a report of before."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from msgspec import Struct

from ipregister.desk.clearance import Question, Report
from ipregister.desk.clearance_again import MOST_GOODS, MOST_SPELLINGS, reports_of
from ipregister.desk.list_faults import BadList, UnreadableList, told
from ipregister.desk.name_lists import NameList, read_names
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.portal.similar import MOST_LETTERS, classes_of, offices_of
from ipregister.portal.speaking import language
from ipregister.search.similarity.names import has_letters
from ipregister.search.similarity.pictures.similar import MOST_IMAGES

MOST_PICTURE, MOST_LIST = 10 << 20, 2 << 20
SCRIPTS: dict[str, str | Promise] = {
    "Latn": lazy("Latin"), "Thai": lazy("Thai"), "Laoo": lazy("Lao"), "Khmr": lazy("Khmer"), "Mymr": lazy("Burmese"),
    "Cyrl": lazy("Cyrillic"), "Hani": lazy("Chinese"), "Kana": lazy("Japanese"), "Hang": lazy("Korean"), "Arab": lazy("Arabic"),
    "Taml": lazy("Tamil"),
}  # fmt: skip
"""Scripts that can be chosen."""


class Asked(Struct):
    """What a form asks for: one question with pictures, or a list of names that share it; a report to compare with."""

    question: Question
    images: Sequence[bytes] = ()
    names: NameList | None = None
    before: Report | None = None


def asked(request: HttpRequest) -> Asked:
    """The posted form. Raises `UsageError` and `UnreadableInput` for what cannot be asked."""
    images = [_content(file, MOST_PICTURE) for file in request.FILES.getlist("picture")]
    if len(images) > MOST_IMAGES:
        raise UsageError(_("At most %(most)s pictures.") % {"most": MOST_IMAGES})
    if before := _before(request):
        if before.question.pictures and not images:
            raise UsageError(_("The report was made with pictures: choose the same pictures again."))
        return Asked(before.question, images, None, before)
    question = _question(request)
    listed = request.FILES.get("list")
    names = _listed(_content(listed, MOST_LIST)) if isinstance(listed, UploadedFile) else None
    if not names and not question.names and not images:
        raise UsageError(_("Write a name, choose a picture or a list of names."))
    return Asked(question, images, names)


def _listed(content: bytes) -> NameList:
    """A list of names; what is wrong with it is told in the reader's language."""
    try:
        return read_names(content)
    except BadList as error:
        raise UsageError(told(error.faults, language())) from error
    except UnreadableList as error:
        raise UnreadableInput(told(error.faults, language())) from error


def _question(request: HttpRequest) -> Question:
    given = request.POST
    names = list(dict.fromkeys(" ".join(name.split()) for name in given.get("names", "").splitlines()))
    names = [name for name in names if name]
    if len(names) > MOST_SPELLINGS or any(len(name) > MOST_LETTERS for name in names):
        raise UsageError(_("At most %(most)s spellings of at most %(letters)s characters.")
                         % {"most": MOST_SPELLINGS, "letters": MOST_LETTERS})  # fmt: skip
    for name in names:
        if not has_letters(name):
            raise UsageError(
                _("%(name)s has no letter and no digit: signs alone cannot be compared.") % {"name": name}
            )
    applicant = " ".join(given.get("applicant", "").split())
    if len(applicant) > MOST_LETTERS:
        raise UsageError(_("A name has at most %(most)s characters.") % {"most": MOST_LETTERS})
    scripts = given.getlist("script")
    if not set(scripts) <= set(SCRIPTS):
        raise UsageError(_("There is no such script here."))
    return Question(names=tuple(names), classes=classes_of(given), goods=given.get("goods", "").strip()[:MOST_GOODS],
                    offices=offices_of(given), scripts=tuple(sorted(set(scripts))), day=_day(given.get("day", "")),
                    applicant=applicant)  # fmt: skip


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError as error:
        raise UsageError(_("Write the day as 2026-01-31.")) from error


def _before(request: HttpRequest) -> Report | None:
    file = request.FILES.get("report")
    if not isinstance(file, UploadedFile):
        return None
    try:
        found = reports_of(_content(file, MOST_LIST))
    except UnreadableInput as error:
        raise UsageError(_("This is no clearance report: choose the JSON file of a report.")) from error
    if len(found) > 1:
        raise UsageError(_("This is the report of a list: choose the list again, or the report of one name."))
    return found[0]


def _content(file: "UploadedFile[Any]", most: int) -> bytes:
    if file.size is None or file.size > most:
        raise UsageError(_("A file is too large: at most %(most)s MB.") % {"most": most >> 20})
    return bytes(file.read())


def filled(request: HttpRequest) -> dict[str, Any]:
    """The texts of the form as they were sent, to be shown again beside an error."""
    given = request.POST
    return {"names": given.get("names", "")[: MOST_SPELLINGS * MOST_LETTERS], "goods": given.get("goods", "")[:MOST_GOODS],
            "classes": given.get("class", "")[:MOST_LETTERS], "day": given.get("day", "")[:10],
            "applicant": given.get("applicant", "")[:MOST_LETTERS],
            "chosen_offices": given.getlist("office"), "chosen_scripts": given.getlist("script")}  # fmt: skip
