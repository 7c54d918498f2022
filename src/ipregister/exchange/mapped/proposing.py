"""Which fields the columns of a source seem to be: by their headings first, then by what they hold.

A proposal says how sure it is and why. What is not sure is written as a comment, for a person to decide; two columns that
seem to be one field are told.
"""

import datetime as dt
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ipregister.exchange.mapped import deferring
from ipregister.exchange.mapped.contents import STRICT, TELLING, class_sign, fit
from ipregister.exchange.mapped.eras import PAST, mostly_far
from ipregister.exchange.mapped.headings import Guess, guesses, meanings, only_a_number
from ipregister.exchange.mapped.profile import Column, Profile
from ipregister.exchange.mapped.targets import target_of
from ipregister.model.languages import TAG, written_in
from ipregister.model.number_formats import GENERAL, day_shown

SURE, WEAK = 0.65, 0.35
"""From `SURE` on a field is proposed; from `WEAK` on it is named in a comment."""
_BY_CONTENT = 0.4
_COUNTS = 0.95
"""So many values of a column must be counts, so that it is one of counts whatever its heading."""
_PARTY = "party/"
_NAMED = re.compile(r"(\w+)/\*/names")
_LEADS = ("class_number", "names", "number", "symbol", "identifier", "date")
"""What leads a list: the values beside it are as many as its."""
_OF_EACH = ("country", "nationality", "domicile", "establishment", "identifier")
"""What is told of a party in one line."""
_DATES = ("date", "created", "published", "deferred_until", "_start", "_end")
_ASIDE = re.compile(r"(?i).+/@(?:lang|id|code)|.+/lang")
"""What is said beside a value: in which language it is, by what name it is pointed at. It is never that value."""
_TEXTS = ("/names", "/texts", "/verbal", "titles", "descriptions", "names", "/translations", "/address_lines")


class Proposal(Struct, frozen=True):
    """A column with the field it seems to be; `to` is empty where nothing tells.

    `split` parts lists in its cells; `unsplit` is a sign that could, but not into as many values as the list has.
    `score` (0 to 1) and `why` say how sure that is. `rival` is another column that seems to be the same field and
    has it. `far`: most of its days lie years ahead, though they tell what has been done."""

    column: Column
    to: str = ""
    split: str = ""
    lang: str = ""
    dates: str = ""
    score: float = 0.0
    why: str = ""
    rival: str = ""
    unsplit: str = ""
    far: bool = False

    @property
    def made(self) -> str:
        """How many cells of a column that is no date hold a day, a truth value or another quantity, or of one of dates a day that
        is not shown whole, and in which formats; empty for none."""
        forms = {form: count for form, count in self.column.forms.items() if form != GENERAL}
        if self.dates:
            forms = {form: count for form, count in forms.items() if day_shown(form) != "ymd"}
        if not forms or not self.to:
            return ""
        what = "days without a day or a year" if self.dates else "a day, a truth value or another quantity"
        return f"cells with {what}: {sum(forms.values())} ({', '.join(forms)})"

    @property
    def sure(self) -> bool:
        """Whether the field is proposed, not only named."""
        return bool(self.to) and self.score >= SURE and not self.rival


class _Candidate(Struct, frozen=True):
    column: str
    field: str
    score: float
    why: str


def proposals(profile: Profile, right: str, day: dt.date | None = None) -> list[Proposal]:
    """What each column seems to be. Where two seem to be one field the likelier has it, unless both are texts in
    different scripts. `day` is today's: days of what has been done that lie years after it are not proposed as such."""
    choice = _Choice(profile.columns)
    found = {name: _candidates(name, column, right) for name, column in profile.columns.items()
             if not _ASIDE.fullmatch(name)}  # fmt: skip
    choice.take(
        [one for some in found.values() if some and not some[0].field.startswith(_PARTY) for one in some]
    )
    choice.take([replace(some[0], field=_whose(some[0], list(found), choice.taken, right))
                 for some in found.values() if some and some[0].field.startswith(_PARTY)])  # fmt: skip
    choice.take(_numbered(profile, choice.taken, right))
    fields = {one.field: one.column for one in reversed(choice.taken.values())}
    return [
        _dated(_parted(_tagged(_proposal(column, choice, set(fields), right), profile), profile, fields), day)
        for column in profile.columns.values()
    ]


