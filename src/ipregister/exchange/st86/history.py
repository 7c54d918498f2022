"""What happened to a design, in ST.86: events, oppositions."""

from ipregister.exchange.st86.parties import parties
from ipregister.exchange.xml.rules import Rule, date, each, group, lines, listed, text
from ipregister.exchange.xml.transactions import event_code, event_name

EVENTS: Rule = group(
    {
        "DesignEvent": each(
            "events",
            {
                "DesignEventDate": date("date"),
                "DesignEventDateTime": date("date"),
                "DesignEventCode": event_code("design/events"),
                "DesignEventResponseDate": date("response_date"),
                "OfficeSpecificDesignEventName": event_name("design/events"),
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
