"""The desk's sentences in the reader's language."""

from functools import partial

from django.utils.translation import get_language, gettext

from ipregister.desk.words import Language
from ipregister.model import offices
from ipregister.portal.dates import show_date, show_number
from ipregister.portal.labels import label
from ipregister.portal.names import short_name
from ipregister.portal.reasons import told


def language() -> Language:
    """The language that is active, for what the desk tells."""
    lang = get_language() or "en"
    return Language(
        code=lang,
        say=gettext,
        reason=told,
        day=partial(show_date, lang=lang),
        number=partial(show_number, lang=lang),
        state=partial(label, "status"),
        office=lambda code: short_name(offices.office(code), lang),
    )
