"""The names of offices, fields, filters and rules as the reader sees them."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.model.offices import Office


def office_name(office: Office, lang: str) -> str:
    """The name of an office in the reader's language, else in English."""
    return office.names.get(lang) or office.name


def notice(office: Office, lang: str) -> dict[str, Any]:
    """What pages say of an office: its name and its notice."""
    told = office.notice
    return {
        "code": office.code,
        "name": office_name(office, lang),
        "notice": _(told.text)
        if told and told.text
        else _("Information only. The office's register and gazette prevail."),
        "certified_copy": _(told.certified_copy) if told and told.certified_copy else "",
        "url": told.url if told else "",
        "licence": told.licence if told else "",
        "attribution": told.attribution if told else "",
    }
