"""The people of a case file: owners by the kind of party they are, and the address for correspondence."""

import msgspec

from ipregister.exchange.uspto.case import USED, move, texts
from ipregister.exchange.xml.rules import Rule, country, each, group, leaf, lines, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet

TEN, PUBLISHED, REGISTRANT = 10, 20, 30
"""Party types: applicants from 10, owners at publication from 20, registrants from 30, later owners from 40."""

_ACTS = {0: "filing", 1: "filing", 2: "publication", 3: "registration"}


def _set_state(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The state of an address is its region, and says the country."""
    if sheet.put(draft, pointer, "region", raw, position):
        country_ = sheet.lookups.word("trademark/states", raw)
        if country_ and "country" not in draft:
            draft["country"] = country_
            sheet.evidence[f"{pointer}/country"] = (position, f"says:{country_}")


def _set_home_state(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The state under whose law an owner is organised, or of which a person is a citizen."""
    home = sheet.lookups.word("trademark/states", raw)
    if home is None:
        sheet.put(draft, pointer, "incorporation", raw, position)
        return
    draft["incorporation"] = f"{home}-{raw.strip()}"
    sheet.evidence[f"{pointer}/incorporation"] = (position, "trim", f"within:{home}")
    draft["nationality"] = home
    sheet.evidence[f"{pointer}/nationality"] = (position, f"says:{home}")


def _set_entity(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put_word(draft, pointer, "legal_entity", raw, position, table="trademark/legal_entities"):
        sheet.put(draft, pointer, "legal_entity", raw, position)
    kind = sheet.lookups.word("trademark/party_kinds", raw)
    if kind:
        draft["kind"] = kind


def _set_explanation(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """How an owner came to be the owner: waits for the act that it belongs to."""
    draft.setdefault("_explained", []).append((raw, position))


OWNER: dict[str, Rule] = {
    "entry-number": USED,
    "party-type": text("role"),
    "nationality": group(
        {"state": leaf(_set_home_state), "country": country("nationality"), "other": text("incorporation")}
    ),
    "legal-entity-type-code": single("legal_entity", _set_entity),
    "entity-statement": lines("organization_names"),
    "party-name": lines("names"),
    "address-1": lines("address_lines"),
    "address-2": lines("address_lines"),
    "city": text("city"),
    "state": leaf(_set_state),
    "country": country("country"),
    "other": lines("address_lines"),
    "postcode": text("postal_code"),
    "dba-aka-text": lines("names"),
    "composed-of-statement": lines("organization_names"),
    "name-change-explanation": leaf(_set_explanation),
}


OWNERS: Rule = group({"case-file-owner": each("_owners", OWNER)})


def settle_owners(sheet: Sheet) -> None:
    """The owners of the latest kind are the applicants or holders; earlier ones are in the acts that ended their turn.

    Kinds rise with time: applicant, owner when published, registrant, then one for each new owner."""
    owners: list[Plain] = sheet.record.pop("_owners", [])
    latest = max((_kind(owner) for owner in owners), default=0)
    for index, owner in enumerate(owners):
        explained = owner.pop("_explained", ())
        kind = _kind(owner)
        field = "holders" if kind >= REGISTRANT else "applicants"
        current = kind == latest or (kind < PUBLISHED and latest >= REGISTRANT)
        if current:
            found = sheet.record.setdefault(field, [])
            _place(sheet, index, f"/{field}/{len(found)}")
            found.append(owner)
        if explained or not current:
            acts = sheet.record.setdefault("recordals", [])
            act: Plain = {"kind": _ACTS.get(kind // TEN, "change-of-holder")}
            if not current:
                _place(sheet, index, f"/recordals/{len(acts)}/parties/0")
                act["parties"] = [owner]
            texts(sheet, explained, act, "texts", f"/recordals/{len(acts)}")
            acts.append(act)


def _kind(owner: Plain) -> int:
    word = owner.get("role", "")
    return int(word) if word.isdecimal() else 0


def _place(sheet: Sheet, index: int, pointer: str) -> None:
    """An owner's place in the record, for the evidence, what is kept, and the findings."""
    old = f"/_owners/{index}"
    move(sheet, old, pointer)
    for kept in sheet.kept:
        if kept["field"].startswith(old + "/"):
            kept["field"] = pointer + kept["field"].removeprefix(old)
    sheet.findings[:] = [
        msgspec.structs.replace(one, path=pointer + one.path.removeprefix(old))
        if one.path.startswith(old + "/")
        else one
        for one in sheet.findings
    ]


CORRESPONDENT: Rule = each(
    "correspondents",
    {"address-1": lines("names"), **{f"address-{line}": lines("address_lines") for line in range(2, 6)}},
)
"""The first line is who is written to."""