def _dated(one: Proposal, day: dt.date | None) -> Proposal:
    """The proposal without its field where most of the column's days lie years ahead: their years are of another era."""
    if day is None or one.to not in PAST or not mostly_far(one.column.texts, one.dates, day):
        return one
    why = f"{one.why}; most days lie years ahead: perhaps of another era, such as Bikram Sambat, which is not read"
    return replace(one, score=min(one.score, _BY_CONTENT), why=why, far=True)


def _tagged(one: Proposal, profile: Profile) -> Proposal:
    """The proposal of a text in the language that the attribute beside it names, where it names one alone and the letters
    do not gainsay it."""
    beside = next((profile.columns[name] for end in ("/@lang", "/lang")
                   if (name := f"{one.column.name}{end}") in profile.columns), None)  # fmt: skip
    tags = {text.strip().lower() for text in beside.texts} if beside else set()
    if not one.to.endswith(_TEXTS) or one.lang or len(tags) != 1 or not TAG.fullmatch(tag := tags.pop()):
        return one
    return replace(one, lang=tag) if any(written_in(text, tag) for text in one.column.texts) else one


class _Choice:
    """Gives fields to columns, the likeliest first."""

    def __init__(self, columns: dict[str, Column]) -> None:
        self._columns = columns
        self.taken: dict[str, _Candidate] = {}
        self.rivals: dict[str, tuple[str, _Candidate]] = {}
        self._owners: dict[str, list[str]] = {}

    def take(self, candidates: Sequence[_Candidate]) -> None:
        """Give out what these columns seem to be; a column whose field is gone takes another only if that is sure."""
        for one in sorted(candidates, key=lambda one: -one.score):
            if one.column in self.taken or (one.column in self.rivals and one.score < SURE):
                continue
            owners = self._owners.setdefault(one.field, [])
            if owners and not self._in_another_script(one, owners):
                self.rivals.setdefault(one.column, (owners[0], one))
                continue
            self.taken[one.column] = one
            self.rivals.pop(one.column, None)
            owners.append(one.column)

    def _in_another_script(self, one: _Candidate, owners: Sequence[str]) -> bool:
        """Whether a column holds texts in another script than those that have its field already."""
        languages = {self._columns[name].language for name in owners}
        return one.field.endswith(_TEXTS) and self._columns[one.column].language not in languages


def _candidates(name: str, column: Column, right: str) -> list[_Candidate]:
    """The fields that a column may be, the likeliest first: what the heading tells, judged by the contents."""
    found = [_judged(name, column, _counted(guess, column, right)) for guess in guesses(name, right)]
    if not any(one.score >= SURE for one in found):
        found += _by_content(name, column, right)
    return sorted((one for one in found if one.score >= WEAK), key=lambda one: -one.score)


def _counted(guess: Guess, column: Column, right: str) -> Guess:
    """What a heading means where its column holds not the things themselves but how many there are (`claims`: 12)."""
    number = meanings(right).get(f"number of {guess.meaning.name}")
    if number is None or (fit(column.texts, number.content) or 0.0) < _COUNTS:
        return guess
    return replace(guess, meaning=number)


def _judged(name: str, column: Column, guess: Guess) -> _Candidate:
    content = guess.meaning.content
    if (
        guess.meaning.field in deferring.FIELDS
    ):  # whatever its cells hold: without a field, it would not be heeded
        return _Candidate(
            name,
            guess.meaning.field,
            max(SURE, round(guess.score, 2)) if guess.score >= 0.5 else guess.score,
            f"{guess.why}; it decides what is public",
        )
    share = fit(column.texts, content)
    if share is None:
        return _Candidate(
            name, guess.meaning.field, round(0.9 * guess.score, 2), f"{guess.why}; the column is empty"
        )
    score = guess.score * (0.4 + 0.6 * share if content in STRICT else 0.8 + 0.2 * share)
    why = guess.why
    if content in STRICT:
        score += 0.1 if share >= 0.9 and guess.score < 0.9 else 0.0
        why += f"; {100 * share:.0f} % of the values are such ({content})"
    return _Candidate(name, guess.meaning.field, round(min(score, 1.0), 2), why)


