"""The names of offices, fields, filters and rules as the reader sees them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ipregister.model.notices import Notice, Spoken
from ipregister.model.offices import Office
from ipregister.portal.dates import country_name


def office_name(office: Office, lang: str) -> str:
    """The name of an office in the reader's language, else in English."""
    return office.names.get(lang) or office.name


def short_name(office: Office, lang: str) -> str:
    """What lists call an office: its country in the reader's language."""
    return _("International Bureau (WIPO)") if office.code == "WO" else country_name(office.code, lang)


def notice(office: Office, lang: str, right: str = "") -> dict[str, Any]:
    """What pages say of an office: its name and its notice, on its data of a right where one is named.

    The notice is in the reader's language: the office's own translation where its facts have one, else the sentences
    that say it for every office. `original` and `original_copy` are the English ones beside a translation."""
    told = office.notice_on(right)
    text, copy = (told.text, told.certified_copy) if told else ("", "")
    spoken = _spoken(told, lang)
    return {
        "code": office.code,
        "name": office_name(office, lang),
        "short": short_name(office, lang),
        "name_lang": "" if lang in office.names else "en",
        "notice_lang": lang,
        "notice": spoken.text,
        "certified_copy": spoken.certified_copy,
        "original": text if spoken.text != text else "",
        "original_copy": copy if spoken.certified_copy != copy else "",
        "url": told.url if told else "",
        "licence": told.licence if told else "",
        "attribution": told.attribution if told else "",
    }


def _spoken(told: Notice | None, lang: str) -> Spoken:
    """The sentences of a notice in a language."""
    if told and lang in told.translations:
        return told.translations[lang]
    if told and told.text and lang == "en":
        return Spoken(told.text, told.certified_copy)
    with override(lang):
        text = _("Information only. The office's register and gazette prevail.")
        copy = _("Certified copies and extracts are issued by the office; ask it for its form and fee.")
    return Spoken(text, copy if told and told.certified_copy else "")
