"""The names of offices, fields, filters and rules as the reader sees them."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.model.offices import Office
from ipregister.portal.dates import country_name


def office_name(office: Office, lang: str) -> str:
    """The name of an office in the reader's language, else in English."""
    return office.names.get(lang) or office.name


def short_name(office: Office, lang: str) -> str:
    """What lists call an office: its country in the reader's language."""
    return _("International Bureau (WIPO)") if office.code == "WO" else country_name(office.code, lang)


def notice(office: Office, lang: str, right: str = "") -> dict[str, Any]:
    """What pages say of an office: its name and its notice, on its data of a right where one is named."""
    told = office.notice_on(right)
    return {
        "code": office.code,
        "name": office_name(office, lang),
        "short": short_name(office, lang),
        "name_lang": "" if lang in office.names else "en",
        "notice_lang": "en",
        "notice": _(told.text)
        if told and told.text
        else _("Information only. The office's register and gazette prevail."),
        "certified_copy": _(told.certified_copy) if told and told.certified_copy else "",
        "url": told.url if told else "",
        "licence": told.licence if told else "",
        "attribution": told.attribution if told else "",
    }