def _by_content(name: str, column: Column, right: str) -> list[_Candidate]:
    """What the values alone tell, whatever the heading: weak evidence."""
    told = {one.content: one for one in meanings(right).values() if one.content in TELLING}
    return [
        _Candidate(
            name, meaning.field, _BY_CONTENT, f"the heading tells nothing; the values look like {content}"
        )
        for content, meaning in told.items()
        if not meaning.field.startswith(_PARTY) and (fit(column.texts, content) or 0.0) >= 0.8
    ]


def _numbered(profile: Profile, taken: dict[str, _Candidate], right: str) -> list[_Candidate]:
    """The first column of numbers whose heading does not say of what: perhaps of the application, where no other is."""
    held = {one.field for one in taken.values()}
    if "application_number" in held or not _place("application_number", right):
        return []
    for name, column in profile.columns.items():
        different = column.filled and len(column.texts) >= 0.95 * column.filled
        numbers = different and (fit(column.texts, "number") or 0.0) >= 0.8
        if name in taken or _ASIDE.fullmatch(name) or not only_a_number(name) or not numbers:
            continue
        counts = all(str(n) in column.texts for n in range(1, column.filled + 1))
        why = "the heading says only that it is a number"
        why += "; the values count the rows: look for another column first" if counts else ""
        return [_Candidate(name, "application_number", WEAK if counts else _BY_CONTENT, why)]
    return []


def _whose(one: _Candidate, order: Sequence[str], taken: dict[str, _Candidate], right: str) -> str:
    """The field of the party that is named nearest before a column, else after it; the applicants where none is."""
    at = order.index(one.column)
    for name in (*reversed(order[:at]), *order[at + 1 :]):
        party = _NAMED.fullmatch(taken[name].field) if name in taken else None
        if party and (field := _place(f"{party[1]}/{one.field.removeprefix(_PARTY)}", right)):
            return field
    return f"applicants/{one.field.removeprefix(_PARTY)}"


def _proposal(column: Column, choice: _Choice, named: set[str], right: str) -> Proposal:
    rival, lost = choice.rivals.get(column.name, ("", None))
    one = choice.taken.get(column.name, lost)
    if one is None:
        return Proposal(column)
    to = _place(_of_the_named(one.field, named, right), right)
    dated = fit(column.texts, "date") or 0.0
    return Proposal(column, to, "", column.language if to.endswith(_TEXTS) else "",
                    column.date_form if dated >= 0.5 and to.endswith(_DATES) else "", one.score, one.why, rival)  # fmt: skip


def _parted(one: Proposal, profile: Profile, fields: dict[str, str]) -> Proposal:
    """The proposal with the sign that parts its lists: that of the column which leads the list, or one that parts the
    column into as many values as the leading one."""
    sign, (group, mark, last) = one.column.split, one.to.partition("/*/")
    if not sign and last == "class_number":
        sign = class_sign(one.column.texts)
    if not sign or not (mark or one.to.endswith(("kinds", "vienna"))):
        return one
    lead = next((f"{group}/*/{name}" for name in _LEADS if f"{group}/*/{name}" in fields), "")
    if sign == "\n" and lead.endswith("/names") and not _lists_lines(profile, fields, lead):
        return replace(one, unsplit=sign)
    if not mark or one.to == lead or (not lead and last != "texts"):
        return replace(one, split=sign)
    alike = bool(lead) and profile.parted_alike(one.column.name, fields[lead], sign)
    return replace(one, split=sign) if alike else replace(one, unsplit=sign)


def _lists_lines(profile: Profile, fields: dict[str, str], lead: str) -> bool:
    """Whether lines of a cell are several parties, not one whose name is long: as many lines as there are countries."""
    told = [fields[place] for name in _OF_EACH if (place := lead.replace("names", name)) in fields]
    return any(profile.parted_alike(name, fields[lead], "\n") for name in told)


def _of_the_named(to: str, named: set[str], right: str) -> str:
    """The field of the party that the source names: country or address of a party without a name would say nothing."""
    for party, other in (("applicants", "holders"), ("holders", "applicants")):
        if to.startswith(f"{party}/") and f"{party}/*/names" not in named and f"{other}/*/names" in named:
            return _place(f"{other}{to.removeprefix(party)}", right) or to
    return to


def _place(to: str, right: str) -> str:
    """The field, where the right has it."""
    try:
        return target_of(to, right).path if to else ""
    except ValueError:
        return ""
