"""The head of a case file: dates, status, drawing, indicators, where the file is and who has it."""

from ipregister.exchange.uspto.case import indicator, step
from ipregister.exchange.xml.rules import Rule, date, inside, leaf, single, text, word
from ipregister.exchange.xml.sheet import Plain, Sheet

KINDS = {
    "trademark-in": "Individual",
    "service-mark-in": "Individual",
    "collective-trademark-in": "Collective",
    "collective-service-mark-in": "Collective",
    "collective-membership-mark-in": "Membership",
    "certification-mark-in": "Certificate",
}
"""Indicators that say what kind of mark it is."""

INDICATORS = (
    "principal-register-amended-in", "supplemental-register-amended-in", "cancellation-pending-in",
    "published-concurrent-in", "concurrent-use-in", "concurrent-use-proceeding-in", "interference-pending-in",
    "opposition-pending-in", "section-12c-in", "section-2f-in", "section-2f-in-part-in", "renewal-filed-in",
    "section-8-filed-in", "section-8-partial-accept-in", "section-8-accepted-in", "section-15-acknowledged-in",
    "section-15-filed-in", "supplemental-register-in", "foreign-priority-in", "change-registration-in",
    "intent-to-use-in", "intent-to-use-current-in", "filed-as-use-application-in", "amended-to-use-application-in",
    "use-application-currently-in", "amended-to-itu-application-in", "filing-basis-filed-as-44d-in",
    "amended-to-44d-application-in", "filing-basis-current-44d-in", "filing-basis-filed-as-44e-in",
    "amended-to-44e-application-in", "filing-basis-current-44e-in", "without-basis-currently-in",
    "filing-current-no-basis-in", "color-drawing-filed-in", "color-drawing-current-in", "drawing-3d-filed-in",
    "drawing-3d-current-in", "standard-characters-claimed-in", "filing-basis-filed-as-66a-in",
    "filing-basis-current-66a-in",
)  # fmt: skip
"""Indicators that are flags of the sign alone."""


def _set_published(kind: str, section: str = "") -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[Plain] = sheet.record.setdefault("publications", [])
        entry: Plain = {}
        place = f"/publications/{len(entries)}"
        sheet.put_date(entry, place, "date", raw, position)
        if entry:
            if section:
                entry["section"] = section
                sheet.evidence[f"{place}/section"] = (position, f"says:{section}")
            entries.append({**entry, "kind": kind})
        elif not entries:
            del sheet.record["publications"]

    return leaf(set_value)


def _set_person(role: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[Plain] = sheet.record.setdefault("representatives", [])
        names: list[Plain] = []
        sheet.put_text(names, f"/representatives/{len(entries)}/names", raw, position, language=None)
        if names:
            entries.append({"names": names, "role": role})
        elif not entries:
            del sheet.record["representatives"]

    return leaf(set_value)


def _examination(sheet: Sheet) -> tuple[Plain, str]:
    """The act that says where the file is: one a case file."""
    acts: list[Plain] = sheet.record.setdefault("recordals", [])
    if not any(act["kind"] == "examination" for act in acts):
        acts.append({"kind": "examination"})
    index = next(n for n, act in enumerate(acts) if act["kind"] == "examination")
    return acts[index], f"/recordals/{index}"


def _location(rule_field: str, *, day: bool = False) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        act, place = _examination(sheet)
        if day:
            sheet.put_date(act, place, rule_field, raw, position)
        else:
            sheet.put(act, place, rule_field, raw, position)

    return leaf(set_value)


def _set_examiner(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    act, place = _examination(sheet)
    parties: list[Plain] = act.setdefault("parties", [])
    names: list[Plain] = []
    sheet.put_text(names, f"{place}/parties/{len(parties)}/names", raw, position, language=None)
    if names:
        parties.append({"role": "examiner", "names": names})


def _set_cancellation(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_cancellation"] = (raw, position)


def settle_cancellation(sheet: Sheet, draft: Plain) -> None:
    """The section of the law under which a registration was cancelled belongs to that step."""
    raw, position = draft.pop("_cancellation", ("", 0))
    if not raw:
        return
    for index, event in enumerate(sheet.record.get("events", ())):
        if event.get("code") == "cancellation-date":
            sheet.put(event, f"/events/{index}", "office_code", raw, position)
            return
    sheet.spare("case-file/case-file-header/cancellation-code", raw, position)


HEADER: dict[str, Rule] = {
    **{name: indicator(name.removesuffix("-in")) for name in INDICATORS},
    **{name: indicator(name.removesuffix("-in"), kind) for name, kind in KINDS.items()},
    "filing-date": date("application_date"),
    "registration-date": date("registration_date"),
    "status-code": text("office_status"),
    "status-date": date("status_date"),
    "mark-drawing-code": inside("mark", word("feature", "features", "unknown-feature")),
    "published-for-opposition-date": _set_published("accepted"),
    "republished-12c-date": _set_published("registration", "12(c)"),
    "amend-to-register-date": step("amend-to-register-date", "amended"),
    "abandonment-date": step("abandonment-date", "abandoned"),
    "cancellation-code": single("_cancellation", _set_cancellation),
    "cancellation-date": step("cancellation-date", "cancelled"),
    "renewal-date": step("renewal-date", "renewed"),
    "attorney-docket-number": text("file_reference"),
    "attorney-name": _set_person("attorney"),
    "domestic-representative-name": _set_person("domestic-representative"),
    "law-office-assigned-location-code": _location("category"),
    "current-location": _location("status"),
    "location-date": _location("date", day=True),
    "employee-name": leaf(_set_examiner),
}
"""Where each element of the head goes; the words of the mark come from `reader`."""
