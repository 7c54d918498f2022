"""What a case file rests on and where it goes: earlier registrations, foreign applications, Madrid."""

from ipregister.exchange.uspto.case import USED, YES, entered, indicator, move, step
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    group,
    leaf,
    listed,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet


def _set_relation(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="trademark/relations"):
        sheet.keep(f"{pointer}/kind", raw, "unknown-code", position)


def _with(container: Container, children: dict[str, Rule]) -> Container:
    return Container(children, container.enter, container.leave, container.guard)


PRIOR: Rule = group(
    {
        "other-related-in": indicator("other-related"),
        "prior-registration-application": _with(
            entered("references", {"kind": "earlier-right"}),
            {"relationship-type": leaf(_set_relation), "number": text("registration_number")},
        ),
    }
)


def _set_claim(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_claimed"] = raw.strip() == YES
    flags: list[str] = sheet.record.setdefault("mark", {}).setdefault("flags", [])
    sheet.evidence[f"/mark/flags/{len(flags)}"] = (position, "flag:foreign-priority-claim")
    flags.append(f"foreign-priority-claim={raw}")


def _enter_foreign(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    entries: list[Plain] = sheet.record.setdefault("references", [])
    entries.append({"kind": "national-registration"})
    return entries[-1], f"/references/{len(entries) - 1}"


def _renewal(field: str, *, day: bool) -> Rule:
    """A renewal abroad is an act of its own, one a foreign registration."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        act: Plain = draft.setdefault("_renewal", {})
        if day:
            sheet.put_date(act, f"{pointer}/_renewal", field, raw, position)
        else:
            act[field] = [raw.strip()]
            sheet.evidence[f"{pointer}/_renewal/{field}/0"] = (position, "trim")

    return leaf(set_value)


def _leave_foreign(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    claimed = inner.pop("_claimed", False)
    act: Plain = inner.pop("_renewal", {})
    if act:
        acts: list[Plain] = sheet.record.setdefault("recordals", [])
        move(sheet, f"{place}/_renewal", f"/recordals/{len(acts)}")
        acts.append({"kind": "renewal", **act})
    references: list[Plain] = sheet.record["references"]
    if claimed:
        _claim(sheet, inner, place)
    if inner.keys() <= {"kind"}:
        references.pop()
        if not references:
            del sheet.record["references"]


def _claim(sheet: Sheet, inner: Plain, place: str) -> None:
    """A foreign application whose priority is claimed: country, number and day are the claim's."""
    claims: list[Plain] = sheet.record.setdefault("priorities", [])
    claim: Plain = {}
    for ours, theirs in (("country", "office"), ("number", "number"), ("date", "date")):
        if theirs in inner and (theirs != "office" or "registration_number" not in inner):
            claim[ours] = inner.pop(theirs)
            move(sheet, f"{place}/{theirs}", f"/priorities/{len(claims)}/{ours}")
        elif theirs in inner:
            claim[ours] = inner[theirs]
            sheet.evidence[f"/priorities/{len(claims)}/{ours}"] = sheet.evidence[f"{place}/{theirs}"]
    if claim:
        claims.append(claim)
    elif not claims:
        del sheet.record["priorities"]


FOREIGN: Rule = group(
    {
        "foreign-application": Container(
            {
                "filing-date": date("date"),
                "registration-date": date("registration_date"),
                "registration-expiration-date": _renewal("end_date", day=True),
                "registration-renewal-date": _renewal("date", day=True),
                "registration-renewal-expiration-date": _renewal("status_date", day=True),
                "entry-number": USED,
                "application-number": text("number"),
                "country": country("office"),
                "other": country("office"),
                "registration-number": text("registration_number"),
                "renewal-number": _renewal("numbers", day=False),
                "foreign-priority-claim-in": leaf(_set_claim),
            },
            _enter_foreign,
            _leave_foreign,
        )
    }
)


def _set_international(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    sheet.put(sheet.record, "", "international_number", raw, position)


def _set_gazette(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    entries: list[Plain] = sheet.record.setdefault("publications", [])
    entry: Plain = {}
    sheet.put_date(entry, f"/publications/{len(entries)}", "date", raw, position)
    if entry:
        entries.append({"kind": "registration", **entry})
    elif not entries:
        del sheet.record["publications"]


def _set_priority(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    claims: list[Plain] = sheet.record.setdefault("priorities", [])
    claim: Plain = {}
    sheet.put_date(claim, f"/priorities/{len(claims)}", "date", raw, position)
    if claim:
        claims.append(claim)
    elif not claims:
        del sheet.record["priorities"]


INTERNATIONAL: Rule = _with(
    entered("recordals", {"kind": "registration"}),
    {
        "international-registration-number": single("_international", _set_international),
        "international-registration-date": date("date"),
        "international-publication-date": leaf(_set_gazette),
        "international-renewal-date": date("end_date"),
        "auto-protection-date": date("effective_date"),
        "international-death-date": step("international-death-date"),
        "international-status-code": text("status"),
        "international-status-date": date("status_date"),
        "priority-claimed-in": indicator("international-priority-claimed"),
        "priority-claimed-date": leaf(_set_priority),
        "first-refusal-in": indicator("first-refusal"),
    },
)


def _set_code(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if sheet.put(draft, pointer, "code", raw, position):
        sheet.put_word(draft, pointer, "kind", raw, position, table="events")
    if "kind" not in draft:
        sheet.find("unknown-event", f"{pointer}/code", raw)


EVENT: Rule = _with(
    entered("events", {}),
    {
        "code": single("code", _set_code),
        "type": text("office_code"),
        "description-text": text("office_name"),
        "date": date("date"),
        "number": text("document"),
        "entry-number": text("document"),
    },
)
"""A step of the prosecution history; its number in the history is the `document`."""

MADRID: Rule = group(
    {
        "madrid-international-filing-record": _with(
            entered("recordals", {"kind": "filing"}),
            {
                "entry-number": USED,
                "reference-number": text("identifier"),
                "original-filing-date-uspto": date("date"),
                "international-registration-number": listed("numbers"),
                "international-registration-date": date("effective_date"),
                "international-status-code": text("status"),
                "international-status-date": date("status_date"),
                "irregularity-reply-by-date": date("end_date"),
                "international-renewal-date": step("international-renewal-date"),
                "madrid-history-events": group({"madrid-history-event": EVENT}),
            },
        )
    }
)


def _set_design(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """A code of the office's own design search, in the form of the Vienna classification."""
    images: list[Plain] = sheet.record.setdefault("mark", {}).setdefault("images", [])
    if not images:
        images.append({"vienna_kind": DESIGN_CODES, "vienna": []})
        sheet.evidence["/mark/images/0/vienna_kind"] = (position, f"says:{DESIGN_CODES}")
    codes = images[0]["vienna"]
    raw_code = raw.strip()
    if raw_code.isdecimal() and len(raw_code) == len("260921"):
        sheet.evidence[f"/mark/images/0/vienna/{len(codes)}"] = (position, "vienna")
        codes.append(f"{raw_code[:2]}.{raw_code[2:4]}.{raw_code[4:]}")
    else:
        sheet.keep("/mark/images/0/vienna", raw, "unknown-code", position, "not-a-vienna-code")


DESIGN_CODES = "USPTO design search code"
DESIGNS: Rule = group({"design-search": group({"code": leaf(_set_design)})})
