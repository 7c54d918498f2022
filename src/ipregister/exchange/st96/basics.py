"""The basic applications and registrations of an international mark, in ST.96, as they are read."""

from ipregister.exchange.xml.rules import Container, Element, Rule, country, date, each, group, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet

NUMBER: Rule = group(
    {
        "IPOfficeCode": country("office"),
        "ApplicationNumberText": text("number"),
        "ST13ApplicationNumber": text("number"),
    }
)
"""An application number with its office."""

BASIC_NUMBERS: dict[str, Rule] = {
    "BasicApplicationBag": group(
        {
            "BasicApplication": each(
                "references",
                {"BasicApplicationNumber": NUMBER, "BasicApplicationDate": date("date")},
                kind="basic-application",
            )
        }
    ),
    "BasicRegistrationBag": group(
        {
            "BasicRegistration": each(
                "references",
                {
                    "BasicRegistrationNumber": text("registration_number"),
                    "BasicRegistrationDate": date("registration_date"),
                },
                kind="basic-registration",
            )
        }
    ),
}


def _set_basic_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_basic"] = (raw, position)


def _enter_basic(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("references", ()))
    return draft, pointer


def _leave_basic(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """The office of a basic mark belongs to each reference made of it."""
    first = draft.pop("_first")
    raw, position = draft.pop("_basic", (None, 0))
    if raw is None:
        return
    references: list[Plain] = draft.setdefault("references", [])
    if len(references) == first:
        references.append({"kind": "basic-application"})
    for index in range(first, len(references)):
        if "office" in references[index]:
            sheet.spare("BasicRegistrationApplication/RegistrationOfficeCode", raw, position)
        else:
            sheet.put_country(references[index], f"/references/{index}", "office", raw, position)


BASIC: Rule = group(
    {
        "BasicRegistrationApplication": Container(
            {"RegistrationOfficeCode": single("_basic", _set_basic_office), **BASIC_NUMBERS},
            _enter_basic,
            _leave_basic,
        )
    }
)
