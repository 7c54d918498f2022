"""The sheet of one case file, and what its parts share: texts used up, dated steps, marks of yes and no."""

from collections.abc import Sequence

from ipregister.exchange.xml.rules import Container, Element, Rule, leaf
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.offices import Office

YES = "T"
"""How the feed says yes."""

RIGHT = "trademark"


class CaseSheet(Sheet):
    """A sheet that also holds texts used up without a value, and what waits for the end of the case file."""

    __slots__ = ("statements", "used")

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.used: list[int | str] = []
        self.statements: list[tuple[str, int, list[tuple[str, int]]]] = []


def use(sheet: Sheet, position: int) -> None:
    """Note a text that says how the document is made, and nothing of the mark."""
    if isinstance(sheet, CaseSheet):
        sheet.used.append(position)


def _use(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    use(sheet, position)


USED: Rule = leaf(_use)
"""A count, or the place of an entry in its list."""


def indicator(name: str, kind: str = "") -> Rule:
    """A mark of yes or no, an entry of the sign's flags; yes also says a kind of mark where one is named."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        flags: list[str] = sheet.record.setdefault("mark", {}).setdefault("flags", [])
        sheet.evidence[f"/mark/flags/{len(flags)}"] = (position, f"flag:{name}")
        flags.append(f"{name}={raw}")
        kinds: list[str] = sheet.record.get("kinds", [])
        if kind and raw.strip() == YES and kind not in kinds:
            sheet.evidence[f"/kinds/{len(kinds)}"] = (position, f"says:{kind}")
            sheet.record["kinds"] = [*kinds, kind]

    return leaf(set_value)


def step(code: str, kind: str = "") -> Rule:
    """A date of its own that is a step in the life of the mark; `code` is the name of the element."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        events: list[Plain] = sheet.record.setdefault("events", [])
        entry: Plain = {}
        sheet.put_date(entry, f"/events/{len(events)}", "date", raw, position)
        if entry:
            events.append({**({"kind": kind} if kind else {}), "code": code, **entry})
        elif not events:
            del sheet.record["events"]

    return leaf(set_value)


def entered(field: str, entry: Plain) -> Container:
    """An element that adds one entry to a list of the record, with constants that the element's name tells."""

    def enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
        entries: list[Plain] = sheet.record.setdefault(field, [])
        entries.append(dict(entry))
        return entries[-1], f"/{field}/{len(entries) - 1}"

    def leave(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        if inner.keys() <= entry.keys():
            sheet.record[field].pop()
            if not sheet.record[field]:
                del sheet.record[field]

    return Container({}, enter, leave)


def move(sheet: Sheet, old: str, new: str) -> None:
    """Give the evidence of everything at one pointer to another."""
    prefix = old + "/"
    for name in [name for name in sheet.evidence if name == old or name.startswith(prefix)]:
        sheet.evidence[new + name.removeprefix(old)] = sheet.evidence.pop(name)


def number_of(raw: str) -> int | None:
    """A class in the form of the feed (`009`), or None for one that is no number (`A`, `B`)."""
    return int(raw) if raw.isdecimal() and int(raw) else None


def texts(sheet: Sheet, found: Sequence[tuple[str, int]], draft: Plain, field: str, pointer: str) -> None:
    """Add texts of the feed, which names no language, to a list."""
    entries: list[Plain] = draft.setdefault(field, [])
    for raw, position in found:
        sheet.put_text(entries, f"{pointer}/{field}", raw, position, language=None, collapse=False)
    if not entries:
        del draft[field]
