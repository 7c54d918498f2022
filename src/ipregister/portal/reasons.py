"""Why two names are alike, in the reader's words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipregister.search.similarity.reasons import Reason

REASONS: dict[str, str | Promise] = {
    "same-look": _("looks the same"),
    "same-sound": _("sounds the same: %(first)s ~ %(second)s"),
    "looks-alike": _("looks alike (%(first)s)"),
    "sounds-alike": _("sounds alike: %(first)s ~ %(second)s"),
    "letters-differ": _("%(first)s of %(second)s letters differ: %(third)s"),
    "same-words": _("the same words in another order"),
    "contains": _("contains the whole of %(first)s"),
    "contained": _("is a part of it: %(first)s"),
    "shared-words": _("words in common: %(first)s"),
    "same-meaning": _("means the same: %(first)s ~ %(second)s"),
    "foreign-reading": _("in the spelling of foreign names %(first)s stands for %(second)s"),
    "read-alike": _("read alike: %(first)s ~ %(second)s"),
    "same-owner": _("may be the same owner: %(first)s ~ %(second)s"),
    "same-class": _("same class: %(first)s"),
    "other-name": _("by another name of the record: %(first)s"),
    "related-classes": _("classes of one trade: %(first)s and %(second)s"),
    "shared-goods": _("both name: %(first)s"),
    "alike-goods": _("the same goods in other words: %(first)s"),
    "alike-core": _("without words of the product: %(first)s ~ %(second)s"),
    "shared-mark": _("a mark of a group or a mark of certification"),
}
"""The sentence of each code of a reason."""

NAME_KINDS: dict[str, str | Promise] = {
    "part": _("its distinctive part"),
    "transliteration": _("its transliteration"),
    "translation": _("its translation"),
    "holder": _("its holder"),
}
"""What a name is of its record."""

PLAINLY: dict[str, str | Promise] = {
    "same-sound": _("sounds the same"),
    "sounds-alike": _("sounds alike"),
    "looks-alike": _("looks alike"),
    "letters-differ": "",
    "read-alike": "",
    "foreign-reading": "",
    "same-meaning": _("means the same"),
}
"""The same for people who want no figures; empty: not told to them."""

_PLACES = ("first", "second", "third", "fourth")


def told(reason: Reason) -> str:
    """A reason as a sentence in the reader's language; in English where nobody has a sentence for its code."""
    sentence = REASONS.get(reason.code)
    if sentence is None:
        return reason.text
    given = dict.fromkeys(_PLACES, "") | dict(zip(_PLACES, map(_word, reason.arguments), strict=False))
    return str(sentence) % given


def told_plainly(reasons: Iterable[Reason]) -> list[str]:
    """Reasons as short sentences without figures and letters of sounds."""
    texts = [str(PLAINLY[one.code]) if one.code in PLAINLY else told(one) for one in reasons]
    return [text for text in texts if text]


def _word(text: str) -> str:
    return gettext(str(NAME_KINDS[text])) if text in NAME_KINDS else text
