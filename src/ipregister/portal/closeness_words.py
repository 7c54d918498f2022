"""What the desk found, in the reader's words: how close, how it stands, what was not checked, what to do next."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ipregister.desk.blind_period import BlindPeriod
from ipregister.desk.standing import Standing
from ipregister.portal.dates import show_date, show_number

Words = dict[str, str | Promise]

BANDS: Words = {
    "identical": _("the same"),
    "very-close": _("very close"),
    "close": _("close"),
    "some": _("some likeness"),
}
"""How close a hit is."""

GROUPS: Words = {
    "earlier": _("In force, with an earlier day"),
    "pending": _("Applied for, with an earlier day"),
    "grace": _("Term over, late renewal still possible"),
    "open": _("Nobody can say from the data whether it is in force"),
    "later": _("Filed later than the day asked"),
    "dead": _("Ended"),
}
"""How a record stands towards the day asked."""

NOT_CHECKED: Words = {
    "pictures": _("pictures and logos (search by picture does this)"),
    "unregistered": _("marks that are used and not registered, and well-known marks"),
    "company-names": _("company registers and trade names"),
    "domain-names": _("domain names and accounts in networks"),
    "other-offices": _("offices that are not in the list above"),
    "unpublished": _("applications that are not published yet"),
    "meanings": _("names that mean the same in another language, where no translation is on record"),
    "order-and-morals": _(
        "whether a name is against public order, misleading or describes your goods in your language"
    ),
}
"""What a name check does not look at."""

NEXT_STEPS: Words = {
    "look-at-close": _("Open the close records: what goods do they have, are they in force, who owns them?"),
    "ask-owner": _(
        "If you are the owner of one, or know them, a letter of consent may help: ask the office."
    ),
    "clear-all-classes": _(
        "Before you spend money on the name, clear it for your goods in all your markets."
    ),
    "check-picture": _("If you have a logo, search with its picture too."),
    "ask-office": _(
        "Ask your office, a help desk for inventors and businesses (TISC) or an agent before you file."
    ),
    "file-soon": _("Who files first has the earlier right nearly everywhere: do not wait for long."),
}
"""What a person may do next."""


def standing_line(standing: Standing, lang: str) -> str:
    """How a record stands, in a sentence."""
    parts = [str(GROUPS[standing.group])]
    if standing.day:
        day = show_date(standing.day, lang)
        parts.append(
            str(_("priority of %(day)s") if standing.by_priority else _("filed %(day)s")) % {"day": day}
        )
    if standing.until:
        parts.append(str(_("renewal possible until %(day)s")) % {"day": show_date(standing.until, lang)})
    return ", ".join(parts)


def blind_line(blind: BlindPeriod, lang: str) -> str:
    """What of an office's applications cannot be seen, in sentences."""
    if blind.median is None or blind.most is None:
        return str(_("How long this office takes to publish cannot be measured from its data."))
    told: dict[str, Any] = {
        "median": show_number(blind.median, lang), "most": show_number(blind.most, lang),
        "n": show_number(blind.measured, lang), "day": show_date(blind.seen_to, lang),
        "unpublished": show_number(blind.unpublished, lang),
    }  # fmt: skip
    text = _("Half of its applications were published within %(median)s days, nine of ten within %(most)s "
             "(%(n)s measured, %(unpublished)s of them without a publication). Applications filed after %(day)s may be missing.")  # fmt: skip
    return str(text) % told


GOODS: Words = {
    "like-goods": _("like goods"),
    "same-class": _("same class"),
    "no-goods": _("no goods on record"),
    "other-goods": _("other goods"),
}
"""How the goods of a hit stand towards those asked for."""

FINDINGS: Words = {
    "no-picture-index": _("The pictures were not compared: this register has no index of pictures yet."),
    "more-hits": _("%(argument)s hits with less likeness are left out."),
}
"""What a report could not do."""

WHATS: Words = {
    "closeness": _("closeness"),
    "standing": _("group"),
    "day": _("earliest day"),
    "status": _("Status"),
    "score": _("score"),
    "owner": _("Owner"),
    "classes": _("Classes"),
}
"""What of a hit may differ between two reports."""
