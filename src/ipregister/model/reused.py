"""Whether two versions of one record are two rights: a number that an office gave a second time."""

from collections.abc import Iterable

from ipregister.model.record import Record, titles

LEAST = 3
"""Of filing day, registration, words and parties, so many must be told by both versions before they are held apart."""


def is_another_right(earlier: Record, after: Record) -> bool:
    """Whether all that tells rights apart differs, as far as both versions tell it: the day of filing, the registration
    (number or day), the words of the mark or the title, the applicants or holders.

    One of them that is the same makes both versions one right; so does too little that both tell."""
    compared = [
        _same_day(earlier.application_date, after.application_date),
        _same_registration(earlier, after),
        _common(_folded(titles(earlier)), _folded(titles(after))),
        _common(_parties(earlier), _parties(after)),
    ]
    told = [same for same in compared if same is not None]
    return len(told) >= LEAST and not any(told)


def _same_day(earlier: str | None, after: str | None) -> bool | None:
    """A month or a year alone is the same as a day in it."""
    if not (earlier and after):
        return None
    return earlier.startswith(after) or after.startswith(earlier)


def _same_registration(earlier: Record, after: Record) -> bool | None:
    number = _common(_folded([earlier.registration_number]), _folded([after.registration_number]))
    day = _same_day(earlier.registration_date, after.registration_date)
    told = [same for same in (number, day) if same is not None]
    return any(told) if told else None


def _common(earlier: set[str], after: set[str]) -> bool | None:
    return bool(earlier & after) if earlier and after else None


def _parties(record: Record) -> set[str]:
    parties = (*record.applicants, *record.holders)
    return _folded(
        text.text for one in parties for text in (*one.names, *one.organization_names, *one.last_names)
    )


def _folded(texts: Iterable[str]) -> set[str]:
    """Texts by their letters and digits alone: how they are written is no difference."""
    return {
        letters for text in texts if (letters := "".join(sign for sign in text.casefold() if sign.isalnum()))
    }
