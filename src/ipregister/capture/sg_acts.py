"""Recorded acts in Singapore's feed: assignments, licences, divisions, oppositions, amendments."""

from ipregister.capture.shapes import country, date, first, lines, text
from ipregister.exchange.xml.rules import Children, Element, Rule, each, group, leaf
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.class_texts import class_parts


def _set_word(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The office's word for the act; ours too where the table has it."""
    if not sheet.put(draft, pointer, "word", raw, position):
        return
    ours = sheet.lookups.word("recordals", raw)
    if ours is not None:
        draft["kind"] = ours
        sheet.evidence[f"{pointer}/kind"] = position if ours == raw else (position, "word:recordals")


def _set_class(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    parts = class_parts(raw)
    if not parts:
        sheet.keep(f"{pointer}/classes", raw, "not-a-class", position, "not-a-class")
        return
    classes: list[int] = draft.setdefault("classes", [])
    for number, part in enumerate(parts, start=1):
        codes = ("class",) if len(parts) == 1 else (f"class-part:{number}",)
        plain = len(parts) == 1 and raw == str(part)
        sheet.evidence[f"{pointer}/classes/{len(classes)}"] = position if plain else (position, *codes)
        classes.append(part)


def _set_number(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    numbers: list[str] = draft.setdefault("numbers", [])
    holder: Plain = {}
    if sheet.put(holder, f"{pointer}/numbers", str(len(numbers)), raw, position):
        numbers.extend(holder.values())
    elif not numbers:
        del draft["numbers"]


def address_lines(prefix: str) -> Children:
    """The numbered address lines of a party."""
    return {f"{prefix}addr{number}": lines("address_lines") for number in range(1, 7)}


def party(prefix: str) -> Children:
    """The elements of a party, with and without the prefix of its role."""
    return {
        f"{prefix}code": text("identifier"),
        f"{prefix}uen": text("identifier"),
        f"{prefix}name": lines("names", collapse=True),
        f"{prefix}country": country("country"),
        f"{prefix}nationality": country("nationality"),
        f"{prefix}postal_code": text("postal_code"),
        f"{prefix}type": text("legal_entity"),
        **address_lines(prefix),
        "country": country("country"),
        "country_of_incorporation": country("incorporation"),
        "postal_code": text("postal_code"),
        "type": text("role"),
    }


def parties(prefix: str, role: str) -> Rule:
    """A party of an act."""
    return each("parties", party(prefix), role=role)


_COMMON: Children = {
    "type": first("word", _set_word),
    "kind": first("word", _set_word),
    "date": date("date"),
    "effective_date": date("effective_date"),
    "recordal_date": date("date"),
    "application_date": date("date"),
    "request_date": date("date"),
    "notification_date": date("notification_date"),
    "start_date": date("effective_date"),
    "end_date": date("end_date"),
    "expiry_date": date("end_date"),
    "decision": text("decision"),
    "outcome": text("decision"),
    "decision_date": date("decision_date"),
    "status": text("status"),
    "status_date": date("status_date"),
    "reference_no": text("identifier"),
    "number": text("identifier"),
    "tm_no": leaf(_set_number),
    "new_tm_no": leaf(_set_number),
    "class_no": leaf(_set_class),
    "description": lines("texts"),
    "details": lines("texts"),
    "remarks": lines("texts"),
    "goods_services": lines("texts"),
    "old_value": lines("texts"),
    "new_value": lines("texts"),
    "publication_date": text("publication"),
    "company_details": parties("company_", ""),
    "assignor_details": parties("assignor_", "assignor"),
    "assignee_details": parties("assignee_", "assignee"),
    "licensor_details": parties("licensor_", "licensor"),
    "licensee_details": parties("licensee_", "licensee"),
    "opponent_details": parties("opponent_", "opponent"),
    "agent_details": parties("agent_", "agent"),
}

_NAMES = {
    "assignor_name": "assignor",
    "assignee_name": "assignee",
    "licensor_name": "licensor",
    "licensee_name": "licensee",
    "opponent_name": "opponent",
}


def _named(role: str) -> Rule:
    """A party given by its name alone."""
    inner = lines("names", collapse=True)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        entries: list[Plain] = draft.setdefault("parties", [])
        entry: Plain = {}
        position = inner(sheet, element, position, entry, f"{pointer}/parties/{len(entries)}")
        if entry:
            entries.append({**entry, "role": role})
        elif not entries:
            del draft["parties"]
        return position

    return take


_CHILDREN: Children = {**_COMMON, **{name: _named(role) for name, role in _NAMES.items()}}


def _act(name: str, kind: str) -> Children:
    """One kind of act: `X_details` is an act, or holds acts `X` or `X_detail`."""
    one = each("recordals", _CHILDREN, kind=kind)
    several = group({name: one, f"{name}_detail": one, f"{name}_details": one})

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        inner = {str(child.tag) for child in element}
        if inner and inner <= {name, f"{name}_detail", f"{name}_details"}:
            return several(sheet, element, position, draft, pointer)
        return one(sheet, element, position, draft, pointer)

    return {name: take, f"{name}s": several, f"{name}_details": take, f"{name}s_details": several}


ACTS: Children = {
    **_act("assignment", "transfer"),
    **_act("licence", "licence"),
    **_act("license", "licence"),
    **_act("amendment", "amendment"),
    **_act("correction", "correction"),
    **_act("division", "division"),
    **_act("merger", "merger"),
    **_act("opposition", "opposition"),
    **_act("revocation", "cancellation"),
    **_act("invalidation", "invalidation"),
    **_act("renewal", "renewal"),
    **_act("restoration", "restoration"),
    **_act("security_interest", "pledge"),
    **_act("appeal", "appeal"),
}
"""Elements of recorded acts; the element's name tells the kind unless the office's word does."""
