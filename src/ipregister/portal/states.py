"""A derived state as pages show it."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.model.status import RULES, State
from ipregister.portal.dates import show_date
from ipregister.portal.labels import label, sentence, tone

_MESSAGES = {rule.code: rule.message for rule in RULES}
_DATES = {"term_end", "data_day", "late_renewal_until", "date", "renewed", "status_date"}


def state_view(state: State) -> dict[str, Any]:
    """Word, tone, sentence and rule of a state in the reader's language."""
    return {
        "code": state.state,
        "label": label("status", state.state),
        "tone": tone(state.state),
        "sentence": sentence(state.state),
        "rule": rule_text(state),
        "since": state.since,
        "day": state.day,
        "data_day": state.data_day,
    }


def rule_text(state: State) -> str:
    """The rule that gave a state, filled in."""
    message = _MESSAGES.get(state.rule)
    if message is None:
        return state.rule
    lang = get_language() or "en"
    filled = {name: _shown(name, text, lang) for name, text in state.arguments.items()}
    try:
        return _(message).format(**filled)
    except (KeyError, IndexError, ValueError):
        return message


def _shown(name: str, text: str, lang: str) -> str:
    if name in _DATES:
        return show_date(text, lang)
    return label("event", text) if name == "event" else text
