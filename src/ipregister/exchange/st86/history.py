"""What happened to a design, in ST.86: events, oppositions."""

from ipregister.exchange.st86.parties import parties
from ipregister.exchange.xml.rules import Rule, date, each, group, lines, listed, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet


def _set_code(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    kind = sheet.lookups.word("design/events", raw)
    if kind is None:
        if sheet.put(draft, pointer, "code", raw, position):
            sheet.find("unknown-event", f"{pointer}/code", raw)
        return
    code = draft["code"] = raw.strip()
    draft["kind"] = kind
    sheet.evidence[pointer + "/code"] = position if code == raw else (position, "trim")
    sheet.evidence[pointer + "/kind"] = (position, "word:design/events")


def _set_name(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if sheet.put(draft, pointer, "office_name", raw, position) and "code" not in draft:
        sheet.put_word(draft, pointer, "kind", raw, position, table="design/events")


EVENTS: Rule = group(
    {
        "DesignEvent": each(
            "events",
            {
                "DesignEventDate": date("date"),
                "DesignEventDateTime": date("date"),
                "DesignEventCode": single("code", _set_code),
                "DesignEventResponseDate": date("response_date"),
                "OfficeSpecificDesignEventName": single("office_name", _set_name),
                "OfficeSpecificDesignEventCode": text("office_code"),
                "OfficeSpecificDesignEventDescription": lines("office_description"),
                "Comment": lines("office_description"),
            },
        )
    }
)

OPPOSITIONS: Rule = group(
    {
        "Opposition": each(
            "recordals",
            {
                "OppositionIdentifier": text("identifier"),
                "OppositionDate": date("date"),
                "OppositionReference": listed("numbers"),
                "OppositionBasisCode": text("category"),
                "OppositionGroundText": lines("texts"),
                "OppositionExtentText": lines("texts"),
                "OppositionCurrentStatusCode": text("status"),
                "OppositionCurrentStatusDate": date("status_date"),
                "EarlierDesignDetails": group(
                    {
                        "EarlierDesign": group(
                            {
                                name: listed("numbers")
                                for name in ("DesignApplicationIdentifier", "DesignRegistrationIdentifier")
                            }
                        )
                    }
                ),
                "OpponentDetails": parties("parties", "Opponent", "opponent"),
            },
            kind="opposition",
        )
    }
)
