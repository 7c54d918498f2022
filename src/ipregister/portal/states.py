"""A derived state as pages show it."""

from typing import Any

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy

from ipregister.model.status import State
from ipregister.portal.dates import show_date
from ipregister.portal.labels import label, sentence, tone
from ipregister.quality.messages import reason

_DATES = {"term_end", "data_day", "late_renewal_until", "date", "renewed", "status_date"}


_DEPOSITED = lazy("The deposit is on record. This does not prove who has the rights.")


def state_view(state: State, right: str) -> dict[str, Any]:
    """Word, tone, sentence and rule of a state of a right in the reader's language."""
    deposited = right == "work" and state.state == "registered"
    return {
        "code": state.state,
        "label": label("status", state.state),
        "tone": tone(state.state),
        "sentence": str(_DEPOSITED) if deposited else sentence(state.state),
        "rule": rule_text(state),
        "since": state.since,
        "day": state.day,
        "data_day": state.data_day,
    }


def rule_text(state: State) -> str:
    """The rule that gave a state, filled in."""
    lang = get_language() or "en"
    filled = {name: _shown(name, text, lang) for name, text in state.arguments.items()}
    return reason(msgspec.structs.replace(state, arguments=filled), lang)


def _shown(name: str, text: str, lang: str) -> str:
    if name in _DATES:
        return show_date(text, lang)
    return label("event", text) if name == "event" else text
